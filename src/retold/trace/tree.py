"""Trees from distances: neighbour joining on many resamplings at once, and majority branches.

Neighbour joining: Saitou & Nei 1987, in the form of Studier & Keppler 1988. The bootstrap over
passages follows Felsenstein 1985; a branch that fewer than half of the resamplings show is not
drawn, so that what the reports do not decide stays undecided (a node with many children).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retold.trace.characters import MISSING, Characters

__all__ = ["MOST_WITNESSES", "Forest", "Split", "distances", "forest", "majority"]

# A split of the witnesses in two: the side without witness 0.
Split = frozenset[int]

# A branch of less than this many differences per weighted word is no branch (the collapse
# threshold of neighbour joining with missing data, measured at 0.003 on simulated traditions).
SHORTEST_BRANCH = 0.003

# One odd word in a short report may be the line-up's and not the copyist's; in a very short one
# it says more than that.
STRAY_READINGS = 1.0
LONGEST_NOISE = 0.01

# Joining is cubic in the witnesses: the number of resamplings falls as stories grow, so that
# the whole stays near a second at 200 reports. More than `MOST_WITNESSES` are not joined.
MOST_WITNESSES = 250
RESAMPLINGS = 100
_RESAMPLING_BUDGET = 400_000


@dataclass(frozen=True, slots=True)
class Forest:
    """What the resampled trees have in common.

    Attributes:
        splits: share of resamplings that show a split of two or more witnesses on each side.
        leaves: (n,) share of resamplings in which the witness's own branch has no length, so
            that it may stand at an inner node, as an exemplar does.
        resamplings: how many.
    """

    splits: dict[Split, float]
    leaves: NDArray[np.float64]
    resamplings: int


def distances(signs: Characters, passages: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weighted differing words, and weighted words in common reach, per passage.

    Returns:
        two arrays of shape (passages, n, n).
    """
    n = signs.states.shape[0]
    differing = np.zeros((passages, n, n))
    reach = np.zeros((passages, n, n))
    for passage in range(passages):
        chosen = signs.passages == passage
        states = signs.states[:, chosen]
        weights = signs.weights[chosen]
        present = states != MISSING
        both = present[:, None, :] & present[None, :, :]
        unlike = (states[:, None, :] != states[None, :, :]) & both
        reach[passage] = both @ weights
        differing[passage] = unlike @ weights
    return differing, reach


def forest(differing: NDArray[np.float64], reach: NDArray[np.float64], seed: int) -> Forest:
    """Neighbour joining of the resampled passages.

    Args:
        differing, reach: see `distances`.
        seed: of the resampling.
    """
    passages, n, _ = differing.shape
    count = int(max(10, min(RESAMPLINGS, _RESAMPLING_BUDGET // (n * n))))
    draws = np.random.default_rng(seed).multinomial(
        passages, np.full(passages, 1 / passages), size=count
    )
    difference = np.tensordot(draws, differing, axes=(1, 0))
    reached = np.tensordot(draws, reach, axes=(1, 0))
    matrices = _rates(difference, reached)
    splits, lengths = _join(matrices)
    tally: dict[Split, int] = {}
    for shown in splits:
        for split in shown:
            tally[split] = tally.get(split, 0) + 1
    return Forest(
        splits={split: times / count for split, times in tally.items()},
        leaves=(lengths <= _noise(reached)).mean(axis=0),
        resamplings=count,
    )


def _noise(reached: NDArray[np.float64]) -> NDArray[np.float64]:
    """Leaf branch lengths, by resampling and witness, up to which a leaf has no own readings."""
    words = np.diagonal(reached, axis1=1, axis2=2)
    return np.clip(STRAY_READINGS / np.maximum(words, 1.0), SHORTEST_BRANCH, LONGEST_NOISE)


def majority(found: Forest) -> list[Split]:
    """The splits of more than half of the resamplings; such splits always fit one tree."""
    chosen = [split for split, share in found.splits.items() if share > 0.5]
    return sorted(chosen, key=lambda split: (-len(split), sorted(split)))


def _rates(difference: NDArray[np.float64], reached: NDArray[np.float64]) -> NDArray[np.float64]:
    """Differences per word; pairs that share nothing take the mean of their resampling."""
    known = reached > 0
    rates = np.divide(difference, reached, out=np.zeros_like(difference), where=known)
    means = rates.sum(axis=(1, 2)) / np.maximum(known.sum(axis=(1, 2)), 1)
    rates = np.where(known, rates, means[:, None, None])
    diagonal = np.arange(rates.shape[1])
    rates[:, diagonal, diagonal] = 0.0
    return rates


def _join(matrices: NDArray[np.float64]) -> tuple[list[set[Split]], NDArray[np.float64]]:
    """Neighbour joining of every matrix of a stack.

    Returns:
        per matrix the splits whose branch has a length, and (stack, n) leaf branch lengths.
    """
    stack, n, _ = matrices.shape
    work = matrices.copy()
    every = np.arange(stack)
    alive = np.ones((stack, n), dtype=bool)
    members: list[list[Split]] = [[frozenset({i}) for i in range(n)] for _ in range(stack)]
    lengths = np.zeros((stack, n))
    splits: list[set[Split]] = [set() for _ in range(stack)]
    for left in range(n, 2, -1):
        masked = np.where(alive[:, :, None] & alive[:, None, :], work, 0.0)
        sums = masked.sum(axis=2)
        scores = (left - 2) * masked - sums[:, :, None] - sums[:, None, :]
        open_pairs = alive[:, :, None] & alive[:, None, :]
        scores = np.where(open_pairs, scores, np.inf)
        diagonal = np.arange(n)
        scores[:, diagonal, diagonal] = np.inf
        # Rounded, so that ties break by position and not by the last bit of a sum.
        best = np.round(scores, 9).reshape(stack, -1).argmin(axis=1)
        first, second = np.minimum(best // n, best % n), np.maximum(best // n, best % n)
        apart = work[every, first, second]
        lean = (sums[every, first] - sums[every, second]) / (2 * (left - 2))
        branch = np.stack([apart / 2 + lean, apart / 2 - lean], axis=1)
        joined = (work[every, first] + work[every, second] - apart[:, None]) / 2
        for tree in range(stack):
            i, j = int(first[tree]), int(second[tree])
            for node, length in ((i, branch[tree, 0]), (j, branch[tree, 1])):
                _record(members[tree][node], float(length), n, splits[tree], lengths[tree])
            members[tree][i] = members[tree][i] | members[tree][j]
        work[every, first] = joined
        work[every, :, first] = joined
        work[every, first, first] = 0.0
        alive[every, second] = False
    for tree in range(stack):
        i, j = (int(node) for node in np.flatnonzero(alive[tree]))
        apart = float(work[tree, i, j])
        _record(members[tree][j], apart, n, splits[tree], lengths[tree])
        if len(members[tree][i]) == 1:
            lengths[tree, i] = apart
    return splits, lengths


def _record(
    side: Split, length: float, n: int, splits: set[Split], lengths: NDArray[np.float64]
) -> None:
    if len(side) == 1:
        lengths[next(iter(side))] = length
    if len(side) == n - 1:
        lengths[next(iter(set(range(n)) - side))] = length
    if 1 < len(side) < n - 1 and length > SHORTEST_BRANCH:
        splits.add(side if 0 not in side else frozenset(range(n)) - side)
