"""What people correct: a layer of its own, dated and signed, that nothing recomputes.

Rows are only ever added. Undoing adds one that names what it undoes, and can be undone itself.
Corrections name reports by id, so they survive adding again, upgrades and recomputing; one that is
about a report that is not here waits for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Connection, Select, func, insert, select, update

from retold.archive import deriving
from retold.archive.clock import now
from retold.archive.getting import many_in
from retold.archive.listings import listed_as
from retold.archive.moments import nominal
from retold.archive.opening import Archive
from retold.archive.overtaking import about_the_same
from retold.archive.rows import CHUNK, Kept, chunks, next_number
from retold.archive.tables_corrections import corrected, correction
from retold.archive.tables_search import listing
from retold.errors import NothingFound, Overtaken, UsageError
from retold.holdings import (
    ActorsJoined,
    ActorsParted,
    Correction,
    EdgeConfirmed,
    EdgeRejected,
    FieldCorrected,
    PassagesJoined,
    PassagesParted,
    ReportMoved,
    ReportPinned,
    StoriesJoined,
    StoriesParted,
    Undone,
    What,
)
from retold.model import Report

if TYPE_CHECKING:
    from retold.archive.adding import Row

__all__ = [
    "about",
    "as_corrected",
    "correct",
    "correct_all",
    "follow",
    "in_force",
    "listed",
    "newest",
    "since",
    "undo",
    "undoings",
]

_LONGEST = 10_000


def correct(archive: Archive, what: What, *, by: str, note: str | None = None) -> Correction:
    """Add a correction.

    Args:
        archive: open for writing.
        what: what is corrected.
        by: who signs it.
        note: why.

    Raises:
        UsageError: nobody signs it; it says nothing; it undoes what is undone.
        NothingFound: it undoes what is not there.
    """
    return correct_all(archive, [what], by=by, note=note)[0]


def correct_all(
    archive: Archive,
    whats: Sequence[What],
    *,
    by: str,
    note: str | None = None,
    seen: int | None = None,
) -> list[Correction]:
    """Add corrections that belong together: all of them, or on an error none.

    Args:
        archive: open for writing.
        whats: what is corrected.
        by: who signs them.
        note: why.
        seen: number of the newest correction when they were thought of; None not to ask whether
            another one came first.

    Raises:
        UsageError, NothingFound: see `correct`.
        Overtaken: a newer correction than `seen` is about the same.
    """
    by = by.strip()
    if not by:
        raise UsageError("a correction is signed", advice="Give a name with --by")
    if len(by) > 200 or len(note or "") > _LONGEST:
        raise UsageError(f"a note has at most {_LONGEST} characters, a name 200")
    for what in whats:
        _require_sound(what)
    with archive.writing() as connection:
        if seen is not None:
            _require_not_overtaken(connection, whats, seen)
        return [_written(connection, what, by, note) for what in whats]


def _written(connection: Connection, what: What, by: str, note: str | None) -> Correction:
    if isinstance(what, Undone):
        _require_in_force(connection, what.correction)
    number = next_number(connection, correction)
    values = msgspec.to_builtins(what)
    row = {
        "number": number,
        "made": now(),
        "by": by,
        "note": note,
        "kind": values.pop("kind"),
        "what": values,
        "undoes": what.correction if isinstance(what, Undone) else None,
    }
    connection.execute(insert(correction).values(row))
    touched = _touched(connection, what)
    for report in sorted(touched):
        connection.execute(insert(corrected).values(report=report, correction=number))
    if _of_a_field(connection, what):
        _refresh_listing(connection, touched)
        deriving.changed(connection, touched)
    return Correction(number, row["made"], by, what, note, True)


def _require_not_overtaken(connection: Connection, whats: Sequence[What], seen: int) -> None:
    newer = select(correction).where(correction.c.number > seen)
    for one in _corrections(connection, newer):
        if any(about_the_same(_what_undone(connection, one.what), what) for what in whats):
            raise Overtaken(
                f"{one.by} decided about the same meanwhile (correction {one.number})",
                advice="Look at what holds now; send it again if yours is to hold instead",
            )


def newest(archive: Archive) -> int:
    """Number of the newest correction, 0 when there is none."""
    with archive.reading() as connection:
        return int(connection.scalar(select(func.max(correction.c.number))) or 0)


def undo(archive: Archive, number: int, *, by: str, note: str | None = None) -> Correction:
    """Take a correction back.

    Raises:
        UsageError, NothingFound: see `correct`.
    """
    return correct(archive, Undone(number), by=by, note=note)


def listed(archive: Archive) -> list[Correction]:
    """All corrections, the oldest first, undone ones too."""
    with archive.reading() as connection:
        return list(_corrections(connection, select(correction)))


def undoings(connection: Connection) -> dict[int, Correction]:
    """Number of what was undone -> what undid it, the last one where there are several."""
    wanted = select(correction).where(correction.c.undoes.is_not(None))
    return {
        one.what.correction: one
        for one in _corrections(connection, wanted)
        if isinstance(one.what, Undone)
    }


def in_force(connection: Connection, kinds: Iterable[str]) -> list[Correction]:
    """The corrections of these kinds that hold, the oldest first."""
    wanted = select(correction).where(correction.c.kind.in_(list(kinds)))
    return [one for one in _corrections(connection, wanted) if one.holds]


def since(connection: Connection, number: int) -> tuple[int, list[str]]:
    """The newest correction's number, and the reports whose fields were corrected after a number.

    What takes such a correction back counts too.
    """
    newest = int(connection.scalar(select(func.max(correction.c.number))) or 0)
    rows = connection.execute(
        select(correction).where(correction.c.number > number).order_by(correction.c.number)
    ).all()
    reports: set[str] = set()
    for row in rows:
        what = _correction(row, True).what
        if isinstance(what, FieldCorrected | Undone) and _of_a_field(connection, what):
            reports |= _touched(connection, what)
    return newest, sorted(reports)


def about(connection: Connection, report_ids: Iterable[str]) -> list[Correction]:
    """The corrections in force that name one of these reports, the oldest first."""
    numbers: set[int] = set()
    for some in chunks(sorted(set(report_ids)), CHUNK):
        numbers.update(
            connection.scalars(select(corrected.c.correction).where(corrected.c.report.in_(some)))
        )
    found: list[Correction] = []
    for few in chunks(sorted(numbers), CHUNK):
        wanted = select(correction).where(correction.c.number.in_(few))
        found += [
            one
            for one in _corrections(connection, wanted)
            if one.holds and not isinstance(one.what, Undone)
        ]
    return found


def as_corrected(connection: Connection, kept: Sequence[Kept]) -> list[Kept]:
    """These reports with the fields that people corrected; their text is never touched."""
    values: dict[str, dict[str, str | None]] = {}
    for one in about(connection, [one.report.id for one in kept]):
        if isinstance(one.what, FieldCorrected):
            values.setdefault(one.what.report, {})[one.what.field] = one.what.value
    return [
        msgspec.structs.replace(one, report=_with(one.report, values[one.report.id]))
        if one.report.id in values
        else one
        for one in kept
    ]


def follow(connection: Connection, rows: Sequence[Row]) -> None:
    """Corrections that waited for these new reports; in the transaction that writes them."""
    waited = [
        one.what.report
        for one in about(connection, [row.id for row in rows])
        if isinstance(one.what, FieldCorrected)
    ]
    _refresh_listing(connection, waited)


def _with(report: Report, values: Mapping[str, str | None]) -> Report:
    changed: dict[str, Any] = dict(values)
    if "published" in values:
        changed["dating"] = None
    if "language" in values:
        changed["language_score"] = None
    notes = tuple(f"{name} corrected by a person" for name in sorted(values))
    return msgspec.structs.replace(report, **changed, notes=(*report.notes, *notes))


def _corrections(connection: Connection, wanted: Select[Any]) -> Iterator[Correction]:
    """In force is what no correction in force undoes."""
    undoing = {
        row.undoes: row.number
        for row in connection.execute(
            select(correction.c.undoes, correction.c.number).where(correction.c.undoes.is_not(None))
        )
    }
    for row in connection.execute(wanted.order_by(correction.c.number)):
        yield _correction(row, _holds(row.number, undoing))


def _holds(number: int, undoing: Mapping[int, int]) -> bool:
    """An even number of undoings in the chain that leads from it."""
    holds = True
    while number in undoing:
        number = undoing[number]
        holds = not holds
    return holds


def _correction(row: Any, holds: bool) -> Correction:
    what: What = msgspec.convert({"kind": row.kind, **row.what}, type=What)
    return Correction(row.number, row.made, row.by, what, row.note, holds)


def _require_in_force(connection: Connection, number: int) -> None:
    found = list(_corrections(connection, select(correction).where(correction.c.number == number)))
    if not found:
        raise NothingFound(
            f"there is no correction {number}", advice="`retold corrections` lists them"
        )
    if not found[0].holds:
        raise Overtaken(
            f"correction {number} is undone already",
            advice="Undo the correction that undid it, to bring it back",
        )


def _require_sound(what: What) -> None:
    wrong = None
    if isinstance(what, StoriesJoined) and len(set(what.reports)) < 2:
        wrong = "joining takes two reports or more"
    elif isinstance(what, ReportPinned) and not what.reports:
        wrong = "there is no report to pin"
    elif isinstance(what, StoriesParted) and (
        not what.reports or not what.others or set(what.reports) & set(what.others)
    ):
        wrong = "parting takes reports on both sides, none of them on both"
    elif isinstance(what, ReportMoved) and (
        what.report == what.to or what.report in what.away_from
    ):
        wrong = "a report cannot be moved to or from itself"
    elif isinstance(what, EdgeConfirmed | EdgeRejected) and what.source == what.to:
        wrong = "no report descends from itself"
    elif (
        isinstance(what, PassagesJoined | PassagesParted | ActorsJoined | ActorsParted)
        and what.a == what.b
    ):
        wrong = "both places are the same"
    elif (
        isinstance(what, FieldCorrected)
        and what.field == "published"
        and what.value is not None
        and nominal(what.value, None)[0] is None
    ):
        wrong = f"{what.value[:40]!r} is no date; write 2025-03-04 or 2025-03-04T05:06:07Z"
    if wrong is not None:
        raise UsageError(wrong)


def _touched(connection: Connection, what: What) -> set[str]:
    """The reports that it is about; what undoes is about the same."""
    if isinstance(what, Undone):
        return set(
            connection.scalars(
                select(corrected.c.report).where(corrected.c.correction == what.correction)
            )
        )
    if isinstance(what, StoriesJoined | ReportPinned):
        return set(what.reports)
    if isinstance(what, StoriesParted):
        return {*what.reports, *what.others}
    if isinstance(what, ReportMoved):
        return {what.report, *what.away_from, *((what.to,) if what.to else ())}
    if isinstance(what, EdgeConfirmed | EdgeRejected):
        return {what.source, what.to}
    if isinstance(what, FieldCorrected):
        return {what.report}
    return {what.a.report, what.b.report}


def _of_a_field(connection: Connection, what: What) -> bool:
    return isinstance(_what_undone(connection, what), FieldCorrected)


def _what_undone(connection: Connection, what: What) -> What:
    """What an undoing is about in the end; another correction is about itself."""
    while isinstance(what, Undone):
        rows = select(correction).where(correction.c.number == what.correction)
        what = _correction(connection.execute(rows).one(), True).what
    return what


def _refresh_listing(connection: Connection, touched: Iterable[str]) -> None:
    """What searches filter and order by follows the corrected fields."""
    for kept in as_corrected(connection, many_in(connection, sorted(touched))):
        added = nominal(kept.added, None)[0] or 0
        connection.execute(
            update(listing)
            .where(listing.c.number == kept.number)
            .values(listed_as(kept.report, added))
        )
