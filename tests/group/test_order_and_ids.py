"""Properties: order within a day, batch and stream, ids, decisions of people."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retold.group import Constraints, group
from retold.group.grouper import Grouper
from retold.model import Report

_NAMES = [
    "Kvalheim",
    "Brekke",
    "Dettweiler",
    "Branner",
    "Ostby",
    "Halversund",
    "Vellin",
    "Oberau",
    "Lanke",
    "Sigrid",
]
_WORDS = [
    "ferry",
    "visor",
    "deckhand",
    "verdict",
    "orchard",
    "canker",
    "inspectorate",
    "florin",
    "harbour",
    "swell",
    "apple",
    "grower",
    "indicator",
    "lamp",
    "union",
    "scapegoat",
    "appeal",
    "court",
    "judge",
    "crowns",
    "valley",
    "chainsaw",
    "league",
    "insult",
]

_sentence = st.builds(
    lambda names, words, number: (
        f"{names[0]} of {names[1]} said the {words[0]} and the {words[1]} of the {words[2]} cost "
        f"{number} crowns, while {words[3]} waited."
    ),
    st.lists(st.sampled_from(_NAMES), min_size=2, max_size=2),
    st.lists(st.sampled_from(_WORDS), min_size=4, max_size=4),
    st.integers(1, 9_999),
)


@st.composite
def batches(draw):
    """Up to fourteen reports of three days; some share sentences, some have no date or title."""
    sentences = draw(st.lists(_sentence, min_size=4, max_size=10))
    reports = []
    for number in range(draw(st.integers(2, 14))):
        chosen = draw(st.lists(st.sampled_from(sentences), min_size=1, max_size=5))
        day = draw(st.sampled_from(["2031-03-03", "2031-03-04", "2031-03-05"]))
        title = draw(st.sampled_from([None, "", "Morning briefing", chosen[0][:40]]))
        reports.append(
            Report(
                id=f"r{number}",
                text=" ".join(chosen),
                title=title,
                outlet=draw(st.sampled_from([None, "Post", "Herald", "Herald - World"])),
                published=day,
                language="en",
            )
        )
    return reports


_FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def streamed(reports, grouper=None, settle_after=()):
    """Report -> story, after the last day is decided; days in order, reports as given."""
    grouper = Grouper() if grouper is None else grouper
    found = {}
    for number, one in enumerate(sorted(reports, key=lambda one: one.published)):
        found[one.id] = grouper.add(one).story
        if number in settle_after:
            found.update({moved.report: moved.story for moved in grouper.settle()})
    grouper.settle()
    return {name: story.id for story in grouper.stories() for name in story.reports}


@_FEW
@given(batches(), st.randoms(use_true_random=False), st.sets(st.integers(0, 13)))
def test_any_order_within_a_day_gives_the_same_stories(reports, chance, settle_after):
    other = list(reports)
    chance.shuffle(other)
    expected = streamed(reports)
    assert streamed(other, settle_after=settle_after) == expected
    assert {one.report: one.story for one in group(other)} == expected


@_FEW
@given(batches(), st.randoms(use_true_random=False))
def test_a_batch_is_the_same_in_any_order_reasons_included(reports, chance):
    other = list(reports)
    chance.shuffle(other)
    assert list(group(reports)) == list(group(other))


@_FEW
@given(batches())
def test_to_decide_twice_changes_nothing(reports):
    grouper = Grouper()
    for one in sorted(reports, key=lambda one: one.published):
        grouper.add(one)
    grouper.settle()
    before = grouper.stories()
    assert grouper.settle() == []
    assert grouper.stories() == before


@_FEW
@given(batches())
def test_every_report_has_a_story_and_every_id_leads_to_one(reports):
    grouper = Grouper()
    given_ids = set()
    for one in sorted(reports, key=lambda one: one.published):
        given_ids.add(grouper.add(one).story)
        given_ids.update(moved.story for moved in grouper.settle())
    stories = {story.id: story for story in grouper.stories()}
    members = [name for story in stories.values() for name in story.reports]
    assert sorted(members) == sorted(one.id for one in reports)
    for old in given_ids:
        assert grouper.story(old).id in stories
    for story in stories.values():
        assert 1 <= story.tellings <= len(story.reports)
        assert story.outlets <= len(story.reports)


def test_two_round_ups_told_apart_do_not_meet_in_the_story_of_a_third():
    text = "Kvalheim said the ferry to Marl would cost nine crowns while the harbour waited."
    reports = [
        Report(id=name, text=text, title=title, published="2031-03-03", language="en")
        for name, title in (("a", "Morning briefing"), ("b", None), ("c", "Morning briefing"))
    ]
    found = streamed(reports, Grouper(Constraints(apart=(("a", "c"),))))
    assert found["a"] != found["c"]


@_FEW
@given(batches(), st.data())
def test_what_people_decided_holds(reports, data):
    ids = [one.id for one in reports]
    a, b = data.draw(st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True))
    apart = Constraints(apart=((a, b),))
    found = streamed(reports, Grouper(apart))
    assert found[a] != found[b]
    together = Constraints(together=((a, b),))
    found = streamed(reports, Grouper(together))
    assert found[a] == found[b]
    pins = {a: "mine", b: "yours"}
    found = streamed(reports, Grouper(Constraints(pinned=pins)))
    assert (found[a], found[b]) == ("mine", "yours")


@_FEW
@given(batches())
def test_stories_of_days_that_are_closed_keep_their_ids(reports):
    """A story whose days are over is never renamed by what comes later."""
    grouper = Grouper(window=30)
    known: dict[str, str] = {}
    ordered = sorted(reports, key=lambda one: one.published)
    for one, following in pairwise([*ordered, ordered[-1]]):
        grouper.add(one)
        if following.published != one.published:
            grouper.settle()
            frozen = {name for _, name in grouper.open_reports}
            for story in grouper.stories():
                for name in story.reports:
                    if name not in frozen:
                        before = known.setdefault(name, story.id)
                        assert grouper.story(before).id == story.id


@_FEW
@given(batches(), st.integers(0, 13))
def test_a_saved_grouper_goes_on_as_if_nothing_had_happened(reports, at):
    ordered = sorted(reports, key=lambda one: one.published)
    expected = streamed(ordered)
    grouper = Grouper()
    by_id = {one.id: one for one in ordered}
    for number, one in enumerate(ordered):
        grouper.add(one)
        if number == at:
            wanted = [by_id[name] for _, name in grouper.open_reports]
            grouper = Grouper.restore(grouper.save(), wanted)
    grouper.settle()
    found = {name: story.id for story in grouper.stories() for name in story.reports}
    assert found == expected
