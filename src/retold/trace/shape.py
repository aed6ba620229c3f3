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

__all__ = ["Shape", "lacking", "shape"]

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
    support = {pair: _support(side, sides, found, n) for pair, side in sides.items()}
    exemplars: dict[int, float] = {}
    equals: list[tuple[int, ...]] = []
    for inner in sorted(node for node in links if node >= n):
        fit = [
            leaf
            for leaf in sorted(links[inner])
            if leaf < n
            and found.leaves[leaf] > 0.5
            and _could_give(leaf, _branches(links, inner, leaf, n), signs, told)
        ]
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


def _could_give(
    leaf: int, branches: list[list[int]], signs: Characters, told: NDArray[np.bool_]
) -> bool:
    """Whether the others may have their text from this witness.

    It must not lack what they share, and in half of the branches at least somebody's quoted
    words must be its own: the rest may have theirs through a telling further up.
    """
    near = sum(1 for branch in branches if not told[leaf, branch].all())
    return 2 * near >= len(branches) and lacking(leaf, branches, signs) <= MOST_LACKING


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


def lacking(witness: int, branches: list[list[int]], signs: Characters) -> float:
    """Share of the words that at least two other branches have and the witness lacks.

    Args:
        witness: row of `signs`.
        branches: the other witnesses, grouped by the side of the node they are on.
        signs: see `Characters`.
    """
    present = signs.states != MISSING
    held = np.zeros(present.shape[1], dtype=np.int64)
    for branch in branches:
        held += present[branch].any(axis=0)
    shared: NDArray[np.bool_] = held >= 2
    total = float(signs.weights[shared].sum())
    if total == 0.0:
        return 1.0
    return float(signs.weights[shared & ~present[witness]].sum()) / total


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


def _support(side: Split, sides: dict[tuple[int, int], Split], found: Forest, n: int) -> float:
    """How far the resamplings agree that this branch hangs where it hangs.

    The share that shows the branch, less what the strongest split against its place takes: a
    split that would put it together with some, not all, of its sisters.
    """
    shown = found.splits.get(side, 1.0) if len(side) > 1 else 1.0
    drawn = set(sides.values())
    whole = frozenset(range(n))
    against = max(
        (
            share
            for split, share in found.splits.items()
            if split not in drawn and (side < split or side < whole - split)
        ),
        default=0.0,
    )
    return min(shown, 1.0 - against)


def _branches(links: dict[int, set[int]], inner: int, leaf: int, n: int) -> list[list[int]]:
    branches = []
    for start in sorted(links[inner] - {leaf}):
        seen = {inner}
        stack = [start]
        reached = []
        while stack:
            node = stack.pop()
            seen.add(node)
            if node < n:
                reached.append(node)
            stack.extend(links[node] - seen)
        branches.append(sorted(reached))
    return branches


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
