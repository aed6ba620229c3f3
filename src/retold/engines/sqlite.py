"""An archive in one file: SQLite 3.37 or newer, in WAL mode.

Only one connection of one process commits at a time: the holder of the lock file `<archive>.lock`.
It alone moves what is written from the log into the file ("checkpoint"), because SQLite before
3.51.3 can damage a database when one connection does so while another commits
(https://sqlite.org/wal.html, "the WAL-reset bug"). All others open the file for reading only,
which can do neither. Nobody waits inside SQLite, so nobody is told "database is locked".
"""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from retold.engines import base
from retold.engines.claims import Claims, FileClaims
from retold.engines.locking import LockFile
from retold.engines.sqlite_errors import refused, translated
from retold.engines.sqlite_header import APPLICATION, HEADER, is_archive
from retold.engines.sqlite_pages import rows
from retold.errors import ArchiveError, ArchiveForeign, ArchiveMissing, EngineMissing

__all__ = ["APPLICATION", "Sqlite"]

_OLDEST = (3, 37, 0)  # STRICT tables
# Archives that this process has open: device and inode -> how many engines. To close a file gives
# up the locks of the whole process on it, those of SQLite too (https://sqlite.org/howtocorrupt.html,
# 2.2). Another process would then take its log away, as the last one to leave, with what we write
# into it. So a file is read here only while nothing here has it open.
_OPEN: Counter[tuple[int, int]] = Counter()
_OPENING = threading.Lock()
_UNMADE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
_READING = ("PRAGMA query_only=ON", "PRAGMA temp_store=MEMORY", "PRAGMA cache_size=-32768")
_WRITING = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA synchronous=FULL",  # what is acknowledged survives a power cut
    "PRAGMA wal_autocheckpoint=2000",
    "PRAGMA journal_size_limit=67108864",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-65536",
)


