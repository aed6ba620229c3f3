"""Numbers as they are written: digits, words, money, percentages, ranges, approximations.

`numbers` reads a run of words into values that can be compared however they are spelled:
"£1.66m", "1,660,000 pounds" and "one million six hundred and sixty thousand" are one value;
"nearly 50", "up to 50" and "50 or more" are 50 with different bounds; "10–12" and "between 10
and 12" are one range. What a language brings is in `retold.language.numbers`.

Linear: every word is looked at a bounded number of times.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from typing import Literal

from msgspec import Struct

from retold.language import table
from retold.language.numbers import Numbers
from retold.model import Word
from retold.text.phrases import Phrases

__all__ = ["Bound", "Form", "Number", "numbers"]

Bound = Literal["", "faint", "about", "more", "least", "less", "most"]
Form = Literal["cardinal", "ordinal", "fraction", "frequency"]


class Number(Struct, frozen=True):
    """One number, or one range.

    Attributes:
        first, last: its words, by index, the loosening words left out.
        start, end: its characters, with currency sign, percent sign and unit of measure.
        outer: first character of the words that loosen it ("up to"), else `start`.
        low, high: value; equal when it is no range. Money and measures in the unit written.
        form: cardinal, ordinal ("third"), fraction ("a third"), frequency ("twice").
        unit: ISO 4217 code, "%", a dimension ("length"), or "".
        factor: what turns the value into the base of its dimension; 1 elsewhere.
        bound: how it is loosened.
        step: place value of the last digit written ("1.6 million": 100,000).
    """

    first: int
    last: int
    start: int
    end: int
    outer: int
    low: float
    high: float
    form: Form
    unit: str
    factor: float
    bound: Bound
    step: float


# Signs of money are the same in all languages.
_SIGNS = {"$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "₽": "RUB", "₩": "KRW", "₹": "INR"}
_SIGNS |= {"₴": "UAH", "₺": "TRY", "₪": "ILS", "฿": "THB", "₱": "PHP", "₫": "VND", "₦": "NGN"}
_DIGITS = re.compile("([0-9][0-9.,\u00a0\u202f ]*)([^\\W\\d_]*)")
_PARTS = re.compile(r"[.,\u00a0\u202f ]")
_DASHES = frozenset("-–—‑−")
_DEGREES = {"c": "°C", "с": "°C", "f": "°F"}
_CODE = frozenset("-–‑/")


class _Reader(Struct, frozen=True):
    """A language's table, made ready for look-up."""

    data: Numbers
    small: dict[str, int]
    starts: frozenset[str]
    before: Phrases[Bound]
    after: Phrases[Bound]
    percent: Phrases[bool]


@cache
def _reader(language: str | None) -> _Reader:
    data = table(Numbers, language)
    small = dict(data.small)
    if data.compound:
        tens = {word: value for word, value in data.small.items() if 20 <= value < 100}
        for ten, value in tens.items():
            for unit, digit in data.small.items():
                if 0 < digit < 10:
                    small.setdefault(unit + data.compound + ten, value + digit)
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
    )
    return _Reader(
        data,
        small,
        starts,
        Phrases(befores, backwards=True),
        Phrases(afters),
        Phrases((phrase, True) for phrase in data.percent),
    )


class _Piece(Struct):
    """A number before its surroundings are looked at."""

    first: int
    last: int
    value: float
    step: float
    form: Form
    unit: str = ""
    factor: float = 1.0
    scaled: bool = False


def numbers(
    text: str,
    words: Sequence[Word],
    language: str | None,
    taken: Collection[int] = (),
) -> tuple[Number, ...]:
    """The numbers among `words`, in order.

    Args:
        text: what the words' spans count in.
        words: in order.
        language: ISO 639-1 code; None reads digits only.
        taken: indices of words that belong to a date.
    """
    reader = _reader(language)
    forms = [word.form for word in words]
    pieces: list[_Piece] = []
    index = 0
    while index < len(forms):
        form = forms[index]
        piece = None
        if index not in taken and (form[0].isdigit() or form in reader.starts):
            piece = _piece(text, words, forms, index, reader, taken)
        if piece is None:
            index += 1
            continue
        pieces.append(piece)
        index = piece.last + 1
    return _joined(text, words, forms, pieces, reader)


def _piece(
    text: str,
    words: Sequence[Word],
    forms: Sequence[str],
    index: int,
    reader: _Reader,
    taken: Collection[int],
) -> _Piece | None:
    if forms[index][0].isdigit():
        return _digits(text, words, forms, index, reader, taken)
    return _spelled(text, words, forms, index, reader, taken)


