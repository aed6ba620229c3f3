"""Files that say nothing of their encoding, or lie about it."""

from __future__ import annotations

import io
import json

import pytest

from retold.model import Refusal, Report
from retold.read import read
from tests.read.pages import page

RUSSIAN = "Городской совет порта в понедельник сообщил, что паром снова выйдет в море. Мэр {} рада."
JAPANESE = "フェリーは月曜日に再び出航した。市長は乗組員に感謝した。{}\n" * 4
ENGLISH = "The harbour council said on Monday that the ferry {} would sail again, naïvely.\n"
WIDE = ["utf-16-le", "utf-16-be", "utf-16", "utf-32"]


def given(raw: bytes) -> tuple[tuple[Report, ...], tuple[Refusal, ...]]:
    return read(["-"], stdin=io.BytesIO(raw))


def feed(text: str, declared: str = "") -> str:
    says = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    return (
        f'{says}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>Порт</title><item><title>Паром</title><content:encoded>"
        f"<![CDATA[<p>{text}</p>]]></content:encoded></item></channel></rss>"
    )


@pytest.mark.parametrize("encoding", WIDE)
@pytest.mark.parametrize("text", [RUSSIAN * 3, JAPANESE, ENGLISH * 2])
def test_two_bytes_a_character_without_a_mark(text: str, encoding: str) -> None:
    (report,), refused = given(text.encode(encoding))
    assert (report.text, refused) == (text, ())
    rows = [text.replace("{}", str(number)).strip() for number in range(3)]
    lines = "".join(json.dumps({"text": row}, ensure_ascii=False) + "\n" for row in rows)
    for raw in (lines, json.dumps([{"text": row} for row in rows], indent=1, ensure_ascii=False)):
        reports, refused = given(raw.encode(encoding))
        assert ([one.text for one in reports], refused) == (rows, ())


def test_zeros_in_other_files_do_not_make_them_utf16() -> None:
    lines = [json.dumps({"text": f"{n} {RUSSIAN}"}, ensure_ascii=False) for n in range(4)]
    lines[2] = lines[2].replace("порта", "пор\0\0\0та")
    reports, refused = given("\n".join(lines).encode())
    assert len(reports) == 3
    assert [one.where for one in refused] == ["line 3"]


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_lines_put_together_from_files_of_two_encodings(encoding: str) -> None:
    first = "".join(RUSSIAN.format(n) + "\n" for n in range(3))
    (report,), _ = given(first.encode() + first.encode(encoding))
    assert report.text == first + first
    assert "3 line(s), the first line 4" in report.notes[0]


def test_one_line_of_damage_is_no_other_encoding() -> None:
    text = "".join(RUSSIAN.format(n) + "\n" for n in range(4))
    raw = text.encode()
    (report,), _ = given(raw[:200] + b"\xff" + raw[200:])
    assert "1 damaged character(s)" in report.notes[0]


@pytest.mark.parametrize(
    ("raw", "noted"),
    [
        (feed(RUSSIAN, "windows-1251").encode("cp1251"), ""),
        (feed(RUSSIAN, "utf-8").encode("cp1251"), "windows-1251"),
        (feed(RUSSIAN).encode("cp1251"), "windows-1251"),
        (feed(RUSSIAN, "windows-1252").encode(), "says another"),
        (feed(RUSSIAN, "utf-16").encode("utf-16"), ""),
    ],
)
def test_feeds_that_lie_about_their_encoding(raw: bytes, noted: str) -> None:
    (report,), refused = given(raw)
    assert (report.text, report.title, refused) == (RUSSIAN, "Паром", ())
    assert noted in " ".join(report.notes)


@pytest.mark.parametrize("declared", ["utf-8", "windows-1251", "rot13", "unheard-of"])
def test_pages_that_lie_about_their_encoding(declared: str) -> None:
    body = f"<p>{RUSSIAN}</p>" * 3
    raw = page(body=body).replace('"utf-8"', f'"{declared}"').encode("cp1251", "replace")
    (report,), _ = given(raw)
    assert RUSSIAN in report.text
