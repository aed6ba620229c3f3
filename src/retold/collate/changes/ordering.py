"""Order: which of two parties acts on the other, and which of two events comes first."""

from __future__ import annotations

from retold.collate.changes.pair import Gap, Pair
from retold.collate.changes.units import Kind, Reading, Unit

__all__ = ["order_changes"]

_PARTIES = (Kind.NAME, Kind.REFERENCE)


def order_changes(pair: Pair, gaps: list[Gap]) -> None:
    """Reports "before" put for "after", and parties that changed places around a verb."""
    for gap in gaps:
        left = [i for i in gap.a if pair.a.units[i].kind is Kind.ORDER]
        right = [j for j in gap.b if pair.b.units[j].kind is Kind.ORDER]
        for index, other in zip(left, right, strict=False):
            one, two = pair.a.units[index], pair.b.units[other]
            if pair.lexicon.ordering.get(one.key) == two.key:
                _report(pair, pair.span_a(index, index), pair.span_b(other, other), one)
    _swapped(pair)


def _swapped(pair: Pair) -> None:
    """Two names in turn around one verb: the same verb, the names the other way round.

    "A beat B" and "B beat A" differ; "B was beaten by A" does not. Only names directly beside
    the verb count, so that a moved adjunct ("in Geneva, X met Y") is no swap.
    """
    a, b = pair.a.units, pair.b.units
    for index in range(1, len(a) - 1):
        verb = pair.to_b[index]
        if a[index].kind is not Kind.CONTENT or not 0 < verb < len(b) - 1:
            continue
        sides = (a[index - 1], a[index + 1], b[verb - 1], b[verb + 1])
        if any(unit.kind not in _PARTIES for unit in sides):
            continue
        if pair.to_b[index - 1] != verb + 1 or pair.to_b[index + 1] != verb - 1:
            continue
        if _passive(pair, pair.a, index) != _passive(pair, pair.b, verb):
            continue
        span_a, span_b = pair.span_a(index - 1, index + 1), pair.span_b(verb - 1, verb + 1)
        _report(pair, span_a, span_b, a[index])


def _passive(pair: Pair, reading: Reading, verb: int) -> bool:
    """Whether the party behind the verb is its agent."""
    between = reading.text[reading.units[verb].end : reading.units[verb + 1].start].split()
    return any(word in pair.lexicon.data.agents for word in between)


def _report(pair: Pair, a: tuple[int, int], b: tuple[int, int], unit: Unit) -> None:
    note = f"The order is “{pair.words_a(a)}” in one report, “{pair.words_b(b)}” in the other."
    pair.add("order", a, b, 0.8, note, unit=unit)
