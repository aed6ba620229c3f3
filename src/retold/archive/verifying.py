"""Whether all that is kept is what was kept.

A database notices few of the bits that change in it: of 189 flipped ones 165 went by unseen. So
each text and page has the hash of its bytes, each report the hash of its content, and reports are
numbered without gaps. What is checked here does not trust what it reads: a row that cannot be
read is a finding, not the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, Table, func, select

from retold.archive import blobs
from retold.archive.getting import load
from retold.archive.identity import content_of
from retold.archive.opening import Archive
from retold.archive.tables import blob
from retold.archive.tables import report as reports
from retold.archive.tables_derived import derived
from retold.archive.tables_search import listing
from retold.errors import ArchiveError
from retold.holdings import Damage

__all__ = ["read_whole", "verify"]

_PAGE = 200


def _nobody(_: int, __: int) -> None:
    """Who is told where nobody asked to be."""


def verify(
    archive: Archive, *, progress: Callable[[int, int], object] = _nobody
) -> Iterator[Damage]:
    """All that is damaged, as it is found.

    Args:
        archive: open.
        progress: told the reports that are done and how many there are.

    Yields:
        findings about reports with the report's number, and its id where that can be read.
    """
    step = _PAGE
    for problem in archive.engine.problems():
        # A damaged tree shows a row to who reads on from the one before, and not to who asks for
        # it: each is asked for.
        step = 1
        yield Damage("database", None, None, problem)
    last = max(_last(archive, reports), _last(archive, listing))
    for first in range(1, last + 1, step):
        numbers = range(first, min(first + step, last + 1))
        yield from _in_parts(archive, numbers, _of_reports)
        progress(numbers[-1], last)
    last = _last(archive, blob)
    for first in range(1, last + 1, step):
        numbers = range(first, min(first + step, last + 1))
        yield from _in_parts(archive, numbers, _of_blobs)
    yield from _of_derived(archive)


def read_whole(archive: Archive, number: int) -> Any:
    """A report that is what was kept, as `Kept`; None when it is not."""
    try:
        with archive.reading() as connection:
            found = load(connection, [number])
            row = connection.execute(
                select(reports.c.content).where(reports.c.number == number)
            ).first()
    except (ArchiveError, ValueError, TypeError, KeyError):
        return None
    if not found or row is None:
        return None
    kept = found[0]
    whole = content_of(kept.as_given, kept.story) == bytes(row.content)
    return kept if whole else None


def _last(archive: Archive, table: Table) -> int:
    try:
        with archive.reading() as connection:
            return int(connection.scalar(select(func.max(table.c.number))) or 0)
    except (ArchiveError, ValueError, TypeError):
        return 0


def _in_parts(
    archive: Archive, numbers: range, check: Callable[[Connection, range], Iterator[Damage]]
) -> Iterator[Damage]:
    """What is found in a stretch; one that cannot be read is halved until the bad row stands."""
    try:
        with archive.reading() as connection:
            found = list(check(connection, numbers))
    except (ArchiveError, ValueError, TypeError, KeyError) as error:
        if len(numbers) == 1:
            yield Damage(
                "report" if check is _of_reports else "text or page",
                numbers[0],
                None,
                f"it cannot be read ({error if isinstance(error, ArchiveError) else 'no sense'})",
            )
            return
        middle = len(numbers) // 2
        yield from _in_parts(archive, numbers[:middle], check)
        yield from _in_parts(archive, numbers[middle:], check)
    else:
        yield from found


def _of_reports(connection: Connection, numbers: range) -> Iterator[Damage]:
    ids = {
        row.number: row
        for row in connection.execute(
            select(reports.c.number, reports.c.id, reports.c.content, reports.c.raw_sha256)
            .where(reports.c.number.between(numbers[0], numbers[-1]))
            .order_by(reports.c.number)
        )
    }
    found = {kept.number: kept for kept in load(connection, list(ids))}
    listed = set(
        connection.scalars(
            select(listing.c.number).where(listing.c.number.between(numbers[0], numbers[-1]))
        )
    )
    for number in numbers:
        row = ids.get(number)
        if row is None:
            yield Damage("report", number, None, "it is not there")
        elif number not in found:
            yield Damage("report", number, row.id, "its text is not there")
        elif content_of(found[number].as_given, found[number].story) != bytes(row.content):
            yield Damage("report", number, row.id, "it is not what was kept")
        if number not in listed:
            yield Damage("index", number, None if row is None else row.id, "searches miss it")


def _of_blobs(connection: Connection, numbers: range) -> Iterator[Damage]:
    rows = {
        row.number: row
        for row in connection.execute(
            select(blob).where(blob.c.number.between(numbers[0], numbers[-1]))
        )
    }
    for number in numbers:
        row = rows.get(number)
        wrong = "it is not there" if row is None else _wrong(row)
        if wrong is not None:
            for kind, report, name in _users(connection, number) or [("text or page", None, None)]:
                yield Damage(kind, report, name, wrong)


def _users(connection: Connection, number: int) -> list[tuple[str, int | None, str | None]]:
    found: list[tuple[str, int | None, str | None]] = []
    for kind, column in (("text", reports.c.text), ("page", reports.c.raw)):
        rows = connection.execute(select(reports.c.number, reports.c.id).where(column == number))
        found += [(kind, row.number, row.id) for row in rows]
    return found


def _of_derived(archive: Archive) -> Iterator[Damage]:
    after = ("", "")
    while True:
        try:
            with archive.reading() as connection:
                rows = connection.execute(
                    select(derived)
                    .where(
                        (derived.c.method > after[0])
                        | ((derived.c.method == after[0]) & (derived.c.subject > after[1]))
                    )
                    .order_by(derived.c.method, derived.c.subject)
                    .limit(_PAGE)
                ).all()
        except (ArchiveError, ValueError, TypeError) as error:
            yield Damage("derived", None, None, f"it cannot be read ({error})")
            return
        for row in rows:
            wrong = _wrong(row)
            if wrong is not None:
                yield Damage("derived", row.report, row.subject, f"{row.method}: {wrong}")
        if len(rows) < _PAGE:
            return
        after = (rows[-1].method, rows[-1].subject)


def _wrong(row: Row[Any]) -> str | None:
    try:
        raw = blobs.unpack(row.packing, bytes(row.packed), row.size)
    except (ArchiveError, TypeError, ValueError):
        return "it is damaged"
    return None if sha256(raw).digest() == bytes(row.sha256) else "it is not what was kept"
