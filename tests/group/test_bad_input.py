"""What comes in broken: sound, and in time."""

from __future__ import annotations

import msgspec
import pytest

from retold.group import group
from retold.group.grouper import Grouper
from tests.group.texts import FERRY, ORCHARD, report


def stories(reports, **how):
    found = {}
    for one in group(reports, **how):
        found.setdefault(one.story, set()).add(one.report)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "?!",
        "7",
        "и",
        "東京",
        "\ud800",
        "\x00",
        "a" * 50_000,
        "« " * 20_000,
        '"' * 9_999,
    ],
    ids=[
        "empty",
        "blank",
        "marks",
        "digit",
        "letter",
        "han",
        "surrogate",
        "nul",
        "long",
        "open",
        "quotes",
    ],
)
def test_texts_that_are_hardly_texts(text):
    found = stories([report("odd", text, title=""), *FERRY])
    assert sum(map(len, found.values())) == 4


@pytest.mark.parametrize(
    "published",
    [None, "", "soon", "0001-01-01", "9999-12-31T23:59:59+14:00", "2031-03-04T99:00", "1970-01-01"],
)
def test_dates_that_are_none(published):
    odd = [msgspec.structs.replace(one, id=f"odd-{one.id}", published=published) for one in FERRY]
    found = stories([*FERRY, *odd, *ORCHARD])
    assert sum(map(len, found.values())) == 8
    whole = next(some for some in found.values() if "ferry-post" in some)
    assert {"ferry-wire", "ferry-herald"} <= whole


def test_a_date_in_the_future_does_not_carry_the_stream_away():
    from datetime import date

    grouper = Grouper()
    today = date(2031, 3, 4).toordinal()
    grouper.add(FERRY[0], today)
    grouper.add(msgspec.structs.replace(FERRY[1], published="2099-01-01"), today)
    grouper.add(FERRY[2], today + 1)
    grouper.settle()
    (story,) = grouper.stories()
    assert len(story.reports) == 3


def test_a_wrong_zone_parts_nothing():
    zoned = [
        msgspec.structs.replace(FERRY[0], published="2031-03-04T23:30:00-11:00"),
        msgspec.structs.replace(FERRY[1], published="2031-03-04T00:30:00+13:00"),
        msgspec.structs.replace(FERRY[2], published="2031-03-04T12:00:00"),
    ]
    assert len(stories(zoned)) == 1


def test_a_late_report_finds_its_story():
    grouper = Grouper()
    grouper.add(FERRY[0])
    grouper.add(ORCHARD[0])
    grouper.add(msgspec.structs.replace(ORCHARD[1], published="2031-03-06"))
    late = grouper.add(FERRY[1])
    grouper.settle()
    assert grouper.story(late.story).id == grouper.story(grouper.explain("ferry-wire").story).id
    assert "ferry-post" in grouper.story(late.story).reports


def test_two_languages_in_one_text():
    mixed = msgspec.structs.replace(
        FERRY[0],
        id="mixed",
        text=FERRY[0].text
        + "\n\nZwei Decksleute der Fähre wurden am Dienstag verurteilt, weil sie "
        "das Visier nicht verriegelt hatten. Die Reederei wurde freigesprochen.",
    )
    found = stories([mixed, *FERRY[1:], *ORCHARD])
    assert len(found) == 2


def test_many_identical_reports_are_one_story_and_one_telling():
    many = [
        msgspec.structs.replace(FERRY[0], id=f"copy-{number}", outlet=f"Paper {number}")
        for number in range(1_000)
    ]
    grouper = Grouper()
    for one in many:
        grouper.add(one)
    grouper.settle()
    (story,) = grouper.stories()
    assert (len(story.reports), story.outlets, story.tellings) == (1_000, 1_000, 1)


def test_a_large_story_of_different_tellings():
    sentences = [
        *FERRY[0].text.split(". "),
        *FERRY[1].text.split(". "),
        *FERRY[2].text.split(". "),
    ]
    many = [
        report(
            f"t{number}",
            f"{sentences[0]}. {sentences[1]}. "
            + ". ".join(sentences[(number + 3 * step) % len(sentences)] for step in range(8)),
            title=FERRY[number % 3].title,
            published="2031-03-04",
        )
        for number in range(84)
    ]
    found = stories([*many, *ORCHARD])
    assert max(map(len, found.values())) >= 80
    assert any(some == {"orchard-gazette", "orchard-radio"} for some in found.values())


def test_no_report_at_all():
    assert list(group([])) == []
    assert Grouper().settle() == []
    assert Grouper().stories() == []
