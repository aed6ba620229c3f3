"""Places where a branch of a tree could hang instead, and the states it would meet there.

The states at an edge are those that a root in it could have (Goloboff 1996): from what is known
of the tree from below and from above every node, they follow for all places near a branch
without counting the tree anew. Places as far from their branches are worked out together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from retold.trace.coding import Bits, Coded
from retold.trace.tree import Tree

__all__ = ["Neighbourhood", "Views", "fork", "neighbourhood", "neighbourhoods", "views"]

# Of a large tree only places so many forks away are tried: a branch that belongs farther off
# gets there in several moves.
LARGE_TREE, RADIUS = 60, 8


@dataclass(frozen=True, slots=True)
class Views:
    """The best states of every node's edge, by node.

    Attributes:
        below: (nodes, k) seen from below.
        above: (nodes, k) seen from above; of the root nothing.
        both: the one behind the other.
    """

    below: Bits
    above: Bits
    both: Bits


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The places where a branch could hang, the one where it hangs first.

    Attributes:
        nodes: the node under the edge of each place.
        bits: (places, k) the states of a root in the edge, the branch taken away.
        before: the place from which each is reached; -1 for the first.
        broken: the node above which a branch of the tree breaks when the place, or one beyond
            it, is taken instead of the one before it; None where none does.
        far: how many forks away each is; 0 for the first.
    """

    nodes: list[int]
    bits: Bits
    before: list[int]
    broken: list[int | None]
    far: list[int]


@dataclass(slots=True)
class _Ways:
    """The ways to the places of some branches, and what is seen on them; rows of `Views.both`.

    Attributes:
        nodes, before, broken, far: as in `Neighbourhood`, one branch after the other.
        start: of a place next to the first, the row that is seen from there; -1 farther off.
        beside: what joins on the way to a place.
        beyond: what is seen beyond it. Of a first place, `start` and `beyond` are its two sides.
    """

    nodes: list[int]
    before: list[int]
    broken: list[int | None]
    far: list[int]
    start: list[int]
    beside: list[int]
    beyond: list[int]


def fork(a: Bits, b: Bits) -> Bits:
    """The best states of a fork, from those of two of its branches."""
    both = a & b
    return np.where(both != 0, both, a | b)


def views(tree: Tree, signs: Coded) -> Views:
    """All nodes from below and from above."""
    order = tree.under(tree.root)
    size = max(order) + 1
    both = np.zeros((2 * size, signs.bits.shape[1]), dtype=np.uint64)
    below, above = both[:size], both[size:]
    below[: tree.n] = signs.bits
    depth = {tree.root: 0}
    levels: list[list[tuple[int, int, int]]] = []  # forks and their branches
    for node in reversed(order):
        if node in tree.children:
            first, second = tree.children[node]
            here = depth[node]
            depth[first] = depth[second] = here + 1
            if here == len(levels):
                levels.append([])
            levels[here].append((node, first, second))
    for level in reversed(levels):
        forks, first_ones, second_ones = np.array(level).T
        below[forks] = fork(below[first_ones], below[second_ones])
    for number, level in enumerate(levels):
        forks, first_ones, second_ones = np.array(level).T
        if number == 0:
            above[first_ones], above[second_ones] = below[second_ones], below[first_ones]
        else:
            above[first_ones] = fork(above[forks], below[second_ones])
            above[second_ones] = fork(above[forks], below[first_ones])
    return Views(below, above, both)


def neighbourhood(tree: Tree, seen: Views, node: int) -> Neighbourhood:
    """The places for a branch, given by the node at its top.

    The two edges at the root are one edge of the tree. Moving past an edge breaks the branch
    that the edge is.
    """
    return neighbourhoods(tree, seen, (node,))[0]


def neighbourhoods(tree: Tree, seen: Views, branches: Sequence[int]) -> list[Neighbourhood]:
    """The places for each of some branches, worked out together."""
    if not branches:
        return []
    ways = _Ways([], [], [], [], [], [], [])
    bounds = [0]
    for node in branches:
        _go(tree, node, len(seen.below), ways)
        bounds.append(len(ways.nodes))
    far, before = np.array(ways.far), np.array(ways.before)
    start, beside, beyond = np.array(ways.start), np.array(ways.beside), np.array(ways.beyond)
    rows = seen.both
    states = np.empty((len(far), rows.shape[1]), dtype=np.uint64)
    bits = np.empty_like(states)
    by_distance = np.argsort(far, kind="stable")
    ends = np.cumsum(np.bincount(far))
    firsts = by_distance[: ends[0]]
    one_side = start[firsts] < 0  # Of an edge at the root, the other side is the branch.
    bits[firsts] = rows[beyond[firsts]]
    inner = firsts[~one_side]
    bits[inner] = fork(rows[start[inner]], bits[inner])
    for distance in range(1, len(ends)):
        here = by_distance[ends[distance - 1] : ends[distance]]
        other = rows[start[here]] if distance == 1 else states[before[here]]
        states[here] = fork(other, rows[beside[here]])
        bits[here] = fork(states[here], rows[beyond[here]])
    found = []
    for first, last in pairwise(bounds):
        own = slice(first, last)
        found.append(
            Neighbourhood(
                ways.nodes[own],
                bits[own],
                [-1, *(place - first for place in ways.before[first + 1 : last])],
                ways.broken[own],
                ways.far[own],
            )
        )
    return found


def _go(tree: Tree, node: int, above: int, ways: _Ways) -> None:
    """Adds the ways to the places of one branch.

    Args:
        tree: in which it hangs.
        node: at its top.
        above: the row from which on nodes are seen from above.
        ways: of the branches before.
    """
    parents, children = tree.parent, tree.children
    parent, sister = parents[node], tree.sister(node)
    radius = RADIUS if tree.n > LARGE_TREE else len(parents)
    nodes, first = ways.nodes, len(ways.nodes)
    # Places to go on from: number, forks away, the node under the edge, the row seen at a first
    # place from this node's other side, and whether the way leads down or up.
    waiting: list[tuple[int, int, int, int, bool]] = []

    def found(
        place: int, far: int, under: int, passed: int | None, rows: tuple[int, int, int]
    ) -> int:
        nodes.append(under)
        ways.before.append(place)
        ways.far.append(far)
        ways.broken.append(passed)
        ways.start.append(rows[0])
        ways.beside.append(rows[1])
        ways.beyond.append(rows[2])
        return len(nodes) - 1

    if parent == tree.root:
        found(-1, 0, sister, None, (-1, -1, sister))
        for child in children.get(sister, ()):
            waiting.append((first, 0, child, tree.sister(child), True))
    else:
        found(-1, 0, sister, None, (above + parent, -1, sister))
        waiting.append((first, 0, sister, above + parent, True))
        waiting.append((first, 0, parent, sister, False))
    while waiting:
        place, far, here, start, down = waiting.pop()
        if far >= radius:
            continue
        far += 1
        if down:
            below = children.get(here, ())
        else:
            over, beside = parents[here], tree.sister(here)
            if over != tree.root:
                at = found(place, far, beside, here, (start, above + over, beside))
                waiting.append((at, far, beside, -1, True))
                at = found(place, far, over, here, (start, beside, above + over))
                waiting.append((at, far, over, -1, False))
                continue
            below = children.get(beside, ())
        if below:
            one, two = below
            for child, sibling in ((one, two), (two, one)):
                at = found(place, far, child, here, (start, sibling, child))
                waiting.append((at, far, child, -1, True))
