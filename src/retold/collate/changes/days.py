"""Dates and times: when two say the same, and when one was put for another."""

from __future__ import annotations

from retold.collate.changes.pair import Gap, Pair
from retold.collate.changes.units import Kind, Unit
from retold.model import ChangeKind
from retold.text.agreement import Agreement, agree

__all__ = ["date_changes", "same_dates"]


def same_dates(pair: Pair) -> None:
    """Makes partners of dates that are one."""
    free_b = pair.free_b(Kind.DATE)
    for index in pair.free_a(Kind.DATE):
        for other in free_b:
            if pair.to_a[other] < 0 and _agree(pair, index, other) == "same":
                pair.link(index, other)
                break


def _agree(pair: Pair, index: int, other: int) -> Agreement:
    one, two = pair.a.units[index].date, pair.b.units[other].date
    if one is None or two is None:
        return "open"
    return agree(one, two, pair.a.facts.written, pair.b.facts.written)


def date_changes(pair: Pair, gaps: list[Gap]) -> None:
    """Reports dates that cannot be one: first those in one place, then those of one form."""
    beside = [
        (index, other)
        for gap in gaps
        if gap.both(Kind.DATE)
        for index, other in zip(
            (i for i in gap.a if pair.a.units[i].kind is Kind.DATE),
            (j for j in gap.b if pair.b.units[j].kind is Kind.DATE),
            strict=False,
        )
    ]
    _report_dates(pair, beside)
    for index in pair.free_a(Kind.DATE):
        for other in pair.free_b(Kind.DATE):
            if _level(pair.a.units[index]) == _level(pair.b.units[other]) and (
                _agree(pair, index, other) == "open"
            ):
                pair.explained_a.add(index)
                pair.explained_b.add(other)
                break
    same_form = [
        (index, other)
        for index in pair.free_a(Kind.DATE)
        for other in pair.free_b(Kind.DATE)
        if _says(pair.a.units[index]) == _says(pair.b.units[other])
    ]
    _report_dates(pair, same_form)


def _report_dates(pair: Pair, pairs: list[tuple[int, int]]) -> None:
    for index, other in pairs:
        if index in pair.explained_a or other in pair.explained_b:
            continue
        if _agree(pair, index, other) != "different":
            continue
        one, two = pair.a.units[index], pair.b.units[other]
        span_a, span_b = pair.span_a(index, index), pair.span_b(other, other)
        note = f"{pair.words_a(span_a)} in one report, {pair.words_b(span_b)} in the other."
        clock = _says(one) == _says(two) == _CLOCK
        kind: ChangeKind = "number" if clock else "date"
        pair.add(kind, span_a, span_b, 0.7, note, unit=one)
        pair.explained_a.add(index)
        pair.explained_b.add(other)


def _level(unit: Unit) -> str:
    """How fine a date is: dates of one level may be one though nothing says so."""
    says = _says(unit)
    if {"day", "weekday", "shift"} & set(says):
        return "day"
    return says[-1] if says else ""


_CLOCK = ("hour",)


def _says(unit: Unit) -> tuple[str, ...]:
    """What a date tells, of month, day, weekday, hour and the rest."""
    one = unit.date
    if one is None:
        return ()
    return tuple(
        name
        for name in ("year", "month", "day", "weekday", "shift", "period", "hour")
        if getattr(one, name) is not None
    )
