"""Compressed inputs as streams: unpacked piece by piece, within the limits.

What is held at any time is one piece. How much a whole input may unpack to is bounded by the
ratio; how much of it is held at once is bounded by whoever reads it.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO, cast

from retold.errors import Damaged, NotText, TooLarge
from retold.settings import Limits

__all__ = ["GZIP", "ZSTANDARD", "buffered", "gunzipped", "joined", "unzstandardised"]

GZIP = b"\x1f\x8b"
ZSTANDARD = b"\x28\xb5\x2f\xfd"
_MEMBER = b"\x1f\x8b\x08"
_CHUNK = 65_536
# Four bytes of Zstandard may stand for 128 KB, and one step gives all of its output at once.
_ZSTANDARD_PIECE = 1_024
# A frame may ask for a window of 2 GB; 128 MB is what `zstd --long` makes.
_WINDOW = 1 << 27
# Below this size no ratio is suspicious: an empty page of markup compresses 200 to 1.
_RATIO_FROM = 1_000_000


class _Joined(io.RawIOBase):
    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = io.BytesIO(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._head.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def buffered(raw: io.RawIOBase) -> BinaryIO:
    """A raw stream with lines and reads of any size."""
    return cast(BinaryIO, io.BufferedReader(raw, _CHUNK))


def joined(head: bytes, rest: BinaryIO) -> BinaryIO:
    """What was read for sniffing, then the rest."""
    return buffered(_Joined(head, rest))


def gunzipped(
    stream: BinaryIO, limits: Limits, damaged: Callable[[Damaged], object] | None = None
) -> BinaryIO:
    """A stream of what a gzip stream holds.

    Args:
        stream: of one or many gzip members.
        limits: of the ratio.
        damaged: told of damage, after which reading goes on with the next member that can be
            read; without it, damage ends the reading.

    Raises (while it is read):
        Damaged: no gzip at some offset, or an end in the middle.
        TooLarge: over the ratio.
    """
    return buffered(_Gunzip(stream, limits, damaged))


def unzstandardised(stream: BinaryIO, limits: Limits) -> BinaryIO:
    """A stream of what a Zstandard stream holds.

    Raises:
        NotText: the package that reads it is not installed.
        Damaged, TooLarge: as `gunzipped`.
    """
    try:
        import zstandard  # noqa: F401 (whether it is there)
    except ImportError:
        raise NotText(
            "the input is Zstandard data, and the package that reads it is not installed",
            advice="Install it (pip install 'retold[zstandard]'), or unpack the input (unzstd)",
        ) from None
    return buffered(_Zstandard(stream, limits))


class _Ratio:
    """How much came in and went out."""

    def __init__(self, limits: Limits) -> None:
        self._limit = limits.decompressed_ratio
        self.given = 0

    def give(self, size: int, taken: int) -> None:
        self.given += size
        if self.given > _RATIO_FROM and self.given > self._limit * taken:
            raise TooLarge(
                f"unpacks to more than {self._limit} times its size",
                where=f"byte {taken}",
                advice="Unpack it yourself if you trust it, or raise limits.decompressed_ratio",
            )


class _Gunzip(io.RawIOBase):
    def __init__(
        self, stream: BinaryIO, limits: Limits, damaged: Callable[[Damaged], object] | None
    ) -> None:
        self._stream = stream
        self._ratio = _Ratio(limits)
        self._damaged = damaged
        self._input = b""
        self._taken = 0
        self._ended = False
        self._member: Any = None
        self._failed: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        if self._failed is not None:
            raise self._failed
        try:
            part = self._next(len(buffer))
            self._ratio.give(len(part), self._taken)
        except (Damaged, TooLarge) as error:
            self._failed = error
            raise
        buffer[: len(part)] = part
        return len(part)

    def _next(self, most: int) -> bytes:
        while True:
            if self._member is None:
                if not self._begin():
                    return b""
            elif self._member.eof:
                self._input = self._member.unused_data
                self._member = None
                continue
            elif not self._input:
                self._fill()
                if not self._input and not (tail := self._member.decompress(b"", most)):
                    self._member = None
                    self._damage("ends in the middle")
                    continue
                if not self._input:
                    return bytes(tail)
            try:
                part = self._member.decompress(self._input, most)
            except zlib.error as error:
                # The member's own start is not looked at again, its remaining bytes are.
                self._member = None
                self._input = self._input[1:]
                self._damage(f"is damaged: {str(error)[:100]}")
                self._seek()
                continue
            self._input = self._member.unconsumed_tail
            if part:
                return bytes(part)
            if self._member.eof:
                continue

    def _begin(self) -> bool:
        """Start the next member; False at the end."""
        self._input = self._input.lstrip(b"\0")  # padding to a block's end is allowed
        while len(self._input) < len(_MEMBER) and not self._ended:
            self._fill()
            self._input = self._input.lstrip(b"\0")
        if not self._input:
            return False
        if not self._input.startswith(GZIP):
            self._damage("is followed by what is no gzip data")
            self._seek()
            if not self._input:
                return False
        self._member = zlib.decompressobj(31)
        return True

    def _seek(self) -> None:
        """Drop everything before the next thing that looks like a member's start."""
        while True:
            at = self._input.find(_MEMBER)
            if at >= 0:
                self._input = self._input[at:]
                return
            if self._ended:
                self._input = b""
                return
            self._input = self._input[-2:]
            self._fill()

    def _fill(self) -> None:
        more = self._stream.read(_CHUNK)
        self._taken += len(more)
        self._ended = not more
        self._input += more

    def _damage(self, what: str) -> None:
        error = Damaged(
            f"the gzip data {what}",
            where=f"byte {max(0, self._taken - len(self._input))}",
            advice="Get the file again",
        )
        if self._damaged is None:
            raise error
        self._damaged(error)


class _Zstandard(io.RawIOBase):
    def __init__(self, stream: BinaryIO, limits: Limits) -> None:
        self._stream = stream
        self._ratio = _Ratio(limits)
        self._taken = 0
        self._input = b""
        self._output = memoryview(b"")
        self._frame: Any = None
        self._failed: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        if self._failed is not None:
            raise self._failed
        try:
            while not self._output and self._step():
                pass
        except (Damaged, TooLarge) as error:
            self._failed = error
            raise
        part = self._output[: len(buffer)]
        self._output = self._output[len(part) :]
        buffer[: len(part)] = part
        return len(part)

    def _step(self) -> bool:
        """Unpack one small piece; False at the end."""
        import zstandard

        if not self._input:
            self._input = self._stream.read(_ZSTANDARD_PIECE)
            self._taken += len(self._input)
            if not self._input:
                if self._frame is not None:
                    raise self._damaged("ends in the middle")
                return False
        if self._frame is None:
            unpacker = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
            self._frame = unpacker.decompressobj()
        try:
            self._output = memoryview(self._frame.decompress(self._input))
        except zstandard.ZstdError as error:
            raise self._damaged(f"is damaged: {str(error)[:100]}") from None
        self._input = b""
        if self._frame.eof:
            self._input = self._frame.unused_data
            self._frame = None
        self._ratio.give(len(self._output), self._taken)
        return True

    def _damaged(self, how: str) -> Damaged:
        return Damaged(
            f"the Zstandard data {how}", where=f"byte {self._taken}", advice="Get the file again"
        )
