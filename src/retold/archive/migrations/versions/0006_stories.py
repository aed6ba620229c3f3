"""Stories, what became of old ones, and how far grouping is."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, ForeignKey

from retold.engines.columns import TABLE, Bytes, Json, Number, Words

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "story",
        Column("number", Number, primary_key=True, autoincrement=False),
        Column("id", Words, nullable=False, unique=True),
        Column("first", Number, nullable=False),
        Column("last", Number, nullable=False),
        Column("title", Words, nullable=False),
        Column("since", Words),
        Column("until", Words),
        Column("reports", Number, nullable=False),
        Column("outlets", Number, nullable=False),
        Column("tellings", Number, nullable=False),
        Column("languages", Words, nullable=False),
        Column("round_up", Number, nullable=False),
        Column("by_hand", Number, nullable=False),
        Column("kinds", Number),
        Column("run", Number, ForeignKey("run.number"), nullable=False),
        **TABLE,
    )
    op.create_table(
        "member",
        Column(
            "report", Number, ForeignKey("report.number"), primary_key=True, autoincrement=False
        ),
        Column("day", Number, nullable=False),
        Column("key", Words, nullable=False),
        Column("dated", Number, nullable=False),
        Column("outlet", Words),
        Column("grouped", Words),
        Column("story", Number, ForeignKey("story.number")),
        Column("copy_of", Words),
        Column("round_up", Number, nullable=False),
        Column("probably", Number, nullable=False),
        Column("by_hand", Number, nullable=False),
        **TABLE,
    )
    op.create_table(
        "reason",
        Column(
            "report", Number, ForeignKey("report.number"), primary_key=True, autoincrement=False
        ),
        Column("packed", Bytes, nullable=False),
        **TABLE,
    )
    op.create_table(
        "story_trace",
        Column("old", Words, primary_key=True),
        Column("new", Words, nullable=False),
        **TABLE,
    )
    op.create_table(
        "story_merge",
        Column("old", Words, primary_key=True),
        Column("new", Words, nullable=False),
        Column("day", Number, nullable=False),
        **TABLE,
    )
    op.create_table(
        "grouping_state",
        Column("number", Number, primary_key=True, autoincrement=False),
        Column("run", Number, ForeignKey("run.number"), nullable=False),
        Column("reports", Number, nullable=False),
        Column("dirty", Number),
        Column("corrections", Number, nullable=False),
        Column("used", Json, nullable=False),
        **TABLE,
    )
    op.create_table(
        "checkpoint",
        Column("day", Number, primary_key=True, autoincrement=False),
        Column("size", Number, nullable=False),
        Column("packing", Words, nullable=False),
        Column("packed", Bytes, nullable=False),
        **TABLE,
    )
    op.create_index("story_last", "story", ["last", "number"])
    op.create_index("member_story", "member", ["story"])
    op.create_index("member_grouped", "member", ["grouped"])
    op.create_index("member_day", "member", ["day", "key"])
    op.create_index("story_trace_new", "story_trace", ["new"])
