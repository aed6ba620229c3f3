"""The body of an answer, unpacked piece by piece within the limits."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from retold.errors import FetchFailed, TooLarge
from retold.read.connecting import SAVE, too_late
from retold.settings import Settings

if TYPE_CHECKING:
    import httpx2

__all__ = ["body", "unpacked"]

_CHUNK = 65_536
# Below this size no ratio is suspicious: an empty page of markup compresses 200 to 1.
_RATIO_FROM = 1_000_000


def body(
    response: httpx2.Response, settings: Settings, deadline: float, most: int | None = None
) -> Iterator[bytes]:
    """The body, decompressed piece by piece, never more than the limits in memory.

    Args:
        response: not read yet.
        settings: limits.
        deadline: when all of it must be there, by `time.monotonic`.
        most: so many bytes are taken, and the rest is left; None for all.
    """
    limits = settings.limits
    length = response.headers.get("content-length", "")
    if most is None and length.isdigit() and int(length) > limits.page_bytes:
        raise _too_large(limits.page_bytes)
    unpack = _unpacker(response.headers.get("content-encoding", ""))
    taken = given = 0
    for piece in response.iter_raw(_CHUNK):
        if time.monotonic() > deadline:
            raise too_late(limits.fetch_seconds)
        taken += len(piece)
        if taken > limits.page_bytes:
            raise _too_large(limits.page_bytes)
        for part in unpack.feed(piece):
            given += len(part)
            if given > limits.decompressed_bytes:
                raise _too_large(limits.decompressed_bytes)
            if given > _RATIO_FROM and given > limits.decompressed_ratio * taken:
                raise TooLarge(
                    f"the transfer unpacks to more than {limits.decompressed_ratio} times its size",
                    advice=SAVE,
                )
            if most is not None and given >= most:
                yield part[: len(part) - (given - most)]
                return
            yield part
    unpack.finish()


def unpacked(raw: bytes, encoding: str, settings: Settings) -> bytes:
    """A stored body as its Content-Encoding header says.

    Raises:
        FetchFailed: damaged, or in an encoding that is not read.
        TooLarge: over a limit of `settings.limits`.
    """
    limits = settings.limits
    kind = encoding.strip().lower()
    # Many crawlers keep the header and store the body unpacked.
    if kind in ("gzip", "x-gzip") and not raw.startswith(b"\x1f\x8b"):
        return raw
    unpack = _unpacker(kind)
    parts: list[bytes] = []
    given = 0
    for start in range(0, len(raw), _CHUNK):
        for part in unpack.feed(raw[start : start + _CHUNK]):
            given += len(part)
            if given > limits.page_bytes:
                raise _too_large(limits.page_bytes)
            if given > _RATIO_FROM and given > limits.decompressed_ratio * len(raw):
                raise TooLarge(
                    f"the body unpacks to more than {limits.decompressed_ratio} times its size",
                    advice=SAVE,
                )
            parts.append(part)
    unpack.finish()
    return b"".join(parts)


def _unpacker(encoding: str) -> _Plain | _Inflate:
    kind = encoding.strip().lower()
    if kind in ("", "identity"):
        return _Plain()
    if kind not in ("gzip", "x-gzip", "deflate"):
        # br and zstd were not offered; a server that sends them all the same is not followed.
        raise FetchFailed(f"a transfer in {kind[:40]!r}, which was not asked for", advice=SAVE)
    return _Inflate(kind == "deflate")


class _Plain:
    """Nothing to unpack."""

    def feed(self, piece: bytes) -> Iterator[bytes]:
        yield piece

    def finish(self) -> None:
        """Nothing can be missing: the length is checked by the protocol."""


class _Inflate:
    """zlib with a bound on what one step may give."""

    def __init__(self, deflate: bool) -> None:
        self._deflate = deflate
        self._stream: Any = None

    def feed(self, piece: bytes) -> Iterator[bytes]:
        while piece:
            if self._stream is None:
                self._stream = zlib.decompressobj(self._window(piece))
            elif self._stream.eof:
                return  # what follows the end is no part of the page
            try:
                part = self._stream.decompress(piece, _CHUNK)
            except zlib.error as error:
                raise FetchFailed(f"a damaged transfer: {error}", advice=SAVE) from None
            yield part
            piece = self._stream.unconsumed_tail

    def finish(self) -> None:
        if self._stream is not None and not self._stream.eof:
            raise FetchFailed("the transfer ends in the middle", advice=SAVE)

    def _window(self, first: bytes) -> int:
        if not self._deflate:
            return 31
        # "deflate" is zlib by the standard and bare deflate from many servers.
        is_zlib = len(first) > 1 and first[0] & 15 == 8 and (first[0] * 256 + first[1]) % 31 == 0
        return zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"more than {limit:,} bytes", advice=SAVE)
