"""Single numbers in digits or in words, before their surroundings are looked at."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import cache
from typing import Literal

from msgspec import Struct

from retold.language import table
from retold.language.numbers import Numbers
from retold.model import Word
from retold.text.han import han
from retold.text.han import starts as han_starts
from retold.text.phrases import Phrases

__all__ = ["Bound", "Form", "Numeral", "Reader", "numeral", "reader", "western"]

Bound = Literal["", "faint", "about", "more", "least", "less", "most"]
Form = Literal["cardinal", "ordinal", "fraction", "frequency"]

_DIGITS = re.compile("([0-9][0-9.,\u00a0\u202f ]*)([^\\W\\d_]*)")
_PARTS = re.compile(r"[.,\u00a0\u202f ]")
_INDIAN = re.compile(r"[0-9]{1,2}(?:,[0-9]{2}){1,5},[0-9]{3}")  # 12,34,567
_DEGREES = {"c": "°C", "с": "°C", "f": "°F"}
_CODE = frozenset("-–‑/")


class Reader(Struct, frozen=True):
    """A language's table, made ready for look-up."""

    data: Numbers
    small: dict[str, int]
    starts: frozenset[str]
    before: Phrases[Bound]
    after: Phrases[Bound]
    percent: Phrases[bool]
    units: Phrases[tuple[str, float]]
    language: str | None


@cache
def reader(language: str | None) -> Reader:
    """The table of a language, made once."""
    data = table(Numbers, language)
    small = dict(data.small)
    if data.compound:
        tens = {word: value for word, value in data.small.items() if 20 <= value < 100}
        for ten, value in tens.items():
            for unit, digit in data.small.items():
                if 0 < digit < 10:
                    small.setdefault(unit + data.compound + ten, value + digit)
                    if unit[-1] == data.compound[0] == "e":
                        small.setdefault(f"{unit}ë{data.compound[1:]}{ten}", value + digit)
        hundred = next((word for word, value in data.scales.items() if value == 100), None)
        if hundred:
            for unit, digit in data.small.items():
                if 1 < digit < 10:
                    small.setdefault(unit + hundred, digit * 100)
    befores: list[tuple[str, Bound]] = []
    for phrases, bound in (
        (data.faint, "faint"),
        (data.about, "about"),
        (data.more, "more"),
        (data.least, "least"),
        (data.less, "less"),
        (data.most, "most"),
    ):
        befores.extend((phrase, bound) for phrase in phrases)  # type: ignore[misc]
    afters: list[tuple[str, Bound]] = [(phrase, "least") for phrase in data.after_least]
    afters += [(phrase, "about") for phrase in data.after_about]
    starts = (
        frozenset(small)
        | frozenset(data.scales)
        | frozenset(data.ordinals)
        | frozenset(data.fractions)
        | frozenset(data.frequencies)
        | han_starts()
    )
    units = [(name, (code, 1.0)) for name, code in data.currencies.items() if " " in name]
    units += [(name, measure) for name, measure in data.measures.items() if " " in name]
    return Reader(
        data,
        small,
        starts,
        Phrases(befores, backwards=True),
        Phrases(afters),
        Phrases((phrase, True) for phrase in data.percent),
        Phrases(units),
        language,
    )


class Numeral(Struct, gc=False):
    """A number before its surroundings are looked at."""

    first: int
    last: int
    value: float
    step: float
    form: Form
    unit: str = ""
    factor: float = 1.0
    scaled: bool = False


def numeral(
    text: str,
    words: Sequence[Word],
    forms: Sequence[str],
    index: int,
    reader_: Reader,
    taken: Collection[int],
) -> Numeral | None:
    """The number that begins at a word, with its scale words; None when it is none."""
    written = _in_characters(words, forms, index, reader_, taken)
    if written is not None:
        return written
    if forms[index][0].isdigit():
        return _digits(text, words, forms, index, reader_, taken)
    return _spelled(text, words, forms, index, reader_, taken)


_TENS_OF_THOUSANDS = frozenset("万萬亿億兆")
_MARKS = str.maketrans({"\u066b": ".", "\u066c": ","})


def western(form: str) -> str:
    """A folded word with the digits of every script as 0 to 9."""
    if form.isascii() or not form[0].isdecimal():
        return form
    return "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
        for letter in form.translate(_MARKS)
    )


