"""Web archives: WARC 0.18 to 1.1 (ISO 28500), response records of pages.

Read here and not by a library, because what is cut off or damaged must be listed: a record whose
length does not lead to the next one is refused with its offset, and reading goes on at the next
record that can be seen, inside it if need be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from retold.errors import BadRecord, Damaged, InputRefused, TooLarge
from retold.model import Refusal
from retold.read.dates import parse_iso
from retold.read.documents import document
from retold.read.fetching import Fetched, content_type
from retold.read.found import PASSED, Found, Origin
from retold.read.transfer import unpacked

__all__ = ["from_warc"]

_START = re.compile(rb"WARC/\d\.\d{1,2}\r?\n")
_HEADERS = 65_536
_CHUNK = 65_536
_PAGES = ("text/html", "application/xhtml+xml")
# Between a record's length and the next record: two line ends, by the standard.
_END = b"\r\n\r\n"


def from_warc(stream: BinaryIO, origin: Origin) -> Iterator[Found | Refusal]:
    """The reports of an archive's pages.

    Only answers of status 200 whose type is HTML are read; other records (requests, metadata,
    pictures) are passed over.

    Raises:
        Damaged, TooLarge: while a compressed archive is unpacked.
    """
    for where, record in _Records(stream, origin.settings.limits.page_bytes):
        try:
            if isinstance(record, InputRefused):
                raise record
            served = _page(*record, origin)
            if served is None:
                continue
            if not origin.turns.ahead:
                yield PASSED
                continue
            report = document(served.body, origin.source, origin.settings, served)
        except Exception as error:
            # A parser that fails on one page does not end the archive.
            yield origin.refuse(where, error)
            continue
        yield Found(report, None, where, origin.source, served.body)


class _Records:
    """Records with their offset, and what is damaged."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self._stream = stream
        self._limit = limit
        self._held = bytearray()  # dropping its front costs nothing
        self._at = 0
        self._ended = False
        self._searched = 0  # up to this offset no header ends
        # What a wrong length led past is looked at again, so much for every byte read once.
        self._taken = 0
        self._again = 0

    def __iter__(self) -> Iterator[tuple[str, tuple[dict[str, str], bytes] | InputRefused]]:
        while self._to_next():
            offset = self._at
            where = f"byte {offset}"
            end = self._header_end()
            if end is None:
                yield where, Damaged("a record's header that does not end", advice=_AGAIN)
                self._drop(5)
                continue
            headers = _fields(bytes(self._held[:end]))
            length = headers.get("content-length", "")
            if not length.isascii() or not length.isdigit() or len(length) > 15:
                yield where, BadRecord("a record without a length", advice=_AGAIN)
                self._drop(5)
                continue
            self._drop(end)
            size = int(length)
            wanted = headers.get("warc-type", "").lower() == "response"
            if size > self._limit:
                if wanted:
                    yield where, TooLarge(f"a record of {size:,} bytes", advice="Raise limits")
                self._skip(size)
                continue
            if not self._fill(size):
                yield (
                    where,
                    Damaged(
                        f"a record of {size:,} bytes, of which {len(self._held):,} are there",
                        advice=_AGAIN,
                    ),
                )
                self._resume(len(self._held))
                continue
            self._fill(size + len(_END))
            follows = self._held[size : size + len(_END)]
            if follows.strip() or (len(follows) < 2 and follows):
                yield where, Damaged("a record whose length is wrong", advice=_AGAIN)
                self._resume(size)
                continue
            block = bytes(self._held[:size])
            self._drop(size)
            if wanted:
                yield where, (headers, block)

    def _to_next(self) -> bool:
        """Drop what lies before the next record; False at the end."""
        while True:
            match = _START.search(self._held)
            if match is not None:
                self._drop(match.start())
                return True
            self._drop(max(0, len(self._held) - 12))
            if not self._fill(len(self._held) + 1):
                return False

    def _header_end(self) -> int | None:
        """Where the header's empty line ends; None where it does not."""
        while True:
            # What was looked through for another record's header is not looked through again.
            start = max(0, self._searched - self._at)
            ends = [
                at + len(mark)
                for mark in (b"\r\n\r\n", b"\n\n")
                if (at := self._held.find(mark, start, _HEADERS)) >= 0
            ]
            if ends:
                return min(ends)
            size = len(self._held)
            self._searched = self._at + max(0, min(size, _HEADERS) - 3)
            if size >= _HEADERS or not self._fill(size + 1):
                return None

    def _resume(self, size: int) -> None:
        """Look for a record inside a block of a wrong length, within what may be read again."""
        if self._again > 4 * self._taken:
            self._drop(size)
            return
        self._again += size

    def _fill(self, size: int) -> bool:
        """Whether so many bytes are held, after reading what is missing."""
        if len(self._held) >= size:
            return True
        while len(self._held) < size and not self._ended:
            part = self._stream.read(max(_CHUNK, size - len(self._held)))
            self._ended = not part
            self._taken += len(part)
            self._held += part
        return len(self._held) >= size

    def _drop(self, size: int) -> None:
        del self._held[:size]
        self._at += size

    def _skip(self, size: int) -> None:
        """Pass over a block without holding it."""
        left = size - len(self._held)
        self._drop(min(size, len(self._held)))
        while left > 0 and not self._ended:
            part = self._stream.read(min(_CHUNK, left))
            self._ended = not part
            self._taken += len(part)
            self._at += len(part)
            left -= len(part)


