"""How two reports stand to each other: how much, how, which day, who is named."""

from __future__ import annotations

import random

import numpy as np

from retold.model import Actor, Collation, Passage, Report, Segmented
from retold.segment import segment
from retold.trace.characters import characters
from retold.trace.days import shifts
from retold.trace.relation import relation
from retold.trace.retelling import told_again
from retold.trace.sources import stated_sources
from tests.trace.building import collation, copy, original, quoted, report

WIRE = (
    "The toll office at Marrow Cross will be pulled down today after a vote of the parish.\n"
    "Its clock, which has shown twenty past four since the flood, goes to the museum.\n"
    "Keeper Odile Brandt, 61, said nobody had asked her what she thought of it.\n"
    "The road behind it floods each spring and costs the county 40,000 crowns a year."
)


def _told(name: str, text: str, **fields: object) -> Segmented:
    return segment(Report(name, text, source=name, language="en", **fields))  # type: ignore[arg-type]


def test_a_report_cut_from_another_is_wholly_from_it() -> None:
    lines = WIRE.split("\n")
    found = relation(_told("b", "\n".join(lines[:2])), [_told("a", WIRE)])
    assert (found.derived, found.kind) == ("wholly", "cutting")
    assert found.runs
    assert not found.unaccounted


def test_own_reporting_makes_it_partial() -> None:
    more = (
        "\nAt the Anchor, drinkers had collected 212 names against the plan by closing time."
        "\nA heron stood on the chimney all afternoon and would not be driven away by anybody."
    )
    child = _told("b", WIRE.replace("today", "yesterday") + more)
    found = relation(child, [_told("a", WIRE)])
    assert found.derived == "partially"
    shown = [child.report.text[slice(*place.span)] for place in found.unaccounted]
    assert any("heron" in text for text in shown)


def test_another_report_of_the_event_is_not_from_it() -> None:
    other = (
        "Marrow Cross is to lose its toll house.\nParishioners chose demolition by a wide margin, "
        "and the county, tired of paying for a road under water, was glad of it."
    )
    assert relation(_told("b", other), [_told("a", WIRE)]).derived == "not"


def test_nothing_is_not_from_anything() -> None:
    found = relation(_told("b", ""), [_told("a", WIRE)])
    assert (found.derived, found.kind) == ("not", "independent")


def test_yesterday_follows_today() -> None:
    a, b = _told("a", WIRE), _told("b", WIRE.replace("today", "yesterday"))
    passages = (Passage("P1", {"a": (0,), "b": (0,)}, "a", (), 1.0, ()),)
    (found,) = shifts([a, b], Collation(passages, {}), ())
    assert found.rows == (0, 1)
    words = [
        {"a": a, "b": b}[place.report].report.text[slice(*place.span)] for place in found.places
    ]
    assert words[:2] == ["today", "yesterday"]


def test_days_that_contradict_themselves_say_nothing() -> None:
    a = _told("a", "The gate shut today, she said.\nIt had opened yesterday at noon, he said.")
    b = _told("b", "The gate shut yesterday, she said.\nIt had opened today at noon, he said.")
    passages = tuple(Passage(f"P{n}", {"a": (n,), "b": (n,)}, "a", (), 1.0, ()) for n in range(2))
    assert shifts([a, b], Collation(passages, {}), ()) == ()


def test_two_near_translations_are_no_copies_where_all_translate() -> None:
    rng = random.Random(2)
    lost = original(rng)
    texts = {name: copy(lost, rng, 0.35) for name in "abcd"}
    texts["e"] = copy(texts["d"], rng, 0.12)  # nearer than any other pair, not as near as a copy
    texts["f"] = copy(texts["d"], rng, 0.01)  # a copy
    reports = [report(name, text) for name, text in texts.items()]
    signs = characters(collation(texts), reports, quoted(reports))
    told = told_again(signs)
    assert told[3, 4]
    assert not told[3, 5]
    assert not np.diagonal(told).any()


def test_quotations_that_were_cut_are_not_reworded() -> None:
    rng = random.Random(4)
    whole = original(rng)
    cut = {number: line[:9] for number, line in whole.items()}
    texts = {"a": whole, "b": cut}
    reports = [report(name, text) for name, text in texts.items()]
    signs = characters(collation(texts), reports, quoted(reports))
    assert not told_again(signs).any()


def test_an_outlet_named_in_the_text_is_a_stated_source() -> None:
    reports = [
        _told("a", WIRE, outlet="The Marrow Herald", url="https://herald.example/toll/7"),
        _told("b", WIRE + "\nThe plan was first reported by the Marrow Herald.", outlet="Q News"),
        _told("c", WIRE + "\nSource: https://www.herald.example/toll/7?from=feed", outlet="Z One"),
    ]
    (source,) = stated_sources(reports, (), ())
    assert source.own == {"a"}
    assert {report: hows for report, (hows, _) in source.named.items()} == {
        "b": ("mention",),
        "c": ("link",),
    }


def test_a_masthead_line_makes_a_report_its_source_s_own() -> None:
    place = "told the Marrow Herald"
    herald = _told("a", f"Toll house to go\nMarrow Herald, late edition\n\n{WIRE}")
    other = _told("b", WIRE.replace("said nobody", f"{place} that nobody"))
    actor = Actor("x", "Marrow Herald", "organisation", (), ("Marrow Herald",))
    found = quoted([other], actor)
    (source,) = stated_sources([herald, other], found, [actor])
    assert source.own == {"a"}
    assert set(source.named) == {"b"}
