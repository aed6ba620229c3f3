"""The shape of the descent before anybody says where it begins: an unrooted tree.

Inner nodes are lost tellings until a report is found to stand there. A report may stand at an
inner node, as an exemplar does, when its own branch has no length (it has no reading of its
own) and it does not lack what the others share: what a report lacks it cannot have given.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retold.trace.characters import MISSING, Characters
from retold.trace.tree import Forest, Split, majority

__all__ = ["Shape", "shape"]

# Of the words that two or more others share, a true source lacked 28 % on average and a sibling
# 71 % (5,010 triples of newspaper reports and their wire). Halfway, to the safe side.
MOST_LACKING = 1 / 3

# A branch needs two content words that only its side has: with one, one in ten branches of
# simulated cutting was wrong at a support between .5 and .8; with two, one in twenty-five.
FEWEST_READINGS = 2.0


@dataclass(frozen=True, slots=True)
class Shape:
    """An unrooted tree over the witnesses 0 … n-1 and inner nodes n, n+1 …

    Attributes:
        neighbours: node -> nodes, sorted.
        support: (smaller node, larger node) -> share of resamplings.
        exemplars: witnesses that stand at an inner node -> share of resamplings.
        equals: groups of witnesses that could stand at one inner node alike.
    """

    neighbours: dict[int, tuple[int, ...]]
    support: dict[tuple[int, int], float]
    exemplars: dict[int, float]
    equals: tuple[tuple[int, ...], ...]


def shape(found: Forest, signs: Characters, told: NDArray[np.bool_]) -> Shape:
    """The majority tree, with reports at inner nodes where the readings allow it.

    Args:
        found: the resampled trees.
        signs: of the witnesses.
        told: (n, n), which two have their quoted words told again. A branch with such tellings
            on both sides is not drawn: translators agree by chance in common words, and what
            they have in common is the text that they translated.
    """
    n = signs.states.shape[0]
    splits = [
        split
        for split in majority(found)
        if _copied(split, told) and _own_readings(split, signs) >= FEWEST_READINGS
    ]
    links, sides = _tree(splits, n)
    against = _undrawn(found, set(sides.values()))
    support = {pair: _support(side, against, found, n) for pair, side in sides.items()}
    exemplars: dict[int, float] = {}
    equals: list[tuple[int, ...]] = []
    for inner in sorted(node for node in links if node >= n):
        leaves = [leaf for leaf in sorted(links[inner]) if leaf < n and found.leaves[leaf] > 0.5]
        if not leaves:
            continue
        around = _Around.of(links, inner, signs, told)
        fit = [leaf for leaf in leaves if around.could_be_from(leaf, signs)]
        if not fit:
            continue
        reach = [float(signs.weights[signs.states[leaf] != MISSING].sum()) for leaf in fit]
        fullest = [leaf for leaf, has in zip(fit, reach, strict=True) if has == max(reach)]
        if len(fullest) > 1:
            equals.append(tuple(fullest))
            continue
        _stand(links, support, inner, fullest[0])
        exemplars[fullest[0]] = float(found.leaves[fullest[0]])
    return Shape(
        neighbours={node: tuple(sorted(others)) for node, others in sorted(links.items())},
        support=support,
        exemplars=exemplars,
        equals=tuple(equals),
    )


@dataclass(frozen=True, slots=True)
class _Around:
    """The branches around an inner node.

    Attributes:
        starts: the nodes next to it, sorted; branch k begins with node k of them.
        held: (branches, c) whether somebody in the branch has the words.
        holders: (c,) how many branches have them.
        again: (branches, n) whether all in the branch have a witness's quoted words told again.
    """

    starts: list[int]
    held: NDArray[np.bool_]
    holders: NDArray[np.int64]
    again: NDArray[np.bool_]

    @classmethod
    def of(
        cls, links: dict[int, set[int]], inner: int, signs: Characters, told: NDArray[np.bool_]
    ) -> _Around:
        """Of one inner node of the tree."""
        starts = sorted(links[inner])
        branches = [_branch(links, inner, start, len(told)) for start in starts]
        present = signs.states != MISSING
        held = np.array([present[branch].any(axis=0) for branch in branches])
        again = np.array([told[branch].all(axis=0) for branch in branches])
        return cls(starts, held, held.sum(axis=0), again)

    def could_be_from(self, leaf: int, signs: Characters) -> bool:
        """Whether the other branches may have their text from a witness next to the node.

        It must not lack what they share, and in half of the branches at least somebody's quoted
        words must be its own: the rest may have theirs through a telling further up.
        """
        own = self.starts.index(leaf)
        others = len(self.starts) - 1
        near = others - int(self.again[:, leaf].sum()) + int(self.again[own, leaf])
        if 2 * near < others:
            return False
        shared = self.holders - self.held[own] >= 2
        return _lacking(leaf, shared, signs) <= MOST_LACKING


def _own_readings(split: Split, signs: Characters) -> float:
    """Weight of the readings that set the two sides of a split apart.

    Distances over different passages can make a branch out of nothing but sampling; a branch is
    drawn only where readings show it: all that have the words agree on one side, nobody on the
    other side has that reading, and two or more there share another one (the informative sites
    of parsimony, Fitch 1971: a reading that only one witness has tells nothing).
    """
    inside = np.zeros(signs.states.shape[0], dtype=np.bool_)
    inside[list(split)] = True
    best = 0.0
    for side in (inside, ~inside):
        here, there = signs.states[side], np.sort(signs.states[~side], axis=0)
        state = here.max(axis=0)
        agree = ((here == state) | (here == MISSING)).all(axis=0)
        agree &= (here != MISSING).sum(axis=0) >= 2
        shared = ((there[1:] == there[:-1]) & (there[1:] != MISSING)).any(axis=0)
        apart = (there != state).all(axis=0) & shared
        best = max(best, float(signs.weights[agree & apart].sum()))
    return best


def _copied(split: Split, told: NDArray[np.bool_]) -> bool:
    """Whether on one side of the split, at least, most pairs could be copies of one text."""
    inside = np.zeros(told.shape[0], dtype=np.bool_)
    inside[list(split)] = True
    for side in (inside, ~inside):
        pairs = told[np.ix_(side, side)]
        count = len(pairs)
        if pairs.sum() < 0.5 * count * (count - 1):
            return True
    return False


def _lacking(witness: int, shared: NDArray[np.bool_], signs: Characters) -> float:
    """Share of the words that others share and the witness, a row of `signs`, lacks."""
    total = float(signs.weights[shared].sum())
    if total == 0.0:
        return 1.0
    return float(signs.weights[shared & (signs.states[witness] == MISSING)].sum()) / total


def _tree(splits: list[Split], n: int) -> tuple[dict[int, set[int]], dict[tuple[int, int], Split]]:
    """Links of the tree that the nested splits make, and the split behind every link."""
    links: dict[int, set[int]] = {n: set()}
    sides: dict[tuple[int, int], Split] = {}
    inner = [(frozenset(range(n)), n)]

    def hang(child: int, side: Split) -> None:
        # The smallest node that holds it; splits come largest first.
        node = min((one for one in inner if side < one[0]), key=lambda one: len(one[0]))[1]
        links.setdefault(child, set()).add(node)
        links[node].add(child)
        sides[min(child, node), max(child, node)] = side

    for number, split in enumerate(splits, start=n + 1):
        links[number] = set()
        hang(number, split)
        inner.append((split, number))
    for leaf in range(n):
        hang(leaf, frozenset({leaf}))
    return links, sides


def _undrawn(found: Forest, drawn: set[Split]) -> list[tuple[float, Split]]:
    """The splits of the resamplings that the tree does not show, the most frequent first."""
    undrawn = [(share, split) for split, share in found.splits.items() if split not in drawn]
    return sorted(undrawn, key=lambda pair: -pair[0])


def _support(side: Split, undrawn: list[tuple[float, Split]], found: Forest, n: int) -> float:
    """How far the resamplings agree that this branch hangs where it hangs.

    The share that shows the branch, less what the strongest split against its place takes: a
    split that would put it together with some, not all, of its sisters.
    """
    shown = found.splits.get(side, 1.0) if len(side) > 1 else 1.0
    whole = frozenset(range(n))
    against = next((share for share, split in undrawn if side < split or side < whole - split), 0.0)
    return min(shown, 1.0 - against)


def _branch(links: dict[int, set[int]], inner: int, start: int, n: int) -> list[int]:
    """The witnesses that a branch of an inner node leads to."""
    seen = {inner}
    stack = [start]
    reached = []
    while stack:
        node = stack.pop()
        seen.add(node)
        if node < n:
            reached.append(node)
        stack.extend(links[node] - seen)
    return sorted(reached)


def _stand(
    links: dict[int, set[int]], support: dict[tuple[int, int], float], inner: int, leaf: int
) -> None:
    """Put the witness in the place of the inner node."""
    links[leaf].discard(inner)
    support.pop((min(leaf, inner), max(leaf, inner)))
    for other in sorted(links.pop(inner) - {leaf}):
        links[other].discard(inner)
        links[other].add(leaf)
        links[leaf].add(other)
        kept = support.pop((min(other, inner), max(other, inner)))
        support[min(other, leaf), max(other, leaf)] = kept
