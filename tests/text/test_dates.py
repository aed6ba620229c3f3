from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.text.agreement import agree
from retold.text.dates import dates
from retold.text.words import words


def read(text, language="en"):
    return dates(text, words(text), language)


def one(text, language="en"):
    (found,) = read(text, language)
    return found


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("September 12-17", {"month": 9, "day": 12, "day_end": 17}),
        ("October 1, 2023", {"year": 2023, "month": 10, "day": 1}),
        ("the 5th of June", {"month": 6, "day": 5}),
        ("Tuesday, October 3", {"weekday": 1, "month": 10, "day": 3}),
        ("01.10.2023", {"year": 2023, "month": 10, "day": 1}),
        ("2023-10-01", {"year": 2023, "month": 10, "day": 1}),
        ("5/6/2021", {"year": 2021, "month": None, "day": None}),
        ("in 2019", {"year": 2019}),
        ("last week", {"period": ("week", -1)}),
        ("yesterday", {"shift": -1}),
        ("15:30", {"hour": 15, "minute": 30}),
        ("3.30pm", {"hour": 15, "minute": 30}),
        ("3 p.m.", {"hour": 15}),
        ("Tuesday morning", {"weekday": 1, "exact": False}),
    ],
)
def test_what_is_read(text, known):
    found = one(text)
    assert {name: getattr(found, name) for name in known} == known


@pytest.mark.parametrize("text", ["he may go", "2019 people", "they march on", "1,500", "£2000"])
def test_what_is_no_date(text):
    assert read(text) == ()


def test_other_languages():
    assert one("am 3. Oktober 2020", "de").month == 10
    assert one("3 октября", "ru").day == 3


@pytest.mark.parametrize(
    ("a", "b", "wanted"),
    [
        ("Monday", "Tuesday", "different"),
        ("October 1", "1 October", "same"),
        ("October 1", "October 2", "different"),
        ("October 1, 2023", "October 1", "open"),
        ("October 2023", "October 1", "open"),
        ("3pm", "15:00", "same"),
        ("3pm", "4pm", "different"),
        ("3pm", "this morning", "different"),
        ("2019", "2020", "different"),
        ("last week", "last month", "open"),
        ("yesterday", "Tuesday", "open"),
    ],
)
def test_agreement_without_a_day_of_writing(a, b, wanted):
    result = agree(one(a), one(b))
    assert result == wanted or {result, wanted} == {"same", "open"}


def test_the_day_of_writing_is_used_where_it_is_known():
    wednesday = date(2023, 10, 4)
    assert agree(one("yesterday"), one("October 3"), wednesday, wednesday) == "same"
    assert agree(one("yesterday"), one("October 1"), wednesday, wednesday) == "different"
    assert agree(one("today"), one("yesterday"), date(2023, 10, 3), wednesday) == "same"


def test_a_bare_weekday_may_lie_ahead():
    monday = date(2023, 10, 2)
    assert agree(one("Friday"), one("October 6"), monday, monday) == "open"


def test_a_weekday_that_the_calendar_refutes():
    assert agree(one("Monday"), one("October 3, 2023")) == "different"


def test_impossible_days_do_not_raise():
    assert agree(one("31 February 2023"), one("Monday")) in ("open", "same", "different")


@given(st.text(alphabet="0123456789 .:/-–MayOctober,pmhTusd", max_size=60))
def test_spans_lie_in_the_text_and_in_order(text):
    last = 0
    for found in read(text):
        assert last <= found.start < found.end <= len(text)
        last = found.end
