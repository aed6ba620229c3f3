"""Files of good and broken records: the good come back unaltered, each broken one with its place.

Which records are broken and how is drawn from a seed; `RETOLD_MUTANTS` sets how many records
(default 1,000) are written over all formats.
"""

from __future__ import annotations

import csv
import gzip
import html
import io
import json
import os
from collections.abc import Callable
from random import Random

import pytest

from retold.model import Refusal, Report
from retold.read import read
from tests.read.feeds import answer, warc_record
from tests.read.hangs import watched
from tests.read.pages import page

RECORDS = int(os.environ.get("RETOLD_MUTANTS", "1000"))
ROUNDS = max(2, RECORDS // 250)
WORDS = [
    "ferry",
    "harbour",
    "council",
    "pilot",
    "“Mayor",
    "Renée",
    "Dahl”",
    "14,000",
    "said;",
    "repairs",
    "–",
    "crowns.",
    "Паром",
    "вышел",
    "渡轮",
    "«quota»",
    "<engine>",
    "&",
    "co.",
    "\\n",
    "it's",
    "1/2",
    "😀",
    "é",
    "=SUM(1)",
    "O'Hara",
]


class Written:
    """A file being written: its bytes, the texts that are to come back, the places of the rest."""

    def __init__(self, seed: str) -> None:
        self.random = Random(seed)
        self.good: list[str] = []
        self.places: list[str] = []
        self.number = 0

    def text(self, lines: int = 2) -> str:
        """Words of every kind, over so many lines."""
        self.number += 1
        parts = [" ".join(self.random.choices(WORDS, k=12)) for _ in range(lines)]
        return f"{self.number}. " + "\n".join(parts)

    def is_broken(self) -> bool:
        return self.random.random() < 0.4


def given(raw: bytes) -> tuple[tuple[Report, ...], tuple[Refusal, ...]]:
    with watched():
        return read(["-"], stdin=io.BytesIO(raw))


def lines(seed: str) -> tuple[bytes, list[str], list[str]]:
    written = Written(seed)
    rows: list[bytes] = []
    for number in range(1, 26):
        text = written.text()
        row = json.dumps({"text": text}, ensure_ascii=number % 2 == 0).encode()
        if written.is_broken():
            row = written.random.choice(
                [
                    row[:-1],
                    row[1:],
                    row.replace(b'"text"', b'"texts"'),
                    row.replace(b": ", b" ", 1),
                    b"null",
                    b'{"text": 7}',
                    row[:20] + b"\xff" + row[20:],
                    b"[" * 300,
                    row + row,
                ]
            )
            written.places.append(f"line {number}")
        else:
            written.good.append(text)
        rows.append(row)
    return b"\n".join(rows) + b"\n", written.good, written.places


def listed(seed: str, indent: int | None) -> tuple[bytes, list[str], list[str]]:
    """A JSON list: indented, or a record on each line."""
    written = Written(seed)
    rows = []
    line = 2
    for number in range(1, 26):
        record = {"text": written.text(), "more": [{"text": "no record of its own"}]}
        row = json.dumps(record, indent=indent)
        if number > 1 and written.is_broken():
            row = written.random.choice(
                [row.replace('"text": "', '"text": ', 1), row.replace('": ', '" ', 1)]
            )
            written.places.append(f"record {number}, line {line}")
        else:
            written.good.append(record["text"])  # type: ignore[arg-type]
        rows.append(row)
        line += row.count("\n") + 1
    raw = "[\n" + ",\n".join(rows) + "\n]\n"
    return raw.encode(), written.good, written.places


def table(seed: str, delimiter: str) -> tuple[bytes, list[str], list[str]]:
    written = Written(seed)
    out = "id,text,title\n".replace(",", delimiter)
    for number in range(1, 26):
        text = written.text()
        place = f"line {out.count(chr(10)) + 1}"
        cell = io.StringIO(newline="")
        csv.writer(cell, delimiter=delimiter, lineterminator="\n").writerow([number, text, "Ferry"])
        row = cell.getvalue()
        if written.is_broken():
            row = written.random.choice(
                [
                    f"{number}{delimiter}lost a cell\n",
                    f"{number}{delimiter}a{delimiter}b{delimiter}one too many\n",
                    f'{number}{delimiter}"closed" early{delimiter}b\n',
                    f"{number}{delimiter}{delimiter}no text\n",
                ]
            )
            written.places.append(place)
        else:
            written.good.append(text)
        out += row
    return out.encode(), written.good, written.places


def archive(seed: str, packed: Callable[[bytes], bytes]) -> tuple[bytes, list[str], list[str]]:
    written = Written(seed)
    raw, at = b"", 0
    for number in range(1, 13):
        mark = f"Edition {number} of that day was printed."
        record = warc_record(answer(page(above=f"<p>{mark}</p>").encode()))
        if written.is_broken():
            record = written.random.choice(
                [
                    record.replace(b"Content-Length: ", b"Content-Length: 9999999999999999", 1),
                    record.replace(b"Content-Length: ", b"Content-Longth: ", 1),
                    record.replace(b"HTTP/1.1 200 OK", b"HTTQ/1.1 200 OK", 1),
                    warc_record(answer(b"", "Content-Type: text/html")),
                    warc_record(
                        answer(b"\x1f\x8b", "Content-Type: text/html\r\nContent-Encoding: gzip")
                    ),
                    warc_record(
                        answer(
                            b"ffff\r\ncut", "Content-Type: text/html\r\nTransfer-Encoding: chunked"
                        )
                    ),
                ]
            )
            written.places.append(f"byte {at}")
        else:
            written.good.append(mark)
        at += len(record)
        raw += packed(record)
    return raw, written.good, written.places


def zstandard(raw: bytes) -> bytes:
    return bytes(pytest.importorskip("zstandard").compress(raw))


def feed(seed: str, kind: str) -> tuple[bytes, list[str], list[str]]:
    written = Written(seed)
    entries = []
    for number in range(1, 21):
        text = written.text(1)
        broken = written.is_broken()
        if broken:
            written.places.append(f"entry {number}")
        else:
            written.good.append(" ".join(text.split()))
        body = "" if broken else f"<p>{html.escape(text)}</p>"
        if kind == "rss":
            entries.append(
                f"<item><title>{number}</title><content:encoded>{html.escape(body)}"
                "</content:encoded></item>"
            )
        elif kind == "atom":
            entries.append(
                f'<entry><title>{number}</title><content type="html">{html.escape(body)}</content>'
                "</entry>"
            )
        else:
            entries.append(
                json.dumps({"id": str(number), **({} if broken else {"content_html": body})})
            )
    joined = "".join(entries)
    if kind == "rss":
        space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        joined = f'<rss version="2.0" {space}><channel>{joined}</channel></rss>'
    elif kind == "atom":
        joined = f'<feed xmlns="http://www.w3.org/2005/Atom">{joined}</feed>'
    else:
        joined = (
            f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{",".join(entries)}]}}'
        )
    return joined.encode(), written.good, written.places


