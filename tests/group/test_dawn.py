"""What was decided when a day began stands where nothing touches it, and only there."""

from __future__ import annotations

import random

import msgspec
import pytest

from retold.group import Constraints, deciding, group
from retold.group.constraints import NONE, People
from retold.group.dawn import untouched
from retold.group.grouper import Grouper
from retold.group.groups import Group

from .test_order_and_ids import streamed
from .texts import FERRY, ORCHARD, quake

_NOBODY = People(NONE, {}, {})


def dawn():
    """Two groups of the day before, the first with a report of an older day; row 9 is new."""
    return [Group([5, 6], ["ferry"], inner=3.0), Group([7, 8], ["orchard"], inner=2.0)]


FROZEN = [Group([1], ["ferry"], parts=[[1]]), Group([2, 3], ["quake"], parts=[[2, 3]])]


def test_what_nothing_is_near_to_stands_with_its_older_reports():
    standing, others = untouched(dawn(), FROZEN, [(4.0, 6, 5), (4.0, 6, 1), (-1.0, 9, 8)], _NOBODY)
    assert [(one.rows, one.stories, one.inner) for one in standing] == [
        ([1, 5, 6], ["ferry"], 3.0),
        ([7, 8], [], 2.0),
    ]
    assert others == FROZEN[1:]


@pytest.mark.parametrize("pair", [(9, 8), (8, 4)])
def test_what_something_new_is_near_to_is_decided_anew(pair):
    """Also where it comes late, and is of the day before."""
    standing, others = untouched(dawn(), FROZEN, [(0.5, *pair)], _NOBODY)
    assert [one.rows for one in standing] == [[1, 5, 6]]
    assert others == FROZEN[1:]


def test_to_be_near_to_an_older_report_touches_nothing_else():
    standing, _ = untouched(dawn(), FROZEN, [(5.0, 9, 1), (5.0, 9, 2)], _NOBODY)
    assert [one.rows for one in standing] == [[1, 5, 6], [7, 8]]


def test_what_people_spoke_of_is_decided_anew():
    people = People(Constraints(apart=(("a", "b"),)), {"a": 7, "b": 9}, {})
    standing, _ = untouched(dawn(), FROZEN, [], people)
    assert [one.rows for one in standing] == [[1, 5, 6]]
    pinned = [changed(FROZEN[0], pin="mine"), FROZEN[1]]
    standing, others = untouched(dawn(), pinned, [], _NOBODY)
    assert [one.rows for one in standing] == [[7, 8]]
    assert others == pinned


def changed(group_, **fields):
    return Group(
        group_.rows, group_.stories, **{"pin": group_.pin, "parts": group_.parts, **fields}
    )


def on(day, reports):
    return [msgspec.structs.replace(one, published=f"2031-03-{day:02d}") for one in reports]


@pytest.fixture
def clustered(monkeypatch):
    """The groups that each decision begins with."""
    seen = []
    cluster = deciding.cluster

    def watched(groups, *rest):
        seen.append([len(one.rows) for one in groups])
        return cluster(groups, *rest)

    monkeypatch.setattr(deciding, "cluster", watched)
    return seen


def test_a_story_is_found_once_and_again_when_more_of_it_comes(clustered):
    first = [*on(4, FERRY[:2]), *on(4, ORCHARD)]
    grouper = Grouper()
    grouper.add_all(first)
    grouper.settle()
    grouper.add_all(on(5, [quake(1), quake(2)]))
    grouper.settle()
    assert clustered == [[1, 1, 1, 1], [2, 2, 1, 1]]
    clustered.clear()
    grouper = Grouper()
    grouper.add_all([*first, *on(5, FERRY[2:])])
    grouper.settle()
    # The orchard stands; the ferry is three reports again.
    assert sorted(clustered[-1]) == [1, 1, 1, 2]


def test_it_stands_for_who_was_saved_and_restored(clustered):
    first, later = [*on(4, FERRY[:2]), *on(4, ORCHARD)], on(5, [quake(1), quake(2)])
    whole = Grouper()
    whole.add_all([*first, *later[:1]])
    restored = Grouper.restore(
        whole.save(), [one for one in (*first, *later) if one.id != later[1].id]
    )
    assert clustered[-1] == [2, 2, 1]
    for grouper in (whole, restored):
        grouper.add_all(later[1:])
        grouper.settle()
    assert whole.stories() == restored.stories()


_NAMES = ["Kvalheim", "Brekke", "Dettweiler", "Branner", "Ostby", "Halversund", "Vellin", "Oberau"]
_WORDS = [
    "ferry",
    "visor",
    "deckhand",
    "verdict",
    "orchard",
    "canker",
    "florin",
    "harbour",
    "swell",
    "apple",
]


def woven(seed):
    """Fourteen reports of three days that share sentences, so that stories meet now and then."""
    chance = random.Random(seed)

    def sentence():
        some, others = chance.sample(_NAMES, 2), chance.sample(_WORDS, 4)
        return (
            f"{some[0]} of {some[1]} said the {others[0]} and the {others[1]} of the {others[2]} "
            f"cost {chance.randint(1, 9_999)} crowns, while {others[3]} waited."
        )

    sentences = [sentence() for _ in range(6)]
    return [
        msgspec.structs.replace(
            FERRY[0],
            id=f"r{number}",
            title=None,
            text=" ".join(chance.choices(sentences, k=chance.randint(1, 4))),
            published=f"2031-03-{3 + chance.randrange(3):02d}",
        )
        for number in range(14)
    ]


# Stories of a closed day that a part of a later day makes one, and the whole of it does not; and
# such as become one when some of their reports were told already.
@pytest.mark.parametrize("seed", [6, 8, 20, 34, 64, 79])
def test_a_day_looked_at_in_between_ends_the_same_and_so_does_a_batch(seed):
    reports = woven(seed)
    expected = streamed(reports)
    assert streamed(reports, settle_after=range(len(reports))) == expected
    assert {one.report: one.story for one in group(reports)} == expected
