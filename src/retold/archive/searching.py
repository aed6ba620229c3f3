"""Finding reports by their words, outlet, date, language; later rooms add people and quotations.

Hits come newest first (or oldest first), never by a score: what a monitor counts must not change
with what else is in the archive. A page is told apart from the next by the last hit's place in
that order and by the newest report there was at the first page, so that pages stay what they are
while reports are added.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import CTE, Connection, Select, and_, func, insert, or_, select, true

from retold.archive.getting import age, load
from retold.archive.identity import folded
from retold.archive.listings import listed_as, outlet_number
from retold.archive.moments import nominal
from retold.archive.opening import Archive
from retold.archive.paging import Cursor, named, question, read
from retold.archive.rows import Kept
from retold.archive.tables import report as reports
from retold.archive.tables_search import WORDS, listing
from retold.engines.fulltext import Put, among, matching, put
from retold.errors import UsageError
from retold.holdings import Found, Hit
from retold.text.excerpts import excerpt
from retold.text.query import Node, Phrase, asks, holds, parse, phrases
from retold.text.terms import terms

if TYPE_CHECKING:
    from retold.archive import adding

__all__ = ["Asked", "Order", "Restriction", "index", "numbers", "search"]

Order = Literal["newest", "oldest"]
MOST = 1_000
# So many reports are looked at one by one, for a page of a common word.
_WALK = 1_000


@dataclass(frozen=True, slots=True)
class Restriction:
    """A further condition, from another room.

    Attributes:
        numbers: the reports for which it holds, each once, as a SELECT of `number`.
        shown: what to mark in the text.
    """

    numbers: Callable[[Connection], Select[Any]]
    shown: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for; what is left None or empty does not restrict.

    Attributes:
        words: a query, see `retold.text.query`.
        outlets: names; case and spacing do not matter. One of them.
        languages: ISO 639-1 codes. One of them.
        since, until: ISO dates (or months, years) or date-times, both included. What has no
            offset, here and in a report, is taken for UTC. A report without a date is not found.
        further: conditions that all have to hold.
        order: by date of publication; a report without a date counts as of when it was added.
        limit: hits on a page, 1 to 1,000.
        after: `next` of the page before.
    """

    words: str = ""
    outlets: Sequence[str] = ()
    languages: Sequence[str] = ()
    since: str | None = None
    until: str | None = None
    further: Sequence[Restriction] = field(default=())
    order: Order = "newest"
    limit: int = 20
    after: str | None = None


def search(archive: Archive, asked: Asked) -> Found:
    """One page of the reports for which all that is asked holds.

    Raises:
        UsageError: nothing is asked for but what is to be left out; a date that is none; a page
            that is not this search's; a limit out of bounds.
    """
    node = _node(asked)
    if not 1 <= asked.limit <= MOST:
        raise UsageError(f"a page has 1 to {MOST} hits, not {asked.limit}")
    cursor = None if asked.after is None else read(asked.after, _question(asked))
    conditions = _conditions(asked)
    with archive.reading() as connection:
        newest = (
            cursor.newest
            if cursor is not None
            else int(connection.scalar(select(func.max(listing.c.number))) or 0)
        )
        further = _further(connection, asked)
        total, found = _page(connection, node, conditions, further, asked, cursor, newest)
        shown = [*phrases(node), *(phrase for one in asked.further for phrase in one.shown)]
        counts = _versions(connection, [kept for kept, _, _ in found[: asked.limit]])
        hits = [_hit(kept, shown, counts) for kept, _, _ in found[: asked.limit]]
    following = None
    if len(found) > asked.limit:
        _, moment, number = found[asked.limit - 1]
        following = named(Cursor(_question(asked), newest, moment, number, total))
    return Found(query=asked.words, total=total, hits=tuple(hits), next=following)


def numbers(connection: Connection, asked: Asked) -> Select[Any]:
    """The numbers of all reports for which all that is asked holds, whatever the page.

    Raises:
        UsageError: see `search`.
    """
    node = _node(asked)
    wanted = _wanted(connection, node, _conditions(asked), _further(connection, asked))
    if node is None:
        return wanted.with_only_columns(listing.c.number)
    found = wanted.subquery()
    unsure = connection.scalars(select(found.c.number).where(~found.c.sure)).all()
    holding = [kept.number for kept in load(connection, unsure) if _holds(node, kept)]
    return select(found.c.number).where(or_(found.c.sure, found.c.number.in_(holding)))


