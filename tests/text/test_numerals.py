"""Numerals of other scripts: each is read as the number that it was written from."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.collate.changes import changes
from retold.language import available, table
from retold.language.numbers import Numbers
from retold.model import Collation, Passage, Report
from retold.segment import segment
from retold.settings import DEFAULTS
from retold.text.numbers import numbers
from retold.text.words import fold, words

DIGITS = "〇一二三四五六七八九"


def read(text, language):
    return numbers(text, words(text), language)


def group(number, *, zeros, ones):
    """Four digits in characters; Chinese says its zeros and ones."""
    out, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            out += "零" * (gap and zeros and bool(out))
            out += ("" if digit == 1 and unit > 1 and not ones else DIGITS[digit]) + name
            gap = False
        else:
            gap = True
    return out


def in_characters(number, scales, *, zeros, ones):
    parts = []
    power = 0
    rest = number
    while rest:
        parts.append((rest % 10_000, power))
        rest //= 10_000
        power += 1
    out = ""
    for index, (value, at) in enumerate(reversed(parts)):
        if value:
            lower = zeros and index and (value < 1000 or out.endswith("零"))
            if lower and not out.endswith("零"):
                out += "零"
            # Before a scale Japanese writes the one too: 一万, 一千万.
            out += group(value, zeros=zeros, ones=ones or at > 0) + scales[at]
        elif zeros and out and not out.endswith("零") and any(v for v, a in parts if a < at):
            out += "零"
    return out


@given(st.integers(1, 2**53))
def test_chinese_numerals_come_back(number):
    for scales in (("", "万", "亿", "兆"), ("", "萬", "億", "兆")):
        text = f"共{in_characters(number, scales, zeros=True, ones=True)}人"
        (found,) = read(text, "zh")
        assert found.low == found.high == number
        assert text[found.start : found.end] == text[1:-1]


@given(st.integers(1, 2**53))
def test_japanese_numerals_come_back(number):
    text = f"計{in_characters(number, ('', '万', '億', '兆'), zeros=False, ones=False)}人"
    (found,) = read(text, "ja")
    assert found.low == number


@given(st.integers(100, 10**6))
def test_characters_in_a_row_are_places(number):
    text = "".join(DIGITS[int(digit)] for digit in str(number))
    (found,) = read(f"{text}年", "zh")
    assert found.low == number


@given(
    st.integers(0, 10**9), st.sampled_from("٠۰०๐０০௦"), st.sampled_from(["ar", "fa", "hi", None])
)
def test_digits_of_every_script_come_back(number, zero, language):
    text = "".join(chr(ord(zero) + int(digit)) for digit in str(number))
    (found,) = read(text, language)
    assert found.low == number


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_korean_scales_between_digits(high, low):
    (found,) = read(f"{high}억{low}만명", "ko")
    assert found.low == high * 10**8 + low * 10**4


@pytest.mark.parametrize(
    ("text", "language", "value", "form", "unit"),
    [
        ("1万2000人", "ja", 12_000, "cardinal", ""),
        ("三分之一", "zh", 1 / 3, "fraction", ""),
        ("百分之三十五", "zh", 35, "cardinal", "%"),
        ("百分之3.5", "zh", 3.5, "cardinal", "%"),
        ("3割", "ja", 30, "cardinal", "%"),
        ("三百五", "zh", 350, "cardinal", ""),
        ("一万二", "zh", 12_000, "cardinal", ""),
        ("三点五亿", "zh", 350_000_000, "cardinal", ""),
        ("一〇〇亿", "zh", 10**10, "cardinal", ""),
        ("壹仟贰佰", "zh", 1200, "cardinal", ""),
        ("第三次", "zh", 3, "ordinal", ""),
        ("3.5亿美元", "zh", 350_000_000, "cardinal", "USD"),
        ("千円", "ja", 1000, "cardinal", "JPY"),
        ("۱۲٬۳۴۵", "fa", 12_345, "cardinal", ""),
        ("٣٫٥ مليون", "ar", 3_500_000, "cardinal", ""),
        ("१२,३४,५६७", "hi", 1_234_567, "cardinal", ""),
        ("5 लाख", "hi", 500_000, "cardinal", ""),
        ("12,34,567", "en", 1_234_567, "cardinal", ""),
        ("5000만원", "ko", 50_000_000, "cardinal", "KRW"),
        ("30퍼센트", "ko", 30, "cardinal", "%"),
        ("двадцять три", "uk", 23, "cardinal", ""),
        ("1.234 euros", "es", 1234, "cardinal", "EUR"),
        ("tweeëntwintig", "nl", 22, "cardinal", ""),
        ("dwadzieścia pięć", "pl", 25, "cardinal", ""),
    ],
)
def test_value_form_and_unit(text, language, value, form, unit):
    (found,) = read(text, language)
    assert found.low == pytest.approx(value)
    assert (found.form, found.unit) == (form, unit)


@pytest.mark.parametrize(
    "text",
    ["一些人一直在", "万一", "数十人", "七八个人", "千万不要", "三明治", "九", "一" + "〇" * 500],
)
def test_characters_that_are_no_number(text):
    assert read(text, "zh") == ()


@given(
    st.text(alphabet="〇一二三九十百千万亿点分之第数年人1290.,", max_size=60),
    st.sampled_from(["zh", "ja", None]),
)
def test_any_run_of_such_characters_is_read_without_harm(text, language):
    found = read(text, language)
    assert all(text[one.start : one.end] for one in found)
    assert all(a.last < b.first for a, b in pairwise(found))


@pytest.mark.parametrize("code", available())
def test_forms_of_numbers_are_folded(code):
    data = table(Numbers, code)
    forms = [*data.small, *data.scales, *data.suffixes, *data.currencies, *data.measures]
    assert [form for form in forms if fold(form) != form] == []


def changed(a, b, language):
    reports = [Report(id=name, text=text, language=language) for name, text in (("a", a), ("b", b))]
    segmented = [segment(report) for report in reports]
    readings = {one.report.id: tuple(range(len(one.sentences))) for one in segmented}
    collation = Collation((Passage("P1", readings, "a", (), 1.0, ()),), {"a": (), "b": ()})
    found = changes(collation, segmented, (), (), DEFAULTS).passages[0].changes
    return [change.kind for change in found]


def test_a_number_in_characters_is_the_one_in_digits():
    assert "number" not in changed("港口有三百五十人受伤。", "港口有350人受伤。", "zh")
    assert "number" in changed("港口有三百五十人受伤。", "港口有450人受伤。", "zh")
