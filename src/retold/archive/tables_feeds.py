"""The tables of watching: feeds, what they led to, and what is remembered of fetches."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table

from retold.archive.tables import metadata
from retold.engines.columns import TABLE, Bytes, Json, Number, Words

__all__ = ["entry", "feed", "fetch"]

# Times are seconds since 1970, UTC.
feed = Table(
    "feed",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("key", Bytes, nullable=False, unique=True),  # 16 bytes of blake2b of `given`
    Column("given", Words, nullable=False),  # the address as it was given
    Column("url", Words, nullable=False),  # the one to ask, after permanent redirects
    Column("title", Words),
    Column("state", Words, nullable=False),  # "watched", "gone", "same"
    Column("due", Number, nullable=False),
    Column("pause", Number, nullable=False),  # seconds between two looks
    Column("asked", Number, nullable=False),  # seconds that the feed asks for
    Column("checked", Number),  # the last answer that could be used
    Column("failures", Number, nullable=False),  # in a row
    Column("error", Words),  # the last of them
    Column("entries", Number, nullable=False),  # that it brought
    **TABLE,
)

# What feeds led to: one row for each page, whichever feed named it first.
entry = Table(
    "entry",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("key", Bytes, nullable=False, unique=True),  # 16 bytes of blake2b of the canonical URL
    Column("feed", Number, ForeignKey("feed.number"), nullable=False),
    Column("url", Words),
    Column("fingerprint", Bytes, nullable=False),  # of what the feed said of it
    Column("state", Words, nullable=False),  # "waiting", "added", "refused"
    Column("seen", Number, nullable=False),
    Column("due", Number, nullable=False),
    Column("failures", Number, nullable=False),
    Column("error", Words),
    Column("beside", Json),  # what the feed said that the page may leave open
    Column("report", Words),  # the id of what was added last
    **TABLE,
)
Index("entry_waiting", entry.c.state, entry.c.due)

fetch = Table(
    "fetch",
    metadata,
    Column("key", Bytes, primary_key=True),  # 16 bytes of blake2b of `url`
    Column("url", Words, nullable=False),
    Column("answered", Words),  # the address that answered, after redirects
    Column("status", Number, nullable=False),  # 0 for no answer
    Column("checked", Number, nullable=False),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("failures", Number, nullable=False),
    Column("body", Bytes),  # of robots.txt only
    **TABLE,
)
