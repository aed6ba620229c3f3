"""Short ways to read a text and to write what was found in it."""

from __future__ import annotations

from retold.attribute.quotations import RawQuotation, find_quotations
from retold.model import Report
from retold.segment import segment


def read(text: str, language: str = "en") -> tuple[RawQuotation, ...]:
    return find_quotations(segment(Report(id="r", text=text, language=language)), language)


def one(text: str, language: str = "en") -> RawQuotation:
    (found,) = read(text, language)
    return found


def content(text: str, found: RawQuotation) -> list[str]:
    return [text[slice(*span)] for span in found.content]


def source(text: str, found: RawQuotation) -> str:
    return " | ".join(text[slice(*span)] for span in found.source)


def cue(text: str, found: RawQuotation) -> str:
    return " | ".join(text[slice(*span)] for span in found.cue)


def chain(text: str, found: RawQuotation) -> list[str]:
    utterer = [] if found.speaker is None else [text[slice(*found.speaker)]]
    return utterer + [text[slice(*carrier.span)] for carrier in found.carriers]
