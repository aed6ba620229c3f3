"""The quotations that are kept, and finding reports and quotations by them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select

from retold.archive import deriving, written
from retold.archive.getting import load
from retold.archive.opening import Archive
from retold.archive.rows import CHUNK, Kept, chunks, next_number
from retold.archive.searching import Restriction
from retold.archive.tables import report as reports
from retold.archive.tables_derived import NAMED, SAID
from retold.archive.tables_derived import quotation as quotations
from retold.engines import fulltext
from retold.errors import UsageError
from retold.holdings import Analysed, Run
from retold.model import Actor, Attribution, Quotation
from retold.text.query import Node, Phrase, asks, parse, phrases
from retold.text.terms import terms

__all__ = ["METHOD", "Said", "analysed", "keep", "named", "said", "sharing", "spoken", "unanalysed"]

METHOD = "quotations"


@dataclass(frozen=True, slots=True)
class Said:
    """A quotation that was found.

    Attributes:
        kept: the report it stands in.
        quotation, actors: of the report's attribution.
    """

    kept: Kept
    quotation: Quotation
    actors: Mapping[str, Actor]


def keep(connection: Connection, run: Run, found: Sequence[tuple[Kept, Analysed]]) -> None:
    """Keep what reports were found to say, in place of older results; inside `writing()`."""
    _forget(connection, [kept for kept, _ in found])
    deriving.keep(
        connection,
        run,
        [
            deriving.Result(kept.report.id, kept.number, "", written.encode(one))
            for kept, one in found
        ],
    )
    rows: list[dict[str, int]] = []
    spoken_rows: list[fulltext.Put] = []
    number = next_number(connection, quotations)
    for kept, one in found:
        for ordinal, row in enumerate(_spoken(kept, one.attribution)):
            rows.append({"number": number, "report": kept.number, "ordinal": ordinal})
            spoken_rows.append((number, row))
            number += 1
    if rows:
        connection.execute(insert(quotations), rows)
    fulltext.put(connection, SAID, spoken_rows)
    fulltext.put(connection, NAMED, [(kept.number, _named(one.attribution)) for kept, one in found])


def analysed(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[Analysed, int]]:
    """What is kept for these reports, each with the number of its run."""
    return {
        result.subject: (written.decode(result.payload, Analysed), run)
        for result, run in deriving.get(connection, METHOD, ids)
    }


def unanalysed(archive: Archive) -> int:
    """How many reports have no result of any run."""
    with archive.reading() as connection:
        known = sum(deriving.standing(connection, METHOD).values())
        return int(connection.scalar(select(func.count()).select_from(reports)) or 0) - known


def named(name: str) -> Restriction:
    """Reports that name somebody.

    Raises:
        UsageError: there is no word in it.
    """
    node = _name(name)
    return Restriction(
        lambda connection: _matching(connection, NAMED, [(node, None)]),
        (node,),
    )


def said(speaker: str | None, words: str | None) -> Restriction:
    """Reports with a quotation of this speaker that holds these words: one quotation, both.

    Raises:
        UsageError: there is no word to look for.
    """
    wanted: list[tuple[Node, str | None]] = []
    shown: list[Phrase] = []
    if speaker is not None:
        wanted.append((_name(speaker), "speaker"))
    if words is not None:
        node = _words(words)
        wanted.append((node, "content"))
        shown += phrases(node)
    return Restriction(
        lambda connection: _reports(connection, wanted),
        tuple(shown),
    )


def spoken(
    connection: Connection, *, speaker: str | None = None, words: str | None = None, most: int = 500
) -> Iterator[Said]:
    """Quotations of a speaker that hold these words, in the order of adding.

    Raises:
        UsageError: there is no word to look for.
    """
    wanted: list[tuple[Node, str | None]] = []
    if speaker is not None:
        wanted.append((_name(speaker), "speaker"))
    if words is not None:
        wanted.append((_words(words), "content"))
    rows = connection.execute(
        select(quotations.c.report, quotations.c.ordinal)
        .where(quotations.c.number.in_(_matching(connection, SAID, wanted)))
        .order_by(quotations.c.number)
        .limit(most)
    ).all()
    yield from _said(connection, [(row.report, row.ordinal) for row in rows])


def sharing(
    connection: Connection, words: Sequence[str], *, share: float, most: int
) -> Iterator[Said]:
    """Quotations that have a share of these terms, those with the most of them first.

    Args:
        connection: of the archive.
        words: terms, each once; the rarer half of them decides which quotations are looked at,
            because what has half of all has one of those.
        share: of the words, at least.
        most: quotations.
    """
    least = max(1, math.ceil(share * len(words)))
    counted = []
    for word in words:
        found = _matching(connection, SAID, [(Phrase((word,)), "content")])
        number = connection.scalar(select(func.count()).select_from(found.subquery())) or 0
        counted.append((number, word, found))
    counted.sort(key=lambda one: one[:2])
    has: Counter[int] = Counter()
    for place, (number, _, found) in enumerate(counted):
        if not number:
            continue
        if place <= len(words) - least:
            has.update(connection.scalars(found))
        elif has:
            for some in chunks(sorted(has), CHUNK):
                matching = found.subquery().c.number
                has.update(connection.scalars(select(matching).where(matching.in_(some))))
    best = sorted((-times, number) for number, times in has.items() if times >= least)[:most]
    numbers = [number for _, number in best]
    places: dict[int, tuple[int, int]] = {}
    for some in chunks(numbers, CHUNK):
        rows = connection.execute(select(quotations).where(quotations.c.number.in_(some)))
        places.update((row.number, (row.report, row.ordinal)) for row in rows)
    yield from _said(connection, [places[number] for number in numbers])


def _said(connection: Connection, places: Sequence[tuple[int, int]]) -> Iterator[Said]:
    """Quotations by the number of their report and their place in it."""
    kept = {one.number: one for one in load(connection, sorted({place[0] for place in places}))}
    known = analysed(connection, [one.report.id for one in kept.values()])
    for number, ordinal in places:
        one = kept[number]
        attribution = known[one.report.id][0].attribution
        if attribution is not None:
            actors = {actor.id: actor for actor in attribution.actors}
            yield Said(one, attribution.quotations[ordinal], actors)


def _matching(
    connection: Connection, index: fulltext.Index, wanted: Sequence[tuple[Node, str | None]]
) -> Select[Any]:
    return select(fulltext.matching(connection, index, wanted).subquery().c.number)


def _reports(connection: Connection, wanted: Sequence[tuple[Node, str | None]]) -> Select[Any]:
    found = _matching(connection, SAID, wanted).subquery()
    return (
        select(quotations.c.report.label("number"))
        .join_from(found, quotations, quotations.c.number == found.c.number)
        .distinct()
    )


def _name(name: str) -> Phrase:
    looked_up = tuple(terms(name))
    if not looked_up:
        raise UsageError("there is no name to look for", where=name[:80])
    return Phrase(looked_up, prefix=name.rstrip().endswith("*"))


def _words(words: str) -> Node:
    node = parse(words)
    if node is None or not asks(node):
        raise UsageError("there is no word to look for in quotations", where=words[:200])
    return node


def _forget(connection: Connection, found: Sequence[Kept]) -> None:
    """Out of the indexes, which have to be told what they were given."""
    old = analysed(connection, [kept.report.id for kept in found])
    going = [kept for kept in found if kept.report.id in old]
    numbers: dict[int, dict[int, int]] = {}
    for some in chunks([kept.number for kept in going], CHUNK):
        rows = connection.execute(select(quotations).where(quotations.c.report.in_(some)))
        for row in rows:
            numbers.setdefault(row.report, {})[row.ordinal] = row.number
        connection.execute(delete(quotations).where(quotations.c.report.in_(some)))
    spoken_rows: list[fulltext.Put] = []
    named_rows: list[fulltext.Put] = []
    for kept in going:
        attribution = old[kept.report.id][0].attribution
        named_rows.append((kept.number, _named(attribution)))
        for ordinal, put in enumerate(_spoken(kept, attribution)):
            spoken_rows.append((numbers[kept.number][ordinal], put))
    fulltext.drop(connection, SAID, spoken_rows)
    fulltext.drop(connection, NAMED, named_rows)


def _spoken(kept: Kept, attribution: Attribution | None) -> Iterator[tuple[list[str], list[str]]]:
    """The terms of each quotation: of its speaker's names, and of its content."""
    if attribution is None:
        return
    actors = {actor.id: actor for actor in attribution.actors}
    text = kept.report.text
    for one in attribution.quotations:
        speaker = None if one.speaker is None else actors.get(one.speaker)
        yield (
            [] if speaker is None else _broken(terms(name) for name in _names(speaker)),
            _broken(terms(text[start:end]) for start, end in one.content),
        )


def _named(attribution: Attribution | None) -> tuple[list[str]]:
    actors = () if attribution is None else attribution.actors
    return (_broken(terms(name) for actor in actors for name in _names(actor)),)


def _names(actor: Actor) -> list[str]:
    return list(dict.fromkeys((actor.name, *actor.names)))


def _broken(parts: Any) -> list[str]:
    together: list[str] = []
    for part in parts:
        if together:
            together.append(fulltext.BREAK)
        together += part
    return together
