"""Lists of Media Cloud and GDELT: known by their columns or their shape. Rows are invented."""

from __future__ import annotations

import io
import json

import pytest

from retold.model import Refusal
from retold.read import read
from retold.settings import Columns, Settings

GKG = [
    "20310304081500-7",
    "20310304081500",
    "1",
    "harbour-tide.example",
    "https://harbour-tide.example/ferry?id=7",
    "",
    '"a lost quote; TAX_FNCACT#12',
    *[""] * 17,
    '"The ferry sails"|12',
    "srclc:fra;eng:Invented 1.0",
    '<PAGE_TITLE>Ferry "Skerray" sails</PAGE_TITLE>',
]
EVENT = [
    "1200300400",
    "20310304",
    "203103",
    "2031",
    "2031.1699",
    "GOV",
    "PORT VALE",
    *[""] * 52,
    "20310304081500",
    "https://harbour-tide.example/ferry",
]
OLD_EVENT = [*EVENT[:5], *[""] * 51, "20310304", "https://harbour-tide.example/ferry"]
MENTION = [
    "1200300400",
    "20310304080000",
    "20310304081500",
    "1",
    "harbour-tide.example",
    "https://harbour-tide.example/ferry",
    *["3", "-1", "120", "150", "1", "60", "2345", "-1.5", "", ""],
]


def listed(raw: str) -> tuple[tuple[Refusal, ...], list[str]]:
    said: list[str] = []
    reports, refused = read(["-"], stdin=io.BytesIO(raw.encode()), notify=said.append)
    assert reports == ()
    return refused, said


@pytest.mark.parametrize(
    ("row", "name", "place"),
    [
        (GKG, "GDELT Global Knowledge Graph 2.1", "url is column 5, outlet is column 4"),
        (EVENT, "GDELT Events 2.0", "url is column 61"),
        (OLD_EVENT, "GDELT Events 1.0", "url is column 58"),
        (MENTION, "GDELT Mentions 2.0", "url is column 6, outlet is column 5"),
        (MENTION[:14], "GDELT Mentions 2.0", "url is column 6, outlet is column 5"),
    ],
)
def test_tables_without_a_header(row: list[str], name: str, place: str) -> None:
    other = [cell.replace("/ferry", "/harbour") for cell in row]
    printed = [cell.replace("https://harbour-tide.example", "Tide, page 2") for cell in row]
    raw = "\n".join("\t".join(one) for one in (row, other, row, row[:-2], printed)) + "\n"
    refused, said = listed(raw)
    assert said == [f"-: a list of {name}, by its shape: {place}"]
    assert [(one.where, one.error) for one in refused] == [
        ("line 1", "NotFetched"),
        ("line 2", "NotFetched"),
        ("line 4", "BadRecord"),
        ("line 5", "BadRecord"),
    ]
    assert "nor an http address: «Tide, page 2" in refused[3].reason
    assert "harbour-tide.example/ferry" in refused[0].reason


@pytest.mark.parametrize(
    ("header", "cells", "name"),
    [
        (
            "id,indexed_date,language,media_name,media_url,publish_date,title,url",
            "a1,2031-03-05,en,Harbour Tide,tide.example,2031-03-04,Ferry,https://tide.example/1",
            None,
        ),
        (
            "stories_id,publish_date,title,url,language,ap_syndicated,themes,media_id,media_name,media_url",
            "77,2031-03-04 08:15,Ferry,https://tide.example/1,en,False,,9,Tide,https://tide.example",
            None,
        ),
        (
            "URL,MobileURL,Date,Title",
            "https://tide.example/1,,2031-03-04 08:15:00,Ferry",
            "GDELT DOC 2.0",
        ),
        (
            "GKGRECORDID,DATE,SourceCollectionIdentifier,SourceCommonName,DocumentIdentifier",
            "2031-1,20310304081500,1,tide.example,https://tide.example/1",
            "GDELT Global Knowledge Graph 2.1",
        ),
        (
            "GLOBALEVENTID,SQLDATE,DATEADDED,SOURCEURL",
            "12,20310303,20310304081500,https://tide.example/1",
            "GDELT Events",
        ),
        (
            "GLOBALEVENTID,MentionTimeDate,MentionSourceName,MentionIdentifier",
            "12,20310304081500,tide.example,https://tide.example/1",
            "GDELT Mentions 2.0",
        ),
    ],
)
def test_tables_with_a_header(header: str, cells: str, name: str | None) -> None:
    for delimiter in (",", "\t"):
        raw = f"{header}\n{cells}\n".replace(",", delimiter)
        refused, said = listed(raw)
        assert [one.error for one in refused] == ["NotFetched"]
        assert "https://tide.example/1" in refused[0].reason
        assert len(said) == 1
        assert (f"a list of {name}" in said[0]) == (name is not None)
        # When GDELT saw an article is not when it was published.
        assert ("published=" in said[0]) == (name is None)
        assert "url=" in said[0] or "url" in header.split(",")


def test_several_addresses_in_one_cell() -> None:
    raw = (
        "DATE\tNUMARTS\tCOUNTS\tTHEMES\tLOCATIONS\tPERSONS\tORGANIZATIONS\tTONE\tCAMEOEVENTIDS\t"
        "SOURCES\tSOURCEURLS\n20310304\t2\t\tFERRY\t\t\t\t-1\t12\tone.example;two.example\t"
        "https://one.example/1<UDIV>https://two.example/2<UDIV>https://one.example/1\n"
    )
    refused, said = listed(raw)
    assert [one.reason.rpartition(" ")[2] for one in refused] == [
        "https://one.example/1",
        "https://two.example/2",
    ]
    assert "GDELT Global Knowledge Graph 1.0" in said[0]


def test_articles_of_the_interface() -> None:
    article = {
        "url": "https://tide.example/1",
        "url_mobile": "",
        "title": "Ferry",
        "seendate": "20310304T081500Z",
        "socialimage": "https://tide.example/1.jpg",
        "domain": "tide.example",
        "language": "English",
        "sourcecountry": "Norwick",
    }
    refused, said = listed(json.dumps({"articles": [article, {**article, "url": "x"}]}))
    assert [one.error for one in refused] == ["NotFetched", "BadRecord"]
    assert any("outlet=«domain»" in one and "GDELT DOC 2.0" in one for one in said)
    assert not any("published=" in one for one in said)


def test_what_the_user_says_comes_first() -> None:
    said: list[str] = []
    raw = b"URL,MobileURL,Date,Title\nhttps://tide.example/1,,2031-03-04,Ferry\n"
    settings = Settings(columns=Columns(published="Date"))
    read(["-"], settings, stdin=io.BytesIO(raw), notify=said.append)
    assert len(said) == 1


def test_a_report_is_not_taken_for_a_table() -> None:
    raw = b"20310304\t20310304\tThe ferry sailed.\nhttps://tide.example/1\n"
    reports, _ = read(["-"], stdin=io.BytesIO(raw))
    assert len(reports) == 1
