"""What an input is, by its content; a file's name only where the content leaves it open."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from typing import Literal

from retold.engines.sqlite_header import is_archive
from retold.errors import InputRefused, NotText
from retold.read.columns import has_columns, looks_like_a_table, looks_like_rows
from retold.read.decoding import unmarked_utf16
from retold.read.records import is_jsonl

__all__ = ["HEAD", "Kind", "are_addresses", "foreign", "kind_of", "wide_encoding"]

Kind = Literal[
    "page",
    "records",
    "text",
    "table",
    "parquet",
    "urls",
    "feed",
    "sitemap",
    "warc",
    "nitf",
    "newsml",
    "gzip",
    "zstandard",
]

# So many bytes decide.
HEAD = 65_536

_EXPORT = "Save it as plain text or HTML and give that"
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF document", "Take the text out first (for instance with pdftotext)"),
    (b"{\\rtf", "an RTF document", _EXPORT),
    (b"PK\x03\x04", "a zip archive or an office document (docx, odt, epub)", _EXPORT),
    (b"PK\x05\x06", "an empty zip archive", _EXPORT),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document (doc, xls)", _EXPORT),
    (b"BZh", "bzip2 data", "Unpack it first (bunzip2)"),
    (b"\xfd7zXZ\x00", "xz data", "Unpack it first (unxz)"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-zip archive", "Unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive", "Unpack it first"),
    (b"\x89PNG\r\n\x1a\n", "a picture (PNG)", "Give the report's text"),
    (b"\xff\xd8\xff", "a picture (JPEG)", "Give the report's text"),
    (b"GIF87a", "a picture (GIF)", "Give the report's text"),
    (b"GIF89a", "a picture (GIF)", "Give the report's text"),
    (b"II*\x00", "a picture (TIFF)", "Give the report's text"),
    (b"MM\x00*", "a picture (TIFF)", "Give the report's text"),
    (b"OggS", "sound or video", "Give the report's text"),
    (b"ID3", "sound", "Give the report's text"),
    (b"SQLite format 3\x00", "an SQLite database", "Export the reports as JSON Lines"),
    (b"\x7fELF", "a program", "Give the report's text"),
    (b"From: <Saved by ", "a page saved as MHTML", "Save it as HTML only"),
)
_PAGE = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|article|main|section|div|p|h1|h2|span|table"
    rb"|script|style|link|br|a)\b",
    re.IGNORECASE,
)
# What may stand before the first element: declarations, comments, a document type.
_PROLOGUE = re.compile(
    rb"\s++|<\?[^>]*+>|<!--(?:[^-]|-(?!->))*+-->|<!doctype[^>\[]*+>", re.IGNORECASE
)
# A document type with declarations of its own: bombs and openings of files are made of them.
_SUBSET = re.compile(rb"<!doctype\s{1,20}([^\s>\[]{1,80})", re.IGNORECASE)
_ROOT = re.compile(rb"<(?:[a-z][a-z0-9_.-]{0,40}:)?([a-z][a-z0-9_.-]{0,40})", re.IGNORECASE)
_ROOTS: dict[bytes, Kind] = {
    b"rss": "feed",
    b"feed": "feed",
    b"rdf": "feed",
    b"urlset": "sitemap",
    b"sitemapindex": "sitemap",
    b"nitf": "nitf",
    b"newsitem": "newsml",
    b"newsmessage": "newsml",
}
_UNREAD = (b"newsml", b"packageitem", b"conceptitem", b"knowledgeitem", b"planningitem", b"svg")
_STARTS: tuple[tuple[bytes, Kind], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstandard"),
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
)
_ADDRESS = re.compile(rb"https?://[^\s<>\"]{3,4000}\Z", re.IGNORECASE)
_LEAD = re.compile(rb"(?:\xef\xbb\xbf)?\s*+")
_PAGE_NAMES = (".html", ".htm", ".xhtml", ".shtml")
_TABLE_NAMES = (".csv", ".tsv", ".tab")
_RECORD_NAMES = (".jsonl", ".ndjson", ".jsonlines", ".json")


def kind_of(head: bytes, name: str, declared: str | None = None, named: Sequence[str] = ()) -> Kind:
    """What an input beginning with `head` is.

    Args:
        head: the first bytes (`HEAD` of them are enough).
        name: the file's name or URL, for its ending; empty for standard input.
        declared: the media type that a server gave.
        named: columns that the user names.

    Raises:
        NotText: a format that is known and not read here; the advice says what to do.
    """
    if other := foreign(head):
        what, advice = other
        raise NotText(f"the input is {what}", advice=advice)
    for magic, kind in _STARTS:
        if head.startswith(magic):
            return kind
    lowered = name.lower()
    plain = _narrow(head)
    start = _LEAD.match(plain)
    begins = plain[start.end() if start else 0 :]
    if begins.startswith(b"<"):
        root = _root(begins)
        if root in _ROOTS:
            return _ROOTS[root]
        if root == b"opml":
            raise NotText(
                "the input is OPML, a list of feeds",
                advice="Watch the feeds (retold watch), or give their addresses",
            )
        if root in _UNREAD:
            raise _xml()
        if _PAGE.search(begins[:4096]):
            return "page"
        if begins[:9].lower().startswith((b"<?xml", b"<!doctype")):
            raise _xml()
    if is_jsonl(plain) or lowered.endswith(_RECORD_NAMES):
        return "records"
    if lowered.endswith(_TABLE_NAMES) or looks_like_a_table(plain) or has_columns(plain, named):
        return "table"
    if are_addresses(plain):
        return "urls"
    if not name and looks_like_rows(plain):
        return "table"
    looks_marked_up = _PAGE.search(plain) is not None
    if looks_marked_up and (
        lowered.endswith(_PAGE_NAMES) or (declared or "").endswith(("/html", "/xhtml+xml"))
    ):
        return "page"
    return "text"


def foreign(head: bytes) -> tuple[str, str] | None:
    """What an input is that is known and not read here, and what to do; None for others.

    Args:
        head: its first bytes.
    """
    if is_archive(head):
        return (
            "an archive of Retold",
            "Name it with --archive: `retold show` compares its stories, `retold export` writes "
            "its reports",
        )
    if head[4:12] in (b"ftypisom", b"ftypmp42", b"ftypM4A ", b"ftypqt  "):
        return "sound or video", "Give the report's text"
    known = ((what, advice) for magic, what, advice in _MAGIC if head.startswith(magic))
    return next(known, None)


def are_addresses(head: bytes) -> bool:
    """Whether every line is an http address, or empty, or begins with "#"."""
    lines = head.removeprefix(b"\xef\xbb\xbf").splitlines()
    if len(head) >= HEAD:
        lines = lines[:-1]
    found = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith(b"#")]
    return bool(found) and all(_ADDRESS.match(line) for line in found)


def wide_encoding(head: bytes) -> str | None:
    """The codec of an input of two or four bytes a character; None for all others.

    The codec takes a mark at the start for what it is.
    """
    for mark, encoding in (
        (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16 LE, whose mark it begins with
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if head.startswith(mark):
            return encoding
    return unmarked_utf16(head) if b"\0" in head else None


def _narrow(head: bytes) -> bytes:
    """UTF-16 and UTF-32 made ASCII for sniffing; everything else as it is."""
    if wide_encoding(head) is not None or b"\0" in head[:64]:
        return head.translate(None, b"\0").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return head


def _root(begins: bytes) -> bytes:
    """The name of the first element, lower case, without prefix; empty if there is none."""
    at = 0
    while match := _PROLOGUE.match(begins, at):
        at = match.end()
    declared = _SUBSET.match(begins, at)
    if declared and declared.group(1).lower() != b"html":
        raise NotText(
            "the input is an XML document that declares entities or elements of its own",
            advice="Export it again without a document type",
        )
    found = _ROOT.match(begins, at)
    return found.group(1).lower() if found else b""


def _xml() -> InputRefused:
    return NotText(
        "the input is an XML feed or document, not an article",
        advice="Give the article's page, its text, or JSON Lines",
    )