def index(connection: Connection, rows: Sequence[adding.Row]) -> None:
    """Make new reports findable; called in the transaction that writes them."""
    now = int(time.time())
    connection.execute(
        insert(listing),
        [
            {
                "number": row.number,
                **listed_as(row.report, now),
            }
            for row in rows
        ],
    )
    put(connection, WORDS, [_put(row) for row in rows])


def _node(asked: Asked) -> Node | None:
    node = parse(asked.words)
    if asked.words.strip() and node is None:
        raise UsageError("there is no word to look for", where=asked.words[:200])
    if node is not None and not asks(node):
        raise UsageError(
            "a search needs something to look for, beside what is to be left out",
            where=asked.words[:200],
            advice="Put a word or a filter in front of what begins with '-'",
        )
    return node


def _put(row: adding.Row) -> Put:
    return row.number, (terms(row.report.title or ""), terms(row.report.text))


def _conditions(asked: Asked) -> list[Any]:
    conditions: list[Any] = []
    if asked.outlets:
        conditions.append(listing.c.outlet.in_([outlet_number(outlet) for outlet in asked.outlets]))
    if asked.languages:
        conditions.append(listing.c.language.in_([code.lower() for code in asked.languages]))
    if asked.since is not None:
        conditions.append(listing.c.until > _bound(asked.since)[0])
    if asked.until is not None:
        conditions.append(listing.c.since < _bound(asked.until)[1])
    return conditions


def _further(connection: Connection, asked: Asked) -> list[CTE]:
    """What other rooms found, each made first and whole, see `_wanted`."""
    return [one.numbers(connection).cte().prefix_with("MATERIALIZED") for one in asked.further]


def _bound(date: str) -> tuple[int, int]:
    since, until = nominal(date, None)
    if since is None or until is None:
        raise UsageError(
            f"{date[:40]!r} is no date", advice="Write 2025-03-04 or 2025-03-04T05:06:07Z"
        )
    return since, until


def _wanted(
    connection: Connection,
    node: Node | None,
    conditions: Sequence[Any],
    further: Sequence[CTE] = (),
) -> Select[Any]:
    """Number, moment and, for words, whether it is sure."""
    wanted = select(listing.c.number, listing.c.moment).where(*conditions)
    # What begins is joined, whatever else is looked up in: no engine knows how many there are.
    looked_up = further if node is not None else further[1:]
    wanted = wanted.where(*(listing.c.number.in_(select(one.c.number)) for one in looked_up))
    if node is None:
        for one in further[:1]:
            wanted = wanted.join(one, one.c.number == listing.c.number)
        return wanted
    # Made first and whole: a planner that knows nothing of how rare a word is would rather walk
    # through all reports in their order and look each of them up.
    found = matching(connection, WORDS, [(node, None)]).cte("found").prefix_with("MATERIALIZED")
    return wanted.join(found, found.c.number == listing.c.number).add_columns(found.c.sure)


def _page(
    connection: Connection,
    node: Node | None,
    conditions: Sequence[Any],
    further: Sequence[CTE],
    asked: Asked,
    cursor: Cursor | None,
    newest: int,
) -> tuple[int, list[tuple[Kept, int, int]]]:
    """How many there are; the page's reports and one more, each with its place in the order.

    The index of words is asked once: what counts is the dearest part where words are common. Pages
    behind the first have the sum from it. Rows that are not sure are counted as they are: there
    are few, and they are long.
    """
    filtered = bool(conditions or further)
    conditions = [*conditions, listing.c.number <= newest]
    wanted = _wanted(connection, node, conditions, further)
    total: int | None = None
    at = None
    if cursor is not None:
        total, at = cursor.total, (cursor.moment, cursor.number)
    elif node is None and not asked.further:
        # What is listed by its place stops at the page's end; counting beside it is cheaper.
        total = int(connection.scalar(wanted.with_only_columns(func.count())) or 0)
    elif node is not None and not filtered and _walks(connection, node):
        # Nothing has to be joined to count, and nothing to be put in order for a page.
        every = matching(connection, WORDS, [(node, None)]).subquery()
        total = int(connection.scalar(select(func.count()).select_from(every)) or 0)
    page: list[tuple[Kept, int, int]] = []
    while len(page) <= asked.limit:
        left = asked.limit + 1 - len(page)
        rows = _next(connection, node, conditions, further, wanted, asked.order, at, left, total)
        if total is None:
            total = int(rows[0][-1]) if rows else 0
        kept = {one.number: one for one in load(connection, [row[0] for row in rows])}
        for row in rows:
            at = (row[1], row[0])
            one = kept[row[0]]
            if node is None or row[2] or _holds(node, one):
                page.append((one, row[1], row[0]))
        if len(rows) < left:
            break
    return total or 0, page


