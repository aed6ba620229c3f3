"""Reports find the story they derive from."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from retold.group.copies.pairing import Sources

from .test_streaming import edited, invented


def test_a_rewritten_report_finds_its_story_among_those_of_the_same_case() -> None:
    rng = random.Random(1)
    case = invented(rng, 40, 60)
    stories = [case + invented(rng, 200, 3000) for _ in range(50)]
    sources = Sources(stories)
    for number, story in enumerate(stories):
        report = edited(rng, story, 0.4)
        best = sources.pair(report)[0]
        assert best.source == number
        assert best.score == best.cosine + best.pairs + best.triples
        assert best in sources.derived(report)


def test_of_a_wire_sent_again_the_one_that_was_there_is_the_source() -> None:
    rng = random.Random(3)
    monday = invented(rng, 120, 3000)
    tuesday = monday + invented(rng, 60, 3000)
    report = edited(rng, tuesday, 0.2)
    sources = Sources([monday, tuesday, invented(rng, 120, 3000)], [100.0, 200.0, None])
    assert sources.pair(report)[0].source == 1
    assert [one.source for one in sources.derived(report, written=150.0)] == [0]
    assert sources.pair(report, written=200.0)[0].source == 1
    undated = Sources([monday, tuesday])
    assert undated.pair(report, written=150.0)[0].source == 1


def test_a_report_of_another_story_derives_from_none() -> None:
    rng = random.Random(2)
    sources = Sources([invented(rng, 200, 3000) for _ in range(20)])
    assert sources.derived(invented(rng, 100, 3000)) == []


def test_nothing_is_paired_with_nothing() -> None:
    assert Sources([]).pair(["a"]) == []
    assert Sources([["a", "b"], ["c"]]).pair([]) == []
    assert Sources([["a", "b"], []]).pair(["x"]) == []


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=12), max_size=8))
def test_a_source_itself_is_wholly_contained(stories: list[list[str]]) -> None:
    sources = Sources(stories)
    for number, story in enumerate(stories):
        found = {one.source: one for one in sources.pair(story, len(stories))}
        assert found[number].pairs == 1.0
        assert all(0 <= one.triples <= 1 and 0 <= one.cosine < 1.0001 for one in found.values())
