"""Getting reports out again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, Row, Select, func, select

from retold.archive import blobs
from retold.archive.opening import Archive
from retold.archive.rows import CHUNK, Kept, chunks, kept_of
from retold.archive.tables import blob
from retold.archive.tables import report as reports
from retold.errors import ArchiveDamaged, NothingFound

__all__ = ["age", "count", "each", "get", "ids", "load", "many", "many_in", "raw_of", "versions"]

_PAGE = 200


def get(archive: Archive, report_id: str) -> Kept:
    """The report with an id.

    Raises:
        NothingFound: there is none.
        ArchiveDamaged: its text is not what was kept.
    """
    found = many(archive, [report_id])
    if not found:
        raise NothingFound(
            f"no report has the id {report_id!r}",
            where=archive.where,
            advice="`retold search` finds reports by their words",
        )
    return found[0]


def many(archive: Archive, report_ids: Sequence[str]) -> list[Kept]:
    """The reports with these ids, in that order; what is not there is left out."""
    with archive.reading() as connection:
        return many_in(connection, report_ids)


def many_in(connection: Connection, report_ids: Sequence[str]) -> list[Kept]:
    """As `many`, of what the connection sees."""
    found: dict[str, Kept] = {}
    for some in chunks(list(report_ids), CHUNK):
        for kept in _read(connection, _rows().where(reports.c.id.in_(some))):
            found[kept.report.id] = kept
    return [found[one] for one in report_ids if one in found]


def load(connection: Connection, numbers: Sequence[int]) -> list[Kept]:
    """The reports with these numbers, in that order; what is not there is left out."""
    found: dict[int, Kept] = {}
    for some in chunks(list(numbers), CHUNK):
        for kept in _read(connection, _rows().where(reports.c.number.in_(some))):
            found[kept.number] = kept
    return [found[one] for one in numbers if one in found]


def each(archive: Archive, *, after: int = 0) -> Iterator[Kept]:
    """All reports in the order they came, those after a number only.

    Some hundreds are in memory at a time; those added meanwhile come too.
    """
    while True:
        with archive.reading() as connection:
            rows = _rows().where(reports.c.number > after).order_by(reports.c.number).limit(_PAGE)
            page = list(_read(connection, rows))
        yield from page
        if not page:
            return
        after = page[-1].number


def ids(connection: Connection, *, after: int = 0) -> Iterator[tuple[int, str]]:
    """Number and id of all reports in the order they came."""
    wanted = select(reports.c.number, reports.c.id).order_by(reports.c.number)
    for row in connection.execute(wanted.where(reports.c.number > after)):
        yield row.number, row.id


def versions(archive: Archive, report_id: str) -> list[Kept]:
    """The versions of the page that a report is one of, the oldest first; at least itself.

    Oldest by when it was fetched, else published, else added. The first is version 1.

    Raises:
        NothingFound: there is no such report.
    """
    one = get(archive, report_id)
    if one.page is None:
        return [one]
    with archive.reading() as connection:
        found = list(_read(connection, _rows().where(reports.c.page == one.page)))
    return sorted(
        found, key=lambda one: age(one.report.fetched, one.report.published, one.added, one.number)
    )


def count(archive: Archive) -> int:
    """How many reports are kept."""
    with archive.reading() as connection:
        return int(connection.scalar(select(func.count()).select_from(reports)) or 0)


def raw_of(archive: Archive, report_id: str) -> bytes | None:
    """The bytes that a report was read from; None when they are not kept.

    Raises:
        NothingFound: there is no such report.
        ArchiveDamaged: they are not what was kept.
    """
    wanted = (
        select(blob.c.packing, blob.c.packed, blob.c.size, reports.c.id)
        .select_from(reports.outerjoin(blob, blob.c.number == reports.c.raw))
        .where(reports.c.id == report_id)
    )
    with archive.reading() as connection:
        row = connection.execute(wanted).first()
    if row is None:
        raise NothingFound(f"no report has the id {report_id!r}", where=archive.where)
    return None if row.packed is None else blobs.unpack(row.packing, bytes(row.packed), row.size)


def _rows() -> Select[tuple[object, ...]]:
    return select(reports, blob.c.packing, blob.c.packed, blob.c.size).join_from(
        reports, blob, blob.c.number == reports.c.text
    )


def _read(connection: Connection, wanted: Select[tuple[object, ...]]) -> Iterator[Kept]:
    for row in connection.execute(wanted):
        yield _kept(row)


def _kept(row: Row[tuple[object, ...]]) -> Kept:
    values = row._mapping
    try:
        text = blobs.decoded(
            blobs.unpack(values["packing"], bytes(values["packed"]), values["size"])
        )
    except (ArchiveDamaged, UnicodeDecodeError, TypeError):
        raise ArchiveDamaged(
            "the text of a report is damaged",
            where=str(values["id"]),
            advice="Run `retold verify` to see what else is; `retold export --salvage` saves the "
            "rest",
        ) from None
    try:
        kept = kept_of(values, text)  # type: ignore[arg-type]
    except (TypeError, ValueError, KeyError, AttributeError):
        raise ArchiveDamaged(
            "what is known of a report is damaged",
            where=str(values["id"]),
            advice="Run `retold verify` to see what else is; `retold export --salvage` saves the "
            "rest",
        ) from None
    return kept


def age(
    fetched: str | None, published: str | None, added: str, number: int
) -> tuple[str, str, int]:
    """What the versions of a page are put in order by."""
    return fetched or published or added, added, number
