"""The tables of searching: what hits are ordered and filtered by, and the index of words."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from retold.archive.tables import metadata
from retold.engines import fulltext
from retold.engines.columns import TABLE, Number, Words

__all__ = ["WORDS", "listing"]

# A narrow table beside `report`, so that 100,000 hits are put in order in a few milliseconds.
listing = Table(
    "listing",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),  # of the report
    # UTC, seconds: the middle of when it was published, at the latest when it was added.
    Column("moment", Number, nullable=False),
    # When it was published, as a calendar shows it: what has no offset is taken for UTC.
    Column("since", Number),
    Column("until", Number),
    Column("outlet", Number),  # a hash of the outlet's key
    Column("language", Words),
    **TABLE,
)
Index("listing_moment", listing.c.moment, listing.c.number)
Index("listing_outlet", listing.c.outlet)
Index("listing_since", listing.c.since)

WORDS = fulltext.Index("words", ("title", "text"), title="title")
