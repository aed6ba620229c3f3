"""`retold search`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from retold.archive import open_archive
from retold.archive.searching import Asked, Order, search
from retold.show.found import found
from retold.show.records import record

__all__ = ["find"]


def find(
    archive: str | None,
    words: Sequence[str],
    *,
    json: bool,
    outlets: Sequence[str],
    languages: Sequence[str],
    since: str | None,
    until: str | None,
    order: Order,
    limit: int,
    after: str | None,
) -> int:
    """Write one page of what is found; returns the exit code."""
    asked = Asked(
        words=" ".join(words),
        outlets=outlets,
        languages=languages,
        since=since,
        until=until,
        order=order,
        limit=limit,
        after=after,
    )
    with open_archive(archive, read_only=True) as kept:
        page = search(kept, asked)
    if json:
        sys.stdout.buffer.write(record(page) + b"\n")
    else:
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        sys.stdout.write(found(page, colour=colour, encoding=sys.stdout.encoding))
    return 0 if page.hits else 1
