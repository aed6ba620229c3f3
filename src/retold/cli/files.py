"""Files that are written: whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from retold.errors import UsageError

__all__ = ["require_writable", "write"]


def require_writable(file: Path) -> None:
    """Fail before the work, not after it.

    Raises:
        UsageError: it is a folder, or stands in none.
    """
    if file.is_dir():
        raise UsageError("a folder, not a file", where=str(file), advice="Name a file")
    if not file.parent.is_dir():
        raise UsageError(
            "no such folder", where=str(file.parent), advice="Make it first, or name another"
        )


def write(file: Path, pieces: Iterable[bytes]) -> int:
    """Write pieces into a file beside its place, and move it there; how many there were.

    What is no plain file (a pipe, /dev/stdout) is written to as it is.

    Raises:
        UsageError: it cannot be written; what stood there before still does.
    """
    plain = not file.exists() or file.is_file()
    part = file.with_name(f".{file.name}.{os.getpid()}.part") if plain else file
    written = 0
    try:
        with part.open("wb") as opened:
            for piece in pieces:
                opened.write(piece)
                written += 1
        if plain:
            part.replace(file)
    except OSError as error:
        raise UsageError(
            f"it cannot be written ({error.strerror or error})",
            where=str(file),
            advice="Free some space, or name another file",
        ) from error
    finally:
        if plain:
            part.unlink(missing_ok=True)
    return written
