"""One report from the bytes of one document: a page or a text."""

from __future__ import annotations

from dataclasses import fields, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from retold.errors import BadRecord, NotText, TooLarge
from retold.model import Report
from retold.read.building import Known, build
from retold.read.decoding import decode
from retold.read.kinds import HEAD, kind_of
from retold.read.page import from_page
from retold.settings import Settings

if TYPE_CHECKING:
    from retold.read.fetching import Fetched

__all__ = ["document", "from_bytes"]

# What a list of pages may say of a page that the page itself leaves open.
_BESIDE = ("title", "outlet", "byline", "page_language")


def from_bytes(raw: bytes, source: str, settings: Settings) -> Report:
    """One report from the bytes of a page or text.

    Raises:
        InputRefused: it cannot be used.
    """
    kind = kind_of(raw[:HEAD], source)
    if kind == "records":
        raise BadRecord("JSON Lines hold many reports", advice="Use retold.read.read")
    if kind not in ("page", "text", "table", "urls"):
        raise NotText(f"a {kind}, which may hold many reports", advice="Use retold.read.read")
    return document(raw, source, settings)


def document(
    raw: bytes,
    source: str,
    settings: Settings,
    served: Fetched | None = None,
    beside: Known | None = None,
) -> Report:
    """One report from a page or text.

    Args:
        raw: the whole document.
        source: what the report's source is called.
        settings: limits and language.
        served: how a server gave it.
        beside: what a list says of it; used where the document is silent.

    Raises:
        InputRefused: it cannot be used.
    """
    limit = settings.limits.page_bytes
    if len(raw) > limit:
        raise TooLarge(f"more than {limit:,} bytes", advice="Split it, or raise limits.page_bytes")
    address = served.url if served else None
    charset = served.charset if served else None
    kind = kind_of(raw[:HEAD], address or source, served.media_type if served else None)
    if kind == "page":
        text, known = from_page(raw, address, charset, settings)
    elif kind in ("text", "records", "table", "urls"):
        decoded = decode(raw, charset)
        text = decoded.text
        known = Known(
            url=address,
            encoding=decoded.encoding,
            extractor="plain text",
            notes=decoded.notes,
            guess_title=True,
        )
    else:
        raise NotText(f"a {kind}, not an article", advice="Give the article's page or its text")
    known = replace(
        known, raw_sha256=sha256(raw).hexdigest(), fetched=(served.time or None) if served else None
    )
    return build(text, source, _filled(known, beside), settings)


def _filled(known: Known, beside: Known | None) -> Known:
    if beside is None:
        return known
    filled = {
        field.name: getattr(beside, field.name)
        for field in fields(Known)
        if field.name in _BESIDE and getattr(known, field.name) is None
    }
    if known.published is None:
        filled.update(published=beside.published, dating=beside.dating)
    return replace(known, **filled)
