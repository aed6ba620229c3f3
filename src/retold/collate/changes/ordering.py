"""Order: which of two parties acts on the other, and which of two events comes first."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from retold.collate.changes.pair import Gap, Pair
from retold.collate.changes.units import Kind, Reading, Unit

__all__ = ["order_changes"]

_PARTIES = (Kind.NAME, Kind.REFERENCE)


def order_changes(pair: Pair, gaps: list[Gap]) -> None:
    """Reports "before" put for "after", and parties that changed places around a verb."""
    for gap in gaps:
        if not gap.both(Kind.ORDER):
            continue
        left = [i for i in gap.a if pair.a.units[i].kind is Kind.ORDER]
        right = [j for j in gap.b if pair.b.units[j].kind is Kind.ORDER]
        for index, other in zip(left, right, strict=False):
            one, two = pair.a.units[index], pair.b.units[other]
            if pair.lexicon.ordering.get(one.key) == two.key:
                _report(pair, pair.span_a(index, index), pair.span_b(other, other), one)
    _swapped(pair)
    _permuted(pair)
    _exchanged(pair)


_BULK = 0.6
"""Share of a sentence's matched units that must lie in one sentence of the other reading."""


def _exchanged(pair: Pair) -> None:
    """Reports whole sentences that changed places."""
    if len(pair.a.sentences) < 2 or len(pair.b.sentences) < 2:
        return
    found: dict[int, Counter[int]] = {}
    for index, other in enumerate(pair.to_b):
        if other >= 0:
            counts = found.setdefault(pair.a.units[index].sentence, Counter())
            counts[pair.b.units[other].sentence] += 1
    main: list[tuple[int, int]] = []
    for sentence, counts in sorted(found.items()):
        other, count = counts.most_common(1)[0]
        sizes = [
            sum(1 for unit in reading.units if unit.sentence == number)
            for reading, number in ((pair.a, sentence), (pair.b, other))
        ]
        if count >= 2 and count >= _BULK * counts.total() and count >= 0.5 * min(sizes):
            main.append((sentence, other))
    for (one, first), (two, second) in pairwise(main):
        if first > second:
            unit = next(unit for unit in pair.a.units if unit.sentence == one)
            span_a = pair.a.sentences[one].span[0], pair.a.sentences[two].span[1]
            span_b = pair.b.sentences[second].span[0], pair.b.sentences[first].span[1]
            _report(pair, span_a, span_b, unit, 0.1)


_LONGEST = 12
"""A list of more units is no list but a sentence."""
_FILLING = 1.7
"""A permuted stretch may hold so many units for each that is shared."""
_LOOSE = 2
"""So many borders inside a permuted list may be without a word that joins equals."""


def _permuted(pair: Pair) -> None:
    """Reports equals that are listed in another order: "X, Y and Z", "Z, X and Y".

    The matched units of a sentence, in the order of one reading, are a permutation of those in
    the other. It is cut into the smallest stretches that hold the same units on both sides;
    where the blocks of such a stretch are joined by a coordinator on both sides, the order of
    equals has changed. A moved phrase of time or place is joined by none.
    """
    matched = [(index, other) for index, other in enumerate(pair.to_b) if other >= 0]
    rank = {other: place for place, other in enumerate(sorted(other for _, other in matched))}
    start, highest = 0, -1
    for place, (_, other) in enumerate(matched):
        highest = max(highest, rank[other])
        if highest == place:
            if 1 < place + 1 - start <= _LONGEST:
                _listed(pair, matched[start : place + 1])
            start = place + 1


def _listed(pair: Pair, stretch: list[tuple[int, int]]) -> None:
    a, b = pair.a, pair.b
    back = sorted(stretch, key=lambda both: both[1])
    place_b = {both: place for place, both in enumerate(back)}
    borders_a = [
        (one[0], two[0]) for one, two in pairwise(stretch) if place_b[two] != place_b[one] + 1
    ]
    place_a = {both: place for place, both in enumerate(stretch)}
    borders_b = [
        (one[1], two[1]) for one, two in pairwise(back) if place_a[two] != place_a[one] + 1
    ]
    whole_a = [(one[0], two[0]) for one, two in pairwise(stretch)]
    whole_b = [(one[1], two[1]) for one, two in pairwise(back)]
    for reading, borders, whole in ((a, borders_a, whole_a), (b, borders_b, whole_b)):
        joined = [_joined(pair, reading, *border) for border in borders]
        if "word" in joined and joined.count("") <= _LOOSE:
            continue
        all_joined = [_joined(pair, reading, *border) for border in whole]
        if "word" not in all_joined or "" in all_joined:
            return
    units_a, units_b = [one for one, _ in stretch], [two for _, two in stretch]
    if a.units[min(units_a)].sentence != a.units[max(units_a)].sentence:
        return
    if b.units[min(units_b)].sentence != b.units[max(units_b)].sentence:
        return
    loosest = _FILLING * len(stretch)
    if max(units_a) - min(units_a) >= loosest or max(units_b) - min(units_b) >= loosest:
        return
    span_a = pair.span_a(min(units_a), max(units_a))
    span_b = pair.span_b(min(units_b), max(units_b))
    _report(pair, span_a, span_b, a.units[units_a[0]], 0.2)


