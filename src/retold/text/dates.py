"""Dates and times of day as they are written.

`dates` reads what is on the page and no more: "Tuesday" stays a weekday, "October 1" has no
year, "yesterday" is a day counted from the day of writing. Whether two dates can be one is
told by `retold.text.agreement`.

Linear: every word is looked at a bounded number of times.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from msgspec.structs import replace

from retold.language import table
from retold.language.dates import Dates
from retold.language.numbers import Numbers
from retold.model import Word
from retold.text.date_parts import (
    DASHES,
    DAY,
    DOTTED,
    YEAR,
    Date,
    between,
    day_of_month,
    is_year,
    month_named,
    numeric_date,
    time_of_day,
    year_behind,
)

__all__ = ["Date", "dates"]


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
    match = DAY.fullmatch(form)
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
    following = words[index + 1].form if index + 1 < len(words) else ""
    for phrase, (month, day) in data.holidays.items():
        if phrase != words[index].form and not phrase.startswith(
            f"{words[index].form} {following}"
        ):
            continue
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


def _from_digits(text: str, words: Sequence[Word], index: int, data: Dates) -> Date | None:
    word = words[index]
    form = word.form
    gap = between(text, words, index)
    decade = form[:4]
    if len(form) > 4 and form[4:] in data.decade_ending and YEAR.fullmatch(decade):
        if decade.endswith("0"):
            return Date(index, index, word.start, word.end, period=("decade#", int(decade)))
        return None
    counted = _counted(words, index, None, data) if gap in ("-", " ", "‑") else None
    if counted is not None:
        return counted
    day = day_of_month(form, data)
    # 1 October 2023, 12-17 September, 1st of October
    if day is not None:
        at, day_end = index + 1, None
        if gap.strip() in DASHES and gap.strip() and at < len(words):
            day_end = day_of_month(words[at].form, data)
            if day_end is not None and day_end > day:
                at += 1
            else:
                day_end = None
        while at < len(words) and words[at].form in data.of and at < index + 4:
            at += 1
        month = month_named(words, at, text, data)
        if month is not None and text[word.end : words[at].start].strip(" .,-–").find("\n") < 0:
            year, last = year_behind(text, words, at)
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
    time = time_of_day(text, words, index, data)
    if time is not None:
        return time
    match = DOTTED.fullmatch(form)
    if match is not None:
        return numeric_date(
            words, index, index, int(match[1]), int(match[2]), match[3], data, dotted=True
        )
    if gap in ("-", "/", ".") and index + 2 < len(words):
        second = between(text, words, index + 1)
        parts = [words[index + n].form for n in range(3)]
        if second == gap and all(part.isdecimal() for part in parts):
            if len(parts[0]) == 4:
                return numeric_date(
                    words, index, index + 2, int(parts[2]), int(parts[1]), parts[0], data, iso=True
                )
            if len(parts[0]) <= 2 and len(parts[1]) <= 2 and len(parts[2]) in (2, 4):
                return numeric_date(
                    words, index, index + 2, int(parts[0]), int(parts[1]), parts[2], data
                )
    if YEAR.fullmatch(form) and is_year(text, words, index, data):
        return Date(first=index, start=word.start, last=index, end=word.end, year=int(form))
    return None


def _from_word(text: str, words: Sequence[Word], index: int, data: Dates) -> Date | None:
    word = words[index]
    form = word.form
    month = month_named(words, index, text, data)
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
        if following in data.months and month_named(words, last, text, data) is not None:
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
    gap = between(text, words, index)
    if index + 1 < len(words) and gap.strip(" .") == "":
        at = index + 1
        if words[at].form in data.of and at + 1 < len(words):
            at += 1
        day = day_of_month(words[at].form, data)
        if day is not None:
            last = at
            dash = between(text, words, at).strip()
            if dash and dash in DASHES:
                day_end = day_of_month(words[at + 1].form, data)
                if day_end is not None and day_end > day:
                    last = at + 1
                else:
                    day_end = None
    year, last = year_behind(text, words, last)
    bare = day is None and year is None and word.form in data.ambiguous_months
    if bare and (not index or words[index - 1].form not in data.before_month):
        return None
    return Date(
        index, last, word.start, words[last].end, year=year, month=month, day=day, day_end=day_end
    )
