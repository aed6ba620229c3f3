"""Dates as people and tables write them; what may be two dates is none."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from retold.cli.app import app
from retold.language.calendar import names
from retold.read import read
from retold.read.written_dates import Unread, read_date, unix
from retold.settings import Settings

TEXT = "The ferry Orlanda left the harbour of Kesselwick at noon with forty passengers on board."


def iso(raw, order=None):
    found = read_date(raw, "given", order)
    return None if isinstance(found, Unread) else found[0]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("March 4, 2031", "2031-03-04"),
        ("4 March 2031", "2031-03-04"),
        ("Tuesday 4th March 2031, 10:15 am", "2031-03-04T10:15"),
        ("Mar 4, 2031 3:05 PM GMT", "2031-03-04T15:05Z"),
        ("Mar 4, 2031 12:05 a.m.", "2031-03-04T00:05"),
        ("March 2031", "2031-03"),
        ("2031/03/04", "2031-03-04"),
        ("2031.03.04 10:15", "2031-03-04T10:15"),
        ("13.10.1999", "1999-10-13"),
        ("04.03.2031 10.15 Uhr", "2031-03-04T10:15"),
        ("4. März 2031", "2031-03-04"),
        ("4 марта 2031 г.", "2031-03-04"),
        ("4 марта 2031 года в 10:15", "2031-03-04T10:15"),
        ("4 березня 2031 р.", "2031-03-04"),
        ("4 marca 2031 r., godz. 10:15", "2031-03-04T10:15"),
        ("le mardi 4 mars 2031 à 10h15", "2031-03-04T10:15"),
        ("1er mars 2031", "2031-03-01"),
        ("martes, 4 de marzo de 2031", "2031-03-04"),
        ("terça-feira, 4 de março de 2031", "2031-03-04"),
        ("4. maaliskuuta 2031 klo 10.15", "2031-03-04T10:15"),
        ("٤ مارس ٢٠٣١", "2031-03-04"),
        ("4 मार्च 2031", "2031-03-04"),
        ("2031年3月4日 10:15", "2031-03-04T10:15"),
        ("２０３１年３月４日", "2031-03-04"),
        ("2031년 3월 4일", "2031-03-04"),
        ("Tue, 04 Mar 2031 10:15:00 +0100", "2031-03-04T10:15:00+01:00"),
        ("20310304T101500Z", "2031-03-04T10:15:00Z"),
        ("2031-03-04 10:15 CET", "2031-03-04T10:15"),
        ("1930383000", "2031-03-04T09:30:00Z"),
        ("1930383000123", "2031-03-04T09:30:00Z"),
        ("13/03/2031", "2031-03-13"),
        ("03/13/2031", "2031-03-13"),
        ("04/04/2031", "2031-04-04"),
    ],
)
def test_a_written_date(raw, expected):
    found = read_date(raw, "given")
    assert not isinstance(found, Unread), found
    assert found[0] == expected
    assert found[1].raw == raw
    assert found[1].found_in == "given"


@pytest.mark.parametrize("raw", ["04/03/2031", "04-03-2031", "4/3/2031 10:15"])
def test_what_may_be_two_dates_is_none_unless_the_order_is_told(raw):
    found = read_date(raw, "given")
    assert isinstance(found, Unread)
    assert "--dates" in found
    assert iso(raw, "dmy").startswith("2031-03-04")
    assert iso(raw, "mdy").startswith("2031-04-03")


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "yesterday",
        "31 Feb 2031",
        "2031-13-01",
        "04/03/31",
        "32/01/2031",
        "4 March 2031 and more",
        "March 4 5, 2031",
        "4 March 2031 25:15",
        "4 March 2031, 15:05 pm",
        "99999999999999999999",
        "5",
        "4 listopad 20310",
        "-1930383000",
        "March March 4 2031",
        "/" * 5000,
        "9" * 5000,
        "mars " * 5000,
    ],
)
def test_what_is_no_date(raw):
    assert iso(raw) is None


def test_a_name_of_two_months_is_none():
    assert "märz" in names().months
    assert all(1 <= month <= 12 for month in names().months.values())
    assert not names().idle & names().months.keys()


@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)), st.sampled_from(sorted(names().months)))
def test_every_month_by_name(day, month):
    number = names().months[month]
    expected = f"{day.year}-{number:02}-{min(day.day, 28):02}"
    assert iso(f"{min(day.day, 28)} {month} {day.year}") == expected
    assert iso(f"{month} {min(day.day, 28)}, {day.year}") == expected


@given(st.dates(date(1000, 1, 1)), st.sampled_from(["dmy", "mdy"]), st.sampled_from("/-"))
def test_numbers_in_the_order_that_is_told(day, order, mark):
    parts = (f"{day.day:02}", f"{day.month:02}")
    written = mark.join((*(parts if order == "dmy" else parts[::-1]), f"{day.year}"))
    assert iso(written, order) == day.isoformat()


@given(st.datetimes(datetime(1980, 1, 2), datetime(2099, 12, 30)))
def test_unix_times(moment):
    seconds = int(moment.replace(tzinfo=UTC).timestamp())
    expected = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert unix(seconds) == unix(seconds * 1000.0) == expected


@given(st.text(max_size=90))
def test_anything_is_read_or_refused(raw):
    found = read_date(raw, "given")
    assert isinstance(found, Unread) or found[0]


def records(tmp_path, *values, settings=None):
    file = tmp_path / "a.jsonl"
    lines = [json.dumps({"text": TEXT, "published": value}) for value in values]
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return read([str(file)], settings or Settings())


def test_numbers_in_records_are_unix_times(tmp_path):
    reports, refused = records(tmp_path, 1930383000, 1930383000123, 1930383000.5, 7, -1, 10**30)
    assert refused == ()
    assert [report.published for report in reports[:3]] == ["2031-03-04T09:30:00Z"] * 3
    for report in reports[3:]:
        assert report.published is None
        assert any("taken as unknown" in note for note in report.notes)
    _, (refusal,) = records(tmp_path, True)
    assert refusal.error == "BadRecord"


def test_the_order_of_a_run_holds_for_records_and_tables(tmp_path):
    (report,), _ = records(tmp_path, "04/03/2031", settings=Settings(dates="mdy"))
    assert report.published == "2031-04-03"
    (report,), _ = records(tmp_path, "04/03/2031")
    assert report.published is None
    assert any("--dates" in note for note in report.notes)
    table = tmp_path / "a.csv"
    table.write_text(f'text,published\n"{TEXT}",04/03/2031\n', "utf-8")
    (report,), _ = read([str(table)], Settings(dates="dmy"))
    assert report.published == "2031-03-04"


def test_the_option(tmp_path):
    table = tmp_path / "a.csv"
    table.write_text(f'text,published\n"{TEXT}",04/03/2031\n', "utf-8")
    assert CliRunner().invoke(app, ["collate", str(table), "--dates", "dmy"]).exit_code == 0
    assert CliRunner().invoke(app, ["collate", str(table), "--dates", "ymd"]).exit_code == 2
