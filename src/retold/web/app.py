"""The routes. A page is a view (a noun) and a template; its JSON is the view."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from urllib.parse import quote

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from retold.archive import Archive
from retold.errors import RetoldError, TooLarge, UsageError
from retold.settings import DEFAULTS, Settings
from retold.show.records import record
from retold.web.desk import SIGNED, Desk, Form, Moved, Page
from retold.web.errors import error_page
from retold.web.guard import Access, Guard
from retold.web.handlers.reading import KEPT, PAGES
from retold.web.handlers.writing import FORMS
from retold.web.links import whole
from retold.web.openapi import json_path, openapi
from retold.web.pages import html
from retold.web.remembered import Answer, Remembered
from retold.web.statics import STATIC, content, digest

__all__ = ["create_app"]

_MOST_FILES = 200
_MOST_FIELDS = 1_000
_YEAR = 365 * 86_400
_HTML = "text/html; charset=utf-8"
# Looked at again before it is shown again; by nobody but this reader's browser.
_ANEW = "private, no-cache"
_VARY = "Accept"


def create_app(archive: Archive, access: Access, settings: Settings = DEFAULTS) -> Guard:
    """The app over an archive.

    Args:
        archive: open; it is not closed.
        access: who may ask what.
        settings: of what is derived.
    """
    desk = Desk(archive, settings, access)
    remembered = Remembered(archive)
    routes = [
        *(
            Route(where, _answering(desk, remembered, path, json=json), methods=["GET"])
            for path in PAGES
            for where, json in ((json_path(path), True), (path, False))
        ),
        *(Route(path, _taking(desk, handler), methods=["POST"]) for path, handler in FORMS.items()),
        Route("/openapi.json", _described, methods=["GET"]),
        Route("/static/{name}", _static, methods=["GET"]),
    ]
    handlers = dict.fromkeys((HTTPException, RetoldError, Exception), _handling(desk))

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await run_in_threadpool(desk.close)

    return Guard(Starlette(routes=routes, exception_handlers=handlers, lifespan=lifespan), access)


def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in STATIC:
        raise HTTPException(404)
    tag = f'"{digest(name)}"'
    named = request.url.query == f"v={digest(name)}"  # another content has another address
    lasting = f"private, max-age={_YEAR}, immutable" if named else _ANEW
    headers = {"cache-control": lasting, "etag": tag}
    if _has(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(content(name), headers={**headers, "content-type": STATIC[name]})


def _described(request: Request) -> Response:
    return Response(msgspec.json.encode(openapi()), media_type="application/json")


def _answering(
    desk: Desk, remembered: Remembered, path: str, *, json: bool
) -> Callable[[Request], Response]:
    handler = PAGES[path]

    def answer(request: Request) -> Response:
        parameters = {name: whole(part) for name, part in request.path_params.items()}
        request.scope["path_params"] = parameters
        wanted = json or _wants_json(request)
        if path not in KEPT:
            return _response(_answer(desk, handler(desk, request), json=wanted))
        # Without headers: what is given to others must not depend on who asked first.
        anybody = Request({**request.scope, "headers": []})
        depends = KEPT[path]
        found, tag = remembered.answer(
            (request.url.path, request.scope["query_string"], wanted),
            None if depends is None else lambda connection: depends(connection, parameters),
            lambda: _answer(desk, handler(desk, anybody), json=wanted),
        )
        return _response(found, tag, known=_has(request, tag))

    return answer


def _taking(
    desk: Desk, handler: Callable[[Desk, Form], Moved | Page]
) -> Callable[[Request], Awaitable[Response]]:
    async def take(request: Request) -> Response:
        form = await _form(request, desk.settings.limits.page_bytes)
        form.require(desk)
        answer = await run_in_threadpool(handler, desk, form)
        if isinstance(answer, Page):
            return await run_in_threadpool(_shown, desk, request, answer)
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


def _answer(desk: Desk, page: Page, *, json: bool) -> Answer:
    if json:
        return Answer(record(page.view), "application/json", page.status, page.lasting)
    body = html(desk, page).encode("utf-8", "replace")
    return Answer(body, _HTML, page.status, page.lasting)


def _response(answer: Answer, tag: str | None = None, *, known: bool = False) -> Response:
    headers = {"cache-control": _ANEW, "vary": _VARY}
    if tag is not None and answer.status == 200:
        headers["etag"] = tag
        if known:
            return Response(status_code=304, headers=headers)
    return Response(answer.body, answer.status, {**headers, "content-type": answer.media})


def _shown(desk: Desk, request: Request, page: Page) -> Response:
    """A page that is for this reader alone."""
    json = request.url.path.endswith(".json") or _wants_json(request)
    return _response(_answer(desk, page, json=json))


def _wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def _has(request: Request, tag: str) -> bool:
    """Whether the reader has what this ETag names (RFC 9110, 13.1.2)."""
    given = request.headers.get("if-none-match", "")
    return any(one.strip().removeprefix("W/") in (tag, "*") for one in given.split(","))


def _handling(desk: Desk) -> Callable[[Request, Exception], Response]:
    def handle(request: Request, error: Exception) -> Response:
        return _shown(desk, request, error_page(error))

    return handle
