"""Copies fold under one telling; nothing is dropped, and nothing is said of direction."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.group.copies.fold import Folded, fold, reuse
from retold.model import Credit, Report, Segmented
from retold.segment import segment

WIRE = (
    "PORT MERRIN (Corvane) - Dockers at the northern terminal voted on Thursday to end a strike"
    " that had kept nineteen grain ships at anchor since the first week of October.\n"
    "The vote followed a night of talks in which the harbour board withdrew its plan to cut the"
    " night shift by a third.\n"
    '"We did not get all we asked for, but nobody loses a shift before the spring," said Ilse'
    " Varnholt, who leads the union of crane operators.\n"
    "The board's director, Piet Osmund, said the first ship would be unloaded at dawn on Friday and"
    " that the backlog would take at least eleven days to clear.\n"
    "Grain prices at the exchange in Tallow fell by four percent after the news, their steepest"
    " drop since the harvest."
)
OWN = (
    "In the bakeries of the old town nobody had waited for the vote. Marta Quill, who runs three"
    " of them, bought flour from the south in September and paid for it dearly.\n"
    "She keeps a ledger of every strike since her grandfather's day, and reads from it aloud: six"
    " weeks, nine weeks, once a whole winter.\n"
    "What she wants from the new contract is a warning of thirty days, she says, because an oven"
    " does not wait for a tribunal and neither do children on their way to school.\n"
    "The ministry of supply would not comment on her proposal, which four town councils on the"
    " coast have made their own."
)
OTHER = (
    "Four councils on the coast asked the ministry of supply for a fund that pays bakers while"
    " ships lie idle. A spokesman called the letter thoughtful and promised an answer in May."
)


def report(
    name: str,
    text: str,
    outlet: str | None = None,
    credit: str | None = None,
    day: str | None = None,
) -> Segmented:
    credits = (Credit(credit, "dateline", None),) if credit else ()
    return segment(Report(name, text, outlet=outlet, published=day, language="en", credits=credits))


def groups(found: Folded) -> set[frozenset[str]]:
    return {frozenset(one.reports) for one in found.folds}


def test_pick_ups_of_a_wire_are_one_telling() -> None:
    found = fold(
        [
            report("brief", WIRE.rsplit("\n", 3)[0], "Harbour Observer"),
            report("wire", WIRE, "Corvane"),
            report("copy", WIRE.replace("(Corvane)", "(agencies)"), "Daily Tide"),
            report("own", OWN, "Merrin Courier"),
            report("councils", OTHER, "Coast Weekly"),
        ]
    )
    assert groups(found) == {
        frozenset({"brief", "wire", "copy"}), frozenset({"own"}), frozenset({"councils"})
    }  # fmt: skip
    assert (found.reports, found.outlets, found.independent) == (5, 5, 3)
    kinds = {match.report: match.kind for one in found.folds for match in one.copies}
    assert kinds["brief"] == "cut copy"
    assert set(kinds.values()) == {"cut copy", "near copy"}


def test_the_evidence_is_spans_of_equal_words_in_both() -> None:
    texts = {"a": WIRE, "b": OTHER + "\n" + WIRE.split("\n")[2] + "\n" + WIRE.split("\n")[3]}
    match = reuse(report("b", texts["b"]), report("a", texts["a"]))
    assert match is not None
    assert match.kind == "partial reuse"
    spans = match.because[0].spans
    assert spans
    for mine, theirs in zip(spans[::2], spans[1::2], strict=True):
        assert (mine.report, theirs.report) == ("b", "a")
        shown = [texts[place.report][slice(*place.span)] for place in (mine, theirs)]
        assert shown[0] == shown[1]
        assert len(shown[0].split()) >= 5
    assert match.words == sum(len(texts["b"][slice(*place.span)].split()) for place in spans[::2])


def test_two_reports_with_half_a_wire_each_stay_two_and_the_reuse_is_listed() -> None:
    lines = WIRE.split("\n")
    half = "\n".join(lines[:3])
    found = fold(
        [
            report("tide", OWN + "\n" + half, "Daily Tide"),
            report("courier", OTHER * 2 + "\n" + half, "Merrin Courier"),
        ]
    )
    assert len(found.folds) == 2
    assert found.independent == 2
    assert [match.kind for match in found.partial] == ["partial reuse"]


def test_a_round_up_does_not_join_what_it_holds() -> None:
    found = fold(
        [
            report("wire", WIRE, "Corvane"),
            report("own", OWN, "Merrin Courier"),
            report("round-up", WIRE + "\n" + OWN + "\n" + OTHER, "Coast Weekly"),
            report("its copy", WIRE + "\n" + OWN, "Daily Tide"),
        ]
    )
    assert groups(found) == {
        frozenset({"wire"}), frozenset({"own"}), frozenset({"round-up", "its copy"})
    }  # fmt: skip
    assert {match.kind for match in found.partial} == {"cut copy"}


@pytest.mark.parametrize("how", ["outlet", "agency"])
def test_one_outlet_or_one_agency_is_one_source(how: str) -> None:
    half = "\n".join(WIRE.split("\n")[:3])
    given_ = {"outlet": "Daily Tide"} if how == "outlet" else {"credit": "Corvane"}
    found = fold(
        [
            report("early", half + "\n" + OTHER, **given_),
            report("late", half + "\n" + OWN, **given_),
        ]
    )
    assert groups(found) == {frozenset({"early", "late"})}
    assert found.independent == 1
    notes = [because.note for because in found.folds[0].copies[0].because]
    assert any(
        ("Daily Tide" if how == "outlet" else "corvane") in note.lower() or "Daily Tide" in note
        for note in notes
    )


def test_two_unlike_reports_of_one_outlet_are_two_tellings_of_one_source() -> None:
    found = fold([report("a", WIRE, "Daily Tide"), report("b", OWN, "daily  tide")])
    assert len(found.folds) == 2
    assert (found.outlets, found.independent) == (1, 1)


def test_the_shown_report_is_explained() -> None:
    alone = fold([report("a", WIRE)]).folds[0]
    assert alone.because.note == "no other report carries this telling"
    dated = fold([report("a", WIRE, day="2031-10-02"), report("b", WIRE, day="2031-10-01")])
    assert (dated.folds[0].shown, dated.folds[0].because.kind) == ("b", "date")
    bare = fold([report("a", WIRE, day="2031-10-01"), report("b", WIRE, day="2031-10-01T08:00")])
    assert bare.folds[0].because.kind == "textual"
    wire = fold(
        [report("a", WIRE, "Daily Tide", "Reuters"), report("z", WIRE + " Ends.", "Reuters")]
    )
    assert (wire.folds[0].shown, wire.folds[0].because.kind) == ("z", "stated")


def test_empty_reports_and_none() -> None:
    assert fold([]).folds == ()
    found = fold([report("a", ""), report("b", ""), report("c", "Storm"), report("d", "Storm")])
    assert groups(found) == {frozenset({"a"}), frozenset({"b"}), frozenset({"c", "d"})}


def test_many_copies_take_no_long_time() -> None:
    rng = random.Random(4)
    words = WIRE.split(" ")
    reports = []
    for number in range(300):
        edited = [f"new{rng.randrange(99)}" if rng.random() < 0.03 else word for word in words]
        reports.append(report(f"r{number:03}", " ".join(words if number % 2 else edited)))
    found = fold(reports)
    assert len(found.folds) == 1
    assert sorted(found.folds[0].reports) == sorted(one.report.id for one in reports)


pieces = st.lists(st.integers(0, 9), max_size=4)


@given(st.lists(pieces, max_size=6), st.randoms(use_true_random=False))
def test_folds_do_not_depend_on_the_order_and_drop_nothing(
    made: Sequence[Sequence[int]], rng: random.Random
) -> None:
    lines = [*(WIRE + "\n" + OWN).split("\n"), OTHER]
    reports = [
        report(f"r{n}", "\n".join(lines[k] for k in chosen)) for n, chosen in enumerate(made)
    ]
    shuffled = list(reports)
    rng.shuffle(shuffled)
    found = fold(reports)
    assert groups(found) == groups(fold(shuffled))
    assert sorted(name for one in found.folds for name in one.reports) == sorted(
        one.report.id for one in reports
    )
    assert {one.shown for one in found.folds} == {one.shown for one in fold(shuffled).folds}
