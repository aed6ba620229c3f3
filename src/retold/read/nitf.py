"""NITF, the IPTC's news in XML (https://iptc.org/standards/nitf/), alone or inside NewsML-G2."""

from __future__ import annotations

from typing import Any

from retold.errors import EmptyInput
from retold.read.markup import local, paragraphs
from retold.read.wire import Item

__all__ = ["LANGUAGE", "attribute", "first", "item_of", "line"]

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def item_of(root: Any) -> Item:
    """A NITF document's item.

    Args:
        root: the `nitf` element.

    Raises:
        EmptyInput: no text in the body.
    """
    parts = [paragraphs(one) for one in root.iter() if local(one) == "body.content"]
    text = "\n\n".join(part for part in parts if part)
    if not text:
        raise EmptyInput("the NITF document has no text in its body", advice="Export it whole")
    credited = (line(first(root, "distributor")), attribute(root, "doc-id", "regsrc"))
    return Item(
        text=text,
        format="NITF",
        uri=attribute(root, "doc-id", "id-string"),
        title=line(first(root, "hl1")) or line(first(root, "title")),
        byline=line(first(root, "byline")),
        dateline=line(first(root, "dateline")),
        credits=tuple(one for one in credited if one),
        published=attribute(root, "date.issue", "norm") or attribute(root, "story.date", "norm"),
        language=root.get(LANGUAGE),
        version=attribute(root, "du-key", "version"),
        status=attribute(root, "docdata", "management-status"),
    )


def first(root: Any, name: str) -> Any:
    """The first element of a name below another, itself included; None if there is none."""
    return next((one for one in root.iter() if local(one) == name), None)


def attribute(root: Any, name: str, key: str) -> str | None:
    """An attribute of the first element of a name; None where either is missing."""
    found = first(root, name)
    value = None if found is None else found.get(key)
    return value.strip() or None if value else None


def line(element: Any) -> str | None:
    """An element's text on one line; None for no element or no text."""
    return None if element is None else " ".join("".join(element.itertext()).split()) or None
