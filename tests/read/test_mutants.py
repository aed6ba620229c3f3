"""Damaged inputs through the whole of reading: nothing uncaught, the good records kept.

`RETOLD_MUTANTS` sets how many (default 1,000; a page takes about 3 ms, a page in ten is used).
"""

from __future__ import annotations

import io
import json
import os
from random import Random

import msgspec
import pytest

from retold.model import Refusal, Report
from retold.read import read
from retold.settings import Limits, Settings
from tests.read.hangs import watched
from tests.read.pages import BODY, page

MUTANTS = int(os.environ.get("RETOLD_MUTANTS", "1000"))
# One thousand, in the shares that keep the room fast: pages cost most.
BATCHES = [("page", 0.25), ("records", 0.35), ("text", 0.4)]
KNOWN = {
    "BadRecord",
    "EmptyInput",
    "NoArticle",
    "NotText",
    "TooLarge",
    "TooSlow",
}
SETTINGS = Settings(limits=Limits(page_bytes=200_000))
LINKED = json.dumps(
    {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebPage", "url": "https://courier.example/a"},
            {
                "@type": "NewsArticle",
                "headline": "Ferry sails again",
                "datePublished": "2031-03-04T08:15:00+09:00",
                "author": [{"@type": "Person", "name": "Anna Holm"}],
                "creditText": "Norwick Press Agency",
            },
        ],
    }
)
PAGE = page(
    head=f'<script type="application/ld+json">{LINKED}</script>'
    '<meta property="article:published_time" content="2031-03-04">'
    '<link rel="canonical" href="https://courier.example/a">',
    above='<p class="byline">By Anna Holm, Reuters</p><time datetime="2031-03-04">4 March</time>',
)
TEXT = (
    "Ferry sails again\nBy Anna Holm, PA News\n\nPORT VALE, March 4 (Reuters) - The harbour council "  # noqa: E501
    "said “we know” – and Mayor Solheim agreed. Паром вышел. 渡轮星期一再次出航。\r\n\r\n"
    "© 2031 Agence France-Presse\nSource: Norwick Press Agency\n"
)
RECORDS = "".join(
    json.dumps(
        {
            "id": f"r{number}",
            "text": f"{number}. {TEXT}",
            "title": "Ferry sails",
            "published": "2031-03-04T08:15Z",
            "extra": {"a": [number]},
        },
        ensure_ascii=number % 2 == 0,
    )
    + "\n"
    for number in range(4)
)
STARTS = {"page": PAGE, "records": RECORDS, "text": TEXT}
PIECES = [
    b"\0",
    b"\xff",
    b"\xfe\xff",
    b"\xed\xa0\x80",
    b"\xc3",
    b"\x19",
    b"\x1b]8;;x\x07",
    b"\r",
    b"\n\n\n",
    b"<",
    b">",
    b"<!--",
    b"-->",
    b"<script>",
    b"</script>",
    b"<![CDATA[",
    b"&#0;",
    b"&#xD800;",
    b"&#x110000;",
    b"&amp" * 50,
    b'"',
    b"\\",
    b"\\ud800",
    b"{",
    b"}",
    b"[" * 400,
    b"1e999",
    b"NaN",
    b"(" * 60,
    b"/" * 60,
    b"A, " * 80,
    b"2031-02-31T99:99",
    b"http://[",
    b"%PDF-",
    b"<div>" * 100,
    b"<p a=" + b"b " * 80,
    "—".encode() * 40,
    "\u202e\u2066\u200f".encode(),
    "ﷺ".encode() * 30,
    "🚢‍👩‍👩‍👧".encode(),
]


def mutant(raw: bytes, random: Random) -> bytes:
    """A copy with one to six things done to it."""
    data = bytearray(raw)
    for _ in range(random.randint(1, 6)):
        at = random.randrange(len(data) + 1)
        to = min(len(data), at + random.choice([1, 2, 7, 40, 400]))
        action = random.randrange(7)
        if action == 0:
            del data[at:to]
        elif action == 1:
            data[at:at] = random.choice(PIECES)
        elif action == 2:
            data[at:to] = random.choice(PIECES)
        elif action == 3:
            data[at:at] = data[at:to] * random.randint(1, 20)
        elif action == 4:
            data[at:to] = bytes(random.randrange(256) for _ in range(to - at))
        elif action == 5:
            del data[at:]
        elif at < len(data):
            data[at] ^= 1 << random.randrange(8)
    return bytes(data[:150_000])


def checked(reports: tuple[Report, ...], refused: tuple[Refusal, ...]) -> None:
    for report in reports:
        assert report.text.strip()
        assert max(report.text) < "\ud800" or max(report.text) > "\udfff"
        again = msgspec.json.decode(msgspec.json.encode(report), type=Report)
        assert again == report
        for credit in report.credits:
            assert credit.span is None or report.text[slice(*credit.span)] == credit.name
        if report.dateline is not None:
            start, end = report.dateline.span
            assert 0 <= start < end <= len(report.text)
    for refusal in refused:
        assert refusal.error in KNOWN, refusal
        assert refusal.reason


@pytest.mark.parametrize(("kind", "share"), BATCHES)
@pytest.mark.parametrize("batch", range(10))
def test_mutants(kind: str, share: float, batch: int) -> None:
    random = Random(f"{kind} {batch}")
    raw = STARTS[kind].encode()
    good = b'{"id": "kept", "text": "The last line of the file is sound."}\n'
    for _ in range(round(MUTANTS * share / 10)):
        data = mutant(raw, random)
        if kind == "records":
            data = b'{"id": "first", "text": "So is its first line."}\n' + data + b"\n" + good
        with watched():
            reports, refused = read(["-"], SETTINGS, stdin=io.BytesIO(data))
        checked(reports, refused)
        assert reports or refused
        if kind == "records":
            assert {"first", "kept"} <= {report.id for report in reports}


def test_the_mutants_are_not_all_refused() -> None:
    random = Random("share")
    for kind in STARTS:
        sound = 0
        for _ in range(30):
            data = mutant(STARTS[kind].encode(), random)
            sound += bool(read(["-"], SETTINGS, stdin=io.BytesIO(data))[0])
        assert sound >= 3


def test_the_start_is_sound() -> None:
    (report,), refused = read(["-"], stdin=io.BytesIO(PAGE.encode()))
    assert refused == ()
    assert report.byline == "Anna Holm"
    assert BODY[3:40] in report.text
