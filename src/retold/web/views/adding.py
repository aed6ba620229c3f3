"""The pages on which reports are added, and on which is seen what became of them."""

from __future__ import annotations

from collections.abc import Sequence

from retold.archive import Archive
from retold.archive.getting import count, many
from retold.archive.stories import of_reports, unplaced
from retold.model import Noun, Refusal
from retold.web.working import Job, State

__all__ = ["AddView", "AddedReport", "AddingView", "TakenView", "add_view", "adding_view"]

_SHOWN = 50


class AddView(Noun, frozen=True):
    """Where reports can be added.

    Attributes:
        reports: that are kept.
        unplaced: of them, those in no story yet.
        bytes: that a form may have.
        working: what is being done now.
    """

    reports: int
    unplaced: int
    bytes: int
    working: tuple[str, ...]


class TakenView(Noun, frozen=True):
    """What became of something handed over, so far.

    Attributes:
        added: reports that are new.
        versions: new versions of known pages.
        known: reports that were there already.
        refused: records that could not be used.
        refusals: the first of them.
        notes: what was guessed.
        ids: of the first reports, also of those that were there already.
        deriving: number of the work that brings up to date what is derived; None for none.
    """

    added: int = 0
    versions: int = 0
    known: int = 0
    refused: int = 0
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    deriving: int | None = None


class AddedReport(Noun, frozen=True):
    """A report that was handed over; `story` is None while it is in none."""

    report: str
    title: str | None
    outlet: str | None
    published: str | None
    language: str | None
    story: str | None


class AddingView(Noun, frozen=True):
    """What became of something handed over.

    Attributes:
        number: under which it is asked for.
        what: was handed over.
        state, note: see `Job`.
        error, advice: why it broke off, and what to do; None where it did not.
        taken: so far.
        reports: the first of them, as they are kept.
        deriving, deriving_note: how far what is derived is; None where nothing was to be done.
        ended: whether nothing more will happen.
    """

    number: int
    what: str
    state: State
    note: str
    error: str | None
    advice: str | None
    taken: TakenView
    reports: tuple[AddedReport, ...]
    deriving: State | None
    deriving_note: str
    ended: bool


def add_view(archive: Archive, most: int, jobs: Sequence[Job]) -> AddView:
    """The page with the forms."""
    return AddView(
        reports=count(archive),
        unplaced=unplaced(archive),
        bytes=most,
        working=tuple(f"{job.what}: {job.note or job.state}" for job in jobs),
    )


def adding_view(archive: Archive, job: Job, deriving: Job | None) -> AddingView:
    """The page of one adding.

    Args:
        archive: open.
        job: that reads what was handed over.
        deriving: that follows it; None for none.
    """
    taken = job.view if isinstance(job.view, TakenView) else TakenView()
    ids = list(dict.fromkeys(taken.ids))[:_SHOWN]
    kept = many(archive, ids)
    with archive.reading() as connection:
        stories = of_reports(connection, ids)
    return AddingView(
        number=job.number,
        what=job.what,
        state=job.state,
        note=job.note,
        error=None if job.error is None else job.error.what,
        advice=None if job.error is None else job.error.advice,
        taken=taken,
        reports=tuple(
            AddedReport(
                report=one.report.id,
                title=one.report.title,
                outlet=one.report.outlet,
                published=one.report.published,
                language=one.report.language,
                story=stories.get(one.report.id),
            )
            for one in kept
        ),
        deriving=None if deriving is None else deriving.state,
        deriving_note="" if deriving is None else _said(deriving),
        ended=job.ended and (deriving is None or deriving.ended),
    )


def _said(job: Job) -> str:
    return job.error.what if job.error is not None else job.note
