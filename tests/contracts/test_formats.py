"""Every format: pure, the same each time, opened by its real reader, whatever the text."""

from __future__ import annotations

import os
from pathlib import Path

import networkx
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from retold.show.formats import FORMATS
from retold.show.formats.sigla import signs
from tests.show.formats.random_tellings import NAUGHTY, tellings
from tests.show.formats.readers import MUST, READERS
from tests.show.payloads import PAYLOADS
from tests.show.tellings import many, nasty, seas

WITHOUT_PROCESS = sorted(set(FORMATS) - {"dot"})  # one process for each example would be slow
ALL_NAUGHTY = " ".join((*PAYLOADS, *NAUGHTY))
TREES = {"newick", "nexus"}
TELLINGS = {
    "three": seas(),
    "two": seas("corvane", "tide"),
    "many": many(30),
    "nasty": nasty(ALL_NAUGHTY),
}


def kinds_of(telling) -> dict[str, str]:
    return {
        sign.siglum: "report" if sign.report is not None else sign.witness.kind
        for sign in signs(telling).values()
    }


def edges_of(telling) -> dict[tuple[str, str], float]:
    called = signs(telling)
    return {
        (called[edge.from_].siglum, called[edge.to].siglum): edge.support
        for edge in telling.stemma.edges
    }


def check(name: str, telling) -> None:
    made = FORMATS[name](telling)
    made.encode("utf-8")
    found = READERS[name](made)
    kinds = kinds_of(telling)
    reports = {key: kind for key, kind in kinds.items() if kind == "report"}
    if name == "svg":
        assert sorted(found.witnesses.values()) == sorted(kinds.values())
    elif name in ("collatex", "csv"):
        assert found.witnesses == reports
    elif name == "annotations":
        assert found.witnesses.items() <= reports.items()
    else:
        assert found.witnesses == kinds
    if found.edges is not None:
        wanted = edges_of(telling)
        for ends, support in found.edges.items():
            assert support == pytest.approx(wanted[ends], abs=1e-3)
        if name in TREES:  # one source each
            ends = [end for _, end in found.edges]
            assert len(set(ends)) == len(ends)
            if networkx.is_directed_acyclic_graph(networkx.DiGraph(list(wanted))):
                assert set(ends) == {end for _, end in wanted}
        else:
            assert found.edges.keys() == wanted.keys()
    if found.texts is not None:
        for report, sign in ((one, signs(telling)[one.id]) for one in telling.reports):
            check_words(name, report, found.texts[sign.siglum])


def check_words(name: str, report, texts: list[str]) -> None:
    """Every letter and digit of every sentence is there."""
    said = sorted(
        char
        for start, end in report.sentences
        for char in report.text[start:end]
        if char.isalnum() and char.isascii()
    )
    there = sorted(char for text in texts for char in text if char.isalnum() and char.isascii())
    if report.text.isascii() and report.text.replace("\n", " ").isprintable():
        assert there == said
    else:  # marks of characters that cannot be seen bring letters of their own
        assert len(there) >= len(said)


def test_every_format_has_its_reader():
    assert READERS.keys() == FORMATS.keys()


@pytest.mark.parametrize("telling", TELLINGS.values(), ids=TELLINGS)
@pytest.mark.parametrize("name", FORMATS)
def test_the_real_reader_finds_what_the_telling_holds(name, telling):
    check(name, telling)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_telling_gives_the_same_text(name):
    assert FORMATS[name](seas()) == FORMATS[name](seas())


@pytest.mark.parametrize("name", WITHOUT_PROCESS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(telling=tellings())
def test_any_text_and_any_shape_is_read(name, telling):
    check(name, telling)


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(telling=tellings())
def test_graphviz_reads_any_text(telling):
    check("dot", telling)


@pytest.fixture(scope="module")
def schema() -> etree.RelaxNG:
    file = os.environ.get("RETOLD_TEI_SCHEMA")
    if not file or not Path(file).is_file():
        if MUST:
            pytest.fail("RETOLD_TEI_SCHEMA names no tei_all.rng")
        pytest.skip("RETOLD_TEI_SCHEMA names no tei_all.rng")
    return etree.RelaxNG(etree.parse(file))


def test_tei_is_valid(schema):
    for telling in TELLINGS.values():
        made = etree.fromstring(FORMATS["tei"](telling).encode("utf-8"))
        assert schema.validate(made), schema.error_log


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(telling=tellings())
def test_tei_of_any_text_is_valid(schema, telling):
    made = etree.fromstring(FORMATS["tei"](telling).encode("utf-8"))
    assert schema.validate(made), schema.error_log
