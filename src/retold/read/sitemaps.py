"""Sitemaps (https://www.sitemaps.org/protocol.html) and Google's news extension of them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from retold.errors import BadRecord, NotFetched, RetoldError, TooLarge
from retold.model import Refusal
from retold.read.building import Known
from retold.read.dates import parse_date
from retold.read.found import Found, Origin
from retold.read.kinds import HEAD, kind_of
from retold.read.listings import Listed, Visits
from retold.read.markup import local, xml
from retold.read.unpacking import gunzipped

__all__ = ["from_sitemap"]

# An index may name 50,000 sitemaps of 50,000 addresses each; and another index, or itself.
_DEEPEST = 2
_NEWS = "sitemap-news/"


def from_sitemap(
    raw: bytes, origin: Origin, visits: Visits, depth: int = 0, place: str = ""
) -> Iterator[Found | Listed | Refusal]:
    """The addresses that a sitemap lists; those of an index's sitemaps when they are fetched.

    A sitemap that is not well formed is read as far as it can be.

    Raises:
        BadRecord, NotText, TooLarge: see `retold.read.markup.xml`.
    """
    root = xml(raw, origin.settings.limits, recover=True)
    try:
        is_index = local(root) == "sitemapindex"
    except UnicodeDecodeError:
        raise BadRecord(
            "the sitemap's first element is no text", advice="Export it again"
        ) from None
    number = 0
    for element in root:
        where = f"{place}entry {number + 1}"
        try:
            if local(element) not in ("url", "sitemap"):
                continue
            number += 1
            url, known = _child(element, "loc"), _known(element)
        except UnicodeDecodeError:  # names and texts that only a recovering parser lets through
            number += 1
            broken = BadRecord("an entry that is no text", advice="Check the sitemap")
            yield origin.refuse(where, broken)
            continue
        if url is None or not url.lower().startswith(("http://", "https://")):
            error = BadRecord("no http address", advice="Check the sitemap's «loc»")
            yield origin.refuse(where, error)
        elif is_index or local(element) == "sitemap":
            yield from _inner(url, where, origin, visits, depth)
        else:
            yield Listed(url, where, known)


def _inner(
    url: str, where: str, origin: Origin, visits: Visits, depth: int
) -> Iterator[Found | Listed | Refusal]:
    """The addresses in a sitemap that an index names."""
    limits = origin.settings.limits
    try:
        if not origin.settings.fetch:
            raise NotFetched(
                f"only the address of a sitemap is given: {url[:300]}",
                advice="Give --fetch to fetch what is listed",
            )
        if depth >= _DEEPEST:
            raise TooLarge(
                f"sitemaps named by sitemaps, more than {_DEEPEST} deep", advice="Give it by itself"
            )
        if not visits.is_new(url):
            return
        body = origin.visitor.fetch(url).body
        if kind_of(body[:HEAD], url) == "gzip":
            body = gunzipped(io.BytesIO(body), limits).read(limits.feed_bytes + 1)
        if kind_of(body[:HEAD], url) != "sitemap":
            raise BadRecord(f"no sitemap: {url[:300]}", advice="Check the index")
        yield from from_sitemap(body, origin, visits, depth + 1, f"{where}, ")
    except RetoldError as error:
        yield origin.refuse(where, error)


def _known(element: Any) -> Known:
    title = outlet = language = raw = None
    for child in element:
        name = local(child)
        if name == "news" and _NEWS in str(child.tag):
            title = _child(child, "title")
            raw = _child(child, "publication_date")
            for inner in child:
                if local(inner) == "publication":
                    outlet = _child(inner, "name")
                    language = _child(inner, "language")
    # `lastmod` is when the page was changed, which need not be when it was published.
    dated = parse_date(raw, "sitemap") if raw else None
    return Known(
        title=title,
        outlet=outlet,
        published=dated[0] if dated else None,
        dating=dated[1] if dated else None,
        page_language=_code(language),
    )


def _code(language: str | None) -> str | None:
    code = (language or "").partition("-")[0].strip().lower()
    return code if code.isalpha() and len(code) in (2, 3) else None


def _child(element: Any, name: str) -> str | None:
    for child in element:
        if local(child) == name:
            return " ".join("".join(child.itertext()).split())[:4_000] or None
    return None
