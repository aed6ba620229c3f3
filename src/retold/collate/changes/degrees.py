"""Hedges and quantity words: compared over the predicate that they bear on."""

from __future__ import annotations

from retold.collate.changes.negation import predicates
from retold.collate.changes.pair import POOL, Gap, Pair
from retold.collate.changes.units import Kind, Unit

__all__ = ["counted_otherwise", "degree_changes", "intent_changes"]


def degree_changes(pair: Pair, gaps: list[Gap]) -> None:
    """Reports hedges and quantity words that were put for others, lost or added."""
    for kind in (Kind.HEDGE, Kind.QUANTITY):
        for gap in gaps:
            if not gap.both(kind):
                continue
            left = [i for i in gap.a if pair.a.units[i].kind is kind]
            right = [j for j in gap.b if pair.b.units[j].kind is kind]
            for index, other in zip(left, right, strict=False):
                _replaced(pair, kind, index, other)
        for index in pair.free_a(kind):
            for other in pair.free_b(kind):
                if _same_predicate(pair, index, other):
                    _replaced(pair, kind, index, other)
                    break
        if kind is Kind.HEDGE:
            _graded_sayings(pair, gaps)
        left, right = pair.free_a(kind), pair.free_b(kind)
        if len(left) == len(right) == 1:
            _replaced(pair, kind, left[0], right[0])
        for index in pair.free_a(kind):
            _dropped(pair, kind, index, ours=True)
        for other in pair.free_b(kind):
            _dropped(pair, kind, other, ours=False)


def counted_otherwise(pair: Pair, gaps: list[Gap]) -> None:
    """Reports a number or a negation on one side, a quantity word on the other."""
    for gap in gaps:
        _counted_otherwise(pair, gap)


def _counted_otherwise(pair: Pair, gap: Gap) -> None:
    kinds = (Kind.NUMBER, Kind.NEGATION)
    if not gap.either(Kind.QUANTITY):
        return
    for index in gap.a[:POOL]:
        for other in gap.b[:POOL]:
            if index in pair.explained_a or other in pair.explained_b:
                continue
            one, two = pair.a.units[index], pair.b.units[other]
            if one.kind in kinds and two.kind is Kind.QUANTITY:
                sign = two.sign
            elif two.kind in kinds and one.kind is Kind.QUANTITY:
                sign = one.sign
            else:
                continue
            if sign is None or sign.sense in ("degree", "limit"):
                continue
            number, word = (one.number, two.word) if one.number else (two.number, one.word)
            if number is not None and number.low == 2 and word in pair.lexicon.data.dual:
                pair.explained_a.add(index)  # "the two", "both"
                pair.explained_b.add(other)
                continue
            if one.kind is Kind.NEGATION and pair.free_b(Kind.NEGATION):
                continue
            if two.kind is Kind.NEGATION and pair.free_a(Kind.NEGATION):
                continue
            span_a, span_b = pair.span_a(index, index), pair.span_b(other, other)
            note = f"“{pair.words_a(span_a)}” in one report, “{pair.words_b(span_b)}” in the other."
            turned = Kind.NEGATION in (one.kind, two.kind) and sign.grade > _MOST
            pair.add("negation" if turned else "quantity", span_a, span_b, 0.8, note, unit=one)
            pair.explained_a.add(index)
            pair.explained_b.add(other)


_MOST = 0.8
"""A quantity word above this grade in place of a negation ("none", "all") turns a claim round."""


def intent_changes(pair: Pair) -> None:
    """Reports a deed that is only promised in one reading: "pledged to cut", "cut"."""
    for ours in (True, False):
        one, two = (pair.a, pair.b) if ours else (pair.b, pair.a)
        partner = pair.to_b if ours else pair.to_a
        explained = pair.explained_a if ours else pair.explained_b
        for index in pair.free_a(Kind.CUE) if ours else pair.free_b(Kind.CUE):
            unit, deed = one.units[index], index + 1
            if deed == len(one.units) or partner[deed] < 0 or unit.sign is None:
                continue
            between = one.text[unit.end : one.units[deed].start].casefold().split()
            if unit.sign.sense not in _BINDING or len(between) != 1:
                continue
            if between[0] not in pair.lexicon.data.infinitives:
                continue
            there = two.units[partner[deed]]
            span, target = (unit.start, one.units[deed].end), (there.start, there.end)
            span_a, span_b = (span, target) if ours else (target, span)
            note = f"“{pair.words_a(span_a)}” in one report, “{pair.words_b(span_b)}” in the other."
            pair.add("modality", span_a, span_b, 0.6, note, unit=unit)
            explained.add(index)


