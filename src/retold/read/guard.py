"""A linear look over a page before a parser sees it.

lxml takes 6.8 s for 0.4 MB of attributes in one tag, and cuts elements nested deeper than about
255 silently; trafilatura takes 8 s for 0.3 MB of attributes. One pass of regular expressions
without backtracking counts both, so that such a page is refused at once.

Most pages are small and flat, and are parsed in this process: starting another costs more than
parsing them. A page that is large or oddly built, yet within the limits, is parsed in a process
of its own that is stopped after `limits.parse_seconds` (`retold.read.worker`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from retold.errors import TooLarge
from retold.settings import Limits

__all__ = ["Shape", "check", "is_unusual", "shape_of"]

# 1 MB of markup takes trafilatura about 0.3 s; nine in ten article pages are below this.
_LARGE = 700_000
_MANY_ATTRIBUTES = 100
_DEEP = 120
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})|<!--")
# What lies between "<name" and ">": attributes, quoted values whole. A quote that is never closed
# runs to the end of the page, as in a parser.
_INSIDE = re.compile(r"\"[^\"]*+\"?|'[^']*+'?|>|[\s/]++|[^\s\"'>/]++")
_RAW_TEXT = ("script", "style", "textarea", "title")
_EMPTY = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
# Elements whose end tag may be left out: the next one closes them, so they do not nest by
# themselves. They do inside their containers, which count for all levels they bring.
_UNCLOSED = frozenset(
    [
        "p",
        "li",
        "dt",
        "dd",
        "option",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "colgroup",
        "rt",
        "rp",
    ]
)
_LEVELS = {"table": 3, "ul": 2, "ol": 2, "dl": 2, "select": 2}


@dataclass(frozen=True, slots=True)
class Shape:
    """How a page is built: its size, its deepest nesting, most attributes of one tag, its tags."""

    characters: int
    nesting: int
    attributes: int
    elements: int


def shape_of(markup: str) -> Shape:
    """Counts of a page, in one pass."""
    depth = deepest = most = elements = 0
    at = 0
    while True:
        match = _TAG.search(markup, at)
        if match is None:
            break
        at = match.end()
        closing, name = match.groups()
        elements += not closing
        if name is None:  # a comment
            end = markup.find("-->", at)
            at = len(markup) if end < 0 else end + 3
            continue
        name = name.lower()
        attributes, at = _attributes(markup, at)
        most = max(most, attributes)
        if name in _RAW_TEXT and not closing:
            end = _end_of(markup, name, at)
            at = len(markup) if end < 0 else end
        elif name in _EMPTY or name in _UNCLOSED:
            continue
        elif closing:
            depth = max(0, depth - _LEVELS.get(name, 1))
        else:
            depth += _LEVELS.get(name, 1)
            deepest = max(deepest, depth)
    return Shape(len(markup), deepest, most, elements)


def _attributes(markup: str, at: int) -> tuple[int, int]:
    """Number of attributes of the tag at `at`, and where the tag ends."""
    count = 0
    fresh = True
    for match in _INSIDE.finditer(markup, at):
        first = match.group()[0]
        if first == ">":
            return count, match.end()
        if first.isspace() or first == "/":
            fresh = True
        elif first not in "\"'=" and fresh:
            count += 1
            fresh = False
    return count, len(markup)


def _end_of(markup: str, name: str, at: int) -> int:
    """Where the raw text of a script ends: the start of its end tag."""
    while True:
        end = markup.find("</", at)
        if end < 0 or markup[end + 2 : end + 2 + len(name)].lower() == name:
            return end
        at = end + 2


def check(shape: Shape, limits: Limits) -> None:
    """Refuse a page over the limits.

    Raises:
        TooLarge: nested too deeply, too many elements, or too many attributes in one tag.
    """
    advice = "Give the article's text as a plain text file"
    if shape.nesting > limits.nesting:
        raise TooLarge(
            f"elements nested {shape.nesting:,} deep, over the limit of {limits.nesting:,}",
            advice=advice,
        )
    if shape.elements > limits.elements:
        raise TooLarge(
            f"{shape.elements:,} elements, over the limit of {limits.elements:,}", advice=advice
        )
    if shape.attributes > limits.attributes:
        raise TooLarge(
            f"a tag with {shape.attributes:,} attributes, over the limit of {limits.attributes:,}",
            advice=advice,
        )


def is_unusual(shape: Shape) -> bool:
    """Whether the page is to be parsed in a process of its own."""
    return shape.characters > _LARGE or shape.nesting > _DEEP or shape.attributes > _MANY_ATTRIBUTES
