"""Passages while they grow, and which sentences are in which."""

from __future__ import annotations

import numpy as np

from retold.collate.features import Features, Floats, Ints

__all__ = ["Draft", "Joined"]

_REPRESENTATIVES = 8
_APART = 4  # positions between reports, more than neighbours reach


class Draft:
    """A passage while it grows.

    Attributes:
        number: its place in `Joined.drafts`.
        readings: sentences by report, in the order in which they joined.
        scores: for each report the least log-odds with which one of them joined.
        representing: the first eight of the reports, whose sentences others are compared with.
    """

    __slots__ = ("number", "readings", "representing", "scores")

    def __init__(self, number: int) -> None:
        self.number = number
        self.readings: dict[int, list[int]] = {}
        self.scores: dict[int, float] = {}
        self.representing: set[int] = set()


class Joined:
    """What has been joined so far.

    Attributes:
        joined_reports: their numbers, in the order in which they were joined.
        looked: positions of pairs of sentences that were compared, and their likeness.
    """

    def __init__(self, features: Features) -> None:
        self.features = features
        self.sizes = np.array([len(kinds) for kinds in features.kinds], dtype=np.int64)
        sizes = self.sizes + _APART
        self.offsets = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
        self.stride = int(self.offsets[-1]) + _APART
        self.draft_of: dict[int, Draft] = {}
        self.number_at = np.full(self.stride, -1, dtype=np.int64)
        self.drafts: list[Draft] = []
        self.placed_by_kind: dict[int, dict[int, list[int]]] = {}
        self.positions_of_kind: dict[int, list[int]] = {}
        none = np.full(_APART, -1, dtype=np.int64)
        parts = [part for kinds in features.kinds for part in (kinds, none)]
        self.kinds_at = np.concatenate([*parts, none])
        self.joined_reports: list[int] = []
        none_looked = np.empty(0, dtype=np.int64)
        self.looked: tuple[Ints, Ints, Floats] = (none_looked, none_looked, np.empty(0))
        self.report_of = np.repeat(np.arange(len(sizes)), sizes)

    def place(self, report: int, sentence: int, draft: Draft, score: float) -> None:
        """Puts a sentence into a passage."""
        position = int(self.offsets[report]) + sentence
        draft.readings.setdefault(report, []).append(sentence)
        draft.scores[report] = min(score, draft.scores.get(report, score))
        self.draft_of[position] = draft
        self.number_at[position] = draft.number
        if report in draft.representing or len(draft.representing) < _REPRESENTATIVES:
            draft.representing.add(report)
            kind = int(self.kinds_at[position])
            if kind >= 0:
                self.placed_by_kind.setdefault(kind, {}).setdefault(report, []).append(position)
                self.positions_of_kind.setdefault(kind, []).append(position)

    def copy(self, report: int, original: int) -> None:
        """Reads a report as the one that has the same sentences."""
        for sentence in range(len(self.features.kinds[report])):
            draft = self.draft_of[int(self.offsets[original]) + sentence]
            draft.readings.setdefault(report, []).append(sentence)
            draft.scores[report] = np.inf
            self.draft_of[int(self.offsets[report]) + sentence] = draft

    def absorb(self, draft: Draft, other: Draft, score: float) -> None:
        """Makes two passages one."""
        for report, sentences in other.readings.items():
            draft.readings.setdefault(report, []).extend(sentences)
            draft.scores[report] = min(score, draft.scores.get(report, score))
            for sentence in sentences:
                self.draft_of[int(self.offsets[report]) + sentence] = draft
        draft.representing |= other.representing
        other.readings = {}

    def draft_numbers(self) -> Ints:
        """For each position the number of its passage, -1 where there is none."""
        number = {id(draft): number for number, draft in enumerate(self.drafts)}
        found = np.full(len(self.kinds_at), -1, dtype=np.int64)
        for position, draft in self.draft_of.items():
            found[position] = number[id(draft)]
        return found

    def represented_at(self, draft: Draft) -> Ints:
        """Positions of the sentences that represent a passage, sorted."""
        positions = [
            int(self.offsets[report]) + sentence
            for report in draft.representing
            for sentence in draft.readings[report]
        ]
        return np.array(sorted(positions), dtype=np.int64)

    def kind_of(self, report: int, sentence: int) -> int:
        """Kind of a sentence."""
        return int(self.features.kinds[report][sentence])

    def draft_at(self, report: int, sentence: int) -> Draft | None:
        """The passage of a sentence; None where the report has no such sentence."""
        if not 0 <= sentence < len(self.features.kinds[report]):
            return None
        return self.draft_of[int(self.offsets[report]) + sentence]

    def at(self, position: int) -> tuple[int, int]:
        """Report and sentence of a position."""
        report = int(self.report_of[position])
        return report, position - int(self.offsets[report])

    def begin(self, report: int, sentence: int) -> None:
        """Opens a passage with a sentence that has no mate yet."""
        draft = Draft(len(self.drafts))
        self.drafts.append(draft)
        self.place(report, sentence, draft, np.inf)
