"""Two stories that are alike, and yet each has its own: look-alikes.

Two quakes in one region, two arrests of players of one club: most words are the same, and every
single report is nearer to those of the other story than many reports of one story are to each
other. What tells them apart shows only when several reports of each are there, in two ways that
must come together:

* Words of the beginnings part the two, on both sides: by the likelihood ratio of Dunning 1993
  (*Accurate methods for the statistics of surprise and coincidence*, Computational Linguistics 19).
* The nearest report of nearly every report is one of its own side: the test by nearest neighbours
  of Schilling 1986 (*Multivariate two-sample tests based on nearest neighbors*, JASA 81). Halves of
  one story are joined by reports that stand between them; between two events there are none.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import median

import numpy as np
import numpy.typing as npt

from retold.group.comparing import Pairs
from retold.group.groups import sample
from retold.group.kept import Kept

__all__ = ["FEWEST", "distinct", "one_a_title"]

Keys = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]

FEWEST = 4
"""Reports of each, below which nothing can be told."""

# Learned on the even topics of ECB+, from the halves of each story and of each pair of look-alikes,
# and from what is joined there by thresholds that are lower than the shipped one, too.
_WORDS = 3
_SURPRISE = 24.0
_OWN = 0.9
_SAMPLE = 12  # of each: 24 tell the same apart, at four times the cost
# A story that goes on for days has new words every day: it is no other one for that.
_DAYS = 1.0


def distinct(
    some: Sequence[int], others: Sequence[int], kept: Mapping[int, Kept], pairs: Pairs
) -> bool:
    """Whether two groups of reports, however alike, are two stories.

    False for groups of less than four reports with titles of their own, and for groups that are a
    day or more apart.

    Args:
        some, others: rows.
        kept: row -> what is kept of it.
        pairs: compares, and remembers.
    """
    if min(len(some), len(others)) < FEWEST:
        return False
    if abs(_when(some, kept) - _when(others, kept)) >= _DAYS:
        return False
    if kept[some[0]].language != kept[others[0]].language:
        return False
    some, others = one_a_title(some, kept), one_a_title(others, kept)
    if min(len(some), len(others)) < FEWEST:
        return False
    some, others = sample(some, _SAMPLE), sample(others, _SAMPLE)
    leads = [[kept[row].vector.bag("lead")[0] for row in rows] for rows in (some, others)]
    return _surprise(*leads) >= _SURPRISE and _own(some, others, kept, pairs) >= _OWN


def _when(rows: Sequence[int], kept: Mapping[int, Kept]) -> float:
    """The middle of when they were published; NaN when no date is known."""
    known = [kept[row].moment for row in rows if not math.isnan(kept[row].moment)]
    return median(known) if known else math.nan


def one_a_title(rows: Sequence[int], kept: Mapping[int, Kept]) -> list[int]:
    """The first report of each title: one headline that many print is no agreement of many."""
    first: dict[bytes, int] = {}
    for row in rows:
        first.setdefault(kept[row].headed, row)
    return list(first.values())


def _surprise(some: Sequence[Keys], others: Sequence[Keys]) -> float:
    """How surely words part two groups: on that side on which they do so less.

    The sum of the log-likelihood ratios of three words, those of which it is greatest.
    """
    m, n = len(some), len(others)
    keys, place = np.unique(np.concatenate([*some, *others]), return_inverse=True)
    split = sum(len(one) for one in some)
    a = np.bincount(place[:split], minlength=len(keys)).astype(np.float64)
    b = np.bincount(place[split:], minlength=len(keys)).astype(np.float64)
    share = (a + b) / (m + n)
    ratios = 2.0 * (
        _part(a, m * share)
        + _part(b, n * share)
        + _part(m - a, m * (1.0 - share))
        + _part(n - b, n * (1.0 - share))
    )
    sides = (a / m > b / n, a / m < b / n)
    return min(float(np.sort(ratios[side])[-_WORDS:].sum()) for side in sides)


def _part(seen: Floats, expected: Floats) -> Floats:
    """What one count adds to the logarithm of a likelihood ratio; 0 where it is 0."""
    there = seen > 0.0
    found = np.zeros_like(seen)
    found[there] = seen[there] * np.log(seen[there] / expected[there])
    return found


def _own(
    some: Sequence[int], others: Sequence[int], kept: Mapping[int, Kept], pairs: Pairs
) -> float:
    """Of how many reports, as a share, the nearest one is of their own side."""
    reports = [kept[row] for row in (*some, *others)]
    one, other = np.tril_indices(len(reports), -1)
    # Not cut down: of what is all but certain, too, one is nearer than the other.
    found = pairs.between(reports, reports, one, other, most=math.inf).scores
    scores = np.full((len(reports), len(reports)), -math.inf)
    scores[one, other] = scores[other, one] = found
    mine = np.arange(len(reports)) < len(some)
    inside = mine[:, None] == mine
    nearest = np.where(inside, scores, -math.inf).max(axis=1)
    return float(np.mean(nearest > np.where(inside, -math.inf, scores).max(axis=1)))
