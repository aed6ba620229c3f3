"""Stated sources: a paper that speaks of itself, and sources behind sources."""

from __future__ import annotations

import random

from msgspec.structs import replace

from retold.model import Segmented
from retold.trace import trace
from retold.trace.sources import stated_sources
from tests.trace.building import Text, agency, collation, copy, original, quoted, report

HERALD = agency("Upland Herald")


def kept_as(name: str, text: Text, file: str) -> Segmented:
    """A report without an outlet, from a file."""
    one = report(name, text)
    return replace(one, report=replace(one.report, source=f"reports/{file}"))


def named_in(text: Text) -> Text:
    """A text that names the paper."""
    return {**text, 0: [*text[0], "told", "the", "Upland", "Herald"]}


def test_a_paper_that_somebody_told_something_is_not_its_own_source() -> None:
    text = named_in(original(random.Random(1)))
    own = kept_as("a", text, "upland-herald.txt")
    (source,) = stated_sources([own], quoted([own], HERALD), [HERALD])
    assert source.own == {"a"}


def test_a_file_of_another_name_is_not_the_papers() -> None:
    text = named_in(original(random.Random(1)))
    other = kept_as("a", text, "upland-herald-cuttings-of-monday.txt")
    (source,) = stated_sources([other], quoted([other], HERALD), [HERALD])
    assert source.own == frozenset()


def test_who_names_the_paper_that_a_file_is_called_after_has_it_from_there() -> None:
    rng = random.Random(2)
    text = named_in(original(rng))
    texts = {"a": text, "b": copy(text, rng, 0.02), "c": copy(text, rng, 0.02)}
    texts["c"][0] = texts["c"][0][:-4]
    files = {"a": "upland_herald.txt", "b": "second.txt", "c": "third.txt"}
    reports = [kept_as(name, texts[name], files[name]) for name in texts]
    (source,) = stated_sources(reports, quoted(reports[:1], HERALD), [HERALD])
    assert set(source.named) - source.own == {"b"}
    stemma = trace(reports, collation(texts), quoted(reports[:1], HERALD), [HERALD])
    assert not any(one.kind == "named" for one in stemma.witnesses)
    assert ("b", "a") not in {(edge.from_, edge.to) for edge in stemma.edges}


def test_of_two_stated_sources_in_another_language_the_nearer_is_the_source() -> None:
    rng = random.Random(3)
    text = named_in(original(rng))
    wire = copy(text, rng, 0.02)
    wire[0] = [*wire[0][:-4], "NOVAX", "told", "the", "Upland", "Herald"]
    abroad = {number: [f"z{word}" for word in line] for number, line in wire.items()}
    abroad[0] += ["NOVAX", "Upland", "Herald"]
    own, wired = kept_as("a", text, "upland-herald.txt"), kept_as("b", wire, "novax-wire.txt")
    foreign = kept_as("c", abroad, "third.txt")
    foreign = replace(foreign, report=replace(foreign.report, language="de"))
    wired = replace(wired, report=replace(wired.report, outlet="NOVAX News"))
    texts = {"a": text, "b": wire, "c": abroad}
    novax = replace(agency("NOVAX News"), names=("NOVAX News", "NOVAX"))
    said = [*quoted([own], HERALD), *quoted([foreign], novax)]
    stemma = trace([own, wired, foreign], collation(texts), said, [HERALD, novax])
    stated = [(edge.from_, edge.to) for edge in stemma.edges if edge.basis == "stated"]
    assert ("b", "c") in stated
    assert ("a", "c") not in stated