def _next(
    connection: Connection,
    node: Node | None,
    conditions: Sequence[Any],
    further: Sequence[CTE],
    wanted: Select[Any],
    order: Order,
    at: tuple[int, int] | None,
    left: int,
    total: int | None,
) -> Sequence[Any]:
    """The next rows of the order: number, moment, for words whether it is sure, and at the end of
    each how many there are in all, where `total` is None.
    """
    newest = order == "newest"
    behind = [] if at is None else [_behind(at, newest)]
    if node is not None and total is not None and not further:
        rows = _walked(connection, node, [*conditions, *behind], newest, left, total)
        if rows is not None:
            return rows
    some = wanted.where(*behind).order_by(*_ordered(listing.c, newest)).limit(left)
    if total is None:
        some = some.add_columns(func.count().over())
    return connection.execute(some).all()


def _walks(connection: Connection, node: Node) -> bool:
    return among(connection, WORDS, [(node, None)], listing.c.number) is not None


def _walked(
    connection: Connection,
    node: Node,
    conditions: Sequence[Any],
    newest: bool,
    left: int,
    total: int,
) -> Sequence[Any] | None:
    """The next rows of a common word: reports are looked at in their order, one by one.

    None where that engine cannot, where the word is not common, or where there are not as many
    among those that may be looked at: then all that have the word are put in order.
    """
    every = int(connection.scalar(select(func.max(listing.c.number))) or 0)
    if total * _WALK < 2 * left * every:
        return None
    some = (
        select(listing.c.number, listing.c.moment)
        .where(*conditions)
        .order_by(*_ordered(listing.c, newest))
        .limit(_WALK)
        .subquery("some")
    )
    holding = among(connection, WORDS, [(node, None)], some.c.number)
    if holding is None:
        return None
    one = holding.lateral("one")
    rows = connection.execute(
        select(some.c.number, some.c.moment, one.c.sure)
        .select_from(some.join(one, true()))
        .order_by(*_ordered(some.c, newest))
        .limit(left)
    ).all()
    return rows if len(rows) == left else None


def _ordered(columns: Any, newest: bool) -> list[Any]:
    place = (columns.moment, columns.number)
    return [one.desc() if newest else one.asc() for one in place]


def _behind(at: tuple[int, int], newest: bool) -> Any:
    moment, number = listing.c.moment, listing.c.number
    if newest:
        return or_(moment < at[0], and_(moment == at[0], number < at[1]))
    return or_(moment > at[0], and_(moment == at[0], number > at[1]))


def _holds(node: Node, kept: Kept) -> bool:
    title = terms(kept.report.title or "")
    return holds(node, (title, terms(kept.report.text)), title)


def _versions(connection: Connection, found: Sequence[Kept]) -> dict[int, list[int]]:
    """The reports of each page, the oldest version first."""
    pages = {one.page for one in found if one.page is not None}
    when = (reports.c.fetched, reports.c.published, reports.c.added, reports.c.number)
    rows = connection.execute(select(reports.c.page, *when).where(reports.c.page.in_(pages)))
    versions: dict[int, list[int]] = {}
    for row in sorted(rows, key=lambda row: age(*row[1:])):
        versions.setdefault(row[0], []).append(row[-1])
    return versions


def _hit(kept: Kept, shown: Sequence[Phrase], versions: Mapping[int, Sequence[int]]) -> Hit:
    report = kept.report
    piece = excerpt(report.text, shown)
    siblings = [kept.number] if kept.page is None else versions[kept.page]
    return Hit(
        report=report.id,
        number=kept.number,
        title=report.title,
        outlet=report.outlet,
        published=report.published,
        language=report.language,
        url=report.url,
        added=kept.added,
        version=siblings.index(kept.number) + 1,
        versions=len(siblings),
        span=piece.span,
        excerpt=report.text[slice(*piece.span)],
        marks=piece.marks,
        occurrences=piece.found,
    )


def _question(asked: Asked) -> str:
    """A hash of all that decides which hits there are, and in which order."""
    parts: list[Any] = [asked.words, sorted(map(folded, asked.outlets)), sorted(asked.languages)]
    parts += [asked.since, asked.until, asked.order, [list(one.shown) for one in asked.further]]
    return question(parts)
