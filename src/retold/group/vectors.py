"""Weighted vectors, and how alike two reports are in each of their bags.

Words of the whole, of the lead and of the title are one list of keys with three weights each; with
names and numbers behind them, each moved into a region of its own, many pairs of reports are
compared in a few operations on whole arrays. Runs of words, of which there are as many again, lie
apart: they are looked at where the words are alike (`comparing`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from retold.group.features import Features, in_sample
from retold.group.frequencies import Frequencies
from retold.group.reading import SPACE

__all__ = ["BAGS", "UNIT", "BagName", "Comparer", "Vector", "vector"]

Keys = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
Weights = npt.NDArray[np.uint16]
Places = npt.NDArray[np.int64]

BagName = Literal["words", "lead", "title", "names", "numbers"]
BAGS: tuple[BagName, ...] = ("words", "lead", "title", "names", "numbers")
UNIT = 4096.0
"""Weights are whole numbers of this part."""

_RARE = 24
_HASH_BITS = 18
_HASHES = (1 << _HASH_BITS) - 1
# Lists whose pairs are compared at a time: their keys, and what is looked up, stay in the cache.
_CHUNK_BITS = 5
_CHUNK = 1 << _CHUNK_BITS
_LIST_BITS = 24
_LIST = 1 << _LIST_BITS  # above all keys of all regions
_COLUMN = {"words": 0, "lead": 1, "title": 2, "names": 0, "numbers": 0}
_REGION = {"words": 0, "lead": 0, "title": 0, "names": 1, "numbers": 2}
_REGIONS = 3
_SPACE_BITS = SPACE.bit_length() - 1
# 1 + log(count) of the counts that there may be.
_TIMES = np.concatenate(([0.0], 1.0 + np.log(np.arange(1, 2_048)))).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Vector:
    """A report's bags with weights.

    Attributes:
        keys: of words, names and numbers, each moved into its region; ascending.
        weights: (keys, 3) in units of 1/4096. Of words: in the whole, in the lead, in the title;
            of names and numbers the first column. Each bag but the numbers has length 1.
        ends: where words, names and numbers end.
        numbers: sum of the weights of its numbers.
        quoted: runs of words in quotation marks.
        runs: runs of words that are kept of it.
        runs_in_sample: how many of them a long report would keep too.
        sampled: whether all of them are a sample, the report being long.
        rare: places in `keys` of those that find other reports, heaviest first.
    """

    keys: Keys
    weights: Weights
    ends: tuple[int, int, int]
    numbers: float
    quoted: Keys
    runs: Keys
    runs_in_sample: int
    sampled: bool
    rare: Weights

    @property
    def number_count(self) -> int:
        """How many different numbers there are."""
        return self.ends[2] - self.ends[1]

    def bag(self, name: BagName) -> tuple[Keys, Floats]:
        """Keys of a bag and their weights, as parts of one."""
        region, column = _REGION[name], _COLUMN[name]
        here = slice(self.ends[region - 1] if region else 0, self.ends[region])
        weights = self.weights[here, column]
        there = weights.nonzero()[0]
        keys = self.keys[here][there] - np.int32(region * SPACE)
        return keys, (weights[there] / UNIT).astype(np.float32)

    def counted(self) -> Keys:
        """The keys that document frequencies count: words and names."""
        words, names, _ = self.ends
        return np.concatenate((self.keys[:words], self.keys[words:names] - np.int32(SPACE)))

    def finding(self) -> list[int]:
        """The keys that find other reports."""
        keys: list[int] = self.keys[self.rare].tolist()
        return keys

    def finding_weights(self) -> list[int]:
        """What each of these keys weighs: in the whole, or in the lead if that is more."""
        whole, lead = self.weights[self.rare, :2].T
        weights: list[int] = np.maximum(whole, lead).tolist()
        return weights


def vector(of: Features, frequencies: Frequencies) -> Vector:
    """A report's vector.

    Args:
        of: the report.
        frequencies: of its language, before its day.
    """
    words, names = len(of.words.keys), len(of.names.keys)
    keys = np.concatenate((of.words.keys, of.names.keys, of.numbers))
    worth = frequencies.weights(keys)
    keys[words:] += np.int32(SPACE)
    keys[words + names :] += np.int32(SPACE)
    raw = np.zeros((len(keys), _REGIONS), dtype=np.float32)
    for column, counts in enumerate((of.words.counts, of.lead, of.title)):
        raw[:words, column] = _normed(counts, worth[:words])
    raw[words : words + names, 0] = _normed(of.names.counts, worth[words : words + names])
    raw[words + names :, 0] = np.sqrt(worth[words + names :])
    weights = np.rint(raw * np.float32(UNIT)).astype(np.uint16)
    return Vector(
        keys=keys,
        weights=weights,
        ends=(words, words + names, len(keys)),
        numbers=float(worth[words + names :].sum()),
        quoted=of.quoted,
        runs=of.runs,
        runs_in_sample=int(np.count_nonzero(in_sample(of.runs))),
        sampled=of.runs_sampled,
        rare=_rare(keys[: words + names], weights[: words + names]),
    )


def _normed(counts: npt.NDArray[np.int32], worth: Floats) -> Floats:
    """Weights of length 1: 1 + log(count), times what the key is worth."""
    raw = _TIMES[np.minimum(counts, len(_TIMES) - 1)] * worth
    norm = np.sqrt(np.square(raw).sum())
    normed: Floats = raw if norm == 0.0 else raw / norm
    return normed


def _rare(keys: Keys, weights: Weights) -> Weights:
    """Where the keys are by which others are found: the heaviest of words, lead and names."""
    # One number that is larger for the heavier key, and of two as heavy for the smaller one.
    rank = (weights[:, :2].max(axis=1).astype(np.int64) << 32) - keys
    if len(rank) > _RARE:
        chosen = np.argpartition(rank, -_RARE)[-_RARE:]
        chosen = chosen[np.argsort(-rank[chosen])]
    else:
        chosen = np.argsort(-rank)
    return chosen.astype(np.uint16)


class Comparer:
    """Compares many pairs of reports at a time.

    What it returns of two reports is the same to the last bit whichever of the two is compared
    with the other, and whatever stands beside them: weights are whole numbers, and so are the sums
    of their products, far below 2**53.
    """

    def __init__(self) -> None:
        # Whether any key with this hash is in: it stays in the processor's cache, and spares nine
        # in ten of the searches.
        self._some = np.zeros(1 << _HASH_BITS, dtype=np.bool_)

    def products(
        self, some: Sequence[Vector], others: Sequence[Vector], one: Places, other: Places
    ) -> Floats:
        """Dot products, bag by bag.

        Args:
            some, others: reports.
            one: of each pair the place in `some`, ascending.
            other: of each pair the place in `others`.

        Returns:
            array of shape (number of pairs, number of bags).
        """
        products = np.empty((len(one), len(BAGS)), dtype=np.float32)
        weights = np.concatenate([of.weights for of in others])
        theirs = _Lists([of.keys for of in others])
        for first, start, end in _chunks(one):
            chunk = some[first : first + _CHUNK]
            pair, keys, mine, at = self._common(
                [of.keys for of in chunk], theirs, one[start:end] - first, other[start:end]
            )
            found = np.concatenate([of.weights for of in chunk])[mine] * weights[at].astype(
                np.float64
            )
            pairs = end - start
            whole = np.bincount(
                pair * _REGIONS + (keys >> _SPACE_BITS), found[:, 0], pairs * _REGIONS
            )
            here = products[start:end]
            here[:, [0, 3, 4]] = whole.reshape(pairs, _REGIONS)
            for column in (1, 2):
                here[:, column] = np.bincount(pair, found[:, column], pairs)
        products /= np.float32(UNIT * UNIT)
        return products

    def shared(
        self, some: Sequence[Keys], others: Sequence[Keys], one: Places, other: Places
    ) -> Floats:
        """How many keys two lists have in common; arguments as for `products`."""
        counts = np.empty(len(one), dtype=np.float32)
        theirs = _Lists(others)
        for first, start, end in _chunks(one):
            pair, *_ = self._common(
                some[first : first + _CHUNK], theirs, one[start:end] - first, other[start:end]
            )
            counts[start:end] = np.bincount(pair, minlength=end - start)
        return counts

    def _common(
        self, mine: Sequence[Keys], theirs: _Lists, one: Places, other: Places
    ) -> tuple[Places, Keys, Places, Places]:
        """The keys that the two lists of each pair have in common.

        Returns:
            of each such key: the pair, the key, its place in `mine` and in `theirs`, counted
            through all lists.
        """
        # A key and the list it is of make one number, so that one search finds it in its list.
        table = np.concatenate([keys + np.int32(place * _LIST) for place, keys in enumerate(mine)])
        pair = np.repeat(np.arange(len(one), dtype=np.int32), theirs.sizes[other])
        at = np.arange(len(pair)) + (theirs.starts[other] - _begins(theirs.sizes[other]))[pair]
        wanted = theirs.keys[at] + (one * _LIST).astype(np.int32)[pair]
        own = _hash(table)
        self._some[own] = True
        hits = np.flatnonzero(self._some[_hash(wanted)])
        self._some[own] = False
        wanted = wanted[hits]
        place = np.minimum(np.searchsorted(table, wanted), max(len(table) - 1, 0))
        same = np.flatnonzero(table[place] == wanted) if len(table) else hits[:0]
        hits = hits[same]
        found: Keys = wanted[same] & np.int32(_LIST - 1)
        return pair[hits].astype(np.int64), found, place[same], at[hits]


class _Lists:
    """Lists of keys in one array.

    Attributes:
        keys: list behind list.
        sizes: of each.
        starts: where each begins.
    """

    def __init__(self, lists: Sequence[Keys]) -> None:
        self.keys = np.concatenate(lists)
        self.sizes = np.array([len(one) for one in lists])
        self.starts = _begins(self.sizes)


def _begins(sizes: Places) -> Places:
    """Where each of some stretches begins that lie one behind the other."""
    begins: Places = np.cumsum(sizes) - sizes
    return begins


def _hash(keys: Keys) -> Keys:
    # The last bits of a key, and the list it is of.
    hashed: Keys = (keys ^ (keys >> (_LIST_BITS - _HASH_BITS + _CHUNK_BITS))) & np.int32(_HASHES)
    return hashed


def _chunks(one: Places) -> Iterator[tuple[int, int, int]]:
    """Stretches of pairs: the first of at most 32 lists, where its pairs begin, where they end."""
    last = int(one[-1]) + 1 if len(one) else 0
    for first in range(0, last, _CHUNK):
        start, end = np.searchsorted(one, (first, first + _CHUNK)).tolist()
        if start < end:
            yield first, start, end
