"""Which records of a source are wanted: a share of them, or those after the last one read.

Finding where a record begins is cheap, making its report is not. Readers of many records ask
`ahead` before they make one; whoever collects the records calls `step` for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

__all__ = ["Turns"]


class Turns:
    """Counts the records of one source.

    Args:
        wanted: whether the record with a number (from 0) is wanted; by default each is.

    Attributes:
        index: of the last record that was counted; -1 before the first.
    """

    def __init__(self, wanted: Callable[[int], bool] | None = None) -> None:
        self._wanted = wanted
        self.index = -1
        self._file: BinaryIO | None = None
        self._before = 0

    @property
    def ahead(self) -> bool:
        """Whether the next record is wanted."""
        return self._wanted is None or self._wanted(self.index + 1)

    def step(self) -> bool:
        """Count a record; whether it is wanted."""
        self.index += 1
        return self._wanted is None or self._wanted(self.index)

    @contextmanager
    def reading(self, file: BinaryIO) -> Iterator[None]:
        """While a file of the source is read."""
        self._file = file
        try:
            yield
        finally:
            self._before = self.bytes_read
            self._file = None

    @property
    def bytes_read(self) -> int:
        """How far the files of the source have been read."""
        if self._file is None or self._file.closed or not self._file.seekable():
            return self._before
        return self._before + self._file.tell()
