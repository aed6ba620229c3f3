"""Markup that is all article (a feed's content, a wire item's body) → text; XML without traps.

Unlike a page, such markup has no menu or footer to be told from the article, so nothing is left
out but what is never read: scripts, styles, forms, embedded players.
"""

from __future__ import annotations

import re
from typing import Any

from retold.errors import BadRecord, EmptyInput, NotText, TooLarge
from retold.read.guard import check, shape_of
from retold.settings import Limits

__all__ = ["fragment", "local", "paragraphs", "xml"]

_DECLARES = re.compile(rb"<!(?:ENTITY|ATTLIST|ELEMENT)|<!DOCTYPE[^>]{0,2000}\[", re.IGNORECASE)
# The attributes of one tag are compared with one another.
_LONG_TAG = re.compile(rb"<[a-zA-Z][^<>]{100000}")
# Halves of characters by number.
_HALF = re.compile(rb"&#(?:[xX]0{0,9}([dD][89a-fA-F][0-9a-fA-F]{2})|0{0,9}(5[5-7][0-9]{3}));?")
# An encoding that is declared and is not UTF-8.
_NARROW = re.compile(
    rb"\s{0,200}<\?xml[^>]{0,200}encoding\s{0,20}=\s{0,20}[\"'](?!utf-?8[\"'])", re.IGNORECASE
)
_UNREAD = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "form",
        "button",
        "select",
        "textarea",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "svg",
        "math",
        "canvas",
        "head",
    ]
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "aside",
        "header",
        "footer",
        "main",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "tr",
        "caption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "address",
        "hl1",
        "hl2",
        "hedline",
        "byline",
        "dateline",
        "body",
        "block",
        "body.content",
        "body.head",
        "media",
        "media-caption",
        "fn",
        "note",
        "nitf-table",
        "html",
        "center",
        "thead",
        "tbody",
    ]
)
_CELLS = frozenset(["td", "th"])
_SPACE = re.compile(r"[ \t\r\n\f]+")


def _halved(match: re.Match[bytes]) -> bytes:
    hexadecimal, decimal = match.groups()
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return b"&#xFFFD;" if 0xD800 <= number <= 0xDFFF else match.group()


def fragment(markup: str, limits: Limits) -> str:
    """The text of HTML that is all article, paragraphs apart by an empty line.

    Raises:
        TooLarge: nested too deeply, or too many attributes in one tag.
        EmptyInput: no text.
    """
    if len(markup) > limits.page_bytes:
        raise TooLarge(f"markup of more than {limits.page_bytes:,} characters")
    if "<" not in markup and "&" not in markup:
        text = markup.strip()
    else:
        import lxml.etree
        import lxml.html

        check(shape_of(markup), limits)
        parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
        clean = markup.replace("\0", "\ufffd").encode("utf-8", "replace")
        try:
            tree = lxml.html.document_fromstring(b"<html><body>" + clean, parser=parser)
        except (lxml.etree.LxmlError, ValueError, AssertionError):
            tree = None
        text = "" if tree is None else paragraphs(tree)
    if not text:
        raise EmptyInput("the markup holds no text", advice="Give the article's page or its text")
    return text


def paragraphs(tree: Any) -> str:
    """The text of an element, paragraphs apart by an empty line, `br` as a new line."""
    done: list[str] = []
    line: list[str] = []

    def end() -> None:
        lines = "".join(line).split("\v")
        text = "\n".join(one for part in lines if (one := _SPACE.sub(" ", part).strip(" ")))
        if text:
            done.append(text)
        line.clear()

    # Walked by events of our own: `itertext` does not say where a block ends.
    waiting: list[tuple[Any, bool]] = [(tree, False)]
    while waiting:
        element, leaving = waiting.pop()
        name = local(element)
        if leaving:
            if name in _BLOCKS:
                end()
            elif name in _CELLS:
                line.append("\t ")
            if element is not tree and element.tail:
                line.append(element.tail.replace("\v", " "))
            continue
        if name is None or name in _UNREAD:  # a comment, a script
            if element is not tree and element.tail:
                line.append(element.tail.replace("\v", " "))
            continue
        if name in _BLOCKS:
            end()
        elif name == "br":
            line.append("\v")
        if element.text:
            line.append(element.text.replace("\v", " "))
        waiting.append((element, True))
        waiting.extend((child, False) for child in reversed(element))
    end()
    return "\n\n".join(done)


def local(element: Any) -> str | None:
    """An element's name without its namespace, lower case; None for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else None


def xml(raw: bytes, limits: Limits, *, recover: bool = False, one_text: bool = False) -> Any:
    """The root of an XML document, parsed without entities, document type or network.

    Args:
        raw: the document.
        limits: of size and nesting.
        recover: read what is not well formed as far as it can be read.
        one_text: it is a text, not a list of many; the limit of a page's elements holds for it.

    Raises:
        TooLarge: too large, a tag of very many attributes, or very many elements.
        NotText: it declares entities or elements of its own.
        BadRecord: not well formed; the place is line and column.
    """
    import lxml.etree

    if len(raw) > limits.feed_bytes:
        raise TooLarge(
            f"more than {limits.feed_bytes:,} bytes",
            advice="Split it, or raise limits.feed_bytes",
        )
    wide = raw[:4] in (b"\xff\xfe<\0", b"<\0?\0", b"<\0!\0") or raw[:2] in (b"\xfe\xff", b"\0<")
    if _DECLARES.search(raw.replace(b"\0", b"") if wide or b"\0" in raw[:64] else raw):
        raise NotText(
            "the document declares entities of its own, which are not expanded",
            advice="Export it again without a document type",
        )
    if _LONG_TAG.search(raw):
        raise TooLarge("a tag of more than 100,000 bytes", advice="Export it again")
    if one_text:
        # A million elements of ten bytes take half a gigabyte.
        plain = raw.translate(None, b"\0")
        elements = plain.count(b"</") + plain.count(b"/>")
        if elements > limits.elements:
            raise TooLarge(
                f"{elements:,} elements, over the limit of {limits.elements:,}",
                advice="Split it, or raise limits.elements",
            )
    if recover and not wide and _NARROW.match(raw) is None:
        # What is read in spite of errors keeps bytes that no string can hold.
        raw = raw.decode("utf-8", "replace").encode()
    if recover:
        raw = _HALF.sub(_halved, raw)
    parser = lxml.etree.XMLParser(  # deeper than 256 levels is an error without huge_tree
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = lxml.etree.fromstring(raw, parser)
    except (lxml.etree.XMLSyntaxError, ValueError) as error:
        place = getattr(error, "position", None)
        where = f"line {place[0]}, column {place[1]}" if place else ""
        raise BadRecord(
            f"no well-formed XML: {str(error)[:120]}", where=where, advice="Export it again"
        ) from None
    if root is None:
        raise BadRecord("no well-formed XML", advice="Export it again")
    return root
