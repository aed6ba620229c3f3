"""A lock between processes: a file beside the archive, locked by the system.

The system lets go of it when its holder ends, however it ends.
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from retold.errors import ArchiveLocked

__all__ = ["LockFile"]

_SHORTEST = 0.001
_LONGEST = 0.02


class LockFile:
    """Held by one thread of one process at a time."""

    def __init__(self, path: Path, patience: float) -> None:
        self._path = path
        self._patience = patience
        self._mine = threading.local()

    @contextmanager
    def held(self, where: str, patience: float | None = None) -> Iterator[None]:
        """While the block runs.

        Args:
            where: what is locked, for people.
            patience: seconds to wait; by default those it was made with.

        Raises:
            ArchiveLocked: another holder kept it for longer than that.
            OSError: the file cannot be made.
            RuntimeError: this thread holds it already.
        """
        if getattr(self._mine, "held", False):
            raise RuntimeError("writing() inside writing(): pass the connection on")
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            self._wait(descriptor, where, self._patience if patience is None else patience)
            self._mine.held = True
            try:
                yield
            finally:
                self._mine.held = False
        finally:
            os.close(descriptor)  # and with it the lock

    def _wait(self, descriptor: int, where: str, patience: float) -> None:
        end = time.monotonic() + patience
        pause = _SHORTEST
        while not _taken(descriptor):
            if time.monotonic() > end:
                raise ArchiveLocked(
                    f"others have been writing for {patience:g} s",
                    where=where,
                    advice="Wait until it is done, or end it",
                )
            # Waiting by chance: nobody is always the last.
            time.sleep(pause * random.random())
            pause = min(_LONGEST, 2 * pause)


if sys.platform == "win32":
    import msvcrt

    def _taken(descriptor: int) -> bool:
        try:
            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _taken(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
