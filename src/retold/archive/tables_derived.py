"""The tables of what is derived from reports, with the runs that made it."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, UniqueConstraint

from retold.archive.tables import metadata
from retold.engines import fulltext
from retold.engines.columns import TABLE, Bytes, Number, Words

__all__ = ["NAMED", "SAID", "derived", "quotation", "run"]

run = Table(
    "run",
    metadata,
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

# One result of each method for each subject (a report, a story): the newest, whole.
derived = Table(
    "derived",
    metadata,
    Column("method", Words, primary_key=True),
    Column("subject", Words, primary_key=True),  # id of a report or a story
    Column("report", Number),  # number of the report, where the subject is one
    Column("run", Number, ForeignKey("run.number"), nullable=False),
    Column("inputs", Words, nullable=False),  # a hash of what it was made from
    Column("sha256", Bytes, nullable=False),  # of the unpacked bytes
    Column("packing", Words, nullable=False),
    Column("size", Number, nullable=False),
    Column("packed", Bytes, nullable=False),
    **TABLE,
)
Index("derived_report", derived.c.method, derived.c.report, derived.c.run)

# What quotations are found by; the quotation itself is in its report's derived result.
quotation = Table(
    "quotation",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("report", Number, ForeignKey("report.number"), nullable=False),
    Column("ordinal", Number, nullable=False),  # in the report's attribution, from 0
    **TABLE,
)
Index("quotation_report", quotation.c.report)

SAID = fulltext.Index("said", ("speaker", "content"))  # a row for each quotation
NAMED = fulltext.Index("named", ("names",))  # a row for each report
