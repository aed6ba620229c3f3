"""Templates, and how words from outside get into them: as words, with nothing hidden in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from retold.holdings import Hit
from retold.model import Span
from retold.show.html.markup import Html, el, join, text
from retold.show.marks import clip, visible
from retold.show.names import count
from retold.version import __version__
from retold.web.desk import Desk, Page
from retold.web.guard import form_token

__all__ = ["excerpt", "html", "marked", "render"]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("retold.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(clip=clip, count=_count, address=_address, iso=_iso)
    environment.globals.update(version=__version__, excerpt=excerpt, marked=marked)
    return environment


def render(template: str, values: Mapping[str, Any]) -> str:
    """A page. Every value that is not `Html` is escaped, what cannot be seen becomes a mark."""
    return _environment().get_template(template).render(**values)


def html(desk: Desk, page: Page) -> str:
    """An answer as a page.

    Args:
        desk: whose links lead on, and whose forms have its token.
        page: the answer.
    """
    values = {
        "title": page.title,
        "view": page.view,
        "links": desk.links,
        "token": form_token(desk.access),
        **(page.more or {}),
    }
    return render(page.template, values)


def _shown(value: Any) -> Any:
    if isinstance(value, Html):
        return Markup(str(value))  # made by retold.show.html, which escapes
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return escape(visible(value))


def marked(span: Span, words: str, marks: Sequence[Span]) -> Html:
    """A piece of a report, with what was looked for marked; spans of the report's text."""
    start, end = span
    parts: list[Html] = []
    at = start
    for first, behind in marks:
        if start <= first and behind <= end:
            parts += [text(words[at - start : first - start])]
            parts += [el("mark", words[first - start : behind - start])]
            at = behind
    return join([*parts, text(words[at - start :])])


def excerpt(hit: Hit) -> Html:
    """The piece of a report that a search shows, with what was looked for marked."""
    return marked(hit.span, hit.excerpt, hit.marks)


def _count(number: int, one: str, several: str | None = None) -> str:
    return count(number, one, several)


def _address(part: str) -> Markup:
    """A part of a path or query: an id, a name."""
    return Markup(quote(part.encode("utf-8", "surrogatepass"), safe=""))


def _iso(moment: str | None) -> str:
    """A date as precise as it is given, without the T and the seconds; with its zone."""
    if moment is None:
        return ""
    day, _, time = moment.partition("T")
    zone = time[5:].lstrip(":0123456789.")
    zone = "UTC" if zone in ("Z", "+00:00") else zone
    return f"{day} {time[:5]} {zone}".rstrip() if time else day
