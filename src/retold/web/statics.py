"""The app's own files: style and scripts, addressed by what is in them and kept by browsers."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from importlib.resources import files

from retold.show.html.style import page_style

__all__ = ["STATIC", "content", "digest", "style"]

STATIC = {
    "retold.css": "text/css; charset=utf-8",
    "htmx.min.js": "text/javascript; charset=utf-8",
    "htmx.LICENSE": "text/plain; charset=utf-8",
    "inline.js": "text/javascript; charset=utf-8",
    "keys.js": "text/javascript; charset=utf-8",
}
"""Name -> media type."""


@cache
def content(name: str) -> bytes:
    """Of a file.

    Raises:
        KeyError: there is none of this name.
    """
    if name not in STATIC:
        raise KeyError(name)
    if name == "retold.css":
        return style().encode()
    return files("retold.web").joinpath("static", name).read_bytes()


@cache
def digest(name: str) -> str:
    """A short hash of a file's content."""
    return blake2b(content(name), digest_size=6).hexdigest()


@cache
def style() -> str:
    """The style sheet: that of the comparison's page, and what the app adds."""
    return page_style() + files("retold.web").joinpath("static/app.css").read_text("utf-8")
