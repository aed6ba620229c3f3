"""Stated sources: whom a report names as the supplier of its words.

Five ways of saying so are kept apart: a *carrier* in a quotation's chain ("KCNA quoted him as
saying"), a *credit* (byline, footer, page), the *dateline*, a *link* to another report of the
story, and the *mention* of another report's outlet or agency in the text ("as the BBC first
reported"). What a report states is shown
beside what its wording shows, never mixed with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from retold.model import Actor, Place, Quotation, Segmented, Span
from retold.text.words import fold

__all__ = ["Source", "stated_sources"]

How = Literal["carrier", "credit", "dateline", "link", "mention"]

_WORD = re.compile(r"\w+")
_ARTICLE = re.compile(r"\A(?:[Tt]he|[Dd]er|[Dd]ie|[Dd]as|[Ll][ae]|[Ee]l) ")

# A masthead stands among so many lines at either end, with so many other words (a date, "staff").
_LINES = 4
_BESIDE = 8


@dataclass(frozen=True, slots=True)
class Source:
    """A source, and every report that names it.

    Attributes:
        key: actor id, else the folded name.
        name: for people.
        named: report id -> how, and the spans that say so (a credit seen only on the raw page
            has none).
        own: ids of the reports that this source published itself, as far as they say.
    """

    key: str
    name: str
    named: dict[str, tuple[tuple[How, ...], tuple[Place, ...]]]
    own: frozenset[str]


def stated_sources(
    reports: Sequence[Segmented], quotations: Sequence[Quotation], actors: Sequence[Actor]
) -> tuple[Source, ...]:
    """All sources that the reports name, sorted by key."""
    names = {actor.id: actor.name for actor in actors}
    keys = _keys(actors)
    at = {(place.report, place.span): actor.id for actor in actors for place in actor.mentions}
    found: dict[str, dict[str, list[tuple[How, Place | None]]]] = {}
    labels: dict[str, str] = {}

    def note(key: str, name: str, report: str, how: How, span: Span | None) -> None:
        labels.setdefault(key, names.get(key, name))
        place = None if span is None else Place(report, span)
        found.setdefault(key, {}).setdefault(report, []).append((how, place))

    organisations = {actor.id for actor in actors if actor.kind == "organisation"}
    for quotation in quotations:
        for link in quotation.chain:
            # A person who passes on somebody's words is no supplier of the report's text.
            if link.role == "carrier" and link.actor in organisations:
                note(link.actor, link.name, quotation.report, "carrier", link.span)
    for one in reports:
        report = one.report
        if report.dateline is not None and report.dateline.agency is not None:
            name = report.dateline.agency
            key = keys.get(fold(name), fold(name))
            note(key, name, report.id, "dateline", report.dateline.span)
        for credit in report.credits:
            key = _key_of_credit(report.id, credit.name, credit.span, keys, at)
            how: How = "dateline" if credit.found_in == "dateline" else "credit"
            note(key, credit.name, report.id, how, credit.span)
    for key, name, report_id, way, span in _pointing(reports, keys, _filed_under(reports, actors)):
        known = found.get(key, {}).get(report_id, [])
        if all(place is None or place.span != span for _, place in known):
            note(key, name, report_id, way, span)
    forms = {
        actor.id: tuple(sorted({fold(name) for name in (actor.name, *actor.names)}))
        for actor in actors
    }
    return tuple(
        Source(
            key=key,
            name=labels[key],
            named={report: _merged(said) for report, said in sorted(by_report.items())},
            own=_own(key, by_report, reports, keys, forms.get(key, (fold(labels[key]),))),
        )
        for key, by_report in sorted(found.items())
    )


def _pointing(
    reports: Sequence[Segmented], keys: Mapping[str, str], filed: Mapping[str, str]
) -> Iterator[tuple[str, str, str, How, Span]]:
    """Names and addresses of the story's other reports in a report's text.

    Args:
        reports: of the story.
        keys: folded name -> actor.
        filed: name -> id of the report whose file has it.

    Yields:
        key and name of the one pointed at, id of the report, how, and the span.
    """
    names: dict[str, str] = {name: name for name in filed}
    addresses: dict[str, str] = {}
    for one in reports:
        report = one.report
        agency = report.dateline.agency if report.dateline is not None else None
        outlet = _ARTICLE.sub("", report.outlet or "")
        # A name of one word is often a word ("Star"); an agency in a dateline is known as one.
        if len(outlet.split()) > 1:
            names[outlet] = report.outlet or outlet
        if agency is not None and len(agency) > 2:
            names[agency] = agency
        if report.url is not None and "/" in _bare(report.url):
            addresses[_bare(report.url)] = report.outlet or report.url
    wanted = sorted({**names, **addresses}, key=lambda form: (-len(form), form))
    if not wanted:
        return
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(form)}(?!\w)" for form in wanted))
    for one in reports:
        report = one.report
        address = None if report.url is None else _bare(report.url)
        for match in pattern.finditer(report.text):
            form = match.group()
            if form == address or form in (report.outlet or "") or filed.get(form) == report.id:
                continue
            how: How = "link" if form in addresses else "mention"
            name = addresses[form] if how == "link" else names[form]
            yield keys.get(fold(name), fold(name)), name, report.id, how, match.span()


def _bare(url: str) -> str:
    """An address without scheme, "www." and what stands behind a question mark or hash."""
    return re.sub(r"\A[a-z]+://(?:www\.)?|[?#].*|/\Z", "", url)


def _keys(actors: Sequence[Actor]) -> dict[str, str]:
    keys: dict[str, str] = {}
    for actor in actors:
        for name in (actor.name, *actor.names):
            keys.setdefault(fold(name), actor.id)
    return keys


def _key_of_credit(
    report: str,
    name: str,
    span: Span | None,
    keys: Mapping[str, str],
    at: Mapping[tuple[str, Span], str],
) -> str:
    """A credit's actor: by its whole name, else by the first actor that it mentions."""
    if fold(name) in keys:
        return keys[fold(name)]
    if span is not None:
        within = [
            (mention[1], actor)
            for mention, actor in at.items()
            if mention[0] == report and span[0] <= mention[1][0] and mention[1][1] <= span[1]
        ]
        if within:
            return min(within)[1]
    return fold(name)


