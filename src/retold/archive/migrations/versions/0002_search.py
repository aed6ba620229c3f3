"""What hits are ordered and filtered by, and the index of words."""

from __future__ import annotations

from typing import Any

from alembic import op
from sqlalchemy import Column, Connection, column, insert, select, table

from retold.archive.blobs import decoded, unpack
from retold.archive.listings import listed_as
from retold.archive.moments import nominal
from retold.engines.columns import TABLE, Bytes, Json, Number, Words
from retold.engines.fulltext import Index, make, put
from retold.errors import ArchiveDamaged
from retold.model import Dating, Report
from retold.text.terms import terms

revision = "0002"
down_revision = "0001"

_BATCH = 500
_report = table(
    "report",
    column("number", Number),
    column("text", Number),
    column("title", Words),
    column("outlet", Words),
    column("published", Words),
    column("dating", Json),
    column("language", Words),
    column("fetched", Words),
    column("added", Words),
)
_blob = table(
    "blob",
    column("number", Number),
    column("packing", Words),
    column("size", Number),
    column("packed", Bytes),
)
_listing = table(
    "listing",
    *(column(name, Number) for name in ("number", "moment", "since", "until", "outlet")),
    column("language", Words),
)
_REPORTS = select(_report, _blob.c.packing, _blob.c.size, _blob.c.packed).join_from(
    _report, _blob, _blob.c.number == _report.c.text
)


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
    index = Index("words", ("title", "text"))
    make(op.get_bind(), index)
    _fill(op.get_bind(), index)


def _fill(connection: Connection, index: Index) -> None:
    """What was kept before is found too."""
    after = 0
    while True:
        rows = connection.execute(
            _REPORTS.where(_report.c.number > after).order_by(_report.c.number).limit(_BATCH)
        ).all()
        if not rows:
            return
        after = rows[-1].number
        connection.execute(insert(_listing), [_listed(row) for row in rows])
        put(
            connection, index, [(row.number, (terms(row.title or ""), _terms(row))) for row in rows]
        )


def _listed(row: Any) -> dict[str, Any]:
    dating = None if row.dating is None else Dating(**row.dating)
    known = Report(
        id="",
        text="",
        outlet=row.outlet,
        published=row.published,
        dating=dating,
        language=row.language,
        fetched=row.fetched,
    )
    added = nominal(row.added, None)[0] or 0
    return {"number": row.number, **listed_as(known, added)}


def _terms(row: Any) -> list[str]:
    try:
        return terms(decoded(unpack(row.packing, bytes(row.packed), row.size)))
    except (ArchiveDamaged, UnicodeDecodeError):
        return []  # `retold verify` names it
