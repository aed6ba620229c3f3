"""Elements, made so that text from outside stays text.

A child that is not `Html` is escaped, an attribute's value always is, and an address is written
only if it leads into the page or to http(s), or if the program made it (`Address`). There is no
way to pass raw HTML through but to call `Html` on it, which only this file and the drawing's
numbers do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from retold.show.marks import hidden, visible

__all__ = ["Address", "Html", "el", "join", "text"]

_VOID = frozenset({"meta", "br", "hr"})
_ADDRESS = re.compile(r"#[\w.-]+$|https?://", re.IGNORECASE | re.ASCII)


class Html(str):
    """A finished piece of HTML."""

    __slots__ = ()


class Address(str):
    """An address of a page of our own, whose parts are quoted; it is written as it is."""

    __slots__ = ()


def text(words: str) -> Html:
    """Words as HTML; characters that cannot be seen become marks."""
    if words.isascii() and words.isprintable():  # nearly always, and nothing to look for
        return Html(escape(words))
    return Html(
        "".join(
            f'<span class="ctl">{escape(part)}</span>' if marked else escape(part)
            for part, marked in hidden(words)
        )
    )


def _attribute(name: str, value: str | int | float | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    if value is True:
        return f" {name}"
    if name == "href" and not isinstance(value, Address) and not _ADDRESS.match(str(value)):
        return ""
    return f' {name}="{escape(visible(str(value)), quote=True)}"'


def el(
    tag: str, *children: str | Html | None, **attributes: str | int | float | bool | None
) -> Html:
    """An element. Attribute names: `class_` is `class`, `aria_label` is `aria-label`."""
    opened = "".join(_attribute(name, value) for name, value in attributes.items())
    if tag in _VOID:
        return Html(f"<{tag}{opened}>")
    inner = "".join(
        child if isinstance(child, Html) else text(child) for child in children if child is not None
    )
    return Html(f"<{tag}{opened}>{inner}</{tag}>")


def join(parts: Iterable[str | Html], by: str = "") -> Html:
    """Parts one after the other; those that are not `Html` are escaped."""
    between = escape(by)
    return Html(between.join(part if isinstance(part, Html) else text(part) for part in parts))
