"""JSON-LD of a page (schema.org), as tolerant as pages make it necessary."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from retold.read.decoding import without_surrogates
from retold.read.records import nesting

__all__ = ["article_node", "names", "nodes"]

_ARTICLE = re.compile(r"(?:Article|Posting|Report|Reportage|Story|NewsArticle)\Z")
_COMMENT = re.compile(
    r"^\s{0,20}(?://)?\s{0,20}<!(?:--|\[CDATA\[)|(?://)?\s{0,20}(?:-->|\]\]>)\s{0,20}$"
)
_TRAILING_COMMA = re.compile(r",(\s*[\]}])")
# What is still worth reading when a block is no JSON at all.
_SALVAGED = ("headline", "datePublished", "dateModified", "creditText", "dateCreated")
_LONGEST = 2_000_000
_DEEPEST = 100


def nodes(blocks: list[str]) -> list[dict[str, Any]]:
    """All objects of a page's JSON-LD blocks, `@graph` and nested ones included, in order."""
    found: list[dict[str, Any]] = []
    for block in blocks:
        for value in _values(block):
            found.extend(_walk(value))
    return found


def article_node(found: list[dict[str, Any]], url: str | None) -> dict[str, Any] | None:
    """The node that describes the page's own article; None if none does.

    A page may carry several (related stories): the one with the page's address wins, then the
    first article, then the first web page.
    """
    articles = [node for node in found if _is_a(node, _ARTICLE)]
    for node in articles:
        if url and url in _addresses(node):
            return node
    if articles:
        return articles[0]
    return next((node for node in found if "WebPage" in _types(node)), None)


def names(value: Any) -> list[str]:
    """Names in a value that may be a string, an object with a name, or a list of them."""
    if isinstance(value, str):
        clean = " ".join(without_surrogates(html.unescape(value))[0].split())
        return [clean] if clean and not clean.startswith(("http://", "https://")) else []
    if isinstance(value, dict):
        return names(value.get("name") or value.get("legalName"))
    if isinstance(value, list):
        return [name for item in value[:20] for name in names(item)]
    return []


def _values(block: str) -> Iterator[Any]:
    text = _COMMENT.sub("", block[:_LONGEST]).strip().rstrip(";")
    if nesting(text) > _DEEPEST:
        return
    for candidate in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            yield json.loads(candidate, strict=False)
            return
        except (ValueError, RecursionError):
            continue
    salvaged = {
        key: match.group(1)
        for key in _SALVAGED
        if (match := re.search(rf'"{key}"\s*:\s*"([^"\n]{{1,300}})"', text))
    }
    if salvaged:
        yield {"@type": "NewsArticle", **salvaged}


def _walk(value: Any) -> Iterator[dict[str, Any]]:
    waiting = [value]
    seen = 0
    while waiting and seen < 5_000:
        item = waiting.pop()
        seen += 1
        if isinstance(item, list):
            waiting.extend(reversed(item))
        elif isinstance(item, dict):
            if "@type" in item:
                yield item
            inner = [
                item.get(key) for key in ("@graph", "mainEntity", "itemListElement", "hasPart")
            ]
            waiting.extend(part for part in reversed(inner) if isinstance(part, list | dict))


def _types(node: dict[str, Any]) -> list[str]:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return [one.rpartition("/")[2] for one in kinds if isinstance(one, str)]


def _is_a(node: dict[str, Any], pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(kind) for kind in _types(node))


def _addresses(node: dict[str, Any]) -> list[str]:
    main = node.get("mainEntityOfPage")
    values = [node.get("url"), node.get("@id"), main]
    if isinstance(main, dict):
        values += [main.get("@id"), main.get("url")]
    return [value for value in values if isinstance(value, str)]