def _digits(
    text: str,
    words: Sequence[Word],
    forms: Sequence[str],
    index: int,
    reader: _Reader,
    taken: Collection[int],
) -> _Piece | None:
    """A number in digits, with what is glued to it and the scale words behind it."""
    start = words[index].start
    if start >= 2 and text[start - 1] in _CODE and text[start - 2].isalpha():
        return None  # F-16, COVID-19
    match = _DIGITS.fullmatch(forms[index])
    if match is None:
        return None
    data = reader.data
    digits, tail = match.groups()
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
    piece = _Piece(index, last, value, step, "cardinal")
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
    _half(forms, piece, reader, taken)
    _scale(forms, piece, reader, taken)
    sign = text[words[last].end : words[last + 1].start].strip() if last + 1 < len(words) else ""
    if sign in ("°", "º") and forms[last + 1] in _DEGREES:
        piece.unit, piece.last = _DEGREES[forms[last + 1]], last + 1
    return piece


def _half(forms: Sequence[str], piece: _Piece, reader: _Reader, taken: Collection[int]) -> None:
    """Adds "and a half"."""
    at, data = piece.last + 1, reader.data
    if at + 2 >= len(forms) or at in taken or at + 2 in taken or piece.value >= 1000:
        return
    share = data.fractions.get(forms[at + 2])
    if forms[at] in data.and_ and forms[at + 1] in data.one and share is not None:
        piece.value += share
        piece.step = 0.1
        piece.last = at + 2


def _scale(forms: Sequence[str], piece: _Piece, reader: _Reader, taken: Collection[int]) -> None:
    """Multiplies by the scale words and loose suffixes behind the number."""
    data = reader.data
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
    whole = "".join(parts[:-1])
    return float(f"{whole}.{parts[-1]}"), 10.0 ** -len(parts[-1])


def _spelled(
    text: str,
    words: Sequence[Word],
    forms: Sequence[str],
    index: int,
    reader: _Reader,
    taken: Collection[int],
) -> _Piece | None:
    """A number in words: "two hundred and five", "a dozen", "three quarters", "third"."""
    data = reader.data
    form = forms[index]
    previous = forms[index - 1] if index else ""
    following = forms[index + 1] if index + 1 < len(forms) else ""
    if form in data.frequencies:
        return _Piece(index, index, float(data.frequencies[form]), 1.0, "frequency")
    if reader.small.get(form) == 1 and (
        previous in data.not_before_one or following in data.pronoun_after
    ):
        return None
    if form in data.fractions and (form not in data.ordinals or previous in data.one):
        return _Piece(index, index, data.fractions[form], 0.0, "fraction")
    if form in data.ordinals and form not in reader.small:
        return _Piece(index, index, float(data.ordinals[form]), 1.0, "ordinal")
    total, current, step = 0.0, 0.0, 1.0
    last, at = -1, index
    if form in data.scales and previous not in data.one:
        if not (form in reader.small or data.scales[form] in (12, 100, 1000)):
            return None  # "million" alone follows something that is no number
        if previous in data.not_before_one or data.scales[form] == 20:
            return None
    previous_value = 0
    while at < len(forms) and at not in taken:
        word = forms[at]
        if word in reader.small:
            value = reader.small[word]
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
            and (at + 1 < len(forms) and forms[at + 1] in reader.small and previous_value != 12)
        ):
            at += 1
            continue
        elif word in data.ordinals and last >= 0 and _fits(previous_value, data.ordinals[word]):
            return _Piece(index, at, total + current + data.ordinals[word], 1.0, "ordinal")
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
            return _Piece(index, last + 1, result * share, 0.0, "fraction")
    piece = _Piece(index, last, result, step, "cardinal", scaled=result >= 1000)
    _half(forms, piece, reader, taken)
    if piece.last > last:
        _scale(forms, piece, reader, taken)
    return piece


def _fits(before: int, value: int) -> bool:
    """Whether a small number can follow inside one number ("twenty three", "hundred five")."""
    if before >= 100 and before != 12:
        return value < 100
    return 20 <= before < 100 and before % 10 == 0 and 0 < value < 10


def _joined(
    text: str,
    words: Sequence[Word],
    forms: Sequence[str],
    pieces: Sequence[_Piece],
    reader: _Reader,
) -> tuple[Number, ...]:
    """Pieces with their units, ranges and bounds."""
    found: list[Number] = []
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        low = high = piece
        if index + 1 < len(pieces) and _is_range(
            text, words, forms, piece, pieces[index + 1], reader
        ):
            high = pieces[index + 1]
            index += 1
        index += 1
        found.append(_number(text, words, forms, low, high, reader))
    return tuple(found)