def _merged(
    said: Sequence[tuple[How, Place | None]],
) -> tuple[tuple[How, ...], tuple[Place, ...]]:
    hows = tuple(sorted({how for how, _ in said}))
    places = {place for _, place in said if place is not None}
    return hows, tuple(sorted(places, key=lambda place: (place.report, place.span)))


def _own(
    key: str,
    by_report: Mapping[str, Sequence[tuple[How, Place | None]]],
    reports: Sequence[Segmented],
    keys: Mapping[str, str],
    forms: Sequence[str],
) -> frozenset[str]:
    """Reports by the source itself: it is their outlet, or their dateline's agency where no
    outlet is known (a report under an agency's dateline is that agency's telling), or a line of
    their own above or below the text bears its name, or the file that they were kept in.
    """
    own = set()
    for one in reports:
        outlet = one.report.outlet
        said = by_report.get(one.report.id, ())
        if outlet is not None:
            if keys.get(fold(outlet), fold(outlet)) == key:
                own.add(one.report.id)
        elif any(how == "dateline" for how, _ in said) or (
            one.report.dateline is None
            and not any(how == "credit" for how, _ in said)
            and (_signed(one, forms) or _filed(one, forms))
        ):
            own.add(one.report.id)
    return frozenset(own)


def _filed_under(reports: Sequence[Segmented], actors: Sequence[Actor]) -> dict[str, str]:
    """Names of organisations that files of reports without an outlet have, and whose they are."""
    nameless = [one for one in reports if one.report.outlet is None and not one.report.credits]
    return {
        name: one.report.id
        for actor in actors
        if actor.kind == "organisation"
        for name in (actor.name, *actor.names)
        for one in nameless
        if one.report.dateline is None and _filed(one, [fold(name)])
    }


def _filed(one: Segmented, forms: Sequence[str]) -> bool:
    """Whether the report's file has one of these names: a paper's own report speaks of what
    somebody "told the paper". A name of one word may be what the report is about.
    """
    file = (one.report.source or "").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    words = _WORD.findall(fold(file).replace("_", " "))
    return len(words) > 1 and any(words == _WORD.findall(form) for form in forms)


def _signed(one: Segmented, forms: Sequence[str]) -> bool:
    """Whether one of the first or last lines is little more than one of these names.

    A name of one word may stand in any short line, so that only longer ones count.
    """
    text = one.report.text
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in (*lines[1:_LINES], *lines[-_LINES + 1 :]):
        words = _WORD.findall(fold(line))
        for form in forms:
            name = _WORD.findall(form)
            if len(name) > 1 and words[: len(name)] == name and len(words) <= len(name) + _BESIDE:
                return True
    return False
