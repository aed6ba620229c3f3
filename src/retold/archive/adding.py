"""Adding reports. The same thing again changes nothing; versions are added beside the older."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from retold.archive import blobs, corrections
from retold.archive.clock import now
from retold.archive.identity import content_of, given_id
from retold.archive.opening import Archive
from retold.archive.rows import CHUNK, chunks, next_number, values_of
from retold.archive.searching import index as make_findable
from retold.archive.tables import report as reports
from retold.model import Report

__all__ = ["FOLLOWERS", "Added", "Item", "Prepared", "Row", "add", "prepare", "write"]


@dataclass(frozen=True, slots=True)
class Item:
    """A report to keep.

    Attributes:
        raw: the bytes it was read from; None when they are not at hand.
        story: as its record names it.
    """

    report: Report
    raw: bytes | None = None
    story: str | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """An item with all that can be worked out of it before anything is written."""

    report: Report
    content: bytes
    given: str | None
    story: str | None
    text: blobs.Packed
    raw: blobs.Packed | None
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A report that was just written: what those who follow are told.

    Attributes:
        number: of the report.
        id: the archive's.
        report: as it came (its `id` may be another one).
        values: the columns of its row.
    """

    number: int
    id: str
    report: Report
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one batch.

    Attributes:
        ids: of each item in its order, as the archive has it.
        new: reports of pages that were not known.
        versions: reports that are further versions of known pages (or of a given id).
        known: items that were there already.
    """

    ids: tuple[str, ...]
    new: int
    versions: int
    known: int


# Called with the new rows in the transaction that writes them: search indexes and the like.
FOLLOWERS: tuple[Callable[[Connection, Sequence[Row]], object], ...] = (
    make_findable,
    corrections.follow,
)


def add(archive: Archive, items: Sequence[Item]) -> Added:
    """Keep reports: all of them, or on an error none. When it returns they are on the disk.

    Args:
        archive: open for writing.
        items: some hundreds at a time; they are held in memory.
    """
    ready = [prepare(item) for item in items]
    with archive.writing() as connection:
        return write(connection, ready)


def prepare(item: Item) -> Prepared:
    """The costly part (hashing, packing), which needs no archive."""
    report = item.report
    given = given_id(report)
    return Prepared(
        report=report,
        content=content_of(report, item.story),
        given=given,
        story=item.story,
        text=blobs.pack(blobs.encoded(report.text)),
        raw=None if item.raw is None else blobs.pack(item.raw),
        values=values_of(report, given),
    )


def write(connection: Connection, items: Sequence[Prepared]) -> Added:
    """Write what is not there yet; inside `archive.writing()`."""
    known = _known(connection, reports.c.content, [one.content for one in items])
    fresh: dict[bytes, Prepared] = {}
    for one in items:
        if one.content not in known:
            fresh.setdefault(one.content, one)
    taken = _taken(connection, list(fresh.values()))
    pages = _pages(connection, [one.values["page"] for one in fresh.values()])
    numbers = blobs.keep(
        connection,
        [packed for one in fresh.values() for packed in (one.text, one.raw) if packed is not None],
    )
    number = next_number(connection, reports)
    added = now()
    rows = []
    versions = 0
    for one in fresh.values():
        name = one.report.id
        if name in taken:
            name = _free(name, one.content, taken)
        taken.add(name)
        page = one.values["page"]
        versions += page in pages
        if page is not None:
            pages.add(page)
        known[one.content] = name
        values = {
            **one.values,
            "number": number,
            "content": one.content,
            "id": name,
            "given": one.report.id if name != one.report.id else None,
            "story": one.story,
            "text": numbers[one.text.sha256],
            "raw": None if one.raw is None else numbers[one.raw.sha256],
            "added": added,
        }
        rows.append(Row(number, name, one.report, values))
        number += 1
    if rows:
        connection.execute(insert(reports), [dict(row.values) for row in rows])
        for follow in FOLLOWERS:
            follow(connection, rows)
    return Added(
        ids=tuple(known[one.content] for one in items),
        new=len(rows) - versions,
        versions=versions,
        known=len(items) - len(rows),
    )


def _known(connection: Connection, column: Any, values: Sequence[Any]) -> dict[bytes, str]:
    found: dict[bytes, str] = {}
    for some in chunks(values, CHUNK):
        rows = connection.execute(select(column, reports.c.id).where(column.in_(some)))
        found.update((bytes(row[0]), row[1]) for row in rows)
    return found


def _taken(connection: Connection, fresh: Sequence[Prepared]) -> set[str]:
    """Which of the ids that they would have are another report's."""
    wanted = [
        name for one in fresh for name in (one.report.id, *_names(one.report.id, one.content))
    ]
    taken: set[str] = set()
    for some in chunks(wanted, CHUNK):
        taken.update(connection.scalars(select(reports.c.id).where(reports.c.id.in_(some))))
    return taken


def _names(name: str, content: bytes) -> tuple[str, str]:
    """Ids for a report whose own is taken: the same in whatever order things come."""
    digits = content.hex()
    return f"{name}~{digits[:8]}", f"{name}~{digits}"


def _free(name: str, content: bytes, taken: set[str]) -> str:
    short, long = _names(name, content)
    return long if short in taken else short


def _pages(connection: Connection, wanted: Sequence[int | None]) -> set[int | None]:
    """Which of these pages have a report."""
    numbers = sorted({one for one in wanted if one is not None})
    found: set[int | None] = set()
    for some in chunks(numbers, CHUNK):
        found.update(
            connection.scalars(select(reports.c.page).where(reports.c.page.in_(some)).distinct())
        )
    return found
