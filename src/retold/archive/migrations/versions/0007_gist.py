"""What a list says of a story whose telling is kept: its root, and its notable changes."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column

from retold.engines.columns import TABLE, Json, Words

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "gist",
        Column("story", Words, primary_key=True),
        Column("gist", Json, nullable=False),
        **TABLE,
    )
