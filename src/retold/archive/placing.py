"""Writing where reports belong: what grouping found, and the stories that come of it."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy import bindparam as bind

from retold.archive import blobs, written
from retold.archive.rows import CHUNK, chunks, next_number
from retold.archive.tables import report as reports
from retold.archive.tables_search import listing
from retold.archive.tables_stories import (
    checkpoint,
    grouping,
    member,
    merge,
    reason,
    story,
    trace,
)
from retold.holdings import Run
from retold.model import Evidence, Placed

__all__ = [
    "Progress",
    "Seen",
    "begin_again",
    "checkpoints",
    "drop_after",
    "keep_checkpoint",
    "keep_merges",
    "keep_placed",
    "keep_progress",
    "keep_seen",
    "leave_traces",
    "load_checkpoint",
    "made_by",
    "merges",
    "numbers_of",
    "progress",
    "reasons",
]


class Progress(msgspec.Struct, frozen=True):
    """How far grouping is.

    Attributes:
        run: number of the run; 0 before the first.
        reports: all reports up to this number have been seen.
        dirty: the first day that is to be decided (anew); None for none.
        corrections: the newest one that was looked at.
        used: corrections that grouping was given -> the first day that they concern.
    """

    run: int = 0
    reports: int = 0
    dirty: int | None = None
    corrections: int = 0
    used: dict[int, int] = {}


@dataclass(frozen=True, slots=True)
class Seen:
    """What grouping has to know of a report before it decides.

    Attributes:
        report: its number.
        day: under which it is decided.
        key: its place in the order of that day.
        dated: whether its date is known and believed.
        outlet: what counts as one outlet.
    """

    report: int
    day: int
    key: str
    dated: bool
    outlet: str | None


def progress(connection: Connection) -> Progress:
    """How far grouping is."""
    row = connection.execute(select(grouping)).first()
    if row is None:
        return Progress()
    used = {int(number): day for number, day in row.used.items()}
    return Progress(row.run, row.reports, row.dirty, row.corrections, used)


def keep_progress(connection: Connection, at: Progress) -> None:
    """Keep it, in place of what was there."""
    connection.execute(delete(grouping))
    values = msgspec.structs.asdict(at)
    values["used"] = {str(number): day for number, day in sorted(at.used.items())}
    connection.execute(insert(grouping).values(number=1, **values))


def begin_again(connection: Connection, run: Run) -> None:
    """Forget what another version of grouping knew; where reports are stays until it is decided."""
    connection.execute(delete(checkpoint))
    connection.execute(delete(merge))
    keep_progress(connection, Progress(run=run.number))


def keep_seen(connection: Connection, seen: Sequence[Seen]) -> None:
    """Keep what is known of reports; where they are stays."""
    known: set[int] = set()
    for some in chunks([one.report for one in seen], CHUNK):
        known.update(connection.scalars(select(member.c.report).where(member.c.report.in_(some))))
    fresh = [one for one in seen if one.report not in known]
    if fresh:
        connection.execute(
            insert(member),
            [
                {
                    **_seen(one),
                    "report": one.report,
                    "round_up": 0,
                    "probably": 0,
                    "by_hand": 0,
                }
                for one in fresh
            ],
        )
    again = [{"b_report": one.report, **_seen(one)} for one in seen if one.report in known]
    if again:
        connection.execute(update(member).where(member.c.report == bind("b_report")), again)


def _seen(one: Seen) -> dict[str, Any]:
    return {"day": one.day, "key": one.key, "dated": int(one.dated), "outlet": one.outlet}


def keep_placed(
    connection: Connection, placed: Sequence[tuple[int, Placed]]
) -> tuple[set[str], int]:
    """Keep where grouping put reports, and why.

    Args:
        connection: of the writer.
        placed: with the number of the report.

    Returns:
        the stories, by grouping alone, that are not what they were; how many reports are in
        another one, or in one for the first time.
    """
    touched: set[str] = set()
    moved = 0
    for some in chunks(placed, CHUNK):
        numbers = [number for number, _ in some]
        rows = connection.execute(select(member).where(member.c.report.in_(numbers)))
        before = {row.report: row for row in rows}
        changed = []
        for number, one in some:
            old = before[number]
            now = (one.story, one.copy_of, int(one.round_up), int(one.probably))
            if (old.grouped, old.copy_of, old.round_up, old.probably) == now:
                continue
            moved += old.grouped != one.story
            touched.add(one.story)
            if old.grouped is not None:
                touched.add(old.grouped)
            names = ("grouped", "copy_of", "round_up", "probably")
            changed.append({"b_report": number, **dict(zip(names, now, strict=True))})
        if changed:
            connection.execute(update(member).where(member.c.report == bind("b_report")), changed)
        connection.execute(delete(reason).where(reason.c.report.in_(numbers)))
        connection.execute(
            insert(reason),
            [
                {"report": number, "packed": zlib.compress(written.encode(one.because), 6)}
                for number, one in some
            ],
        )
    return touched, moved


def _because(packed: bytes) -> tuple[Evidence, ...]:
    return written.decode(zlib.decompress(packed), tuple[Evidence, ...])


def reasons(connection: Connection, numbers: Sequence[int]) -> dict[int, tuple[Evidence, ...]]:
    """Why reports are where they are."""
    found: dict[int, tuple[Evidence, ...]] = {}
    for some in chunks(numbers, CHUNK):
        rows = connection.execute(select(reason).where(reason.c.report.in_(some)))
        found.update((row.report, _because(row.packed)) for row in rows)
    return found


def merges(connection: Connection) -> dict[str, str]:
    """Stories that became part of another -> the one that they are part of in the end."""
    rows = connection.execute(select(merge.c.old, merge.c.new))
    found: dict[str, str] = {row.old: row.new for row in rows}
    ends: dict[str, str] = {}
    for old in found:
        new, seen = found[old], {old}
        while new in found and new not in seen:
            seen.add(new)
            new = found[new]
        ends[old] = new
    return ends


def keep_merges(connection: Connection, day: int, merged: Mapping[str, str]) -> None:
    """Keep which stories of earlier days became part of another on a day."""
    if merged:
        connection.execute(delete(merge).where(merge.c.old.in_(list(merged))))
        rows = [{"old": old, "new": new, "day": day} for old, new in sorted(merged.items())]
        connection.execute(insert(merge), rows)


def drop_after(connection: Connection, day: int) -> set[str]:
    """Forget checkpoints behind a day, and merges on it and behind; returns the stories touched."""
    connection.execute(delete(checkpoint).where(checkpoint.c.day > day))
    rows = connection.execute(select(merge).where(merge.c.day >= day)).all()
    connection.execute(delete(merge).where(merge.c.day >= day))
    return {name for row in rows for name in (row.old, row.new)}


def checkpoints(connection: Connection) -> list[int]:
    """Their days, ascending."""
    return list(connection.scalars(select(checkpoint.c.day).order_by(checkpoint.c.day)))


def keep_checkpoint(connection: Connection, day: int, packed: blobs.Packed) -> None:
    """Keep what grouping knows when a day begins."""
    connection.execute(delete(checkpoint).where(checkpoint.c.day == day))
    connection.execute(
        insert(checkpoint).values(
            day=day, size=packed.size, packing=packed.packing, packed=packed.packed
        )
    )


def load_checkpoint(connection: Connection, day: int) -> bytes:
    """What was kept for a day.

    Raises:
        ArchiveDamaged: it is not what was kept.
    """
    row = connection.execute(select(checkpoint).where(checkpoint.c.day == day)).one()
    return blobs.unpack(row.packing, bytes(row.packed), row.size)


def drop_checkpoints(connection: Connection, days: Iterable[int]) -> None:
    """Forget some."""
    connection.execute(delete(checkpoint).where(checkpoint.c.day.in_(list(days))))


def numbers_of(connection: Connection, names: Iterable[str], run: int) -> dict[str, int]:
    """Stories with these ids, which are made (empty) where they are not."""
    wanted = sorted(set(names))
    found: dict[str, int] = {}
    for some in chunks(wanted, CHUNK):
        rows = connection.execute(select(story.c.id, story.c.number).where(story.c.id.in_(some)))
        found.update((row.id, row.number) for row in rows)
    number = next_number(connection, story)
    fresh: list[dict[str, Any]] = []
    for name in wanted:
        if name not in found:
            found[name] = number
            fresh.append(
                {
                    "number": number,
                    "id": name,
                    "first": 0,
                    "last": 0,
                    "title": "",
                    "reports": 0,
                    "outlets": 0,
                    "tellings": 0,
                    "languages": "",
                    "round_up": 0,
                    "by_hand": 0,
                    "run": run,
                }
            )
            number += 1
    if fresh:
        connection.execute(insert(story), fresh)
        made: list[str] = [name for name in wanted if found[name] >= fresh[0]["number"]]
        for living in chunks(made, CHUNK):
            connection.execute(delete(trace).where(trace.c.old.in_(living)))
    return found


def made_by(connection: Connection, run: int) -> None:
    """All stories are what this run finds, those too that it found as they were."""
    connection.execute(update(story).where(story.c.run != run).values(run=run))


def leave_traces(connection: Connection, went: Mapping[str, str]) -> None:
    """Take stories out that have no report any more.

    Args:
        connection: of the writer.
        went: their ids -> the story that most of their reports are in.
    """
    for old, new in sorted(went.items()):
        connection.execute(delete(story).where(story.c.id == old))
        connection.execute(update(trace).where(trace.c.new == old).values(new=new))
        connection.execute(delete(trace).where(trace.c.old.in_([old, new])))
        connection.execute(insert(trace).values(old=old, new=new))


def members_of(connection: Connection, numbers: Sequence[int]) -> list[Any]:
    """The rows of the reports of stories, with `id`, `moment`, `language`; the earliest first."""
    found: list[Any] = []
    for some in chunks(numbers, CHUNK):
        found += connection.execute(
            select(member, reports.c.id, listing.c.moment, listing.c.language)
            .join(listing, listing.c.number == member.c.report)
            .join(reports, reports.c.number == member.c.report)
            .where(member.c.story.in_(some))
            .order_by(member.c.story, listing.c.moment, member.c.report)
        ).all()
    return found


def newest(connection: Connection) -> int | None:
    """The last day of a report with a date."""
    found = connection.scalar(select(func.max(member.c.day)).where(member.c.dated == 1))
    return None if found is None else int(found)
