"""What people corrected: a layer of its own, only ever added to."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, ForeignKey

from retold.engines.columns import TABLE, Json, Number, Words

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "correction",
        Column("number", Number, primary_key=True, autoincrement=False),
        Column("made", Words, nullable=False),
        Column("by", Words, nullable=False),
        Column("note", Words),
        Column("kind", Words, nullable=False),
        Column("what", Json, nullable=False),
        Column("undoes", Number, ForeignKey("correction.number"), unique=True),
        **TABLE,
    )
    op.create_table(
        "corrected",
        Column("report", Words, primary_key=True),
        Column("correction", Number, ForeignKey("correction.number"), primary_key=True),
        **TABLE,
    )
    op.create_index("corrected_correction", "corrected", ["correction"])
