"""What watching keeps: feeds with their state, what they led to, and what fetches left behind.

All of it can be written in the transaction that writes reports, so that a feed's entry is either
known and waiting, or known and added, and never known and lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, and_, delete, insert, or_, select, update

from retold.archive.opening import Archive
from retold.archive.rows import CHUNK, chunks, next_number
from retold.archive.tables_feeds import entry as entries
from retold.archive.tables_feeds import feed as feeds
from retold.archive.tables_feeds import fetch as fetches

__all__ = [
    "Entry",
    "Feed",
    "Fetch",
    "all_feeds",
    "feed_at",
    "follow",
    "key_of",
    "known",
    "last_fetch",
    "next_due",
    "revive",
    "save",
    "waiting",
]


class Feed(msgspec.Struct, frozen=True):
    """A feed that is watched.

    Attributes:
        number: its own in this archive.
        given: the address that somebody gave.
        url: the one to ask.
        title: as somebody called it.
        state: "gone" when the server said so for good, "same" when it moved to the address of
            another feed here; neither is asked any more.
        due: when it is to be asked next.
        pause: seconds between two looks, as things stand.
        asked: seconds for which the feed asked to be left alone.
        checked: when it last answered; None for never.
        failures: in a row.
        error: the last one; None after a success.
        entries: that it brought so far.
    """

    number: int
    given: str
    url: str
    title: str | None = None
    state: Literal["watched", "gone", "same"] = "watched"
    due: int = 0
    pause: int = 0
    asked: int = 0
    checked: int | None = None
    failures: int = 0
    error: str | None = None
    entries: int = 0


class Entry(msgspec.Struct, frozen=True):
    """A page that a feed named.

    Attributes:
        key: of the page.
        feed: number of the feed that named it first.
        url: None for an entry that carries its text and has no address.
        fingerprint: of what the feed said of it; another one may mean another version.
        state: "waiting" until its page is fetched.
        seen: when a feed first named it.
        due: when its page is to be fetched.
        failures: in a row.
        error: the last one.
        beside: what the feed said that the page may leave open.
        report: the id of what was added last.
        number: its own in this archive, in the order in which feeds named them; 0 for none yet.
    """

    key: bytes
    feed: int
    url: str | None
    fingerprint: bytes
    state: Literal["waiting", "added", "refused"]
    seen: int
    due: int
    failures: int = 0
    error: str | None = None
    beside: dict[str, Any] | None = None
    report: str | None = None
    number: int = 0


class Fetch(msgspec.Struct, frozen=True):
    """The last fetch of an address; see `retold.archive.tables_feeds`."""

    url: str
    status: int
    checked: int
    answered: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    failures: int = 0
    body: bytes | None = None


def key_of(*parts: str) -> bytes:
    """16 bytes of blake2b."""
    return blake2b(msgspec.json.encode([_plain(part) for part in parts]), digest_size=16).digest()


def follow(archive: Archive, given: Sequence[tuple[str, str | None]], now: int) -> list[Feed]:
    """Feeds by address and title, in their order; those that are new here are due now."""
    keys = [key_of(url) for url, _ in given]
    with archive.reading() as connection:
        found = _feeds(connection, keys)
    if len(found) < len(set(keys)):
        with archive.writing() as connection:
            found = _feeds(connection, keys)
            number = next_number(connection, feeds)
            for key, (url, title) in zip(keys, given, strict=True):
                if key not in found:
                    found[key] = Feed(number, url, url, title, due=now)
                    connection.execute(insert(feeds), [{"key": key, **_row(found[key])}])
                    number += 1
    return [found[key] for key in dict.fromkeys(keys)]


def revive(archive: Archive, given: Sequence[Feed], now: int) -> list[Feed]:
    """Feeds as they are, but those that were given up are watched again, at the address given."""
    again = [
        one
        if one.state == "watched"
        else msgspec.structs.replace(
            one, state="watched", url=one.given, due=now, failures=0, error=None
        )
        for one in given
    ]
    with archive.writing() as connection:
        save(connection, *(new for new, old in zip(again, given, strict=True) if new != old))
    return again


def feed_at(connection: Connection, url: str) -> Feed | None:
    """A feed that is asked at this address, or was given by it."""
    asked = select(feeds).where(or_(feeds.c.key == key_of(url), feeds.c.url == url))
    row = connection.execute(asked.order_by(feeds.c.number).limit(1)).mappings().first()
    return None if row is None else _feed(row)


def all_feeds(connection: Connection) -> list[Feed]:
    """Every feed, in the order in which they came."""
    rows = connection.execute(select(feeds).order_by(feeds.c.number)).mappings()
    return [_feed(row) for row in rows]


def known(connection: Connection, keys: Iterable[bytes]) -> dict[bytes, Entry]:
    """Those entries that are known."""
    found: dict[bytes, Entry] = {}
    for some in chunks(list(keys), CHUNK):
        rows = connection.execute(select(entries).where(entries.c.key.in_(some))).mappings()
        found.update((bytes(row["key"]), _entry(row)) for row in rows)
    return found


def waiting(
    connection: Connection, numbers: Sequence[int], now: int, horizon: int, most: int
) -> list[Entry]:
    """Entries of some feeds whose page is due, the longest due first.

    Args:
        connection: to read from.
        numbers: of the feeds.
        now: the time.
        horizon: what is due later than this was planned by a clock that went wrong, and is due.
        most: so many at most.
    """
    due = or_(entries.c.due <= now, entries.c.due > horizon)
    found: list[Entry] = []
    for some in chunks(numbers, CHUNK):
        asked = (
            select(entries)
            .where(and_(entries.c.state == "waiting", due, entries.c.feed.in_(some)))
            .order_by(entries.c.due, entries.c.number)
            .limit(most)
        )
        found.extend(_entry(row) for row in connection.execute(asked).mappings())
    return sorted(found, key=lambda one: (one.due, one.number))[:most]


def next_due(connection: Connection, numbers: Sequence[int], now: int) -> int | None:
    """When the next page of some feeds will be due that is not due yet; None for none."""
    times: list[int] = []
    for some in chunks(numbers, CHUNK):
        asked = (
            select(entries.c.due)
            .where(
                and_(entries.c.state == "waiting", entries.c.due > now, entries.c.feed.in_(some))
            )
            .order_by(entries.c.due)
            .limit(1)
        )
        times.extend(int(due) for due in connection.scalars(asked))
    return min(times, default=None)


def last_fetch(connection: Connection, url: str) -> Fetch | None:
    """What is remembered of an address."""
    asked = select(fetches).where(fetches.c.key == key_of(url))
    row = connection.execute(asked).mappings().first()
    if row is None:
        return None
    body = row["body"]
    values = {name: row[name] for name in Fetch.__struct_fields__ if name != "body"}
    return Fetch(**values, body=None if body is None else bytes(body))


def save(connection: Connection, *nouns: Feed | Entry | Fetch) -> None:
    """Write nouns in place of what was there; inside `archive.writing()`."""
    for one in nouns:
        if isinstance(one, Fetch):
            key = key_of(one.url)
            # The one writer holds the archive, so nobody sees the moment between.
            connection.execute(delete(fetches).where(fetches.c.key == key))
            connection.execute(insert(fetches), [{"key": key, **_row(one)}])
        elif isinstance(one, Feed):
            where = feeds.c.number == one.number
            connection.execute(update(feeds).where(where).values(**_row(one)))
        elif one.number:
            where = entries.c.number == one.number
            connection.execute(update(entries).where(where).values(**_row(one)))
        else:
            number = next_number(connection, entries)
            connection.execute(insert(entries), [{**_row(one), "number": number}])


def _feeds(connection: Connection, keys: Sequence[bytes]) -> dict[bytes, Feed]:
    found: dict[bytes, Feed] = {}
    for some in chunks(keys, CHUNK):
        rows = connection.execute(select(feeds).where(feeds.c.key.in_(some))).mappings()
        found.update((bytes(row["key"]), _feed(row)) for row in rows)
    return found


def _feed(row: Any) -> Feed:
    return Feed(**{name: row[name] for name in Feed.__struct_fields__})


def _entry(row: Any) -> Entry:
    values = {name: row[name] for name in Entry.__struct_fields__}
    values.update(key=bytes(row["key"]), fingerprint=bytes(row["fingerprint"]))
    return Entry(**values)


def _row(noun: msgspec.Struct) -> dict[str, Any]:
    return {name: getattr(noun, name) for name in noun.__struct_fields__}


def _plain(part: str) -> str:
    return part.encode("utf-8", "backslashreplace").decode("utf-8")
