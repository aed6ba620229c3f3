"""Negation, hedges and quantity words: compared over the predicate that they bear on.

A negation counts as changed only where the predicate it bears on stands in both readings and
the other reading neither negates it nor holds a word that denies it ("lacks", "unable",
"innocent"). Splitting a sentence, or saying the same with another verb, changes nothing.
"""

from __future__ import annotations

from retold.collate.changes.pair import Gap, Pair
from retold.collate.changes.units import Kind, Unit

__all__ = ["degree_changes", "negation_changes"]

_REACH = 3
"""Units behind a negation or hedge among which its predicate is looked for."""
_BEARERS = (Kind.CONTENT, Kind.CUE, Kind.NAME, Kind.REFERENCE, Kind.NUMBER, Kind.DATE)


def _predicates(units: list[Unit], index: int) -> list[int]:
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


def negation_changes(pair: Pair, gaps: list[Gap]) -> None:
    """Reports claims that one reading negates and the other does not."""
    a, b = pair.a.units, pair.b.units
    left, right = pair.free_a(Kind.NEGATION), pair.free_b(Kind.NEGATION)
    # A negation in either reading accounts for one in the other, however worded.
    for index in list(left):
        if right:
            nearest = min(right, key=lambda other: abs(_place(pair, index) - other))
            right.remove(nearest)
            left.remove(index)
    for index in left:
        _lost(pair, index, a, b, pair.to_b, ours=True)
    for index in right:
        _lost(pair, index, b, a, pair.to_a, ours=False)


def _place(pair: Pair, index: int) -> int:
    for at in range(index, -1, -1):
        if pair.to_b[at] >= 0:
            return pair.to_b[at]
    return 0


def _lost(
    pair: Pair, index: int, units: list[Unit], others: list[Unit], partner: list[int], *, ours: bool
) -> None:
    predicates = _predicates(units, index)
    kept = [at for at in predicates[:2] if partner[at] >= 0]
    sign = units[index].sign
    if not kept or sign is None:
        return
    predicate = kept[0]
    if predicates[0] != predicate and units[predicate].kind is not Kind.CONTENT:
        return
    other_partner = pair.to_a if ours else pair.to_b
    lexicon = pair.lexicon
    for at in range(len(others)):
        if other_partner[at] < 0:
            key = others[at].key
            for mine in predicates:
                mine_key = units[mine].key
                if (
                    key in lexicon.weak_negations
                    or (key, mine_key) in lexicon.opposites
                    or any(key == prefix + mine_key for prefix in lexicon.negating_prefixes)
                ):
                    return
    last = max(predicate, index)
    span = units[index].start, units[last].end
    counter = others[partner[predicate]]
    target = counter.start, counter.end
    span_a, span_b = (span, target) if ours else (target, span)
    where = ("one", "other") if ours else ("other", "one")
    note = (
        f"Negated in {'the ' if where[0] == 'other' else ''}{where[0]} report "
        f"(“{pair.words_a(span) if ours else pair.words_b(span)}”), "
        f"not in {'the ' if where[1] == 'other' else ''}{where[1]}."
    )
    pair.add("negation", span_a, span_b, 1.0, note, unit=units[index])
    (pair.explained_a if ours else pair.explained_b).add(index)


def degree_changes(pair: Pair, gaps: list[Gap]) -> None:
    """Reports hedges and quantity words that were put for others, lost or added."""
    for kind in (Kind.HEDGE, Kind.QUANTITY):
        for gap in gaps:
            left = [i for i in gap.a if pair.a.units[i].kind is kind]
            right = [j for j in gap.b if pair.b.units[j].kind is kind]
            for index, other in zip(left, right, strict=False):
                _replaced(pair, kind, index, other)
        for index in pair.free_a(kind):
            for other in pair.free_b(kind):
                if _same_predicate(pair, index, other):
                    _replaced(pair, kind, index, other)
                    break
        left, right = pair.free_a(kind), pair.free_b(kind)
        if len(left) == len(right) == 1:
            _replaced(pair, kind, left[0], right[0])
        for index in pair.free_a(kind):
            _dropped(pair, kind, index, ours=True)
        for other in pair.free_b(kind):
            _dropped(pair, kind, other, ours=False)


def _same_predicate(pair: Pair, index: int, other: int) -> bool:
    mine = {pair.to_b[at] for at in _predicates(pair.a.units, index)[:2]}
    theirs = set(_predicates(pair.b.units, other)[:2])
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
    if one.sign.sense == two.sign.sense and distance < 0.05:
        return
    span_a, span_b = pair.span_a(index, index), pair.span_b(other, other)
    name = "modality" if kind is Kind.HEDGE else "quantity"
    what = "How sure it is" if kind is Kind.HEDGE else "How much or many"
    note = f"{what}: “{pair.words_a(span_a)}” in one report, “{pair.words_b(span_b)}” in the other."
    pair.add(name, span_a, span_b, 0.4 + distance, note, unit=one)  # type: ignore[arg-type]


_LOSABLE = frozenset(("possible", "likely", "hearsay", "duty", "intent", "share", "count", "limit"))


def _dropped(pair: Pair, kind: Kind, index: int, *, ours: bool) -> None:
    units = pair.a.units if ours else pair.b.units
    partner = pair.to_b if ours else pair.to_a
    unit = units[index]
    if unit.sign is None or unit.sign.sense not in _LOSABLE:
        return
    bearers = _predicates(units, index)[:1]
    if not bearers or partner[bearers[0]] < 0:
        return
    span = unit.start, unit.end
    point = pair.point_b(index) if ours else pair.point_a(index)
    span_a, span_b = (span, point) if ours else (point, span)
    shown = pair.words_a(span) if ours else pair.words_b(span)
    note = f"“{shown}” is in one report only."
    name = "modality" if kind is Kind.HEDGE else "quantity"
    moves = 1.0 - unit.sign.grade if kind is Kind.HEDGE else 0.4
    pair.add(name, span_a, span_b, moves, note, unit=unit)  # type: ignore[arg-type]
    (pair.explained_a if ours else pair.explained_b).add(index)
