"""Watching feeds: polled politely for weeks, nothing lost when the process dies.

    feed → entries, "waiting" or "added"    one transaction, with the feed's ETag
    entry → its page → a report, "added"    one transaction, with the page's ETag

A feed's ETag is kept together with its entries, so a feed that says "unchanged" after a crash
hides nothing. A page that was fetched but not kept is waiting still and is fetched again; adding
the same thing twice changes nothing.

One thing is done at a time: what is due and whose host is ready, feeds before pages.

Several watches may share an archive: a feed, with the pages that it named, belongs to one of them
until that one ends, however it ends; then another takes it over.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retold.archive.feeds import Entry, Feed, all_feeds, next_due, waiting
from retold.engines.claims import Claims
from retold.errors import ArchiveError, ArchiveLocked, ArchiveUnreachable
from retold.keeping.looking import look
from retold.keeping.pages import fetch_page
from retold.keeping.schedule import A_WEEK
from retold.keeping.stopping import Stop, Stopped
from retold.keeping.tools import Tools

__all__ = ["Watched", "watch"]

# What is due later than any wait there is was planned by a clock that went wrong.
_HORIZON = 2 * A_WEEK
_LONGEST_SLEEP = 3_600.0
# A single round waits for a host that wants its pause, and for nothing longer.
_PATIENCE = 120.0
_ARCHIVE_PAUSE = 60.0
_MOST_PAGES = 200
_FRESH = 30
# How soon feeds of a watch that ended are taken over; longer than a single round waits.
_TAKEN_OVER = 150.0


@dataclass(slots=True)
class Watched:
    """What a watch came to.

    Attributes:
        polled, added, failed, refused: feeds that answered, reports kept, feeds that did not
            answer, pages that were given up.
        used: of `added`, how many `idle` was called for.
    """

    polled: int = 0
    added: int = 0
    failed: int = 0
    refused: int = 0
    used: int = 0


def _nothing() -> None:
    """What there is to do where nobody asked for anything."""


def watch(
    tools: Tools,
    feeds: Sequence[Feed],
    stop: Stop,
    *,
    once: bool = False,
    idle: Callable[[], object] = _nothing,
) -> Watched:
    """Watch feeds until told to stop.

    Args:
        tools: see `Tools`.
        feeds: as `retold.archive.feeds.follow` gives them; their state is read anew each time.
        stop: asked between any two things that are done.
        once: end as soon as nothing is due, nor will be in two minutes.
        idle: called when reports were added and nothing is due just now.

    Raises:
        ArchiveError: the archive cannot be written. One that is locked or does not answer is
            waited for, except with `once`.
    """
    watched = Watched()
    claims = tools.archive.claims()
    queue = _Queue(tools, [feed.number for feed in feeds], claims)
    tools.say("started", feeds=len(feeds))
    try:
        while not stop.asked:
            try:
                wait = _step(tools, queue, watched, idle)
            except (ArchiveLocked, ArchiveUnreachable) as error:
                if once:
                    raise
                # Somebody holds it for long, or its server starts anew: over weeks both happen.
                wait = _ARCHIVE_PAUSE
                tools.say("failed", error=type(error).__name__, reason=error.what, next=int(wait))
            if wait is None or (once and wait > _PATIENCE):
                break
            if wait > 0:
                tools.clock.sleep(min(wait, _LONGEST_SLEEP))
    except Stopped:
        pass
    finally:
        claims.close()
    tools.say("stopped", feeds=len(feeds))
    return watched


def _step(
    tools: Tools, queue: _Queue, watched: Watched, idle: Callable[[], object]
) -> float | None:
    """Do what is due; seconds until the next step, None when there will be none."""
    task, wait = queue.next(int(tools.clock.now()))
    if task is not None:
        _do(tools, task, watched)
        return 0.0
    if watched.added > watched.used:
        watched.used = watched.added
        _use(tools, idle)
    return wait


def _use(tools: Tools, idle: Callable[[], object]) -> None:
    """What is done between the looks; its mistakes must not end a watch of weeks."""
    try:
        idle()
    except (ArchiveError, Stopped):
        raise
    except Exception as error:
        tools.say("failed", error=type(error).__name__, reason=str(error)[:200])


def _do(tools: Tools, task: Feed | Entry, watched: Watched) -> None:
    if isinstance(task, Feed):
        added = look(tools, task)
        if added is None:
            watched.failed += 1
        else:
            watched.polled += 1
            watched.added += added
        return
    became = fetch_page(tools, task)
    watched.added += became == "added"
    watched.refused += became == "refused"


class _Queue:
    """What is to be done, in its order."""

    def __init__(self, tools: Tools, numbers: Sequence[int], claims: Claims) -> None:
        self._tools = tools
        self._chosen = frozenset(numbers)
        self._claims = claims
        self._ours: frozenset[int] = self._chosen
        self._pages: list[Entry] = []
        self._read = 0

    def next(self, now: int) -> tuple[Feed | Entry | None, float | None]:
        """What is to be done now; or None, and in how many seconds something is (None for never).

        Args:
            now: the time.
        """
        horizon = now + _HORIZON
        self._claim()  # before reading: who had a feed till now may just have changed it
        with self._tools.archive.reading() as connection:
            feeds = [
                feed
                for feed in all_feeds(connection)
                if feed.number in self._ours and feed.state == "watched"
            ]
        due = [feed for feed in feeds if feed.due <= now or feed.due > horizon]
        waits = [float(feed.due - now) for feed in feeds if now < feed.due <= horizon]
        if self._ours < self._chosen:
            waits.append(_TAKEN_OVER)
        for feed in sorted(due, key=lambda feed: (feed.due, feed.number)):
            wait = self._tools.visitor.left(feed.url)
            if wait <= 0:
                return feed, 0.0
            waits.append(wait)
        page, soon = self._ready()
        # Pages may be many: they are read anew when none is at hand, and once in a while.
        if page is None and not (self._pages and 0 <= now - self._read < _FRESH):
            with self._tools.archive.reading() as connection:
                numbers = sorted(self._ours)
                self._pages = waiting(connection, numbers, now, horizon, _MOST_PAGES)
                later = next_due(connection, numbers, now)
            self._read = now
            page, soon = self._ready()
            if later is not None:
                waits.append(float(later - now))
        return page, min([*waits, *soon], default=None)

    def _claim(self) -> None:
        """Take what no other watch has; pages at hand of feeds that were lost are let go."""
        ours = self._claims.take(self._chosen)
        if ours == self._ours:
            return
        self._ours = ours
        self._pages = []
        self._read = 0
        self._tools.say("shared", feeds=len(ours), elsewhere=len(self._chosen) - len(ours))

    def _ready(self) -> tuple[Entry | None, list[float]]:
        """A page whose host may be asked, taken from those at hand; and how long hosts wait."""
        waits: dict[str, float] = {}
        for place, page in enumerate(self._pages):
            site = (page.url or "").partition("://")[2].partition("/")[0]
            if site in waits:
                continue
            waits[site] = self._tools.visitor.left(page.url or "")
            if waits[site] <= 0:
                return self._pages.pop(place), []
        return None, list(waits.values())
