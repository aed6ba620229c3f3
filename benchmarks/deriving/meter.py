"""METER: the takes of a wire, and the papers, by story."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shared import records

WIRE = "derivation/meter-pa.jsonl.gz"


PAPERS = "derivation/meter-newspapers.jsonl.gz"


CLASSES = ("wholly", "partially", "non")


def paragraphs(record: dict[str, Any]) -> list[str]:
    """A record's paragraphs without the wire's control characters; its # is £."""
    stripped = (text.replace("\x19", "").strip() for text in record["paragraphs"])
    return [text.replace("#", "£") for text in stripped if text]


def stories() -> Iterator[tuple[str, list[str], list[dict[str, Any]]]]:
    """Each story: its name, the paragraphs of the wire's takes by time, and the papers."""
    takes: dict[str, list[dict[str, Any]]] = {}
    papers: dict[str, list[dict[str, Any]]] = {}
    for record in records(WIRE):
        takes.setdefault(name_of(record), []).append(record)
    for record in records(PAPERS):
        papers.setdefault(name_of(record), []).append(record)
    for name in sorted(papers):
        own = sorted(
            takes[name], key=lambda one: (one["pa_date"], one["pa_time"] or "", one["pa_page"])
        )
        yield name, [text for take in own for text in paragraphs(take)], papers[name]


def name_of(record: dict[str, Any]) -> str:
    """A story's name."""
    return f"{record['domain']}/{record['date']}/{record['catchline']}"


def first_words(texts: list[str], most: int) -> list[str]:
    """The beginning of a text, in paragraphs."""
    kept: list[str] = []
    for text in texts:
        kept_words = text.split()[:most]
        if kept_words:
            kept.append(" ".join(kept_words))
        most -= len(kept_words)
    return kept
