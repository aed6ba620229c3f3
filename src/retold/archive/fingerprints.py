"""Whether what is shown of a story or a report can have changed, found without reading it all.

A fingerprint is made of everything kept that such a page is made from. Texts do not change once
they are kept, so their numbers stand for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, func, select

from retold.archive import stories
from retold.archive.tables import report as reports
from retold.archive.tables_corrections import corrected, correction
from retold.archive.tables_derived import derived
from retold.archive.tables_search import listing
from retold.archive.tables_stories import gist, member, reason, story, trace

__all__ = ["of_report", "of_story"]


def of_story(connection: Connection, story_id: str) -> str:
    """Of a story, by its id or one that it had: its reports, why they are there, its telling, what
    people decided.

    Args:
        connection: of the archive.
        story_id: need not be there.
    """
    return _digest(_of_story(connection, story_id))


def of_report(connection: Connection, report_id: str) -> str:
    """Of a report: its quotations, the versions of its page, its story, what people decided.

    Args:
        connection: of the archive.
        report_id: need not be there.
    """
    row = connection.execute(
        select(reports.c.number, reports.c.page).where(reports.c.id == report_id)
    ).first()
    if row is None:
        return _digest(["no report", report_id])
    found: list[Any] = [row.number, _results(connection, [report_id])]
    if row.page is not None:
        page = select(reports.c.number).where(reports.c.page == row.page)
        found.append(sorted(connection.scalars(page)))
    at = stories.of_reports(connection, [report_id]).get(report_id)
    found.append(_decided(connection) if at is None else list(_of_story(connection, at)))
    return _digest(found)


def _of_story(connection: Connection, story_id: str) -> Iterable[Any]:
    name = stories.resolved(connection, story_id)
    yield story_id, name
    if name is None:
        return
    row = connection.execute(select(story).where(story.c.id == name)).one()
    yield tuple(row)
    yield sorted(connection.scalars(select(trace.c.old).where(trace.c.new == name)))
    members = connection.execute(
        select(member, listing.c.moment, reason.c.packed)
        .join(listing, listing.c.number == member.c.report)
        .outerjoin(reason, reason.c.report == member.c.report)
        .where(member.c.story == row.number)
        .order_by(member.c.report)
    )
    yield from map(tuple, members)
    yield _results(connection, [name])
    yield list(connection.scalars(select(gist.c.gist).where(gist.c.story == name)))
    yield _decided(connection)


def _results(connection: Connection, subjects: list[str]) -> list[tuple[Any, ...]]:
    """What is derived from them, of every method."""
    rows = connection.execute(
        select(derived.c.method, derived.c.run, derived.c.inputs, derived.c.sha256)
        .where(derived.c.method.in_(["telling", "quotations"]), derived.c.subject.in_(subjects))
        .order_by(derived.c.method)
    )
    return [tuple(row) for row in rows]


def _decided(connection: Connection) -> tuple[Any, ...]:
    """The newest correction, and how many of the reports that corrections name are here: one that
    is not here yet may be named by what is decided about others."""
    here = (
        select(func.count())
        .select_from(corrected)
        .join(reports, reports.c.id == corrected.c.report)
    )
    return connection.scalar(select(func.max(correction.c.number))), connection.scalar(here)


def _digest(parts: Iterable[Any]) -> str:
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(repr(part).encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()
