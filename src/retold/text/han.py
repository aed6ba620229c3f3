"""Numerals in Chinese characters: 三百五十, 二〇二六, 1万2000, 三分之一, 百分之五.

Each character is a word of its own (`retold.text.words`), so a numeral is a run of words that
touch. The rules are those of the written languages: tens, hundreds and thousands inside groups of
four digits, groups counted in ten thousands (万), 亿 and 兆; digits in a row are places; in
Chinese a last digit behind a unit stands for the unit below it (三百五 is 350). A single character
is a number only before a counter: 三 is part of many words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache

from msgspec import Struct

from retold.language import table
from retold.language.han import Han
from retold.model import Word

__all__ = ["HanNumber", "han", "starts"]

_DECIMAL = re.compile(r"[0-9]{1,15}(?:,[0-9]{3}){0,5}(?:\.[0-9]{1,9})?")
_LONGEST = 40
"""Characters of a numeral; longer runs are lists of digits."""
_ZERO = "〇"
"""Counts as a letter, so that several in a row are one word."""
_MOST_PLACES = 18
_PLACES = 3
"""Digits in a row that are places of one number; two in a row may mean "seven or eight"."""


class HanNumber(Struct, gc=False):
    """A number as read: words, value, place value of its last digit.

    Attributes:
        form: "cardinal", "ordinal" or "fraction".
        percent: the value is in hundredths.
    """

    last: int
    value: float
    step: float
    form: str = "cardinal"
    percent: bool = False


@cache
def _data() -> Han:
    return table(Han, "und")


@cache
def starts() -> frozenset[str]:
    """The characters that a numeral may begin with."""
    data = _data()
    return frozenset(data.digits) | frozenset(data.units)


def han(
    words: Sequence[Word],
    forms: Sequence[str],
    index: int,
    language: str | None,
    taken: Collection[int] = (),
) -> HanNumber | None:
    """The number that begins at a word; None where the characters are no number.

    Args:
        words, forms: of the text; forms with digits 0 to 9.
        index: of a word in `starts`, or of digits right before 万, 亿 and their like.
        language: ISO 639-1 code; what Chinese alone does is done for "zh".
        taken: indices of words that belong to a date.
    """
    data = _data()
    if index and words[index - 1].end == words[index].start:
        before = forms[index - 1]
        if before in data.vague or before in data.digits or before in data.units:
            return None
    last = index
    run = [forms[index]]
    while (
        last + 1 < len(words)
        and last + 1 not in taken
        and words[last].end == words[last + 1].start
        and len(run) < _LONGEST
        and _part(forms, last + 1, run, data)
    ):
        last += 1
        run.append(forms[last])
    following = forms[last + 1] if last + 1 < len(forms) else ""
    hundredths = len(run) == 1 and data.units.get(run[0]) == 100 and following == data.parts[:1]
    found = (100.0, 100.0) if hundredths else _read(run, data, language)
    touches = last + 1 < len(words) and words[last].end == words[last + 1].start
    if found is None:
        return None
    value, step = found
    if touches and following == data.parts[0]:
        whole = _fraction(words, forms, last, value, data, language)
        if whole is not None:
            return whole
    counted = touches and following in data.counters
    # 千万 may be a word ("by all means"), and so may every character alone.
    vague = data.units.get(run[0], 0) > 10 and language == "zh"
    if not counted and (vague or (len(run) == 1 and not run[0][0].isdigit())):
        return None
    if touches and following in data.tenths:
        return HanNumber(last + 1, value * 10, step * 10, percent=True)
    form = "ordinal" if index and forms[index - 1] in data.ordinal else "cardinal"
    return HanNumber(last, value, step, form)


def _part(forms: Sequence[str], at: int, run: list[str], data: Han) -> bool:
    """Whether a word goes on with a numeral."""
    form = forms[at]
    if form in data.digits or form in data.units or form in data.scales or not form.strip(_ZERO):
        return True
    if form in data.point and not any(point in run for point in data.point):
        following = forms[at + 1] if at + 1 < len(forms) else ""
        return run[-1] in data.digits and following in data.digits and _no_clock(forms, at, data)
    return run[-1] in data.scales and _DECIMAL.fullmatch(form) is not None


def _no_clock(forms: Sequence[str], at: int, data: Han) -> bool:
    """ "三点五亿" is 3.5, "三点五十分" a time of day."""
    end = at + 1
    while end < len(forms) and (forms[end] in data.digits or forms[end] in data.units):
        if forms[end] in data.units and forms[end] not in data.scales:
            return False
        end += 1
    return end >= len(forms) or forms[end] != data.parts[0]


def _fraction(
    words: Sequence[Word],
    forms: Sequence[str],
    last: int,
    parts: float,
    data: Han,
    language: str | None,
) -> HanNumber | None:
    """三分之一, 百分之三十: so many parts, and how many of them."""
    at = last + 1 + len(data.parts)
    if "".join(forms[last + 1 : at]) != data.parts or at >= len(forms) or not parts:
        return None
    end = at
    run = [forms[at]]
    begins = forms[at] in data.digits or forms[at] in data.units
    if not begins and _DECIMAL.fullmatch(forms[at]) is None:
        return None
    while (
        end + 1 < len(words)
        and words[end].end == words[end + 1].start
        and len(run) < _LONGEST
        and _part(forms, end + 1, run, data)
    ):
        end += 1
        run.append(forms[end])
    found = _read(run, data, language)
    if found is None:
        return None
    if parts == 100:
        return HanNumber(end, found[0], found[1], percent=True)
    return HanNumber(end, found[0] / parts, 0.0, "fraction")


def _read(run: Sequence[str], data: Han, language: str | None) -> tuple[float, float] | None:
    """Value and place value of the last digit; None where the run is no numeral."""
    run = _places(run, data)
    if any(len(form) > _MOST_PLACES for form in run):
        return None  # an identifier, no amount
    for point in data.point:
        if point in run:
            return _with_point(run, run.index(point), data, language)
    total, section, current = 0.0, 0.0, 0.0
    step = 1.0
    before = ""
    unit = 1.0
    for form in run:
        if form in data.digits:
            if before in data.digits:
                return None  # "七八百": seven or eight
            current = float(data.digits[form])
            step = 1.0
        elif form in data.units:
            unit = float(data.units[form])
            section += (current if before and _is_number(before, data) else 1.0) * unit
            current, step = 0.0, unit
        elif form in data.scales:
            unit = float(data.scales[form])
            if section + current:
                total += (section + current) * unit
            elif total and before in data.scales:
                total *= unit
            else:
                return None
            section, current, step = 0.0, 0.0, max(unit, step * unit)
        elif form[0] == _ZERO:
            current = 0.0
        else:
            current = float(form.replace(",", ""))
            fraction = form.partition(".")[2]
            step = 10.0 ** -len(fraction)
        before = form
    if language == "zh" and len(run) > 1 and before in data.digits and current:
        above = run[-2]
        if (above in data.units and unit > 10) or above in data.scales:
            current *= unit / 10
            step = unit / 10
    return total + section + current, step


def _places(run: Sequence[str], data: Han) -> list[str]:
    """Digits in a row as places: 二〇二六, 一〇〇亿, 零五."""
    out: list[str] = []
    places = ""
    for form in (*run, ""):
        digit = str(data.digits[form]) if form in data.digits else "0" * len(form)
        if form and (form in data.digits or not form.strip(_ZERO)):
            places += digit
            out.append(form)
            continue
        if len(places) >= _PLACES or (len(places) > 1 and "0" in places):
            while out and (out[-1] in data.digits or not out[-1].strip(_ZERO)):
                out.pop()
            out.append(places)
        places = ""
        out.append(form)
    return out[:-1]


def _is_number(form: str, data: Han) -> bool:
    return (form in data.digits and data.digits[form] != 0) or form[0].isdigit()


def _with_point(
    run: Sequence[str], at: int, data: Han, language: str | None
) -> tuple[float, float] | None:
    """三点五亿: digits behind the point, then a scale."""
    end = at + 1
    while end < len(run) and run[end] in data.digits:
        end += 1
    whole = _read(run[:at], data, language)
    if whole is None or end == at + 1:
        return None
    decimals = "".join(str(data.digits[form]) for form in run[at + 1 : end])
    value, step = whole[0] + float(f"0.{decimals}"), 10.0 ** -len(decimals)
    for form in run[end:]:
        times = data.scales.get(form) or data.units.get(form)
        if times is None:
            return None
        value, step = value * times, step * times
    return value, step
