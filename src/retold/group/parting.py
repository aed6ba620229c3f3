"""A last look at a story that many tell: does it fall apart in two?

Two look-alike events are mostly not joined as two wholes, which `distinct` would see: they are
woven together report by report, before there are enough of either to be told apart. So every large
group is parted in the two halves that hold together best, and where those are distinct, they are
two stories.

The halves are those of Newman 2006 (*Modularity and community structure in networks*, PNAS 103):
by the signs of the leading eigenvector of the scores less what both reports have with all others;
then each report goes to the half that it is more like, until none moves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from retold.group.comparing import Pairs
from retold.group.distinct import FEWEST, distinct, one_a_title
from retold.group.groups import sample
from retold.group.kept import Kept

__all__ = ["parted"]

_MOST = 48
_ROUNDS = 20

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def parted(rows: Sequence[int], kept: Mapping[int, Kept], pairs: Pairs) -> list[list[int]]:
    """The stories that a group is: mostly one.

    Args:
        rows: of the group, ascending.
        kept: row -> what is kept of it.
        pairs: compares, and remembers.

    Returns:
        the rows of each, ascending; the one with the first row first.
    """
    if len(rows) < 2 * FEWEST:
        return [list(rows)]
    chosen = sample(one_a_title(rows, kept), _MOST)
    if len(chosen) < 2 * FEWEST:
        return [list(rows)]
    pairs.compare({row: [one for one in chosen if one < row] for row in chosen}, kept)
    halves = _halves(_scores(chosen, pairs))
    one = [row for row, half in zip(chosen, halves, strict=True) if half]
    other = [row for row, half in zip(chosen, halves, strict=True) if not half]
    if not distinct(one, other, kept, pairs):
        return [list(rows)]
    found = sorted(_with_rest(rows, one, other, kept, pairs))
    return [part for half in found for part in parted(half, kept, pairs)]


def _scores(rows: Sequence[int], pairs: Pairs) -> Floats:
    """Scores of all pairs; 0 of a report with itself."""
    scores = np.zeros((len(rows), len(rows)))
    for a, row in enumerate(rows):
        for b in range(a):
            scores[a, b] = scores[b, a] = pairs.score(row, rows[b])
    return scores


def _halves(scores: Floats) -> Flags:
    """Which reports are of the one of two halves."""
    size = len(scores)
    mean = scores.sum(axis=1) / (size - 1)
    more = scores - (mean[:, None] + mean - mean.mean())
    np.fill_diagonal(more, 0.0)
    half: Flags = np.linalg.eigh(more)[1][:, -1] > 0.0
    for _ in range(_ROUNDS):
        ones = np.count_nonzero(half)
        if min(ones, size - ones) < 2:
            break
        # The average with each half, without the report itself.
        to_one = scores[:, half].sum(axis=1) / (ones - half)
        to_other = scores[:, ~half].sum(axis=1) / (size - ones - ~half)
        moved: Flags = to_one > to_other
        if np.array_equal(moved, half):
            break
        half = moved
    return half


def _with_rest(
    rows: Sequence[int],
    one: Sequence[int],
    other: Sequence[int],
    kept: Mapping[int, Kept],
    pairs: Pairs,
) -> list[list[int]]:
    """Two halves, with the reports that were not looked at."""
    halves = [set(one), set(other)]
    left = [row for row in rows if row not in halves[0] and row not in halves[1]]
    some, others = sample(one), sample(other)
    pairs.compare({row: [*some, *others] for row in left}, kept)
    for row in left:
        means = [sum(pairs.score(row, to) for to in side) / len(side) for side in (some, others)]
        halves[means[1] > means[0]].add(row)
    return [sorted(half) for half in halves]
