"""Reports joined one after the other into passages (progressive alignment).

The fullest report comes first, the next are matched with the passages found so far, as in
multiple sequence alignment (Feng & Doolittle 1987) and in collation on a variant graph (Dekker
& Middell 2011). A sentence joins a passage by the better half of the passage's readings, never
by one of them alone, so that passages do not chain. A passage is represented by its first
eight readings, which keeps time linear in the number of reports.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from retold.collate.features import Features, Floats, Ints
from retold.collate.matching import scored
from retold.collate.merging import Leftover
from retold.collate.products import similar

__all__ = ["Draft", "Joined", "join"]

_REPRESENTATIVES = 8
_APART = 4  # positions between reports, more than neighbours reach
_TOLD_BY_MANY = 0.5  # of the logarithm of the share of reports that have a passage
_ABSENT = -3.0  # score of a reading that a sentence is no mate of at all
_ALL_PAIRS = 64  # of equal sentences; beyond, rank decides
_RANKS = 2
_WORTH_A_LOOK = -4.5  # likeness below which a sentence cannot be part of another
_MERGES = 3  # rounds: a sentence may be cut in four
_ADJACENT = 2.5  # what it counts that the parts of a sentence stand side by side
_FARTHER = 0.35  # for each sentence between them, a dozen at most
_FAR = 12
_SPLIT_READERS = 3  # passages that more reports read apart are not joined for one report
_WAVE = 512  # sentences; about a dozen reports, fewer than the mates that are kept


class Draft:
    """A passage while it grows.

    Attributes:
        readings: sentences by report, in the order in which they joined.
        scores: for each report the least log-odds with which one of them joined.
        representing: the first eight of the reports, whose sentences others are compared with.
    """

    __slots__ = ("readings", "representing", "scores")

    def __init__(self) -> None:
        self.readings: dict[int, list[int]] = {}
        self.scores: dict[int, float] = {}
        self.representing: set[int] = set()


class Joined:
    """What has been joined so far."""

    def __init__(self, features: Features) -> None:
        self.features = features
        self.sizes = np.array([len(kinds) for kinds in features.kinds], dtype=np.int64)
        sizes = self.sizes + _APART
        self.offsets = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
        self.stride = int(self.offsets[-1]) + _APART
        self.draft_of: dict[int, Draft] = {}
        self.drafts: list[Draft] = []
        self.placed_by_kind: dict[int, dict[int, list[int]]] = {}
        none = np.full(_APART, -1, dtype=np.int64)
        parts = [part for kinds in features.kinds for part in (kinds, none)]
        self.kinds_at = np.concatenate([*parts, none])
        self.joined_reports = 0
        self.leftover = Leftover(features)
        self.report_of = np.repeat(np.arange(len(sizes)), sizes)

    def place(self, report: int, sentence: int, draft: Draft, score: float) -> None:
        """Puts a sentence into a passage."""
        position = int(self.offsets[report]) + sentence
        draft.readings.setdefault(report, []).append(sentence)
        draft.scores[report] = min(score, draft.scores.get(report, score))
        self.draft_of[position] = draft
        if report in draft.representing or len(draft.representing) < _REPRESENTATIVES:
            draft.representing.add(report)
            kind = int(self.kinds_at[position])
            if kind >= 0:
                self.placed_by_kind.setdefault(kind, {}).setdefault(report, []).append(position)

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

    def kind_of(self, report: int, sentence: int) -> int:
        """Kind of a sentence."""
        return int(self.features.kinds[report][sentence])

    def draft_at(self, report: int, sentence: int) -> Draft | None:
        """The passage of a sentence; None where the report has no such sentence."""
        if not 0 <= sentence < len(self.features.kinds[report]):
            return None
        return self.draft_of[int(self.offsets[report]) + sentence]

    def begin(self, report: int, sentence: int) -> None:
        """Opens a passage with a sentence that has no mate yet."""
        draft = Draft()
        self.drafts.append(draft)
        self.place(report, sentence, draft, np.inf)


def join(features: Features, order: Sequence[int]) -> Joined:
    """Passages of a story, those with one reading included.

    Args:
        features: of all reports.
        order: in which the reports are taken.
    """
    joined = Joined(features)
    first: dict[bytes, int] = {}
    copies = []
    for report in order:
        original = first.setdefault(features.kinds[report].tobytes(), report)
        if original != report:
            copies.append((report, original))
    for wave in _waves(features, list(first.values())):
        mates = _wave_mates(joined, wave)
        for report in wave:
            _add(joined, report, mates)
    for report, original in copies:
        joined.copy(report, original)
    return joined


def _waves(features: Features, order: Sequence[int]) -> list[list[int]]:
    """Reports whose similarities are computed together, so that calls are few."""
    waves: list[list[int]] = []
    room = 0
    for report in order:
        size = len(features.kinds[report])
        if not waves or size > room:
            waves.append([])
            room = _WAVE
        waves[-1].append(report)
        room -= size
    return waves


def _wave_mates(joined: Joined, wave: list[int]) -> dict[int, tuple[Ints, Floats]]:
    """For each kind of the wave its similar kinds, placed before or in the wave itself."""
    used = np.concatenate([joined.features.kinds[report] for report in wave])
    kinds = np.unique(used[used >= 0])
    placed = np.fromiter(sorted(joined.placed_by_kind), dtype=np.int64)
    found = [similar(joined.features, kinds, placed)]
    if len(wave) > 1:
        found.append(similar(joined.features, kinds, np.setdiff1d(kinds, placed)))
    rows, mates, values = (np.concatenate([part[k] for part in found]) for k in range(3))
    order = np.lexsort((mates, rows))
    rows, mates, values = rows[order], mates[order], values[order]
    starts = np.searchsorted(rows, kinds)
    ends = np.searchsorted(rows, kinds, side="right")
    return {
        int(kind): (mates[start:end], values[start:end])
        for kind, start, end in zip(kinds, starts, ends, strict=True)
    }


def _pairs(
    joined: Joined, report: int, mates: dict[int, tuple[Ints, Floats]]
) -> tuple[Ints, Ints, Floats]:
    kinds = joined.features.kinds[report].tolist()
    occurrences: dict[int, list[int]] = {}
    for sentence, kind in enumerate(kinds):
        if kind >= 0:
            occurrences.setdefault(kind, []).append(sentence)
    new: list[int] = []
    placed: list[int] = []
    values: list[float] = []
    for kind, sentences in occurrences.items():
        others, similarities = mates[kind]
        for other, value in zip(others.tolist(), similarities.tolist(), strict=True):
            for positions in joined.placed_by_kind.get(other, {}).values():
                for rank, sentence in enumerate(sentences):
                    if len(sentences) * len(positions) <= _ALL_PAIRS:
                        chosen = positions
                    else:
                        chosen = positions[max(0, rank - _RANKS) : rank + _RANKS + 1]
                    placed += chosen
                    new += [sentence] * len(chosen)
                    values += [value] * len(chosen)
    new_array = np.array(new, dtype=np.int64)
    placed_array = np.array(placed, dtype=np.int64)
    by = np.lexsort((placed_array, new_array))
    return new_array[by], placed_array[by], np.array(values)[by]


def _add(joined: Joined, report: int, mates: dict[int, tuple[Ints, Floats]]) -> None:
    kinds = joined.features.kinds[report]
    new, placed, similarity = _pairs(joined, report, mates)
    taken: dict[int, Draft] = {}
    if len(new):
        other = joined.report_of[placed]
        inside = placed - joined.offsets[other]
        distance = np.abs((new + 0.5) / len(kinds) - (inside + 0.5) / joined.sizes[other])
        pair_kinds = kinds[new], joined.kinds_at[placed]
        score = scored(new, placed, pair_kinds, similarity, distance, other, joined.stride)
        for value, sentence, draft in _claims(joined, new, placed, score):
            if sentence not in taken and report not in draft.readings:
                taken[sentence] = draft
                joined.place(report, sentence, draft, value)
        _merge(joined, report, taken, (new, placed, similarity))
    for sentence in range(len(kinds)):
        if sentence not in taken:
            joined.begin(report, sentence)
    joined.joined_reports += 1


def _merge(
    joined: Joined, report: int, taken: dict[int, Draft], pairs: tuple[Ints, Ints, Floats]
) -> None:
    """Lets split and merged sentences join, best first, until none is left that should."""
    worth = np.flatnonzero(pairs[2] >= _WORTH_A_LOOK)
    candidates = list(zip(pairs[0][worth].tolist(), pairs[1][worth].tolist(), strict=True))
    for _ in range(_MERGES):
        found: list[tuple[float, int, int]] = []
        for sentence, position in candidates:
            # What `_gain` sees at once, without the call: most candidates end here.
            there, own = joined.draft_of[position], taken.get(sentence)
            if own is None:
                if report not in there.readings:
                    continue
            elif own is there or len(there.readings) > _SPLIT_READERS:
                continue
            value = _gain(joined, report, taken, sentence, position)
            if value > 0.0:
                found.append((-round(value, 6), sentence, position))
        done = 0
        for negative, sentence, position in sorted(found):
            if _gain(joined, report, taken, sentence, position) <= 0.0:
                continue  # an earlier one has taken what it would account for
            done += 1
            other = joined.draft_of[position]
            if sentence in taken:
                joined.absorb(taken[sentence], other, -negative)
            else:
                taken[sentence] = other
                joined.place(report, sentence, other, -negative)
        if not done:
            return


def _gain(
    joined: Joined, report: int, taken: dict[int, Draft], sentence: int, position: int
) -> float:
    """Log-odds that a sentence and a placed one belong together beside their own matches."""
    there = joined.draft_of[position]
    own = taken.get(sentence)
    if own is None:
        mates = there.readings.get(report, ())
        if not mates:
            return -np.inf
        reader = int(joined.report_of[position])
        apart = min(abs(mate - sentence) for mate in mates)
        joining = [joined.kind_of(report, sentence)]
        target = [joined.kind_of(reader, other) for other in there.readings[reader]]
        accounted = [joined.kind_of(report, mate) for mate in mates]
    else:
        if len(there.readings) > _SPLIT_READERS or own is there or report in there.readings:
            return -np.inf
        reader = int(joined.report_of[position])
        mates = own.readings.get(reader, ())
        place = position - int(joined.offsets[reader])
        if not mates:
            return -np.inf
        apart = min(abs(mate - place) for mate in mates)
        joining = [joined.kind_of(reader, other) for other in there.readings[reader]]
        target = [joined.kind_of(report, other) for other in own.readings[report]]
        accounted = [joined.kind_of(reader, mate) for mate in mates]
    near = _ADJACENT - _FARTHER * min(apart - 1, _FAR)
    return joined.leftover.log_odds(joining, target, accounted, -near) + near


def _claims(
    joined: Joined, new: Ints, placed: Ints, score: Floats
) -> list[tuple[float, int, Draft]]:
    """Sentences and the passages they fit, best first."""
    found: dict[tuple[int, int], tuple[Draft, dict[int, float], int]] = {}
    draft_of = joined.draft_of
    others = joined.report_of[placed].tolist()
    for sentence, position, other, value in zip(
        new.tolist(), placed.tolist(), others, score.tolist(), strict=True
    ):
        draft = draft_of[position]
        claim = found.get((sentence, id(draft)))
        if claim is None:
            claim = found[sentence, id(draft)] = (draft, {}, position)
        by_report = claim[1]
        if value > by_report.get(other, -math.inf):
            by_report[other] = value
    claims = []
    for (sentence, _), (draft, by_report, position) in found.items():
        half = (len(draft.representing) + 1) // 2
        values = sorted(by_report.values(), reverse=True)[:half]
        values += [_ABSENT] * (half - len(values))
        told = math.log(len(draft.readings) / joined.joined_reports)
        value = sum(values) / half + _TOLD_BY_MANY * told
        if value > 0.0:
            claims.append((-round(value, 6), sentence, position, draft))
    claims.sort(key=lambda claim: claim[:3])
    return [(-value, sentence, draft) for value, sentence, _, draft in claims]
