"""Versions of one outlet and takes of one wire."""

from __future__ import annotations

import random

from retold.model import Dateline, Report, Stemma
from retold.segment import segment
from retold.trace import trace
from retold.trace.folding import folds
from retold.trace.marks import clock, mark
from tests.trace.building import Text, collation, copy, original, quoted, report

BODY = (
    "The harbour council of Lower Quill voted nine to four on Tuesday to close the old swing "
    "bridge.\n\nEngineers found cracks in two of the six bearings in March, the council said."
    "\n\nHeavy lorries will be sent round by Ostler's Gate until the autumn."
)


def _report(name: str, text: str, **fields: object) -> Report:
    return Report(name, text, source=name, language="en", **fields)  # type: ignore[arg-type]


def _edges(stemma: Stemma) -> set[tuple[str, str]]:
    return {(edge.from_, edge.to) for edge in stemma.edges}


def test_a_marked_correction_follows_what_it_corrects() -> None:
    first = _report("b-first", f"0912 QUILL Bridge\n\n{BODY}")
    second = _report(
        "a-second",
        "1140 QUILL Bridge Correction\n\n(Corrects vote in first paragraph to ten to three)\n\n"
        + BODY.replace("nine to four", "ten to three"),
    )
    (found,) = folds([segment(second), segment(first)], (), seed=0)
    assert found.rows == (1, 0)
    (step,) = found.steps
    kinds = {evidence.kind for evidence in step.evidence}
    assert {"stated", "date"} <= kinds
    assert any(place.report == "a-second" for one in step.evidence for place in one.spans)


def test_versions_of_one_outlet_without_a_sign_of_direction_are_undecided() -> None:
    one = _report("v1", BODY, outlet="Quill Examiner")
    two = _report("v2", BODY.replace("cracks", "rust"), outlet="Quill Examiner")
    (found,) = folds([segment(one), segment(two)], (), seed=0)
    assert found.steps == ()
    assert "which of them came first" in found.note


def test_different_reports_of_one_outlet_are_no_versions() -> None:
    other = (
        "Ferry fares between Quill and the islands rise by six per cent in June.\n\nThe operator "
        "blamed the price of fuel, and promised an extra sailing on Fridays."
    )
    reports = [
        segment(_report("a", BODY, outlet="Quill Examiner")),
        segment(_report("b", other, outlet="Quill Examiner")),
    ]
    assert folds(reports, (), seed=0) == ()


def test_a_generic_byline_makes_no_versions() -> None:
    reports = [
        segment(_report("a", BODY, byline="Staff reporter")),
        segment(_report("b", BODY.replace("cracks", "rust"), byline="Staff reporter")),
    ]
    assert folds(reports, (), seed=0) == ()


def test_a_descendant_hangs_from_the_take_that_has_its_words() -> None:
    rng = random.Random(11)
    first: Text = original(rng, lines=20)
    second = {**copy(first, rng, 0.08), **{40 + n: line for n, line in original(rng, 6).items()}}
    texts = {
        "t1": first,
        "t2": second,
        "p1": copy(first, rng, 0.01),
        "p2": copy(first, rng, 0.01),
        "q1": copy(second, rng, 0.01),
        "q2": copy(second, rng, 0.01),
    }
    line = Dateline((0, 1), None, None, "Ostler Wire")
    own = {"t1": ("09:00", line), "t2": ("11:30", line)}
    reports = [
        report(
            name,
            text,
            **(
                {"dateline": own[name][1], "published": f"2031-02-03T{own[name][0]}:00Z"}
                if name in own
                else {}
            ),
        )
        for name, text in texts.items()
    ]
    edges = _edges(trace(reports, collation(texts)))
    assert ("t1", "t2") in edges
    assert {("t1", "p1"), ("t1", "p2"), ("t2", "q1"), ("t2", "q2")} <= edges


def test_the_same_text_twice_hangs_from_one_telling() -> None:
    rng = random.Random(7)
    lost = original(rng)
    told = {name: copy(lost, rng, 0.4) for name in ("a", "b", "c", "d")}
    texts = {**told, "e": told["d"]}
    reports = [report(name, text) for name, text in texts.items()]
    stemma = trace(reports, collation(texts), quoted(reports))
    parents = {edge.to: edge.from_ for edge in stemma.edges}
    assert len(set(parents.values())) == 1
    assert parents["d"] == parents["e"]
    assert any("word for word" in doubt.note for doubt in stemma.undecided)


def test_a_word_in_a_headline_is_no_mark() -> None:
    assert mark(_report("a", f"Minister corrects bishop on bells\n\n{BODY}")) is None
    assert mark(_report("a", f"MINISTER UPDATES HER LIST\n\n{BODY}")) is None
    assert mark(_report("a", f"Fined £2.38m, 12 arrested\n\n{BODY}")) is None
    found = mark(_report("a", f"UPDATE 3-Quill closes bridge\n\n{BODY}"))
    assert found is not None
    assert found.rank == 3


def test_a_clock_is_no_year_and_no_price() -> None:
    assert clock(_report("a", f"Budget for 2024\nFine of £2.38m\n\n{BODY}")) is None
    found = clock(_report("a", f"QUILL-BRIDGE\n10:20 CET\n\n{BODY}"))
    assert found is not None
    assert found[0] == 620
