"""Bytes and texts: packed, and found by their hash."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, insert, select

from retold.archive.rows import CHUNK, chunks, next_number
from retold.archive.tables import blob
from retold.errors import ArchiveDamaged

__all__ = ["Packed", "decoded", "encoded", "keep", "pack", "unpack"]

# Below this zlib's own header eats what it wins.
_SMALLEST = 64
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Packed:
    """Bytes as they are kept."""

    sha256: bytes
    size: int
    packing: str
    packed: bytes


def encoded(text: str) -> bytes:
    """A text's bytes; every Python string has some."""
    return text.encode("utf-8", "surrogatepass")


def decoded(raw: bytes) -> str:
    """The text that `encoded` was given.

    Raises:
        UnicodeDecodeError: these bytes are no such text.
    """
    return raw.decode("utf-8", "surrogatepass")


def pack(raw: bytes) -> Packed:
    """As they are to be kept."""
    digest = sha256(raw).digest()
    if len(raw) >= _SMALLEST:
        smaller = zlib.compress(raw, _LEVEL)
        if len(smaller) < len(raw):
            return Packed(digest, len(raw), "zlib", smaller)
    return Packed(digest, len(raw), "raw", raw)


def unpack(packing: str, packed: bytes, size: int) -> bytes:
    """As they were.

    Raises:
        ArchiveDamaged: they are not what was kept.
    """
    try:
        if packing == "zlib":
            unpacker = zlib.decompressobj()
            raw = unpacker.decompress(packed, size + 1)  # never more than it may be
            whole = unpacker.eof and not unpacker.unused_data
        else:
            raw, whole = packed, packing == "raw"
    except zlib.error:
        raw, whole = b"", False
    if not whole or len(raw) != size:
        raise ArchiveDamaged(
            "a text or page in the archive is damaged",
            advice="Run `retold verify` to see which; `retold export --salvage` saves the rest",
        )
    return raw


def keep(connection: Connection, packed: Iterable[Packed]) -> Mapping[bytes, int]:
    """Keep what is not there yet; the number of each by its hash."""
    wanted = {one.sha256: one for one in packed}
    numbers: dict[bytes, int] = {}
    for some in chunks(list(wanted), CHUNK):
        found = connection.execute(
            select(blob.c.sha256, blob.c.number).where(blob.c.sha256.in_(some))
        )
        numbers.update((bytes(row.sha256), row.number) for row in found)
    number = next_number(connection, blob)
    rows = []
    for digest, one in wanted.items():
        if digest not in numbers:
            numbers[digest] = number
            rows.append(
                {
                    "number": number,
                    "sha256": digest,
                    "size": one.size,
                    "packing": one.packing,
                    "packed": one.packed,
                }
            )
            number += 1
    if rows:
        connection.execute(insert(blob), rows)
    return numbers
