"""The archive written out: the same bytes for the same reports, in whatever order they came."""

from __future__ import annotations

import json
from collections.abc import Iterator

import msgspec
from sqlalchemy import select

from retold.archive.getting import load
from retold.archive.opening import Archive
from retold.archive.rows import Kept
from retold.archive.tables import blob
from retold.archive.tables import report as reports

__all__ = ["canonical", "line_of"]

_PAGE = 500


def canonical(archive: Archive) -> Iterator[bytes]:
    """One line of JSON a report, ordered by the hash of its content.

    A line holds the noun as it was given, the story that its record named, and the hash of the
    bytes that are kept with it; what depends on when it came (number, time, an id of its own) is
    left out. Characters beyond ASCII are escaped, so that every Python string can be written.
    """
    last = b""
    while True:
        with archive.reading() as connection:
            wanted = (
                select(reports.c.content, reports.c.number, blob.c.sha256)
                .join_from(reports, blob, blob.c.number == reports.c.raw, isouter=True)
                .where(reports.c.content > last)
                .order_by(reports.c.content)
                .limit(_PAGE)
            )
            page = [(bytes(row[0]), row[1], row[2]) for row in connection.execute(wanted)]
            found = load(connection, [number for _, number, _ in page])
        for (_, _, raw), kept in zip(page, found, strict=True):
            yield line_of(kept, None if raw is None else bytes(raw).hex())
        if not page:
            return
        last = page[-1][0]


def line_of(kept: Kept, raw: str | None = None) -> bytes:
    """A report as a line of `canonical`; `raw` is the hash of the bytes kept with it."""
    record = {**msgspec.to_builtins(kept.as_given), "story": kept.story, "raw": raw}
    return json.dumps(record, separators=(",", ":")).encode() + b"\n"
