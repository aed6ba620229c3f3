"""The routes. A page is a view (a noun) and a template; its JSON is the view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from retold.archive import Archive
from retold.archive.stories import KINDS
from retold.errors import NothingFound, RetoldError, UsageError
from retold.model import Noun
from retold.settings import DEFAULTS, Settings
from retold.show.html.context import context
from retold.show.html.quotations import quotations
from retold.show.html.readings import full_text
from retold.show.html.reports import reports
from retold.show.records import record
from retold.web.guard import Access, Guard, form_token
from retold.web.links import Served
from retold.web.pages import render, style
from retold.web.views.quoting import QuotationsView, person_view, quotations_view
from retold.web.views.report import report_view, telling_of_one
from retold.web.views.searching import search_view
from retold.web.views.stories import stories_view

__all__ = ["Desk", "Page", "create_app"]


@dataclass(frozen=True, slots=True)
class Desk:
    """What the pages work with.

    Attributes:
        archive: open; for writing where people may correct and add.
        settings: of what is derived.
        access: who may ask.
    """

    archive: Archive
    settings: Settings
    access: Access


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: a view, and the template that shows it.

    Attributes:
        title: of the page.
        more: what only the template needs, such as drawings.
    """

    template: str
    title: str
    view: Noun
    more: Mapping[str, Any] | None = None
    status: int = 200


class ErrorView(Noun, frozen=True):
    """What went wrong: what, where, and what to do next."""

    error: str
    what: str
    where: str
    advice: str


def create_app(archive: Archive, access: Access, settings: Settings = DEFAULTS) -> Guard:
    """The app over an archive.

    Args:
        archive: open; it is not closed.
        access: who may ask what.
        settings: of what is derived.
    """
    desk = Desk(archive, settings, access)
    routes = [
        *(
            route
            for path, handler in _pages().items()
            for route in (
                Route(_json_path(path), _answering(desk, handler, json=True), methods=["GET"]),
                Route(path, _answering(desk, handler), methods=["GET"]),
            )
        ),
        Route("/static/retold.css", _style, methods=["GET"]),
        Mount("/static", StaticFiles(directory=str(files("retold.web").joinpath("static")))),
    ]
    app = Starlette(
        routes=routes,
        exception_handlers={
            HTTPException: _handling(desk),
            RetoldError: _handling(desk),
        },
    )
    return Guard(app, access)


def _pages() -> dict[str, Callable[[Desk, Request], Page]]:
    """Path -> what answers; it runs in a thread and may read the archive."""
    return {
        "/": _stories,
        "/search": _search,
        "/report/{report}": _report,
        "/quotations": _quotations,
        "/person": _person,
    }


def _stories(desk: Desk, request: Request) -> Page:
    view = stories_view(desk.archive, request.query_params)
    return Page("stories.html", "Stories", view, {"kinds": KINDS})


def _search(desk: Desk, request: Request) -> Page:
    view = search_view(desk.archive, request.query_params)
    return Page("search.html", "Search", view)


def _report(desk: Desk, request: Request) -> Page:
    view = report_view(desk.archive, request.path_params["report"])
    shown = context(telling_of_one(view))
    parts = {
        "text": full_text(shown),
        "quotations": quotations(shown),
        "origin": reports(shown),
    }
    return Page("report.html", view.report.title or "A report", view, parts)


def _quotations(desk: Desk, request: Request) -> Page:
    view = quotations_view(desk.archive, request.query_params)
    return Page("quotations.html", "Quotations", view or QuotationsView("", False, (), False))


def _person(desk: Desk, request: Request) -> Page:
    view = person_view(desk.archive, request.query_params.get("name", ""))
    return Page("person.html", view.name, view)


def _style(request: Request) -> Response:
    return Response(style(), media_type="text/css")


def _json_path(path: str) -> str:
    return "/index.json" if path == "/" else f"{path}.json"


def _answering(
    desk: Desk, handler: Callable[[Desk, Request], Page], *, json: bool = False
) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        return _response(desk, request, handler(desk, request), json=json)

    return answer


def _response(desk: Desk, request: Request, page: Page, *, json: bool = False) -> Response:
    if json or "application/json" in request.headers.get("accept", ""):
        return Response(record(page.view), page.status, media_type="application/json")
    values = {
        "title": page.title,
        "view": page.view,
        "links": Served(),
        "token": form_token(desk.access),
        "fragment": request.headers.get("hx-request") == "true",
        **(page.more or {}),
    }
    return HTMLResponse(render(page.template, values), page.status)


def _handling(desk: Desk) -> Callable[[Request, Exception], Response]:
    def handle(request: Request, error: Exception) -> Response:
        view, status = _said(error)
        json = request.url.path.endswith(".json")
        page = Page("error.html", view.what, view, status=status)
        return _response(desk, request, page, json=json)

    return handle


def _said(error: Exception) -> tuple[ErrorView, int]:
    if isinstance(error, HTTPException):
        what = "There is no such page" if error.status_code == 404 else str(error.detail)
        return ErrorView("HTTPException", what, "", ""), error.status_code
    if isinstance(error, RetoldError):
        status = 404 if isinstance(error, NothingFound) else 400
        if not isinstance(error, NothingFound | UsageError):
            status = 503
        return ErrorView(type(error).__name__, error.what, error.where, error.advice), status
    return ErrorView("Error", "Something went wrong here", "", ""), 500
