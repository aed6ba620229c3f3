"""From where reports belong to stories: with what people decided, their counts, and traces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy import bindparam as bind

from retold.archive import Archive, corrections, deriving, placing
from retold.archive.getting import load
from retold.archive.rows import CHUNK, Kept, chunks
from retold.archive.tables import report as reports
from retold.archive.tables_stories import member, story
from retold.group.stories import tellings
from retold.keeping.deciding import Decided, decided, named, overlaid

__all__ = ["DECISIONS", "apply_corrections", "decisions", "rewrite", "settle", "standing_of"]

# Kinds of corrections that say what is in which story.
DECISIONS = ("join-stories", "part-stories", "move", "pin")
_TITLE = 200


def decisions(connection: Connection) -> Decided:
    """What people decided about stories, as far as it holds."""
    return decided(corrections.in_force(connection, DECISIONS))


def standing_of(
    connection: Connection, ids: Iterable[str]
) -> dict[str, tuple[int, str, str | None]]:
    """Reports that are known to grouping -> day, key, story by grouping alone (before merges)."""
    found: dict[str, tuple[int, str, str | None]] = {}
    for some in chunks(sorted(set(ids)), CHUNK):
        rows = connection.execute(
            select(reports.c.id, member.c.day, member.c.key, member.c.grouped)
            .join(member, member.c.report == reports.c.number)
            .where(reports.c.id.in_(some))
        )
        found.update((row.id, (row.day, row.key, row.grouped)) for row in rows)
    return found


def settle(connection: Connection, touched: Iterable[str], run: int) -> int:
    """Make the stories what grouping and people say.

    Args:
        connection: of the writer.
        touched: stories, by grouping alone, whose reports or copies have changed.
        run: its number.

    Returns:
        how many reports are in another story than before, or in one for the first time.
    """
    merges = placing.merges(connection)
    ends = {merges.get(name, name) for name in touched}
    of_report, of_story = _overlay(connection, merges)
    by_hand = connection.scalars(
        select(member.c.grouped).where(member.c.by_hand == 1, member.c.grouped.is_not(None))
    )
    wanted = {*ends, *of_story, *(merges.get(name or "", name or "") for name in by_hand)}
    wanted |= {old for old, new in merges.items() if new in wanted}
    rows = _members(connection, wanted)
    final: dict[int, str] = {}
    for row in rows:
        end = merges.get(row.grouped, row.grouped)
        final[row.report] = of_report.get(row.id) or of_story.get(end, end)
    numbers = placing.numbers_of(connection, final.values(), run)
    moved: dict[int, Counter[str]] = {}
    again: set[int] = set()
    changed = []
    count = 0
    for row in rows:
        name = final[row.report]
        if merges.get(row.grouped, row.grouped) in ends:
            again.add(numbers[name])
        hand = int(row.id in of_report)
        if row.story == numbers[name] and row.by_hand == hand:
            continue
        again.add(numbers[name])
        changed.append({"b_report": row.report, "story": numbers[name], "by_hand": hand})
        if row.story != numbers[name]:
            count += 1
            if row.story is not None:
                again.add(row.story)
                moved.setdefault(row.story, Counter())[name] += 1
    if changed:
        connection.execute(update(member).where(member.c.report == bind("b_report")), changed)
    _recount(connection, sorted(again), moved, run)
    return count


def apply_corrections(archive: Archive, made: int | None = None) -> int:
    """Let what people decided show at once; returns how many reports are in another story.

    Args:
        archive: open for writing.
        made: number of the first correction that is new; None where none is.
    """
    with archive.writing() as connection:
        at = placing.progress(connection)
        if not at.run:
            return 0
        if made is not None:
            corrected = corrections.since(connection, made - 1)[1]
            rewrite(connection, corrected, at.run, told=False)
        return settle(connection, (), at.run)


def rewrite(connection: Connection, ids: Iterable[str], run: int, *, told: bool) -> None:
    """Bring what lists say of stories up to date with the corrected fields of their reports.

    Args:
        connection: of the writer.
        ids: of the reports that were corrected.
        run: its number.
        told: whether they may have been told with the corrections since; what lists say of their
            tellings then stays.
    """
    numbers: set[int] = set()
    for some in chunks(sorted(set(ids)), CHUNK):
        numbers.update(
            connection.scalars(
                select(member.c.story)
                .join(reports, reports.c.number == member.c.report)
                .where(reports.c.id.in_(some), member.c.story.is_not(None))
            )
        )
    lines = _lines(connection, sorted(numbers), run)[0]
    if told:
        lines = [{name: line[name] for name in line if name != "kinds"} for line in lines]
    _write(connection, lines)


def _overlay(
    connection: Connection, merges: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """What people decided, laid over what grouping found."""
    holding = corrections.in_force(connection, DECISIONS)
    if not holding:
        return {}, {}
    spoken = {report for one in holding for report in named(one.what)}
    standing = standing_of(connection, spoken)
    story_of: dict[str, str] = {}
    order: dict[str, tuple[int, str]] = {}
    for report, (day, key, grouped) in standing.items():
        if grouped is not None:
            story_of[report] = merges.get(grouped, grouped)
            order[report] = (day, key)
    names = set(story_of.values())
    aliases = {old for old, new in merges.items() if new in names}
    for some in chunks(sorted(names | aliases), CHUNK):
        rows = connection.execute(
            select(member.c.grouped, member.c.day, member.c.key).where(member.c.grouped.in_(some))
        )
        for row in rows:
            name = merges.get(row.grouped, row.grouped)
            place = (row.day, row.key)
            order[name] = min(order.get(name, place), place)
    return overlaid(decided(holding), story_of, order)


def _members(connection: Connection, names: Iterable[str]) -> list[Any]:
    found: list[Any] = []
    columns = (member.c.report, member.c.grouped, member.c.story, member.c.by_hand, reports.c.id)
    for some in chunks(sorted(names), CHUNK):
        found += connection.execute(
            select(*columns)
            .join(reports, reports.c.number == member.c.report)
            .where(member.c.grouped.in_(some))
            .order_by(member.c.report)
        ).all()
    return found


def _recount(
    connection: Connection, numbers: Sequence[int], moved: Mapping[int, Counter[str]], run: int
) -> None:
    """Bring the rows of stories up to date; take out those that are empty, and leave traces."""
    lines, empty = _lines(connection, numbers, run)
    _write(connection, lines)
    went: dict[str, str] = {}
    for few in chunks(empty, CHUNK):
        rows = connection.execute(select(story.c.number, story.c.id).where(story.c.number.in_(few)))
        for row in rows:
            where = moved[row.number]
            went[row.id] = min(where, key=lambda name: (-where[name], name))
    placing.leave_traces(connection, went)
    deriving.forget(connection, "telling", went)


def _lines(
    connection: Connection, numbers: Sequence[int], run: int
) -> tuple[list[dict[str, Any]], list[int]]:
    """What the rows of stories are to say, with `b_number`; and those without a report."""
    of: dict[int, list[Any]] = {}
    for row in placing.members_of(connection, numbers):
        of.setdefault(row.story, []).append(row)
    kept: dict[int, Kept] = {}
    wanted = sorted({row.report for some in of.values() for row in _telling_rows(some)})
    for few in chunks(wanted, CHUNK):
        found = corrections.as_corrected(connection, load(connection, few))
        kept.update((one.number, one) for one in found)
    lines = [{"b_number": number, **_line(some, kept, run)} for number, some in of.items()]
    return lines, [number for number in numbers if number not in of]


def _write(connection: Connection, lines: Sequence[dict[str, Any]]) -> None:
    if lines:
        connection.execute(update(story).where(story.c.number == bind("b_number")), lines)


def _telling_rows(rows: Sequence[Any]) -> tuple[Any, Any, Any]:
    """The earliest report; the earliest and the latest of those with a date."""
    dated = [row for row in rows if row.dated] or rows
    return rows[0], dated[0], dated[-1]


def _line(rows: Sequence[Any], kept: Mapping[int, Kept], run: int) -> dict[str, Any]:
    first, since, until = (kept[row.report].report for row in _telling_rows(rows))
    languages = Counter(row.language for row in rows if row.language is not None)
    return {
        "first": rows[0].moment,
        "last": rows[-1].moment,
        "title": _title(first.title, first.text),
        "since": since.published,
        "until": until.published,
        "reports": len(rows),
        "outlets": len({row.outlet for row in rows if row.outlet is not None}),
        "tellings": tellings([(row.id, row.outlet, row.copy_of) for row in rows]),
        "languages": " ".join(sorted(languages, key=lambda code: (-languages[code], code))),
        "round_up": int(all(row.round_up for row in rows)),
        "by_hand": int(any(row.by_hand for row in rows)),
        "kinds": None,
        "run": run,
    }


def _title(title: str | None, text: str) -> str:
    """A headline, or the first line of the text where there is none."""
    if title and title.strip():
        return " ".join(title[: 2 * _TITLE].split())[:_TITLE]
    line = next((line for line in text[:4_000].splitlines() if line.strip()), "")
    return " ".join(line[: 2 * _TITLE].split())[:_TITLE]