def message(seed: str) -> tuple[bytes, list[str], list[str]]:
    written = Written(seed)
    items = []
    for number in range(1, 21):
        text = written.text(1)
        if written.is_broken():
            body = "<remoteContent/>"
            written.places.append(f"item {number}")
        else:
            body = f"<inlineData>{html.escape(text)}</inlineData>"
            written.good.append(text)
        items.append(
            f'<newsItem guid="urn:norda:{number}"><contentSet>{body}</contentSet></newsItem>'
        )
    raw = f"<newsMessage><itemSet>{''.join(items)}</itemSet></newsMessage>"
    return raw.encode(), written.good, written.places


def wire(seed: str) -> tuple[bytes, list[str], list[str]]:
    written = Written(seed)
    rows = []
    for number in range(1, 26):
        record = {"uri": f"urn:norda:{number}", "body_text": written.text()}
        if written.is_broken():
            record["body_text"] = written.random.choice(["", " \n"])
            written.places.append(f"line {number}")
        else:
            written.good.append(record["body_text"])
        rows.append(json.dumps(record))
    return "\n".join(rows).encode(), written.good, written.places


def members(seed: str) -> tuple[bytes, list[str], list[str]]:
    """Lines of JSON, each packed by itself, some of them damaged; a place for each is not asked."""
    written = Written(seed)
    raw = b""
    for _ in range(20):
        text = written.text()
        packed = gzip.compress(json.dumps({"text": text}).encode() + b"\n")
        if written.is_broken():
            packed = packed[:-8] + b"\0\1\2\3" + packed[-4:]  # its checksum is wrong
            written.places.append("byte")
        else:
            written.good.append(text)
        raw += packed
    return raw, written.good, written.places


