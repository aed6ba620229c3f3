"""Rows out of the pages of an SQLite file, without SQLite: for a file that it refuses.

Every page that looks like a leaf of a table is read, wherever it stands, in the file and in its
log; nothing else of the file has to be whole. What comes out may be of any table, old, or no row
at all: it is for the caller to know its own by their hashes.
(https://sqlite.org/fileformat2.html, sections 1.6 and 2.1.)
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

__all__ = ["rows"]

_LEAF = 0x0D
_HEADER = 100
_LOG_HEADER, _FRAME_HEADER = 32, 24
_PAGE_SIZES = frozenset(1 << n for n in range(9, 17))
_USUAL = 4096
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_LONGEST = 1 << 30


def rows(raw: bytes, log: bytes) -> Iterator[tuple[int, list[Any]]]:
    """Number and values of each row that can be read; texts as bytes where they are no UTF-8.

    Args:
        raw: the file.
        log: its write-ahead log, empty where there is none.
    """
    size = _page_size(raw)
    pages = _Pages(raw, size, raw[20] if len(raw) > 20 else 0)
    for number in range(1, len(raw) // size + 2):
        yield from _of_page(pages, pages.page(number), _HEADER if number == 1 else 0)
    step = _FRAME_HEADER + size
    for at in range(_LOG_HEADER, len(log), step):
        number = int.from_bytes(log[at : at + 4])
        pages.newer[number] = log[at + _FRAME_HEADER : at + step]
    for number, page in pages.newer.items():
        yield from _of_page(pages, page, _HEADER if number == 1 else 0)


class _Pages:
    def __init__(self, raw: bytes, size: int, reserved: int) -> None:
        self._raw = raw
        self.size = size
        self.usable = size - (reserved if reserved < size - 480 else 0)
        self.newer: dict[int, bytes] = {}

    def page(self, number: int) -> bytes:
        """Empty, or short, where the file ends."""
        newer = self.newer.get(number)
        return self._raw[(number - 1) * self.size : number * self.size] if newer is None else newer


def _page_size(raw: bytes) -> int:
    size = int.from_bytes(raw[16:18]) if len(raw) > 18 else 0
    size = 65_536 if size == 1 else size
    return size if size in _PAGE_SIZES else _USUAL


def _of_page(pages: _Pages, page: bytes, header: int) -> Iterator[tuple[int, list[Any]]]:
    if len(page) < header + 8 or page[header] != _LEAF:
        return
    cells = int.from_bytes(page[header + 3 : header + 5])
    for cell in range(min(cells, pages.size // 4)):
        at = header + 8 + 2 * cell
        start = int.from_bytes(page[at : at + 2])
        with suppress(ValueError, IndexError, struct.error):
            yield _of_cell(pages, page, start)


def _of_cell(pages: _Pages, page: bytes, at: int) -> tuple[int, list[Any]]:
    length, at = _varint(page, at)
    number, at = _varint(page, at)
    if not 0 < length < _LONGEST or number < 1:
        raise ValueError
    usable = pages.usable
    most = usable - 35
    if length <= most:
        payload = page[at : at + length]
    else:
        least = (usable - 12) * 32 // 255 - 23
        local = least + (length - least) % (usable - 4)
        local = local if local <= most else least
        payload = page[at : at + local] + _overflow(
            pages, int.from_bytes(page[at + local : at + local + 4]), length - local
        )
    if len(payload) != length:
        raise ValueError
    return number, _values(payload)


def _overflow(pages: _Pages, number: int, left: int) -> bytes:
    parts = []
    seen: set[int] = set()
    while left > 0:
        if number < 2 or number in seen:
            raise ValueError
        seen.add(number)
        page = pages.page(number)
        part = page[4 : 4 + min(left, pages.usable - 4)]
        if not part:
            raise ValueError
        parts.append(part)
        left -= len(part)
        number = int.from_bytes(page[:4])
    return b"".join(parts)


def _values(payload: bytes) -> list[Any]:
    header, at = _varint(payload, 0)
    kinds = []
    while at < header:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    values: list[Any] = []
    for kind in kinds:
        length = _length(kind)
        part = payload[at : at + length]
        if len(part) != length:
            raise ValueError
        values.append(_value(kind, part))
        at += length
    return values


def _length(kind: int) -> int:
    if kind >= 12:
        return (kind - 12) // 2
    if kind in (10, 11):
        raise ValueError
    return 8 if kind == 7 else _INTEGERS.get(kind, 0)


def _value(kind: int, part: bytes) -> Any:
    if kind >= 12:
        if kind % 2 == 0:
            return part
        try:
            return part.decode()
        except UnicodeDecodeError:
            return part
    if kind == 0:
        return None
    if kind == 7:
        return struct.unpack(">d", part)[0]
    return kind - 8 if kind in (8, 9) else int.from_bytes(part, signed=True)


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(9):
        byte = raw[at]
        at += 1
        if place == 8:
            return value << 8 | byte, at
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return value, at
