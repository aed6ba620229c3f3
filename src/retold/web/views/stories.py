"""The list of stories."""

from __future__ import annotations

from collections.abc import Mapping

from retold.archive import Archive, quoting
from retold.archive.getting import count
from retold.archive.stories import Asked, listed
from retold.holdings import StoriesFound
from retold.model import Noun

__all__ = ["FILTERS", "StoriesView", "stories_view"]

# What an address may ask for, by the names that `retold stories` has for it.
FILTERS = ("q", "outlet", "language", "person", "since", "until", "kind", "least", "order")
_PAGE = 30


class StoriesView(Noun, frozen=True):
    """The stories that were asked for.

    Attributes:
        asked: the filters that were given, by name.
        reports: kept in the archive, in all.
        found: one page.
    """

    asked: dict[str, str]
    reports: int
    found: StoriesFound


def stories_view(archive: Archive, query: Mapping[str, str]) -> StoriesView:
    """The page for an address.

    Raises:
        UsageError: what is asked makes no sense.
    """
    asked = {name: query[name].strip() for name in FILTERS if query.get(name, "").strip()}
    least = asked.get("least", "")
    found = listed(
        archive,
        Asked(
            words=asked.get("q", ""),
            outlets=[asked["outlet"]] if "outlet" in asked else [],
            languages=[asked["language"]] if "language" in asked else [],
            since=asked.get("since"),
            until=asked.get("until"),
            further=[quoting.named(asked["person"])] if "person" in asked else [],
            kinds=[asked["kind"]] if "kind" in asked else [],  # type: ignore[list-item]
            least=int(least) if least.isdecimal() and least.isascii() and len(least) < 7 else 1,
            order="oldest" if asked.get("order") == "oldest" else "newest",
            limit=_PAGE,
            after=query.get("after") or None,
        ),
    )
    return StoriesView(asked, count(archive), found)
