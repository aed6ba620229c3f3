"""What people corrected, a sentence each, for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

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
from retold.model import Place
from retold.show.dates import as_read
from retold.show.marks import clip, encodable, visible

__all__ = ["correction_line", "corrections"]

_SHOWN = 12  # reports that one correction names
_LONGEST = 200
_OF_PLACES: dict[type, str] = {
    PassagesJoined: "the sentences at {} and {} are readings of one passage",
    PassagesParted: "the sentences at {} and {} are not readings of one passage",
    ActorsJoined: "the names at {} and {} are one actor's",
    ActorsParted: "the names at {} and {} are those of two actors",
}


def corrections(
    found: Sequence[Correction], *, encoding: str = "utf-8", local: bool = False
) -> str:
    """A line for each correction, the oldest first.

    Args:
        found: what to show.
        encoding: of the place it goes to.
        local: times as the clock of this machine shows them, else in UTC.
    """
    return "".join(encodable(correction_line(one, local=local), encoding) + "\n" for one in found)


def correction_line(one: Correction, *, local: bool = False) -> str:
    """A correction in a line; `local` as for `corrections`."""
    said = f"{one.number}  {as_read(one.made, local=local)}  {visible(one.by)}: "
    said += visible(_said(one.what))
    if one.note:
        said += f" ({visible(clip(one.note, _LONGEST))})"
    return said if one.holds else f"{said} [undone]"


def _said(what: What) -> str:
    if isinstance(what, FieldCorrected):
        value = "not known" if what.value is None else f"“{clip(what.value, _LONGEST)}”"
        return f"the {what.field} of report {what.report} is {value}"
    if isinstance(what, StoriesJoined):
        return f"the stories of {_reports(what.reports)} are one"
    if isinstance(what, StoriesParted):
        verb = "is" if len(what.reports) == 1 else "are"
        return f"{_reports(what.reports)} {verb} not of the story of {_reports(what.others)}"
    if isinstance(what, ReportMoved):
        where = "a story of its own" if what.to is None else f"the story of report {what.to}"
        return f"report {what.report} belongs to {where}"
    if isinstance(what, ReportPinned):
        verb = "stays" if len(what.reports) == 1 else "stay"
        return f"{_reports(what.reports)} {verb} together"
    if isinstance(what, EdgeConfirmed):
        return f"report {what.to} descends from {what.source}"
    if isinstance(what, EdgeRejected):
        return f"report {what.to} does not descend from {what.source}"
    if isinstance(what, Undone):
        return f"correction {what.correction} is taken back"
    return _OF_PLACES[type(what)].format(_place(what.a), _place(what.b))


def _reports(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    kind = "report" if len(names) == 1 else "reports"
    return f"{kind} {', '.join(names[:_SHOWN])}{more}"


def _place(place: Place) -> str:
    return f"{place.report}:{place.span[0]}-{place.span[1]}"
