"""W3C Web Annotation Data Model (Recommendation of 2017): every quotation and every change.

Each target names the report's text and the words in it twice: by position (code points of the
text, as the model counts) and by the words with what stands around them, which still finds them
in the page at the report's address.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from retold.model import Change, Quotation, Span, Telling, TellingReport
from retold.show.formats.sigla import Sign, signs
from retold.show.formats.writing import json_text
from retold.show.marks import visible
from retold.show.names import LABELS, chain
from retold.show.view import Index, index

__all__ = ["web_annotations"]

_AROUND = 32  # characters before and after the words
_CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def _name(*parts: str) -> str:
    """A URN of what a telling holds."""
    return "urn:retold:" + ":".join(
        quote(part, safe="", errors="backslashreplace") for part in parts
    )


def _source(story: str, report: TellingReport, sign: Sign) -> dict[str, object]:
    source: dict[str, object] = {
        "id": _name(story, "report", report.id),
        "type": "Text",
        "format": "text/plain",
        "label": sign.full,
    }
    if report.language:
        source["language"] = visible(report.language)
    if report.url and report.url.lower().startswith(("http://", "https://")):
        source["via"] = visible(report.url)
    return source


def _selectors(text: str, span: Span) -> list[dict[str, object]]:
    start, end = span
    return [
        {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(start - _AROUND, 0) : start],
            "suffix": text[end : end + _AROUND],
        },
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]


class _Page:
    """Annotations of one telling."""

    def __init__(self, telling: Telling) -> None:
        called = signs(telling)
        self.telling = telling
        self.look: Index = index(telling)
        self.called = called
        self.sources = {
            report.id: _source(telling.story, report, called[report.id])
            for report in telling.reports
        }

    def target(self, report: str, span: Span) -> dict[str, object]:
        """The words at a place; where there are none, the point between their neighbours."""
        return {
            "type": "SpecificResource",
            "source": self.sources[report],
            "selector": _selectors(self.look.reports[report].text, span),
        }

    def quotation(self, one: Quotation) -> dict[str, object]:
        """Who said the words, and through whom they came."""
        actor = self.look.actors.get(one.speaker or "")
        speaker = visible(actor.name) if actor is not None else "cannot tell"
        way = " \u2192 ".join(chain(one.chain, self.look.actors))
        return {
            "id": _name(self.telling.story, "quotation", one.id),
            "type": "Annotation",
            "motivation": "identifying",
            "body": [
                _body(speaker, "identifying"),
                _body(way, "describing"),
                _body(f"{one.kind} quotation", "tagging"),
                _body(one.status, "tagging"),
                _body(f"confidence {one.confidence:.2f}", "tagging"),
            ],
            "target": [self.target(one.report, span) for span in one.content],
        }

    def change(self, one: Change, passage: str, number: int) -> dict[str, object]:
        """What differs, with the words of both sides."""
        return {
            "id": _name(self.telling.story, "change", passage, str(number)),
            "type": "Annotation",
            "motivation": "commenting",
            "body": [
                _body(visible(one.note), "commenting"),
                _body(LABELS[one.kind], "tagging"),
                _body(f"passage {visible(passage)}", "tagging"),
                _body(f"weight {one.weight:.2f}", "tagging"),
            ],
            "target": [self.target(place.report, place.span) for place in (one.a, one.b)],
        }


def _body(value: str, purpose: str) -> dict[str, object]:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}


def web_annotations(telling: Telling) -> str:
    """One AnnotationCollection whose only page holds all annotations."""
    page = _Page(telling)
    items = [page.quotation(one) for one in telling.quotations if one.content]
    items += [
        page.change(one, passage.id, number)
        for passage in telling.passages
        for number, one in enumerate(passage.changes, start=1)
    ]
    collection = _name(telling.story, "annotations")
    written: dict[str, Any] = {
        "@context": _CONTEXT,
        "id": collection,
        "type": "AnnotationCollection",
        "label": f"Quotations and changes of story {visible(telling.story)}",
        "total": len(items),
        "first": {
            "id": f"{collection}:1",
            "type": "AnnotationPage",
            "partOf": collection,
            "startIndex": 0,
            "items": items,
        },
    }
    return json_text(written)
