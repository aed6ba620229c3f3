"""What happens while feeds are watched, one line for each event."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import msgspec

from retold.show.marks import visible

__all__ = ["Event", "as_json", "as_line"]


class Event(msgspec.Struct, frozen=True, omit_defaults=True):
    """One event.

    Attributes:
        time: UTC, ISO 8601, to the second.
        event: started, polled, added, unchanged, retry, refused, failed, moved, gone,
            refreshed, shared, stopped.
        feed: the feed's address.
        url: of a page.
        status: of the server's answer.
        id: of a report in the archive.
        what: "new", "version" or "known": what the report is to the archive; or what was
            refreshed.
        new: entries that a feed brought; reports of which something was derived.
        entries: entries that it holds.
        unread: entries of which neither text nor address could be read.
        gap: all entries were new, so some may have gone by unseen.
        feeds: number of feeds; of "shared", those that this watch has.
        elsewhere: feeds that other watches of the archive have.
        waiting: pages still to be fetched.
        next: seconds until the next look.
        failures: in a row.
        error: its kind.
        reason: what went wrong.
    """

    time: str
    event: str
    feed: str | None = None
    url: str | None = None
    status: int | None = None
    id: str | None = None
    what: str | None = None
    new: int | None = None
    entries: int | None = None
    unread: int | None = None
    gap: bool = False
    feeds: int | None = None
    elsewhere: int | None = None
    waiting: int | None = None
    next: int | None = None
    failures: int | None = None
    error: str | None = None
    reason: str | None = None


def stamp(now: float) -> str:
    """UTC, ISO 8601, to the second."""
    return datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def as_json(event: Event) -> str:
    """One line of JSON."""
    return json.dumps(msgspec.to_builtins(event), ensure_ascii=True)


def as_line(event: Event) -> str:
    """`time event key=value …`; a value with anything but letters, digits and plain signs in it
    stands in quotation marks, as JSON writes it.
    """
    fields = msgspec.to_builtins(event)
    parts = [fields.pop("time"), fields.pop("event")]
    parts.extend(f"{name}={_shown(value)}" for name, value in fields.items())
    return " ".join(parts)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str):
        return str(value)
    value = visible(value)
    plain = value.isprintable() and not set(value) & set(" \"'\\=") and value
    return value if plain else json.dumps(value, ensure_ascii=False)
