"""What a reader would check: who is with whom, and what the numbers of a story say."""

from __future__ import annotations

import msgspec
import pytest

from retold.errors import UsageError
from retold.group import Constraints, group
from retold.group.grouper import Grouper
from tests.group.texts import (
    FERRY,
    GERMAN,
    ORCHARD,
    OTHER_DAM,
    ROUND_UP,
    RUSSIAN,
    RUSSIAN_IN_ENGLISH,
    SPANISH,
    SPANISH_IN_ENGLISH,
    earnings,
    quake,
    report,
)


def stories(reports, **how):
    """Sets of ids that are together."""
    found = {}
    for one in group(reports, **how):
        found.setdefault(one.story, set()).add(one.report)
    return sorted(map(sorted, found.values()))


def placed(reports, **how):
    return {one.report: one for one in group(reports, **how)}


def test_two_stories_are_two():
    assert stories([*FERRY, *ORCHARD]) == [
        ["ferry-herald", "ferry-post", "ferry-wire"],
        ["orchard-gazette", "orchard-radio"],
    ]


def test_reasons_name_what_is_shared_and_point_at_it():
    found = placed([*FERRY, *ORCHARD])["ferry-wire"]
    text = FERRY[1].text
    names = next(one for one in found.because if one.kind == "name")
    assert {text[p.span[0] : p.span[1]] for p in names.spans} & {"Dronning", "Sigrid", "Kvalheim"}
    assert any("9,400" in one.note or "212" in one.note for one in found.because)
    assert any(one.kind == "date" for one in found.because)
    for one in found.because:
        assert 0.0 <= one.weight <= 1.0
        for place in one.spans:
            assert text[place.span[0] : place.span[1]] in one.note


def test_a_report_that_starts_a_story_says_why():
    alone = placed([FERRY[0], ORCHARD[0]])["orchard-gazette"]
    assert len(alone.because) == 1
    assert alone.because[0].weight == 0.0


@pytest.mark.parametrize("mould", [quake, earnings])
def test_bulletins_out_of_one_mould_are_not_one_story(mould):
    reports = [mould(number) for number in range(5)]
    assert len(stories(reports)) == 5


def test_a_weather_bulletin_of_another_day_is_another_story():
    text = (
        "Weather for the Lanke coast: wind from the {} at {} metres a second, gusts of {}. High of "
        "{} degrees in Ostby and {} in Halversund, rain of {} millimetres. Boats of less than {} "
        "metres should stay in harbour until the wind has gone down, the Coast Office advises."
    )
    monday = report("mon", text.format("north", 14, 22, 6, 4, 11, 9), published="2031-03-03")
    tuesday = report("tue", text.format("west", 19, 31, 8, 7, 25, 12), published="2031-03-04")
    assert len(stories([monday, tuesday])) == 2


def test_copies_are_folded_and_counted():
    wire = FERRY[1]
    picked_up = msgspec.structs.replace(
        wire, id="ferry-copy", outlet="Lanke Daily", text=f"(Nordwire) {wire.text} More soon."
    )
    edition = msgspec.structs.replace(FERRY[0], id="ferry-later", outlet="Halversund Post - Coast")
    grouper = Grouper()
    for one in [*FERRY, picked_up, edition]:
        grouper.add(one)
    grouper.settle()
    (story,) = grouper.stories()
    assert len(story.reports) == 5
    assert story.outlets == 4
    assert story.tellings == 3
    assert {grouper.explain(name).copy_of for name in ("ferry-copy", "ferry-wire")} != {None}


def test_a_digest_joins_nothing_and_is_marked():
    reports = [*FERRY, *ORCHARD, ROUND_UP]
    found = placed(reports)
    assert found["digest"].round_up
    assert found["ferry-post"].story != found["orchard-radio"].story
    assert found["ferry-post"].story == found["ferry-herald"].story
    assert not any(one.round_up for name, one in found.items() if name != "digest")


