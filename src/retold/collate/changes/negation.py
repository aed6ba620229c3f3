"""Negation: compared over the predicate that it bears on.

A negation counts as changed only where the predicate it bears on stands in both readings and
the other reading neither negates it nor holds a word that denies it ("lacks", "unable",
"innocent"). Splitting a sentence, or saying the same with another verb, changes nothing.
"""

from __future__ import annotations

from retold.collate.changes.pair import Pair
from retold.collate.changes.units import Kind, Reading, Unit

__all__ = ["negation_changes", "predicates"]

_REACH = 3
"""Units behind a negation or hedge among which its predicate is looked for."""
_BEARERS = (Kind.CONTENT, Kind.CUE, Kind.NAME, Kind.REFERENCE, Kind.NUMBER, Kind.DATE)
_NEAREST = 2
_POOL = 40


def predicates(units: list[Unit], index: int) -> list[int]:
    """The units that a sign bears on, nearest first."""
    found: list[int] = []
    sentence = units[index].sentence
    for at in range(index + 1, min(len(units), index + 1 + _REACH)):
        unit = units[at]
        if unit.sentence != sentence or (unit.breaks and found):
            break
        if unit.kind in _BEARERS:
            found.append(at)
    return found


def negation_changes(pair: Pair) -> None:
    """Reports claims that one reading negates and the other does not."""
    left, right = _negations(pair.a), _negations(pair.b)
    if not left and not right:
        return
    bears_a = {index: predicates(pair.a.units, index)[:_NEAREST] for index in left}
    bears_b = {index: predicates(pair.b.units, index)[:_NEAREST] for index in right}
    _settle(pair, left, right, bears_a, bears_b)
    for index in left:
        _lost(pair, index, bears_a[index], pair.a, pair.b, pair.to_b, pair.to_a)
    for index in right:
        _lost(pair, index, bears_b[index], pair.b, pair.a, pair.to_a, pair.to_b)


def _negations(reading: Reading) -> list[int]:
    return [i for i, unit in enumerate(reading.units) if unit.kind is Kind.NEGATION][:_POOL]


def _settle(
    pair: Pair,
    left: list[int],
    right: list[int],
    bears_a: dict[int, list[int]],
    bears_b: dict[int, list[int]],
) -> None:
    """Takes out the negations that stand for each other.

    First those that bear on one predicate, then those of which one bears on something that the
    other reading does not say in the same words.
    """
    for index in list(left):
        wanted = {pair.to_b[at] for at in bears_a[index]} - {-1}
        other = next((other for other in right if wanted & set(bears_b[other])), None)
        if other is not None:
            left.remove(index)
            right.remove(other)
    for index in list(left):
        loose_a = _loose(bears_a[index], pair.to_b)
        others = [other for other in right if loose_a or _loose(bears_b[other], pair.to_a)]
        if others:
            here = _place(pair, index)
            right.remove(min(others, key=lambda other: abs(here - other)))
            left.remove(index)


def _loose(bearers: list[int], partner: list[int]) -> bool:
    return not bearers or partner[bearers[0]] < 0


def _place(pair: Pair, index: int) -> int:
    for at in range(index, -1, -1):
        if pair.to_b[at] >= 0:
            return pair.to_b[at]
    return 0


def _lost(
    pair: Pair,
    index: int,
    bearers: list[int],
    one: Reading,
    two: Reading,
    partner: list[int],
    back: list[int],
) -> None:
    """Reports a negation that the other reading does not have."""
    units, others = one.units, two.units
    predicate, counter = _predicate(pair, bearers, units, others, partner, back)
    if predicate < 0 or _denied(pair, bearers, units, others, back):
        return
    if _lifted(pair, index, one) and not _lifted(pair, counter, two):
        return
    last = max(predicate, index)
    span = units[index].start, units[last].end
    target = others[counter].start, others[counter].end
    ours = one is pair.a
    span_a, span_b = (span, target) if ours else (target, span)
    shown = pair.words_a(span) if ours else pair.words_b(span)
    places = ("one report", "the other") if ours else ("the other report", "the first")
    note = f"Negated in {places[0]} (“{shown}”), not in {places[1]}."
    pair.add("negation", span_a, span_b, 1.0, note, unit=units[index])
    (pair.explained_a if ours else pair.explained_b).add(index)


def _predicate(
    pair: Pair,
    bearers: list[int],
    units: list[Unit],
    others: list[Unit],
    partner: list[int],
    back: list[int],
) -> tuple[int, int]:
    """The predicate of a negation and what stands for it in the other reading; -1 for none."""
    if not bearers:
        return -1, -1
    first = bearers[0]
    if partner[first] >= 0 and units[first].kind in (Kind.CONTENT, Kind.CUE):
        return first, partner[first]
    if units[first].kind is Kind.CUE:
        # "did not accept that", "admitted that": one reporting verb for another.
        for at, unit in enumerate(others):
            if unit.kind is Kind.CUE and back[at] < 0 and unit.sign and unit.sign.sense != "denial":
                return first, at
    for at in bearers[1:]:
        if partner[at] >= 0 and units[at].kind is Kind.CONTENT and partner[first] >= 0:
            return at, partner[at]
    return -1, -1


def _denied(
    pair: Pair, bearers: list[int], units: list[Unit], others: list[Unit], back: list[int]
) -> bool:
    """Whether the other reading denies the predicate by a word that this one does not have."""
    lexicon = pair.lexicon
    keys = [units[at].key for at in bearers]
    for at, unit in enumerate(others):
        if back[at] >= 0:
            continue
        if unit.key in lexicon.weak_negations or _plain(unit) in lexicon.weak_negations:
            return True
        for key in keys:
            if (unit.key, key) in lexicon.opposites:
                return True
            if any(unit.key == prefix + key for prefix in lexicon.negating_prefixes):
                return True
    return False


def _plain(unit: Unit) -> str:
    return unit.key.removeprefix("cue:")


def _lifted(pair: Pair, index: int, reading: Reading) -> bool:
    """Whether a word soon behind ends what is denied ("did not see it until noon")."""
    unit = reading.units[index]
    end = reading.sentences[unit.sentence].span[1]
    words = reading.text[unit.start : min(end, unit.start + _SOON)].casefold().split()
    return any(word in words for word in pair.lexicon.data.lifting)


_SOON = 80
"""Characters behind a negation in which a lifting word is looked for: about twelve words."""