_BINDING = frozenset(("promise", "agreement", "warning", "demand"))
"""Stances of verbs whose infinitive tells a deed that is still to be done."""


def _graded_sayings(pair: Pair, gaps: list[Gap]) -> None:
    """Reports a hedge put for a reporting verb ("states", "suggests that")."""
    for gap in gaps:
        if not gap.either(Kind.HEDGE) or not gap.either(Kind.CUE):
            continue
        left = [i for i in gap.a if _graded(pair.a.units[i], i in pair.explained_a)]
        right = [j for j in gap.b if _graded(pair.b.units[j], j in pair.explained_b)]
        if len(left) == len(right) == 1:
            one, two = pair.a.units[left[0]], pair.b.units[right[0]]
            if {one.kind, two.kind} == {Kind.HEDGE, Kind.CUE}:
                _replaced(pair, Kind.HEDGE, left[0], right[0])


def _graded(unit: Unit, explained: bool) -> bool:
    return not explained and unit.kind in (Kind.HEDGE, Kind.CUE)


def _same_predicate(pair: Pair, index: int, other: int) -> bool:
    mine = {pair.to_b[at] for at in predicates(pair.a.units, index)[:2]}
    theirs = set(predicates(pair.b.units, other)[:2])
    return bool(mine & theirs)


def _replaced(pair: Pair, kind: Kind, index: int, other: int) -> None:
    if index in pair.explained_a or other in pair.explained_b:
        return
    one, two = pair.a.units[index], pair.b.units[other]
    if one.sign is None or two.sign is None:
        return
    pair.explained_a.add(index)
    pair.explained_b.add(other)
    distance = abs(one.sign.grade - two.sign.grade)
    if one.sign.sense == two.sign.sense and distance < _STEP:
        return
    span_a, span_b = pair.span_a(index, index), pair.span_b(other, other)
    name = "modality" if kind is Kind.HEDGE else "quantity"
    what = "How sure it is" if kind is Kind.HEDGE else "How much or many"
    note = f"{what}: “{pair.words_a(span_a)}” in one report, “{pair.words_b(span_b)}” in the other."
    pair.add(name, span_a, span_b, 0.4 + distance, note, unit=one)  # type: ignore[arg-type]


_STEP = 0.035
"""Grades nearer than this say the same."""
_LITTLE, _HALF = 0.2, 0.5
_LOSABLE = frozenset(
    ("possible", "likely", "hearsay", "duty", "able", "intent", "share", "count", "limit")
)


def _dropped(pair: Pair, kind: Kind, index: int, *, ours: bool) -> None:
    units = pair.a.units if ours else pair.b.units
    partner = pair.to_b if ours else pair.to_a
    unit = units[index]
    if unit.sign is None or unit.sign.sense not in _LOSABLE:
        return
    if unit.sign.sense == "share" and _LITTLE < unit.sign.grade < _HALF:
        return  # "some": the noun alone says as much
    follows = units[index + 1].kind if index + 1 < len(units) else None
    if follows is Kind.NEGATION and unit.sign.sense in ("possible", "able"):
        return  # "could not": what cannot be is no guess
    bearers = predicates(units, index)[:1]
    if not bearers and index:
        bearers = [index - 1]  # "… in secret, it is claimed."
    explained = pair.explained_a if ours else pair.explained_b
    if not bearers or (partner[bearers[0]] < 0 and bearers[0] not in explained):
        return
    span = unit.start, unit.end
    point = (pair.place_b if ours else pair.place_a)(index)
    span_a, span_b = (span, point) if ours else (point, span)
    shown = pair.words_a(span) if ours else pair.words_b(span)
    note = f"“{shown}” is in one report only."
    name = "modality" if kind is Kind.HEDGE else "quantity"
    moves = 1.0 - unit.sign.grade if kind is Kind.HEDGE else 0.4
    pair.add(name, span_a, span_b, moves, note, unit=unit)  # type: ignore[arg-type]
    (pair.explained_a if ours else pair.explained_b).add(index)
