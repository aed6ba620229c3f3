"""Whether two dates, as they are written, can be one.

Where the days of writing are known they are used ("yesterday", "October 3"); where they are not
the answer is "open", never a guess.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from msgspec.structs import replace

from retold.text.dates import Date

__all__ = ["Agreement", "agree"]

Agreement = Literal["same", "open", "different"]


def _resolved(one: Date, written: date | None) -> Date:
    """With what the day of writing adds."""
    if written is None or one.day is not None:
        return one
    if one.shift is not None:
        day = written + timedelta(days=one.shift)
    elif one.weekday is not None and one.month is None:
        back = (written.weekday() - one.weekday) % 7
        day = written - timedelta(days=back)
    else:
        return one
    return replace(one, year=day.year, month=day.month, day=day.day)


def agree(
    a: Date, b: Date, written_a: date | None = None, written_b: date | None = None
) -> Agreement:
    """Whether two dates are the same, may be the same, or cannot be.

    Args:
        a, b: the dates.
        written_a, written_b: the days on which the two texts were written.

    Returns:
        "same": all that both say agrees and both say the same things; "open": nothing
        contradicts, but they do not say the same things; "different".
    """
    if a.weekday is not None and b.weekday is not None and a.weekday != b.weekday:
        return "different"
    if _same_words(a, b) and written_a == written_b:
        return "same"
    if a.hour is not None and b.hour is not None:
        if a.exact and b.exact:
            if (a.hour, a.minute or 0) != (b.hour, b.minute or 0):
                return "different"
        elif min((a.hour - b.hour) % 24, (b.hour - a.hour) % 24) > 5:
            return "different"
    if a.period and b.period and a.period[0] == b.period[0]:
        counted = a.period[0].endswith("#")
        if (counted or written_a == written_b) and not _same_count(a.period, b.period):
            return "different"
    if a.portion is not None and b.portion is not None and a.portion != b.portion:
        return "different"
    if a.shift is not None and b.shift is not None:
        if written_a is None or written_b is None:
            # A wire says "today", the next morning's paper "yesterday": one day.
            return "same" if a.shift == b.shift else "open"
        if written_a == written_b:
            return "same" if a.shift == b.shift else "different"
    if a.weekday is not None and b.weekday is not None and not (a.day and b.day):
        return "same" if a.hour == b.hour else "open"
    x, y = _resolved(a, written_a), _resolved(b, written_b)
    for name in ("year", "month", "day"):
        one, other = getattr(x, name), getattr(y, name)
        if one is not None and other is not None and one != other:
            if name == "day" and _within(x, y):
                return "open"
            if _guessed(a, b):
                return "open"
            return "different"
    for one, other in ((x, b), (y, a)):
        if other.weekday is not None and one.day and one.month and one.year:
            try:
                if date(one.year, one.month, one.day).weekday() != other.weekday:
                    return "different"
            except ValueError:
                return "open"
    if x.day_end != y.day_end and x.day_end and y.day_end:
        return "different"
    full = x.day is not None and (x.month, x.day) == (y.month, y.day)
    return "same" if full and (x.year == y.year or None in (x.year, y.year)) else "open"


def _same_count(a: tuple[str, int], b: tuple[str, int]) -> bool:
    """Whether two counted periods are one; "the seventies" has no century."""
    if a[0] == "decade#" and min(a[1], b[1]) < 100:
        return a[1] % 100 == b[1] % 100
    return a[1] == b[1]


def _guessed(a: Date, b: Date) -> bool:
    """True where a day rests on a bare weekday, which may lie ahead as well as behind."""
    return (a.weekday is not None and a.day is None) != (b.weekday is not None and b.day is None)


def _same_words(a: Date, b: Date) -> bool:
    return replace(a, first=0, last=0, start=0, end=0) == replace(
        b, first=0, last=0, start=0, end=0
    )


def _within(a: Date, b: Date) -> bool:
    for one, other in ((a, b), (b, a)):
        if one.day_end is None or other.day_end is not None or not (one.day and other.day):
            continue
        if one.day <= other.day <= one.day_end:
            return True
    return False
