"""Per passage, who a report has it from."""

from __future__ import annotations

import random

from retold.holdings import Correction, EdgeRejected
from retold.model import Derivation, Stemma
from retold.trace import trace
from retold.trace.decisions import decided
from tests.trace.building import collation, copy, original, report


def by_passage(stemma: Stemma, of: str) -> dict[str, Derivation]:
    return {one.passage: one for one in stemma.derivations if one.report == of}


def chain() -> tuple[dict[str, dict[int, list[str]]], Stemma]:
    """An exemplar with two copies; the first is copied twice, and cut."""
    rng = random.Random(5)
    first = original(rng)
    a = copy(first, rng, 0.03)
    texts = {
        "m": first,
        "a": a,
        "b": copy(first, rng, 0.03),
        "c": copy(a, rng, 0.03, keep=0.6),
        "d": copy(a, rng, 0.03),
    }
    reports = [report(name, one) for name, one in texts.items()]
    return texts, trace(reports, collation(texts))


def test_every_passage_of_a_copy_is_from_its_source():
    texts, stemma = chain()
    found = by_passage(stemma, "c")
    assert found.keys() == {f"P{number}" for number in texts["c"]}
    assert {one.source for one in found.values()} == {"a"}
    assert {one.kind for one in found.values()} == {"copied"}
    by_edge = {(edge.from_, edge.to): edge.support for edge in stemma.edges}
    assert all(one.support <= by_edge["a", "c"] for one in found.values())


def test_what_the_source_has_not_is_not_from_there():
    rng = random.Random(6)
    first = original(rng, lines=20)
    late = original(rng, lines=24)
    a = copy({n: first[n] for n in range(20)}, rng, 0.03)
    c = copy(a, rng, 0.03) | {n: late[n] for n in range(20, 21)}
    texts = {
        "a": a,
        "b": copy(first, rng, 0.03),
        "c": c,
        "d": copy(a, rng, 0.03) | {n: late[n] for n in range(20, 21)},
        "m": first,
    }
    reports = [report(name, one) for name, one in texts.items()]
    stemma = trace(reports, collation(texts))
    assert ("a", "c") in {(edge.from_, edge.to) for edge in stemma.edges}
    found = by_passage(stemma, "c")["P20"]
    assert (found.source, found.kind, found.support) == (None, "cannot tell", 0.0)
    assert "not from a" in found.evidence[0].note


def test_half_a_sentence_is_cut_and_other_words_are_reworded():
    rng = random.Random(7)
    first = original(rng)
    texts = {name: copy(first, rng, 0.02) for name in "bcd"} | {"a": first}
    texts["b"][3] = texts["b"][3][:9]
    texts["b"][4] = [f"o{number}x" if number % 2 else w for number, w in enumerate(first[4])]
    reports = [report(name, one) for name, one in sorted(texts.items())]
    found = by_passage(trace(reports, collation(texts)), "b")
    assert (found["P3"].kind, found["P4"].kind, found["P5"].kind) == ("cut", "reworded", "copied")


def test_the_reasons_point_into_both_texts():
    _, stemma = chain()
    for one in stemma.derivations:
        for evidence in one.evidence:
            assert evidence.spans[0].report == one.report
            for place in evidence.spans:
                assert place.span[0] < place.span[1]
    assert stemma.derivations


def test_a_source_that_a_person_takes_out_is_the_source_of_no_passage():
    _, stemma = chain()
    no = Correction(1, "2026-02-03T10:00:00Z", "K. Lund", EdgeRejected("a", "c"), None, holds=True)
    found = by_passage(decided(stemma, [no]), "c")
    assert {one.source for one in found.values()} == {None}
    assert {one.evidence[0].kind for one in found.values()} == {"person"}
