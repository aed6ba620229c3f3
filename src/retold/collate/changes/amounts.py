"""Numbers and dates: when two say the same, and when one was put for another."""

from __future__ import annotations

from itertools import combinations

from retold.collate.changes.pair import Gap, Pair
from retold.collate.changes.units import Kind, Unit
from retold.text.dates import agree
from retold.text.numbers import Number

__all__ = ["amount_changes", "date_changes", "same_amounts", "same_dates"]

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
    return a.unit == b.unit or _share(a) or not a.unit or not b.unit


def _close(x: float, y: float, share: float) -> bool:
    return abs(x - y) <= share * max(abs(x), abs(y))


def _equal(a: Number, b: Number) -> bool:
    if not _comparable(a, b):
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
        if exact.bound or not _comparable(a, b) or a.low != a.high or b.low != b.high:
            continue
        value = _base(exact, exact.low)
        about, step = _base(loose, loose.low), loose.step * loose.factor
        if about > 0 and 0 < step <= 1:
            while about % (step * 10) == 0 and step * 10 <= about:
                step *= 10
        if loose.bound == "about" and abs(value - about) <= max(step, 0.05 * about) * 0.5:
            return True
        if loose.bound in ("more", "least") and 0 <= value - about < max(step, 0.05 * about):
            return True
        if loose.bound == "less" and 0 <= about - value < max(step, 0.05 * about):
            return True
    return False


def same_amounts(pair: Pair) -> None:
    """Makes partners of numbers that are equal though written differently; finds sums."""
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
                if test(one, two):
                    pair.link(index, other)
    _ends(pair, pair.a.units, pair.b.units, free_a, pair.explained_a, pair.explained_b)
    _ends(pair, pair.b.units, pair.a.units, free_b, pair.explained_b, pair.explained_a)
    _sums(pair, pair.a.units, pair.b.units, free_a, pair.explained_a, pair.explained_b, ours=True)
    _sums(pair, pair.b.units, pair.a.units, free_b, pair.explained_b, pair.explained_a, ours=False)


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
            for group in combinations(terms, count):
                values = [parts[term].number for term in group]
                if any(value is None or not _comparable(value, whole) for value in values):
                    continue
                total = sum(_base(value, value.low) for value in values if value is not None)
                if _close(total, _base(whole, whole.low), 1e-9):
                    explained_whole.add(index)
                    explained_parts.update(group)
                    break
            else:
                continue
            break


def _moves(a: Number, b: Number) -> float:
    """How far apart two values are, 0 … 1: a factor of two counts 0.75."""
    x, y = sorted((abs(_base(a, a.high)), abs(_base(b, b.high))))
    if x == y:
        return 0.3
    return min(1.0, 0.3 + 0.9 * (y - x) / y) if y else 0.3


def amount_changes(pair: Pair, gaps: list[Gap]) -> None:
    """Reports numbers put in the place of others, and equal numbers in other units."""
    for index, other in enumerate(pair.to_b):
        if other < 0:
            continue
        one, two = pair.a.units[index].number, pair.b.units[other].number
        if one is None or two is None:
            continue
        if one.unit and two.unit and one.unit != two.unit and _base(one, 1.0) == _base(two, 1.0):
            _changed(pair, index, other, "in another unit")
    for gap in gaps:
        left = [i for i in gap.a if pair.a.units[i].kind is Kind.NUMBER]
        right = [j for j in gap.b if pair.b.units[j].kind is Kind.NUMBER]
        _pair_up(pair, left, right, strict=False)
    _pair_up(pair, pair.free_a(Kind.NUMBER), pair.free_b(Kind.NUMBER), strict=True)


def _pair_up(pair: Pair, left: list[int], right: list[int], *, strict: bool) -> None:
    for index in left:
        if index in pair.explained_a:
            continue
        one = pair.a.units[index]
        best, best_score = -1, 0.0
        for other in right:
            two = pair.b.units[other]
            if other in pair.explained_b or one.number is None or two.number is None:
                continue
            if not _comparable(one.number, two.number):
                continue
            score = 1.0 if not strict else 0.0
            if one.noun and one.noun == two.noun:
                score += 2.0
            if one.number.unit and one.number.unit == two.number.unit:
                score += 1.0
            if strict and len(left) == 1 == len(right) and one.number.unit == two.number.unit:
                score += 0.5
            if score > best_score:
                best, best_score = other, score
        if best >= 0 and best_score >= (1.5 if strict else 1.0):
            _changed(pair, index, best, "")


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


def same_dates(pair: Pair) -> None:
    """Makes partners of dates that are or may be one."""
    free_b = pair.free_b(Kind.DATE)
    for wanted in ("same", "open"):
        for index in pair.free_a(Kind.DATE):
            one = pair.a.units[index].date
            for other in free_b:
                two = pair.b.units[other].date
                if one is None or two is None or pair.to_a[other] >= 0 or pair.to_b[index] >= 0:
                    continue
                if agree(one, two, pair.a.facts.written, pair.b.facts.written) == wanted:
                    pair.link(index, other)


def date_changes(pair: Pair, gaps: list[Gap]) -> None:
    """Reports dates that cannot be one."""
    pairs = [
        (index, other)
        for gap in gaps
        for index, other in zip(
            (i for i in gap.a if pair.a.units[i].kind is Kind.DATE),
            (j for j in gap.b if pair.b.units[j].kind is Kind.DATE),
            strict=False,
        )
    ]
    left, right = pair.free_a(Kind.DATE), pair.free_b(Kind.DATE)
    if len(left) == len(right):
        pairs += list(zip(left, right, strict=True))
    for index, other in pairs:
        one, two = pair.a.units[index], pair.b.units[other]
        if index in pair.explained_a or other in pair.explained_b or not one.date or not two.date:
            continue
        if agree(one.date, two.date, pair.a.facts.written, pair.b.facts.written) != "different":
            continue
        span_a, span_b = pair.span_a(index, index), pair.span_b(other, other)
        note = f"{pair.words_a(span_a)} in one report, {pair.words_b(span_b)} in the other."
        pair.add("date", span_a, span_b, 0.7, note, unit=one)
        pair.explained_a.add(index)
        pair.explained_b.add(other)
