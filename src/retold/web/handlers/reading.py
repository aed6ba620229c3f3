"""Pages. Each handler runs in a thread and may read the archive."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec
from sqlalchemy import Connection
from starlette.requests import Request

from retold.archive import fingerprints, stories
from retold.archive.stories import KINDS
from retold.holdings import KeptStory
from retold.show.html.context import context
from retold.show.html.quotations import quotations
from retold.show.html.readings import full_text
from retold.show.html.reports import reports
from retold.web.desk import Desk, Page
from retold.web.drawings.strips import time_strip
from retold.web.handlers import adding, correcting
from retold.web.handlers.story import STORY
from retold.web.shelf import Pending
from retold.web.views.quoting import QuotationsView, person_view, quotations_view
from retold.web.views.report import ReportView, report_view, telling_of_one
from retold.web.views.searching import search_view
from retold.web.views.stories import StoriesView, stories_view
from retold.web.views.travels import copies, travels

__all__ = ["KEPT", "PAGES", "list_page"]


def _stories(desk: Desk, request: Request) -> Page:
    view = stories_view(desk.archive, request.query_params)
    tracing = desk.shelf.trace(desk.archive, desk.settings, view.found.stories)
    here = desk.links.stories({**view.asked, "after": request.query_params.get("after", "")})
    return list_page(view, here, tracing)


def list_page(view: StoriesView, here: str = "", tracing: frozenset[str] = frozenset()) -> Page:
    """The page of a list of stories.

    Args:
        view: what it shows.
        here: its address.
        tracing: ids of the stories that are being told.
    """
    more = {"kinds": KINDS, "time_strip": time_strip, "here": here, "tracing": tracing}
    return Page("stories.html", "Stories", view, more, lasting=not tracing)


def _search(desk: Desk, request: Request) -> Page:
    view = search_view(desk.archive, request.query_params)
    return Page("search.html", "Search", view)


def _report(desk: Desk, request: Request) -> Page:
    view = report_view(desk.archive, request.path_params["report"], desk.shown)
    lasting = True
    if view.story is not None:
        view, lasting = _travelled(desk, view, stories.get(desk.archive, view.story))
    shown = context(telling_of_one(view))
    parts = {
        "text": full_text(shown),
        "quotations": quotations(shown),
        "origin": reports(shown),
    }
    return Page("report.html", view.report.title or "A report", view, parts, lasting=lasting)


def _travelled(desk: Desk, view: ReportView, story: KeptStory) -> tuple[ReportView, bool]:
    """The same with what its story says of it, and whether that is all; without it while the story
    is worked out."""
    name = view.report.id
    view = msgspec.structs.replace(view, copies=copies(story, name, desk.shown))
    if story.line.reports < 2:
        return msgspec.structs.replace(view, travels=()), True
    found = desk.shelf.find(desk.archive, desk.settings, story)
    if isinstance(found, Pending):
        return view, False
    return msgspec.structs.replace(view, travels=travels(found, name, desk.shown)), True


def _quotations(desk: Desk, request: Request) -> Page:
    view = quotations_view(desk.archive, request.query_params)
    return Page("quotations.html", "Quotations", view or QuotationsView("", (), (), False))


def _person(desk: Desk, request: Request) -> Page:
    view = person_view(desk.archive, request.query_params.get("name", ""), desk.shown)
    return Page("person.html", view.name, view)


# Path -> what answers it. Its JSON is at the same path with ".json".
PAGES: Mapping[str, Callable[[Desk, Request], Page]] = {
    "/": _stories,
    "/search": _search,
    "/report/{report}": _report,
    "/quotations": _quotations,
    "/person": _person,
    **STORY,
    **adding.PAGES,
    **correcting.PAGES,
}


def _by_story(connection: Connection, parameters: Mapping[str, str]) -> str:
    return fingerprints.of_story(connection, parameters["story"])


def _by_report(connection: Connection, parameters: Mapping[str, str]) -> str:
    return fingerprints.of_report(connection, parameters["report"])


# Path -> a fingerprint of what its page is made from; None where that is the whole archive. These
# pages are the same for everybody: they read neither cookies nor other headers.
KEPT: Mapping[str, Callable[[Connection, Mapping[str, str]], str] | None] = {
    "/": None,
    "/search": None,
    "/quotations": None,
    "/person": None,
    "/corrections": None,
    "/report/{report}": _by_report,
    **dict.fromkeys(STORY, _by_story),
}
