"""RSS and Atom, by feedparser, which reads what is broken and keeps dates as they stand.

A report is made of an entry that carries its whole text (`content:encoded`, Atom's `content`);
of a summary none is made.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from typing import Any

from retold.errors import BadRecord, EmptyInput, NotText, RetoldError, TooLarge
from retold.model import Refusal
from retold.read.apart import in_time
from retold.read.decoding import decode
from retold.read.entries import Entry, from_entry
from retold.read.found import Found, Origin
from retold.read.listings import Listed

__all__ = ["from_feed", "parsed"]

_DECLARES = re.compile(rb"<!(?:ENTITY|ATTLIST|ELEMENT)", re.IGNORECASE)
# Characters by number, of which some do not exist; feedparser fails on them.
_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]{5,40})|([0-9]{6,40}));?")
_DECLARED = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,200}<\?xml[^>]{0,200}encoding\s{0,20}=\s{0,20}[\"']([a-zA-Z0-9_.:-]{1,40})[\"']",
    re.IGNORECASE,
)
_DECLARED_TEXT = re.compile(r"<\?xml[^>]{0,300}\?>")
_DECLARED_RAW = re.compile(rb"<\?xml[^>]{0,300}\?>")
_LONG_TAG = re.compile(rb"<[a-zA-Z][^<>]{100000}")
# feedparser reads 0.1 to 0.2 MB a second; below this size it is quick enough to be run here.
_SMALL = 300_000
_FORMATS = {"rss": "RSS", "atom": "Atom", "cdf": "CDF"}


def from_feed(raw: bytes, origin: Origin) -> Iterator[Found | Listed | Refusal]:
    """The reports of a feed's entries; entries with a summary only as addresses.

    Raises:
        TooLarge, TooSlow: over a limit.
        NotText: it declares entities of its own.
        EmptyInput: no entry.
    """
    limits = origin.settings.limits
    if len(raw) > limits.feed_bytes:
        raise TooLarge(f"more than {limits.feed_bytes:,} bytes", advice="Raise limits.feed_bytes")
    if _DECLARES.search(raw.replace(b"\0", b"")):
        raise NotText(
            "the feed declares entities of its own, which are not expanded",
            advice="Give the articles' pages or texts",
        )
    if _LONG_TAG.search(raw):
        raise TooLarge("a tag of more than 100,000 bytes", advice="Give the articles' pages")
    raw, notes = _sound(raw)
    if len(raw) > _SMALL:
        entries, damage = in_time("retold.read.feeds:parsed", raw, limits.parse_seconds, Parsed)
    else:
        entries, damage = _parsed_here(raw)
    if not entries:
        what = f"a feed without entries ({damage})" if damage else "a feed without entries"
        raise EmptyInput(what, advice="Check that the feed was saved whole")
    for number, entry in enumerate(entries, 1):
        where = f"entry {number}"
        try:
            yield from_entry(entry, where, origin, notes)
        except RetoldError as error:
            yield origin.refuse(where, error)
    if damage:
        broken = BadRecord(
            f"the feed is not well formed: {damage}; its entries above were read all the same",
            advice="Compare their number with the feed's",
        )
        yield origin.refuse("", broken)


def _sound(raw: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The feed as UTF-8 where the encoding that it declares (or leaves to be UTF-8) is a lie.

    feedparser would take such a feed for windows-1252, and Cyrillic for accented letters.
    """
    declared = _DECLARED.match(raw)
    if declared is None and (b"\0" in raw[:64] or raw[:2] in (b"\xff\xfe", b"\xfe\xff")):
        return raw, ()
    says_other = declared is not None and declared.group(1).lower() not in (b"utf-8", b"utf8")
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        if says_other:
            return raw, ()
        decoded = decode(raw)
        text = _DECLARED_TEXT.sub("", decoded.text, count=1)
        return text.encode("utf-8"), decoded.notes
    if says_other and not raw.isascii():
        return _DECLARED_RAW.sub(b"", raw, count=1), (
            "the feed is UTF-8, and says another encoding",
        )
    return raw, ()


def _parsed_here(raw: bytes) -> Parsed:
    try:
        return parsed(raw)
    except Exception as error:
        raise BadRecord(
            f"the feed cannot be parsed: {type(error).__name__}: {str(error)[:120]}",
            advice="Give the articles' pages or texts",
        ) from None


Parsed = tuple[list[Entry], str | None]


def parsed(raw: bytes) -> Parsed:
    """A feed's entries, and what is not well formed in it (None when it is)."""
    import feedparser  # 0.15 s

    # A stream, because bytes would be tried as a file's name first.
    feed = feedparser.parse(io.BytesIO(raw), sanitize_html=False, resolve_relative_uris=False)
    version = str(feed.get("version", ""))
    format = next((name for start, name in _FORMATS.items() if version.startswith(start)), "RSS")
    entries = [_entry(one, feed.feed, format) for one in feed.entries]
    problem = feed.get("bozo_exception") if feed.get("bozo") else None
    if problem is None or isinstance(problem, feedparser.CharacterEncodingOverride):
        return entries, None
    return entries, str(problem)[:150]


def _entry(entry: Any, feed: Any, format: str) -> Entry:
    contents = [one for one in entry.get("content") or () if (one.get("value") or "").strip()]
    # Several are alternatives of one text (Media RSS adds captions): the longest is the text.
    content = max(contents, key=lambda one: len(one["value"]), default=None)
    source = entry.get("source") or {}
    return Entry(
        content=content["value"] if content else None,
        is_markup=content is None or content.get("type") != "text/plain",
        title=_title(entry),
        url=entry.get("link"),
        outlet=_plain(source.get("title")) or _plain(feed.get("title")),
        byline=_byline(entry),
        published=entry.get("published") or entry.get("updated"),
        language=(content or {}).get("language") or feed.get("language"),
        format=format,
    )


def _byline(entry: Any) -> str | None:
    names = [one.get("name") for one in entry.get("authors") or () if one.get("name")]
    return ", ".join(dict.fromkeys(names)) or entry.get("author") or None


def _title(entry: Any) -> str | None:
    title = _plain(entry.get("title"))
    if title and (entry.get("title_detail") or {}).get("type") == "text/html":
        return html.unescape(title)
    return title


def _plain(value: str | None) -> str | None:
    """A title without the markup that some feeds put in it."""
    if not value or "<" not in value:
        return value
    return re.sub(r"<[a-zA-Z/][^<>]{0,200}>", "", value)
