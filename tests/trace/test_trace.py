"""Descent: what the wording shows, what the reports state, and what neither tells."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from retold.model import Collation, Dateline, Stemma
from retold.trace import trace
from tests.trace.building import agency, collation, copy, original, quoted, report

VEKTA = agency("Vekta")


def edges(stemma: Stemma) -> set[tuple[str, str]]:
    return {(edge.from_, edge.to) for edge in stemma.edges}


def kinds(stemma: Stemma) -> dict[str, str]:
    return {witness.id: witness.kind for witness in stemma.witnesses}


def test_two_translations_hang_from_a_lost_telling_and_not_from_each_other():
    rng = random.Random(1)
    text = original(rng)
    texts = {"a": copy(text, rng, 0.3), "b": copy(text, rng, 0.3)}
    reports = [report(name, one) for name, one in texts.items()]
    stemma = trace(reports, collation(texts), quoted(reports))
    (lost,) = [key for key, kind in kinds(stemma).items() if kind == "lost"]
    assert edges(stemma) == {(lost, "a"), (lost, "b")}
    assert all(edge.support > 0.9 for edge in stemma.edges)
    assert {one.edges for one in stemma.alternatives} == {(("a", "b"),), (("b", "a"),)}
    (witness,) = [one for one in stemma.witnesses if one.id == lost]
    spans = [place for evidence in witness.because for place in evidence.spans]
    assert spans, "the reworded words are shown"
    by_id = {one.report.id: one.report.text for one in reports}
    for place in spans:
        assert by_id[place.report][slice(*place.span)].strip()


def test_two_copies_cannot_be_told_apart_by_their_wording():
    rng = random.Random(2)
    text = original(rng)
    texts = {"a": text, "b": copy(text, rng, 0.01)}
    reports = [report(name, one) for name, one in texts.items()]
    stemma = trace(reports, collation(texts), quoted(reports))
    assert stemma.edges == ()
    assert [doubt.witnesses for doubt in stemma.undecided] == [("a", "b")]


def test_a_report_that_names_the_other_as_its_source_is_stated_to_descend_from_it():
    rng = random.Random(3)
    text = original(rng)
    texts = {"a": text, "b": copy(text, rng, 0.01)}
    reports = [report("a", texts["a"], outlet="Norda"), report("b", texts["b"], outlet="Site")]
    says = [one for one in quoted(reports, carrier=agency("Norda")) if one.report == "b"]
    stemma = trace(reports, collation(texts), says, [agency("Norda")])
    (edge,) = stemma.edges
    assert (edge.from_, edge.to) == ("a", "b")
    assert {one.kind for one in edge.evidence} == {"stated", "textual"}


def test_a_source_that_all_name_and_none_is_stands_above_their_lost_telling():
    rng = random.Random(4)
    text = original(rng)
    texts = {"a": copy(text, rng, 0.3), "b": copy(text, rng, 0.3)}
    dateline = Dateline((0, 3), "TARN", None, "Orsa")
    reports = [report("a", texts["a"], dateline=dateline), report("b", texts["b"])]
    stemma = trace(reports, collation(texts), quoted(reports, carrier=VEKTA), [VEKTA])
    names = {one.id: one.name for one in stemma.witnesses}
    lost = next(key for key, kind in kinds(stemma).items() if kind == "lost")
    above = [edge for edge in stemma.edges if edge.to == lost]
    assert [(names[edge.from_], edge.basis) for edge in above] == [("Vekta", "stated")]
    to_b = next(edge for edge in stemma.edges if (edge.from_, edge.to) == (lost, "b"))
    assert any("says Vekta" in one.note and "Orsa" in one.note for one in to_b.evidence)
    third = next(one for one in stemma.witnesses if one.id == lost).because
    assert any("third person" in one.note for one in third)


def test_copies_of_one_exemplar_hang_from_it():
    rng = random.Random(5)
    exemplar = original(rng)
    texts = {"whole": exemplar} | {
        name: copy(exemplar, rng, 0.03, keep=0.7) for name in ("cut1", "cut2", "cut3", "cut4")
    }
    reports = [report(name, one) for name, one in texts.items()]
    stemma = trace(reports, collation(texts), quoted(reports))
    assert edges(stemma) == {("whole", name) for name in texts if name != "whole"}


def test_a_branch_with_readings_of_its_own_is_found():
    rng = random.Random(6)
    first = original(rng)
    left, right = copy(first, rng, 0.04), copy(first, rng, 0.04)
    texts = {f"l{n}": copy(left, rng, 0.01) for n in range(3)}
    texts |= {f"r{n}": copy(right, rng, 0.01) for n in range(3)}
    reports = [report(name, one) for name, one in texts.items()]
    stemma = trace(reports, collation(texts), quoted(reports))
    parents = {edge.to: edge.from_ for edge in stemma.edges}
    assert len({parents["l0"], parents["l1"], parents["l2"]}) == 1
    assert len({parents["r0"], parents["r1"], parents["r2"]}) == 1
    assert parents["l0"] != parents["r0"]


def test_reports_with_nothing_in_common_are_said_to_have_nothing_in_common():
    rng = random.Random(7)
    reports = [report("a", original(rng)), report("b", original(rng))]
    stemma = trace(reports, Collation((), {}))
    assert stemma.edges == ()
    assert [doubt.witnesses for doubt in stemma.undecided] == [("a",), ("b",)]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), count=st.integers(2, 7), data=st.data())
def test_the_order_of_reports_changes_nothing_and_descent_is_a_dag(seed, count, data):
    rng = random.Random(seed)
    line = [original(rng, 12)]
    for _ in range(count - 1):
        line.append(copy(rng.choice(line), rng, rng.choice([0.0, 0.02, 0.3]), rng.choice([1, 0.6])))
    texts = {f"t{number}": text for number, text in enumerate(line)}
    reports = [report(name, one) for name, one in texts.items()]
    order = data.draw(st.permutations(reports))
    one = trace(reports, collation(texts), quoted(reports, carrier=VEKTA), [VEKTA])
    other = trace(order, collation(texts), quoted(order, carrier=VEKTA), [VEKTA])
    assert edges(one) == edges(other)
    assert set(one.undecided) == set(other.undecided)
    known = {witness.id for witness in one.witnesses}
    assert {end for edge in edges(one) for end in edge} <= known
    _require_acyclic(edges(one))
    for edge in one.edges:
        assert 0.0 <= edge.support <= 1.0
        assert edge.evidence, "no edge without a reason"


def _require_acyclic(pairs: set[tuple[str, str]]) -> None:
    left = set(pairs)
    while left:
        targets = {to for _, to in left}
        free = {pair for pair in left if pair[0] not in targets}
        assert free, f"a circle in {left}"
        left -= free


def test_a_source_that_one_of_three_tellings_dropped_stood_in_their_exemplar():
    rng = random.Random(8)
    text = original(rng)
    texts = {name: copy(text, rng, 0.3) for name in ("a", "b", "c")}
    reports = [report(name, one) for name, one in texts.items()]
    says = [
        one if one.report != "c" else replace(one, chain=())
        for one in quoted(reports, carrier=VEKTA)
    ]
    stemma = trace(reports, collation(texts), says, [VEKTA])
    (lost,) = [key for key, kind in kinds(stemma).items() if kind == "lost"]
    (named,) = [key for key, kind in kinds(stemma).items() if kind == "named"]
    assert (named, lost) in edges(stemma)
    assert (named, "a") not in edges(stemma)
