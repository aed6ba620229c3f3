"""Web archives: pages out of responses, what breaks off or is damaged listed."""

from __future__ import annotations

import gzip
import io
import zlib

import pytest

from retold.model import Refusal, Report
from retold.read import read
from retold.settings import Limits, Settings
from tests.read.feeds import answer, pages, warc_record
from tests.read.pages import page

INFO = warc_record(b"software: x\r\n", kind="warcinfo")


def given(raw: bytes, **limits: int) -> tuple[tuple[Report, ...], tuple[Refusal, ...]]:
    return read(["-"], Settings(limits=Limits(**limits)), stdin=io.BytesIO(raw))


def urls(reports: tuple[Report, ...]) -> list[str | None]:
    return [(one.url or "").rpartition("/")[2] for one in reports]


def whole(records: list[bytes], kind: str) -> bytes:
    if kind == "gzip":
        return b"".join(gzip.compress(one) for one in records)
    if kind == "zstandard":
        zstandard = pytest.importorskip("zstandard")
        return b"".join(zstandard.compress(one) for one in records)
    return b"".join(records)


@pytest.mark.parametrize("kind", ["plain", "gzip", "zstandard"])
def test_pages_of_responses(kind: str) -> None:
    request = warc_record(b"GET / HTTP/1.1\r\n\r\n", kind="request")
    picture = warc_record(answer(b"\xff\xd8\xff", "Content-Type: image/jpeg"))
    moved = warc_record(b"HTTP/1.1 301 Moved\r\nLocation: /\r\n\r\n<html><p>Moved</p></html>")
    reports, refused = given(whole([INFO, request, picture, moved, *pages(2)], kind))
    assert refused == ()
    assert urls(reports) == ["0", "1"]
    assert reports[0].fetched == "2031-03-06T01:02:03Z"
    assert "Edition 0" in reports[0].text
    assert reports[0].title == "Ferry sails again"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "stored", "chunked", "br", "bomb", "cut"])
def test_encodings_of_answers(encoding: str) -> None:
    raw = page().encode()
    body, header = {
        "gzip": (gzip.compress(raw), "Content-Encoding: gzip"),
        "deflate": (zlib.compress(raw), "Content-Encoding: deflate"),
        "stored": (raw, "Content-Encoding: gzip"),
        "chunked": (
            b"%x\r\n" % 100
            + raw[:100]
            + b"\r\n%x;x=1\r\n" % (len(raw) - 100)
            + raw[100:]
            + b"\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked",
        ),
        "br": (b"\x8b\x02\x80", "Content-Encoding: br"),
        "bomb": (gzip.compress(b"\0" * 30_000_000), "Content-Encoding: gzip"),
        "cut": (gzip.compress(raw)[:-20], "Content-Encoding: gzip"),
    }[encoding]
    record = warc_record(answer(body, f"Content-Type: text/html\r\n{header}"))
    reports, refused = given(record + pages(1)[0].replace(b"/0\r\n", b"/7\r\n"))
    assert urls(reports)[-1] == "7"
    if encoding in ("br", "bomb", "cut"):
        assert [one.where for one in refused] == ["byte 0"]
    else:
        assert refused == ()
        assert len(reports) == 2


@pytest.mark.parametrize("kind", ["plain", "gzip"])
def test_an_archive_that_breaks_off_is_listed(kind: str) -> None:
    data = whole(pages(4), kind)
    reports, refused = given(data[:-300])
    assert urls(reports) == ["0", "1", "2"]
    assert refused
    assert all(one.error == "Damaged" and one.where.startswith("byte ") for one in refused)


def test_a_wrong_length_loses_its_own_record_only() -> None:
    records = pages(4)
    for length in (b"10", b"99999", b"x", b"-1", b"99999999999"):
        wrong = records[1].replace(b"Content-Length: ", b"Content-Length: " + length + b"\r\nX: ")
        reports, refused = given(records[0] + wrong + records[2] + records[3], page_bytes=200_000)
        if length == b"99999999999":
            assert urls(reports) == ["0"]
        else:
            assert urls(reports) == ["0", "2", "3"]
        assert [one.where for one in refused] == [f"byte {len(records[0])}"]


def test_a_damaged_member_loses_its_own_record_only() -> None:
    members = [gzip.compress(one) for one in pages(4)]
    members[1] = members[1][:40] + b"\xff" * 9 + members[1][49:]
    reports, refused = given(b"".join(members))
    assert urls(reports) == ["0", "2", "3"]
    assert refused


def test_records_within_records_are_read_in_linear_time() -> None:
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 150000\r\n\r\n"
    _, refused = given(head * 20_000, page_bytes=200_000)
    assert refused