def _in_characters(
    words: Sequence[Word],
    forms: Sequence[str],
    index: int,
    reader_: Reader,
    taken: Collection[int],
) -> Numeral | None:
    """A number in Chinese characters, or in digits before 万 and its like."""
    form = forms[index]
    if form[0].isdigit():
        following = forms[index + 1] if index + 1 < len(forms) else ""
        if following not in _TENS_OF_THOUSANDS and following != "分" and following != "割":
            return None
        if reader_.language not in (None, "zh", "ja") or not form[-1].isdigit():
            return None
    elif form not in han_starts():
        return None
    found = han(words, forms, index, reader_.language, taken)
    if found is None:
        return None
    unit = "%" if found.percent else ""
    numeral_form: Form = "cardinal"
    if found.form == "ordinal":
        numeral_form = "ordinal"
    elif found.form == "fraction":
        numeral_form = "fraction"
    scaled = found.value >= _SCALED
    return Numeral(index, found.last, found.value, found.step, numeral_form, unit, scaled=scaled)


def _digits(
    text: str,
    words: Sequence[Word],
    forms: Sequence[str],
    index: int,
    reader_: Reader,
    taken: Collection[int],
) -> Numeral | None:
    """A number in digits, with what is glued to it and the scale words behind it."""
    start = words[index].start
    if start >= 2 and text[start - 1] in _CODE and text[start - 2].isalpha():
        return None  # F-16, COVID-19
    match = _DIGITS.fullmatch(forms[index])
    if match is None:
        return None
    data = reader_.data
    digits, tail = match.groups()
    if data.glued and tail:
        return _glued(words, forms, index, data, taken)
    last = index
    if data.space_grouping and not tail and len(digits) <= 3:
        while (
            last + 1 < len(words)
            and last + 1 not in taken
            and len(forms[last + 1]) == 3
            and forms[last + 1].isdecimal()
            and text[words[last].end : words[last + 1].start] == " "
        ):
            last += 1
            digits += forms[last]
    value, step = _value(digits, data)
    piece = Numeral(index, last, value, step, "cardinal")
    if tail:
        times = data.suffixes.get(tail) or data.scales.get(tail)
        if times is not None:
            piece.value *= times
            piece.step *= times
            piece.scaled = True
        elif tail in data.ordinal_endings:
            piece.form = "ordinal"
            return piece
        elif tail in data.currencies:
            piece.unit = data.currencies[tail]
        elif tail in data.measures:
            piece.unit, piece.factor = data.measures[tail]
        elif tail not in data.decades:
            return None
    _half(forms, piece, reader_, taken)
    _scale(forms, piece, reader_, taken)
    sign = text[words[last].end : words[last + 1].start].strip() if last + 1 < len(words) else ""
    if sign in ("°", "º") and forms[last + 1] in _DEGREES:
        piece.unit, piece.last = _DEGREES[forms[last + 1]], last + 1
    return piece


def _glued(
    words: Sequence[Word],
    forms: Sequence[str],
    index: int,
    data: Numbers,
    taken: Collection[int],
) -> Numeral | None:
    """Digits, scale, digits, and at last a counter: "1만2000명", "3억5000만원"."""
    total, step, last = 0.0, 1.0, index
    piece = Numeral(index, index, 0.0, 1.0, "cardinal")
    while last < len(forms) and last not in taken:
        match = _DIGITS.fullmatch(forms[last])
        if match is None:
            break
        digits, tail = match.groups()
        value, step = _value(digits, data)
        scale = next(
            (tail[:size] for size in range(len(tail), 0, -1) if tail[:size] in data.suffixes), ""
        )
        times = data.suffixes.get(scale, 1)
        total, step = total + value * times, step * times
        piece.last, rest = last, tail[len(scale) :]
        goes_on = last + 1 < len(words) and words[last].end == words[last + 1].start
        if rest or not scale or not goes_on:
            if rest in data.currencies:
                piece.unit = data.currencies[rest]
            elif rest in data.measures:
                piece.unit, piece.factor = data.measures[rest]
            elif rest in data.percent:
                piece.unit = "%"
            break
        last += 1
    piece.value, piece.step, piece.scaled = total, step, total >= _SCALED
    return piece


_SCALED = 10_000


def _half(forms: Sequence[str], piece: Numeral, reader_: Reader, taken: Collection[int]) -> None:
    """Adds "and a half"."""
    at, data = piece.last + 1, reader_.data
    if at + 2 >= len(forms) or at in taken or at + 2 in taken or piece.value >= 1000:
        return
    share = data.fractions.get(forms[at + 2])
    if forms[at] in data.and_ and forms[at + 1] in data.one and share is not None:
        piece.value += share
        piece.step = 0.1
        piece.last = at + 2


