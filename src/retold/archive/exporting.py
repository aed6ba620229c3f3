"""The archive written out: the same bytes for the same reports, in whatever order they came."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import Connection, select

from retold.archive import blobs
from retold.archive.getting import load
from retold.archive.opening import Archive
from retold.archive.rows import Kept
from retold.archive.tables import blob
from retold.archive.tables import report as reports
from retold.errors import ArchiveDamaged
from retold.text import exported

__all__ = ["canonical", "line_of", "raw_in"]

_PAGE = 500


def canonical(archive: Archive, *, raw: bool = False) -> Iterator[bytes]:
    """One line of JSON a report, ordered by the hash of its content (see `retold.text.exported`).

    A line holds the noun as it was given and the story that its record named; what depends on
    when it came (number, time, an id of its own) is left out. Added to another archive, the lines
    give the same lines again.

    Args:
        archive: open.
        raw: write the bytes too that reports were read from.
    """
    last = b""
    while True:
        with archive.reading() as connection:
            wanted = (
                select(reports.c.content, reports.c.number)
                .where(reports.c.content > last)
                .order_by(reports.c.content)
                .limit(_PAGE)
            )
            page = [(bytes(row[0]), row[1]) for row in connection.execute(wanted)]
            found = load(connection, [number for _, number in page])
        for kept in found:
            if raw and kept.has_raw:
                with archive.reading() as connection:
                    yield line_of(kept, raw_in(connection, kept.number))
            else:
                yield line_of(kept)
        if not page:
            return
        last = page[-1][0]


def line_of(kept: Kept, raw: bytes | None = None) -> bytes:
    """A report as a line of `canonical`."""
    return exported.line(kept.as_given, kept.story, raw)


def raw_in(connection: Connection, number: int) -> bytes | None:
    """The bytes that a report was read from; None when they are not kept.

    Raises:
        ArchiveDamaged: they are not what was kept.
    """
    row = connection.execute(
        select(blob.c.packing, blob.c.packed, blob.c.size, blob.c.sha256)
        .join_from(reports, blob, blob.c.number == reports.c.raw)
        .where(reports.c.number == number)
    ).first()
    if row is None:
        return None
    raw = blobs.unpack(row.packing, bytes(row.packed), row.size)
    if sha256(raw).digest() != bytes(row.sha256):
        raise ArchiveDamaged(
            "the page of a report is not what was kept",
            where=f"report number {number}",
            advice="`retold export --salvage` saves what is whole",
        )
    return raw