def _is_range(
    text: str,
    words: Sequence[Word],
    forms: Sequence[str],
    low: _Piece,
    high: _Piece,
    reader: _Reader,
) -> bool:
    if low.form != "cardinal" or high.form != "cardinal":
        return False
    data = reader.data
    before = forms[low.first - 1] if low.first else ""
    between = text[words[low.last].end : words[high.first].start].strip("%$£€+ ")
    joined = False
    if high.first == low.last + 1:
        joined = between in _DASHES or between in ("...", "…")
    elif high.first == low.last + 2:
        word = forms[low.last + 1]
        joined = (word in data.range_and and before in data.range_from) or (
            word in data.range_to and before not in data.one and before != "from"
        )
    value = low.value
    if joined and high.scaled and not low.scaled and low.value < high.value:
        factor = high.step if high.step >= 1000 else 1.0
        scaled = low.value * _magnitude(high)
        if scaled < high.value and factor:
            value = scaled
    if not joined or not value < high.value:
        return False
    low.value = value
    return True


def _magnitude(piece: _Piece) -> float:
    for scale in (1e12, 1e9, 1e6, 1e3):
        if piece.value >= scale:
            return scale
    return 1.0


def _number(
    text: str,
    words: Sequence[Word],
    forms: Sequence[str],
    low: _Piece,
    high: _Piece,
    reader: _Reader,
) -> Number:
    data = reader.data
    start, last = words[low.first].start, high.last
    end = words[last].end
    unit, factor = high.unit or low.unit, high.factor if high.unit else low.factor
    sign = text[start - 1] if start else ""
    if sign in _SIGNS:
        unit = _SIGNS[sign]
        start -= 1
        while start and text[start - 1].isalpha() and text[start - 1].isupper():
            start -= 1  # US$, A$
    following = text[end : end + 2]
    if following[:1] == "%" or following == " %":
        unit, end = "%", end + (1 if following[0] == "%" else 2)
    elif following[:1] in _SIGNS or (following[:1] in " \u00a0" and following[1:] in _SIGNS):
        if following:
            unit = _SIGNS[following.strip()[:1]]
            end += len(following) if following[0] in " \u00a0" else 1
    elif not unit and last + 1 < len(forms):
        share = reader.percent.at(forms, last + 1)
        if share is not None:
            unit, last = "%", last + share[0]
            end = words[last].end
        elif low.form != "ordinal":
            unit, factor, last = _unit(forms, last, reader)
            end = words[last].end
    if unit and "/" in unit:
        unit, divisor = unit.split("/")
        factor = 1.0 / float(divisor)
    form: Form = high.form
    if form == "cardinal" and not unit and last + 1 < len(forms) and forms[last + 1] in data.times:
        form, last = "frequency", last + 1
        end = words[last].end
    bound: Bound = ""
    outer = start
    at = low.first - 1
    if at >= 0 and forms[at] in data.one:
        at -= 1
        start = min(start, words[at + 1].start) if low.form == "fraction" or low.scaled else start
        outer = start
    if at >= 1 and forms[at] in data.between:
        at -= 1
    if at >= 0:
        before = reader.before.at(forms, at)
        if before is not None:
            bound = before[1]
            outer = words[at - before[0] + 1].start
    if not bound and last + 1 < len(forms):
        after = reader.after.at(forms, last + 1)
        if after is not None:
            bound = after[1]
    if not bound and text[end : end + 1] == "+":
        bound = "least"
    return Number(
        first=low.first,
        last=last,
        start=start,
        end=end,
        outer=outer,
        low=low.value,
        high=high.value,
        form=form,
        unit=unit,
        factor=factor,
        bound=bound,
        step=max(low.step, high.step) if low is not high else high.step,
    )


def _unit(forms: Sequence[str], last: int, reader: _Reader) -> tuple[str, float, int]:
    """Currency or measure named right behind a number ("half an hour" too)."""
    word = forms[last + 1]
    if word in reader.data.one and last + 2 < len(forms) and forms[last] in reader.data.fractions:
        word = forms[last + 2]
        if word in reader.data.measures:
            unit, factor = reader.data.measures[word]
            return unit, factor, last + 2
    if len(word) > 1 and word in reader.data.currencies:
        return reader.data.currencies[word], 1.0, last + 1
    if word in reader.data.measures:
        unit, factor = reader.data.measures[word]
        return unit, factor, last + 1
    return "", 1.0, last
