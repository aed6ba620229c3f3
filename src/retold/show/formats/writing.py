"""What the writers share: text that XML and JSON can hold."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from retold.show.marks import mark

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["json_text", "xml_safe", "xml_text"]

# What the production Char of XML 1.0 (fifth edition, 2.2) leaves out.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def xml_safe(text: str) -> str:
    """Text in which what XML cannot hold (controls, lone surrogates) is a mark: ⟨U+0001⟩."""
    return _NOT_XML.sub(lambda match: mark(match.group()), text)


def xml_text(root: Element) -> str:
    """A document with its declaration; the tree's text must be `xml_safe`."""
    from xml.etree.ElementTree import tostring

    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def json_text(value: object, *, indent: int | None = 1) -> str:
    r"""JSON in which a lone surrogate is its escape (`\ud800`), so that UTF-8 can hold it."""
    separators = (",", ":") if indent is None else None
    written = json.dumps(value, ensure_ascii=False, indent=indent, separators=separators)
    return _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", written) + "\n"
