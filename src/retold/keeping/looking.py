"""One look at one feed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from retold.archive.adding import Item, Prepared, prepare, write
from retold.archive.feeds import Entry, Feed, feed_at, key_of, known, last_fetch, save
from retold.errors import ArchiveError, BadRecord, Disallowed, EmptyInput, FetchFailed, RetoldError
from retold.keeping.remembering import fetch_of, visit_of
from retold.keeping.schedule import asked_pause, next_pause, wait_for_feed
from retold.keeping.stopping import Stopped
from retold.keeping.tools import Tools
from retold.model import Dating, Refusal
from retold.read.building import Known
from retold.read.fetching import Fetched
from retold.read.found import Found, Origin
from retold.read.listings import Listed
from retold.read.remembering import Visit
from retold.read.sources import listed
from retold.text.addresses import canonical
from retold.text.content import content_id

__all__ = ["beside_of", "known_of", "look"]

# A server may say "unchanged" for ever by mistake.
_TRUSTED = 7 * 86_400.0
# Fewer new entries are no sign that others went by unseen.
_GAP_FROM = 5
# What a feed says of a page that the page may leave open.
_BESIDE = ("title", "outlet", "byline", "published", "page_language")
_GONE = 410


@dataclass(frozen=True, slots=True)
class _One:
    """An entry as the feed has it now."""

    key: bytes
    fingerprint: bytes
    what: Found | Listed

    @property
    def url(self) -> str | None:
        return self.what.report.url if isinstance(self.what, Found) else self.what.url


@dataclass(frozen=True, slots=True)
class _Brought:
    """What a feed holds.

    Attributes:
        entries: the oldest first, each page once.
        unread: how many others say nothing.
        damaged: whether the feed is not well formed, so that some may be missing.
    """

    entries: Sequence[_One] = ()
    unread: int = 0
    damaged: bool = False


def look(tools: Tools, feed: Feed) -> int | None:
    """Ask for a feed, and keep what it brings.

    Args:
        tools: see `retold.keeping.tools.Tools`.
        feed: as it stands in the archive.

    Returns:
        how many reports were added; None when the feed could not be used.

    Raises:
        ArchiveError: the archive cannot be written.
        Stopped: all is to end; nothing was changed.
    """
    now = int(tools.clock.now())
    with tools.archive.reading() as connection:
        last = last_fetch(connection, feed.url)
    since = visit_of(last) if last is not None and now - last.checked < _TRUSTED else None
    try:
        served = tools.visitor.fetch(feed.url, since=since)
        brought = _Brought() if served.status == 304 else _entries(tools, served)
    except (ArchiveError, Stopped):
        raise
    except RetoldError as error:
        _failed(tools, feed, error)
        return None
    except Exception as error:  # a parser's own: one feed must not end the watch of all
        _failed(tools, feed, RetoldError(f"{type(error).__name__}: {str(error)[:200]}"))
        return None
    return _keep(tools, feed, served, brought, since)


def _entries(tools: Tools, served: Fetched) -> _Brought:
    """What the feed holds.

    Raises:
        RetoldError: it is no feed, or cannot be read.
    """
    settings = msgspec.structs.replace(tools.settings, fetch=False)
    origin = Origin(served.url, settings, lambda _: None, tools.visitor)
    found: dict[bytes, _One] = {}
    unread: list[Refusal] = []
    try:
        for one in listed(served, origin):
            if isinstance(one, Refusal):
                unread.append(one)
                continue
            as_known = _one(one)
            found.setdefault(as_known.key, as_known)
    except EmptyInput:
        if not served.body.strip():
            raise
    damage = next((one.reason for one in unread if not one.where), None)
    if damage is not None and not found:
        raise BadRecord(damage, advice="Tell the feed's owner")
    return _Brought(list(found.values())[::-1], len(unread), damage is not None)


def _one(what: Found | Listed) -> _One:
    if isinstance(what, Found) and what.report.url and _breaks_off(what.report.text):
        what = _as_listed(what, what.report.url)
    if isinstance(what, Found):
        report = what.report
        key = key_of("url", canonical(report.url)) if report.url else key_of("id", report.id)
        return _One(key, key_of(content_id(report)), what)
    beside = what.beside or Known()
    said = (beside.title or "", beside.published or "")
    return _One(key_of("url", canonical(what.url)), key_of(*said), what)


def _breaks_off(text: str) -> bool:
    """Whether what a feed gives as the whole text is its beginning: «… the council said […]»."""
    return text.rstrip().rstrip("])").endswith(("…", "..."))


def _as_listed(found: Found, url: str) -> Listed:
    report = found.report
    beside = Known(
        title=report.title,
        outlet=report.outlet,
        byline=report.byline,
        published=report.published,
        dating=report.dating,
        page_language=report.language,
    )
    return Listed(url, found.where, beside, found.story)


def _keep(
    tools: Tools,
    feed: Feed,
    served: Fetched,
    brought: _Brought,
    since: Visit | None,
) -> int:
    """Everything that one look brought, in one transaction."""
    found = brought.entries
    now = int(tools.clock.now())
    with tools.archive.reading() as connection:
        before = known(connection, [one.key for one in found])
    fresh = [one for one in found if _is_news(one, before.get(one.key))]
    whole = [one for one in fresh if isinstance(one.what, Found)]
    ready = [_prepared(one.what) for one in whole if isinstance(one.what, Found)]
    asked = asked_pause(served.body, served.max_age)
    if served.status == 304:
        asked = max(asked, feed.asked)
    pause = next_pause(feed.pause, len(fresh), asked, tools.settings.watching)
    # A little later than planned, so that feeds of one list do not all fall due together.
    due = now + pause + int(pause / 10 * tools.draw())
    looked_at = msgspec.structs.replace(
        feed,
        due=due,
        pause=pause,
        asked=asked,
        checked=now,
        failures=0,
        error=None,
        entries=feed.entries + sum(one.key not in before for one in fresh),
    )
    with tools.archive.writing() as connection:
        other = feed_at(connection, served.moved) if served.moved else None
        if served.moved and other is None:
            looked_at = msgspec.structs.replace(looked_at, url=served.moved)
        elif other is not None and other.number != feed.number:
            looked_at = msgspec.structs.replace(
                looked_at, state="same", error=f"it moved to {other.url}"
            )
        added = write(connection, ready) if ready else None
        ids = dict(zip((one.key for one in whole), added.ids if added else (), strict=True))
        save(
            connection,
            *(_entry(feed, one, before.get(one.key), ids.get(one.key), now) for one in fresh),
            fetch_of(looked_at.url, _visit(served, since, now, brought)),
            looked_at,
        )
    if looked_at.url != feed.url or looked_at.state != feed.state:
        tools.say("moved", feed=feed.url, url=served.moved)
    tools.say(
        "polled",
        feed=looked_at.url,
        status=served.status,
        new=len(fresh),
        entries=len(found),
        unread=brought.unread or None,
        gap=bool(feed.checked) and len(found) >= _GAP_FROM and len(fresh) == len(found),
        next=due - now,
    )
    for one in whole:
        tools.say("added", feed=looked_at.url, url=one.url, id=ids[one.key])
    return len(whole)


def _is_news(one: _One, before: Entry | None) -> bool:
    """Whether an entry is new, or said to have changed and not waiting already."""
    if before is None:
        return True
    return one.fingerprint != before.fingerprint and before.state != "waiting"


def _prepared(found: Found) -> Prepared:
    return prepare(Item(found.report, found.raw, found.story))


def _entry(feed: Feed, one: _One, before: Entry | None, added: str | None, now: int) -> Entry:
    beside = None if isinstance(one.what, Found) else beside_of(one.what.beside)
    return Entry(
        key=one.key,
        feed=before.feed if before else feed.number,
        url=one.url,
        fingerprint=one.fingerprint,
        state="added" if isinstance(one.what, Found) else "waiting",
        seen=before.seen if before else now,
        due=now,
        beside=beside,
        report=added or (before.report if before else None),
        number=before.number if before else 0,
    )


def beside_of(known: Known | None) -> dict[str, Any] | None:
    """What a feed says of a page, to be kept until the page is fetched."""
    if known is None:
        return None
    kept: dict[str, Any] = {name: getattr(known, name) for name in _BESIDE}
    kept["dating"] = None if known.dating is None else msgspec.to_builtins(known.dating)
    return {name: value for name, value in kept.items() if value is not None}


def known_of(beside: dict[str, Any] | None) -> Known | None:
    """As `beside_of` was given it."""
    if beside is None:
        return None
    dating = beside.get("dating")
    return Known(**{**beside, "dating": None if dating is None else Dating(**dating)})


def _visit(served: Fetched, since: Visit | None, now: int, brought: _Brought) -> Visit:
    """What to ask with the next time."""
    if served.status == 304 and since is not None:
        return since
    if brought.damaged:  # it is to come again whole, even if the server thinks it has sent it
        return Visit(served.status, float(now), served.url)
    return Visit(served.status, float(now), served.url, served.etag, served.last_modified)


def _failed(tools: Tools, feed: Feed, error: RetoldError) -> None:
    now = int(tools.clock.now())
    status = error.status if isinstance(error, FetchFailed) else None
    retry_after = error.retry_after if isinstance(error, FetchFailed | Disallowed) else None
    failures = feed.failures + 1
    wait = wait_for_feed(failures, retry_after, tools.settings.watching, tools.draw)
    after = msgspec.structs.replace(
        feed,
        state="gone" if status == _GONE else feed.state,
        due=now + wait,
        failures=failures,
        error=error.what[:500],
    )
    with tools.archive.writing() as connection:
        save(connection, after)
    tools.say(
        "gone" if after.state == "gone" else "failed",
        feed=feed.url,
        status=status,
        failures=failures,
        next=None if after.state == "gone" else wait,
        error=type(error).__name__,
        reason=f"{error.what}. {error.advice}" if isinstance(error, BadRecord) else error.what,
    )
