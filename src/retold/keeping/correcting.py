"""Correcting so that it shows at once, and corrections of whole stories by their ids."""

from __future__ import annotations

from collections.abc import Sequence

from retold.archive import Archive, corrections, stories
from retold.archive.getting import get
from retold.errors import UsageError
from retold.holdings import (
    Correction,
    ReportMoved,
    ReportPinned,
    StoriesJoined,
    StoriesParted,
    What,
)
from retold.keeping.storylines import apply_corrections

__all__ = ["correct", "correct_all", "joined", "moved", "parted", "pinned", "undo"]

# Reports of a story that a decision names. In the largest stories the earliest stand for all.
_NAMED = 200


def correct(archive: Archive, what: What, *, by: str, note: str | None = None) -> Correction:
    """Add a correction; stories follow at once.

    Raises:
        UsageError, NothingFound: see `retold.archive.corrections.correct`.
    """
    made = corrections.correct(archive, what, by=by, note=note)
    apply_corrections(archive, made.number)
    return made


def correct_all(
    archive: Archive,
    whats: Sequence[What],
    *,
    by: str,
    note: str | None = None,
    seen: int | None = None,
) -> list[Correction]:
    """Add corrections that belong together, all or none; stories follow at once.

    Raises:
        UsageError, NothingFound, Overtaken: see `retold.archive.corrections.correct_all`.
    """
    made = corrections.correct_all(archive, whats, by=by, note=note, seen=seen)
    if made:
        apply_corrections(archive, made[0].number)
    return made


def undo(archive: Archive, number: int, *, by: str, note: str | None = None) -> Correction:
    """Take a correction back; stories follow at once.

    Raises:
        UsageError, NothingFound: see `retold.archive.corrections.undo`.
    """
    made = corrections.undo(archive, number, by=by, note=note)
    apply_corrections(archive, made.number)
    return made


def joined(archive: Archive, story_ids: Sequence[str]) -> StoriesJoined:
    """That these stories are one.

    Raises:
        UsageError: they are one already.
        NothingFound: one is not there.
    """
    found = [stories.get(archive, story) for story in story_ids]
    if len({one.line.id for one in found}) < 2:
        raise UsageError("joining takes two stories or more", where=" ".join(story_ids)[:200])
    return StoriesJoined(
        tuple(dict.fromkeys(m.report for one in found for m in one.members[:_NAMED]))
    )


def parted(archive: Archive, story_id: str, report_ids: Sequence[str]) -> StoriesParted:
    """That these reports of a story are a story of their own.

    Raises:
        UsageError: they are not in it, or nothing is left.
        NothingFound: there is no such story.
    """
    members = _members(archive, story_id, report_ids)
    others = [one for one in members if one not in set(report_ids)]
    if not others:
        raise UsageError("no report would stay in the story", where=story_id)
    return StoriesParted(tuple(dict.fromkeys(report_ids)), tuple(others[:_NAMED]))


def moved(archive: Archive, report_id: str, to: str | None) -> ReportMoved:
    """That a report is in another story, or in one of its own.

    Args:
        archive: open.
        report_id: of the report.
        to: id of the story; None for one of its own.

    Raises:
        UsageError: the report is there already, or in no story yet.
        NothingFound: there is no such report or story.
    """
    get(archive, report_id)
    with archive.reading() as connection:
        at = stories.of_reports(connection, [report_id]).get(report_id)
    if at is None:
        raise UsageError(
            "the report is in no story yet", where=report_id, advice="Run `retold refresh` first"
        )
    away = [m.report for m in stories.get(archive, at).members if m.report != report_id]
    if to is None:
        if not away:
            raise UsageError("the report has a story of its own", where=report_id)
        return ReportMoved(report_id, None, tuple(away[:_NAMED]))
    there = stories.get(archive, to)
    if there.line.id == at:
        raise UsageError("the report is in that story already", where=report_id)
    return ReportMoved(report_id, there.members[0].report, tuple(away[:_NAMED]))


def pinned(archive: Archive, story_id: str, report_ids: Sequence[str]) -> ReportPinned:
    """That these reports (all, where none is named) of a story stay together.

    Raises:
        UsageError: one is not in it.
        NothingFound: there is no such story.
    """
    members = _members(archive, story_id, report_ids)
    return ReportPinned(tuple(dict.fromkeys(report_ids or members[:_NAMED])))


def _members(archive: Archive, story_id: str, report_ids: Sequence[str]) -> list[str]:
    members = [one.report for one in stories.get(archive, story_id).members]
    for report in report_ids:
        if report not in members:
            raise UsageError(f"report {report!r} is not in story {story_id!r}")
    return members
