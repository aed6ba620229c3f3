"""Nouns of grouping and collating: stories, passages, overlaps, changes, statements."""

from __future__ import annotations

from typing import Literal

from retold.model.noun import Evidence, Noun, Place

__all__ = [
    "Change",
    "ChangeKind",
    "Collation",
    "Overlap",
    "Passage",
    "Placed",
    "Statement",
    "Story",
    "Variant",
]


ChangeKind = Literal[
    "number",
    "date",
    "name",
    "place",
    "negation",
    "modality",
    "quantity",
    "quotation-marks",
    "attribution",
    "wording",
    "order",
]


class Placed(Noun, frozen=True):
    """Where a report belongs, and why.

    Attributes:
        report, story: ids.
        because: what it shares with its story, or why it starts one.
        probably: True for a link across languages that is likely and not certain.
        round_up: True for a digest or live page, which joins no story to another.
        copy_of: id of an earlier report of the story that has most of the same words.
        moved_from: id of the story it was in before it was moved.
    """

    report: str
    story: str
    because: tuple[Evidence, ...]
    probably: bool = False
    round_up: bool = False
    copy_of: str | None = None
    moved_from: str | None = None


class Story(Noun, frozen=True):
    """The reports that tell the same news.

    Attributes:
        id: content hash of its first report; stays when the story grows.
        reports: their ids, in canonical order (day, then content).
        outlets, tellings: how many; feeds of one outlet count once, and copies as one telling.
        formerly: ids under which it, or a story joined to it, was known before.
    """

    id: str
    reports: tuple[str, ...]
    outlets: int
    tellings: int
    formerly: tuple[str, ...] = ()


class Change(Noun, frozen=True, gc=False):
    """A difference between two readings of one passage.

    Attributes:
        kind: see `ChangeKind`.
        a, b: whole words on either side; an empty span marks the point where words are
            not in this report.
        weight: how much it matters to a reader, in [0, 1]; lists are sorted by it.
        note: a neutral sentence.
    """

    kind: ChangeKind
    a: Place
    b: Place
    weight: float
    note: str


class Passage(Noun, frozen=True):
    """What at least two reports share, with one reading per report that has it.

    Attributes:
        id: "P1", "P2" … in the order of the passage's first appearance.
        readings: report id -> numbers of its sentences (from 0), in order.
        base: id of the report whose reading the changes are counted from.
        moved: ids of the reports in which the passage stands elsewhere in the order.
        confidence: in [0, 1].
        because: which words, names and numbers joined the readings.
        changes: heaviest first.
    """

    id: str
    readings: dict[str, tuple[int, ...]]
    base: str
    moved: tuple[str, ...]
    confidence: float
    because: tuple[Evidence, ...]
    changes: tuple[Change, ...] = ()


class Overlap(Noun, frozen=True):
    """Two sentences of two reports that tell part of the same, outside of one passage.

    A sentence may be in many: one of a summary tells parts of several sentences. Of two passages,
    or a passage and a sentence in none, the two readings that show it best are named.

    Attributes:
        a, b: of either sentence the part that the other tells best, whole words.
        numbers: of the two sentences, from 0.
        confidence: in [0, 1].
        because: which words, names and numbers the two share.
    """

    a: Place
    b: Place
    numbers: tuple[int, int]
    confidence: float
    because: tuple[Evidence, ...]


class Collation(Noun, frozen=True):
    """A story's reports lined up.

    Attributes:
        passages: every sentence is in at most one.
        only: report id -> numbers of the sentences that are in no passage.
        overlaps: sentences that are no readings of one passage, and tell part of the same; in
            the order of the fullest report.
    """

    passages: tuple[Passage, ...]
    only: dict[str, tuple[int, ...]]
    overlaps: tuple[Overlap, ...] = ()


class Variant(Noun, frozen=True):
    """One quotation of a statement."""

    report: str
    quotation: str


class Statement(Noun, frozen=True):
    """A quotation as it lives across reports.

    Attributes:
        id: content hash.
        speaker: actor id, None for "cannot tell".
        variants: in the order of the reports.
        differs: changes that touch the quoted words, how they are attributed or marked.
    """

    id: str
    speaker: str | None
    variants: tuple[Variant, ...]
    differs: tuple[Change, ...]
