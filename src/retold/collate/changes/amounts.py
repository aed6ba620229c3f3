"""Numbers: when two say the same, and when one was put for another."""

from __future__ import annotations

from itertools import pairwise

from retold.collate.changes.pair import POOL, Gap, Pair
from retold.collate.changes.units import Kind, Reading, Unit
from retold.text.numbers import Number

__all__ = ["amount_changes", "same_amounts"]

_NEAR = 2e-3
"""Two values this close (relative) are one."""
_CONVERTED = 0.06
"""A converted measure is rounded on the way: 5 miles and 8 km differ by 0.6 %, 6 feet and
1.8 metres by 1.6 %, 20 miles and 30 km by 7 %."""
_MOST_TERMS = 10
"""Sums are looked for among at most so many numbers of a reading."""


def _base(number: Number, value: float) -> float:
    if number.unit == "%" or (number.form == "fraction" and not number.unit):
        return value / 100 if number.unit == "%" else value
    return value * number.factor


def _share(number: Number) -> bool:
    return number.unit == "%" or (number.form == "fraction" and not number.unit)


def _comparable(a: Number, b: Number) -> bool:
    """Whether two numbers count in units that can be held against each other."""
    if _share(a) != _share(b):
        return False
    if (a.form == "ordinal") != (b.form == "ordinal"):
        return False
    if a.unit.isupper() and b.unit.isupper() and len(a.unit) == len(b.unit) == 3:
        return True  # money
    return a.unit == b.unit or _share(a) or not a.unit or not b.unit


def _close(x: float, y: float, share: float) -> bool:
    return abs(x - y) <= share * max(abs(x), abs(y))


def _equal(a: Number, b: Number) -> bool:
    if not _comparable(a, b) or (a.unit and b.unit and a.unit != b.unit):
        return False
    converted = a.unit == b.unit and a.unit != "" and a.factor != b.factor and not _share(a)
    if converted and a.unit != "time":
        share = _CONVERTED
    elif converted:
        share = 0.03
    else:
        share = _NEAR
    if not _share(a) and (not a.unit or not b.unit):
        return _close(a.low, b.low, share) and _close(a.high, b.high, share)
    return _close(_base(a, a.low), _base(b, b.low), share) and _close(
        _base(a, a.high), _base(b, b.high), share
    )


def _rounded(a: Number, b: Number) -> bool:
    """Whether one is a loosened form of the other ("nearly 50" for 49, "more than 200" for 214)."""
    for loose, exact in ((a, b), (b, a)):
        if (
            exact.bound not in ("", "faint", "about")
            or not _comparable(a, b)
            or a.low != a.high
            or b.low != b.high
        ):
            continue
        value = _base(exact, exact.low)
        about, step = _base(loose, loose.low), loose.step * loose.factor
        if about > 0 and 0 < step <= 1:
            while about % (step * 10) == 0 and step * 10 <= about:
                step *= 10
        if loose.bound == "about" and abs(value - about) <= max(step / 2, 0.05 * about):
            return True
        if loose.bound in ("more", "least") and 0 <= value - about < max(step, 0.05 * about):
            return True
        if loose.bound == "less" and 0 <= about - value < max(step, 0.05 * about):
            return True
    return False


def same_amounts(pair: Pair) -> None:
    """Makes partners of numbers that are equal though written differently; finds sums."""
    pair.parted = _unlink_miscounted(pair)
    free_a, free_b = pair.free_a(Kind.NUMBER), pair.free_b(Kind.NUMBER)
    if not free_a or not free_b:
        return
    for test in (_equal, _rounded):
        for index in free_a:
            one = pair.a.units[index].number
            for other in free_b:
                two = pair.b.units[other].number
                if one is None or two is None or pair.to_a[other] >= 0 or pair.to_b[index] >= 0:
                    continue
                if (index, other) not in pair.parted and test(one, two):
                    pair.link(index, other)
    _ends(pair, pair.a.units, pair.b.units, free_a, pair.explained_a, pair.explained_b)
    _ends(pair, pair.b.units, pair.a.units, free_b, pair.explained_b, pair.explained_a)
    _sums(pair, pair.a.units, pair.b.units, free_a, pair.explained_a, pair.explained_b, ours=True)
    _sums(pair, pair.b.units, pair.a.units, free_b, pair.explained_b, pair.explained_a, ours=False)


