"""Where pages lead: to addresses of the server, or to files of a site."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol
from urllib.parse import quote, urlencode

from retold.web.statics import digest

__all__ = ["Links", "Served", "place", "whole"]

_APART = re.compile("[/~\x00\ud800-\udfff]")
_DOTS = re.compile("[./~\x00\ud800-\udfff]")
_WRITTEN = re.compile("~([0-9a-f]{1,6})~")


class Links(Protocol):
    """The addresses that a page may name."""

    #: whether there is a server behind the pages: searching, adding, correcting
    live: bool

    def static(self, name: str) -> str:
        """Of a file of the app's own."""

    def home(self) -> str:
        """Of the list of stories."""

    def stories(self, query: Mapping[str, str]) -> str:
        """Of the list of stories, filtered or at a later page."""

    def story(self, story: str, part: str = "") -> str:
        """Of a story, or a part of its page."""

    def of_story(
        self, story: str, page: str, query: Mapping[str, str] | None = None, part: str = ""
    ) -> str:
        """Of a further page of a story ("passages", "passage/P3" …), or a part of it."""

    def report(self, report: str, at: int | None = None) -> str:
        """Of a report, at a sentence of it (from 1)."""

    def search(self, query: Mapping[str, str]) -> str:
        """Of the reports that a search finds."""

    def quotations(self, query: Mapping[str, str]) -> str:
        """Of the quotations that hold something."""

    def person(self, name: str) -> str:
        """Of what somebody was quoted as saying."""


def _with(path: str, query: Mapping[str, str]) -> str:
    given = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(given, errors='surrogatepass')}" if given else path


def _part(name: str) -> str:
    """A name as one part of a path.

    What no server hands on as it was ("/" and lone surrogates, "." and ".." as a whole part, the
    ending of a page's JSON) is written as ~2f~; `whole` reads it.
    """
    apart = _DOTS if name in (".", "..") or name.endswith(".json") else _APART
    name = apart.sub(lambda found: f"~{ord(found[0]):x}~", name)
    return quote(name, safe="")


def place(part: str) -> str:
    """The end of an address that leads to a part of a page; "" for the whole."""
    return f"#{quote(part.encode('utf-8', 'surrogatepass'), safe='')}" if part else ""


def whole(part: str) -> str:
    """The name that a part of a path was written for."""
    return _WRITTEN.sub(lambda found: chr(min(int(found[1], 16), 0x10FFFF)), part)


class Served:
    """See `Links`: a server's."""

    live = True

    def static(self, name: str) -> str:
        """Of a file of the app's own."""
        return f"/static/{name}?v={digest(name)}"

    def home(self) -> str:
        """Of the list of stories."""
        return "/"

    def stories(self, query: Mapping[str, str]) -> str:
        """Of the list of stories, filtered or at a later page."""
        return _with("/", query)

    def story(self, story: str, part: str = "") -> str:
        """Of a story, or a part of its page."""
        return f"/story/{_part(story)}" + place(part)

    def of_story(
        self, story: str, page: str, query: Mapping[str, str] | None = None, part: str = ""
    ) -> str:
        """Of a further page of a story ("passages", "passage/P3" …), or a part of it."""
        path = f"/story/{_part(story)}/{quote(page)}"
        return _with(path, query or {}) + place(part)

    def report(self, report: str, at: int | None = None) -> str:
        """Of a report, at a sentence of it (from 1)."""
        return f"/report/{_part(report)}" + (f"#s-A-{at}" if at is not None else "")

    def search(self, query: Mapping[str, str]) -> str:
        """Of the reports that a search finds."""
        return _with("/search", query)

    def quotations(self, query: Mapping[str, str]) -> str:
        """Of the quotations that hold something."""
        return _with("/quotations", query)

    def person(self, name: str) -> str:
        """Of what somebody was quoted as saying."""
        return _with("/person", {"name": name})
