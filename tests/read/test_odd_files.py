"""Files as they lie on people's disks: odd names, odd types, impossible dates, naughty strings."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest

from retold.model import Refusal, Report
from retold.read import read
from retold.show.marks import mixed, visible

TEXT = "The harbour council said on Monday that the ferry would sail again after repairs."
NAUGHTY = [
    "a\0b c d",
    "\u202eevil\u202c \u2066hidden\u2069",
    "zero\u200bwidth \ufeffmark",
    "Z̴̢͠a̷l̶g̸o̷ text",
    "ﷺ ﷽ 𒐫",
    "👩‍👩‍👧 🏳️‍🌈 🇳🇴",
    "<script>alert(1)</script>",
    "'; DROP TABLE reports;--",
    "=cmd|' /C calc'!A0",
    "\x1b[31mred\x1b]8;;x\x07",
    "\u2028line\u2029paragraph\x85next",
    "İıſßﬁ ＦＵＬＬ",
    "e\u0301 é a\u0308\u0304",
    "\ufffe\uffff \U000e0041",
    "${7*7} {{7*7}} %s %n",
    "../../etc/passwd",
]


def given(raw: bytes) -> tuple[tuple[Report, ...], tuple[Refusal, ...]]:
    return read(["-"], stdin=io.BytesIO(raw))


@pytest.mark.parametrize("text", NAUGHTY)
def test_naughty_strings_are_kept_and_shown_as_marks(text: str) -> None:
    for ascii_only in (True, False):
        record = {"text": f"{text} {TEXT}", "title": text, "outlet": text}
        (report,), refused = given(json.dumps(record, ensure_ascii=ascii_only).encode() + b"\n")
        assert (report.text, refused) == (record["text"], ())
    seen = visible(text)
    assert not set(seen) & set("\0\x1b\x07\u202e\u2066\u200b\ufeff\u2028\x85")


def test_half_characters_keep_the_raw_line_and_are_marked() -> None:
    (report,), _ = given(b'{"text": "a \\ud800 b c d e"}\n')
    assert report.text == "a \ufffd b c d e"
    assert "1 half character(s) shown as U+FFFD" in report.notes


@pytest.mark.parametrize("name", ["\u0422ASS", "Reut\u0435rs", "\u0410FP", "The C\u03bfurier"])
def test_names_that_pass_for_others_are_found(name: str) -> None:
    assert len(mixed(name)) == 2


@pytest.mark.parametrize(
    "name", ["ТАСС", "TASS", "РИА Новости RIA", "Καθημερινή", "朝日新聞 Asahi"]
)
def test_names_in_one_script_a_word_are_not(name: str) -> None:
    assert mixed(name) == ()


@pytest.mark.parametrize(
    ("raw", "published", "note"),
    [
        ("1970-01-01", "1970-01-01", "know none"),
        ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "know none"),
        ("9999-12-31", "9999-12-31", "know none"),
        ("Sun, 31 Feb 2031 10:00:00 GMT", None, "is no date"),
        ("2031-02-30", None, "is no date"),
        ("2031-03-04T25:00", None, "is no date"),
        ("1700000000", "2023-11-14T22:13:20Z", ""),
        ("2031-03-04T10:00+25:00", "2031-03-04T10:00", ""),
        ("2031-03-04T10:00+99:99", "2031-03-04T10:00", ""),
        ("2031-03-04T10:00+14:00", "2031-03-04T10:00+14:00", ""),
        ("٢٠٣١-٠٣-٠٤", "2031-03-04", ""),
    ],
)
def test_impossible_and_unlikely_dates(raw: str, published: str | None, note: str) -> None:
    (report,), _ = given(json.dumps({"text": TEXT, "published": raw}).encode() + b"\n")
    assert report.published == published
    assert note in " ".join(report.notes)
    if published is not None:
        assert report.dating is not None
        assert report.dating.raw == raw


@pytest.mark.parametrize("ending", ["", "jsonl", "json", "html", "csv", "gz", "zst", "warc", "xml"])
def test_empty_files_and_huge_files_of_nothing(ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"a.{ending}"
    file.write_bytes(b"")
    _, (refusal,) = read([str(file)])
    assert (refusal.error, bool(refusal.advice)) == ("EmptyInput", True)
    os.truncate(file, 60_000_000)
    reports, refused = read([str(file)])
    assert reports == ()
    assert refused
    assert {one.error for one in refused} <= {"TooLarge", "EmptyInput", "NotText"}
    assert all(one.advice for one in refused)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such files")
def test_what_cannot_be_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    for name in (
        str(tmp_path / "a"),
        "/proc/self/mem",
        "x" * 5000,
        "a\0b",
        str(tmp_path / "gone/"),
    ):
        reports, (refusal,) = read([name])
        assert reports == ()
        assert refusal.error == "MissingInput", refusal
        assert refusal.advice


def test_a_list_of_feeds_is_no_article() -> None:
    _, (refusal,) = given(
        b'<opml version="2.0"><body><outline xmlUrl="https://a.example/"/></body></opml>'
    )
    assert refusal.error == "NotText"
    assert "watch" in refusal.advice


def test_parquet_of_other_types(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    file = tmp_path / "a.parquet"

    def written(query: str) -> tuple[tuple[Report, ...], tuple[Refusal, ...]]:
        duckdb.sql(f"COPY ({query}) TO '{file}' (FORMAT parquet)")
        return read([str(file)])

    (report,), _ = written(
        f"SELECT '{TEXT}'::BLOB AS text, uuid() AS id, TIMESTAMP '2031-03-04' AS date"
    )
    assert report.text == TEXT
    assert len(report.id) == 36
    for value in ("1", "['a', 'b']", "{'a': 1}", "'\\xFF'::BLOB"):
        reports, (refusal,) = written(f"SELECT {value} AS text")
        assert (reports, refusal.where) == ((), "row 1")
    reports, (refusal,) = written("SELECT i AS alpha, i AS beta FROM range(5000) t(i)")
    assert (reports, refusal.error) == ((), "BadRecord")
    assert "--map text=COLUMN" in refusal.advice
