"""Readings that change sides by whole passages: a lost telling, or a report made of two?

Where three branches meet, a lost telling stood, and what two of them changed since they changed
each for itself: in some passages both did. Or the third is a report made of the two: then it
agrees with the one in all of a passage and with the other in all of the next. The readings in
which two branches differ, each with a third against the other, are one coin's throws or those of
two coins turned from passage to passage; the odds between the two say which (a likelihood ratio
as for recombination: Grassly & Holmes 1997, A likelihood method for the detection of selection
and recombination using nucleotide sequences). Passages with one such reading say nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log

import numpy as np
from numpy.typing import NDArray

from retold.trace.coding import EVERY, Bits, Coded
from retold.trace.places import fork

__all__ = ["Blocks", "blocks", "unseen"]

# Of the readings of a passage that was taken over, so many stand with the other source all the
# same, by chance.
ASTRAY = 0.03
# A node of more branches stays whichever one of them was made of two others.
MOST_BRANCHES = 6
# Steps to the share of the passages that go with the first source; it moves little after.
ROUNDS = 20
_NONE = -9.0

Links = Mapping[int, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Blocks:
    """Log odds that readings around a node change sides by passages, against one by one.

    Attributes:
        most: of all ways to take one branch for made of two others.
        middle: of those that take a single report for made of two larger branches.
    """

    most: float
    middle: float


def blocks(links: Links, code: Coded, nodes: Sequence[int]) -> dict[int, Blocks]:
    """The odds at some inner nodes.

    Args:
        links: node -> its neighbours, of a tree over the witnesses 0 … n-1 and inner nodes; a
            witness that stands between others is an inner node, too.
        code: of the witnesses.
        nodes: lost tellings.
    """
    n = len(code.bits)
    wanted = [node for node in nodes if 3 <= len(links[node]) <= MOST_BRANCHES]
    if not wanted:
        return {}
    characters = _Characters.of(code)
    seen = _towards(links, characters.bits)
    found = {}
    for node in wanted:
        around = [seen[other, node] for other in links[node]]
        lone = [other < n and len(links[other]) == 1 for other in links[node]]
        most = middle = _NONE
        for made in range(len(around)):
            for one, two in combinations([k for k in range(len(around)) if k != made], 2):
                odds = characters.odds(around[one], around[two], around[made])
                most = max(most, odds)
                if lone[made] and not (lone[one] or lone[two]):
                    middle = max(middle, odds)
        found[node] = Blocks(most, middle)
    return found


def unseen(sides: Sequence[Sequence[int]], code: Coded, rate: float) -> float:
    """How likely a branch among those around a node left no reading: the likeliest pair's.

    Args:
        sides: the witnesses of each of four or more branches.
        code: of the witnesses.
        rate: readings per word that a copy changes; rates differ from copy to copy about as
            much as their mean, so that their numbers are geometric.
    """
    held = np.array([code.present[list(side)].any(axis=0) for side in sides])
    holders = held.sum(axis=0)
    words = float(code.words.sum()) / max(1, int(code.present.sum()))
    least = 1.0
    for one, two in combinations(range(len(sides)), 2):
        both = held[one] & held[two]
        common = int((both & (holders >= 4)).sum())
        least = min(least, rate * words * common / (1 + rate * words * common))
    return 1.0 - least


@dataclass(frozen=True, slots=True)
class _Characters:
    """Informative characters, and those at which single witnesses stand against the others.

    Attributes:
        bits: (n, c) states.
        weights: (c,).
        passages: (c,) numbers.
        count: of the passages.
    """

    bits: Bits
    weights: NDArray[np.float64]
    passages: NDArray[np.int64]
    count: int

    @classmethod
    def of(cls, code: Coded) -> _Characters:
        n = len(code.bits)
        alone = np.full(code.alone.shape, EVERY, dtype=np.uint64)
        alone[code.usual] = np.uint64(1)
        for row in range(n):
            alone[row, code.alone[row]] = np.uint64(1 << (1 + row % 63))
        spread = np.diff(np.append(code.starts, len(code.weights)))
        return cls(
            np.concatenate([code.bits, alone], axis=1),
            np.concatenate([code.weights, code.alone_weights]),
            np.concatenate([np.repeat(code.numbers, spread), code.alone_passages]),
            code.present.shape[1],
        )

    def odds(self, one: Bits, two: Bits, made: Bits) -> float:
        """Log odds that a branch was made of two others."""
        apart = ((one & two) == 0) & (made != EVERY)
        with_one, with_two = (made & one) != 0, (made & two) != 0
        a = self._by_passage(apart & with_two & ~with_one)
        b = self._by_passage(apart & with_one & ~with_two)
        told = (a + b) > 0
        return _two_coins(a[told], b[told]) if told.any() else 0.0

    def _by_passage(self, chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.bincount(self.passages, chosen * self.weights, self.count).astype(np.float64)


def _two_coins(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """Log odds of a coin for each passage, nearly all one way, against one coin for all."""
    first = a * log(1 - ASTRAY) + b * log(ASTRAY)
    second = a * log(ASTRAY) + b * log(1 - ASTRAY)
    top = np.maximum(first, second)
    one, two = np.exp(first - top), np.exp(second - top)
    share = 0.5
    for _ in range(ROUNDS):
        own = share * one / (share * one + (1 - share) * two)
        share = float((own.sum() + 0.5) / (len(a) + 1))
    turned = float((np.log(share * one + (1 - share) * two) + top).sum())
    heads, tails = float(a.sum()), float(b.sum())
    odds = (heads + 0.5) / (heads + tails + 1)
    return turned - heads * log(odds) - tails * log(1 - odds)


def _towards(links: Links, bits: Bits) -> dict[tuple[int, int], Bits]:
    """(node, neighbour) -> the best states of the node, its neighbour's side left out."""
    n = len(bits)
    root = min(links)
    order, parent, waiting = [], {root: root}, [root]
    while waiting:
        node = waiting.pop()
        order.append(node)
        for other in links[node]:
            if other not in parent:
                parent[other] = node
                waiting.append(other)
    seen: dict[tuple[int, int], Bits] = {}

    def own(node: int, states: Bits | None) -> Bits:
        if node >= n:
            assert states is not None
            return states
        return bits[node] if states is None else np.where(bits[node] != EVERY, bits[node], states)

    for node in reversed(order):
        if node != root:
            below = [seen[other, node] for other in links[node] if other != parent[node]]
            seen[node, parent[node]] = own(node, _joined(below))
    for node in order:
        others = list(links[node])
        states = [seen[other, node] for other in others]
        before: list[Bits | None] = [None]
        for one in states[:-1]:
            before.append(_joined([before[-1], one]))
        after: Bits | None = None
        for place in range(len(others) - 1, -1, -1):
            if parent[others[place]] == node and others[place] != root:
                seen[node, others[place]] = own(node, _joined([before[place], after]))
            after = _joined([states[place], after])
    return seen


def _joined(states: Sequence[Bits | None]) -> Bits | None:
    joined: Bits | None = None
    for one in states:
        if one is not None:
            joined = one if joined is None else fork(joined, one)
    return joined
