"""Numbers as they are written: digits, words, money, percentages, ranges, approximations.

`numbers` reads a run of words into values that can be compared however they are spelled:
"£1.66m", "1,660,000 pounds" and "one million six hundred and sixty thousand" are one value;
"nearly 50", "up to 50" and "50 or more" are 50 with different bounds; "10–12" and "between 10
and 12" are one range. What a language brings is in `retold.language.numbers`.

Linear: every word is looked at a bounded number of times.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec import Struct

from retold.model import Word
from retold.text.numerals import Bound, Form, Numeral, Reader, numeral, reader, western

__all__ = ["Bound", "Form", "Number", "numbers"]


class Number(Struct, frozen=True, gc=False):
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
_DASHES = frozenset("-–—‑−")


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
        language: ISO 639-1 code; None reads digits (of every script) and numerals in Chinese
            characters only.
        taken: indices of words that belong to a date.
    """
    table = reader(language)
    forms = [western(word.form) for word in words]
    pieces: list[Numeral] = []
    index = 0
    while index < len(forms):
        form = forms[index]
        piece = None
        if index not in taken and (form[0].isdigit() or form in table.starts):
            piece = numeral(text, words, forms, index, table, taken)
        if piece is None:
            index += 1
            continue
        pieces.append(piece)
        index = piece.last + 1
    return _joined(text, words, forms, pieces, table)


def _joined(
    text: str,
    words: Sequence[Word],
    forms: Sequence[str],
    pieces: Sequence[Numeral],
    table: Reader,
) -> tuple[Number, ...]:
    """Pieces with their units, ranges and bounds."""
    found: list[Number] = []
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        low = high = piece
        if index + 1 < len(pieces) and _is_range(
            text, words, forms, piece, pieces[index + 1], table
        ):
            high = pieces[index + 1]
            index += 1
        index += 1
        found.append(_number(text, words, forms, low, high, table))
    return tuple(found)


def _is_range(
    text: str,
    words: Sequence[Word],
    forms: Sequence[str],
    low: Numeral,
    high: Numeral,
    table: Reader,
) -> bool:
    if low.form != "cardinal" or high.form != "cardinal":
        return False
    data = table.data
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


def _magnitude(piece: Numeral) -> float:
    for scale in (1e12, 1e9, 1e6, 1e3):
        if piece.value >= scale:
            return scale
    return 1.0


def _number(
    text: str,
    words: Sequence[Word],
    forms: Sequence[str],
    low: Numeral,
    high: Numeral,
    table: Reader,
) -> Number:
    data = table.data
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
        share = table.percent.at(forms, last + 1)
        if share is not None:
            unit, last = "%", last + share[0]
            end = words[last].end
        elif low.form != "ordinal":
            unit, factor, last = _unit(forms, last, table)
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
        before = table.before.at(forms, at)
        if before is not None:
            bound = before[1]
            outer = words[at - before[0] + 1].start
    if not bound and last + 1 < len(forms):
        after = table.after.at(forms, last + 1)
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


def _unit(forms: Sequence[str], last: int, table: Reader) -> tuple[str, float, int]:
    """Currency or measure named right behind a number ("half an hour" too)."""
    word = forms[last + 1]
    named = table.units.at(forms, last + 1)
    if named is not None and named[0] > 1:
        return *named[1], last + named[0]
    if word in table.data.one and last + 2 < len(forms) and forms[last] in table.data.fractions:
        word = forms[last + 2]
        if word in table.data.measures:
            unit, factor = table.data.measures[word]
            return unit, factor, last + 2
    if (len(word) > 1 or not word.isascii()) and word in table.data.currencies:
        return table.data.currencies[word], 1.0, last + 1
    if word in table.data.measures:
        unit, factor = table.data.measures[word]
        return unit, factor, last + 1
    return "", 1.0, last
