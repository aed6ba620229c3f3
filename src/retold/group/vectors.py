"""Weighted vectors, and how alike two reports are in each of them.

All bags of a report lie in one array of keys, each bag in a region of its own, so that one report
is compared with many by one look-up in a dense array.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from retold.group.features import Bag, Features, in_sample
from retold.group.frequencies import Frequencies
from retold.group.reading import SPACE

__all__ = ["BAGS", "UNIT", "Comparer", "Vector", "vector"]

Keys = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]

BAGS = ("words", "lead", "title", "names", "numbers", "quoted", "runs")
_REGIONS = len(BAGS)
UNIT = 4096.0
"""Weights are whole numbers of this part."""


@dataclass(frozen=True, slots=True)
class Vector:
    """A report's bags with weights.

    Attributes:
        keys: of all bags, in the order of `BAGS`, each moved into its region.
        weights: in units of 1/4096; cosine-normalised in the first four bags.
        starts: where each bag begins, and the end of the last.
        numbers: sum of the weights of its numbers.
        runs: how many runs of words are kept of it.
        runs_in_sample: how many of them a long report would keep too.
        sampled: whether all of them are a sample, the report being long.
        rare: its keys that find other reports, heaviest first.
        rare_weights: of those.
    """

    keys: Keys
    weights: Floats
    starts: tuple[int, ...]
    numbers: float
    runs: int
    runs_in_sample: int
    sampled: bool
    rare: Keys
    rare_weights: Floats

    @property
    def number_count(self) -> int:
        """How many different numbers there are."""
        return self.starts[5] - self.starts[4]

    def counted(self) -> Keys:
        """The keys that document frequencies count: words and names."""
        words = self.keys[: self.starts[1]]
        names = self.keys[self.starts[3] : self.starts[4]] - np.int32(3 * SPACE)
        return np.concatenate((words, names))


_RARE = 24
_LAST_BITS = (1 << 16) - 1


def vector(of: Features, frequencies: Frequencies) -> Vector:
    """A report's vector.

    Args:
        of: the report.
        frequencies: of its language, before its day.
    """
    bags = (of.words, of.lead, of.title, of.names)
    keys: list[Keys] = []
    weights: list[Floats] = []
    for region, bag in enumerate(bags):
        keys.append(bag.keys + np.int32(region * SPACE))
        weights.append(_weighted(bag, frequencies))
    number_weights = frequencies.weights(of.numbers)
    keys.append(of.numbers + np.int32(4 * SPACE))
    weights.append(_rounded(np.sqrt(number_weights)))
    for region, plain in ((5, of.quoted), (6, of.runs)):
        keys.append(plain + np.int32(region * SPACE))
        weights.append(np.full(len(plain), UNIT, dtype=np.float32))
    sizes = [len(one) for one in keys]
    starts = tuple(sum(sizes[:place]) for place in range(_REGIONS + 1))
    rare, rare_weights = _rare(weights, of)
    return Vector(
        keys=np.concatenate(keys),
        weights=np.concatenate(weights),
        starts=starts,
        numbers=float(number_weights.sum()),
        runs=len(of.runs),
        runs_in_sample=int(np.count_nonzero(in_sample(of.runs))),
        sampled=of.runs_sampled,
        rare=rare,
        rare_weights=rare_weights,
    )


def _weighted(bag: Bag, frequencies: Frequencies) -> Floats:
    raw = (1.0 + np.log(bag.counts)) * frequencies.weights(bag.keys)
    norm = math.sqrt(float(np.dot(raw, raw)))
    return raw.astype(np.float32) if norm == 0.0 else _rounded(raw / norm)


def _rounded(weights: npt.NDArray[np.floating[Any]]) -> Floats:
    """Weights as whole numbers of 1/4096, so that sums of products are exact in any order."""
    rounded: Floats = np.rint(weights * UNIT).astype(np.float32)
    return rounded


def _rare(weights: list[Floats], of: Features) -> tuple[Keys, Floats]:
    """The keys by which others are found: the heaviest of words, lead and names taken together."""
    keys = np.concatenate((of.words.keys, of.lead.keys, of.names.keys + np.int32(SPACE)))
    heavy = np.concatenate((weights[0], weights[1], weights[3]))
    if len(keys) > 3 * _RARE:
        chosen = np.argpartition(-heavy, 3 * _RARE)[: 3 * _RARE]
        keys, heavy = keys[chosen], heavy[chosen]
    # Sorted by weight, then key: the same whatever the partition made of ties.
    order = np.lexsort((keys, -heavy))
    keys, heavy = keys[order], heavy[order]
    distinct, first = np.unique(keys, return_index=True)
    first.sort()
    del distinct
    return keys[first[:_RARE]], heavy[first[:_RARE]]


class Comparer:
    """Compares some vectors with many."""

    def __init__(self) -> None:
        self._place = np.zeros(_REGIONS * SPACE, dtype=np.int32)
        # Whether any key with these last bits is in: it stays in the processor's cache, and spares
        # nine in ten of the look-ups in the large array, each of which waits for memory.
        self._some = np.zeros(_LAST_BITS + 1, dtype=np.bool_)

    def products(self, some: Sequence[Vector], others: Sequence[Vector]) -> Floats:
        """Dot products, bag by bag.

        Returns:
            array of shape (number of `some`, number of others, number of bags).
        """
        table = self._table(some)
        keys = np.concatenate([other.keys for other in others])
        hits = np.flatnonzero(self._some[keys & _LAST_BITS])
        places = self._place[keys[hits]]
        for one in some:
            self._some[one.keys & _LAST_BITS] = False
            self._place[one.keys] = 0
        hits, places = hits[places > 0], places[places > 0]
        found = table[:, places] * np.concatenate([other.weights for other in others])[hits]
        # A running total of whole numbers below 2**53: exact, so that a pair has one value
        # whichever of the two is compared with the other, and whatever stands beside it.
        total = np.zeros((len(some), len(hits) + 1))
        np.cumsum(found, axis=1, dtype=np.float64, out=total[:, 1:])
        begins = np.array([other.starts for other in others])
        begins[1:] += np.cumsum(begins[:-1, -1])[:, None]
        at = total[:, np.searchsorted(hits, begins.ravel())]
        at = at.reshape(len(some), len(others), _REGIONS + 1)
        products: Floats = ((at[:, :, 1:] - at[:, :, :-1]) / (UNIT * UNIT)).astype(np.float32)
        return products

    def _table(self, some: Sequence[Vector]) -> Floats:
        """Weights by vector and place of the key, which `_place` then knows; place 0 is none."""
        size = 1
        places = []
        for one in some:
            self._some[one.keys & _LAST_BITS] = True
            known = self._place[one.keys]
            fresh = np.flatnonzero(known == 0)
            known[fresh] = np.arange(size, size + len(fresh), dtype=np.int32)
            self._place[one.keys[fresh]] = known[fresh]
            size += len(fresh)
            places.append(known)
        table = np.zeros((len(some), size), dtype=np.float32)
        for row, (one, known) in enumerate(zip(some, places, strict=True)):
            table[row, known] = one.weights
        return table
