"""Derived results: kept with the run that made them, replaced when stale, never mixed.

A run is a method, the version of what does it, and the settings that matter to it. A result is
stale when its run is not the present one, or when what it was made from has changed. Stale results
stay readable until they are replaced, and say that they are stale.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, insert, or_, select, update

from retold.archive import blobs
from retold.archive.clock import now
from retold.archive.opening import Archive
from retold.archive.rows import CHUNK, chunks, next_number
from retold.archive.tables import report as reports
from retold.archive.tables_derived import derived
from retold.archive.tables_derived import run as runs
from retold.errors import ArchiveDamaged
from retold.holdings import Run
from retold.version import __version__

__all__ = ["Result", "begin", "changed", "forget", "get", "keep", "pending", "runs_of", "standing"]


# In place of the hash of what a result was made from, once that is no longer so.
_CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Result:
    """A derived result.

    Attributes:
        subject: the id of a report or a story.
        report: the number of the report, where the subject is one.
        inputs: a hash of what it was made from, "" where the subject says it all.
        payload: JSON.
    """

    subject: str
    report: int | None
    inputs: str
    payload: bytes


def begin(archive: Archive, method: str, version: str, settings: str, settings_json: str) -> Run:
    """The run of a method; the same one again where version and settings are the same."""
    with archive.writing() as connection:
        row = connection.execute(
            select(runs).where(
                runs.c.method == method, runs.c.version == version, runs.c.settings == settings
            )
        ).first()
        if row is not None:
            return _run(row)
        one = Run(
            next_number(connection, runs),
            method,
            version,
            settings,
            settings_json,
            __version__,
            now(),
        )
        connection.execute(
            insert(runs).values({name: getattr(one, name) for name in one.__struct_fields__})
        )
        return one


def runs_of(archive: Archive, method: str | None = None) -> list[Run]:
    """All runs of a method, the oldest first."""
    wanted = select(runs).order_by(runs.c.number)
    if method is not None:
        wanted = wanted.where(runs.c.method == method)
    with archive.reading() as connection:
        return [_run(row) for row in connection.execute(wanted)]


def pending(connection: Connection, run: Run, *, after: int, most: int) -> list[tuple[int, str]]:
    """Number and id of the reports whose result of this method is missing or another run's.

    Args:
        connection: of the archive.
        run: the present one.
        after: only reports with a higher number.
        most: of them, the lowest numbers first.
    """
    joined = reports.outerjoin(
        derived, and_(derived.c.method == run.method, derived.c.report == reports.c.number)
    )
    rows = connection.execute(
        select(reports.c.number, reports.c.id)
        .select_from(joined)
        .where(reports.c.number > after)
        .where(
            or_(derived.c.run.is_(None), derived.c.run != run.number, derived.c.inputs == _CHANGED)
        )
        .order_by(reports.c.number)
        .limit(most)
    )
    return [(row.number, row.id) for row in rows]


def changed(connection: Connection, report_ids: Iterable[str]) -> None:
    """What was made from these reports is stale: what is known of them has changed."""
    for some in chunks(list(report_ids), CHUNK):
        connection.execute(
            update(derived)
            .where(derived.c.subject.in_(some), derived.c.report.is_not(None))
            .values(inputs=_CHANGED)
        )


def standing(connection: Connection, method: str) -> dict[int, int]:
    """How many results there are of each run of a method."""
    rows = connection.execute(
        select(derived.c.run, func.count())
        .where(derived.c.method == method)
        .group_by(derived.c.run)
    )
    return {row[0]: row[1] for row in rows}


def keep(connection: Connection, run: Run, results: Sequence[Result]) -> None:
    """Keep results, in place of older ones; inside `archive.writing()`."""
    forget(connection, run.method, [one.subject for one in results])
    rows = []
    for one in results:
        packed = blobs.pack(one.payload)
        rows.append(
            {
                "method": run.method,
                "subject": one.subject,
                "report": one.report,
                "run": run.number,
                "inputs": one.inputs,
                "sha256": packed.sha256,
                "packing": packed.packing,
                "size": packed.size,
                "packed": packed.packed,
            }
        )
    if rows:
        connection.execute(insert(derived), rows)


def forget(connection: Connection, method: str, subjects: Iterable[str]) -> None:
    """Take results out."""
    for some in chunks(list(subjects), CHUNK):
        connection.execute(
            delete(derived).where(derived.c.method == method, derived.c.subject.in_(some))
        )


def get(
    connection: Connection, method: str, subjects: Sequence[str]
) -> Iterator[tuple[Result, int]]:
    """The results for these subjects, each with the number of its run; what is not there is not.

    Raises:
        ArchiveDamaged: one is not what was kept.
    """
    for some in chunks(list(subjects), CHUNK):
        rows = connection.execute(
            select(derived).where(derived.c.method == method, derived.c.subject.in_(some))
        )
        found = {row.subject: row for row in rows}
        for subject in some:
            row = found.get(subject)
            if row is not None:
                yield _result(row), row.run


def _result(row: Row[Any]) -> Result:
    try:
        payload = blobs.unpack(row.packing, bytes(row.packed), row.size)
    except ArchiveDamaged:
        raise ArchiveDamaged(
            f"a derived result ({row.method}) is damaged",
            where=row.subject,
            advice="`retold verify --mend` takes it out; `retold refresh` makes it anew",
        ) from None
    return Result(row.subject, row.report, row.inputs, payload)


def _run(row: Row[Any]) -> Run:
    return Run(**{name: row._mapping[name] for name in Run.__struct_fields__})
