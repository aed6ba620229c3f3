"""What hits are ordered and filtered by, and the index of words."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column

from retold.engines.columns import TABLE, Number, Words
from retold.engines.fulltext import Index, make

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "listing",
        Column("number", Number, primary_key=True, autoincrement=False),
        Column("moment", Number, nullable=False),
        Column("since", Number),
        Column("until", Number),
        Column("outlet", Number),
        Column("language", Words),
        **TABLE,
    )
    op.create_index("listing_moment", "listing", ["moment", "number"])
    op.create_index("listing_outlet", "listing", ["outlet"])
    op.create_index("listing_since", "listing", ["since"])
    make(op.get_bind(), Index("words", ("title", "text")))
