"""The parts of a date: days, months, years and times of day, as they are written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from retold.language.dates import Dates
from retold.model import Word

__all__ = [
    "DASHES",
    "DAY",
    "DOTTED",
    "YEAR",
    "Date",
    "between",
    "day_of_month",
    "is_year",
    "month_named",
    "numeric_date",
    "time_of_day",
    "year_behind",
]


class Date(Struct, frozen=True, gc=False):
    """One date, span of days, or time of day; None where the text does not say.

    Attributes:
        first, last: its words, by index.
        start, end: its characters.
        year, month, day: of the calendar; `day_end` for "September 12-17".
        weekday: 0 is Monday.
        shift: days from the day of writing ("yesterday": -1).
        period: ("week", -1) for "last week"; with a "#" what is counted through: ("century#",
            16), ("decade#", 1980), ("season#", 2 for autumn).
        portion: 0 early, 1 mid, 2 late.
        hour, minute: of the day; `exact` is False for "morning".
    """

    first: int
    last: int
    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    day_end: int | None = None
    weekday: int | None = None
    shift: int | None = None
    period: tuple[str, int] | None = None
    portion: int | None = None
    hour: int | None = None
    minute: int | None = None
    exact: bool = True


DAY = re.compile(r"([0-9]{1,2})([^\W\d_]*)\.?")
YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}")
CLOCK = re.compile(r"([0-9]{1,2})[.:]([0-9]{2})([^\W\d_]*)")
HOUR = re.compile(r"([0-9]{1,2})([^\W\d_]+)")
DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.((?:[0-9]{2}){1,2})")
DASHES = "-–—‑"


def day_of_month(form: str, data: Dates) -> int | None:
    """The day that digits name ("1st", "12"); None outside 1–31."""
    match = DAY.fullmatch(form)
    if match is None or (match[2] and match[2] not in data.ordinal_endings):
        return None
    day = int(match[1])
    return day if 1 <= day <= 31 else None


def between(text: str, words: Sequence[Word], index: int) -> str:
    """What stands between a word and the next."""
    if index + 1 >= len(words):
        return ""
    return text[words[index].end : words[index + 1].start]


def month_named(words: Sequence[Word], index: int, text: str, data: Dates) -> int | None:
    """The month that a word names; ambiguous words need a capital letter."""
    if not 0 <= index < len(words):
        return None
    month = data.months.get(words[index].form)
    if month is None:
        return None
    if words[index].form in data.ambiguous_months and not text[words[index].start].isupper():
        return None
    return month


_SHORTEST = 3
"""Plurals are longer than this; "as" and "was" are none."""


def is_year(text: str, words: Sequence[Word], index: int, data: Dates) -> bool:
    """Whether four digits are a year, not a count: 1900 and later, no unit behind them."""
    word = words[index]
    before = text[word.start - 1] if word.start else " "
    if not 1900 <= int(word.form) <= 2099 or before in "$£€¥₽₩:/.-–":
        return False
    if text[word.end : word.end + 1] in ("%", "°"):
        return False
    if index and words[index - 1].form in data.before_year:
        following = words[index + 1].form if index + 1 < len(words) else ""
        if index > 1 and YEAR.fullmatch(words[index - 2].form):
            return True  # "from 2004 to 2009"
        plural = len(following) > _SHORTEST and following.endswith("s")
        return not (plural and text[word.end : word.end + 1] == " ")
    if index + 1 < len(words) and text[word.end : word.end + 1] == " ":
        return not text[words[index + 1].start].islower() or len(words[index + 1].form) <= 4
    return True


def numeric_date(
    words: Sequence[Word],
    first: int,
    last: int,
    a: int,
    b: int,
    year: str,
    data: Dates,
    *,
    iso: bool = False,
    dotted: bool = False,
) -> Date | None:
    """A date in digits: `a` and `b` are day and month in the order of the language, or `iso`."""
    day, month = a, b
    if not iso and not dotted and (month > 12 or (data.month_first and day <= 12)):
        day, month = b, a
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    number = int(year) if len(year) == 4 else 2000 + int(year)
    unclear = not (iso or dotted) and data.month_first is None and a <= 12 and b <= 12 and a != b
    return Date(
        first=first,
        last=last,
        start=words[first].start,
        end=words[last].end,
        year=number,
        month=None if unclear else month,
        day=None if unclear else day,
    )


def time_of_day(text: str, words: Sequence[Word], index: int, data: Dates) -> Date | None:
    """A clock time: 3pm, 3 p.m., 15:30, 3.30pm."""
    word = words[index]
    hour, minute, half, last = -1, None, "", index
    match = CLOCK.fullmatch(word.form)
    if match is not None:
        hour, minute, half = int(match[1]), int(match[2]), match[3]
    else:
        hour_match = HOUR.fullmatch(word.form)
        if hour_match is not None:
            hour, half = int(hour_match[1]), hour_match[2]
        elif word.form.isdecimal() and len(word.form) <= 2:
            hour = int(word.form)
            gap = between(text, words, index)
            if gap == ":" and len(words[index + 1].form) >= 2:
                tail = HOUR.fullmatch(words[index + 1].form)
                digits = tail[1] if tail else words[index + 1].form
                if not digits.isdecimal() or len(digits) != 2:
                    return None
                minute, half, last = int(digits), tail[2] if tail else "", index + 1
    if not 0 <= hour <= 24 or (minute is not None and minute > 59):
        return None
    marked = minute is not None and last > index
    if half and half not in data.am and half not in data.pm:
        return None
    if not half and last + 1 < len(words):
        following = words[last + 1].form
        if following in data.am or following in data.pm:
            half, last = following, last + 1
        elif following in data.clock and (marked or match is not None or following != "hours"):
            marked, last = True, last + 1
    if half:
        hour = hour % 12 + (12 if half in data.pm else 0)
    elif not marked:
        return None
    return Date(index, last, word.start, words[last].end, hour=hour, minute=minute)


def year_behind(text: str, words: Sequence[Word], at: int) -> tuple[int | None, int]:
    """The year right behind a word, and the index of the last word that was used."""
    if at + 1 >= len(words) or not YEAR.fullmatch(words[at + 1].form):
        return None, at
    if text[words[at].end : words[at + 1].start].strip(" .,") != "":
        return None, at
    return int(words[at + 1].form), at + 1
