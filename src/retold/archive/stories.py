"""Stories as they are kept: lists of them, one of them, and which story a report is in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, get_args

import msgspec
from sqlalchemy import Connection, Row, and_, delete, func, insert, or_, select

from retold.archive import corrections, placing, searching
from retold.archive.getting import load
from retold.archive.opening import Archive
from retold.archive.paging import Cursor, named, question, read
from retold.archive.rows import CHUNK, chunks
from retold.archive.searching import Restriction
from retold.archive.tables import report as reports
from retold.archive.tables_search import listing
from retold.archive.tables_stories import gist, member, story, trace
from retold.errors import NothingFound, UsageError
from retold.holdings import Gist, KeptStory, StoriesFound, StoryLine, StoryMember
from retold.model import ChangeKind

__all__ = [
    "Asked",
    "Tick",
    "bits",
    "get",
    "keep_gist",
    "listed",
    "of_reports",
    "resolved",
    "ticks",
    "unplaced",
]

KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)
MOST = 1_000


@dataclass(frozen=True, slots=True)
class Asked:
    """Which stories; what is left None or empty does not restrict.

    A story is found when one of its reports has all of the words, outlet, language, date and
    `further`.

    Attributes:
        words, outlets, languages, since, until, further: see `retold.archive.searching.Asked`.
        kinds: stories whose kept telling has a change of one of these kinds.
        least: reports that it has at least.
        order: by the latest report.
        limit: stories on a page, 1 to 1,000.
        after: `next` of the page before.
    """

    words: str = ""
    outlets: Sequence[str] = ()
    languages: Sequence[str] = ()
    since: str | None = None
    until: str | None = None
    further: Sequence[Restriction] = field(default=())
    kinds: Sequence[ChangeKind] = ()
    least: int = 1
    order: Literal["newest", "oldest"] = "newest"
    limit: int = 20
    after: str | None = None


class Tick(NamedTuple):
    """When a report came.

    Attributes:
        moment: it counts as published, UTC seconds since 1970.
        language: code.
        outlet: a number for each; None where it is not known.
    """

    moment: int
    language: str | None
    outlet: int | None


def listed(archive: Archive, asked: Asked) -> StoriesFound:
    """One page of stories.

    Raises:
        UsageError: a query, date, kind, page or limit that is none.
    """
    if not 1 <= asked.limit <= MOST:
        raise UsageError(f"a page has 1 to {MOST} stories, not {asked.limit}")
    conditions = _conditions(asked)
    cursor = None if asked.after is None else read(asked.after, _question(asked))
    with archive.reading() as connection:
        newest = (
            cursor.newest
            if cursor is not None
            else int(connection.scalar(select(func.max(story.c.number))) or 0)
        )
        conditions.append(story.c.number <= newest)
        chosen = _chosen(connection, asked)
        if chosen is not None:
            conditions.append(
                story.c.number.in_(select(member.c.story).where(member.c.report.in_(chosen)))
            )
        total = connection.scalar(select(func.count()).select_from(story).where(*conditions))
        rows = connection.execute(_page(conditions, asked, cursor)).all()
        gists = _gists(connection, rows)
    following = None
    if len(rows) > asked.limit:
        last = rows[asked.limit - 1]
        following = named(Cursor(_question(asked), newest, last.last, last.number))
    found = tuple(_line(row, gists.get(row.id)) for row in rows[: asked.limit])
    return StoriesFound(int(total or 0), found, following)


def get(archive: Archive, story_id: str) -> KeptStory:
    """A story with its reports, by its id or one that it had.

    Raises:
        NothingFound: there is none.
    """
    with archive.reading() as connection:
        name = resolved(connection, story_id)
        if name is None:
            raise NothingFound(
                f"there is no story {story_id!r}",
                where=archive.where,
                advice="`retold stories` lists them",
            )
        row = connection.execute(select(story).where(story.c.id == name)).one()
        formerly = connection.scalars(select(trace.c.old).where(trace.c.new == name)).all()
        line = _line(row, _gists(connection, [row]).get(name))
        return KeptStory(story_id, line, _members(connection, row.number), tuple(sorted(formerly)))


def resolved(connection: Connection, story_id: str) -> str | None:
    """The story that an id leads to, None when it leads nowhere."""
    if connection.scalar(select(story.c.id).where(story.c.id == story_id)) is not None:
        return story_id
    return connection.scalar(select(trace.c.new).where(trace.c.old == story_id))


def of_reports(connection: Connection, report_ids: Sequence[str]) -> dict[str, str]:
    """The stories that reports are in; one that is in none yet is left out."""
    found: dict[str, str] = {}
    for some in chunks(list(report_ids), CHUNK):
        rows = connection.execute(
            select(reports.c.id, story.c.id)
            .join_from(reports, member, member.c.report == reports.c.number)
            .join(story, story.c.number == member.c.story)
            .where(reports.c.id.in_(some))
        )
        found.update((row[0], row[1]) for row in rows)
    return found


def unplaced(archive: Archive) -> int:
    """How many reports are in no story yet."""
    with archive.reading() as connection:
        placed = select(func.count()).select_from(member).where(member.c.story.is_not(None))
        every = connection.scalar(select(func.count()).select_from(reports))
        return int(every or 0) - int(connection.scalar(placed) or 0)


def bits(kinds: Sequence[str]) -> int:
    """Kinds of changes as one number.

    Raises:
        UsageError: one that is none.
    """
    known: Sequence[str] = KINDS
    for kind in kinds:
        if kind not in known:
            raise UsageError(
                f"{kind[:40]!r} is no kind of change", advice=f"There are {', '.join(KINDS)}"
            )
    return sum(1 << known.index(kind) for kind in set(kinds))


def _chosen(connection: Connection, asked: Asked) -> Any:
    """The reports that are asked for; None for all."""
    if not (asked.words.strip() or asked.outlets or asked.languages or asked.further) and (
        asked.since is None and asked.until is None
    ):
        return None
    wanted = searching.Asked(
        words=asked.words,
        outlets=asked.outlets,
        languages=asked.languages,
        since=asked.since,
        until=asked.until,
        further=asked.further,
    )
    return searching.numbers(connection, wanted)


def _conditions(asked: Asked) -> list[Any]:
    conditions: list[Any] = []
    if asked.least > 1:
        conditions.append(story.c.reports >= asked.least)
    if asked.kinds:
        conditions.append(story.c.kinds.op("&")(bits(asked.kinds)) != 0)
    return conditions


def _page(conditions: Sequence[Any], asked: Asked, cursor: Cursor | None) -> Any:
    newest = asked.order == "newest"
    place = (story.c.last, story.c.number)
    wanted = select(story).where(*conditions)
    if cursor is not None:
        at = cursor.moment, cursor.number
        if newest:
            behind = or_(place[0] < at[0], and_(place[0] == at[0], place[1] < at[1]))
        else:
            behind = or_(place[0] > at[0], and_(place[0] == at[0], place[1] > at[1]))
        wanted = wanted.where(behind)
    order = [one.desc() if newest else one.asc() for one in place]
    return wanted.order_by(*order).limit(asked.limit + 1)


def ticks(connection: Connection, story_ids: Sequence[str]) -> dict[str, tuple[Tick, ...]]:
    """When the dated reports of stories were published, the earliest first.

    Args:
        connection: of the archive.
        story_ids: present ids; of a page of them.
    """
    found: dict[str, list[Tick]] = {}
    for some in chunks(list(story_ids), CHUNK):
        rows = connection.execute(
            select(story.c.id, listing.c.moment, listing.c.language, listing.c.outlet)
            .join_from(story, member, member.c.story == story.c.number)
            .join(listing, listing.c.number == member.c.report)
            .where(story.c.id.in_(some), listing.c.since.is_not(None))
            .order_by(story.c.id, listing.c.moment, listing.c.number)
        )
        for row in rows:
            found.setdefault(row.id, []).append(Tick(row.moment, row.language, row.outlet))
    return {name: tuple(all_) for name, all_ in found.items()}


def keep_gist(connection: Connection, story_id: str, one: Gist) -> None:
    """Keep what a list says of a story, in place of what it said; inside `archive.writing()`."""
    connection.execute(delete(gist).where(gist.c.story == story_id))
    connection.execute(insert(gist).values(story=story_id, gist=msgspec.to_builtins(one)))


def _gists(connection: Connection, rows: Sequence[Row[Any]]) -> dict[str, Gist]:
    told = [row.id for row in rows if row.kinds is not None]
    found: dict[str, Gist] = {}
    for some in chunks(told, CHUNK):
        kept = connection.execute(select(gist).where(gist.c.story.in_(some)))
        found.update((one.story, msgspec.convert(one.gist, Gist)) for one in kept)
    return found


def _line(row: Row[Any], one: Gist | None) -> StoryLine:
    return StoryLine(
        id=row.id,
        title=row.title,
        first=row.since,
        last=row.until,
        reports=row.reports,
        outlets=row.outlets,
        tellings=row.tellings,
        languages=tuple(row.languages.split()),
        round_up=bool(row.round_up),
        kinds=None
        if row.kinds is None
        else tuple(kind for place, kind in enumerate(KINDS) if row.kinds >> place & 1),
        by_hand=bool(row.by_hand),
        run=row.run,
        gist=one,
    )


def _members(connection: Connection, number: int) -> tuple[StoryMember, ...]:
    rows = connection.execute(
        select(member)
        .join(listing, listing.c.number == member.c.report)
        .where(member.c.story == number)
        .order_by(listing.c.moment, member.c.report)
    ).all()
    numbers = [row.report for row in rows]
    kept = corrections.as_corrected(connection, load(connection, numbers))
    found = {one.number: one.report for one in kept}
    because = placing.reasons(connection, numbers)
    return tuple(
        StoryMember(
            report=report.id,
            number=row.report,
            title=report.title,
            outlet=report.outlet,
            published=report.published,
            language=report.language,
            url=report.url,
            source=report.source,
            copy_of=row.copy_of,
            round_up=bool(row.round_up),
            probably=bool(row.probably),
            by_hand=bool(row.by_hand),
            because=because.get(row.report, ()),
        )
        for row in rows
        if (report := found.get(row.report)) is not None
    )


def _question(asked: Asked) -> str:
    """A hash of all that decides which stories there are, and in which order."""
    parts: list[Any] = [asked.words, sorted(asked.outlets), sorted(asked.languages)]
    parts += [asked.since, asked.until, asked.order, asked.least, sorted(asked.kinds)]
    parts.append([list(one.shown) for one in asked.further])
    return question(parts)
