"""Days that moved on: "today" in one telling of a passage, "yesterday" in another.

Words that count from the day of writing must be changed by who writes a day later. The change
has a direction, whatever dates the reports bear, and cannot be made without the other text's
day being known: it says which of two tellings of one passage was written first. It does not say
that the one is the other's source; for that the wording must allow it (`origin`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retold.language import table
from retold.language.dates import Dates
from retold.model import Collation, Edge, Evidence, Place, Quotation, Segmented, Span
from retold.trace.draft import Draft, label

__all__ = ["Shift", "add_days", "shifts"]

_MOST_PLACES = 6


@dataclass(frozen=True, slots=True)
class Shift:
    """One report written a day before another, by their own words.

    Attributes:
        rows: earlier, later.
        places: the words that say so, earlier and later by turns.
    """

    rows: tuple[int, int]
    places: tuple[Place, ...]


def shifts(
    reports: Sequence[Segmented], collation: Collation, quotations: Sequence[Quotation]
) -> tuple[Shift, ...]:
    """Every two reports of which one is a day behind the other.

    By a passage that both tell, or by the first day that each names. Two that contradict
    themselves, in one passage this way and in another that way, are left out.
    """
    row = {one.report.id: number for number, one in enumerate(reports)}
    said = _said(quotations)
    found: dict[tuple[int, int], list[Place]] = {}

    def compare(readings: Mapping[str, Sequence[int]], *, first: bool) -> None:
        days = [
            (row[report], *day)
            for report, numbers in sorted(readings.items())
            for day in [_day(reports[row[report]], numbers, said.get(report, ()), first=first)]
            if day is not None
        ]
        for a, offset, here in days:
            for b, other, there in days:
                if other == offset - 1:
                    found.setdefault((a, b), []).extend((here, there))

    for passage in collation.passages:
        compare(passage.readings, first=False)
    compare({one.report.id: range(len(one.sentences)) for one in reports}, first=True)
    return tuple(
        Shift(pair, tuple(places[:_MOST_PLACES]))
        for pair, places in sorted(found.items())
        if pair[::-1] not in found
    )


def add_days(draft: Draft, found: Sequence[Shift]) -> None:
    """Put the days onto the edges whose two reports they are of."""
    for one in found:
        earlier, later = (draft.id_of(row) for row in one.rows)
        edge = draft.edges.get((earlier, later))
        if edge is None:
            continue
        first, second = (draft.words(place) for place in one.places[:2])
        names = tuple(label(draft.reports[row]) for row in one.rows)
        note = f"{names[0]} has “{first}” where {names[1]} has “{second}”: written a day later"
        evidence = Evidence("date", 0.7, note, one.places)
        draft.connect(Edge(earlier, later, edge.support, (evidence,)))


def _said(quotations: Sequence[Quotation]) -> Mapping[str, list[Span]]:
    """Spans of quoted words by report: their days are the speaker's."""
    spans: dict[str, list[Span]] = {}
    for quotation in quotations:
        if quotation.kind != "indirect":
            spans.setdefault(quotation.report, []).extend(quotation.content)
    return spans


def _day(
    one: Segmented, numbers: Sequence[int], said: Sequence[Span], *, first: bool
) -> tuple[int, Place] | None:
    """The day that a reading counts from its own, and the word; None for none.

    Args:
        first: the first one counts; else there must be no other.
    """
    days = table(Dates, one.report.language).days
    found: dict[int, Place] = {}
    for number in numbers:
        for word in one.sentences[number].words:
            offset = days.get(word.form)
            if offset is None or any(start <= word.start < end for start, end in said):
                continue
            found.setdefault(offset, Place(one.report.id, (word.start, word.end)))
            if first:
                return offset, found[offset]
    return next(iter(found.items())) if len(found) == 1 else None
