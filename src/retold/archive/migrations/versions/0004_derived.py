"""What is derived from reports, and the runs that made it."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, ForeignKey, UniqueConstraint

from retold.engines.columns import TABLE, Bytes, Number, Words
from retold.engines.fulltext import Index, make

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "run",
        Column("number", Number, primary_key=True, autoincrement=False),
        Column("method", Words, nullable=False),
        Column("version", Words, nullable=False),
        Column("settings", Words, nullable=False),
        Column("settings_json", Words, nullable=False),
        Column("retold", Words, nullable=False),
        Column("started", Words, nullable=False),
        UniqueConstraint("method", "version", "settings", name="run_once"),
        **TABLE,
    )
    op.create_table(
        "derived",
        Column("method", Words, primary_key=True),
        Column("subject", Words, primary_key=True),
        Column("report", Number),
        Column("run", Number, ForeignKey("run.number"), nullable=False),
        Column("inputs", Words, nullable=False),
        Column("sha256", Bytes, nullable=False),  # of the unpacked bytes
        Column("packing", Words, nullable=False),
        Column("size", Number, nullable=False),
        Column("packed", Bytes, nullable=False),
        **TABLE,
    )
    op.create_index("derived_report", "derived", ["method", "report", "run"])
    op.create_table(
        "quotation",
        Column("number", Number, primary_key=True, autoincrement=False),
        Column("report", Number, ForeignKey("report.number"), nullable=False),
        Column("ordinal", Number, nullable=False),
        **TABLE,
    )
    op.create_index("quotation_report", "quotation", ["report"])
    make(op.get_bind(), Index("said", ("speaker", "content")))
    make(op.get_bind(), Index("named", ("names",)))
