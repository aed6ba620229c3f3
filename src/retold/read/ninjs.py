"""ninjs, the IPTC's news in JSON, versions 1.x (`body_text`, `headline`) and 2.x (`bodies`).

https://iptc.org/standards/ninjs/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from retold.errors import EmptyInput
from retold.model import Report
from retold.read.found import Origin
from retold.read.markup import fragment
from retold.read.wire import Item, report_of
from retold.settings import Limits

__all__ = ["from_item", "is_item"]

_BODIES = ("body_text", "body_html", "body_xhtml", "body_richtext")
_MAIN = ("", "main", "body", "full")


def is_item(value: object) -> bool:
    """Whether a decoded JSON value is a ninjs item."""
    if not isinstance(value, dict) or "text" in value:
        return False
    if any(name in value for name in _BODIES):
        return "uri" in value or "versioncreated" in value
    return isinstance(value.get("bodies"), list) and ("uri" in value or "headlines" in value)


def from_item(value: Mapping[str, Any], origin: Origin) -> Report:
    """The report that an item carries.

    Raises:
        EmptyInput: no body.
        TooLarge: see `retold.read.markup.fragment`.
    """
    text = _body(value, origin.settings.limits)
    if text is None:
        raise EmptyInput("the ninjs item has no body", advice="Export it with its body")
    version = value.get("version")
    item = Item(
        text=text,
        format="ninjs",
        uri=_string(value.get("uri")),
        title=_string(value.get("headline")) or _main(value.get("headlines")),
        byline=_string(value.get("byline")) or _string(value.get("by")),
        dateline=_string(value.get("dateline")),
        credits=tuple(_credits(value)),
        published=_string(value.get("versioncreated"))
        or _string(value.get("contentcreated"))
        or _string(value.get("firstcreated")),
        language=_string(value.get("language")),
        version=str(version) if isinstance(version, str | int) else None,
        status=_string(value.get("pubstatus")),
        follows=_string(value.get("evolvedfrom")),
        url=_string(value.get("url")),
    )
    return report_of(item, origin)


def _body(value: Mapping[str, Any], limits: Limits) -> str | None:
    plain = _string(value.get("body_text"))
    if plain and plain.strip():
        return plain
    for name in _BODIES[1:]:
        marked = _string(value.get(name))
        if marked and marked.strip():
            return fragment(marked, limits)
    bodies = value.get("bodies")
    marked = None
    for one in bodies if isinstance(bodies, list) else ():
        if not isinstance(one, dict) or (_string(one.get("role")) or "").lower() not in _MAIN:
            continue
        content = _string(one.get("value"))
        if not content or not content.strip():
            continue
        if (_string(one.get("contenttype")) or "text/plain").lower().startswith("text/plain"):
            return content
        marked = marked or content
    return fragment(marked, limits) if marked else None


def _main(values: object) -> str | None:
    """The headline without a role, else the main one, else the first."""
    found = [
        (_string(one.get("role")) or "", text)
        for one in (values if isinstance(values, list) else ())
        if isinstance(one, dict) and (text := _string(one.get("value")))
    ]
    found.sort(key=lambda one: one[0].lower() not in _MAIN)
    return found[0][1] if found else None


def _credits(value: Mapping[str, Any]) -> Iterator[str]:
    for name in ("creditline", "source"):
        if text := _string(value.get(name)):
            yield text
    for name in ("infosource", "infosources"):
        listed = value.get(name)
        for one in listed if isinstance(listed, list) else ():
            if isinstance(one, dict):
                text = _string(one.get("name")) or _string(one.get("literal"))
                if text:
                    yield text


def _string(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
