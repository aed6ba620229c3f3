"""What every engine does for an archive."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Literal

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from retold.engines.claims import Claims
from retold.errors import ArchiveError, ArchiveLocked

__all__ = ["Engine", "Standing"]

# What stands at the place: nothing, an archive of ours, or something else.
Standing = Literal["nothing", "archive", "foreign"]


class Engine(ABC):
    """One place where an archive is kept.

    Attributes:
        name: of the engine, for people.
        where: the place as it may be shown (no password).
        upgrades_itself: whether an older archive is upgraded when it is opened. Where several
            people share one, the one who has the newest program must not lock the others out.
    """

    name: str
    where: str
    upgrades_itself: bool

    @abstractmethod
    def standing(self) -> Standing:
        """What is at the place.

        Raises:
            ArchiveError: it cannot be seen.
        """

    @abstractmethod
    def creating(self) -> AbstractContextManager[Connection]:
        """A transaction in which a new archive's tables are made: afterwards all or none is there.

        Raises:
            ArchiveError: it cannot be made.
        """

    @abstractmethod
    def reading(self) -> AbstractContextManager[Connection]:
        """One consistent snapshot; waits for no writer.

        Raises:
            ArchiveError: on entering, or from what is done inside.
        """

    @abstractmethod
    def writing(self) -> AbstractContextManager[Connection]:
        """The transaction of the one writer: committed on leaving, rolled back on an error.

        Raises:
            ArchiveError: on entering, on leaving, or from what is done inside.
        """

    def files(self) -> tuple[str, ...]:
        """Files that it opens, or may yet make: to close one elsewhere drops locks on it."""
        return ()

    @abstractmethod
    def claims(self) -> Claims:
        """Claims on numbered things of this archive, for a new holder; see `engines.claims`."""

    @abstractmethod
    def state(self) -> str:
        """Names what is committed now: while nobody commits anything it stays the same.

        Found in well under a millisecond; means something only to this object.

        Raises:
            ArchiveError: it cannot be seen.
        """

    @abstractmethod
    def backup(self, label: str) -> str | None:
        """A copy made before an upgrade; where it is, None when the engine makes none.

        Args:
            label: becomes part of its name.
        """

    @abstractmethod
    def problems(self) -> Iterator[str]:
        """What the engine itself finds wrong with what it keeps; nothing is trusted or raised."""

    @abstractmethod
    def scraped(self) -> Iterator[tuple[int, list[Any]]]:
        """Number and values of rows read without trusting what holds them together.

        They may be of any table, old, or no rows at all; none where the engine has no file.
        """

    @abstractmethod
    def close(self) -> None:
        """Let go of all connections."""

    @abstractmethod
    def translated(self, error: BaseException) -> ArchiveError:
        """A driver's error as one of ours."""

    @contextmanager
    def translating(self) -> Iterator[None]:
        """Errors of the driver leave as `ArchiveError`."""
        try:
            yield
        except PoolTimeout as error:
            raise ArchiveLocked(
                "all connections are in use", where=self.where, advice="Try again in a moment"
            ) from error
        except DBAPIError as error:
            raise self.translated(error.orig or error) from error
        except UnicodeDecodeError as error:
            # The driver could not even read the message: it quotes a name that is damaged.
            raise self.translated(error) from error
        except SQLAlchemyError as error:
            # A mistake in a statement is ours to mend, not the archive's: it stays what it is.
            cause = error.__cause__
            if cause is None or not type(cause).__module__.startswith(("sqlite3", "psycopg")):
                raise
            raise self.translated(cause) from error
