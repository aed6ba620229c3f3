"""The whole: everything that Retold says of one story."""

from __future__ import annotations

from msgspec import field

from retold.model.collation import Overlap, Passage, Statement
from retold.model.descent import Stemma
from retold.model.noun import Noun, Span
from retold.model.report import Refusal, Report
from retold.model.speech import Actor, Quotation

__all__ = [
    "Telling",
    "TellingReport",
]


class TellingReport(Report, frozen=True):
    """A report as a telling writes it out: all of `Report`, and its sentences."""

    sentences: tuple[Span, ...] = ()


class Telling(Noun, frozen=True):
    """Everything that Retold says of one story.

    Attributes:
        retold: version of the program.
        story: id of the story; a content hash of its reports where none is given.
        reports: in the order given.
        summary: one paragraph: what is changed, added and not carried.
        overlaps: sentences that tell part of the same, outside of passages.
    """

    retold: str
    story: str
    reports: tuple[TellingReport, ...]
    summary: str
    passages: tuple[Passage, ...]
    only: dict[str, tuple[int, ...]]
    quotations: tuple[Quotation, ...]
    actors: tuple[Actor, ...]
    statements: tuple[Statement, ...]
    stemma: Stemma
    refused: tuple[Refusal, ...] = field(default=())
    overlaps: tuple[Overlap, ...] = ()