class Sqlite(base.Engine):
    """See the module."""

    name = "SQLite"
    upgrades_itself = True

    def __init__(self, where: str, *, patience: float, read_only: bool) -> None:
        if sqlite3.sqlite_version_info < _OLDEST:
            raise EngineMissing(
                f"SQLite {sqlite3.sqlite_version} is older than 3.37",
                advice="Use a newer Python, or keep the archive in PostgreSQL",
            )
        scheme, found, rest = where.partition("://")
        # As elsewhere: sqlite:///relative.file and sqlite:////absolute.file
        self._path = Path(rest.removeprefix("/") if found and scheme else where)
        self.where = str(self._path)
        self._patience = patience
        self._read_only = read_only
        self._lock = LockFile(self._beside(".lock"), patience)
        self._reader = self._pooled(self._read_connection, "BEGIN", 5)
        self._writer = self._pooled(self._write_connection, "BEGIN IMMEDIATE", 1)
        self._watching: sqlite3.Connection | None = None
        self._watch = threading.Lock()
        self._file: tuple[int, int] | None = None

    def standing(self) -> base.Standing:
        """See `retold.engines.base.Engine`."""
        with _OPENING:
            try:
                found = self._path.stat()
                file = found.st_dev, found.st_ino
                if not _OPEN[file]:
                    with self._path.open("rb") as opened:
                        head = opened.read(HEADER)
                    if not head:
                        return "nothing"
                    if not is_archive(head):
                        return "foreign"
            except FileNotFoundError:
                return "nothing"
            except IsADirectoryError:
                raise ArchiveForeign(
                    "a folder, not an archive of Retold; it was left as it is",
                    where=self.where,
                    advice="Name the archive's file with --archive or RETOLD_ARCHIVE",
                ) from None
            except OSError as error:
                raise refused(error, self.where) from error
            if self._file is None:
                self._file = file
                _OPEN[file] += 1
        return "archive"

    @contextmanager
    def creating(self) -> Iterator[Connection]:
        """See `retold.engines.base.Engine`: made beside its place, then moved there whole."""
        new = self._beside(f".new-{os.getpid()}")
        with self._locked(), self.translating():
            log = self._beside("-wal")
            if self.standing() == "nothing" and log.exists() and log.stat().st_size:
                raise ArchiveForeign(
                    "the log of an archive that is gone lies where the new one's would",
                    where=str(log),
                    advice="Bring the archive back, or move the log away",
                )
            engine = self._pooled(lambda: self._new_connection(new), "BEGIN IMMEDIATE", 1)
            try:
                with engine.begin() as connection:
                    yield connection
                engine.dispose()
                _synced(new)
                if self.standing() == "nothing":
                    new.replace(self._path)
                    _synced(self._path.parent)
            finally:
                engine.dispose()
                for one in (new, *(Path(f"{new}{end}") for end in ("-wal", "-shm", "-journal"))):
                    with suppress(OSError):
                        one.unlink()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """See `retold.engines.base.Engine`."""
        with self.translating(), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """See `retold.engines.base.Engine`."""
        if self._read_only:
            raise refused(PermissionError("opened for reading only"), self.where)
        with self._locked(), self.translating(), self._writer.begin() as connection:
            yield connection

    def state(self) -> str:
        """See `retold.engines.base.Engine`: "PRAGMA data_version", which one connection counts."""
        with self._watch:
            try:
                if self._watching is None:
                    self._watching = self._read_connection()
                return str(self._watching.execute("PRAGMA data_version").fetchall()[0][0])
            except sqlite3.Error as error:
                raise self.translated(error) from error

    def files(self) -> tuple[str, ...]:
        """See `retold.engines.base.Engine`: SQLite's stand beside the file that a link leads to."""
        true = Path(os.path.realpath(self._path))
        ours = (self._path, self._beside(".lock"), self._beside(".feeds"))
        theirs = (f"{true}{ending}" for ending in ("", "-wal", "-shm", "-journal"))
        return (*map(str, ours), *theirs)

    def claims(self) -> Claims:
        """See `retold.engines.base.Engine`: bytes of a file beside the archive."""
        return FileClaims(self._beside(".feeds"))

    def backup(self, label: str) -> str | None:
        """See `retold.engines.base.Engine`: a file beside the archive."""
        number = 1
        while True:
            copy = self._beside(f".{label}" if number == 1 else f".{label}.{number}")
            if not copy.exists():
                break
            number += 1
        part = Path(f"{copy}.part")
        try:
            with closing(self._read_connection()) as old, closing(sqlite3.connect(part)) as new:
                old.backup(new)
            _synced(part)
            part.replace(copy)
        except (sqlite3.Error, OSError) as error:
            with suppress(OSError):
                part.unlink()
            raise self.translated(error) from error
        return str(copy)

    def problems(self) -> Iterator[str]:
        """See `retold.engines.base.Engine`: what "PRAGMA integrity_check" says."""
        try:
            with self.reading() as connection:
                found = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check")]
        except ArchiveError as error:
            found = [error.what]
        yield from (str(one) for one in found if one != "ok")

    def scraped(self) -> Iterator[tuple[int, list[Any]]]:
        """See `retold.engines.base.Engine`."""
        try:
            raw = _read_apart(self._path)
        except OSError as error:
            raise refused(error, self.where) from error
        try:
            log = _read_apart(self._beside("-wal"))
        except OSError:
            log = b""
        yield from rows(raw, log)

    def close(self) -> None:
        """See `retold.engines.base.Engine`."""
        with self._watch:
            if self._watching is not None:
                self._watching.close()
                self._watching = None
        self._reader.dispose()
        # The last to close moves the log into the file and takes it away: under the lock, as any
        # checkpoint. Where another is writing, that one will be the last.
        if self._beside("-wal").exists() and not self._read_only:
            with suppress(ArchiveError, sqlite3.Error), self._locked(patience=0):
                self._writer.dispose()
                self._write_connection().close()
        self._writer.dispose()
        with _OPENING:
            if self._file is not None:
                _OPEN[self._file] -= 1
                self._file = None

    def translated(self, error: BaseException) -> ArchiveError:
        """See `retold.engines.base.Engine`."""
        if isinstance(error, OSError):
            return refused(error, self.where)
        return translated(error, self.where)

    def _beside(self, ending: str) -> Path:
        return self._path.with_name(self._path.name + ending)

    @contextmanager
    def _locked(self, patience: float | None = None) -> Iterator[None]:
        held = self._lock.held(self.where, patience)
        try:
            held.__enter__()
        except OSError as error:
            if not self._path.parent.is_dir():
                raise ArchiveMissing(
                    "no such folder", where=str(self._path.parent), advice="Make it first"
                ) from None
            raise refused(error, self.where) from error
        try:
            yield
        except OSError as error:
            raise refused(error, self.where) from error
        finally:
            held.__exit__(None, None, None)

    def _pooled(self, connect: Any, begin: str, size: int) -> Engine:
        engine = create_engine(
            "sqlite://", creator=connect, poolclass=QueuePool, pool_size=size, max_overflow=-1
        )

        @event.listens_for(engine, "begin")
        def _(connection: Connection) -> None:
            connection.exec_driver_sql(begin)

        return engine

    def _opened(self, path: Path, how: str) -> sqlite3.Connection:
        # Transactions are begun by us: the driver would begin none before a SELECT or DDL.
        return sqlite3.connect(
            f"file:{quote(str(path.absolute()))}?{how}",
            uri=True,
            timeout=self._patience,
            isolation_level=None,
            check_same_thread=False,
        )

    def _read_connection(self) -> sqlite3.Connection:
        connection = self._opened(self._path, "mode=ro")
        try:
            return _set(connection, _READING)
        except sqlite3.OperationalError as error:
            connection.close()
            # In a folder that cannot be written the log's index cannot be made. Without a log
            # there is nothing to miss.
            log = self._beside("-wal")
            if error.sqlite_errorcode & 0xFF not in _UNMADE or (
                log.exists() and log.stat().st_size
            ):
                raise
        return _set(self._opened(self._path, "mode=ro&immutable=1"), _READING)

    def _write_connection(self) -> sqlite3.Connection:
        return _set(self._opened(self._path, "mode=rw"), _WRITING)

    def _new_connection(self, path: Path) -> sqlite3.Connection:
        first = (
            "PRAGMA auto_vacuum=NONE",
            f"PRAGMA application_id={APPLICATION}",
            "PRAGMA journal_mode=WAL",
        )
        return _set(self._opened(path, "mode=rwc"), (*first, *_WRITING))


def _set(connection: sqlite3.Connection, pragmas: tuple[str, ...]) -> sqlite3.Connection:
    try:
        for pragma in pragmas:
            connection.execute(pragma).close()
        # Opens the file: what is wrong with it shows here.
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _read_apart(path: Path) -> bytes:
    """A file's bytes, read by another process: to close it here would drop the locks on it.

    Raises:
        OSError: it cannot be read.
    """
    program = (
        "import sys,shutil\n"
        "try: shutil.copyfileobj(open(sys.argv[1],'rb'),sys.stdout.buffer)\n"
        "except OSError as error: sys.exit(print(error.errno or 5,file=sys.stderr) or 3)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program, str(path.absolute())],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        number = int(said) if said.isdigit() else errno.EIO
        raise OSError(number, os.strerror(number), str(path))
    return done.stdout


def _synced(path: Path) -> None:
    """On the disk, names in a folder too; where a system cannot do that, it is let be."""
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
