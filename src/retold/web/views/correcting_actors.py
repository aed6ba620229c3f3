"""The pages on which actors are joined and parted: those of a story, and speakers over all."""

from __future__ import annotations

from collections.abc import Sequence

from retold.archive import Archive, quoting
from retold.holdings import KeptStory
from retold.model import Actor, Noun, Place
from retold.text.terms import terms
from retold.web.prepared import Prepared
from retold.web.views.decisions import DecisionView, decisions_about
from retold.web.views.places import pair, place_of, written

__all__ = ["ActorsForm", "NameForm", "PersonForm", "actors_form", "person_form"]

_ACTORS = 100
_FORMS = 40
_QUOTED = 500


class NameForm(Noun, frozen=True):
    """A form of a name, or a name in one report.

    Attributes:
        value: what the form sends: see `place_of`.
        parting: what it sends for the name to be another's: see `pair_of`; empty where nothing
            would be left.
        written: the name.
        times: it is written so.
        inside: name of the report, where the same name is meant in one report only.
    """

    value: str
    parting: str
    written: str
    times: int
    inside: str | None


class ActorLine(Noun, frozen=True):
    """An actor that can be chosen; `because` says why its names are one's."""

    value: str
    name: str
    kind: str
    mentions: int
    reports: int
    forms: tuple[NameForm, ...]
    because: tuple[str, ...]


class ActorsForm(Noun, frozen=True):
    """What can be decided about the actors of a story.

    Attributes:
        story: id of the story, and `title` its title.
        asked: what names were looked for.
        report: of which the actors are shown; None for all.
        actors: the most frequent first.
        left_out: how many others are not shown.
        decisions: about actors in this story, in force.
    """

    story: str
    title: str
    asked: str
    report: str | None
    actors: tuple[ActorLine, ...]
    left_out: int
    decisions: tuple[DecisionView, ...]


class PersonForm(Noun, frozen=True):
    """What can be decided about a speaker, over all stories.

    Attributes:
        name: as asked.
        forms: under which the speaker is quoted, by report.
        asked: another name that was looked for, and `others` under which it is quoted.
        decisions: about the places shown, in force.
    """

    name: str
    forms: tuple[NameForm, ...]
    asked: str
    others: tuple[NameForm, ...]
    decisions: tuple[DecisionView, ...]


def actors_form(
    archive: Archive, story: KeptStory, found: Prepared, asked: str, report: str
) -> ActorsForm:
    """The page for the actors of a story, or those of one of its reports."""
    wanted = terms(asked)
    lines = []
    for actor in found.telling.actors:
        has = {term for name in (actor.name, *actor.names) for term in terms(name)}
        here = not report or any(one.report == report for one in actor.mentions)
        if actor.mentions and here and has.issuperset(wanted):
            lines.append(actor)
    lines.sort(key=lambda actor: (-len(actor.mentions), actor.name, actor.id))
    members = [one.report for one in story.members]
    return ActorsForm(
        story=story.line.id,
        title=story.line.title,
        asked=asked,
        report=report or None,
        actors=tuple(_actor(found, actor) for actor in lines[:_ACTORS]),
        left_out=max(0, len(lines) - _ACTORS),
        decisions=decisions_about(archive, members, ("join-actors", "part-actors")),
    )


def _actor(found: Prepared, actor: Actor) -> ActorLine:
    forms: dict[str, list[Place]] = {}
    by_report: dict[str, list[Place]] = {}
    for place in actor.mentions:
        forms.setdefault(found.look.text(place), []).append(place)
        by_report.setdefault(place.report, []).append(place)
    named = actor.name if actor.name in forms else next(iter(forms))
    if len(forms) > 1:
        lines = _forms([(places, name, None) for name, places in forms.items()])
    else:  # the same name everywhere: it can be another's in one report
        names = found.look.names
        lines = _forms([(places, named, names[one].full) for one, places in by_report.items()])
    return ActorLine(
        value=_sent(forms[named][0]),
        name=actor.name,
        kind=actor.kind,
        mentions=len(actor.mentions),
        reports=len(by_report),
        forms=lines[:_FORMS] if len(lines) > 1 else (),
        because=tuple(dict.fromkeys(one.note for one in actor.because)),
    )


def _forms(found: Sequence[tuple[Sequence[Place], str, str | None]]) -> tuple[NameForm, ...]:
    sent = [_sent(places[0]) for places, *_ in found]
    return tuple(
        NameForm(
            value=value,
            parting=pair(sent[1 if order == 0 else 0], value) if len(sent) > 1 else "",
            written=name,
            times=len(places),
            inside=inside,
        )
        for order, (value, (places, name, inside)) in enumerate(zip(sent, found, strict=True))
    )


def person_form(archive: Archive, name: str, asked: str) -> PersonForm:
    """The page for a speaker.

    Raises:
        UsageError: there is no name.
    """
    forms = _quoted_as(archive, name, by_report=True)
    others = _quoted_as(archive, asked, by_report=False) if asked.strip() else ()
    reports = sorted({place_of(one.value).report for one in forms})
    return PersonForm(
        name=name,
        forms=forms,
        asked=asked,
        others=others,
        decisions=decisions_about(archive, reports, ("join-actors", "part-actors")),
    )


def _quoted_as(archive: Archive, name: str, *, by_report: bool) -> tuple[NameForm, ...]:
    """The names under which a speaker is quoted, with a place of each."""
    found: dict[tuple[str, str], tuple[list[Place], str]] = {}
    with archive.reading() as connection:
        for said in quoting.spoken(connection, speaker=name, most=_QUOTED):
            actor = said.actors.get(said.quotation.speaker or "")
            if actor is None or not actor.mentions:
                continue
            report = said.kept.report
            place = next(
                (one for one in actor.mentions if report.text[slice(*one.span)] == actor.name),
                actor.mentions[0],
            )
            shown = report.text[slice(*place.span)]
            inside = report.outlet or report.title or report.id
            key = (shown, report.id if by_report else "")
            found.setdefault(key, ([], inside))[0].append(place)
    return _forms(
        [
            (places, shown, inside if by_report else None)
            for (shown, _), (places, inside) in list(found.items())[:_FORMS]
        ]
    )


def _sent(place: Place) -> str:
    return written(place.report, [place.span])
