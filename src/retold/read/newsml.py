"""NewsML-G2 news items (https://iptc.org/standards/newsml-g2/): one, or a message of many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from retold.errors import EmptyInput, InputRefused
from retold.model import Refusal
from retold.read.found import Found, Origin
from retold.read.markup import fragment, local, paragraphs
from retold.read.nitf import LANGUAGE, first, line
from retold.read.nitf import item_of as nitf_item
from retold.read.wire import Item, report_of
from retold.settings import Limits

__all__ = ["from_newsml", "from_nitf"]

# Of several headlines: the one without a role, then the main one.
_MAIN = ("hld:main", "headrole:main", "drol:main", "main")
_PREVIOUS = "previousversion"


def from_nitf(root: Any, sha256: str, origin: Origin) -> Iterator[Found | Refusal]:
    """The report of a NITF document.

    Raises:
        EmptyInput, TooLarge: see `retold.read.wire.report_of`.
    """
    yield Found(report_of(nitf_item(root), origin, sha256), None, "", origin.source)


def from_newsml(root: Any, origin: Origin) -> Iterator[Found | Refusal]:
    """The reports of a news item, or of a message's items; items that are no text are refused.

    Raises:
        EmptyInput: a message without an item.
    """
    if local(root) == "newsitem":
        yield Found(report_of(_item(root, origin.settings.limits), origin), None, "", origin.source)
        return
    number = 0
    for element in root.iter():
        if local(element) != "newsitem":
            continue
        number += 1
        where = f"item {number}"
        try:
            report = report_of(_item(element, origin.settings.limits), origin)
        except InputRefused as error:
            yield origin.refuse(where, error)
            continue
        yield Found(report, None, where, origin.source)
    if not number:
        raise EmptyInput("a NewsML-G2 message without a news item", advice="Export the items")


def _item(root: Any, limits: Limits) -> Item:
    text, inner = _body(root, limits)
    meta = _child(root, "contentmeta")
    about = _child(root, "itemmeta")
    headlines = [] if meta is None else [one for one in meta if local(one) == "headline"]
    headlines.sort(key=lambda one: _role(one) not in ("", *_MAIN))
    title = next((found for one in headlines if (found := line(one))), None)
    published = (
        line(_child(about, "versioncreated"))
        or line(_child(about, "firstcreated"))
        or line(_child(meta, "contentcreated"))
    )
    status = _child(about, "pubstatus")
    return Item(
        text=text,
        format="NewsML-G2",
        uri=root.get("guid"),
        title=title or (inner.title if inner else None),
        byline=line(_child(meta, "by")) or (inner.byline if inner else None),
        dateline=line(_child(meta, "dateline")) or (inner.dateline if inner else None),
        credits=tuple(_credits(meta, inner)),
        published=published or (inner.published if inner else None),
        language=_language(root, meta),
        version=root.get("version"),
        status=None if status is None else status.get("qcode") or status.get("uri"),
        follows=_follows(about),
    )


def _body(root: Any, limits: Limits) -> tuple[str, Item | None]:
    """The text, and the NITF document that held it, if one did."""
    contents = _child(root, "contentset")
    for one in contents if contents is not None else ():
        name = local(one)
        if name == "inlinexml":
            inner = next((child for child in one if local(child)), None)
            if inner is None:
                continue
            if local(inner) == "nitf":
                item = nitf_item(inner)
                return item.text, item
            body = first(inner, "body")
            if text := paragraphs(inner if body is None else body):
                return text, None
        elif name == "inlinedata":
            data = one.text or ""
            if data.strip() and not one.get("encoding"):
                kind = (one.get("contenttype") or "text/plain").lower()
                return (fragment(data, limits) if "html" in kind else data.strip("\r\n")), None
    raise EmptyInput(
        "the news item holds no text (a picture, a video, or a link to its content)",
        advice="Export the item with its text in it",
    )


def _credits(meta: Any, inner: Item | None) -> Iterator[str]:
    for one in meta if meta is not None else ():
        if local(one) == "creditline":
            if name := line(one):
                yield name
        elif local(one) == "infosource":
            name = line(_child(one, "name")) or one.get("literal")
            if name:
                yield name
    if inner is not None:
        yield from inner.credits


def _language(root: Any, meta: Any) -> str | None:
    tagged = _child(meta, "language")
    code = (None if tagged is None else tagged.get("tag")) or root.get(LANGUAGE)
    return str(code) if code else None


def _follows(about: Any) -> str | None:
    """The item that this one is a version of, by a link whose relation says so."""
    for one in about if about is not None else ():
        relation = (one.get("rel") or "").rpartition(":")[2].lower()
        if local(one) == "link" and relation in (_PREVIOUS, "evolvedfrom", "updatedfrom"):
            target = one.get("residref") or one.get("href")
            if target:
                version = one.get("version")
                return f"{target}, version {version}" if version else str(target)
    return None


def _role(element: Any) -> str:
    return (element.get("role") or "").strip().lower()


def _child(element: Any, name: str) -> Any:
    """The first child of a name, of an element that may be absent."""
    if element is None:
        return None
    return next((one for one in element if local(one) == name), None)
