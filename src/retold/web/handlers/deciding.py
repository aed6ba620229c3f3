"""What a form asks for, as corrections. Each returns them, and a report whose page shows them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from retold.archive import Archive, corrections, stories
from retold.archive.getting import get
from retold.errors import Overtaken, UsageError
from retold.holdings import (
    ActorsJoined,
    ActorsParted,
    EdgeConfirmed,
    EdgeRejected,
    FieldCorrected,
    PassagesJoined,
    PassagesParted,
    ReportMoved,
    What,
)
from retold.keeping.correcting import joined, moved, parted, pinned
from retold.model import Place
from retold.web.desk import Desk, Form
from retold.web.links import Served
from retold.web.views.correcting import FIELDS
from retold.web.views.places import pair_of, place_of, places_of

__all__ = ["actors", "edge", "fields", "passage", "person", "story", "where"]

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_LONGEST = 2_000
_STORY_PATH = re.compile(r"/story/([^/?#]{1,200})")

Wanted = tuple[list[What], str]


def where(archive: Archive, report: str) -> str:
    """The address that shows what was decided about a report: of its story, else its own."""
    with archive.reading() as connection:
        found = stories.of_reports(connection, [report]).get(report)
    return Served().report(report) if found is None else Served().story(found)


def story(desk: Desk, form: Form) -> Wanted:
    """Stories joined, reports parted off, moved, kept together."""
    archive = desk.archive
    here = form.fields.get("story", "")
    chosen = tuple(dict.fromkeys(form.lists.get("report", ())))
    do = form.fields.get("do", "")
    members = [one.report for one in stories.get(archive, here).members]
    if any(report not in members for report in chosen):
        raise Overtaken(
            "one of the chosen reports is not in this story any more",
            advice="Look at the story as it is now, and choose again",
        )
    if do == "join":
        other = _other_story(form)
        with archive.reading() as connection:
            one = stories.resolved(connection, here) == stories.resolved(connection, other)
        if one:
            raise Overtaken("these are one story already", advice="Nothing is left to be done")
        return [joined(archive, [here, other])], members[0]
    if not chosen:
        raise UsageError("no report is chosen", advice="Choose the reports that it is about")
    if do == "part":
        if len(chosen) == len(members):
            raise UsageError("no report would stay in the story", advice="Leave one unchosen")
        left = next(report for report in members if report not in chosen)
        return [parted(archive, here, chosen)], left
    if do == "pin":
        if len(chosen) < 2:
            raise UsageError(
                "one report alone cannot be kept together", advice="Choose two or more"
            )
        return [pinned(archive, here, chosen)], chosen[0]
    if do == "move":
        other = _other_story(form)
        whats: list[What] = []
        for report in chosen:
            what = moved(archive, report, other)
            away = tuple(one for one in what.away_from if one not in chosen)
            whats.append(ReportMoved(what.report, what.to, away))
        return whats, chosen[0]
    raise UsageError("this is nothing that can be done with a story", where=do[:40])


def _other_story(form: Form) -> str:
    """Chosen from the list, or given by its id or address."""
    named = form.fields.get("named", "").strip()
    at = _STORY_PATH.search(named)
    given = at[1] if at else named or form.fields.get("other", "")
    if not given:
        raise UsageError("no other story is chosen", advice="Choose one, or give its address")
    return given


def passage(desk: Desk, form: Form) -> Wanted:
    """Passages joined; readings parted off."""
    readings = [places_of(one) for one in form.lists.get("of", ())]
    if not readings:
        raise UsageError("there is no reading to decide about")
    if form.fields.get("do") == "join":
        if not form.fields.get("other"):
            raise UsageError("no other passage is chosen", advice="Choose what is to be joined")
        a, b = readings[0][0], place_of(form.fields["other"])
        _require_one_story(desk.archive, [a, b])
        return [PassagesJoined(a, b)], a.report
    if form.fields.get("do") != "part":
        raise UsageError("this is nothing that can be done with a passage")
    chosen = [places_of(one) for one in dict.fromkeys(form.lists.get("reading", ()))]
    if not chosen:
        raise UsageError("no reading is chosen", advice="Choose those that do not belong here")
    staying = [places for places in readings if places not in chosen]
    if not staying:
        raise UsageError("no reading would stay", advice="Leave at least one unchosen")
    a = staying[0][0]
    _require_one_story(desk.archive, [a, *(place for places in chosen for place in places)])
    whats: list[What] = [PassagesParted(a, place) for places in chosen for place in places]
    if form.fields.get("together") == "yes":
        first = chosen[0][0]
        whats += [PassagesJoined(first, places[0]) for places in chosen[1:]]
    return whats, a.report


def edge(desk: Desk, form: Form) -> Wanted:
    """An edge confirmed, or rejected."""
    to = form.fields.get("to", "")
    source = form.fields.get("named", "").strip() or form.fields.get("from", "")
    if not to or not source:
        raise UsageError(
            "an edge has two ends", advice="Choose a report, and what it descends from"
        )
    get(desk.archive, to)
    if len(source) > 200:
        raise UsageError("a source's name has at most 200 characters")
    with desk.archive.reading() as connection:
        at = stories.of_reports(connection, [source, to])
    if source in at and at.get(source) != at.get(to):
        raise Overtaken(
            "these reports are not in one story any more",
            advice="Look at the story as it is now",
        )
    do = form.fields.get("do")
    if do not in ("confirm", "reject"):
        raise UsageError("an edge is confirmed or rejected")
    what: What = EdgeConfirmed(source, to) if do == "confirm" else EdgeRejected(source, to)
    return [what], to


def actors(desk: Desk, form: Form) -> Wanted:
    """Actors of a story joined, or a name parted off."""
    whats, report = person(desk, form)
    places = [place for one in whats for place in (one.a, one.b)]  # type: ignore[union-attr]
    _require_one_story(desk.archive, places)
    return whats, report


def person(desk: Desk, form: Form) -> Wanted:
    """Speakers joined, or a name in one report parted off, over all stories."""
    do = form.fields.get("do")
    if do == "join":
        chosen = [place_of(one) for one in dict.fromkeys(form.lists.get("actor", ()))]
        if len(chosen) < 2:
            raise UsageError("joining takes two", advice="Choose those that are one")
        for place in chosen:
            _require_there(desk.archive, place)
        return [ActorsJoined(chosen[0], other) for other in chosen[1:]], chosen[0].report
    if do == "part":
        here, there = pair_of(form.fields.get("form", ""))
        _require_there(desk.archive, here)
        _require_there(desk.archive, there)
        return [ActorsParted(here, there)], here.report
    raise UsageError("this is nothing that can be done with names")


def fields(desk: Desk, form: Form) -> Wanted:
    """The fields whose values are others than those known."""
    report = form.fields.get("report", "")
    found = get(desk.archive, report)
    with desk.archive.reading() as connection:
        (kept,) = corrections.as_corrected(connection, [found])
    whats: list[What] = []
    for name in FIELDS:
        if name not in form.fields:
            continue
        value = form.fields[name].strip() or None
        if name == "language" and value is not None:
            value = value.lower()
            if not _LANGUAGE.fullmatch(value):
                raise UsageError(
                    f"{value[:20]!r} is no code of a language", advice="Write en, de, ru …"
                )
        if value is not None and len(value) > _LONGEST:
            raise UsageError(f"a {name} has at most {_LONGEST} characters")
        if value != getattr(kept.report, name):
            what = {"report": report, "field": name, "value": value, "kind": "field"}
            whats.append(msgspec.convert(what, FieldCorrected))
    if not whats:
        raise UsageError("nothing is changed", advice="Change a field, or go back")
    return whats, report


def _require_one_story(archive: Archive, places: Sequence[Place]) -> None:
    for place in places:
        _require_there(archive, place)
    names = sorted({place.report for place in places})
    with archive.reading() as connection:
        at = stories.of_reports(connection, names)
    if len({at.get(name) for name in names}) > 1:
        raise Overtaken(
            "these reports are not in one story any more",
            advice="Look at the story as it is now",
        )


def _require_there(archive: Archive, place: Place) -> None:
    if place.span[1] > len(get(archive, place.report).report.text):
        raise UsageError("this place is not in the report", where=place.report)
