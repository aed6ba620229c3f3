"""Derived results and what is found by them, alike on both engines."""

from __future__ import annotations

import pytest

from retold.archive import deriving, quoting
from retold.archive.adding import Item, add
from retold.archive.getting import each
from retold.archive.searching import Asked, search
from retold.errors import UsageError
from retold.holdings import Analysed
from retold.model import Actor, Attribution, Quotation, Report
from retold.text.content import content_id

TEXT = "“The grain deal is dead,” Minister Ilse Törnqvist said. Nobody else spoke of grain."


def report(text: str, **fields) -> Report:
    made = Report(id="", text=text, **fields)
    return Report(
        **{**{f: getattr(made, f) for f in made.__struct_fields__}, "id": content_id(made)}
    )


def found(
    kept, speaker: str = "Ilse Törnqvist", quoted: str = "The grain deal is dead,"
) -> Analysed:
    text = kept.report.text
    start = text.index(quoted)
    actor = Actor(id="a1", name=speaker, kind="person", mentions=(), names=(speaker, "minister"))
    one = Quotation(
        id="q1",
        report=kept.report.id,
        kind="direct",
        content=((start, start + len(quoted)),),
        cue=(),
        source=(),
        speaker="a1",
        chain=(),
        confidence=0.9,
    )
    return Analysed(
        kept.report.id, ((0, len(text)),), Attribution(kept.report.id, (one,), (actor,))
    )


def run(archive, version: str = "1"):
    return deriving.begin(archive, quoting.METHOD, version, "s", "{}")


@pytest.fixture
def filled(archive):
    add(archive, [Item(report(TEXT)), Item(report("No grain deal for Törnqvist."))])
    one = run(archive)
    with archive.writing() as connection:
        kept = list(each(archive))
        quoting.keep(
            connection,
            one,
            [
                (kept[0], found(kept[0])),
                (kept[1], Analysed(kept[1].report.id, (), Attribution(kept[1].report.id, (), ()))),
            ],
        )
    return archive


def hits(archive, *further) -> list[int]:
    return [hit.number for hit in search(archive, Asked(further=further, order="oldest")).hits]


def test_reports_are_found_by_who_says_what_in_one_quotation(filled):
    assert hits(filled, quoting.said("törnqvist", None)) == [1]
    assert hits(filled, quoting.said("Ilse Törnqvist", "grain dea*")) == [1]
    assert hits(filled, quoting.said("tornqvist", "nobody")) == []
    assert hits(filled, quoting.said(None, '"deal is dead"')) == [1]
    assert (
        hits(filled, quoting.said("törn*", "gr*")) == hits(filled, quoting.said("t*", "de*")) == [1]
    )
    both = search(filled, Asked("nobody", further=[quoting.said("il*", "deal")]))
    assert [hit.number for hit in both.hits] == [1]
    assert hits(filled, quoting.named("minister")) == [1]
    assert hits(filled, quoting.named("Törnqvist minister")) == []  # two names are no phrase
    hit = search(filled, Asked(further=[quoting.said(None, "dead")])).hits[0]
    assert [TEXT[a:b] for a, b in hit.marks] == ["dead"]


def test_a_quotation_is_shown_with_its_report_and_speaker(filled):
    with filled.reading() as connection:
        one = next(quoting.spoken(connection, words="grain", speaker="Törnqvist"))
    assert one.kept.report.text == TEXT
    assert one.actors[one.quotation.speaker].name == "Ilse Törnqvist"


@pytest.mark.parametrize("wrong", ["", "***", "-grain"])
def test_nothing_to_look_for_is_said(filled, wrong):
    with pytest.raises(UsageError):
        quoting.said(None, wrong)


def test_one_run_for_one_version_and_settings(filled):
    assert run(filled).number == run(filled).number == 1
    assert run(filled, "2").number == 2
    assert [one.version for one in deriving.runs_of(filled)] == ["1", "2"]


def test_a_new_version_makes_results_stale_and_replaces_them_whole(filled):
    second = run(filled, "2")
    with filled.reading() as connection:
        assert len(deriving.pending(connection, second, after=0, most=10)) == 2
        assert len(deriving.pending(connection, second, after=1, most=10)) == 1
        assert deriving.pending(connection, run_one(filled), after=0, most=10) == []
    with filled.writing() as connection:
        kept = next(iter(each(filled)))
        quoting.keep(connection, second, [(kept, found(kept, "Ada Quill", "Nobody else"))])
    assert hits(filled, quoting.said("törnqvist", None)) == []
    assert hits(filled, quoting.said(None, "dead")) == []
    assert hits(filled, quoting.said("quill", "nobody")) == [1]
    with filled.reading() as connection:
        assert deriving.standing(connection, quoting.METHOD) == {1: 1, 2: 1}


def run_one(archive):
    return deriving.runs_of(archive)[0]


def test_new_reports_are_pending(filled):
    add(filled, [Item(report("Another one."))])
    with filled.reading() as connection:
        assert [
            number for number, _ in deriving.pending(connection, run_one(filled), after=0, most=9)
        ] == [3]
