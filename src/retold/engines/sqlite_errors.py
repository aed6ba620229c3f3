"""What SQLite and the file system say, as errors that say what to do."""

from __future__ import annotations

import errno
import sqlite3

from retold.errors import (
    ArchiveDamaged,
    ArchiveDenied,
    ArchiveError,
    ArchiveFull,
    ArchiveLocked,
    ArchiveMissing,
    ArchiveReadOnly,
)

__all__ = ["refused", "translated"]

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# Extended codes of SQLITE_IOERR for what cannot be written (WRITE, TRUNCATE, SHMSIZE):
# https://sqlite.org/rescode.html
_UNWRITTEN = (
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_TRUNCATE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
)


def refused(error: OSError, where: str) -> ArchiveError:
    """What the file system refused."""
    if error.errno in _FULL:
        return _full(where)
    if isinstance(error, FileNotFoundError):
        return ArchiveMissing("no such file or folder", where=where, advice="Check the path")
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return _read_only(where)
    reason = error.strerror or str(error)
    return ArchiveError(
        f"the archive cannot be used: {reason}", where=where, advice="Check the path and the disk"
    )


def translated(error: BaseException, where: str) -> ArchiveError:
    """What SQLite refused."""
    extended = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    code = extended & 0xFF
    if code == sqlite3.SQLITE_FULL or extended in _UNWRITTEN:
        return _full(where)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return _read_only(where)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return ArchiveLocked(
            "another program holds the archive",
            where=where,
            advice="Close the program that has it open, then try again",
        )
    if code == sqlite3.SQLITE_CANTOPEN:
        return ArchiveDenied(
            "the archive's file cannot be opened",
            where=where,
            advice="Check that it is there, and that you may read and write it and its folder",
        )
    undecodable = isinstance(error, UnicodeDecodeError) or "decode to UTF-8" in str(error)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or undecodable:
        return ArchiveDamaged(
            f"the archive's file is damaged ({error})",
            where=where,
            advice="Run `retold verify`; `retold export --salvage` brings out what can be read",
        )
    if code == sqlite3.SQLITE_IOERR:
        return ArchiveError(
            f"the disk failed ({error})", where=where, advice="Check the disk, then try again"
        )
    return ArchiveError(f"the archive refused a statement ({error})", where=where)


def _full(where: str) -> ArchiveFull:
    return ArchiveFull(
        "there is no space left to write",
        where=where,
        advice="Free some space and run the command again: what was kept is whole",
    )


def _read_only(where: str) -> ArchiveReadOnly:
    return ArchiveReadOnly(
        "the archive may not be written",
        where=where,
        advice="Check the rights on the file and its folder, or name another archive",
    )
