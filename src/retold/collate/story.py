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

from retold.collate.drafts import Draft, Joined
from retold.collate.features import Features, Floats, Ints
from retold.collate.matching import scored
from retold.collate.merging import WORTH_A_LOOK, merge
from retold.collate.products import BEST, similar

__all__ = ["join"]

_TOLD_BY_MANY = 0.5  # of the logarithm of the share of reports that have a passage
_CHANCES = 0.2  # of the logarithm of the number of reports, each a chance to match; ten at most
_MOST_CHANCES = 10
_ABSENT = -3.0  # score of a reading that a sentence is no mate of at all
_ALL_PAIRS = 64  # of equal sentences; beyond, rank decides
_RANKS = 2
_WAVE = 512  # sentences; about a dozen reports
_FEW = 3  # reports


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
    looked: list[tuple[Ints, Ints, Floats]] = []
    for wave in _waves(features, list(first.values())):
        mates = _wave_mates(joined, wave)
        for report in wave:
            _add(joined, report, mates, looked)
    if looked:
        a, b, alike = (np.concatenate([part[k] for part in looked]) for k in range(3))
        joined.looked = a, b, alike
        worth = alike >= WORTH_A_LOOK
        merge(joined, (a[worth], b[worth], alike[worth]))
    for report, original in copies:
        joined.copy(report, original)
    return joined


def _waves(features: Features, order: Sequence[int]) -> list[list[int]]:
    """Reports whose similarities are computed together, so that calls are few."""
    if len(order) <= _FEW:  # Every two are compared once, where a wave compares them both ways.
        return [[report] for report in order]
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
    # Of few sentences all that are alike are looked at, as inside a wave.
    few = len(joined.sizes) <= _FEW and len(placed) + len(kinds) <= _WAVE
    best = max(BEST, len(placed)) if few else BEST
    found = [similar(joined.features, kinds, placed, best)] if len(placed) else []
    if len(wave) > 1:
        # All of them, or the few that will represent a passage might not be among the best.
        found.append(similar(joined.features, kinds, np.setdiff1d(kinds, placed), len(kinds)))
    if not found:
        return {int(kind): (kinds[:0], np.empty(0)) for kind in kinds}
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
    sizes: list[int] = []  # how many of the placed each of the new, and its value, stands for
    for kind, sentences in occurrences.items():
        others, similarities = mates[kind]
        for other, value in zip(others.tolist(), similarities.tolist(), strict=True):
            everywhere = joined.positions_of_kind.get(other)
            if everywhere is None:
                continue
            if len(sentences) * len(everywhere) <= _ALL_PAIRS:
                for sentence in sentences:
                    placed += everywhere
                    new.append(sentence)
                    values.append(value)
                    sizes.append(len(everywhere))
                continue
            for positions in joined.placed_by_kind[other].values():
                for rank, sentence in enumerate(sentences):
                    if len(sentences) * len(positions) <= _ALL_PAIRS:
                        chosen = positions
                    else:
                        chosen = positions[max(0, rank - _RANKS) : rank + _RANKS + 1]
                    placed += chosen
                    new.append(sentence)
                    values.append(value)
                    sizes.append(len(chosen))
    times = np.array(sizes, dtype=np.int64)
    new_array = np.repeat(np.array(new, dtype=np.int64), times)
    placed_array = np.array(placed, dtype=np.int64)
    by = np.lexsort((placed_array, new_array))
    return new_array[by], placed_array[by], np.repeat(np.array(values), times)[by]


def _add(
    joined: Joined,
    report: int,
    mates: dict[int, tuple[Ints, Floats]],
    looked: list[tuple[Ints, Ints, Floats]],
) -> None:
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
        looked.append((new + joined.offsets[report], placed, similarity))
    for sentence in range(len(kinds)):
        if sentence not in taken:
            joined.begin(report, sentence)
    joined.joined_reports.append(report)


def _claims(
    joined: Joined, new: Ints, placed: Ints, score: Floats
) -> list[tuple[float, int, Draft]]:
    """Sentences and the passages they fit, best first."""
    # A claim is a mean of scores less what speaks against it: without one above zero it fails.
    claim = new * len(joined.drafts) + joined.number_at[placed]
    kept = np.isin(claim, claim[score > 0.0])
    claim, report = claim[kept], joined.report_of[placed[kept]]
    claims, of, first = _numbered(claim)
    if not len(claims):
        return []
    drafts = [joined.drafts[number] for number in (claims % len(joined.drafts)).tolist()]
    half = np.array([(len(draft.representing) + 1) // 2 for draft in drafts])
    told = np.log([len(draft.readings) / len(joined.joined_reports) for draft in drafts])
    # Of every report the best sentence, and of the reports the better half.
    order = np.lexsort((-score[kept], report, of))
    best = order[np.r_[True, np.diff(of[order] * len(joined.sizes) + report[order]) != 0]]
    best = best[np.lexsort((-score[kept][best], of[best]))]
    rank = np.arange(len(best)) - np.searchsorted(of[best], np.arange(len(claims)))[of[best]]
    better = best[rank < half[of[best]]]
    total = np.bincount(of[better], score[kept][better], len(claims))
    absent = half - np.bincount(of[better], minlength=len(claims))
    chances = _CHANCES * math.log(min(len(joined.joined_reports), _MOST_CHANCES))
    value = np.round((total + _ABSENT * absent) / half + _TOLD_BY_MANY * told - chances, 6)
    position = placed[kept][first]  # The first that is among the mates.
    sentence = claims // len(joined.drafts)
    order = np.lexsort((position, sentence, -value))
    return [
        (float(value[at]), int(sentence[at]), drafts[at])
        for at in order[value[order] > 0.0].tolist()
    ]


def _numbered(keys: Ints) -> tuple[Ints, Ints, Ints]:
    """Distinct keys, for each entry the number of its key, and where each stands first."""
    distinct, first, number = np.unique(keys, return_index=True, return_inverse=True)
    return distinct, number, first