_AGAIN = "Get the archive again; the records that can be read are"


def _fields(raw: bytes) -> dict[str, str]:
    """Header fields by lower-case name; of a name given twice the first."""
    fields: dict[str, str] = {}
    for line in raw.decode("utf-8", "replace").splitlines()[1:]:
        name, found, value = line.partition(":")
        if found:
            fields.setdefault(name.strip().lower(), value.strip())
    return fields


def _page(headers: dict[str, str], block: bytes, origin: Origin) -> Fetched | None:
    """The page that a record holds; None if it holds none.

    Raises:
        InputRefused: the answer cannot be read.
    """
    if "http" not in headers.get("content-type", "application/http").lower():
        return None
    ends = [at + len(mark) for mark in (b"\r\n\r\n", b"\n\n") if (at := block.find(mark)) >= 0]
    end = min(ends, default=0)
    if not end or not block.startswith(b"HTTP/"):
        raise BadRecord("a response that is no HTTP answer", advice=_AGAIN)
    status = block[:64].split(None, 2)[1:2]
    fields = _fields(block[:end])
    media_type, charset = content_type(fields.get("content-type", ""))
    if status != [b"200"] or (media_type is not None and media_type not in _PAGES):
        return None
    url = headers.get("warc-target-uri", "").strip("<>")
    body = block[end:]
    if "chunked" in fields.get("transfer-encoding", "").lower():
        # Many crawlers keep the header and store the body put together.
        body = _dechunked(body)
    body = unpacked(body, fields.get("content-encoding", ""), origin.settings)
    fetched = parse_iso(headers.get("warc-date", ""), "warc")
    return Fetched(url, body, media_type or "text/html", charset, fetched[0] if fetched else "")


def _dechunked(body: bytes) -> bytes:
    """The body without its chunks' sizes; as it is where it has none."""
    parts: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\r\n", at, at + 200)
        size = body[at:end].partition(b";")[0].strip() if end >= 0 else b""
        if not re.fullmatch(rb"[0-9a-fA-F]{1,8}", size):
            return body if not parts else b"".join(parts)
        length = int(size, 16)
        if not length:
            return b"".join(parts)
        parts.append(body[end + 2 : end + 2 + length])
        at = end + 2 + length + 2
        if at > len(body):
            raise Damaged("an answer whose last chunk is cut off", advice=_AGAIN)