@pytest.mark.parametrize(
    ("one", "other", "not_it"),
    [
        (GERMAN, FERRY[0], ORCHARD[0]),
        (RUSSIAN, RUSSIAN_IN_ENGLISH, OTHER_DAM),
        (SPANISH, SPANISH_IN_ENGLISH, RUSSIAN_IN_ENGLISH),
    ],
    ids=["German", "Russian", "Spanish"],
)
def test_a_story_in_two_languages(one, other, not_it):
    found = placed([one, other, not_it])
    assert found[one.id].story == found[other.id].story
    assert found[not_it.id].story != found[one.id].story
    assert any(why.kind == "name" for why in found[one.id].because)


def test_a_faint_link_across_languages_is_shown_as_probable():
    faint = msgspec.structs.replace(
        GERMAN,
        text="Fjordlinjen will nach dem Urteil von Halversund gegen die Decksleute der «Dronning "
        "Sigrid» zusätzliche Lampen in die Fähren einbauen, teilte die Reederei am Dienstag mit. "
        "Die Kosten seien noch offen, Fahrpreise sollen nicht steigen, hiess es weiter.",
        title="Mehr Lampen für Fähren",
    )
    found = placed([faint, FERRY[0]])
    if found[faint.id].story == found["ferry-post"].story:
        assert found[faint.id].probably


def test_two_reports_with_one_id_are_refused():
    grouper = Grouper()
    grouper.add(FERRY[0])
    with pytest.raises(UsageError):
        grouper.add(FERRY[0])


def test_decisions_of_people_hold():
    reports = [*FERRY, *ORCHARD]
    apart = Constraints(apart=(("ferry-post", "ferry-wire"),))
    found = placed(reports, constraints=apart)
    assert found["ferry-post"].story != found["ferry-wire"].story
    joined = Constraints(together=(("ferry-post", "orchard-radio"),))
    found = placed(reports, constraints=joined)
    assert found["ferry-post"].story == found["orchard-radio"].story
    pinned = Constraints(pinned={"ferry-wire": "of-my-own"})
    found = placed(reports, constraints=pinned)
    assert found["ferry-wire"].story == "of-my-own"


def test_a_pin_into_a_story_that_a_machine_began():
    before = placed([*FERRY, *ORCHARD])
    story = before["orchard-radio"].story
    pinned = Constraints(pinned={"ferry-herald": story})
    after = placed([*FERRY, *ORCHARD], constraints=pinned)
    assert after["ferry-herald"].story == story == after["orchard-radio"].story


def test_an_id_stays_when_the_story_grows_and_the_past_is_kept():
    grouper = Grouper()
    for one in FERRY[:2]:
        grouper.add(one)
    grouper.settle()
    (before,) = grouper.stories()
    grouper.add(FERRY[2])
    for day in range(6, 9):
        later = msgspec.structs.replace(
            FERRY[2], id=f"more-{day}", published=f"2031-03-{day:02d}", outlet=f"Paper {day}"
        )
        grouper.add(later)
        grouper.settle()
    (after,) = grouper.stories()
    assert after.id == before.id
    assert set(before.reports) < set(after.reports)
    assert len(after.reports) == 6


def test_old_ids_lead_somewhere():
    """A bridge arrives last: what was two stories is one, and both ids find it."""
    one, other = FERRY[0], FERRY[2]
    grouper = Grouper(Constraints(apart=()))
    first = grouper.add(one).story
    second = grouper.add(msgspec.structs.replace(other, published=one.published)).story
    grouper.add(FERRY[1])
    moved = grouper.settle()
    final = {name: story.id for story in grouper.stories() for name in story.reports}
    for report_id, began in ((one.id, first), (other.id, second)):
        assert grouper.story(began).id == final[report_id]
    for change in moved:
        assert change.moved_from is not None
        assert change.moved_from != change.story
