"""OPML and lists of feeds."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from retold.read.subscriptions import Subscription, subscriptions
from retold.settings import Limits

OPML = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Harbour towns"><outline text="Norwick">
  <outline type="rss" text="The Tide &amp; Sons" title="Tide" xmlUrl="https://tide.example/feed"
    htmlUrl="https://tide.example/"/>
  <outline type="rss" text="Паром" xmlUrl="https://parom.example/rss"/></outline>
  <outline text="twice" xmlUrl="https://tide.example/feed"/></outline>
<outline text="old" xmlurl="feed://old.example/rss"/>
<outline text="bad" xmlUrl="javascript:alert(1)"/><outline text="empty" xmlUrl=""/>
</body></opml>"""


def given(raw: bytes | str, folder: Path, name: str = "feeds.opml") -> tuple[list[str], list[str]]:
    file = folder / name
    file.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    found, refused = subscriptions((str(file),), Limits())
    return [one.url for one in found], [f"{one.where}: {one.error}" for one in refused]


def test_outlines_however_deep(tmp_path: Path) -> None:
    file = tmp_path / "feeds.opml"
    file.write_text(OPML, "utf-8")
    found, refused = subscriptions((str(file), "https://tide.example/feed"), Limits())
    assert found == (
        Subscription("https://tide.example/feed", "Tide"),
        Subscription("https://parom.example/rss", "Паром"),
        Subscription("https://old.example/rss", "old"),
    )
    assert [(one.where, one.error) for one in refused] == [("outline 7", "BadRecord")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-5"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    name = encoding.removesuffix("-sig")
    raw = OPML.replace('encoding="UTF-8"', f'encoding="{name}"').encode(encoding)
    urls, _ = given(raw, tmp_path)
    assert len(urls) == 3


def test_a_list_of_addresses(tmp_path: Path) -> None:
    raw = "# mine\nhttps://tide.example/feed\n\nnot an address\n  http://b.example/rss  \n"
    urls, refused = given(raw, tmp_path, "feeds.txt")
    assert urls == ["https://tide.example/feed", "http://b.example/rss"]
    assert refused == ["line 4: BadRecord"]


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (b"", "EmptyInput"),
        (b"  \n", "EmptyInput"),
        (b"<opml><body></body></opml>", "EmptyInput"),
        (b"<opml><body><outline", "BadRecord"),
        (b"<opml><body></wrong></opml>", "BadRecord"),
        (b"<html><body>feeds</body></html>", "BadRecord"),
        (b"<rss><channel/></rss>", "BadRecord"),
        (b'<!DOCTYPE o [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml>&a;</opml>', "NotText"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "NotText"),
        (bytes(range(256)) * 40, "NotText"),
        (b"SQLite format 3\0" + b"\0" * 11_000_000, "NotText"),
        (b"The ferry sails.\n\nNobody was hurt.\nThe council met.\n", "BadRecord"),
        (b"no address at all\n", "line 1: BadRecord"),
        (b"<opml>" + b"<outline text='a'>" * 5_000 + b"</opml>", None),
    ],
)
def test_what_names_no_feed_is_a_refusal(raw: bytes, error: str | None, tmp_path: Path) -> None:
    urls, refused = given(raw, tmp_path)
    assert urls == []
    assert len(refused) == 1
    assert error is None or refused[0].endswith(error)


def test_what_is_no_list_is_said_once_with_what_to_give(tmp_path: Path) -> None:
    for raw in (b"The ferry sails.\nNobody was hurt.\n", bytes(range(256)) * 40, b"\x7fELF\2"):
        (tmp_path / "given").write_bytes(raw)
        _, (refused,) = subscriptions((str(tmp_path / "given"),), Limits())
        assert "list of feeds" in refused.reason
        assert refused.advice.startswith("Give an OPML file")


def test_an_address_of_a_feed_reader(tmp_path: Path) -> None:
    found, refused = subscriptions(("feed://tide.example/rss", "ftp://tide.example/"), Limits())
    assert [one.url for one in found] == ["https://tide.example/rss"]
    assert [one.error for one in refused] == ["NetworkRefused"]


def test_missing_files_and_folders(tmp_path: Path) -> None:
    found, refused = subscriptions((str(tmp_path), "/no/such.opml", "a\0b", ""), Limits())
    assert found == ()
    assert [one.error for one in refused] == ["MissingInput"] * 4


def test_mutants(tmp_path: Path) -> None:
    """Whatever is broken in a file, there is an answer and no exception."""
    draw = random.Random(11)
    raw = OPML.encode()
    for _ in range(300):
        mutant = bytearray(raw)
        for _ in range(draw.randint(1, 8)):
            at = draw.randrange(len(mutant))
            mutant[at : at + draw.randint(0, 9)] = draw.randbytes(draw.randint(0, 9))
        urls, refused = given(bytes(mutant), tmp_path)
        assert urls or refused
        assert all(url.startswith(("http://", "https://")) for url in urls)
