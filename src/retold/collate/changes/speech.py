"""Who says it and how: reporting verbs, and quotation marks put on or taken off."""

from __future__ import annotations

from retold.collate.changes.pair import Gap, Pair
from retold.collate.changes.units import Kind, Reading, Unit

__all__ = ["attribution_changes", "mark_changes"]

_SHIFTED = 2
"""So many content words must stand inside marks in one reading and outside in the other."""


def attribution_changes(pair: Pair, gaps: list[Gap]) -> None:
    """Reports reporting verbs of another stance, and attributions in one reading only."""
    for gap in gaps:
        left = [i for i in gap.a if pair.a.units[i].kind is Kind.CUE]
        right = [j for j in gap.b if pair.b.units[j].kind is Kind.CUE]
        for index, other in zip(left, right, strict=False):
            _replaced(pair, index, other)
    left, right = pair.free_a(Kind.CUE), pair.free_b(Kind.CUE)
    for index, other in zip(left, right, strict=False):
        _replaced(pair, index, other)
    for ours, free in ((True, pair.free_a(Kind.CUE)), (False, pair.free_b(Kind.CUE))):
        others = pair.b.units if ours else pair.a.units
        if len(free) == 1 and not any(unit.kind is Kind.CUE for unit in others):
            _dropped(pair, free[0], ours=ours)


def _replaced(pair: Pair, index: int, other: int) -> None:
    if index in pair.explained_a or other in pair.explained_b:
        return
    one, two = pair.a.units[index], pair.b.units[other]
    if one.sign is None or two.sign is None:
        return
    pair.explained_a.add(index)
    pair.explained_b.add(other)
    if one.sign.sense == two.sign.sense:
        return
    span_a, span_b = pair.span_a(index, index), pair.span_b(other, other)
    moves = 0.3 + abs(one.sign.grade - two.sign.grade)
    note = (
        f"What is said is reported with “{pair.words_a(span_a)}” in one report, "
        f"with “{pair.words_b(span_b)}” in the other."
    )
    pair.add("attribution", span_a, span_b, moves, note, unit=one)


def _dropped(pair: Pair, index: int, *, ours: bool) -> None:
    reading = pair.a if ours else pair.b
    partner = pair.to_b if ours else pair.to_a
    unit = reading.units[index]
    shared = sum(1 for other in partner if other >= 0)
    if shared < 3 or shared * 2 < len(partner):
        return
    span = _clause(reading, index, partner)
    point = pair.point_b(index) if ours else pair.point_a(index)
    span_a, span_b = (span, point) if ours else (point, span)
    shown = pair.words_a(span) if ours else pair.words_b(span)
    note = f"Attributed in one report (“{shown}”), given without a source in the other."
    pair.add("attribution", span_a, span_b, 0.6, note, unit=unit)
    (pair.explained_a if ours else pair.explained_b).add(index)


def _clause(reading: Reading, index: int, partner: list[int]) -> tuple[int, int]:
    """A reporting verb with the unmatched units beside it (its source)."""
    first = last = index
    while first and partner[first - 1] < 0 and _source(reading.units[first - 1]):
        first -= 1
    while last + 1 < len(partner) and partner[last + 1] < 0 and _source(reading.units[last + 1]):
        last += 1
    return reading.units[first].start, reading.units[last].end


def _source(unit: Unit) -> bool:
    return unit.kind in (Kind.NAME, Kind.REFERENCE, Kind.CONTENT)


def mark_changes(pair: Pair) -> None:
    """Reports words that stand in quotation marks in one reading only."""
    _marked(pair, pair.a, pair.b, pair.to_b, ours=True)
    _marked(pair, pair.b, pair.a, pair.to_a, ours=False)


def _marked(pair: Pair, one: Reading, two: Reading, partner: list[int], *, ours: bool) -> None:
    by_quote: dict[int, list[int]] = {}
    for index, unit in enumerate(one.units):
        if unit.quoted:
            by_quote.setdefault(unit.quoted, []).append(index)
    for quote, members in by_quote.items():
        matched = [index for index in members if partner[index] >= 0]
        bare = [index for index in matched if not two.units[partner[index]].quoted]
        outer = one.facts.quotes[quote - 1]
        if not bare or (len(bare) < _SHIFTED and len(bare) < len(members)):
            continue
        if len(members) == 1 and one.units[members[0]].kind is Kind.NAME:
            continue  # a title or nickname
        whole = len(bare) * 3 >= len(matched) * 2
        first, last = (members[0], members[-1]) if whole else (bare[0], bare[-1])
        span = one.units[first].start, max(one.units[i].end for i in range(first, last + 1))
        if whole:
            span = _inside(one, outer, span)
        targets = sorted(partner[index] for index in bare)
        target = two.units[targets[0]].start, max(two.units[i].end for i in targets)
        span_a, span_b = (span, target) if ours else (target, span)
        shown = pair.words_a(span) if ours else pair.words_b(span)
        note = (
            f"“{shown}” stands in quotation marks in one report only: a speaker's own words "
            "there, the reporter's in the other."
        )
        moves = 0.5 + 0.1 * min(5, len(bare))
        pair.add("quotation-marks", span_a, span_b, moves, note, unit=one.units[first])


def _inside(
    reading: Reading, quote: tuple[int, int, int, int], span: tuple[int, int]
) -> tuple[int, int]:
    """The whole words of a quotation that lie in this reading."""
    first = reading.sentences[0].span[0]
    last = reading.sentences[-1].span[1]
    return max(quote[2], first, min(span[0], quote[2])), min(quote[3], last)
