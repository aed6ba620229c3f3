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

__all__ = ["Rivals", "scored"]

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
    rivals = (
        Rivals(new * (int(report.max()) + 1) + report, placed, kinds[1]),
        Rivals(placed, new, kinds[0]),
    )
    neighbours = _Neighbours(new, placed, stride)
    fixed = _CONSTANT + _ALIKE * alike + _DISTANCE * distance
    score = alike
    for _ in range(_ROUNDS):
        rival_new, rival_placed = (rival.best(score) for rival in rivals)
        margin = np.minimum(0.0, score - np.maximum(rival_new, rival_placed))
        belief = np.exp(margin) / (1.0 + np.exp(-score))
        found = (
            fixed
            + _RIVAL * (np.clip(rival_new, -4.0, 4.0) + np.clip(rival_placed, -4.0, 4.0))
            + _NEIGHBOURS * neighbours.support(belief)
        )
        score = (1.0 - _STEP) * score + _STEP * found
    return np.asarray(np.round(score, 6))


class _Neighbours:
    """Which pairs stand around each pair; the same in all rounds."""

    def __init__(self, new: Ints, placed: Ints, stride: int) -> None:
        keys = new * stride + placed
        self._size = len(keys)
        self._sides = [
            [
                (weight, *_found(keys, keys + sign * (step * stride + other)))
                for step, other, weight in _BEFORE
            ]
            for sign in (1, -1)
        ]
        self._swapped = [
            (weight, *_found(keys, keys + (step * stride + other)))
            for step, other, weight in _SWAPPED
        ]

    def support(self, belief: Floats) -> Floats:
        """For each pair how well the pairs around it match: 0 to 2, one for either side."""
        total = np.zeros(self._size)
        for around in self._sides:
            side = np.zeros(self._size)
            for weight, pairs, there in around:
                side[pairs] = np.maximum(side[pairs], weight * belief[there])
            total += side
        for weight, pairs, there in self._swapped:
            total[pairs] = np.maximum(total[pairs], weight * belief[there])
        return total


def _found(keys: Ints, wanted: Ints) -> tuple[Ints, Ints]:
    """Which of the wanted are among the keys, which are sorted, and where."""
    where = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    pairs = np.flatnonzero(keys[where] == wanted)
    return pairs, where[pairs]


class Rivals:
    """The other pairs of each pair's group."""

    def __init__(self, group: Ints, place: Ints, kind: Ints) -> None:
        """
        Args:
            group: of each pair, any numbers.
            place: of the mate in its report.
            kind: of the mate; equals are no rivals.
        """
        self._order = np.lexsort((place, group))
        inside = group[self._order]
        begins = np.r_[True, inside[1:] != inside[:-1]]
        self._starts = np.flatnonzero(begins)
        self._group = np.cumsum(begins) - 1  # of the pairs in order
        self._place, self._kind = place[self._order], kind[self._order]
        self._number = np.arange(len(group))

    def best(self, score: Floats) -> Floats:
        """For each pair the best score of another pair of its group.

        A neighbour of the mate is less of a rival: the two may be one sentence cut in two.
        """
        left = score[self._order]
        found = np.full(len(left), _NO_RIVAL)
        for _ in range(_RIVALS):
            best = np.maximum.reduceat(left, self._starts)
            first = np.where(left == best[self._group], self._number, len(left))
            where = np.minimum.reduceat(first, self._starts)
            rival = best[self._group] - _NEIGHBOUR_RIVAL * (
                np.abs(self._place[where][self._group] - self._place) == 1
            )
            other = self._kind[where][self._group] != self._kind
            found = np.where(other, np.maximum(found, rival), found)
            left[where] = -np.inf
        result = np.empty(len(found))
        result[self._order] = found
        return result
