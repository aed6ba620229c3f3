"""Which sentences tell the same: words first, rivals and neighbours second.

Every pair of a new sentence and one already placed has a score in log-odds, a sum that can be
argued with: how alike the two are (`products.likeness`), how much more alike than either is to
its best other mate in the other's report, whether the sentences before and after them match
too, and how far apart they stand in their reports. Rivals and neighbours depend on the scores
of other pairs, so the sum is taken three times (relaxation labelling: Rosenfeld, Hummel &
Zucker 1976). Neighbours help and never hinder, so that a moved passage loses only what it does
not gain.
"""

from __future__ import annotations

import numpy as np

from retold.collate.features import Floats, Ints

__all__ = ["rival", "scored"]

# (new sentence, placed sentence) offsets and how much a match there supports this one.
_BEFORE = (
    (1, 1, 1.0), (2, 2, 0.7), (1, 2, 0.7), (2, 1, 0.7),
    (3, 3, 0.5), (2, 3, 0.5), (3, 2, 0.5), (1, 3, 0.5), (3, 1, 0.5),
)  # fmt: skip
_SWAPPED = ((-1, 1, 0.4), (1, -1, 0.4))
_ROUNDS = 4
_STEP = 0.6  # of the way to the new sum, so that rivals do not take turns
_NO_RIVAL = -4.0
_RIVALS = 4  # a mate, its two neighbours, and one more
_NEIGHBOUR_RIVAL = 1.0
_CONSTANT = -4.6
_ALIKE = 0.95
_RIVAL = -0.92
_NEIGHBOURS = 1.1
_DISTANCE = -4.0


def scored(
    new: Ints,
    placed: Ints,
    kinds: tuple[Ints, Ints],
    alike: Floats,
    distance: Floats,
    report: Ints,
    stride: int,
) -> Floats:
    """Log-odds that two sentences tell the same.

    Args:
        new: number of the sentence in its report, for each pair; pairs sorted by (new, placed).
        placed: position of the other sentence; reports lie at least four apart.
        kinds: of either sentence of the pair; equals are no rivals, among them place decides.
        alike: likeness of the pair.
        distance: between the sentences' places in their reports, 0 to 1.
        report: number of the report that `placed` is in.
        stride: more than any position.
    """
    if not len(new):
        return np.empty(0)
    by_new = np.unique(new * (int(report.max()) + 1) + report, return_inverse=True)[1]
    by_placed = np.unique(placed, return_inverse=True)[1]
    fixed = _CONSTANT + _ALIKE * alike + _DISTANCE * distance
    score = alike
    for _ in range(_ROUNDS):
        rival_new, rival_placed = (
            rival(by_new, placed, kinds[1], score),
            rival(by_placed, new, kinds[0], score),
        )
        margin = np.minimum(0.0, score - np.maximum(rival_new, rival_placed))
        belief = np.exp(margin) / (1.0 + np.exp(-score))
        found = (
            fixed
            + _RIVAL * (np.clip(rival_new, -4.0, 4.0) + np.clip(rival_placed, -4.0, 4.0))
            + _NEIGHBOURS * _neighbours(new, placed, belief, stride)
        )
        score = (1.0 - _STEP) * score + _STEP * found
    return np.asarray(np.round(score, 6))


def _neighbours(new: Ints, placed: Ints, belief: Floats, stride: int) -> Floats:
    """For each pair how well the pairs around it match: 0 to 2, one for either side."""
    keys = new * stride + placed
    total = np.zeros(len(keys))
    for sign in (1, -1):
        side = np.zeros(len(keys))
        for step, other, weight in _BEFORE:
            side = np.maximum(side, weight * _at(keys, belief, sign * (step * stride + other)))
        total += side
    for step, other, weight in _SWAPPED:
        total = np.maximum(total, weight * _at(keys, belief, step * stride + other))
    return total


def _at(keys: Ints, belief: Floats, offset: int) -> Floats:
    wanted = keys + offset
    where = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[where] == wanted, belief[where], 0.0)


def rival(group: Ints, place: Ints, kind: Ints, score: Floats) -> Floats:
    """For each pair the best score of another pair of its group.

    A neighbour of the mate is less of a rival: the two may be one sentence cut in two.
    """
    order = np.lexsort((place, -score, group))
    first = np.flatnonzero(np.r_[True, group[order][1:] != group[order][:-1]])
    rank = np.arange(len(group)) - np.repeat(first, np.diff(np.r_[first, len(group)]))
    seen = rank < _RIVALS
    best = np.full((len(first), _RIVALS), -np.inf)
    where = np.zeros((len(first), _RIVALS), dtype=np.int64)
    which = np.full((len(first), _RIVALS), -1, dtype=np.int64)
    number = group[order][seen]
    best[number, rank[seen]] = score[order][seen]
    where[number, rank[seen]] = place[order][seen]
    which[number, rank[seen]] = kind[order][seen]
    beside = np.abs(where[group] - place[:, None]) == 1
    rivals = np.where(
        which[group] == kind[:, None], -np.inf, best[group] - _NEIGHBOUR_RIVAL * beside
    )
    return np.asarray(np.maximum(rivals.max(axis=1), _NO_RIVAL))