def _scale(forms: Sequence[str], piece: Numeral, reader_: Reader, taken: Collection[int]) -> None:
    """Multiplies by the scale words and loose suffixes behind the number."""
    data = reader_.data
    index = piece.last + 1
    while index < len(forms) and index not in taken:
        factor = data.scales.get(forms[index]) or data.scales.get(forms[index].removesuffix("s"))
        if factor is None and not piece.scaled and len(forms[index]) > 1:
            factor = data.suffixes.get(forms[index])
        if factor is None:
            break
        piece.value *= factor
        piece.step *= factor
        piece.last = index
        piece.scaled = True
        index += 1


def _value(digits: str, data: Numbers) -> tuple[float, float]:
    """Value and place value of the last digit, whichever separators were used."""
    parts = _PARTS.split(digits.strip(".,\u00a0\u202f "))
    if len(parts) == 1:
        return float(parts[0]), 1.0
    last_mark = digits[len(digits.rstrip(".,")) - len(parts[-1]) - 1]
    grouped = all(len(part) == 3 for part in parts[1:]) and 1 <= len(parts[0]) <= 3
    if grouped and (len(parts) > 2 or last_mark != data.decimal) and parts[0] != "0":
        same = {mark for mark in digits if not mark.isdigit()}
        if len(same) == 1:
            return float("".join(parts)), 1.0
    if _INDIAN.fullmatch(digits.strip()):
        return float("".join(parts)), 1.0
    whole = "".join(parts[:-1])
    return float(f"{whole}.{parts[-1]}"), 10.0 ** -len(parts[-1])


def _spelled(
    text: str,
    words: Sequence[Word],
    forms: Sequence[str],
    index: int,
    reader_: Reader,
    taken: Collection[int],
) -> Numeral | None:
    """A number in words: "two hundred and five", "a dozen", "three quarters", "third"."""
    data = reader_.data
    form = forms[index]
    previous = forms[index - 1] if index else ""
    following = forms[index + 1] if index + 1 < len(forms) else ""
    if form in data.frequencies:
        return Numeral(index, index, float(data.frequencies[form]), 1.0, "frequency")
    if reader_.small.get(form) == 1 and (
        previous in data.not_before_one or following in data.pronoun_after
    ):
        return None
    if form in data.fractions and (form not in data.ordinals or previous in data.one):
        return Numeral(index, index, data.fractions[form], 0.0, "fraction")
    if form in data.ordinals and form not in reader_.small:
        return Numeral(index, index, float(data.ordinals[form]), 1.0, "ordinal")
    total, current, step = 0.0, 0.0, 1.0
    last, at = -1, index
    if form in data.scales and previous not in data.one:
        if not (form in reader_.small or data.scales[form] in (12, 100, 1000)):
            return None  # "million" alone follows something that is no number
        if previous in data.not_before_one or data.scales[form] == 20:
            return None
    previous_value = 0
    while at < len(forms) and at not in taken:
        word = forms[at]
        if word in reader_.small:
            value = reader_.small[word]
            if last >= 0 and not _fits(previous_value, value):
                break
            current += value
            previous_value = value
            step = 10.0 if value and value % 10 == 0 else 1.0
        elif word in data.scales:
            times = data.scales[word]
            current = (current or 1.0) * times
            step = float(times)
            if times >= 1000:
                total, current = total + current, 0.0
            previous_value = times
        elif (
            word in data.and_
            and last >= 0
            and previous_value >= 100
            and (at + 1 < len(forms) and forms[at + 1] in reader_.small and previous_value != 12)
        ):
            at += 1
            continue
        elif word in data.ordinals and last >= 0 and _fits(previous_value, data.ordinals[word]):
            return Numeral(index, at, total + current + data.ordinals[word], 1.0, "ordinal")
        else:
            break
        last = at
        at += 1
    if last < 0:
        return None
    result = total + current
    if last + 1 < len(forms) and result < 20 and last == index:
        share = data.fractions.get(forms[last + 1])
        if share is not None and forms[last + 1] not in ("second", "seconds"):
            return Numeral(index, last + 1, result * share, 0.0, "fraction")
    piece = Numeral(index, last, result, step, "cardinal", scaled=result >= 1000)
    _half(forms, piece, reader_, taken)
    if piece.last > last:
        _scale(forms, piece, reader_, taken)
    return piece


def _fits(before: int, value: int) -> bool:
    """Whether a small number can follow inside one number ("twenty three", "hundred five")."""
    if before >= 100 and before != 12:
        return value < 100
    return 20 <= before < 100 and before % 10 == 0 and 0 < value < 10
