"""The files of a folder, in an order that does not depend on the machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from retold.errors import EmptyInput, InputRefused, MissingInput

__all__ = ["files_in"]


def files_in(folder: Path) -> Iterator[Path | tuple[Path, InputRefused]]:
    """All files below a folder, by name, a folder's files where its name stands.

    Hidden files and folders are left out, and what is no file (a socket, a pipe). Links to
    folders are not followed, so that a loop of them ends.

    Raises:
        EmptyInput: no file at all.
    """
    count = 0
    for found in _below(folder):
        count += 1
        yield found
    if not count:
        raise EmptyInput("the folder holds no file", advice="Hidden files are not read")


def _below(folder: Path) -> Iterator[Path | tuple[Path, InputRefused]]:
    # A stack of our own: a deep tree would end in a RecursionError.
    waiting = [folder]
    while waiting:
        at = waiting.pop()
        try:
            if at != folder and not at.is_dir():
                if at.is_file():
                    yield at
                elif at.is_symlink() and not at.exists():
                    yield at, MissingInput("a link to nothing", advice="Remove it, or mend it")
                continue
            if at != folder and at.is_symlink():
                continue
            inside = sorted(one for one in at.iterdir() if not one.name.startswith("."))
        except OSError as error:
            reason = error.strerror or str(error)
            yield at, MissingInput(f"cannot be opened: {reason}", advice="Check the permissions")
            continue
        waiting.extend(reversed(inside))
