"""Opening an archive: made, checked, upgraded, or refused."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType

from sqlalchemy import Connection, insert

from retold.archive import migrations
from retold.archive.clock import now
from retold.archive.tables import about
from retold.engines import Engine, engine_for
from retold.engines.claims import Claims
from retold.errors import (
    ArchiveDamaged,
    ArchiveError,
    ArchiveForeign,
    ArchiveMissing,
    ArchiveNewer,
    ArchiveOlder,
)
from retold.version import __version__

__all__ = ["DEFAULT", "VARIABLE", "Archive", "open_archive"]

DEFAULT = "retold.archive"
VARIABLE = "RETOLD_ARCHIVE"
_PATIENCE = 600.0


class Archive:
    """A handle on an open archive; may be shared by the threads of a process.

    Attributes:
        engine: what it runs on.
        where: the path or URL, without a password.
        schema: version of its tables.
        backup: the copy that was made before its tables were upgraded just now; None for none.
    """

    def __init__(self, engine: Engine, schema: str, backup: str | None = None) -> None:
        self.engine = engine
        self.where = engine.where
        self.schema = schema
        self.backup = backup

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection on one consistent snapshot; waits for no writer."""
        return self.engine.reading()

    def state(self) -> str:
        """Names what is committed now: while nobody commits anything it stays the same.

        Found in well under a millisecond. It means something only to this handle: one of another
        process, or a later one, has other names.
        """
        return self.engine.state()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The connection of the one writer: commits on leaving, rolls back on an error.

        Raises:
            ArchiveNewer: a newer Retold has upgraded it since it was opened.
            ArchiveLocked, ArchiveReadOnly, ArchiveFull, …: see `retold.errors`.
        """
        with self.engine.writing() as connection:
            schema = migrations.noted(connection)
            if schema != self.schema:
                raise ArchiveNewer(
                    f"it has been upgraded since it was opened (tables {schema}, were "
                    f"{self.schema})",
                    where=self.where,
                    advice="Start the program again; if that does not help, upgrade Retold",
                )
            yield connection

    def files(self) -> tuple[str, ...]:
        """Paths of its files, which nobody else in this process may open; there may be none."""
        return self.engine.files()

    def claims(self) -> Claims:
        """Claims on its feeds, by their numbers, for a new holder; see `retold.engines.claims`."""
        return self.engine.claims()

    def close(self) -> None:
        """Let go of it."""
        self.engine.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_archive(
    where: str | os.PathLike[str] | None = None,
    *,
    create: bool = False,
    read_only: bool = False,
    upgrade: bool | None = None,
    patience: float = _PATIENCE,
) -> Archive:
    """An archive.

    Args:
        where: path of a file (SQLite) or `postgresql://…`; None for what the environment
            variable RETOLD_ARCHIVE names, else `retold.archive` in the working folder.
        create: make one where there is none.
        read_only: nothing will be written; `writing()` then raises.
        upgrade: bring the tables of an older Retold up to date, after a backup; None for what
            suits the engine: a file yes (also before it is only read), a shared database only
            when asked for.
        patience: seconds to wait for other writers.

    Raises:
        ArchiveMissing, ArchiveForeign, ArchiveNewer, ArchiveOlder, ArchiveDamaged,
        ArchiveDenied, ArchiveUnreachable, EngineMissing: see `retold.errors`.
    """
    place = os.fspath(where) if where is not None else os.environ.get(VARIABLE) or DEFAULT
    backup = None
    if read_only and upgrade is None:
        backup = _upgraded_before_reading(place, patience)
    engine = engine_for(place, patience=patience, read_only=read_only)
    try:
        standing = engine.standing()
        if standing == "nothing" and create and not read_only:
            _create(engine)
            standing = engine.standing()
        if standing == "nothing":
            raise ArchiveMissing(
                "there is no archive",
                where=engine.where,
                advice="`retold add` makes one; --archive or RETOLD_ARCHIVE names another place",
            )
        if standing == "foreign":
            raise ArchiveForeign(
                "not an archive of Retold; it was left as it is",
                where=engine.where,
                advice="Name another place with --archive or RETOLD_ARCHIVE",
            )
        may = engine.upgrades_itself if upgrade is None else upgrade
        archive = _checked(engine, may and not read_only)
        archive.backup = archive.backup or backup
        return archive
    except BaseException:
        engine.close()
        raise


def _upgraded_before_reading(place: str, patience: float) -> str | None:
    """The copy of an older archive that was upgraded; one that cannot be is refused later."""
    engine = engine_for(place, patience=patience, read_only=False)
    try:
        if not engine.upgrades_itself or engine.standing() != "archive":
            return None
        with engine.reading() as connection:
            schema = migrations.at(connection)
        if schema is not None and schema < migrations.newest():
            return _checked(engine, True).backup
    except ArchiveError:
        pass
    finally:
        engine.close()
    return None


def _create(engine: Engine) -> None:
    with engine.creating() as connection:
        # Another process may have made it while this one waited for its turn.
        if migrations.at(connection) is None:
            migrations.upgrade(connection)
            row = {"number": 1, "name": "retold", "made": now(), "made_by": __version__}
            connection.execute(insert(about).values(row))


def _checked(engine: Engine, may_upgrade: bool) -> Archive:
    with engine.reading() as connection:
        schema = migrations.at(connection)
    newest = migrations.newest()
    if schema is None:
        raise ArchiveDamaged(
            "the archive does not say how its tables are made",
            where=engine.where,
            advice="Bring back a backup, or try `retold export --salvage`",
        )
    if schema > newest:
        raise ArchiveNewer(
            f"it was written by a newer Retold (tables {schema}; this version knows {newest})",
            where=engine.where,
            advice="Upgrade Retold",
        )
    if schema == newest:
        return Archive(engine, schema)
    if not may_upgrade:
        raise ArchiveOlder(
            f"its tables are those of an older Retold ({schema}; now {newest})",
            where=engine.where,
            advice="Make a backup, tell the others who use it, then run `retold upgrade`",
        )
    backup = engine.backup(f"before-{newest}")
    with engine.writing() as connection:
        if migrations.at(connection) != newest:
            migrations.upgrade(connection)
    return Archive(engine, newest, backup)
