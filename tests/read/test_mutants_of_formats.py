"""Damaged tables, feeds, wire items and archives: nothing uncaught, the good records kept.

`RETOLD_MUTANTS` sets how many (default 1,000), shared out so that the slow parsers get least.
"""

from __future__ import annotations

import gzip
import io
import json
import os
from pathlib import Path
from random import Random

import pytest

from retold.model import Refusal, Report
from retold.read import read
from retold.settings import Limits, Settings
from tests.read.feeds import (
    ATOM,
    JSON_FEED,
    MESSAGE,
    NEWSML,
    NINJS,
    NINJS_2,
    NITF,
    RSS,
    SITEMAP,
    pages,
)
from tests.read.hangs import watched
from tests.read.test_mutants import KNOWN, RECORDS, TEXT, checked, mutant

MUTANTS = int(os.environ.get("RETOLD_MUTANTS", "1000"))
SETTINGS = Settings(limits=Limits(page_bytes=200_000, feed_bytes=200_000))
LISTED = KNOWN | {"NotFetched", "Damaged", "FetchFailed"}
ROWS = "id,title,body,published\n" + "".join(
    f'{n},"Ferry, {n}","{n}. {TEXT.replace(chr(34), chr(34) * 2)}",2031-03-04\n' for n in range(6)
)
ARCHIVE = b"".join(pages(2))
STARTS: dict[str, tuple[bytes, float]] = {
    "rss": (RSS.encode(), 0.12),
    "atom": (ATOM.encode(), 0.1),
    "jsonfeed": (JSON_FEED.encode(), 0.1),
    "sitemap": (SITEMAP.encode(), 0.1),
    "ninjs": (NINJS.encode(), 0.06),
    "ninjs2": (NINJS_2.encode(), 0.06),
    "nitf": (NITF.encode(), 0.08),
    "newsml": (NEWSML.encode(), 0.06),
    "message": (MESSAGE.encode(), 0.06),
    "csv": (ROWS.encode(), 0.1),
    "records.gz": (gzip.compress(RECORDS.encode()), 0.06),
    "tsv": (ROWS.replace(",", "\t").encode(), 0.05),
    "json": (json.dumps([json.loads(one) for one in RECORDS.splitlines()]).encode(), 0.05),
    "json, indented": (
        json.dumps([json.loads(one) for one in RECORDS.splitlines()], indent=1).encode(),
        0.05,
    ),
    "urls": (b"# mine\n" + b"https://courier.example/a?b=1\n" * 9, 0.03),
    "opml": (
        b'<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body><outline'
        b' text="The Courier" type="rss" xmlUrl="https://courier.example/feed"/></body></opml>',
        0.03,
    ),
    "records, utf-16": (RECORDS.encode("utf-16-le"), 0.04),
    "feed that lies": (RSS.encode("cp1252", "replace"), 0.04),
    "warc": (ARCHIVE, 0.05),
    "warc.gz": (b"".join(gzip.compress(one) for one in pages(2)), 0.05),
    "warc.zst": (b"", 0.04),
}
REFUSED_WHOLE = ("sitemap", "urls", "opml")


def given(data: bytes) -> tuple[tuple[Report, ...], tuple[Refusal, ...]]:
    with watched():
        return read(["-"], SETTINGS, stdin=io.BytesIO(data))


@pytest.mark.parametrize("kind", STARTS)
def test_mutants(kind: str) -> None:
    raw, share = STARTS[kind]
    if kind == "warc.zst":
        zstandard = pytest.importorskip("zstandard")
        raw = b"".join(zstandard.compress(one) for one in pages(2))
    random = Random(f"formats {kind}")
    sound = 0
    for _ in range(round(MUTANTS * share)):
        reports, refused = given(mutant(raw, random))
        assert reports or refused
        sound += bool(reports)
        checked(reports, ())
        for one in refused:
            assert one.error in LISTED, one
            assert one.reason
    assert sound or kind in REFUSED_WHOLE


def test_good_rows_and_records_around_damage_are_kept(tmp_path: Path) -> None:
    random = Random("around")
    good = '90,T,"The last row of the table is sound.",2031-03-04\n'
    wire = '{"id": "90", "text": "The last line is sound."}\n'
    last = pages(1)[0].replace(b"courier.example/0", b"courier.example/last")
    for _ in range(40):
        damage = mutant(ROWS.partition("\n")[2].encode(), random).replace(b"\0", b"")
        file = tmp_path / "a.csv"
        file.write_bytes(b"id,title,body,published\n1,T,First row,\n" + damage + b"\n" * 2)
        with file.open("ab") as more:
            more.write(good.encode() * 1)
        reports, refused = read([str(file)], SETTINGS)
        assert reports
        assert all(one.where.startswith("line ") for one in refused), refused
        data = gzip.compress(wire.replace("90", "1").encode())
        data += mutant(gzip.compress(RECORDS.encode()), random) + gzip.compress(wire.encode())
        reports, refused = given(data)
        assert "1" in {one.id for one in reports}
    for _ in range(15):
        damage = mutant(ARCHIVE, random)
        reports, refused = given(pages(1)[0] + damage + last + last)
        assert "https://courier.example/last" in {one.url for one in reports}
