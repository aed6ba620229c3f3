"""What people decided about who speaks, over all stories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from retold.archive import corrections, quoting
from retold.archive.getting import many_in
from retold.archive.quoting import Said
from retold.archive.rows import Kept
from retold.holdings import ActorsJoined, ActorsParted
from retold.model import Place
from retold.text.terms import terms

__all__ = ["Speaking", "speaking"]


@dataclass(frozen=True, slots=True)
class Speaking:
    """What holds of a name.

    Attributes:
        further: quotations of the same speaker under another name.
        reports: that decisions about the name name.
        elsewhere: places where the name is somebody else's.
    """

    further: tuple[Said, ...]
    reports: tuple[str, ...]
    elsewhere: tuple[Place, ...]

    def is_other(self, said: Said) -> bool:
        """Whether a quotation is one of somebody else of this name."""
        return any(_speaks(said, place) for place in self.elsewhere)


def speaking(connection: Connection, name: str) -> Speaking:
    """What people decided about a name.

    A decision names places: it holds for the quotations of whoever is named there, in that
    report, and not for everybody whose name is written so.
    """
    found = corrections.in_force(connection, ["join-actors", "part-actors"])
    places = {
        place.report
        for one in found
        if isinstance(one.what, ActorsJoined | ActorsParted)
        for place in (one.what.a, one.what.b)
    }
    if not places:
        return Speaking((), (), ())
    kept = {one.report.id: one for one in many_in(connection, sorted(places))}
    wanted = set(terms(name))
    joined: list[Place] = []
    parted: list[Place] = []
    reports: set[str] = set()
    for one in found:
        what = one.what
        if not isinstance(what, ActorsJoined | ActorsParted):
            continue
        mine = [place for place in (what.a, what.b) if _is_named(kept, place, wanted)]
        if not mine:
            continue
        reports |= {what.a.report, what.b.report}
        if isinstance(what, ActorsJoined):
            joined += [what.a, what.b]
        elif what.b in mine and what.a in mine:
            parted.append(what.b)
    further = tuple(_said_at(connection, kept, joined))
    return Speaking(further, tuple(sorted(reports)), tuple(parted))


def _is_named(kept: dict[str, Kept], place: Place, wanted: set[str]) -> bool:
    one = kept.get(place.report)
    return one is not None and wanted <= set(terms(one.report.text[slice(*place.span)]))


def _said_at(
    connection: Connection, kept: dict[str, Kept], places: Sequence[Place]
) -> Iterator[Said]:
    """The quotations whose speaker is named at one of the places."""
    names = sorted({place.report for place in places} & kept.keys())
    for name, (analysed, _) in sorted(quoting.analysed(connection, names).items()):
        if analysed.attribution is None:
            continue
        actors = {actor.id: actor for actor in analysed.attribution.actors}
        for quotation in analysed.attribution.quotations:
            said = Said(kept[name], quotation, actors)
            if any(_speaks(said, place) for place in places):
                yield said


def _speaks(said: Said, place: Place) -> bool:
    actor = said.actors.get(said.quotation.speaker or "")
    return actor is not None and any(
        one.report == place.report and one.span[0] < place.span[1] and place.span[0] < one.span[1]
        for one in actor.mentions
    )
