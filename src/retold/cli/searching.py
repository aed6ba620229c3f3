"""`retold search`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from retold.archive import Archive, quoting
from retold.archive.searching import Asked, Order, search
from retold.cli.opening import open_archive
from retold.show.found import found
from retold.show.names import count
from retold.show.records import record

__all__ = ["find"]


def _say_what_is_not_analysed(archive: Archive) -> None:
    """A report that was not analysed cannot be found by who is quoted in it."""
    missing = quoting.unanalysed(archive)
    if missing:
        several = "are" if missing > 1 else "is"
        sys.stderr.write(
            f"retold: {count(missing, 'report')} {several} not analysed yet, and not searched for "
            "people and "
            "quotations. `retold refresh` does it\n"
        )


def find(
    archive: str | None,
    words: Sequence[str],
    *,
    json: bool,
    outlets: Sequence[str],
    languages: Sequence[str],
    people: Sequence[str],
    speaker: str | None,
    quoted: str | None,
    since: str | None,
    until: str | None,
    order: Order,
    limit: int,
    after: str | None,
) -> int:
    """Write one page of what is found; returns the exit code."""
    further = [quoting.named(name) for name in people]
    if speaker is not None or quoted is not None:
        further.append(quoting.said(speaker, quoted))
    asked = Asked(
        words=" ".join(words),
        outlets=outlets,
        languages=languages,
        since=since,
        until=until,
        further=further,
        order=order,
        limit=limit,
        after=after,
    )
    with open_archive(archive, read_only=True) as kept:
        page = search(kept, asked)
        if further:
            _say_what_is_not_analysed(kept)
    if json:
        sys.stdout.buffer.write(record(page) + b"\n")
    else:
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        sys.stdout.write(found(page, colour=colour, encoding=sys.stdout.encoding, local=True))
    return 0 if page.hits else 1
