"""Quotation marks put on or taken off."""

from __future__ import annotations

from retold.collate.changes.pair import Pair
from retold.collate.changes.units import Kind, Reading

__all__ = ["mark_changes"]

_SHIFTED = 2
"""So many content words must stand inside marks in one reading and outside in the other."""


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
