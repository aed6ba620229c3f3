"""Invented traditions: texts copied down a known tree, with their true collation."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from retold.model import (
    Actor,
    Collation,
    Link,
    Passage,
    Quotation,
    Report,
    Segmented,
    Sentence,
)
from retold.text.words import words

Text = dict[int, list[str]]


def report(name: str, text: Text, **fields: object) -> Segmented:
    """A report whose sentences are the numbered lines of a text, in order."""
    lines = [" ".join(text[number]) for number in sorted(text)]
    whole = "\n".join(lines)
    sentences, at = [], 0
    for line in lines:
        end = at + len(line)
        sentences.append(Sentence((at, end), words(whole, at, end), 0))
        at = end + 1
    return Segmented(
        Report(name, whole, source=name, language="en", **fields),  # type: ignore[arg-type]
        tuple(sentences),
    )


def collation(texts: Mapping[str, Text]) -> Collation:
    """The true collation of texts with numbered lines."""
    at = {
        name: {number: place for place, number in enumerate(sorted(text))}
        for name, text in texts.items()
    }
    passages = []
    for number in sorted({number for text in texts.values() for number in text}):
        readings = {name: (at[name][number],) for name in sorted(texts) if number in texts[name]}
        if len(readings) > 1:
            passages.append(Passage(f"P{number}", readings, min(readings), (), 1.0, ()))
    return Collation(tuple(passages), {})


def original(rng: random.Random, lines: int = 30) -> Text:
    """A text of lines of invented words."""
    return {number: [f"k{rng.randrange(5000)}o" for _ in range(18)] for number in range(lines)}


def copy(text: Text, rng: random.Random, rate: float, keep: float = 1.0) -> Text:
    """A copy with words replaced at a rate, and only some of the lines kept."""
    kept = [number for number in text if rng.random() < keep] or [min(text)]
    return {
        number: [
            f"n{rng.randrange(10**6)}e" if rng.random() < rate else word for word in text[number]
        ]
        for number in kept
    }


def agency(name: str) -> Actor:
    """An organisation that passes words on."""
    return Actor(id=f"actor-{name}", name=name, kind="organisation", mentions=(), names=(name,))


def quoted(reports: Sequence[Segmented], carrier: Actor | None = None) -> list[Quotation]:
    """Every sentence as a direct quotation, through a carrier if one is named."""
    chain = () if carrier is None else (Link(carrier.id, carrier.name, "carrier", (0, 1)),)
    return [
        Quotation(
            id=f"{one.report.id}/{number}",
            report=one.report.id,
            kind="direct",
            content=(sentence.span,),
            cue=(),
            source=(),
            speaker=None,
            chain=chain,
            confidence=1.0,
        )
        for one in reports
        for number, sentence in enumerate(one.sentences)
    ]
