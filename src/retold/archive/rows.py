"""Nouns to rows and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Table, func, select

from retold.archive.identity import folded, page_number
from retold.archive.moments import moments
from retold.model import Credit, Dateline, Dating, Report
from retold.text.addresses import canonical

__all__ = ["CHUNK", "Kept", "chunks", "kept_of", "next_number", "report_of", "values_of"]

T = TypeVar("T")

# How many values stand in one IN (…).
CHUNK = 500
# Columns that hold a field of the noun as it is.
_PLAIN = (
    "url",
    "source",
    "title",
    "outlet",
    "published",
    "language",
    "language_score",
    "byline",
    "raw_sha256",
    "fetched",
    "encoding",
    "extractor",
)


class Kept(msgspec.Struct, frozen=True):
    """A report as the archive has it.

    Attributes:
        number: in the order of adding; what comes later has a higher one.
        report: the noun. Its id is the archive's: where a report came with an id that another
            one already has here, it has an id of its own, and a note says so.
        given: the id that it came with, where that is another one.
        story: as the record named it that it came from.
        canonical_url: see `retold.text.addresses.canonical`.
        page: equal for versions of one page; None when nothing tells.
        added: UTC, ISO 8601.
        has_raw: whether the bytes it was read from are kept.
    """

    number: int
    report: Report
    given: str | None
    story: str | None
    canonical_url: str | None
    page: int | None
    added: str
    has_raw: bool

    @property
    def as_given(self) -> Report:
        """The noun equal to the one that was added."""
        if self.given is None:
            return self.report
        return msgspec.structs.replace(
            self.report, id=self.given, notes=self.report.notes[: len(self.report.notes) - 1]
        )


def chunks(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """So many at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def next_number(connection: Connection, table: Table) -> int:
    """The number for the next row; sure only inside `writing()`, where nobody else gives any."""
    return int(connection.scalar(select(func.max(table.c.number))) or 0) + 1


def values_of(report: Report, given: str | None) -> dict[str, Any]:
    """A report's columns that come from the noun alone.

    Args:
        report: as it came.
        given: the id it came with, if that is not the content hash.
    """
    url = None if report.url is None else canonical(report.url)
    since, until = moments(report.published, report.dating)
    return {
        "page": page_number(url, given),
        "canonical_url": url,
        "outlet_key": None if report.outlet is None else folded(report.outlet),
        "published_from": since,
        "published_until": until,
        "dating": _plain(report.dating),
        "dateline": _plain(report.dateline),
        "credits": _plain(report.credits) or None,
        "notes": list(report.notes) or None,
        **{name: getattr(report, name) for name in _PLAIN},
    }


def kept_of(row: Mapping[str, Any], text: str) -> Kept:
    """What a row and its text stand for."""
    return Kept(
        number=row["number"],
        report=report_of(row, text),
        given=row["given"],
        story=row["story"],
        canonical_url=row["canonical_url"],
        page=row["page"],
        added=row["added"],
        has_raw=row["raw"] is not None,
    )


def report_of(row: Mapping[str, Any], text: str) -> Report:
    """The noun that a row and its text stand for."""
    notes = tuple(row["notes"] or ())
    if row["given"] is not None:
        notes = (*notes, f"came with the id {row['given']!r}, which another report has here")
    dating, dateline = row["dating"], row["dateline"]
    return Report(
        id=row["id"],
        text=text,
        dating=None if dating is None else Dating(**dating),
        dateline=None
        if dateline is None
        else Dateline(**{**dateline, "span": _span(dateline["span"])}),
        credits=tuple(
            Credit(**{**one, "span": _span(one["span"])}) for one in row["credits"] or ()
        ),
        notes=notes,
        **{name: row[name] for name in _PLAIN},
    )


def _plain(noun: Any) -> Any:
    return None if noun is None else msgspec.to_builtins(noun)


def _span(found: Sequence[int] | None) -> Any:
    return None if found is None else tuple(found)
