"""Very many reports, and reports of two sources."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from retold.model import Stemma
from retold.trace import trace
from retold.trace.crowd import MOST_WITNESSES, crowd
from tests.trace.building import Text, collation, copy, original, report


def traced(texts: dict[str, Text]) -> Stemma:
    return trace([report(name, text) for name, text in texts.items()], collation(texts))


def groups(stemma: Stemma, ignored: frozenset[str] = frozenset()) -> set[frozenset[str]]:
    """The reports under every lost telling: ids of lost ones change with what is under them."""
    children: dict[str, set[str]] = {}
    for edge in stemma.edges:
        children.setdefault(edge.from_, set()).add(edge.to)
    own = {one.id for one in stemma.witnesses if one.kind == "report"}

    def under(node: str) -> set[str]:
        return {node}.union(*(under(child) for child in children.get(node, ())))

    lost = [one.id for one in stemma.witnesses if one.kind == "lost"]
    return {frozenset((under(node) & own) - ignored) for node in lost}


def test_of_a_crowd_the_copies_hang_from_the_fullest_that_has_them():
    rng = random.Random(1)
    whole = original(rng, 20)
    texts = {f"r{number:04}": copy(whole, rng, 0.0, 0.7) for number in range(MOST_WITNESSES + 20)}
    texts["whole"] = whole
    stemma = traced(texts)
    assert {(edge.from_, edge.support) for edge in stemma.edges} == {("whole", 1.0)}
    assert {edge.to for edge in stemma.edges} == set(texts) - {"whole"}
    by_id = {name: report(name, text).report.text for name, text in texts.items()}
    for edge in stemma.edges:
        first, second = edge.evidence[0].spans
        assert by_id[first.report][slice(*first.span)] == by_id[second.report][slice(*second.span)]


def test_of_a_crowd_without_copies_no_more_are_traced_than_a_tree_takes():
    rng = random.Random(2)
    whole = original(rng, 12)
    texts = {f"r{number:04}": copy(whole, rng, 0.1, 0.8) for number in range(MOST_WITNESSES + 60)}
    reports = [report(name, text) for name, text in texts.items()]
    gathered = crowd(reports, collation(texts))
    assert len(gathered.chosen) == MOST_WITNESSES
    assert gathered.chosen.isdisjoint(one.report for one in gathered.hanging)
    rng.shuffle(reports)
    assert crowd(reports, collation(texts)) == gathered


def test_a_report_made_of_two_gets_its_passages_from_both_or_the_doubt_is_said():
    rng = random.Random(3)
    first = original(rng, 40)
    left, right, other = (copy(first, rng, 0.06) for _ in range(3))
    texts = {f"l{k}": copy(left, rng, 0.01) for k in range(3)}
    texts |= {f"r{k}": copy(right, rng, 0.01) for k in range(3)}
    texts |= {f"o{k}": copy(other, rng, 0.01) for k in range(3)}
    texts["mixed"] = {number: (left if number < 26 else right)[number] for number in left}
    stemma = traced(texts)
    said = [one.note for edge in stemma.edges if edge.to == "mixed" for one in edge.evidence]
    said += [doubt.note for doubt in stemma.undecided if "mixed" in doubt.witnesses]
    assert any("against the rest of its text" in note for note in said)
    del texts["mixed"]
    plain = traced(texts)
    notes = [one.note for edge in plain.edges for one in edge.evidence]
    notes += [doubt.note for doubt in plain.undecided]
    assert not any("against the rest" in note for note in notes)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_one_more_copy_leaves_the_others_grouped_as_they_were(seed):
    rng = random.Random(seed)
    first = original(rng)
    left, right = copy(first, rng, 0.05), copy(first, rng, 0.05)
    texts = {f"l{k}": copy(left, rng, 0.03) for k in range(3)}
    texts |= {f"r{k}": copy(right, rng, 0.03) for k in range(3)}
    before = groups(traced(texts))
    texts["z"] = texts["l1"]
    after = groups(traced(texts), frozenset({"z"}))
    assert {group for group in after if len(group) > 1} == {
        group for group in before if len(group) > 1
    }


def test_reports_without_a_word_in_common_are_not_said_to_descend_from_one():
    rng = random.Random(4)
    texts = {name: original(rng, 6) for name in "abcde"}
    stemma = traced(texts)
    assert all(edge.support == 0.0 for edge in stemma.edges)
    assert {doubt.witnesses for doubt in stemma.undecided} >= {(name,) for name in texts}
