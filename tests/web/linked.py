"""Whether all that pages refer to is there: files, places in them, and parts named by their id."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, normpath
from urllib.parse import unquote

from lxml import html

__all__ = ["broken", "led_to", "pages"]

_ADDRESSES = frozenset(
    ("href", "src", "srcset", "action", "formaction", "poster", "data", "cite", "background")
)
_IDS = frozenset(
    (
        "aria-activedescendant",
        "aria-controls",
        "aria-describedby",
        "aria-details",
        "aria-errormessage",
        "aria-flowto",
        "aria-labelledby",
        "aria-owns",
        "for",
        "form",
        "headers",
        "list",
    )
)
_PAINT = re.compile(r"url\(\s*['\"]?#([^'\")]+)")
_ELSEWHERE = re.compile(r"(?:https?|mailto):")


def pages(where: Path) -> dict[str, html.HtmlElement]:
    """The pages of a folder by their path in it."""
    return {
        path.relative_to(where).as_posix(): html.document_fromstring(path.read_bytes())
        for path in sorted(where.rglob("*.html"))
    }


def broken(where: Path) -> list[tuple[str, str, str]]:
    """(page, attribute, value) of what refers to nothing, and of ids that are there twice."""
    found = pages(where)
    ids = {name: Counter(map(str, page.xpath("//@id"))) for name, page in found.items()}
    wrong = [(name, "id", one) for name in ids for one, times in ids[name].items() if times > 1]
    for name, attribute, value in _references(found):
        if attribute in _ADDRESSES:
            target, part = _target(name, value)
            there = target in found or (where / target).is_file()
            # As browsers do: by the part as it is written, then by what it stands for.
            if not value or not there or (part and {part, unquote(part)}.isdisjoint(ids[target])):
                wrong.append((name, attribute, value))
        else:
            wrong += [(name, attribute, one) for one in value.split() if one not in ids[name]]
    return wrong


def led_to(where: Path) -> set[str]:
    """The files to which pages lead, and the first page."""
    given = _references(pages(where))
    return {"index.html"} | {_target(name, value)[0] for name, kind, value in given if kind != "id"}


def _references(found: dict[str, html.HtmlElement]) -> Iterator[tuple[str, str, str]]:
    """(page, attribute, value): addresses of files, and ids in the page itself."""
    for name, page in found.items():
        for element in page.iter():
            for attribute, value in element.attrib.items():
                local = attribute.rpartition("}")[2].rpartition(":")[2]
                if local in _ADDRESSES:
                    if not _ELSEWHERE.match(value):
                        yield name, local, value
                elif attribute in _IDS or _PAINT.search(value):
                    yield name, "id", " ".join(_PAINT.findall(value)) or value


def _target(name: str, address: str) -> tuple[str, str]:
    """The file that an address in a page leads to, and the part of it."""
    path, _, part = address.partition("#")
    target = normpath(f"{dirname(name)}/{unquote(path)}".lstrip("/")) if path else name
    return target, part
