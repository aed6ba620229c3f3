"""Files that are not to be opened, wherever they are met and whatever they are called.

To close a file gives up the locks that the whole process has on it, whoever took them
(fcntl(2); https://sqlite.org/howtocorrupt.html, 2.2). Who holds such locks on files, as an open
archive does, and has folders read, names them here.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

__all__ = ["NONE", "Spared"]


@dataclass(frozen=True, slots=True)
class Spared:
    """Some files; none by default.

    Attributes:
        files: absolute paths without links; there need not be such files yet.
    """

    files: frozenset[str] = frozenset()

    @classmethod
    def of(cls, files: Iterable[str | Path]) -> Spared:
        """These files."""
        return cls(frozenset(os.path.realpath(file) for file in files))

    def has(self, path: str | Path) -> bool:
        """Whether a path leads to one of them, by links too; nothing is opened."""
        if not self.files:
            return False
        try:
            if os.path.realpath(path) in self.files:
                return True
            found = Path(path).stat()
        except (OSError, ValueError):
            return False  # reading says what is wrong with it
        return found.st_nlink > 1 and any(_is(file, found) for file in self.files)


def _is(file: str, found: os.stat_result) -> bool:
    try:
        return os.path.samestat(Path(file).stat(), found)
    except OSError:
        return False


NONE = Spared()
