import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.text.numbers import numbers
from retold.text.words import words


def read(text, language="en"):
    return numbers(text, words(text), language)


@pytest.mark.parametrize(
    ("text", "language", "value", "unit"),
    [
        ("£1.66m", "en", 1_660_000, "GBP"),
        ("£1.6million", "en", 1_600_000, "GBP"),
        ("1,660,000 pounds", "en", 1_660_000, "GBP"),
        ("one million six hundred and sixty thousand", "en", 1_660_000, ""),
        ("US$5bn", "en", 5e9, "USD"),
        ("10 000 tents", "en", 10_000, ""),
        ("two hundred and five", "en", 205, ""),
        ("twenty-three", "en", 23, ""),
        ("a dozen eggs", "en", 12, ""),
        ("two dozen", "en", 24, ""),
        ("two and a half", "en", 2.5, ""),
        ("three quarters of them", "en", 0.75, ""),
        ("a third of them", "en", 1 / 3, ""),
        ("5 per cent", "en", 5, "%"),
        ("5.5%", "en", 5.5, "%"),
        ("5km away", "en", 5, "length"),
        ("20 pence", "en", 20, "GBP"),
        ("1.234,5", "en", 1234.5, ""),
        ("1.234,5 Euro", "de", 1234.5, "EUR"),
        ("1,2 Millionen", "de", 1_200_000, ""),
        ("zweiundzwanzig", "de", 22, ""),
        ("3,5 млн рублей", "ru", 3_500_000, "RUB"),
        ("двенадцать", "ru", 12, ""),
        ("12", None, 12, ""),
    ],
)
def test_value_and_unit(text, language, value, unit):
    (found,) = read(text, language)
    assert found.low == pytest.approx(value)
    assert found.high == found.low
    assert found.unit == unit


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("up to £80,000", "most"),
        ("at least 12", "least"),
        ("nearly 50", "about"),
        ("more than 200", "more"),
        ("fewer than 9", "less"),
        ("50 or more", "least"),
        ("50", ""),
    ],
)
def test_bounds(text, bound):
    (found,) = read(text)
    assert found.bound == bound
    assert text[found.outer : found.end].startswith(text.split()[0])


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("10–12 men", 10, 12),
        ("between 10 and 12", 10, 12),
        ("10 to 12", 10, 12),
        ("$1.5-2 million", 1.5e6, 2e6),
    ],
)
def test_ranges(text, low, high):
    (found,) = read(text)
    assert (found.low, found.high) == (low, high)


def test_from_to_is_a_movement_and_a_score_is_no_range():
    assert [one.low for one in read("rose from 5 to 10")] == [5, 10]
    assert [one.low for one in read("won 3-2")] == [3, 2]


@pytest.mark.parametrize("text", ["no one came", "COVID-19", "an F-16", "one another", "mp3"])
def test_what_is_no_number(text):
    assert read(text) == ()


def test_ordinal_fraction_and_frequency_are_told_apart():
    assert [one.form for one in read("the third man ate a third twice")] == [
        "ordinal",
        "fraction",
        "frequency",
    ]


def test_step_tells_how_exact_a_number_is():
    (found,) = read("1.6 million")
    assert found.step == pytest.approx(100_000)


@given(st.integers(0, 999_999))
def test_digits_in_any_grouping_are_one_value(value):
    plain, grouped, spaced = str(value), f"{value:,}", f"{value:,}".replace(",", "\u00a0")
    assert {read(form)[0].low for form in (plain, grouped, spaced)} == {value}


@given(st.text(alphabet="1a ,.-–%£km onetwhudrd", max_size=60))
def test_spans_lie_in_the_text_and_in_order(text):
    last = 0
    for found in read(text):
        assert 0 <= found.outer <= found.start < found.end <= len(text)
        assert found.end > last
        last = found.end
