"""Places where a branch of a tree could hang instead, and the states it would meet there.

The states at an edge are those that a root in it could have (Goloboff 1996): from what is known
of the tree from below and from above every node, they follow for all places near a branch
without counting the tree anew.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from retold.trace.coding import Bits, Coded
from retold.trace.tree import Tree

__all__ = ["Neighbourhood", "Views", "fork", "neighbourhood", "views"]

# Of a large tree only places so many forks away are tried: a branch that belongs farther off
# gets there in several moves.
LARGE_TREE, RADIUS = 60, 8


@dataclass(frozen=True, slots=True)
class Views:
    """The best states of every node's edge: seen from below, and from above."""

    below: dict[int, Bits]
    above: dict[int, Bits]


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The places where a branch could hang, the one where it hangs first.

    Attributes:
        nodes: the node under the edge of each place.
        bits: (places, k) the states of a root in the edge, the branch taken away.
        before: the place from which each is reached; -1 for the first.
        broken: the node above which a branch of the tree breaks when the place, or one beyond
            it, is taken instead of the one before it; None where none does.
    """

    nodes: list[int]
    bits: Bits
    before: list[int]
    broken: list[int | None]


def fork(a: Bits, b: Bits) -> Bits:
    """The best states of a fork, from those of two of its branches."""
    both = a & b
    return np.where(both != 0, both, a | b)


def views(tree: Tree, signs: Coded) -> Views:
    """All nodes from below and from above."""
    below: dict[int, Bits] = {}
    above: dict[int, Bits] = {}
    order = tree.under(tree.root)
    for node in order:
        if node < tree.n:
            below[node] = signs.bits[node]
        else:
            first, second = tree.children[node]
            below[node] = fork(below[first], below[second])
    for node in reversed(order):
        if node != tree.root:
            parent, sister = tree.parent[node], tree.sister(node)
            over = below[sister]
            above[node] = over if parent == tree.root else fork(above[parent], over)
    return Views(below, above)


def neighbourhood(tree: Tree, seen: Views, node: int) -> Neighbourhood:
    """The places for a branch, given by the node at its top.

    The two edges at the root are one edge of the tree. Moving past an edge breaks the branch
    that the edge is.
    """
    parent, sister = tree.parent[node], tree.sister(node)
    below = seen.below
    radius = RADIUS if tree.n > LARGE_TREE else len(tree.parent)
    nodes, before, broken = [sister], [-1], list[int | None]([None])
    # Places to go on from: number, forks away, the node under the edge, what is seen of the
    # rest of the tree from this node's other side, and whether the way leads down or up.
    waiting: list[tuple[int, int, int, Bits, bool]] = []

    if parent == tree.root:
        bits = [below[sister]]
        for child in tree.children.get(sister, ()):
            waiting.append((0, 0, child, below[tree.sister(child)], True))
    else:
        bits = [fork(seen.above[parent], below[sister])]
        waiting.append((0, 0, sister, seen.above[parent], True))
        waiting.append((0, 0, parent, below[sister], False))

    def found(place: int, under: int, states: Bits, passed: int) -> int:
        nodes.append(under)
        bits.append(states)
        before.append(place)
        broken.append(passed)
        return len(nodes) - 1

    while waiting:
        place, far, here, other, down = waiting.pop()
        if far >= radius:
            continue
        if down:
            children = tree.children.get(here, ())
        else:
            over, beside = tree.parent[here], tree.sister(here)
            if over != tree.root:
                up = seen.above[over]
                states = fork(up, other)
                at = found(place, beside, fork(states, below[beside]), here)
                waiting.append((at, far + 1, beside, states, True))
                combined = fork(other, below[beside])
                at = found(place, over, fork(up, combined), here)
                waiting.append((at, far + 1, over, combined, False))
                continue
            children = tree.children.get(beside, ())
        for child in children:
            states = fork(other, below[tree.sister(child)])
            at = found(place, child, fork(states, below[child]), here)
            waiting.append((at, far + 1, child, states, True))
    return Neighbourhood(nodes, np.array(bits), before, broken)
