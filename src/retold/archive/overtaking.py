"""Whether two decisions are about the same, so that one may have been made without the other."""

from __future__ import annotations

from retold.holdings import (
    ActorsJoined,
    ActorsParted,
    EdgeConfirmed,
    EdgeRejected,
    FieldCorrected,
    PassagesJoined,
    PassagesParted,
    ReportMoved,
    ReportPinned,
    StoriesJoined,
    StoriesParted,
    What,
)
from retold.model import Place

__all__ = ["about_the_same"]

_STORIES = StoriesJoined | StoriesParted | ReportMoved | ReportPinned
_PASSAGES = PassagesJoined | PassagesParted
_ACTORS = ActorsJoined | ActorsParted
_EDGES = EdgeConfirmed | EdgeRejected


def about_the_same(one: What, other: What) -> bool:
    """Whether who makes one of two decisions would want to know of the other.

    Stories: one report is named in both. Passages and actors: a place of the one touches a place
    of the other. Edges: the same report's descent. Fields: the same field.
    """
    if isinstance(one, _STORIES) and isinstance(other, _STORIES):
        return bool(_reports(one) & _reports(other))
    if isinstance(one, _PASSAGES) and isinstance(other, _PASSAGES):
        return _touch(one, other)
    if isinstance(one, _ACTORS) and isinstance(other, _ACTORS):
        return _touch(one, other)
    if isinstance(one, _EDGES) and isinstance(other, _EDGES):
        return one.to == other.to or (one.source, one.to) == (other.to, other.source)
    if isinstance(one, FieldCorrected) and isinstance(other, FieldCorrected):
        return (one.report, one.field) == (other.report, other.field)
    return False


def _reports(what: StoriesJoined | StoriesParted | ReportMoved | ReportPinned) -> set[str]:
    if isinstance(what, StoriesParted):
        return {*what.reports, *what.others}
    if isinstance(what, ReportMoved):
        return {what.report, *what.away_from, *((what.to,) if what.to else ())}
    return set(what.reports)


def _touch(
    one: PassagesJoined | PassagesParted | ActorsJoined | ActorsParted,
    other: PassagesJoined | PassagesParted | ActorsJoined | ActorsParted,
) -> bool:
    return any(_overlap(a, b) for a in (one.a, one.b) for b in (other.a, other.b))


def _overlap(a: Place, b: Place) -> bool:
    return a.report == b.report and a.span[0] < b.span[1] and b.span[0] < a.span[1]
