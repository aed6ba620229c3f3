"""The pages of a story. While its telling is not worked out, each of them says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from starlette.requests import Request

from retold.archive import stories
from retold.holdings import KeptStory
from retold.show.footnotes import footnotes, telling_ones
from retold.show.html.entries import entry
from retold.show.html.markup import Html
from retold.show.html.quotations import quotation
from retold.show.names import percent
from retold.web.desk import Desk, Page
from retold.web.drawings.collation import led, moved_drawing, passage_parts, same_words
from retold.web.drawings.strips import cells_strip, sentences_strip
from retold.web.drawings.tree import tree_drawing
from retold.web.prepared import Prepared
from retold.web.shelf import Pending
from retold.web.views.asking import chosen
from retold.web.views.collation import PassagesView, passage_view, passages_view
from retold.web.views.decisions import decisions_about
from retold.web.views.descent import descent_view
from retold.web.views.evidence import evidence_view
from retold.web.views.statements import statements_view
from retold.web.views.story import TABLE, pending_view, story_view

__all__ = ["STORY"]

Shown = Callable[[Desk, Request, KeptStory, Prepared], Page]
_DIFFERS = 4


def _of(shown: Shown) -> Callable[[Desk, Request], Page]:
    """A page that needs the story's telling."""

    def handler(desk: Desk, request: Request) -> Page:
        story = stories.get(desk.archive, request.path_params["story"])
        found = desk.shelf.find(desk.archive, desk.settings, story)
        if isinstance(found, Pending):
            view = pending_view(story, found)
            return Page("pending.html", story.line.title, view, lasting=False)
        page = shown(desk, request, story, found)
        members = [one.report for one in story.members]
        decided = decisions_about(desk.archive, members, shown=desk.shown)
        return replace(page, more={**(page.more or {}), "decided": decided})

    return handler


def _story(desk: Desk, request: Request, story: KeptStory, found: Prepared) -> Page:
    query = request.query_params
    view = story_view(
        story,
        found,
        order="story" if chosen(query, "order", ("weight", "story")) == "story" else "weight",
        fold=chosen(query, "copies", ("together", "apart")) == "together",
        every=chosen(query, "rows", ("first", "all")) == "all",
    )
    parts = {
        "drawing": tree_drawing(view.tree, desk.links, story.line.id),
        "cells_strip": cells_strip,
        "table": TABLE,
    }
    return Page("story.html", story.line.title, view, parts)


def _passages(desk: Desk, request: Request, story: KeptStory, found: Prepared) -> Page:
    # Without a server passages have no pages of their own: there would be too many files.
    whole = not desk.links.live
    view = passages_view(story, found, request.query_params, whole=whole)
    parts = _collated(desk, story, found, view, whole=whole)
    title = f"Passages: {story.line.title}"
    return Page("passages.html", title, view, {**parts, "sentences_strip": sentences_strip})


def _passage(desk: Desk, request: Request, story: KeptStory, found: Prepared) -> Page:
    view = passage_view(story, found, request.path_params["passage"], request.query_params)
    parts = _collated(desk, story, found, view, whole=True)
    every = found.telling.passages
    at = view.page - 1
    beside = {
        "before": every[at - 1].id if at else None,
        "after": every[at + 1].id if at + 1 < len(every) else None,
    }
    return Page(
        "passage.html", f"Passage {view.page}: {story.line.title}", view, {**parts, **beside}
    )


def _collated(
    desk: Desk, story: KeptStory, found: Prepared, view: PassagesView, *, whole: bool
) -> dict[str, object]:
    drawn = {one.number for one in view.passages}
    page = led(found, desk.links, story.line.id, drawn)
    return {
        "story": story,
        "parts": {
            one.passage.id: passage_parts(page, one, desk.links, whole=whole)
            for one in view.passages
        },
        "moved": {
            one.passage.id: [moved_drawing(page, one, each) for each in one.moved]
            for one in view.passages
        },
    }


def _statements(desk: Desk, request: Request, story: KeptStory, found: Prepared) -> Page:
    view = statements_view(story, found, request.query_params, whole=not desk.links.live)
    page = led(found, desk.links, story.line.id)
    differs: dict[str, list[Html]] = {}
    for one in view.statements:
        if one.statement is not None:
            notes = footnotes(one.statement.differs, page.look.order, page.look.text)
            differs[one.id] = [
                entry(page, note, page.in_sentence, most=_DIFFERS)
                for note in telling_ones(notes, _DIFFERS)
            ]
    parts = {
        "story": story,
        "differs": differs,
        "form_of": lambda form: quotation(page, form.quotation, same_words(form, desk.links)),
    }
    return Page("statements.html", f"Statements: {story.line.title}", view, parts)


def _descent(desk: Desk, request: Request, story: KeptStory, found: Prepared) -> Page:
    view = descent_view(story, found, request.query_params)
    page = led(found, desk.links, story.line.id)
    drawing = tree_drawing(view.tree, desk.links, story.line.id) if view.page == 1 else None
    parts = {"story": story, "drawing": drawing, "reasons": page.evidence, "percent": percent}
    return Page("descent.html", f"Who from whom: {story.line.title}", view, parts)


def _evidence(desk: Desk, request: Request, story: KeptStory, found: Prepared) -> Page:
    view = evidence_view(story, found, request.query_params)
    page = led(found, desk.links, story.line.id)
    parts = {
        "story": story,
        # Several places in one sentence are one place to look at.
        "sentence_links": lambda places: list(dict.fromkeys(map(page.sentence_link, places))),
        "percent": percent,
    }
    return Page("evidence.html", f"Evidence: {story.line.title}", view, parts)


# Path -> what answers it.
STORY: Mapping[str, Callable[[Desk, Request], Page]] = {
    "/story/{story}": _of(_story),
    "/story/{story}/passages": _of(_passages),
    "/story/{story}/passage/{passage}": _of(_passage),
    "/story/{story}/statements": _of(_statements),
    "/story/{story}/descent": _of(_descent),
    "/story/{story}/evidence": _of(_evidence),
}
