"""The index of copies against a slow, obvious twin, and on what could choke it."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.errors import UsageError
from retold.group.copies import Copies, Match
from retold.group.copies.shingles import LONG, fingerprint
from retold.group.copies.streaming import LEAST_CONTAINMENT, LEAST_SHARED


def shingles(forms: Sequence[str]) -> set[tuple[str, ...]]:
    width = min(5, len(forms))
    return {tuple(forms[i : i + width]) for i in range(len(forms) - width + 1)} if forms else set()


def obvious(reports: Sequence[Sequence[str]], new: Sequence[str]) -> dict[int, tuple[float, ...]]:
    """Which reports share text with a new one, by comparing it with every one."""
    found = {}
    mine = shingles(new)
    for number, forms in enumerate(reports):
        theirs = shingles(forms)
        both = len(mine & theirs)
        if list(forms) == list(new) and mine:
            found[number] = (1.0, 1.0, both)
        elif both and both >= min(LEAST_SHARED, len(mine), len(theirs)):
            containments = (both / len(mine), both / len(theirs))
            if max(containments) >= LEAST_CONTAINMENT:
                found[number] = (*containments, both)
    return found


def invented(rng: random.Random, size: int, vocabulary: int = 2000) -> list[str]:
    return [f"word{rng.randrange(vocabulary)}" for _ in range(size)]


def edited(rng: random.Random, forms: Sequence[str], share: float) -> list[str]:
    return [f"new{rng.randrange(2000)}" if rng.random() < share else form for form in forms]


texts = st.lists(
    st.lists(st.sampled_from("abcdef"), max_size=14).map(lambda t: [f"{x}{x}" for x in t]),
    max_size=14,
)


@given(texts)
def test_matches_are_those_of_comparing_every_pair(reports: list[list[str]]) -> None:
    index = Copies()
    for number, forms in enumerate(reports):
        got = {
            m.other: (m.containment_of_new, m.containment_of_other, m.shared)
            for m in index.add(number, forms)
        }
        assert got == obvious(reports[:number], forms)


@given(texts, st.data())
def test_after_forgetting_only_the_rest_is_matched(
    reports: list[list[str]], data: st.DataObject
) -> None:
    index = Copies()
    first = 0
    for number, forms in enumerate(reports):
        first = data.draw(st.integers(first, number))
        index.forget(first)
        got = {m.other for m in index.add(number, forms)}
        expected = obvious([[] if k < first else r for k, r in enumerate(reports[:number])], forms)
        assert got == set(expected)
    index.forget(len(reports))
    assert len(index) == 0


@given(texts, st.randoms(use_true_random=False))
def test_pairs_do_not_depend_on_the_order_of_arrival(
    reports: list[list[str]], rng: random.Random
) -> None:
    def pairs(order: list[int]) -> set[tuple[object, ...]]:
        index, found = Copies(), set()
        for number in order:
            for m in index.add(number, reports[number]):
                sides = sorted([(number, m.containment_of_new), (m.other, m.containment_of_other)])
                found.add((*sides, m.shared))
        return found

    order = list(range(len(reports)))
    shuffled = list(order)
    rng.shuffle(shuffled)
    assert pairs(order) == pairs(shuffled)


def test_the_sample_of_long_reports_estimates_their_containment() -> None:
    rng = random.Random(3)
    index = Copies()
    original = invented(rng, 2400)
    assert fingerprint(original).sampled
    index.add(0, original)
    lead = original[:1200] + invented(rng, 1200, 10**6)
    match = index.add(1, lead)[0]
    assert match.containment_of_new == pytest.approx(0.5, abs=0.08)
    assert match.containment_of_other == pytest.approx(0.5, abs=0.08)
    brief = index.add(2, original[300:420])[0]
    assert brief.other in (0, 1)
    assert brief.containment_of_new == 1.0
    assert brief.containment_of_other == pytest.approx(0.05, abs=0.03)


def test_copies_cut_edited_and_padded_are_found_among_other_reports() -> None:
    rng = random.Random(5)
    index = Copies()
    wires = [invented(rng, 450, 10**5) for _ in range(60)]
    for number, wire in enumerate(wires):
        assert index.add(number, wire) == []
    for number, wire in enumerate(wires):
        lead = edited(rng, wire[:200], 0.05) + invented(rng, 200, 10**5)
        matches = index.add(100 + number, lead)
        assert [m.other for m in matches] == [number]


def test_thousands_of_identical_reports_and_their_near_copies() -> None:
    rng = random.Random(7)
    index = Copies(limit=8)
    wire = invented(rng, 120, 10**5)
    for number in range(2000):
        matches = index.add(number, wire)
        assert len(matches) == min(number, 8)
        assert all(m.containment_of_new == m.containment_of_other == 1.0 for m in matches)
    for number in range(2000, 2300):
        near = edited(rng, wire, 0.02)
        best = index.add(number, near)[0]
        assert best.containment_of_new > 0.4
    index.forget(2299)
    assert len(index) == 1
    assert index.add(9000, wire)[0].other == 2299


def test_a_footer_of_many_tellings_joins_nothing_but_the_wire_of_many_copies_does() -> None:
    rng = random.Random(11)
    index = Copies(cap=20)
    footer = [f"footer{k}" for k in range(30)]
    late = []
    for number in range(80):
        late = index.add(number, invented(rng, 60, 10**6) + footer)
    assert late == []
    story = invented(rng, 60, 10**6)
    index.add(80, story + footer)
    match = index.add(81, [*story, "added", *footer])[0]
    assert match.other == 80
    assert match.shared < 70  # the footer is not counted
    wire = invented(rng, 60, 10**6)
    for number in range(100, 200):
        assert bool(index.add(number, edited(rng, wire, 0.03))) == (number > 100)


def test_empty_short_and_unspaced_reports() -> None:
    index = Copies()
    assert index.add(1, []) == []
    assert index.add(2, []) == []
    assert index.add(3, ["breaking"]) == []
    assert index.add(4, ["breaking"]) == [Match(3, 1.0, 1.0, 1)]
    assert index.add(5, ["broken"]) == []
    text = "港口当局周二表示由于风暴渡轮服务将暂停三天旅客可以免费改签"
    index.add(6, list(text))
    assert [m.other for m in index.add(7, list("据报道" + text[:24] + "另行通知"))] == [6]
    assert index.add(8, list("港口当局周二表示新的码头将于明年春天开放并雇用二百名工人")) == []


def test_a_report_of_a_megabyte_and_one_that_repeats_itself() -> None:
    rng = random.Random(13)
    index = Copies()
    large = invented(rng, 150_000, 10**6)
    index.add(0, large)
    assert [m.other for m in index.add(1, large[70_000:70_300])] == [0]
    assert fingerprint(["la"] * 100_000).keys.size == 1
    index.add(2, ["la"] * 100_000)
    assert [m.other for m in index.add(3, ["la"] * 50)] == [2]


def test_a_number_is_given_once() -> None:
    index = Copies()
    index.add(1, ["one"])
    with pytest.raises(UsageError):
        index.add(1, ["two"])


def test_keys_are_the_same_in_every_process() -> None:
    assert (
        fingerprint(["the", "ferry", "will", "sail", "again", "on", "monday"]).keys.tolist() == KEYS
    )


def test_long_and_short_reports_are_told_apart() -> None:
    rng = random.Random(1)
    words = invented(rng, LONG + 4, 10**6)
    assert not fingerprint(words).sampled
    assert fingerprint([*words, "more"]).sampled


KEYS = [-3628784075719016194, 2704602188177737069, 6770326778512687007]
