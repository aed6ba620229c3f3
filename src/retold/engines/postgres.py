"""An archive in a database that several people share: PostgreSQL 15 or newer, through psycopg.

Writers take turns as they do with a file (an advisory lock that ends with the transaction), so
that what is looked up before writing is still so when it is written. Readers wait for nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError

from retold.engines import base
from retold.engines.claims import Claims
from retold.engines.postgres_claims import SessionClaims
from retold.errors import (
    ArchiveDamaged,
    ArchiveDenied,
    ArchiveError,
    ArchiveForeign,
    ArchiveFull,
    ArchiveLocked,
    ArchiveReadOnly,
    ArchiveUnreachable,
    EngineMissing,
)

__all__ = ["Postgres"]

_OLDEST = 150_000
# "Rtld" as a number: whose turn it is to write this database's archive.
_TURN = int.from_bytes(b"Rtld")
_OURS = "archive"  # the table that only an archive has, with our name in it


class Postgres(base.Engine):
    """See the module."""

    name = "PostgreSQL"
    upgrades_itself = False

    def __init__(self, where: str, *, patience: float, read_only: bool) -> None:
        try:
            import psycopg  # noqa: F401
        except ImportError:
            raise EngineMissing(
                "an archive in PostgreSQL needs psycopg, which is not installed",
                advice="Run `pip install 'retold[postgres]'`",
            ) from None
        try:
            url = make_url(where).set(drivername="postgresql+psycopg")
        except (ArgumentError, ValueError):
            raise ArchiveError(
                "no usable address of a database",
                advice="Write postgresql://USER:PASSWORD@HOST:PORT/DATABASE",
            ) from None
        self.where = url.set(drivername="postgresql").render_as_string(hide_password=True)
        self._patience = patience
        self._read_only = read_only
        self._engine = create_engine(
            url,
            pool_size=5,
            max_overflow=-1,
            pool_pre_ping=True,
            connect_args={"connect_timeout": 10, "application_name": "retold"},
        )
        # The same connections, other transactions.
        self._snapshots = self._engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    def standing(self) -> base.Standing:
        """See `retold.engines.base.Engine`."""
        with self.reading() as connection:
            if (connection.connection.driver_connection.info.server_version) < _OLDEST:  # type: ignore[union-attr]
                raise EngineMissing(
                    "the server is older than PostgreSQL 15", where=self.where, advice="Upgrade it"
                )
            encoding = connection.scalar(text("SHOW server_encoding"))
            if encoding != "UTF8":
                raise ArchiveForeign(
                    f"the database's encoding is {encoding}",
                    where=self.where,
                    advice="Make a database with ENCODING 'UTF8'",
                )
            tables = set(
                connection.scalars(
                    text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
                )
            )
            if _OURS in tables:
                names = connection.execute(text(f"SELECT * FROM {_OURS} LIMIT 1")).mappings().all()
                if names and names[0].get("name") == "retold":
                    return "archive"
            return "foreign" if tables & {_OURS, "report", "blob"} else "nothing"

    @contextmanager
    def creating(self) -> Iterator[Connection]:
        """See `retold.engines.base.Engine`: tables are made in a transaction like all else."""
        with self.writing() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """See `retold.engines.base.Engine`."""
        with self.translating(), self._snapshots.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """See `retold.engines.base.Engine`."""
        if self._read_only:
            raise ArchiveReadOnly(
                "the archive was opened for reading only", where=self.where, advice="Open it anew"
            )
        with self.translating(), self._engine.begin() as connection:
            milliseconds = max(1, int(self._patience * 1000))
            connection.execute(text(f"SET LOCAL lock_timeout = {milliseconds}"))
            # One for each schema: a database may hold several archives.
            turn = text("SELECT pg_advisory_xact_lock(:turn, hashtext(current_schema()))")
            connection.execute(turn, {"turn": _TURN})
            yield connection

    def state(self) -> str:
        """See `retold.engines.base.Engine`: where snapshots are the same, so is what they see."""
        with self.reading() as connection:
            return str(connection.scalar(text("SELECT pg_current_snapshot()::text")))

    def claims(self) -> Claims:
        """See `retold.engines.base.Engine`."""
        return SessionClaims(self._engine, self.translating)

    def backup(self, label: str) -> str | None:
        """None: a shared database is its keeper's to copy (`pg_dump`)."""
        return None

    def problems(self) -> Iterator[str]:
        """See `retold.engines.base.Engine`: a server checks its pages itself, as it reads them."""
        yield from ()

    def scraped(self) -> Iterator[tuple[int, list[Any]]]:
        """See `retold.engines.base.Engine`: a server's files are not ours to read."""
        yield from ()

    def close(self) -> None:
        """See `retold.engines.base.Engine`."""
        self._engine.dispose()

    def translated(self, error: BaseException) -> ArchiveError:
        """See `retold.engines.base.Engine`."""
        state = getattr(error, "sqlstate", None) or ""
        message = " ".join(str(error).split())[:300]
        for start, make in _STATES:
            if state.startswith(start):
                return make(message, self.where)
        if not state:
            return _unconnected(message, self.where)
        return ArchiveError(f"the server refused a statement ({message})", where=self.where)


def _unconnected(message: str, where: str) -> ArchiveError:
    """Before a connection stands, libpq gives a message and no code."""
    lower = message.lower()
    if "password" in lower or "authentication" in lower or "no pg_hba.conf entry" in lower:
        return _denied(message, where)
    if "does not exist" in lower:
        return ArchiveDenied(
            f"the server has no such database or user ({message})",
            where=where,
            advice="Check the address, or have the database made (`createdb`)",
        )
    return ArchiveUnreachable(
        f"the server does not answer ({message})",
        where=where,
        advice="Check that it runs, and its address and port",
    )


def _denied(message: str, where: str) -> ArchiveError:
    return ArchiveDenied(
        f"the server denies it ({message})",
        where=where,
        advice="Check user and password, or ask the database's keeper for the right",
    )


def _full(message: str, where: str) -> ArchiveError:
    return ArchiveFull(
        f"the server has no space or memory left ({message})",
        where=where,
        advice="Free some space and run the command again: what was kept is whole",
    )


def _locked(message: str, where: str) -> ArchiveError:
    return ArchiveLocked(
        "another process kept the archive for too long",
        where=where,
        advice="Wait until it is done, or end it",
    )


def _read_only(message: str, where: str) -> ArchiveError:
    return ArchiveReadOnly(
        "the database may not be written", where=where, advice="Connect to the primary server"
    )


def _damaged(message: str, where: str) -> ArchiveError:
    return ArchiveDamaged(
        f"the database is damaged ({message})",
        where=where,
        advice="Run `retold verify`, and have the database restored from its backup",
    )


def _gone(message: str, where: str) -> ArchiveError:
    return ArchiveUnreachable(
        f"the server ended the connection ({message})",
        where=where,
        advice="Run the command again when it is back: what was kept is whole",
    )


# Beginnings of SQLSTATE codes (PostgreSQL documentation, appendix A), the longer first.
_STATES: tuple[tuple[str, Callable[[str, str], ArchiveError]], ...] = (
    ("42501", _denied),
    ("3F", _denied),  # no schema in which one may make tables
    ("28", _denied),
    ("53300", _gone),
    ("53", _full),
    ("55P03", _locked),
    ("40P01", _locked),
    ("25006", _read_only),
    ("XX", _damaged),
    ("58", _damaged),
    ("57P", _gone),
    ("08", _gone),
)
