"""The tables of what people corrected. Rows are only ever added."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table

from retold.archive.tables import metadata
from retold.engines.columns import TABLE, Json, Number, Words

__all__ = ["corrected", "correction"]

correction = Table(
    "correction",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("made", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("note", Words),
    Column("kind", Words, nullable=False),  # "undo" for one that takes another back
    Column("what", Json, nullable=False),
    Column("undoes", Number, ForeignKey("correction.number"), unique=True),
    **TABLE,
)

# Which reports a correction is about, by their id: it may come before the report does.
corrected = Table(
    "corrected",
    metadata,
    Column("report", Words, primary_key=True),
    Column("correction", Number, ForeignKey("correction.number"), primary_key=True),
    **TABLE,
)
Index("corrected_correction", corrected.c.correction)
