"""Dates and times of day as they are written.

`dates` reads what is on the page and no more: "Tuesday" stays a weekday, "October 1" has no
year, "yesterday" is a day counted from the day of writing. Whether two dates can be one is
told by `retold.text.agreement`.

Linear: every word is looked at a bounded number of times.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from retold.language import table
from retold.language.dates import Dates
from retold.language.numbers import Numbers
from retold.model import Word

__all__ = ["Date", "dates"]


class Date(Struct, frozen=True):
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


_DAY = re.compile(r"([0-9]{1,2})([^\W\d_]*)\.?")
_YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}")
_CLOCK = re.compile(r"([0-9]{1,2})[.:]([0-9]{2})([^\W\d_]*)")
_HOUR = re.compile(r"([0-9]{1,2})([^\W\d_]+)")
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.((?:[0-9]{2}){1,2})")
_DASHES = "-–—‑"


@cache
def _starts(language: str | None) -> tuple[Dates, frozenset[str]]:
    data = table(Dates, language)
    heads = (
        set(data.months)
        | set(data.weekdays)
        | set(data.days)
        | set(data.parts)
        | set(data.hours)
        | set(data.shifts)
        | set(data.decades)
        | set(data.seasons)
        | {phrase.split()[0] for phrase in data.holidays}
    )
    if data.counted:
        heads |= set(table(Numbers, language).ordinals)
    return data, frozenset(heads)


def dates(text: str, words: Sequence[Word], language: str | None) -> tuple[Date, ...]:
    """The dates and times among `words`, in order.

    Args:
        text: what the words' spans count in.
        words: in order.
        language: ISO 639-1 code; None reads dates in digits only.
    """
    data, heads = _starts(language)
    found: list[Date] = []
    index = 0
    while index < len(words):
        form = words[index].form
        one = None
        if form[0].isdigit():
            one = _from_digits(text, words, index, data)
        elif form in heads:
            one = (
                _counted(words, index, language, data)
                or _holiday(words, index, data)
                or _from_word(text, words, index, data)
            )
        if one is None:
            index += 1
            continue
        one = _portioned(words, one, data)
        if found and _continues(text, found[-1], one):
            one = _merged(found.pop(), one)
        found.append(one)
        index = one.last + 1
    return tuple(found)


def _counted(words: Sequence[Word], index: int, language: str | None, data: Dates) -> Date | None:
    """ "Third quarter", "16th century"."""
    unit = data.counted.get(words[index + 1].form) if index + 1 < len(words) else None
    if unit is None:
        return None
    form = words[index].form
    match = _DAY.fullmatch(form)
    if match is not None and match[2] in data.ordinal_endings:
        value = int(match[1])
    else:
        value = table(Numbers, language).ordinals.get(form, 0)
    if not value:
        return None
    return Date(
        index,
        index + 1,
        words[index].start,
        words[index + 1].end,
        period=(unit + "#", value),
    )


def _holiday(words: Sequence[Word], index: int, data: Dates) -> Date | None:
    for phrase, (month, day) in data.holidays.items():
        forms = phrase.split()
        last = index + len(forms) - 1
        if [word.form for word in words[index : last + 1]] == forms:
            return Date(index, last, words[index].start, words[last].end, month=month, day=day)
    return None


def _portioned(words: Sequence[Word], one: Date, data: Dates) -> Date:
    """With "early", "late", "end of" before it."""
    if one.day is not None or (one.month is None and one.period is None and one.year is None):
        return one
    at = one.first - 1
    while at >= 0 and words[at].form in data.of and at >= one.first - 2:
        at -= 1
    if at < 0 or words[at].form not in data.portions:
        return one
    return replace(one, first=at, start=words[at].start, portion=data.portions[words[at].form])


def _continues(text: str, before: Date, date_: Date) -> bool:
    """Whether two dates side by side are one: "Tuesday, October 3", "Monday morning"."""
    if date_.first != before.last + 1 or date_.start - before.end > 3:
        return False
    if text[before.end : date_.start].strip(" ,(") != "":
        return False
    return not any(
        getattr(before, name) is not None and getattr(date_, name) is not None
        for name in ("year", "month", "day", "weekday", "shift", "period", "hour")
    )


def _merged(a: Date, b: Date) -> Date:
    known = {
        name: getattr(b, name)
        for name in b.__struct_fields__
        if name not in ("first", "start", "exact") and getattr(b, name) is not None
    }
    return replace(a, **known, exact=a.exact and b.exact)


def _day(form: str, data: Dates) -> int | None:
    match = _DAY.fullmatch(form)
    if match is None or (match[2] and match[2] not in data.ordinal_endings):
        return None
    day = int(match[1])
    return day if 1 <= day <= 31 else None


def _between(text: str, words: Sequence[Word], index: int) -> str:
    """What stands between a word and the next."""
    if index + 1 >= len(words):
        return ""
    return text[words[index].end : words[index + 1].start]


def _month(words: Sequence[Word], index: int, text: str, data: Dates) -> int | None:
    if not 0 <= index < len(words):
        return None
    month = data.months.get(words[index].form)
    if month is None:
        return None
    if words[index].form in data.ambiguous_months and not text[words[index].start].isupper():
        return None
    return month


def _from_digits(text: str, words: Sequence[Word], index: int, data: Dates) -> Date | None:
    word = words[index]
    form = word.form
    between = _between(text, words, index)
    decade = form[:4]
    if len(form) > 4 and form[4:] in data.decade_ending and _YEAR.fullmatch(decade):
        if decade.endswith("0"):
            return Date(index, index, word.start, word.end, period=("decade#", int(decade)))
        return None
    counted = _counted(words, index, None, data) if between in ("-", " ", "‑") else None
    if counted is not None:
        return counted
    day = _day(form, data)
    # 1 October 2023, 12-17 September, 1st of October
    if day is not None:
        at, day_end = index + 1, None
        if between.strip() in _DASHES and between.strip() and at < len(words):
            day_end = _day(words[at].form, data)
            if day_end is not None and day_end > day:
                at += 1
            else:
                day_end = None
        while at < len(words) and words[at].form in data.of and at < index + 4:
            at += 1
        month = _month(words, at, text, data)
        if month is not None and text[word.end : words[at].start].strip(" .,-–").find("\n") < 0:
            year, last = _year_behind(text, words, at)
            return Date(
                first=index,
                start=word.start,
                last=last,
                end=words[last].end,
                year=year,
                month=month,
                day=day,
                day_end=day_end,
            )
    time = _time(text, words, index, data)
    if time is not None:
        return time
    match = _DOTTED.fullmatch(form)
    if match is not None:
        return _numeric(
            words, index, index, int(match[1]), int(match[2]), match[3], data, dotted=True
        )
    if between in ("-", "/", ".") and index + 2 < len(words):
        second = _between(text, words, index + 1)
        parts = [words[index + n].form for n in range(3)]
        if second == between and all(part.isdecimal() for part in parts):
            if len(parts[0]) == 4:
                return _numeric(
                    words, index, index + 2, int(parts[2]), int(parts[1]), parts[0], data, iso=True
                )
            if len(parts[0]) <= 2 and len(parts[1]) <= 2 and len(parts[2]) in (2, 4):
                return _numeric(
                    words, index, index + 2, int(parts[0]), int(parts[1]), parts[2], data
                )
    if _YEAR.fullmatch(form) and _is_year(text, words, index, data):
        return Date(first=index, start=word.start, last=index, end=word.end, year=int(form))
    return None


def _is_year(text: str, words: Sequence[Word], index: int, data: Dates) -> bool:
    """Whether four digits are a year, not a count: 1900 and later, no unit behind them."""
    word = words[index]
    before = text[word.start - 1] if word.start else " "
    if not 1900 <= int(word.form) <= 2099 or before in "$£€¥₽₩:/.-–":
        return False
    if text[word.end : word.end + 1] in ("%", "°"):
        return False
    if index and words[index - 1].form in data.before_year:
        following = words[index + 1].form if index + 1 < len(words) else ""
        return not (following.endswith("s") and text[word.end : word.end + 1] == " ")
    if index + 1 < len(words) and text[word.end : word.end + 1] == " ":
        return not text[words[index + 1].start].islower() or len(words[index + 1].form) <= 4
    return True


def _numeric(
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


def _time(text: str, words: Sequence[Word], index: int, data: Dates) -> Date | None:
    """A clock time: 3pm, 3 p.m., 15:30, 3.30pm."""
    word = words[index]
    hour, minute, half, last = -1, None, "", index
    match = _CLOCK.fullmatch(word.form)
    if match is not None:
        hour, minute, half = int(match[1]), int(match[2]), match[3]
    else:
        hour_match = _HOUR.fullmatch(word.form)
        if hour_match is not None:
            hour, half = int(hour_match[1]), hour_match[2]
        elif word.form.isdecimal() and len(word.form) <= 2:
            hour = int(word.form)
            between = _between(text, words, index)
            if between == ":" and len(words[index + 1].form) >= 2:
                tail = _HOUR.fullmatch(words[index + 1].form)
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


def _year_behind(text: str, words: Sequence[Word], at: int) -> tuple[int | None, int]:
    if at + 1 >= len(words) or not _YEAR.fullmatch(words[at + 1].form):
        return None, at
    if text[words[at].end : words[at + 1].start].strip(" .,") != "":
        return None, at
    return int(words[at + 1].form), at + 1


def _from_word(text: str, words: Sequence[Word], index: int, data: Dates) -> Date | None:
    word = words[index]
    form = word.form
    month = _month(words, index, text, data)
    if month is not None:
        return _from_month(text, words, index, month, data)
    if form in data.weekdays:
        if form in data.ambiguous_months or not (
            text[word.start].isupper() or data.month_first is False
        ):
            return None
        return Date(
            first=index, start=word.start, last=index, end=word.end, weekday=data.weekdays[form]
        )
    if form in data.days:
        hour = data.parts.get(form)
        return Date(
            first=index,
            start=word.start,
            last=index,
            end=word.end,
            shift=data.days[form],
            hour=hour,
            exact=False,
        )
    if form in data.shifts and index + 1 < len(words):
        following = words[index + 1].form
        shift, last = data.shifts[form], index + 1
        if following in data.weekdays and text[words[last].start].isupper():
            return Date(
                first=index,
                start=word.start,
                last=last,
                end=words[last].end,
                weekday=data.weekdays[following],
            )
        if following in data.months and _month(words, last, text, data) is not None:
            return Date(
                first=index,
                start=word.start,
                last=last,
                end=words[last].end,
                month=data.months[following],
            )
        if following in data.parts:
            days = shift if following in ("night",) else 0
            return Date(
                first=index,
                start=word.start,
                last=last,
                end=words[last].end,
                shift=days,
                hour=data.parts[following],
                exact=False,
            )
        if following in data.seasons:
            season = ("season#", data.seasons[following])
            return Date(index, last, word.start, words[last].end, period=season)
        if following in data.periods:
            return Date(
                first=index,
                start=word.start,
                last=last,
                end=words[last].end,
                period=(data.periods[following], shift),
            )
        return None
    if form in data.decades:
        return Date(index, index, word.start, word.end, period=("decade#", data.decades[form]))
    if form in data.seasons:
        before = words[index - 1].form if index else ""
        if before not in data.before_month and before not in data.before_year:
            return None
        return Date(index, index, word.start, word.end, period=("season#", data.seasons[form]))
    if form in data.parts and form not in data.days:
        return Date(
            first=index,
            start=word.start,
            last=index,
            end=word.end,
            hour=data.parts[form],
            exact=False,
        )
    if form in data.hours:
        return Date(
            first=index, start=word.start, last=index, end=word.end, hour=data.hours[form], minute=0
        )
    return None


def _from_month(
    text: str, words: Sequence[Word], index: int, month: int, data: Dates
) -> Date | None:
    """October 1, 2023; September 12-17; October 2023; in October."""
    word = words[index]
    day, day_end, last = None, None, index
    between = _between(text, words, index)
    if index + 1 < len(words) and between.strip(" .") == "":
        at = index + 1
        if words[at].form in data.of and at + 1 < len(words):
            at += 1
        day = _day(words[at].form, data)
        if day is not None:
            last = at
            dash = _between(text, words, at).strip()
            if dash and dash in _DASHES:
                day_end = _day(words[at + 1].form, data)
                if day_end is not None and day_end > day:
                    last = at + 1
                else:
                    day_end = None
    year, last = _year_behind(text, words, last)
    bare = day is None and year is None and word.form in data.ambiguous_months
    if bare and (not index or words[index - 1].form not in data.before_month):
        return None
    return Date(
        index, last, word.start, words[last].end, year=year, month=month, day=day, day_end=day_end
    )
