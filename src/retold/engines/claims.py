"""Claims on numbered things: had by one holder at a time, and by nobody once its process ends.

There is no time after which a claim lapses: the system lets go of it when its holder ends, however
it ends. So nobody has to renew one while it works, and after a crash nobody has to wait.
"""

from __future__ import annotations

import os
import sys
import threading
from abc import ABC, abstractmethod
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from retold.engines.sqlite_errors import refused

__all__ = ["Claims", "FileClaims"]


class Claims(ABC):
    """What one holder claims; made anew for each."""

    @abstractmethod
    def take(self, numbers: Collection[int]) -> frozenset[int]:
        """Those of the numbers that are this holder's now: had already, or free and now taken.

        Args:
            numbers: from 1.

        Raises:
            ArchiveError: the place where claims are noted cannot be used.
        """

    @abstractmethod
    def close(self) -> None:
        """Let go of all of them."""


@dataclass(slots=True)
class _Noted:
    """What this process has of one file.

    The system keeps one list of locks for a process and a file, and forgets all of it when any
    descriptor of the file is closed: so there is one descriptor, and who has what is noted here.
    """

    descriptor: int
    owners: dict[int, FileClaims] = field(default_factory=dict)
    users: int = 0


_noted: dict[Path, _Noted] = {}
_guard = threading.Lock()


class FileClaims(Claims):
    """Claims on the bytes of a file: number n is byte n. Nothing is ever written into it."""

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        self._mine: set[int] = set()
        self._using = False
        self._process = os.getpid()

    def take(self, numbers: Collection[int]) -> frozenset[int]:
        """See `Claims`."""
        if os.getpid() != self._process:
            raise RuntimeError("claims are not inherited by child processes")
        with _guard:
            noted = _noted.get(self._path)
            if noted is None:
                noted = _Noted(self._opened())
                _noted[self._path] = noted
            if not self._using:
                self._using = True
                noted.users += 1
            for number in sorted(set(numbers) - self._mine):
                if number not in noted.owners and _taken(noted.descriptor, number):
                    noted.owners[number] = self
                    self._mine.add(number)
        return frozenset(self._mine.intersection(numbers))

    def _opened(self) -> int:
        try:
            return os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise refused(error, str(self._path)) from error

    def close(self) -> None:
        """See `Claims`."""
        with _guard:
            noted = _noted.get(self._path)
            if not self._using or noted is None:
                return
            for number in sorted(self._mine):
                _released(noted.descriptor, number)
                del noted.owners[number]
            self._mine.clear()
            self._using = False
            noted.users -= 1
            if not noted.users:
                del _noted[self._path]
                os.close(noted.descriptor)


if sys.platform == "win32":
    import msvcrt

    def _taken(descriptor: int, number: int) -> bool:
        try:
            os.lseek(descriptor, number, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _released(descriptor: int, number: int) -> None:
        os.lseek(descriptor, number, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _taken(descriptor: int, number: int) -> bool:
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, number)
        except (BlockingIOError, PermissionError):  # POSIX lets a system say either
            return False
        return True

    def _released(descriptor: int, number: int) -> None:
        fcntl.lockf(descriptor, fcntl.LOCK_UN, 1, number)
