"""Damage is found, and what is whole is brought out."""

from __future__ import annotations

import json
import random

import pytest
from sqlalchemy import delete, select, update

from retold.archive import open_archive, tables
from retold.archive.adding import Item, add
from retold.archive.exporting import canonical
from retold.archive.getting import load
from retold.archive.salvaging import salvage
from retold.archive.verifying import verify
from retold.errors import ArchiveError, ArchiveMissing
from retold.model import Report

from .items import FULL, report
from .made import is_held

LONG = " ".join(f"word{n}" for n in range(3_000))
REPORTS = [report(f"{LONG} {n}", title=f"T{n}") for n in range(6)] + [
    FULL,
    report("with \0 and \ud800 in it", id="given \ud800"),
    report("short"),
]


@pytest.fixture
def filled(archive):
    add(archive, [Item(one, one.text.encode("utf-8", "replace")) for one in REPORTS])
    return archive


def texts(lines) -> list[str]:
    return sorted(json.loads(line)["text"] for line in lines)


def test_a_whole_archive_is_whole(filled, place):
    assert list(verify(filled)) == []
    lost: list[int] = []
    assert sorted(salvage(place, lost=lost.append)) == sorted(canonical(filled, raw=True))
    assert lost == []


def test_a_report_whose_page_is_damaged_comes_out_without_it(filled, place):
    with filled.writing() as connection:
        page = connection.scalar(select(tables.report.c.raw).where(tables.report.c.number == 8))
        connection.execute(
            update(tables.blob).where(tables.blob.c.number == page).values(packed=b"nothing")
        )
    lost: list[int] = []
    pageless: list[int] = []
    out = list(salvage(place, lost=lost.append, pageless=pageless.append))
    assert (lost, pageless) == ([], [8])
    assert texts(out) == sorted(one.text for one in REPORTS)
    assert sum("raw" in json.loads(line) for line in out) == len(REPORTS) - 1


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (update(tables.blob).where(tables.blob.c.number == 1).values(packed=b"nothing"), "text"),
        (update(tables.blob).where(tables.blob.c.number == 1).values(size=7), "text"),
        (update(tables.report).where(tables.report.c.number == 2).values(title="X"), "report"),
        (update(tables.report).where(tables.report.c.number == 2).values(text=1), "report"),
        (delete(tables.report).where(tables.report.c.number == 3), "report"),
        (update(tables.report).where(tables.report.c.number == 2).values(dating=["x"]), "report"),
    ],
)
def test_what_is_not_what_was_kept_is_named(filled, place, change, what):
    with filled.writing() as connection:
        connection.execute(change)
    found = list(verify(filled))
    assert what in {one.what for one in found}
    number = {1, 2, 3} & {one.number for one in found}
    lost: list[int] = []
    out = texts(salvage(place, lost=lost.append))
    assert set(lost) <= number
    assert len(out) >= len(REPORTS) - 1


def flat(tmp_path) -> bytes:
    path = tmp_path / "whole.retold"
    with open_archive(path, create=True) as archive:
        add(archive, [Item(one) for one in REPORTS])
    return path.read_bytes()


def test_every_damaged_text_is_found_in_damaged_files(tmp_path):
    whole = flat(tmp_path)
    chance = random.Random(7)
    opened = refused = 0
    for _ in range(60):
        raw = bytearray(whole)
        at = chance.randrange(len(raw))
        length = chance.choice((1, 1, 64, 2_000))
        raw[at : at + length] = chance.randbytes(len(raw[at : at + length]))
        path = tmp_path / "copy.retold"
        path.write_bytes(raw)
        try:
            archive = open_archive(path, read_only=True, upgrade=False)
        except ArchiveError:
            refused += 1
            continue
        opened += 1
        with archive:
            told = {one.number for one in verify(archive)}
            for number, one in enumerate(REPORTS, 1):
                assert number in told or came_out(archive, number) == one.text
    assert opened > 20


def came_out(archive, number: int) -> str | None:
    try:
        with archive.reading() as connection:
            found = load(connection, [number])
    except ArchiveError:
        return None
    return found[0].report.text if found else None


def test_a_file_cut_short_gives_what_is_left_of_it(tmp_path):
    path = tmp_path / "cut.retold"
    whole = flat(tmp_path)
    path.write_bytes(whole[: len(whole) * 9 // 10])
    out = texts(salvage(str(path), lost=lambda _: None))
    assert out
    assert set(out) <= {one.text for one in REPORTS}


def test_what_is_brought_out_costs_an_open_archive_no_lock(tmp_path):
    path = tmp_path / "open.retold"
    with open_archive(path, create=True) as archive:
        add(archive, [Item(one) for one in REPORTS])
        with archive.writing() as connection:
            connection.execute(delete(tables.report).where(tables.report.c.number == 3))
        list(salvage(str(path), lost=lambda _: None))
        assert is_held(path)


def test_there_is_nothing_to_bring_out_of_nothing(tmp_path):
    with pytest.raises(ArchiveMissing):
        list(salvage(str(tmp_path / "none"), lost=lambda _: None))
    other = tmp_path / "other"
    other.write_text("no archive at all, " * 500)
    with pytest.raises(ArchiveError):
        list(salvage(str(other), lost=lambda _: None))


def test_reports_of_the_noun_are_what_they_were(filled):
    assert isinstance(REPORTS[0], Report)
    with filled.reading() as connection:
        assert [kept.as_given for kept in load(connection, range(1, 10))] == REPORTS
