"""The pages of a story. While its telling is not worked out, each of them says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.requests import Request

from retold.archive import stories
from retold.holdings import KeptStory
from retold.web.desk import Desk, Page
from retold.web.drawings.strips import cells_strip
from retold.web.drawings.tree import tree_drawing
from retold.web.prepared import Prepared
from retold.web.shelf import Pending
from retold.web.views.story import TABLE, pending_view, story_view

__all__ = ["STORY"]

Shown = Callable[[Desk, Request, KeptStory, Prepared], Page]


def _of(shown: Shown) -> Callable[[Desk, Request], Page]:
    """A page that needs the story's telling."""

    def handler(desk: Desk, request: Request) -> Page:
        story = stories.get(desk.archive, request.path_params["story"])
        found = desk.shelf.find(desk.archive, desk.settings, story)
        if isinstance(found, Pending):
            return Page("pending.html", story.line.title, pending_view(story, found))
        return shown(desk, request, story, found)

    return handler


def _story(desk: Desk, request: Request, story: KeptStory, found: Prepared) -> Page:
    query = request.query_params
    view = story_view(
        story,
        found,
        order="story" if query.get("order") == "story" else "weight",
        fold=query.get("copies") != "apart",
        every=query.get("rows") == "all",
    )
    parts = {
        "drawing": tree_drawing(view.tree, desk.links, story.line.id),
        "cells_strip": cells_strip,
        "table": TABLE,
    }
    return Page("story.html", story.line.title, view, parts)


# Path -> what answers it.
STORY: Mapping[str, Callable[[Desk, Request], Page]] = {
    "/story/{story}": _of(_story),
}
