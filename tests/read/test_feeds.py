"""Feeds, sitemaps and newswire: whole texts are reports, summaries are addresses."""

from __future__ import annotations

import gzip
import io
import json
import socket
from pathlib import Path
from typing import Any

import pytest

from retold.errors import FetchFailed, TooSlow
from retold.model import Refusal, Report
from retold.read import apart, read
from retold.read.apart import in_time
from retold.read.dates import parse_date
from retold.read.fetching import Fetched
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
)
from tests.read.pages import page
from tests.read.serving import Hands


def given(raw: str | bytes, **limits: Any) -> tuple[tuple[Report, ...], tuple[Refusal, ...]]:
    data = raw.encode() if isinstance(raw, str) else raw
    return read(["-"], Settings(limits=Limits(**limits)), stdin=io.BytesIO(data))


def test_rss() -> None:
    (report,), refused = given(RSS)
    assert report.text.startswith("The harbour council said on Monday")
    assert "\n\n“We know how long people waited,” said Mayor Ingrid Solheim." in report.text
    assert "track" not in report.text
    assert (report.title, report.url) == ("Ferry & boat sail", "https://courier.example/1")
    assert (report.outlet, report.byline, report.extractor) == ("The Courier", "Anna Holm", "RSS")
    assert report.published == "2031-03-04T08:15:00+09:00"
    assert report.dating is not None
    assert (report.dating.zone, report.dating.found_in, report.dating.raw) == (
        "+09:00",
        "feed",
        "Tue, 04 Mar 2031 08:15:00 +0900",
    )
    assert [(one.where, one.error) for one in refused] == [
        ("entry 2", "NotFetched"),
        ("entry 3", "EmptyInput"),
    ]
    assert "https://courier.example/2" in refused[0].reason
    assert "--fetch" in refused[0].advice


def test_atom() -> None:
    reports, refused = given(ATOM)
    assert refused == ()
    first, second = reports
    assert first.text.split("\n\n")[1] == "It was late."
    assert (first.published, first.byline) == ("2031-03-04T08:15+09:00", "Anna Holm, Per Lind")
    assert first.dating is not None
    assert first.dating.precision == "minute"
    assert second.text == "The opposition asked for an inquiry, 1 < 2."
    assert second.published is None


def test_json_feed(tmp_path: Path) -> None:
    for raw in (JSON_FEED, json.dumps(json.loads(JSON_FEED), indent=1)):
        reports, refused = given(raw)
        assert [one.where for one in refused] == ["entry 2"]
        assert [one.title for one in reports] == ["Ferry sails", None]
        assert [one.byline for one in reports] == ["Anna Holm", "Desk"]
        assert reports[0].published == "2031-03-04T08:15:00+09:00"
        assert reports[0].text.startswith("The harbour council")


@pytest.mark.parametrize("raw", [RSS, ATOM])
def test_a_broken_feed_keeps_its_entries_and_says_so(raw: str) -> None:
    cut = raw[: raw.rindex("</item>" if "<item>" in raw else "</entry>")]
    reports, refused = given(cut)
    assert reports
    assert any("not well formed" in one.reason for one in refused)
    reports, refused = given(raw.replace("Anna Holm", "Anna & Holm < x"))
    assert reports


def test_a_large_feed_is_read_apart_and_over_the_limit_refused() -> None:
    many = RSS.replace("</channel>", "<item><title>x</title></item>" * 12_000 + "</channel>")
    reports, refused = given(many)
    assert len(reports) == 1
    assert len(refused) == 12_002
    _, (refusal,) = given(many, feed_bytes=10_000)
    assert refusal.error == "TooLarge"
    _, (refusal,) = given(many, parse_seconds=0.01)
    assert refusal.error == "TooSlow"


