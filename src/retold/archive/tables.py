"""The tables, once for all engines. What they are called in SQL is a contract (docs/reference).

Types are those of `retold.engines.columns`. Numbers are given out by the one writer, in the order
of writing, so that "all after number N" means "all that came since".
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, MetaData, Table

from retold.engines.columns import TABLE, Bytes, Json, Number, Real, Words

__all__ = ["about", "blob", "intake", "metadata", "report"]

metadata = MetaData()

# One row: whose database this is.
about = Table(
    "archive",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("name", Words, nullable=False),  # "retold"
    Column("made", Words, nullable=False),  # UTC, ISO 8601
    Column("made_by", Words, nullable=False),  # version of the program
    **TABLE,
)

# Bytes as they came, and texts as UTF-8 with "surrogatepass"; each once, found by its hash.
blob = Table(
    "blob",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("sha256", Bytes, nullable=False, unique=True),  # of the unpacked bytes
    Column("size", Number, nullable=False),  # of the unpacked bytes
    Column("packing", Words, nullable=False),  # "zlib" or "raw"
    Column("packed", Bytes, nullable=False),
    **TABLE,
)

report = Table(
    "report",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    # 16 bytes of blake2b: what "the same thing" means (see retold.archive.identity).
    Column("content", Bytes, nullable=False, unique=True),
    Column("id", Words, nullable=False, unique=True),
    Column("given", Words),  # the id it came with, where another report has that one here
    Column("story", Words),  # as the record named it
    Column("text", Number, ForeignKey("blob.number"), nullable=False),
    Column("raw", Number, ForeignKey("blob.number")),
    Column("page", Number),  # equal for versions of one page
    Column("url", Words),
    Column("canonical_url", Words),
    Column("source", Words),
    Column("title", Words),
    Column("outlet", Words),
    Column("outlet_key", Words),  # case and spacing folded
    Column("published", Words),
    Column("published_from", Number),  # UTC, seconds since 1970, first moment it may mean
    Column("published_until", Number),  # the moment after the last
    Column("dating", Json),
    Column("language", Words),
    Column("language_score", Real),
    Column("byline", Words),
    Column("dateline", Json),
    Column("credits", Json),
    Column("raw_sha256", Words),
    Column("fetched", Words),
    Column("encoding", Words),
    Column("extractor", Words),
    Column("notes", Json),
    Column("added", Words, nullable=False),  # UTC, ISO 8601, to the second
    **TABLE,
)
Index("report_page", report.c.page)
Index("report_published_from", report.c.published_from)
Index("report_outlet_key", report.c.outlet_key)

# How far a source has been read, so that an interrupted reading goes on.
intake = Table(
    "intake",
    metadata,
    Column("source", Words, primary_key=True),
    Column("fingerprint", Words, nullable=False),
    Column("position", Number, nullable=False),
    Column("changed", Words, nullable=False),
    **TABLE,
)
