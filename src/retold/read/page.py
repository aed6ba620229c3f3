"""A page's bytes → its article's text and what the page says of itself."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from retold.errors import EmptyInput, NoArticle
from retold.read.building import Known
from retold.read.dates import parse_iso
from retold.read.decoding import Decoded, decode
from retold.read.guard import check, is_unusual, shape_of
from retold.settings import Settings

__all__ = ["extract", "from_page"]

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE)
# Fewer words than this are a label or a cookie notice, not a report.
_FEWEST_WORDS = 8


def from_page(
    raw: bytes, address: str | None, charset: str | None, settings: Settings
) -> tuple[str, Known]:
    """The article's text and what was found beside it.

    Args:
        raw: the page.
        address: where it was fetched from, None for a file.
        charset: what the server said.
        settings: limits.

    Raises:
        NoArticle: no text was found.
        TooLarge, TooSlow: over a limit, see `retold.read.guard`.
        EmptyInput, NotText: see `decode`.
    """
    declared = charset or _declared(raw)
    decoded = decode(raw, declared)
    shape = shape_of(decoded.text)
    check(shape, settings.limits)
    if is_unusual(shape):
        from retold.read.worker import extract_apart

        text, known = extract_apart(decoded.text, address, settings.limits.parse_seconds)
    else:
        text, known = extract(decoded.text, address)
    return text, _with_encoding(known, decoded)


def extract(markup: str, address: str | None) -> tuple[str, Known]:
    """Text and facts of a decoded page, in this process and without a time limit.

    Raises:
        NoArticle: no text was found.
    """
    import lxml.etree
    import lxml.html
    import trafilatura  # with lxml 0.6 s: only when there is a page

    from retold.read.page_facts import facts

    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    clean = markup.replace("\0", "\ufffd").encode("utf-8", "replace")
    try:
        tree = lxml.html.document_fromstring(clean, parser=parser)
    except (lxml.etree.LxmlError, ValueError):
        raise _no_article() from None
    known = facts(tree, address)
    if known.published is None:
        known = _dated_by_htmldate(known, tree)
    text = trafilatura.extract(
        tree,
        url=known.url,
        output_format="txt",
        include_comments=False,
        include_tables=True,
        with_metadata=False,
    )
    if text is None or len(text.split()) < _FEWEST_WORDS:
        raise _no_article()
    return text, replace(known, extractor=f"trafilatura {trafilatura.__version__}")


def _dated_by_htmldate(known: Known, tree: Any) -> Known:
    """The last resort: a day found in the page's markup or text."""
    from copy import deepcopy

    from htmldate import find_date

    # Its wider search takes a copyright year for 1 January.
    found = find_date(deepcopy(tree), extensive_search=False, original_date=True, url=known.url)
    dated = parse_iso(found, "htmldate") if found else None
    if dated is None:
        return known
    return replace(known, published=dated[0], dating=dated[1])


def _declared(raw: bytes) -> str | None:
    match = _CHARSET.search(raw[:4096])
    return match.group(1).decode("ascii") if match else None


def _with_encoding(known: Known, decoded: Decoded) -> Known:
    return replace(
        known, encoding=decoded.encoding, notes=(*decoded.notes, *known.notes), guess_title=False
    )


def _no_article() -> EmptyInput | NoArticle:
    return NoArticle(
        "no article's text was found in the page",
        advice="Save the article's text as a plain text file and give that",
    )
