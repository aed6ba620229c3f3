"""Bringing quotations up to date: what is missing or stale, and nothing else."""

from __future__ import annotations

import pytest

from retold.archive import corrections, open_archive, quoting
from retold.archive.adding import Item, add
from retold.archive.searching import Asked, search
from retold.holdings import FieldCorrected
from retold.keeping import refreshing
from retold.keeping.refreshing import refresh_quotations
from retold.read import read_text
from retold.settings import Settings
from tests.archive.made import made

FERRY = (
    "BRACKWATER, March 4. /NNA/. The ferry Halcyon will not sail this week, harbour master Ilse "
    "Tornqvist said on Tuesday. “The grain deal has nothing to do with it,” she told reporters."
)


@pytest.fixture
def archive(tmp_path):
    with open_archive(made(tmp_path / "a.retold"), create=True) as one:
        add(one, [Item(read_text(FERRY)), Item(read_text("Nobody said anything at the quay."))])
        yield one


def found(archive, *further):
    return [hit.number for hit in search(archive, Asked(further=further)).hits]


def test_quotations_are_found_once_and_new_reports_later(archive):
    assert refresh_quotations(archive).done == 2
    assert found(archive, quoting.said("Tornqvist", "grain deal")) == [1]
    assert found(archive, quoting.named("Ilse Tornqvist")) == [1]
    assert refresh_quotations(archive).done == 0
    add(archive, [Item(read_text(FERRY + " Later she left."))])
    assert refresh_quotations(archive).done == 1
    assert sorted(found(archive, quoting.said(None, "grain"))) == [1, 3]


def test_other_settings_and_other_code_make_it_anew(archive, monkeypatch):
    refresh_quotations(archive)
    assert refresh_quotations(archive, Settings(language="en")).done == 2
    assert refresh_quotations(archive, Settings(fetch_pause=9.0, language="en")).done == 0
    monkeypatch.setattr(refreshing, "version_of", lambda method: "another")
    assert refresh_quotations(archive, Settings(language="en")).done == 2


def test_two_processes_find_what_one_finds(archive, tmp_path):
    more = [Item(read_text(f"{FERRY} It was the {n}th day.")) for n in range(5)]
    add(archive, more)
    refresh_quotations(archive, workers=2)
    with open_archive(tmp_path / "b.retold", create=True) as other:
        add(other, [Item(read_text(FERRY)), Item(read_text("Nobody said anything at the quay."))])
        add(other, more)
        refresh_quotations(other, workers=1)
        ids = [one.report.id for one in more]
        with archive.reading() as one, other.reading() as two:
            first, second = quoting.analysed(one, ids), quoting.analysed(two, ids)
    assert first == second
    assert len(first) == 5


def test_what_people_correct_makes_a_reports_results_stale(archive):
    refresh_quotations(archive)
    ferry = search(archive, Asked("ferry")).hits[0].report
    made = corrections.correct(archive, FieldCorrected(ferry, "language", "de"), by="Ada")
    assert refresh_quotations(archive).done == 1
    corrections.undo(archive, made.number, by="Ada")
    assert refresh_quotations(archive).done == 1
    assert refresh_quotations(archive).done == 0
