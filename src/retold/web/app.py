"""The routes. A page is a view (a noun) and a template; its JSON is the view."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib.resources import files
from urllib.parse import quote

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from retold.archive import Archive
from retold.errors import RetoldError, TooLarge, UsageError
from retold.settings import DEFAULTS, Settings
from retold.show.records import record
from retold.web.desk import SIGNED, Desk, Form, Moved, Page
from retold.web.errors import error_page
from retold.web.guard import Access, Guard
from retold.web.handlers.reading import PAGES
from retold.web.handlers.writing import FORMS
from retold.web.links import whole
from retold.web.openapi import json_path, openapi
from retold.web.pages import html, style

__all__ = ["create_app"]

_MOST_FILES = 200
_MOST_FIELDS = 1_000
_YEAR = 365 * 86_400


def create_app(archive: Archive, access: Access, settings: Settings = DEFAULTS) -> Guard:
    """The app over an archive.

    Args:
        archive: open; it is not closed.
        access: who may ask what.
        settings: of what is derived.
    """
    desk = Desk(archive, settings, access)
    static = StaticFiles(directory=str(files("retold.web").joinpath("static")))
    routes = [
        *(
            Route(where, _answering(desk, handler, json=json), methods=["GET"])
            for path, handler in PAGES.items()
            for where, json in ((json_path(path), True), (path, False))
        ),
        *(Route(path, _taking(desk, handler), methods=["POST"]) for path, handler in FORMS.items()),
        Route("/openapi.json", _described, methods=["GET"]),
        Route("/static/retold.css", _style, methods=["GET"]),
        Mount("/static", static),
    ]
    handlers = dict.fromkeys((HTTPException, RetoldError, Exception), _handling(desk))

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await run_in_threadpool(desk.close)

    return Guard(Starlette(routes=routes, exception_handlers=handlers, lifespan=lifespan), access)


def _style(request: Request) -> Response:
    return Response(style(), media_type="text/css")


def _described(request: Request) -> Response:
    return Response(msgspec.json.encode(openapi()), media_type="application/json")


def _answering(
    desk: Desk, handler: Callable[[Desk, Request], Page], *, json: bool
) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        parameters = request.scope["path_params"]
        request.scope["path_params"] = {name: whole(part) for name, part in parameters.items()}
        return _response(desk, request, handler(desk, request), json=json)

    return answer


def _taking(
    desk: Desk, handler: Callable[[Desk, Form], Moved | Page]
) -> Callable[[Request], Awaitable[Response]]:
    async def take(request: Request) -> Response:
        form = await _form(request, desk.settings.limits.page_bytes)
        form.require(desk)
        answer = await run_in_threadpool(handler, desk, form)
        if isinstance(answer, Page):
            return await run_in_threadpool(_response, desk, request, answer)
        response = RedirectResponse(answer.to, 303)
        if answer.signed is not None:
            name = quote(answer.signed.encode("utf-8", "replace"), safe="")
            response.set_cookie(SIGNED, name, _YEAR, httponly=True, samesite="strict")
        return response

    return take


async def _form(request: Request, most: int) -> Form:
    """What was sent, within limits.

    Raises:
        TooLarge: more than `most` bytes.
        UsageError: it is no form.
    """
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > most:
        raise TooLarge(
            f"a form may have {most:,} bytes, and says how many it has",
            advice="Add large files with `retold add`",
        )
    fields: dict[str, list[str]] = {}
    uploads: list[tuple[str, bytes]] = []
    try:
        async with request.form(
            max_files=_MOST_FILES, max_fields=_MOST_FIELDS, max_part_size=most
        ) as sent:
            for name, value in sent.multi_items():
                if isinstance(value, UploadFile):
                    uploads.append((value.filename or "", await value.read()))
                else:
                    fields.setdefault(name, []).append(value)
    except HTTPException as error:
        raise UsageError("this is no form", where=str(error.detail)[:200]) from None
    last = {name: values[-1] for name, values in fields.items()}
    return Form(last, {name: tuple(values) for name, values in fields.items()}, tuple(uploads))


def _response(desk: Desk, request: Request, page: Page, *, json: bool = False) -> Response:
    if json or "application/json" in request.headers.get("accept", ""):
        return Response(record(page.view), page.status, media_type="application/json")
    fragment = request.headers.get("hx-request") == "true"
    return HTMLResponse(html(desk, page, fragment=fragment), page.status)


def _handling(desk: Desk) -> Callable[[Request, Exception], Response]:
    def handle(request: Request, error: Exception) -> Response:
        json = request.url.path.endswith(".json")
        return _response(desk, request, error_page(error), json=json)

    return handle
