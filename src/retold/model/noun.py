"""What all nouns are made of, and the span and evidence that all of them use."""

from __future__ import annotations

from msgspec import Struct

__all__ = [
    "Evidence",
    "Noun",
    "Place",
    "Span",
]


Span = tuple[int, int]


class Noun(Struct, frozen=True, omit_defaults=False, forbid_unknown_fields=True):
    """Base of all nouns: immutable, compared by value, written out field by field."""


class Place(Noun, frozen=True, gc=False):
    """A span of one report."""

    report: str
    span: Span


class Evidence(Noun, frozen=True):
    """One reason for an inference, in words that a person can check.

    Attributes:
        kind: "stated" (the text says so), "textual" (shared wording, order, errors), "date",
            "name", "table" (a shipped table says so), "position", "person" (somebody decided it).
            Kinds are never mixed.
        weight: how much it counts, in [0, 1].
        note: a neutral sentence.
        spans: what it rests on; empty for tables.
    """

    kind: str
    weight: float
    note: str
    spans: tuple[Place, ...] = ()
