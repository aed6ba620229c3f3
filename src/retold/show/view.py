"""A telling prepared for showing: numbered changes, folded readings, marked stretches of text.

Terminal, page and notebook all show from here, so that they say the same. Everything is linear
in the size of the telling.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct

from retold.model import (
    Actor,
    Derivation,
    Passage,
    Place,
    Quotation,
    Span,
    Statement,
    Telling,
    TellingReport,
)
from retold.show.footnotes import Footnote, footnotes
from retold.show.names import Name, names

__all__ = [
    "Index",
    "PassageView",
    "Piece",
    "Reading",
    "SpeakerView",
    "Spot",
    "index",
    "passage_view",
    "passage_views",
    "pieces",
    "speakers",
]


class Spot(Struct, frozen=True):
    """A span to be marked; an empty one marks a point.

    Attributes:
        numbers: of the footnotes it belongs to, ascending.
        kinds: of those footnotes.
        keys: what else the marker wants to know of it.
    """

    start: int
    end: int
    numbers: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


class Index(Struct, frozen=True):
    """Look-ups over one telling."""

    telling: Telling
    names: dict[str, Name]
    order: dict[str, int]
    reports: dict[str, TellingReport]
    starts: dict[str, tuple[int, ...]]
    actors: dict[str, Actor]
    quotations: dict[str, Quotation]
    passage_of: dict[tuple[str, int], str]
    derivations: dict[str, list[Derivation]]

    def text(self, place: Place) -> str:
        """The words at a place; empty when the report or the span is not there."""
        report = self.reports.get(place.report)
        return "" if report is None else report.text[place.span[0] : place.span[1]]

    def sentence(self, report: str, offset: int) -> int | None:
        """Number (from 0) of the sentence at or before an offset."""
        starts = self.starts.get(report)
        return max(bisect_right(starts, offset) - 1, 0) if starts else None

    def spot(self, place: Place, number: int, kind: str) -> Spot:
        """What to mark for a place.

        A point moves to the end of the word before it, or into the sentence that it stands at.
        """
        start, end = place.span
        at = self.sentence(place.report, start)
        if start == end and at is not None:
            first, last = self.reports[place.report].sentences[at]
            before = self.reports[place.report].text[first : min(max(start, first), last)]
            start = end = first + len(before.rstrip())
        return Spot(start, end, (number,), (kind,))


def index(telling: Telling) -> Index:
    """The look-ups that every output needs."""
    return Index(
        telling,
        names(telling.reports),
        {report.id: number for number, report in enumerate(telling.reports)},
        {report.id: report for report in telling.reports},
        {report.id: tuple(start for start, _ in report.sentences) for report in telling.reports},
        {actor.id: actor for actor in telling.actors},
        {quotation.id: quotation for quotation in telling.quotations},
        {
            (report, number): passage.id
            for passage in telling.passages
            for report, numbers in passage.readings.items()
            for number in numbers
        },
        _by_passage(telling),
    )


def _by_passage(telling: Telling) -> dict[str, list[Derivation]]:
    found: dict[str, list[Derivation]] = {}
    for one in telling.stemma.derivations:
        found.setdefault(one.passage, []).append(one)
    return found


# --- marked text -----------------------------------------------------------------------


class Piece(Struct, frozen=True):
    """A stretch of text inside which no mark begins or ends.

    Attributes:
        kinds: of all spots that cover it, sorted.
        opening: spots that begin with it, longest first.
        closing: spots that end with it, shortest first; empty spots open and close on an
            empty piece of their own.
    """

    start: int
    end: int
    kinds: tuple[str, ...] = ()
    opening: tuple[Spot, ...] = ()
    closing: tuple[Spot, ...] = ()


def merged(spots: Iterable[Spot]) -> list[Spot]:
    """Spots of the same span become one; in text order, the longer first."""
    by_span: dict[Span, list[Spot]] = defaultdict(list)
    for spot in spots:
        by_span[spot.start, spot.end].append(spot)
    return [
        Spot(
            start,
            end,
            tuple(sorted({number for spot in same for number in spot.numbers})),
            tuple(sorted({kind for spot in same for kind in spot.kinds})),
            tuple(dict.fromkeys(key for spot in same for key in spot.keys)),
        )
        for (start, end), same in sorted(
            by_span.items(), key=lambda item: (item[0][0], -item[0][1])
        )
    ]


def pieces(span: Span, spots: Iterable[Spot]) -> tuple[Piece, ...]:
    """`span` cut at every border of the spots that lie inside it.

    Spots that reach over an end of the span are cut there; those outside are left out.
    """
    first, last = span
    inside = merged(
        Spot(max(spot.start, first), min(spot.end, last), spot.numbers, spot.kinds, spot.keys)
        for spot in spots
        if (spot.start < last and spot.end > first)
        or (spot.start == spot.end and first <= spot.start <= last)
    )
    opening: dict[int, list[Spot]] = defaultdict(list)
    closing: dict[int, list[Spot]] = defaultdict(list)
    points: dict[int, list[Spot]] = defaultdict(list)
    for spot in inside:
        if spot.start == spot.end:
            points[spot.start].append(spot)
        else:
            opening[spot.start].append(spot)
            closing[spot.end].append(spot)
    borders = sorted({first, last, *opening, *closing, *points})
    active: dict[str, int] = {}
    result: list[Piece] = []
    for number, start in enumerate(borders):
        for spot in closing[start]:
            for kind in spot.kinds:
                active[kind] -= 1
        if here := points[start]:
            kinds = tuple(sorted({kind for spot in here for kind in spot.kinds}))
            result.append(Piece(start, start, kinds, tuple(here), tuple(here)))
        for spot in opening[start]:
            for kind in spot.kinds:
                active[kind] = active.get(kind, 0) + 1
        if number + 1 == len(borders):
            break
        end = borders[number + 1]
        result.append(
            Piece(
                start,
                end,
                tuple(sorted(kind for kind, times in active.items() if times)),
                tuple(opening[start]),
                tuple(reversed(closing[end])),
            )
        )
    return tuple(result)


# --- passages --------------------------------------------------------------------------


class Reading(Struct, frozen=True):
    """A reading, with all reports whose words are the same to the letter.

    Attributes:
        reports: ids; the sentences and spots are those of the first.
    """

    reports: tuple[str, ...]
    sentences: tuple[int, ...]
    spots: tuple[Spot, ...]


class PassageView(Struct, frozen=True):
    """A passage with numbered changes.

    Attributes:
        absent: ids of the reports that do not have the passage, in their order.
    """

    passage: Passage
    footnotes: tuple[Footnote, ...]
    readings: tuple[Reading, ...]
    absent: tuple[str, ...]


def passage_view(look: Index, passage: Passage) -> PassageView:
    """One passage: its footnotes, and its readings with equal ones drawn together."""
    notes = footnotes(passage.changes, look.order, look.text)
    spots: dict[str, list[Spot]] = defaultdict(list)
    for note in notes:
        for place in note.places:
            spots[place.report].append(look.spot(place, note.number, note.kind))
    folded: dict[tuple[str, tuple[int, ...]], list[str]] = {}
    for report in look.telling.reports:
        numbers = passage.readings.get(report.id)
        if numbers:
            words = " ".join(report.text[slice(*report.sentences[at])] for at in numbers)
            marked = tuple(spot.numbers[0] for spot in spots.get(report.id, ()))
            folded.setdefault((" ".join(words.split()), marked), []).append(report.id)
    return PassageView(
        passage,
        notes,
        tuple(
            Reading(
                tuple(same), tuple(passage.readings[same[0]]), tuple(merged(spots.get(same[0], ())))
            )
            for same in folded.values()
        ),
        tuple(report.id for report in look.telling.reports if report.id not in passage.readings)
        if len(look.telling.reports) <= MANY
        else (),
    )


MANY = 24
"""Above this many reports, "not in" is given as a number, so that the output stays linear."""


def passage_views(look: Index) -> tuple[PassageView, ...]:
    """All passages in their order."""
    return tuple(passage_view(look, passage) for passage in look.telling.passages)


# --- quotations ------------------------------------------------------------------------


class SpeakerView(Struct, frozen=True):
    """What one actor says, statement by statement.

    Attributes:
        actor: None where it cannot be told who speaks.
        statements: each a statement (None for a quotation that is in none) with its quotations.
    """

    actor: Actor | None
    statements: tuple[tuple[Statement | None, tuple[Quotation, ...]], ...]


def speakers(look: Index) -> tuple[SpeakerView, ...]:
    """Speakers in the order of their first quotation; "cannot tell" last."""
    order = look.order

    def place(quotation: Quotation) -> tuple[int, int]:
        start = quotation.content[0][0] if quotation.content else 0
        return order.get(quotation.report, len(order)), start

    groups: dict[str | None, list[tuple[Statement | None, tuple[Quotation, ...]]]] = {}
    stated: set[str] = set()
    found: list[tuple[Statement | None, tuple[Quotation, ...]]] = []
    for statement in look.telling.statements:
        variants = tuple(
            look.quotations[variant.quotation]
            for variant in statement.variants
            if variant.quotation in look.quotations
        )
        if variants:
            stated.update(quotation.id for quotation in variants)
            found.append((statement, variants))
    found.extend((None, (one,)) for one in look.telling.quotations if one.id not in stated)
    found.sort(key=lambda item: place(item[1][0]))
    for item in found:
        speaker = item[0].speaker if item[0] is not None else item[1][0].speaker
        groups.setdefault(speaker if speaker in look.actors else None, []).append(item)
    unknown = groups.pop(None, None)
    result = [SpeakerView(look.actors[key], tuple(items)) for key, items in groups.items() if key]
    if unknown:
        result.append(SpeakerView(None, tuple(unknown)))
    return tuple(result)
