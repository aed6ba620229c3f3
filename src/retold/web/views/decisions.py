"""What people decided, as it is shown: who, when, why, about which words, and how to undo it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from sqlalchemy import Connection

from retold.archive import Archive, corrections
from retold.archive.getting import many_in
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
from retold.model import Noun, Place, Report, Span

__all__ = [
    "CorrectionsView",
    "DecisionView",
    "PlaceView",
    "ReportName",
    "Undoing",
    "corrections_view",
    "decision",
    "decisions_about",
    "named",
]

_PAGE = 50
_MOST_NAMED = 12
_LONGEST = 400
_BEGINNING = 120
_SAID = {
    StoriesJoined: "these reports are one story",
    StoriesParted: "the first of these reports are a story of their own",
    ReportPinned: "these reports stay together",
    PassagesJoined: "these are readings of one passage",
    PassagesParted: "these are readings of two passages",
    ActorsJoined: "these are names of one actor",
    ActorsParted: "these are names of two actors",
    EdgeConfirmed: "the first descends from the second",
    EdgeRejected: "the first does not descend from the second",
}
_FIELDS = {
    "title": "title",
    "outlet": "outlet",
    "published": "date",
    "language": "language",
    "byline": "byline",
}


class ReportName(Noun, frozen=True):
    """A report; without title where it is not in the archive."""

    report: str
    title: str | None
    outlet: str | None
    published: str | None
    language: str | None


class PlaceView(Noun, frozen=True):
    """Words that a decision is about; empty where the report is not in the archive."""

    report: ReportName
    span: Span
    words: str


class Undoing(Noun, frozen=True):
    """A decision was taken back, or brought back."""

    number: int
    made: str
    by: str
    note: str | None
    back: bool


class DecisionView(Noun, frozen=True):
    """What somebody decided.

    Attributes:
        number, made, by, note, holds: see `retold.holdings.Correction`.
        kind: the word for it ("join-passages" …).
        said: what was decided, to be read after "that".
        value: of a field; None otherwise, and for "not known".
        reports: that it is about, and `others` those from which they were parted.
        left_out: how many more of them there are.
        places: the words that it is about.
        toggles: number of the correction to undo, so that it holds no more, or again.
        history: of its undoing, the oldest first.
    """

    number: int
    made: str
    by: str
    note: str | None
    holds: bool
    kind: str
    said: str
    value: str | None
    reports: tuple[ReportName, ...]
    others: tuple[ReportName, ...]
    left_out: int
    places: tuple[PlaceView, ...]
    toggles: int
    history: tuple[Undoing, ...]


class CorrectionsView(Noun, frozen=True):
    """All that people decided, the latest first.

    Attributes:
        total: decisions, and `holding` those of them that hold.
        shown: of this page.
        next: where the next page begins; None when this is the last.
    """

    total: int
    holding: int
    shown: tuple[DecisionView, ...]
    next: int | None


def corrections_view(archive: Archive, before: int | None) -> CorrectionsView:
    """The page of all decisions.

    Args:
        archive: open.
        before: only those with a smaller number.
    """
    found = [one for one in corrections.listed(archive) if not isinstance(one.what, Undone)]
    wanted = [one for one in reversed(found) if before is None or one.number < before]
    shown = wanted[:_PAGE]
    with archive.reading() as connection:
        views = _views(connection, shown)
    return CorrectionsView(
        total=len(found),
        holding=sum(one.holds for one in found),
        shown=views,
        next=shown[-1].number if len(wanted) > _PAGE else None,
    )


def decision(archive: Archive, number: int) -> DecisionView | None:
    """A decision by its number, or by that of one of its undoings; None where there is none."""
    every = {one.number: one for one in corrections.listed(archive)}
    found = every.get(number)
    while found is not None and isinstance(found.what, Undone):
        found = every.get(found.what.correction)
    if found is None:
        return None
    with archive.reading() as connection:
        return _views(connection, [found])[0]


def decisions_about(
    archive: Archive,
    report_ids: Sequence[str],
    kinds: Iterable[str] | None = None,
    *,
    shown: Container[str] | None = None,
) -> tuple[DecisionView, ...]:
    """The decisions in force about reports, the oldest first.

    Args:
        archive: open.
        report_ids: of the reports.
        kinds: of decisions; None for all.
        shown: ids of the reports that may be named; a decision about others is left out.
    """
    wanted = None if kinds is None else frozenset(kinds)
    with archive.reading() as connection:
        found = [
            one
            for one in corrections.about(connection, report_ids)
            if wanted is None or _kind(one.what) in wanted
        ]
        if shown is not None:
            found = [one for one in found if all(name in shown for name in _names(one.what))]
        return _views(connection, found)


def _views(connection: Connection, found: Sequence[Correction]) -> tuple[DecisionView, ...]:
    if not found:
        return ()
    undoings = corrections.undoings(connection)
    named = sorted({name for one in found for name in _names(one.what)})
    kept = corrections.as_corrected(connection, many_in(connection, named))
    reports = {one.report.id: one.report for one in kept}
    return tuple(_view(one, undoings, reports) for one in found)


def _view(
    one: Correction, undoings: Mapping[int, Correction], reports: Mapping[str, Report]
) -> DecisionView:
    what = one.what
    first, second = _sides(what)
    history: list[Undoing] = []
    at = one.number
    while at in undoings:
        undone = undoings[at]
        at = undone.number
        back = len(history) % 2 == 1
        history.append(Undoing(at, undone.made, undone.by, undone.note, back))
    places = (
        (what.a, what.b)
        if isinstance(what, PassagesJoined | PassagesParted | ActorsJoined | ActorsParted)
        else ()
    )
    return DecisionView(
        number=one.number,
        made=one.made,
        by=one.by,
        note=one.note,
        holds=one.holds,
        kind=_kind(what),
        said=_said(what),
        value=what.value if isinstance(what, FieldCorrected) else None,
        reports=tuple(_name(name, reports) for name in first[:_MOST_NAMED]),
        others=tuple(_name(name, reports) for name in second[:_MOST_NAMED]),
        left_out=max(0, len(first) - _MOST_NAMED) + max(0, len(second) - _MOST_NAMED),
        places=tuple(_place(place, reports) for place in places),
        toggles=at,
        history=tuple(history),
    )


def _said(what: What) -> str:
    if isinstance(what, ReportMoved):
        if what.to is None:
            return "this report has a story of its own"
        return "the first report is in the story of the second"
    if isinstance(what, FieldCorrected):
        name = _FIELDS[what.field]
        return f"the {name} of this report is " + ("not known" if what.value is None else "")
    return _SAID[type(what)]


def _kind(what: What) -> str:
    return str(what.__struct_config__.tag)


def _sides(what: What) -> tuple[Sequence[str], Sequence[str]]:
    if isinstance(what, StoriesJoined | ReportPinned):
        return what.reports, ()
    if isinstance(what, StoriesParted):
        return what.reports, what.others
    if isinstance(what, ReportMoved):
        return (what.report,), (what.to,) if what.to is not None else ()
    if isinstance(what, EdgeConfirmed | EdgeRejected):
        return (what.to,), (what.source,)
    if isinstance(what, FieldCorrected):
        return (what.report,), ()
    return (), ()


def _names(what: What) -> Iterable[str]:
    if isinstance(what, PassagesJoined | PassagesParted | ActorsJoined | ActorsParted):
        return what.a.report, what.b.report
    first, second = _sides(what)
    return *first[:_MOST_NAMED], *second[:_MOST_NAMED]


def _name(name: str, reports: Mapping[str, Report]) -> ReportName:
    found = reports.get(name)
    if found is None:
        return ReportName(name, None, None, None, None)
    return named(found)


def named(report: Report) -> ReportName:
    """What a report is called; one without a title by how it begins."""
    title = report.title or report.text.strip()[:_BEGINNING].partition("\n")[0]
    return ReportName(report.id, title, report.outlet, report.published, report.language)


def _place(place: Place, reports: Mapping[str, Report]) -> PlaceView:
    found = reports.get(place.report)
    start, end = place.span
    words = "" if found is None else found.text[start : min(end, start + _LONGEST)]
    return PlaceView(_name(place.report, reports), place.span, words)