def _joined(pair: Pair, reading: Reading, left: int, right: int) -> str:
    """How two neighbours are joined: by a "word", a "mark", or not at all."""
    one, two = reading.units[left], reading.units[right]
    if right != left + 1:
        between_kinds = [unit.kind for unit in reading.units[left + 1 : right]]
        if Kind.ORDER in between_kinds and len(between_kinds) == 1:
            return "word"
    between = reading.text[one.end : two.start].casefold()
    if any(word in pair.lexicon.data.coordinators for word in between.split()):
        return "word"
    if between.strip() in _DASHES and between.strip():
        return "word"
    if Kind.ORDER in (one.kind, two.kind) and not _opens(reading, one, two):
        return "word"
    named = one.kind is Kind.NAME and two.kind is Kind.NAME
    if named and len(between) <= _SHORT and not any(mark in between for mark in ",;:.()"):
        return "word"  # "from Lille to Ghent"
    return "mark" if "," in between or ";" in between else ""


_DASHES = "-–—‑/"
_SHORT = 8


def _opens(reading: Reading, one: Unit, two: Unit) -> bool:
    """Whether the ordering word of two units begins its sentence, or a clause of its own."""
    unit = one if one.kind is Kind.ORDER else two
    before = reading.text[: unit.start].rstrip()[-1:]
    return before in ("", ",", ";", ".", "“", '"') or before == "\n"


def _swapped(pair: Pair) -> None:
    """Two parties in turn around the same words: the same deed, done the other way round.

    "A beat B" and "B beat A" differ, and so do "A sold the mill to B" and "B sold the mill to
    A"; "B was beaten by A" does not. What stands between the parties must be the same in both
    readings, so that a moved adjunct ("in Geneva, X met Y") is no swap.
    """
    a, b = pair.a.units, pair.b.units
    for first in range(len(a) - 2):
        if a[first].kind not in _PARTIES and a[first].kind is not Kind.CONTENT:
            continue
        high = pair.to_b[first]
        for last in range(first + 2, min(len(a), first + 2 + _DEED)):
            low = pair.to_b[last]
            if low < 0 or high - low != last - first or a[last].sentence != a[first].sentence:
                continue
            if b[low].sentence != b[high].sentence or not _deed(pair, first, last, low):
                continue
            if _passive(pair, pair.a, last) != _passive(pair, pair.b, high):
                continue
            _report(pair, pair.span_a(first, last), pair.span_b(low, high), a[first + 1])
            break


_DEED = 3
"""At most so many units stand between two parties."""


def _deed(pair: Pair, first: int, last: int, low: int) -> bool:
    """Whether the same words of content stand between two parties, and no coordination."""
    a, b = pair.a.units, pair.b.units
    parties = (a[first].kind, a[last].kind, b[low].kind)
    if any(kind not in _PARTIES and kind is not Kind.CONTENT for kind in parties):
        return False
    for step, index in enumerate(range(first + 1, last), 1):
        if pair.to_b[index] != low + step or a[index].kind not in _DEEDS:
            return False
    for reading, start, end in ((pair.a, first, last), (pair.b, low, low + last - first)):
        between = reading.text[reading.units[start].end : reading.units[end].start].casefold()
        if any(mark in between for mark in ",;:"):
            return False
        if any(word in pair.lexicon.data.coordinators for word in between.split()):
            return False
    return True


_DEEDS = (Kind.CONTENT, Kind.CUE, Kind.NUMBER)


def _passive(pair: Pair, reading: Reading, party: int) -> bool:
    """Whether the party behind the verb is its agent."""
    between = reading.text[reading.units[party - 1].end : reading.units[party].start].split()
    return any(word in pair.lexicon.data.agents for word in between)


def _report(
    pair: Pair, a: tuple[int, int], b: tuple[int, int], unit: Unit, moves: float = 0.8
) -> None:
    note = f"The order is “{pair.words_a(a)}” in one report, “{pair.words_b(b)}” in the other."
    pair.add("order", a, b, moves, note, unit=unit)
