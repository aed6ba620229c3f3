"""The page of a search."""

from __future__ import annotations

from collections.abc import Mapping

from retold.archive import Archive, quoting
from retold.archive.searching import Asked, search
from retold.errors import UsageError
from retold.holdings import Found
from retold.model import Noun
from retold.web.views.asking import chosen
from retold.web.views.stories import ORDERS

__all__ = ["FILTERS", "SearchView", "asked_of", "search_view"]

# What an address may ask for, by the names that `retold search` has for it.
FILTERS = ("q", "outlet", "language", "person", "speaker", "quoted", "since", "until", "order")
_PAGE = 20


class SearchView(Noun, frozen=True):
    """A search and one page of what it found.

    Attributes:
        asked: the filters that were given, by name.
        found: the page; None where nothing was asked.
    """

    asked: dict[str, str]
    found: Found | None


def search_view(archive: Archive, query: Mapping[str, str]) -> SearchView:
    """The page for an address.

    Raises:
        UsageError: what is asked makes no sense.
    """
    asked = {name: query[name].strip() for name in FILTERS if query.get(name, "").strip()}
    chosen(query, "order", ORDERS)
    if not asked.keys() - {"order"}:
        if query.get("after"):
            raise UsageError(
                "this is a page of no search",
                where=query["after"][:80],
                advice="Give the words and filters of its search, too",
            )
        return SearchView(asked, None)
    return SearchView(asked, search(archive, asked_of(asked, query.get("after") or None)))


def asked_of(asked: Mapping[str, str], after: str | None, limit: int = _PAGE) -> Asked:
    """What an address asks of the archive."""
    further = []
    if "person" in asked:
        further.append(quoting.named(asked["person"]))
    if "speaker" in asked or "quoted" in asked:
        further.append(quoting.said(asked.get("speaker"), asked.get("quoted")))
    return Asked(
        words=asked.get("q", ""),
        outlets=[asked["outlet"]] if "outlet" in asked else [],
        languages=[asked["language"]] if "language" in asked else [],
        since=asked.get("since"),
        until=asked.get("until"),
        further=further,
        order="oldest" if asked.get("order") == "oldest" else "newest",
        limit=limit,
        after=after,
    )
