"""Two stories that are alike, and yet each has its own: look-alikes.

Two quakes in one region, two arrests of players of one club: most words are the same, and every
single report is nearer to those of the other story than many reports of one story are to each
other. What tells them apart shows only when several reports of each are there: words of the
beginnings that nearly all reports of the one have and none of the other, on both sides. Halves of
one story seldom have them: what nearly all of one half begin with, some of the other half do too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

import numpy as np
import numpy.typing as npt

from retold.group.clustering import sample
from retold.group.kept import Kept

__all__ = ["distinct"]

# On the even topics of ECB+, of attempts to join halves of one story the test stops one in six, of
# attempts to join look-alikes nine in ten; with groups of three it stops more halves, and no more
# look-alikes are told apart in the end.
_FEWEST = 4
_NEARLY_ALL = 0.8
# A story that goes on for days has new words every day: it is no other one for that.
_DAYS = 1.0


def distinct(some: Sequence[Kept], others: Sequence[Kept]) -> bool:
    """Whether two groups of reports each have words of their own in their beginnings.

    False for groups of less than four reports with titles of their own, and for groups that are a
    day or more apart.
    """
    if min(len(some), len(others)) < _FEWEST or abs(_when(some) - _when(others)) >= _DAYS:
        return False
    if some[0].language != others[0].language:
        return False
    some, others = _one_a_title(some), _one_a_title(others)
    if min(len(some), len(others)) < _FEWEST:
        return False
    return bool(_own(some, others)) and bool(_own(others, some))


def _when(some: Sequence[Kept]) -> float:
    """The middle of when they were published; NaN when no date is known."""
    known = [one.moment for one in some if not math.isnan(one.moment)]
    return median(known) if known else math.nan


def _one_a_title(some: Sequence[Kept]) -> list[Kept]:
    """The first report of each title: one headline that many print is no agreement of many."""
    first: dict[bytes, Kept] = {}
    for one in some:
        first.setdefault(one.vector.bag("title")[0].tobytes(), one)
    return list(first.values())


def _own(some: Sequence[Kept], others: Sequence[Kept]) -> int:
    """How many words nearly all of a sample of reports begin with, and none of the others."""
    chosen = sample(range(len(some)))
    keys, counts = np.unique(
        np.concatenate([_lead(some[place]) for place in chosen]), return_counts=True
    )
    common = keys[counts >= _NEARLY_ALL * len(chosen)]
    theirs = np.concatenate([_lead(others[place]) for place in sample(range(len(others)))])
    return len(np.setdiff1d(common, theirs, assume_unique=False))


def _lead(one: Kept) -> npt.NDArray[np.int32]:
    return one.vector.bag("lead")[0]
