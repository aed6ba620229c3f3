"""The lines of a stream, each with its number: of JSON Lines and lists of addresses."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

from retold.errors import BadRecord, InputRefused, TooLarge
from retold.read.unpacking import buffered

__all__ = ["as_utf8", "lines_of", "taken"]


def taken(stream: BinaryIO, size: int) -> bytes:
    """Up to `size` bytes; a pipe gives less than that at a time."""
    parts = []
    left = size
    while left > 0:
        part = stream.read(left)
        if not part:
            break
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def as_utf8(stream: BinaryIO, encoding: str) -> BinaryIO:
    """A stream in another encoding as UTF-8; what cannot be decoded as U+FFFD."""
    return buffered(_Recoded(stream, encoding))


class _Recoded(io.RawIOBase):
    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        while not self._left:
            raw = self._stream.read(len(buffer))
            text = self._decoder.decode(raw, final=not raw)
            if not raw and not text:
                return 0
            self._left = memoryview(text.encode("utf-8", "replace"))
        part = self._left[: len(buffer)]
        self._left = self._left[len(part) :]
        buffer[: len(part)] = part
        return len(part)


def lines_of(stream: BinaryIO, limit: int) -> Iterator[tuple[str, str | InputRefused]]:
    """Each line with where it stands; one that is too long or no UTF-8 as an error."""
    number = 0
    while True:
        raw = stream.readline(limit + 1)
        if not raw:
            return
        number += 1
        where = f"line {number}"
        if len(raw) > limit:
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(limit)
            yield where, TooLarge(f"a line of more than {limit:,} bytes", advice="Split it")
            continue
        try:
            yield where, raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            yield (
                where,
                BadRecord(
                    f"not UTF-8 at byte {error.start} of the line",
                    advice="Lines of records and addresses are UTF-8: convert the file",
                ),
            )
