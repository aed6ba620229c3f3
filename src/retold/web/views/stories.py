"""The list of stories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from retold.archive import Archive, quoting
from retold.archive.getting import count
from retold.archive.stories import Asked, Tick, listed, ticks
from retold.holdings import StoriesFound
from retold.model import Noun
from retold.web.views.asking import chosen, number

__all__ = ["FILTERS", "ORDERS", "StoriesView", "Strip", "shown_stories", "stories_view"]

# What an address may ask for, by the names that `retold stories` has for it.
FILTERS = ("q", "outlet", "language", "person", "since", "until", "kind", "least", "order")
ORDERS = ("newest", "oldest")
_PAGE = 30
_TICKS = 300
_ROWS = 6  # of outlets in a strip; more share them


class Strip(Noun, frozen=True):
    """When the reports of a story came.

    Attributes:
        first, last: moments, UTC seconds since 1970.
        ticks: place between them in [0, 1] and the row of its outlet (from 0), language of each;
            the first ones of a large story.
        outlets: rows.
    """

    first: int
    last: int
    ticks: tuple[tuple[float, int, str], ...]
    outlets: int


class StoriesView(Noun, frozen=True):
    """The stories that were asked for.

    Attributes:
        asked: the filters that were given, by name.
        reports: kept in the archive, in all.
        found: one page.
        strips: when the reports of its stories came, where they came at more than one time.
        languages: those of the page, in the order of their colours.
    """

    asked: dict[str, str]
    reports: int
    found: StoriesFound
    strips: dict[str, Strip]
    languages: tuple[str, ...]


def stories_view(archive: Archive, query: Mapping[str, str]) -> StoriesView:
    """The page for an address.

    Raises:
        UsageError: what is asked makes no sense.
    """
    asked = {name: query[name].strip() for name in FILTERS if query.get(name, "").strip()}
    least = number(query, "least")
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
            least=1 if least is None else least,
            order="oldest" if chosen(query, "order", ORDERS) == "oldest" else "newest",
            limit=_PAGE,
            after=query.get("after") or None,
        ),
    )
    return shown_stories(archive, found, asked, count(archive))


def shown_stories(
    archive: Archive, found: StoriesFound, asked: dict[str, str], reports: int
) -> StoriesView:
    """The page for stories that were found."""
    with archive.reading() as connection:
        came = ticks(connection, [line.id for line in found.stories])
    strips = {name: _strip(all_) for name, all_ in came.items() if all_[0].moment < all_[-1].moment}
    codes = Counter(tick[2] for strip in strips.values() for tick in strip.ticks if tick[2])
    languages = sorted(codes, key=lambda code: (-codes[code], code))
    return StoriesView(asked, reports, found, strips, tuple(languages))


def _strip(every: Sequence[Tick]) -> Strip:
    first, last = every[0].moment, every[-1].moment
    length = max(last - first, 1)
    rows: dict[int | None, int] = {}
    shown = []
    for tick in every[:_TICKS]:
        row = rows.setdefault(tick.outlet, len(rows)) % _ROWS
        shown.append((round((tick.moment - first) / length, 4), row, tick.language or ""))
    return Strip(first, last, tuple(shown), min(len(rows), _ROWS))