def test_only_computing_counts_where_the_machine_does_much_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "parsers.py").write_text(
        "import time\n"
        "def waits(raw):\n    time.sleep(0.75)\n    return len(raw)\n"
        "def computes(raw):\n    while True: pass\n"
        "def sleeps(raw):\n    time.sleep(60)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(apart, "_BY_THE_CLOCK", 100.0)
    assert in_time("parsers:waits", b"abc", 0.5, int) == 3
    with pytest.raises(TooSlow):
        in_time("parsers:computes", b"", 0.2, int)
    monkeypatch.setattr(apart, "_BY_THE_CLOCK", 2.0)
    with pytest.raises(TooSlow):
        in_time("parsers:sleeps", b"", 0.2, int)


ENTITIES = '<!DOCTYPE {0} [<!ENTITY a "{1}"><!ENTITY b SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("raw", [RSS, ATOM, SITEMAP, NITF, NEWSML])
def test_documents_that_declare_entities_are_refused_and_open_nothing(
    raw: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object) -> None:
        raise AssertionError("a connection")

    monkeypatch.setattr(socket.socket, "connect", forbidden)
    body = raw[raw.index("?>") + 2 :].partition("<!DOCTYPE nitf")
    rest = body[2].partition(">")[2] if body[1] else body[0]
    for declaration in (
        ENTITIES.format("x", "ha" * 50),
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd" [ <!ENTITY % p SYSTEM "file:///x"> %p; ]>',
    ):
        for encoding in ("utf-8", "utf-16"):
            text = f'<?xml version="1.0" encoding="{encoding}"?>{declaration}{rest}'
            text = text.replace("harbour", "&b;&a;")
            reports, refused = given(text.encode(encoding))
            assert reports == ()
            assert {one.error for one in refused} == {"NotText"}


def test_deep_and_wide_markup_is_refused_at_once() -> None:
    for raw in (
        RSS.replace("<p>", "<div>" * 300, 1),
        RSS.replace("<p>", "<p " + " ".join(f"a{n}='1'" for n in range(2000)) + ">", 1),
        NITF.replace("<p>", "<block>" * 300, 1),
        NITF.replace("<p>", "<p " + " ".join(f"a{n}='1'" for n in range(20_000)) + ">", 1),
    ):
        reports, refused = given(raw)
        assert reports == ()
        assert {one.error for one in refused} <= {
            "TooLarge",
            "BadRecord",
            "NotFetched",
            "EmptyInput",
        }


def test_a_name_of_a_file_in_a_feed_opens_none(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(RSS)
    reports, _ = given(f"<rss>{secret}</rss>")
    assert reports == ()


def test_sitemaps() -> None:
    reports, refused = given(SITEMAP)
    assert reports == ()
    assert [(one.where, one.error) for one in refused] == [
        ("entry 1", "NotFetched"),
        ("entry 2", "NotFetched"),
        ("entry 3", "BadRecord"),
        ("entry 4", "BadRecord"),
    ]
    _, refused = given(SITEMAP[: len(SITEMAP) // 2])
    assert refused


def test_what_is_listed_is_fetched_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    index = (
        "<sitemapindex><sitemap><loc>https://courier.example/map.gz</loc></sitemap>"
        "<sitemap><loc>https://courier.example/index</loc></sitemap></sitemapindex>"
    )
    bare = page().replace("Ferry sails again - The Courier", "").replace("Ferry sails again", "")
    served = {
        "https://courier.example/1": bare.encode(),
        "https://courier.example/map.gz": gzip.compress(SITEMAP.encode()),
        "https://courier.example/index": index.encode(),
    }
    asked: list[str] = []

    def ask(url: str, *_: object, **__: object) -> Fetched:
        asked.append(url)
        if url not in served:
            raise FetchFailed("the server answered 404", advice="Check the address", status=404)
        return Fetched(url, served[url], None, None, "2031-03-06T00:00:00Z")

    monkeypatch.setattr("retold.read.fetching.ask", ask)
    clock = Hands()
    monkeypatch.setattr("retold.read.visiting.SystemClock", lambda: clock)
    settings = Settings(fetch=True)
    for raw in (SITEMAP, index):
        asked.clear()
        clock.slept.clear()
        (report,), refused = read(["-"], settings, stdin=io.BytesIO(raw.encode()))
        assert report.url == "https://courier.example/1"
        assert report.published == "2031-03-04T08:15+09:00"
        assert report.outlet == "The Courier"
        assert report.fetched == "2031-03-06T00:00:00Z"
        assert any(one.error == "FetchFailed" for one in refused)
        assert len(asked) == len(set(asked))
        assert clock.slept == [1.0] * (len(asked) - 1)
    (report, summary), refused = read(
        ["-"],
        settings,
        stdin=io.BytesIO(RSS.replace("courier.example/2", "courier.example/1").encode()),
    )
    assert report.fetched is None
    assert summary.fetched is not None
    assert [one.where for one in refused] == ["entry 3"]


@pytest.mark.parametrize("raw", [NINJS, json.dumps(json.loads(NINJS), indent=1), f"[{NINJS}]"])
def test_ninjs(raw: str) -> None:
    (report,), refused = given(raw)
    assert refused == ()
    assert report.text.startswith("The harbour council said")
    assert (report.title, report.byline) == ("Ferry sails", "Anna Holm")
    assert report.published == "2031-03-04T08:15:00+09:00"
    assert [one.name for one in report.credits] == ["Norwick Press Agency"]
    assert "ninjs item urn:norda:1, version 3" in report.notes
    assert "its publisher gave it the status «canceled»" in report.notes
    assert "a new version of urn:norda:0" in report.notes


def test_ninjs_2() -> None:
    (report,), _ = given(NINJS_2)
    assert report.text == "The council said so.\n\nYes."
    assert report.title == "Ferry sails"


def test_nitf() -> None:
    (report,), refused = given(NITF)
    assert refused == ()
    assert report.text == (
        "PORT VALE, March 4\n\n"
        "The harbour council said on Monday that the ferry would sail again.\n\n"
        "“We know,” said Mayor Ingrid Solheim.\nIt was late.\n\nThe ferry."
    )
    assert (report.title, report.byline) == ("Ferry sails", "By Anna Holm")
    assert report.published == "2031-03-04T08:15:00+09:00"
    assert [one.name for one in report.credits] == ["Norda", "Norwick Press Agency"]
    assert "NITF item norda.1, version 2" in report.notes


def test_newsml() -> None:
    (report,), refused = given(NEWSML)
    assert refused == ()
    assert report.title == "Ferry sails"
    assert report.byline == "Anna Holm"
    assert report.text.startswith("PORT VALE, March 4 (Norda)\n\nThe harbour")
    assert {"Norda", "Norwick Press Agency"} <= {one.name for one in report.credits}
    assert "NewsML-G2 item urn:norda:1, version 4" in report.notes
    assert "its publisher gave it the status «stat:withheld»" in report.notes
    assert "a new version of urn:norda:1, version 3" in report.notes
    reports, refused = given(MESSAGE)
    assert len({one.text for one in reports}) == 1
    assert len(reports) == 3
    assert [(one.where, one.error) for one in refused] == [("item 4", "EmptyInput")]


def test_xml_that_is_not_well_formed_is_refused_with_its_place() -> None:
    _, (refusal,) = given(NITF.replace("</byline>", ""))
    assert refusal.error == "BadRecord"
    assert refusal.where.startswith("line ")


@pytest.mark.parametrize(
    ("raw", "iso", "zone"),
    [
        ("Tue, 04 Mar 2031 08:15:00 +0900", "2031-03-04T08:15:00+09:00", "+09:00"),
        ("4 Mar 31 08:15 EST", "2031-03-04T08:15-05:00", "-05:00"),
        ("Tuesday, 4 March 2031 8:15 GMT", "2031-03-04T08:15Z", "Z"),
        ("04 Mar 2031", "2031-03-04", None),
        ("Tue, 04 Mar 2031 08:15:00 MSK", "2031-03-04T08:15:00", None),
        ("20310304081500", "2031-03-04T08:15:00", None),
        ("20310304T081500Z", "2031-03-04T08:15:00Z", "Z"),
        ("2031-03", "2031-03", None),
        ("31 Feb 2031", None, None),
        ("yesterday", None, None),
        ("Tue, 04 Mar 2031 25:15:00 GMT", None, None),
    ],
)
def test_dates_keep_their_offset_and_precision(raw: str, iso: str | None, zone: str | None) -> None:
    found = parse_date(raw, "feed")
    if iso is None:
        assert found is None
        return
    assert found is not None
    assert (found[0], found[1].zone, found[1].raw) == (iso, zone, raw)


def test_a_newswire_text_of_very_many_elements_is_refused() -> None:
    tiny = "<nitf><body><body.content>{}</body.content></body></nitf>"
    sound = tiny.format("<p>The ferry of Orsholm sails again on Monday, the harbour said.</p>" * 9)
    assert len(given(sound)[0]) == 1
    _, (refusal,) = given(tiny.format("<p>a</p>" * 200_001))
    assert refusal.error == "TooLarge"
    assert "limits.elements" in str(refusal.advice)
    _, (refusal,) = given(tiny.format("<br/>" * 20), elements=10)
    assert refusal.error == "TooLarge"
