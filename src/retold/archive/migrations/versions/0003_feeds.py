"""Feeds, what they led to, and what is remembered of fetches."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, ForeignKey

from retold.engines.columns import TABLE, Bytes, Json, Number, Words

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "feed",
        Column("number", Number, primary_key=True, autoincrement=False),
        Column("key", Bytes, nullable=False, unique=True),
        Column("given", Words, nullable=False),
        Column("url", Words, nullable=False),
        Column("title", Words),
        Column("state", Words, nullable=False),
        Column("due", Number, nullable=False),
        Column("pause", Number, nullable=False),
        Column("asked", Number, nullable=False),
        Column("checked", Number),
        Column("failures", Number, nullable=False),
        Column("error", Words),
        Column("entries", Number, nullable=False),
        **TABLE,
    )
    op.create_table(
        "entry",
        Column("number", Number, primary_key=True, autoincrement=False),
        Column("key", Bytes, nullable=False, unique=True),
        Column("feed", Number, ForeignKey("feed.number"), nullable=False),
        Column("url", Words),
        Column("fingerprint", Bytes, nullable=False),
        Column("state", Words, nullable=False),
        Column("seen", Number, nullable=False),
        Column("due", Number, nullable=False),
        Column("failures", Number, nullable=False),
        Column("error", Words),
        Column("beside", Json),
        Column("report", Words),
        **TABLE,
    )
    op.create_index("entry_waiting", "entry", ["state", "due"])
    op.create_table(
        "fetch",
        Column("key", Bytes, primary_key=True),
        Column("url", Words, nullable=False),
        Column("answered", Words),
        Column("status", Number, nullable=False),
        Column("checked", Number, nullable=False),
        Column("etag", Words),
        Column("last_modified", Words),
        Column("failures", Number, nullable=False),
        Column("body", Bytes),
        **TABLE,
    )
