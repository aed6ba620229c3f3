"""Stories kept up to date as reports come: grouping goes on from the day that has changed.

What grouping knows is kept for some days (`checkpoint`). When reports come, or what is known of
some is corrected, the days from the first of theirs are decided anew, from the checkpoint before:
so the stories are those of one grouping of all reports in their order, whatever the order and the
batches in which they came. Reports of today cost the day, not the archive.

It may be interrupted at any time: how far it came is on the disk with what it found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import islice

import msgspec
from sqlalchemy import Connection, func, select, update
from sqlalchemy import bindparam as bind

from retold.archive import Archive, blobs, corrections, getting, likeness, placing
from retold.archive.getting import load
from retold.archive.placing import Progress, Seen
from retold.archive.rows import Kept
from retold.archive.tables_stories import member
from retold.engines.encoders import Encoder, encoder_of
from retold.group.checkpoints import begin, closed_stories, merged, restored
from retold.group.grouper import OPEN_DAYS, WINDOW, Grouper
from retold.group.kept import content_key, moment, outlet_key
from retold.group.undated import days_of_nearest
from retold.keeping.deciding import decided, named
from retold.keeping.refreshing import Done, present
from retold.keeping.storylines import DECISIONS, apply_corrections, rewrite, settle, standing_of
from retold.model import Placed, Report
from retold.settings import DEFAULTS, Settings

__all__ = ["METHOD", "refresh_stories"]

METHOD = "stories"
_BATCH = 500
# Reports that are decided between two times of writing.
_FLUSH = 3_000
# Where a report without a date stands until all that came with it is known.
_UNDATED = 0
_ATTEMPTS = 20
# Reports without a date for which the nearest is looked for, some milliseconds each, at a time.
_MOST_UNDATED = 5_000


class _Overtaken(Exception):
    """Another process has written meanwhile."""


def _nobody(_: Done) -> None:
    """Who is told where nobody asked to be."""


def refresh_stories(
    archive: Archive,
    settings: Settings = DEFAULTS,
    *,
    progress: Callable[[Done], object] = _nobody,
) -> Done:
    """Put all reports that are in no story yet where they belong, and what that changes.

    Args:
        archive: open for writing.
        settings: of the run.
        progress: told now and then.

    Returns:
        `done` counts the reports that are in another story than before, or in one for the first
        time.
    """
    encoder = encoder_of(settings)
    run = present(archive, METHOD, settings, encoder)
    with archive.reading() as connection:
        stale = placing.progress(connection).run != run.number
    if stale:
        with archive.writing() as connection:
            placing.begin_again(connection, run)
    done = 0
    for attempt in range(_ATTEMPTS):
        _see(archive)
        grouping = _Regrouping(archive, run.number, progress, encoder)
        try:
            done += grouping.run()
        except _Overtaken:
            done += grouping.moved
            if attempt == _ATTEMPTS - 1:
                raise
            continue
        break
    return Done(METHOD, done, 0, 0)


# --- what is new ---------------------------------------------------------------------------


def _see(archive: Archive) -> None:
    """Make a row of each new report, and find the first day that is to be decided anew."""
    while True:
        with archive.reading() as connection:
            at = placing.progress(connection)
            numbers = [
                number for number, _ in islice(getting.ids(connection, after=at.reports), _BATCH)
            ]
            kept = corrections.as_corrected(connection, load(connection, numbers))
        if not numbers:
            break
        found = [_seen(one) for one in kept]
        with archive.writing() as connection:
            if placing.progress(connection).reports != at.reports:
                continue
            _keep_seen(connection, found, numbers[-1])
    with archive.writing() as connection:
        _see_corrections(connection)
    with archive.reading() as connection:
        found_days = _days_of_undated(connection)
    if found_days:
        with archive.writing() as connection:
            _date_undated(connection, found_days)


def _seen(kept: Kept) -> Seen:
    report = kept.report
    when = moment(report.published)
    dated = when == when and when < _added(kept) + 2
    return Seen(
        report=kept.number,
        day=int(when) if dated else _UNDATED,
        key=content_key(report),
        dated=dated,
        outlet=outlet_key(report),
    )


def _added(kept: Kept) -> int:
    return date.fromisoformat(kept.added[:10]).toordinal()


def _keep_seen(connection: Connection, found: Sequence[Seen], newest: int | None) -> None:
    """Keep rows; days that they leave and days that they come to are dirty."""
    at = placing.progress(connection)
    rows = connection.execute(
        select(member.c.report, member.c.day, member.c.dated).where(
            member.c.report.in_([one.report for one in found])
        )
    )
    before = {row.report: row for row in rows}
    days: list[int] = []
    kept: list[Seen] = []
    for one in found:
        old = before.get(one.report)
        if old is not None:
            days.append(old.day)
            if not one.dated and not old.dated:
                # Without a date it stays where it was when it came.
                one = Seen(one.report, old.day, one.key, False, one.outlet)
        if one.dated:
            days.append(one.day)
        kept.append(one)
    placing.keep_seen(connection, kept)
    first = min([day for day in days if day != _UNDATED], default=None)
    _mark(connection, at, first, reports=at.reports if newest is None else newest)


def _mark(connection: Connection, at: Progress, day: int | None, **changed: object) -> None:
    """Write that a day is dirty."""
    dirty = min((one for one in (at.dirty, day) if one is not None), default=None)
    placing.keep_progress(connection, msgspec.structs.replace(at, dirty=dirty, **changed))


def _days_of_undated(connection: Connection) -> dict[int, int]:
    """Days under which reports without a date are decided, for those that have none yet.

    Each goes where the report with a date is that is nearest to it; where none is near, and where
    many wait at once those behind the first thousands, to the newest day that there is.
    """
    numbers = list(
        connection.scalars(
            select(member.c.report).where(member.c.day == _UNDATED).order_by(member.c.key)
        )
    )
    if not numbers:
        return {}
    days: dict[int, int] = {}
    left = load(connection, numbers[:_MOST_UNDATED])
    newest = placing.newest(connection)
    if newest is None:
        newest = max(map(_added, left))
        left = []
    while left:
        found = {one.number: _day_of_nearest(connection, one, days) for one in left}
        fresh = {number: day for number, day in found.items() if day is not None}
        # What has found its day is near to others in its turn.
        left = [one for one in left if one.number not in fresh] if fresh else []
        days.update(fresh)
    return {number: days.get(number, newest) for number in numbers}


def _day_of_nearest(connection: Connection, kept: Kept, found: Mapping[int, int]) -> int | None:
    report = kept.report
    numbers = likeness.alike(connection, f"{report.title or ''}\n{report.text}")
    rows = connection.execute(
        select(member.c.report, member.c.day).where(
            member.c.report.in_(numbers), member.c.dated == 1
        )
    )
    days = {row.report: row.day for row in rows}
    days.update((number, found[number]) for number in numbers if number in found)
    dated = [(days[one.number], one.report) for one in load(connection, sorted(days))]
    return days_of_nearest([report], dated)[0]


def _date_undated(connection: Connection, days: Mapping[int, int]) -> None:
    """Keep them, where nobody else has done so."""
    waiting = set(connection.scalars(select(member.c.report).where(member.c.day == _UNDATED)))
    found = {number: day for number, day in days.items() if number in waiting}
    if found:
        connection.execute(
            update(member).where(member.c.report == bind("b_report")),
            [{"b_report": number, "day": day} for number, day in found.items()],
        )
        _mark(connection, placing.progress(connection), min(found.values()))


def _see_corrections(connection: Connection) -> None:
    """What was corrected or taken back since: which days that makes dirty."""
    at = placing.progress(connection)
    newest, of_fields = corrections.since(connection, at.corrections)
    if newest == at.corrections:
        return
    kept = corrections.as_corrected(connection, getting.many_in(connection, of_fields))
    _keep_seen(connection, [_seen(one) for one in kept if one.number <= at.reports], None)
    at = placing.progress(connection)
    rewrite(connection, of_fields, at.run, told=True)
    holding = corrections.in_force(connection, DECISIONS)
    numbers = {one.number for one in holding}
    # What grouping was given, and is no more: those days are decided without it.
    days = [day for number, day in at.used.items() if number not in numbers]
    last = placing.newest(connection)
    for one in holding:
        if one.number > at.corrections and last is not None:
            concerned = [day for day, _, _ in standing_of(connection, named(one.what)).values()]
            # What is closed is not opened again: that is laid over it.
            if concerned and min(concerned) > last - OPEN_DAYS:
                days.append(min(concerned))
    used = {number: day for number, day in at.used.items() if number in numbers}
    _mark(connection, at, min(days, default=None), corrections=newest, used=used)


# --- deciding ------------------------------------------------------------------------------


class _Regrouping:
    """One going over the days that are dirty."""

    def __init__(
        self, archive: Archive, run: int, tell: Callable[[Done], object], encoder: Encoder | None
    ) -> None:
        self._archive = archive
        self._encoder = encoder
        self._run = run
        self._progress = tell
        self._number_of: dict[str, int] = {}
        self._placed: list[tuple[int, Placed]] = []
        self._merged: list[tuple[int, Mapping[str, str]]] = []
        self._first = True
        self.moved = 0

    def run(self) -> int:
        """Decide; returns how many reports are in another story, or in one for the first time."""
        archive = self._archive
        with archive.reading() as connection:
            self._at = at = placing.progress(connection)
            holding = corrections.in_force(connection, DECISIONS)
            spoken = standing_of(connection, {r for one in holding for r in named(one.what)})
            known = placing.checkpoints(connection)
            start = max(
                (day for day in known if at.dirty is not None and day <= at.dirty), default=0
            )
            state = placing.load_checkpoint(connection, start) if start else None
            days = list(
                connection.scalars(
                    select(member.c.day).where(member.c.day >= start).distinct().order_by("day")
                )
            )
            self._left = int(
                connection.scalar(
                    select(func.count()).select_from(member).where(member.c.day >= start)
                )
                or 0
            )
        if at.dirty is None:
            self.moved += apply_corrections(archive)
            return self.moved
        self._start = start
        self._days_kept = _worth_keeping(days)
        self._used = dict(at.used)
        for one in holding:
            concerned = [spoken[report][0] for report in named(one.what) if report in spoken]
            if concerned and max(concerned) >= start - WINDOW:
                self._used.setdefault(one.number, min(concerned))
        constraints = decided(holding).constraints
        if state is None:
            grouper = Grouper(constraints, encoder=self._encoder)
        else:
            grouper = restored(state, self._texts, constraints, self._encoder)
        self._go_over(grouper, days)
        return self.moved

    def _go_over(self, grouper: Grouper, days: Sequence[int]) -> None:
        told: set[str] = set()
        decided_since = done = 0
        for place, day in enumerate(days):
            begin(grouper, day)
            if place and (day in self._days_kept or decided_since >= _FLUSH):
                self._flush(day, blobs.pack(grouper.save()))
                decided_since = 0
            before = closed_stories(grouper)
            for kept in self._of_day(day):
                self._number_of[kept.report.id] = kept.number
                grouper.take(kept.report, _added(kept))
                decided_since += 1
                done += 1
                if done % _BATCH == 0:
                    self._progress(Done(METHOD, done, self._left, 0))
            grouper.settle()
            self._merged.append((day, merged(grouper, before)))
            following = days[place + 1] if place + 1 < len(days) else None
            for its_day, name in grouper.open_reports:
                if name not in told and (following is None or its_day <= following - OPEN_DAYS):
                    told.add(name)
                    self._placed.append((self._number_of[name], grouper.explain(name)))
        self._flush(None, None)

    def _of_day(self, day: int) -> list[Kept]:
        with self._archive.reading() as connection:
            numbers = list(
                connection.scalars(
                    select(member.c.report)
                    .where(member.c.day == day)
                    .order_by(member.c.key, member.c.report)
                )
            )
            return corrections.as_corrected(connection, load(connection, numbers))

    def _texts(self, ids: Sequence[str]) -> dict[str, Report]:
        with self._archive.reading() as connection:
            kept = corrections.as_corrected(connection, getting.many_in(connection, ids))
        self._number_of.update((one.report.id, one.number) for one in kept)
        return {one.report.id: one.report for one in kept}

    def _flush(self, dirty: int | None, state: blobs.Packed | None) -> None:
        """Write what was found, and how far that is."""
        with self._archive.writing() as connection:
            if placing.progress(connection) != self._at:
                raise _Overtaken
            touched: set[str] = set()
            if self._first:
                touched |= placing.drop_after(connection, self._start)
            for day, names in self._merged:
                placing.keep_merges(connection, day, names)
                touched.update(names, names.values())
            touched |= placing.keep_placed(connection, self._placed)[0]
            self.moved += settle(connection, touched, self._run)
            if dirty is None:
                placing.made_by(connection, self._run)
            if state is not None and dirty is not None:
                placing.keep_checkpoint(connection, dirty, state)
                known = placing.checkpoints(connection)
                worth = _worth_keeping(known) | self._days_kept
                placing.drop_checkpoints(
                    connection, [day for day in known if day not in worth and day != dirty]
                )
            self._at = Progress(
                self._run, self._at.reports, dirty, self._at.corrections, self._used
            )
            placing.keep_progress(connection, self._at)
        self._first = False
        self._placed, self._merged = [], []


def _worth_keeping(days: Sequence[int]) -> set[int]:
    """Of days, ascending, the last three, and before them some, the sparser the older."""
    kept = set(days[-3:])
    seen: set[int] = set()
    for day in days[:-3]:
        age = (days[-1] - day).bit_length()
        if age not in seen:
            seen.add(age)
            kept.add(day)
    return kept