FORMATS: dict[str, Callable[[str], tuple[bytes, list[str], list[str]]]] = {
    "jsonl": lines,
    "json, indented": lambda seed: listed(seed, 1),
    "json, by lines": lambda seed: listed(seed, None),
    "csv": lambda seed: table(seed, ","),
    "tsv": lambda seed: table(seed, "\t"),
    "warc": lambda seed: archive(seed, lambda raw: raw),
    "warc.gz": lambda seed: archive(seed, gzip.compress),
    "warc.zst": lambda seed: archive(seed, zstandard),
    "rss": lambda seed: feed(seed, "rss"),
    "atom": lambda seed: feed(seed, "atom"),
    "json feed": lambda seed: feed(seed, "json"),
    "newsml message": message,
    "ninjs": wire,
}


@pytest.mark.parametrize("name", FORMATS)
def test_the_good_come_back_and_the_broken_are_listed(name: str) -> None:
    rounds = max(1, ROUNDS // 4) if name.startswith("warc") else ROUNDS
    for number in range(rounds):
        raw, good, places = FORMATS[name](f"{name} {number}")
        reports, refused = given(raw)
        if name.startswith("warc"):  # a page's other lines are all alike
            assert all(mark in report.text for mark, report in zip(good, reports, strict=True))
        else:
            assert [one.text for one in reports] == good
        assert [one.where for one in refused] == places
        assert all(one.reason and one.error != "InputRefused" for one in refused)
        assert good
        assert places or number


def test_a_wrong_checksum_is_listed_and_costs_its_own_member_only() -> None:
    for number in range(ROUNDS):
        raw, texts, places = members(f"members {number}")
        reports, refused = given(raw)
        assert [one.text for one in reports] == texts
        assert len(refused) == len(places)
        assert all(one.error == "Damaged" and one.where.startswith("byte ") for one in refused)


def test_a_list_that_breaks_off_and_one_object_that_is_broken() -> None:
    raw, good, _ = listed("breaks off", 1)
    reports, refused = given(raw[: len(raw) // 2])
    assert [one.text for one in reports] == good[: len(reports)]
    assert len(reports) >= 4
    assert refused[-1].where.startswith("record ")
    for broken in ('{\n "text": "a",\n}', '{"text": "a b", "more": [{"text": "x"}, {"text" "y"}]}'):
        reports, (refusal,) = given(broken.encode())
        assert reports == ()
        assert refusal.where.startswith("line ")


def test_a_list_of_lost_braces_is_not_listed_without_end() -> None:
    for unit in ("{", "\n{", '\n{"a":', '{"a":"b\n', "{}{", '[{"a":['):
        for start in ("[", '{"a": [\n'):
            reports, refused = given((start + unit * 20_000).encode())
            assert len(reports) <= 1  # a line of brackets is a text
            assert len(refused) <= 10_001
            assert reports or refused
