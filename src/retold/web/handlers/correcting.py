"""Correcting: the pages on which people choose and sign, and what they send.

What cannot be done as sent is answered with the same page, filled in as it was, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from starlette.requests import Request

from retold.archive import corrections, stories
from retold.errors import NothingFound, Overtaken, RetoldError, UsageError
from retold.holdings import FieldCorrected, What
from retold.keeping.correcting import correct_all, undo
from retold.model import Noun
from retold.web.desk import SIGNED, Desk, Form, Moved, Page
from retold.web.handlers import deciding
from retold.web.handlers.adding import bring_up_to_date
from retold.web.prepared import Prepared
from retold.web.shelf import Pending
from retold.web.views.asking import number
from retold.web.views.correcting import UndoForm, edge_form, fields_form, story_form
from retold.web.views.correcting_actors import actors_form, person_form
from retold.web.views.correcting_passages import passage_form
from retold.web.views.decisions import corrections_view, decision
from retold.web.views.story import pending_view

__all__ = ["FORMS", "PAGES"]

Fields = Mapping[str, str]
Built = Callable[[Desk, Fields], Page]
Decided = Callable[[Desk, Form], tuple[list[What], str]]


class UnsentView(Noun, frozen=True):
    """What could not be done, and the note that was written for it."""

    error: str
    what: str
    advice: str
    note: str


def _story(desk: Desk, given: Fields) -> Page:
    story = stories.get(desk.archive, given.get("story", ""))
    view = story_form(desk.archive, story, given.get("q", ""))
    return Page("correct_story.html", f"Correct: {story.line.title}", view)


def _with_telling(
    template: str, title: str, form: Callable[[Desk, Any, Prepared, Fields], Noun]
) -> Built:
    def build(desk: Desk, given: Fields) -> Page:
        story = stories.get(desk.archive, given.get("story", ""))
        found = desk.shelf.find(desk.archive, desk.settings, story)
        if isinstance(found, Pending):
            return Page("pending.html", story.line.title, pending_view(story, found))
        return Page(template, f"{title}: {story.line.title}", form(desk, story, found, given))

    return build


def _passage_form(desk: Desk, story: Any, found: Prepared, given: Fields) -> Noun:
    return passage_form(
        desk.archive,
        story,
        found,
        given.get("passage", ""),
        given.get("at", ""),
        given.get("q", ""),
    )


def _edge_form(desk: Desk, story: Any, found: Prepared, given: Fields) -> Noun:
    return edge_form(desk.archive, story, found, given.get("from", ""), given.get("to", ""))


def _actors_form(desk: Desk, story: Any, found: Prepared, given: Fields) -> Noun:
    return actors_form(desk.archive, story, found, given.get("q", ""), given.get("report", ""))


def _person(desk: Desk, given: Fields) -> Page:
    view = person_form(desk.archive, given.get("name", ""), given.get("q", ""))
    return Page("correct_person.html", f"Correct: {view.name}", view)


def _report(desk: Desk, given: Fields) -> Page:
    view = fields_form(desk.archive, given.get("report", ""))
    return Page("correct_report.html", "Correct a report", view)


def _undo(desk: Desk, given: Fields) -> Page:
    number = given.get("number", "")
    known = number.isascii() and number.isdecimal() and len(number) < 10
    found = decision(desk.archive, int(number)) if known else None
    if found is None:
        raise NothingFound("there is no such correction", where=number[:40])
    what = "Undo" if found.holds else "Bring back"
    return Page("correct_undo.html", f"{what} correction {found.number}", UndoForm(found))


_passage = _with_telling("correct_passage.html", "Correct a passage", _passage_form)
_edge = _with_telling("correct_edge.html", "Correct descent", _edge_form)
_actors = _with_telling("correct_actors.html", "Correct names", _actors_form)


def _list(desk: Desk, request: Request) -> Page:
    view = corrections_view(desk.archive, number(request.query_params, "before"))
    return Page("corrections.html", "Corrections", view)


def _shown(build: Built) -> Callable[[Desk, Request], Page]:
    def show(desk: Desk, request: Request) -> Page:
        query = request.query_params
        page = build(desk, query)
        if page.template == "pending.html":
            return page
        chosen = {name: tuple(query.getlist(name)) for name in query}
        return _signed(desk, page, query, _remembered(request), chosen)

    return show


def _remembered(request: Request) -> str:
    return unquote(request.cookies.get(SIGNED, ""), errors="replace")[:200]


def _signed(
    desk: Desk,
    page: Page,
    given: Fields,
    by: str,
    typed: Mapping[str, tuple[str, ...]],
    wrong: RetoldError | None = None,
) -> Page:
    """A page with what every form of this kind has."""
    more = {
        **(page.more or {}),
        "by": by,
        "note": given.get("note", ""),
        "seen": corrections.newest(desk.archive),
        "back": _own(given.get("back", "")),
        "typed": typed,
        "wrong": wrong,
    }
    return replace(page, more=more)


def _own(address: str) -> str:
    """An address of ours, else nothing: a form leads to no other server."""
    sound = address.startswith("/") and address.isascii() and address.isprintable()
    if not sound or address.startswith("//") or "\\" in address or len(address) > 2_000:
        return ""
    return address


def _sent(build: Built, decide: Decided) -> Callable[[Desk, Form], Moved | Page]:
    def handle(desk: Desk, form: Form) -> Moved | Page:
        fields = form.fields
        try:
            whats, report = decide(desk, form)
            correct_all(
                desk.archive,
                whats,
                by=fields.get("by", ""),
                note=_note(fields),
                seen=_seen(fields),
            )
        except (UsageError, NothingFound) as error:
            return _again(desk, build, form, error)
        if any(isinstance(what, FieldCorrected) for what in whats):
            bring_up_to_date(desk)
        to = _own(fields.get("back", "")) or deciding.where(desk.archive, report)
        return Moved(to, fields["by"].strip())

    return handle


def _taken_back(desk: Desk, form: Form) -> Moved | Page:
    fields = form.fields
    try:
        number = fields.get("toggles", "")
        if not (number.isascii() and number.isdecimal() and len(number) < 10):
            raise NothingFound("there is no such correction", where=number[:40])
        undo(desk.archive, int(number), by=fields.get("by", ""), note=_note(fields))
    except (UsageError, NothingFound) as error:
        return _again(desk, _undo, form, error)
    found = decision(desk.archive, int(number))
    if found is not None and found.kind == "field":
        bring_up_to_date(desk)
    return Moved(_own(fields.get("back", "")) or "/corrections", fields["by"].strip())


def _note(fields: Fields) -> str | None:
    return fields.get("note", "").replace("\r\n", "\n").strip() or None


def _seen(fields: Fields) -> int | None:
    given = fields.get("seen", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else None


def _again(desk: Desk, build: Built, form: Form, error: RetoldError) -> Page:
    """The same page with the reason, and all that was typed."""
    status = (
        409 if isinstance(error, Overtaken) else 404 if isinstance(error, NothingFound) else 400
    )
    try:
        page = build(desk, form.fields)
    except RetoldError:
        page = None
    if page is None or page.template == "pending.html":
        note = form.fields.get("note", "")
        view = UnsentView(type(error).__name__, error.what, error.advice, note)
        return Page("unsent.html", error.what, view, status=status)
    by = form.fields.get("by", "")[:200]
    shown = _signed(desk, page, form.fields, by, form.lists, error)
    return replace(shown, status=status)


PAGES: Mapping[str, Callable[[Desk, Request], Page]] = {
    "/corrections": _list,
    "/correct/story": _shown(_story),
    "/correct/passage": _shown(_passage),
    "/correct/edge": _shown(_edge),
    "/correct/actors": _shown(_actors),
    "/correct/person": _shown(_person),
    "/correct/report": _shown(_report),
    "/correct/undo": _shown(_undo),
}
FORMS: Mapping[str, Callable[[Desk, Form], Moved | Page]] = {
    "/correct/story": _sent(_story, deciding.story),
    "/correct/passage": _sent(_passage, deciding.passage),
    "/correct/edge": _sent(_edge, deciding.edge),
    "/correct/actors": _sent(_actors, deciding.actors),
    "/correct/person": _sent(_person, deciding.person),
    "/correct/report": _sent(_report, deciding.fields),
    "/correct/undo": _taken_back,
}
