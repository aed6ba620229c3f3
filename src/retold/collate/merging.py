"""Split and merged sentences: passages that are one passage, because a reading tells both.

When one report says in two sentences what another says in one, the second of the two is matched
with nothing, or with others that say it apart. Its passage joins the first's when it accounts
for what is left there (`leftover`), on the mean of the readings that stand in one of the two only:
those are the readings that can tell both.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable
from itertools import islice

import numpy as np

from retold.collate.drafts import Draft, Joined
from retold.collate.features import Floats, Ints
from retold.collate.leftover import Leftover

__all__ = ["WORTH_A_LOOK", "merge"]

WORTH_A_LOOK = -3.5  # likeness below which a sentence cannot be part of another
_UNLIKE = -6.0  # likeness of what was not worth a look
_READERS = 8  # readings that are asked
_APART_READERS = 2  # reports that read apart, of which each is asked; one where readers are many
_FAR = -1.47  # for the logarithm of how far apart the parts of a sentence stand
_MOST_FAR = 2.5
_LIKE = 0.465  # of the likeness of part and whole
_RIVAL = 0.217  # of how much more the part is like another sentence of that report
_MOST_APART = 2  # times as many reports may read apart as read together, and one


class _Likeness:
    """Likeness of sentences by position, of those pairs that are not in one passage yet."""

    def __init__(self, joined: Joined, a: Ints, b: Ints, alike: Floats) -> None:
        self._joined = joined
        self._stride = len(joined.kinds_at)
        keys = np.concatenate((a * self._stride + b, b * self._stride + a))
        order = np.argsort(keys, kind="stable")
        self._keys = keys[order]
        self._alike = np.concatenate((alike, alike))[order]

    def _mates(self, position: int, report: int) -> tuple[list[int], list[float]]:
        """Sentences of a report that one was compared with, by position."""
        start = position * self._stride + int(self._joined.offsets[report])
        first, last = self._keys.searchsorted((start, start + int(self._joined.sizes[report])))
        places = (self._keys[first:last] - position * self._stride).tolist()
        return places, self._alike[first:last].tolist()

    def of(self, some: Iterable[int], report: int, others: set[int]) -> tuple[float, float]:
        """The greatest with any of some sentences of a report, and with any other of it."""
        there = elsewhere = _UNLIKE
        for one in some:
            for mate, value in zip(*self._mates(one, report), strict=True):
                if mate in others:
                    there = max(there, value)
                else:
                    elsewhere = max(elsewhere, value)
        return there, elsewhere


def merge(joined: Joined, looked: tuple[Ints, Ints, Floats]) -> None:
    """Makes passages one where a reading tells both, best first.

    Args:
        joined: after all reports.
        looked: positions of pairs of sentences that were compared, and their likeness.
    """
    a, b, alike = looked
    numbers = joined.draft_numbers()
    between = numbers[a] != numbers[b]
    a, b, alike = a[between], b[between], alike[between]
    likeness = _Likeness(joined, a, b, alike)
    leftover = Leftover(joined.features)
    lower, upper = np.minimum(numbers[a], numbers[b]), np.maximum(numbers[a], numbers[b])
    keys = np.unique(lower * len(joined.drafts) + upper).tolist()
    drafts = joined.drafts
    version = dict.fromkeys(range(len(drafts)), 0)
    partners: dict[int, set[int]] = {}
    heap: list[tuple[float, int, int, int, int]] = []

    def weigh(one: int, two: int) -> bool:
        value = _log_odds(joined, leftover, likeness, drafts[one], drafts[two])
        if value > 0.0:
            heapq.heappush(heap, (-round(value, 6), one, two, version[one], version[two]))
        return value > 0.0

    for key in keys:
        one, two = divmod(key, len(drafts))
        if weigh(one, two):
            partners.setdefault(one, set()).add(two)
            partners.setdefault(two, set()).add(one)
    while heap:
        negative, one, two, seen_one, seen_two = heapq.heappop(heap)
        if version[one] != seen_one or version[two] != seen_two:
            continue  # it was weighed with readings that have changed since
        joined.absorb(drafts[one], drafts[two], -negative)
        version[one] += 1
        version[two] += 1
        # Only what belonged to one of the two before may follow them, so that nothing chains.
        others = (partners.pop(two, set()) | partners.get(one, set())) - {one, two}
        partners[one] = others
        for other in sorted(others):
            partners[other].discard(two)
            partners[other].add(one)
            weigh(min(one, other), max(one, other))


def _log_odds(
    joined: Joined, leftover: Leftover, likeness: _Likeness, one: Draft, two: Draft
) -> float:
    """Log-odds that two passages are one, by the readings that may tell both."""
    both = one.readings.keys() & two.readings.keys()
    readers = len(one.readings) + len(two.readings) - 2 * len(both)
    if not both or not readers or len(both) > _MOST_APART * readers + 1:
        return -math.inf
    asked = 1 if readers >= _READERS else _APART_READERS
    apart = list(islice((report for report in one.readings if report in both), asked))
    values = []
    for whole, part in ((one, two), (two, one)):
        for reader in islice((r for r in whole.readings if r not in both), _READERS):
            for report in apart:
                values.append(_told(joined, leftover, likeness, whole, part, reader, report))
    return sum(values) / len(values)


def _told(
    joined: Joined,
    leftover: Leftover,
    likeness: _Likeness,
    whole: Draft,
    part: Draft,
    reader: int,
    report: int,
) -> float:
    """Log-odds that one reader's reading of the whole tells what a report has in the part."""
    joining, accounted = part.readings[report], whole.readings[report]
    target = whole.readings[reader]
    gap = min(abs(i - j) for i in joining for j in accounted)
    offset, other = int(joined.offsets[report]), int(joined.offsets[reader])
    mine, there = [offset + i for i in joining], {other + i for i in target}
    alike, rival = likeness.of(mine, reader, there)
    return (
        leftover.log_odds(
            [joined.kind_of(report, i) for i in joining],
            [joined.kind_of(reader, i) for i in target],
            [joined.kind_of(report, i) for i in accounted],
        )
        + _FAR * min(math.log(max(gap, 1)), _MOST_FAR)
        + _LIKE * alike
        + _RIVAL * min(0.0, alike - rival)
    )
