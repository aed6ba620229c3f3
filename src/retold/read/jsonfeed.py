"""JSON Feed, versions 1 and 1.1: https://www.jsonfeed.org/version/1.1/"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from retold.errors import BadRecord, InputRefused, RetoldError
from retold.model import Refusal
from retold.read.entries import Entry, from_entry
from retold.read.found import Found, Origin
from retold.read.listings import Listed

__all__ = ["entries_of", "is_feed"]


def is_feed(value: object) -> bool:
    """Whether a decoded JSON value is a JSON Feed."""
    if not isinstance(value, dict) or not isinstance(value.get("items"), list):
        return False
    version = value.get("version")
    return isinstance(version, str) and "jsonfeed.org/version/" in version


def entries_of(feed: Mapping[str, Any], origin: Origin) -> Iterator[Found | Listed | Refusal]:
    """The reports of a feed's items; items without content as addresses."""
    for number, item in enumerate(feed["items"], 1):
        where = f"entry {number}"
        try:
            if isinstance(item, InputRefused):
                raise item
            if not isinstance(item, dict):
                raise BadRecord(f"a JSON {type(item).__name__}, not an item")
            yield from_entry(_entry(item, feed), where, origin)
        except RetoldError as error:
            yield origin.refuse(where, error)


def _entry(item: Mapping[str, Any], feed: Mapping[str, Any]) -> Entry:
    plain = _string(item.get("content_text"))
    marked = _string(item.get("content_html"))
    return Entry(
        content=plain or marked,
        is_markup=plain is None,
        title=_string(item.get("title")),
        url=_string(item.get("url")) or _string(item.get("external_url")),
        outlet=_string(feed.get("title")),
        byline=_byline(item) or _byline(feed),
        published=_string(item.get("date_published")),
        language=_string(item.get("language")) or _string(feed.get("language")),
        format="JSON Feed",
    )


def _byline(holder: Mapping[str, Any]) -> str | None:
    authors = holder.get("authors")
    listed = authors if isinstance(authors, list) else [holder.get("author")]
    names = [name for one in listed if isinstance(one, dict) and (name := _string(one.get("name")))]
    return ", ".join(names) or None


def _string(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
