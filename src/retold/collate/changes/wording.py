"""What is left: words put for others, and words that one reading has alone."""

from __future__ import annotations

from retold.collate.changes.pair import Gap, Pair
from retold.collate.changes.units import Kind, Unit

__all__ = ["same_families", "wording_changes"]

_FAMILY = 5
_TAIL = 4
_WORDS = (Kind.CONTENT, Kind.NEGATION, Kind.HEDGE, Kind.QUANTITY, Kind.NUMBER, Kind.DATE, Kind.NAME)


def same_families(pair: Pair) -> None:
    """Makes partners of words of one family ("strategy", "strategic")."""
    free: dict[str, list[int]] = {}
    for other in pair.free_b(Kind.CONTENT):
        free.setdefault(pair.b.units[other].key[:_FAMILY], []).append(other)
    if not free:
        return
    for index in pair.free_a(Kind.CONTENT):
        key = pair.a.units[index].key
        for other in free.get(key[:_FAMILY], ()):
            found = pair.b.units[other].key
            if pair.to_a[other] < 0 and _family(key, found):
                pair.link(index, other)
                break


def _family(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _FAMILY:
        return False
    shared = 0
    for x, y in zip(one, other, strict=False):
        if x != y:
            break
        shared += 1
    return shared >= _FAMILY and max(len(one), len(other)) - shared <= _TAIL


def wording_changes(pair: Pair, gaps: list[Gap]) -> None:
    """Reports what no other kind accounts for."""
    for gap in gaps:
        left = _stretches(pair.a.units, gap.a, pair.explained_a)
        right = _stretches(pair.b.units, gap.b, pair.explained_b)
        for mine, theirs in zip(left, right, strict=False):
            _substituted(pair, mine, theirs)
        for mine in left[len(right) :]:
            _alone(pair, mine, ours=True)
        for theirs in right[len(left) :]:
            _alone(pair, theirs, ours=False)


def _stretches(units: list[Unit], run: range, explained: set[int]) -> list[list[int]]:
    """Units of a gap that nothing accounts for, cut where something else stands between."""
    found: list[list[int]] = []
    for index in run:
        if not _counts(units[index], index in explained):
            continue
        joined = found and found[-1][-1] == index - 1
        if joined and units[index].sentence == units[index - 1].sentence:
            found[-1].append(index)
        else:
            found.append([index])
    return found


def _counts(unit: Unit, explained: bool) -> bool:
    return not explained and unit.kind in _WORDS


def _substituted(pair: Pair, left: list[int], right: list[int]) -> None:
    a, b = pair.a.units, pair.b.units
    if _glued(a, left) == _glued(b, right):
        return  # "High Court", "high court"; "war ships", "warships"
    span_a = a[left[0]].start, max(a[i].end for i in left)
    span_b = b[right[0]].start, max(b[j].end for j in right)
    compass = pair.lexicon.compass
    if all(a[i].key in compass for i in left) and all(b[j].key in compass for j in right):
        note = f"“{pair.words_a(span_a)}” in one report, “{pair.words_b(span_b)}” in the other."
        pair.add("place", span_a, span_b, 0.8, note, unit=a[left[0]])
        return
    if len(left) == len(right) == 1 and _office(pair, left[0], right[0]):
        note = f"“{pair.words_a(span_a)}” in one report, “{pair.words_b(span_b)}” in the other."
        pair.add("name", span_a, span_b, 0.4, note, unit=a[left[0]])
        return
    quoted = bool(a[left[0]].quoted and b[right[0]].quoted)
    moves = 0.5 + 0.05 * min(6, max(len(left), len(right)))
    note = f"“{pair.words_a(span_a)}” in one report, “{pair.words_b(span_b)}” in the other."
    pair.add("wording", span_a, span_b, moves, note, unit=a[left[0]], quoted=quoted)


def _glued(units: list[Unit], members: list[int]) -> str:
    return "".join(units[index].word for index in members).replace(" ", "").removesuffix("'s")


def _office(pair: Pair, index: int, other: int) -> bool:
    """Whether two words name two offices: "foreign minister", "defence minister"."""
    if index + 1 >= len(pair.to_b) or pair.to_b[index + 1] != other + 1:
        return False
    found = (
        pair.a.units[index].word,
        pair.b.units[other].word,
        pair.a.units[index + 1].word,
    )
    return all(word in pair.lexicon.titles for word in found)


def _alone(pair: Pair, members: list[int], *, ours: bool) -> None:
    units, others = (pair.a.units, pair.b.units) if ours else (pair.b.units, pair.a.units)
    if all(units[i].kind is Kind.NAME for i in members):
        named = {unit.key for unit in others}
        if all(units[i].key in named for i in members):
            return  # named once more, as "(KCNA)" after its full name
    first, last = members[0], members[-1]
    span = units[first].start, max(units[i].end for i in members)
    point = pair.point_b(first) if ours else pair.point_a(first)
    span_a, span_b = (span, point) if ours else (point, span)
    moves = 0.1 * min(6, len(members))
    if any(units[i].kind in (Kind.NEGATION, Kind.NUMBER, Kind.NAME) for i in members):
        moves += 0.15
    shown = pair.words_a(span) if ours else pair.words_b(span)
    note = f"“{shown}” is in one report only."
    pair.add(
        "wording", span_a, span_b, moves, note, unit=units[first], quoted=bool(units[last].quoted)
    )
