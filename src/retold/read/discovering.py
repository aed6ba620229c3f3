"""Feeds that a page names, as feed readers find them (https://www.rssboard.org/rss-autodiscovery)."""

from __future__ import annotations

import html
import re
from contextlib import suppress
from urllib.parse import urljoin

from retold.read.decoding import without_surrogates

__all__ = ["feeds_named"]

_LINK = re.compile(r"<link\s[^<>]{1,2000}>", re.IGNORECASE)
_TYPE = re.compile(r"application/(?:rss\+xml|atom\+xml|feed\+json)", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s{0,9}=\s{0,9}[\"']([^\"'<>]{1,1000})[\"']", re.IGNORECASE)
_MOST = 3


def feeds_named(head: bytes, url: str) -> tuple[str, ...]:
    """Addresses of feeds, in the page's order; three at most.

    Args:
        head: the beginning of the page.
        url: of the page.
    """
    found: dict[str, None] = {}
    for tag in _LINK.findall(head.decode("utf-8", "replace")):
        address = _HREF.search(tag)
        if address is None or "alternate" not in tag.lower() or not _TYPE.search(tag):
            continue
        with suppress(ValueError):  # no address at all
            found[urljoin(url, html.unescape(address.group(1)).strip())] = None
    return tuple(without_surrogates(one)[0][:300] for one in list(found)[:_MOST])