def _unlink_miscounted(pair: Pair) -> set[tuple[int, int]]:
    """Parts equal numbers that count different things while the things are counted otherwise.

    "One dead, three missing" and "three dead, two missing" share a "three" that says nothing.
    """
    pairs = [
        (index, other)
        for index, other in enumerate(pair.to_b)
        if other >= 0 and pair.a.units[index].kind is Kind.NUMBER
    ]
    parted: set[tuple[int, int]] = set()
    numbers_a = [unit for unit in pair.a.units if unit.kind is Kind.NUMBER][:POOL]
    numbers_b = [unit for unit in pair.b.units if unit.kind is Kind.NUMBER][:POOL]
    for index, other in pairs[:POOL]:
        one, two = pair.a.units[index], pair.b.units[other]
        kin = _nearest_kin(pair, one, two)
        rival_a = _closest(pair, two, numbers_a, one.key)
        rival_b = _closest(pair, one, numbers_b, one.key)
        same = max(
            (_nearest_kin(pair, one, unit) for unit in numbers_b if unit.key == one.key),
            default=0.0,
        )
        if max(rival_a, rival_b) >= 1.0 and max(rival_a, rival_b) > max(kin, same):
            pair.to_b[index] = -1
            pair.to_a[other] = -1
            parted.add((index, other))
    return parted


def _nearest_kin(pair: Pair, one: Unit, two: Unit) -> float:
    """Kinship by the words right beside two numbers only."""
    generic = pair.lexicon.generic
    sides = []
    for unit in (one, two):
        behind = unit.counted[: 2 if unit.counted[:1] and unit.counted[0] in generic else 1]
        sides.append({*behind, unit.before} - {""})
    return sum(0.5 if key in generic else 1.0 for key in sides[0] & sides[1])


def _closest(pair: Pair, one: Unit, others: list[Unit], key: str) -> float:
    """The best kinship of a number with those of another value."""
    return max((_nearest_kin(pair, one, unit) for unit in others if unit.key != key), default=0.0)


def _kinship(pair: Pair, one: Unit, two: Unit) -> float:
    """How far two numbers count the same things: 1 a word that says what, ½ "people"."""
    common = set(one.counted) & set(two.counted)
    return sum(0.5 if key in pair.lexicon.generic else 1.0 for key in common)


def _ends(
    pair: Pair,
    ranges: list[Unit],
    others: list[Unit],
    free: list[int],
    explained_range: set[int],
    explained_ends: set[int],
) -> None:
    """Explains "22–25" by "from 22 to 25"."""
    for index in free:
        whole = ranges[index].number
        if whole is None or whole.low == whole.high:
            continue
        ends = [
            next(
                (
                    at
                    for at, unit in enumerate(others)
                    if unit.number is not None and _close(unit.number.low, value, 1e-9)
                ),
                -1,
            )
            for value in (whole.low, whole.high)
        ]
        if min(ends) >= 0:
            explained_range.add(index)
            explained_ends.update(ends)


def _sums(
    pair: Pair,
    wholes: list[Unit],
    parts: list[Unit],
    free: list[int],
    explained_whole: set[int],
    explained_parts: set[int],
    *,
    ours: bool,
) -> None:
    """Explains a number that is the sum of two or three in a row of the other reading."""
    partner = pair.to_b if ours else pair.to_a
    back = pair.to_a if ours else pair.to_b
    reading = pair.b if ours else pair.a
    terms = [
        index
        for index, unit in enumerate(parts)
        if unit.number is not None and unit.number.form == "cardinal" and back[index] < 0
    ][:_MOST_TERMS]
    for index in free:
        whole = wholes[index].number
        if partner[index] >= 0 or index in explained_whole or whole is None or whole.low < 2:
            continue
        for count in (2, 3):
            for first in range(len(terms) - count + 1):
                group = terms[first : first + count]
                if _adds_up(pair, reading, wholes[index], [parts[term] for term in group]):
                    explained_whole.add(index)
                    explained_parts.update(group)
                    break
            else:
                continue
            break


def _adds_up(pair: Pair, reading: Reading, whole: Unit, group: list[Unit]) -> bool:
    """Whether numbers that follow each other give the whole, and count the same things."""
    if whole.number is None:
        return False
    total = 0.0
    for term in group:
        if term.number is None or not _comparable(term.number, whole.number):
            return False
        total += _base(term.number, term.number.low)
    if not _close(total, _base(whole.number, whole.number.low), 1e-9):
        return False
    if whole.number.unit or any(_kinship(pair, term, whole) for term in group):
        return True
    return whole.number.low >= _TELLING and _joined(pair, reading, group)


_TELLING = 10
"""Sums below this are easily met by chance."""


def _joined(pair: Pair, reading: Reading, group: list[Unit]) -> bool:
    """Whether numbers are joined by "and": "19 men and nine women"."""
    return all(
        any(
            word in pair.lexicon.data.coordinators
            for word in reading.text[one.end : two.start].casefold().split()
        )
        for one, two in pairwise(group)
    )


