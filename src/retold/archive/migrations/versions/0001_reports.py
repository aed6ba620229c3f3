"""Reports, their texts and bytes, and how far sources have been read."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, ForeignKey

from retold.engines.columns import TABLE, Bytes, Json, Number, Real, Words

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "archive",
        Column("number", Number, primary_key=True, autoincrement=False),
        Column("name", Words, nullable=False),
        Column("made", Words, nullable=False),
        Column("made_by", Words, nullable=False),
        **TABLE,
    )
    op.create_table(
        "blob",
        Column("number", Number, primary_key=True, autoincrement=False),
        Column("sha256", Bytes, nullable=False, unique=True),
        Column("size", Number, nullable=False),
        Column("packing", Words, nullable=False),
        Column("packed", Bytes, nullable=False),
        **TABLE,
    )
    op.create_table(
        "report",
        Column("number", Number, primary_key=True, autoincrement=False),
        Column("content", Bytes, nullable=False, unique=True),
        Column("id", Words, nullable=False, unique=True),
        Column("given", Words),
        Column("story", Words),
        Column("text", Number, ForeignKey("blob.number"), nullable=False),
        Column("raw", Number, ForeignKey("blob.number")),
        Column("page", Number),
        Column("url", Words),
        Column("canonical_url", Words),
        Column("source", Words),
        Column("title", Words),
        Column("outlet", Words),
        Column("outlet_key", Words),
        Column("published", Words),
        Column("published_from", Number),
        Column("published_until", Number),
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
        Column("added", Words, nullable=False),
        **TABLE,
    )
    op.create_index("report_page", "report", ["page"])
    op.create_index("report_published_from", "report", ["published_from"])
    op.create_index("report_outlet_key", "report", ["outlet_key"])
    op.create_table(
        "intake",
        Column("source", Words, primary_key=True),
        Column("fingerprint", Words, nullable=False),
        Column("position", Number, nullable=False),
        Column("changed", Words, nullable=False),
        **TABLE,
    )