def _moves(a: Number, b: Number) -> float:
    """How far apart two values are, 0 … 1: a factor of two counts 0.75."""
    x, y = sorted((abs(_base(a, a.high)), abs(_base(b, b.high))))
    if x == y:
        return 0.3
    return min(1.0, 0.3 + 0.9 * (y - x) / y) if y else 0.3


def amount_changes(pair: Pair, gaps: list[Gap]) -> None:
    """Reports numbers put in the place of others, loosened, or counted in other units."""
    for index, other in enumerate(pair.to_b):
        if other < 0:
            continue
        one, two = pair.a.units[index].number, pair.b.units[other].number
        if one is None or two is None:
            continue
        if "faint" in (one.bound, two.bound):
            continue
        if _SIDE[one.bound] != _SIDE[two.bound]:
            _loosened(pair, index, other)
    beside = {
        (index, other): _BESIDE if len(gap.a) == len(gap.b) else _NEAR_BY
        for gap in gaps
        if gap.both(Kind.NUMBER)
        for index, other in zip(
            (i for i in gap.a if pair.a.units[i].kind is Kind.NUMBER),
            (j for j in gap.b if pair.b.units[j].kind is Kind.NUMBER),
            strict=False,
        )
    }
    left, right = pair.free_a(Kind.NUMBER), pair.free_b(Kind.NUMBER)
    scored: list[tuple[float, int, int]] = []
    for index in left:
        for other in right:
            score = _suits(pair, index, other, beside.get((index, other), 0.0))
            if score >= _ENOUGH:
                scored.append((-score, index, other))
    for _, index, other in sorted(scored):
        if index not in pair.explained_a and other not in pair.explained_b:
            _changed(pair, index, other, "")
    for index, other in sorted(pair.parted):
        if index not in pair.explained_a and other not in pair.explained_b:
            pair.explained_a.add(index)  # nothing fits better: they are one after all
            pair.explained_b.add(other)


_ENOUGH = 1.3
_BESIDE, _NEAR_BY = 1.5, 1.2
"""What it counts that two numbers stand in runs of unmatched words of one length, or of two:
"a majority of three" and "77 of the seats" are in one place and say different things."""


def _suits(pair: Pair, index: int, other: int, beside: float) -> float:
    """How well one number can have been put for another: place, what is counted, unit, size."""
    a, b = pair.a.units[index], pair.b.units[other]
    one, two = a.number, b.number
    if one is None or two is None or not _comparable(one, two) or _equal(one, two):
        return 0.0
    score = beside
    if bool(one.unit) != bool(two.unit):
        score -= 0.5
    score += min(2.0, 1.5 * _kinship(pair, a, b))
    if one.unit and one.unit == two.unit:
        score += 1.0
    elif one.form == two.form == "frequency":
        score += 1.5
    elif one.form == two.form != "cardinal":
        score += 1.0
    if one.unit or two.unit or one.low > 20 or beside == _NEAR_BY:
        score += 0.6 * _near(one, two)
    return score


def _near(one: Number, two: Number) -> float:
    """1 for values close to each other, 0 for a factor of two and more."""
    x, y = sorted((abs(_base(one, one.high)), abs(_base(two, two.high))))
    return max(0.0, 1.0 - 2.0 * (y - x) / y) if y else 1.0


_SIDE = {"": 0, "about": 1, "more": 2, "least": 2, "less": 3, "most": 3}
"""Bounds of one side say nearly the same: "more than 40", "at least 40"."""


def _loosened(pair: Pair, index: int, other: int) -> None:
    one, two = pair.a.units[index], pair.b.units[other]
    if one.number is None or two.number is None:
        return
    span_a, span_b = (one.number.outer, one.end), (two.number.outer, two.end)
    note = f"“{pair.words_a(span_a)}” in one report, “{pair.words_b(span_b)}” in the other."
    exact = not (one.number.bound and two.number.bound)
    moves = 0.5 if "about" not in (one.number.bound, two.number.bound) else 0.3
    pair.add("quantity", span_a, span_b, moves if exact else 0.6, note, unit=one)


def _changed(pair: Pair, index: int, other: int, how: str) -> None:
    one, two = pair.a.units[index], pair.b.units[other]
    if one.number is None or two.number is None:
        return
    span_a, span_b = (one.number.outer, one.end), (two.number.outer, two.end)
    note = f"{pair.words_a(span_a)} in one report, {pair.words_b(span_b)} in the other"
    if how:
        note += f", {how}"
    pair.add("number", span_a, span_b, _moves(one.number, two.number), note + ".", unit=one)
    pair.explained_a.add(index)
    pair.explained_b.add(other)
