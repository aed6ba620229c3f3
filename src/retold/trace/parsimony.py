"""The tree that needs the fewest changes: stepwise addition, then pruning and regrafting.

Counting is Fitch's (1971, Toward defining the course of evolution); a branch is tried at every
edge without counting the tree anew, by the states that a root in that edge could have
(Goloboff 1996, Methods for faster parsimony analysis). Parsimony with missing readings, its
branches of no length collapsed, was the best of the simple methods on forty published shapes
(`benchmarks/quality/stemma.py` prints it beside neighbour joining and a spanning tree).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from retold.trace.coding import EVERY, Bits, Coded
from retold.trace.places import fork, neighbourhoods, views
from retold.trace.tree import Tree

__all__ = ["Lengths", "lengths", "retained", "search", "steps"]

# Rounds of pruning and regrafting every branch; the last of them usually changes nothing.
MOST_ROUNDS = 6
# Beginnings of the search, by number of witnesses: more where it costs little.
STARTS = ((24, 3), (60, 2))
# Branches whose places are worked out together.
MOST_TOGETHER = 16
# Cost differences below this are none: sums of weights in another order.
NOTHING = 1e-6


@dataclass(frozen=True, slots=True)
class Lengths:
    """Changes on the edge above a node.

    Attributes:
        least: weight of the changes that every fewest-changes history puts there.
        most: weight of the changes that some such history puts there.
    """

    least: float
    most: float


def steps(tree: Tree, signs: Coded) -> float:
    """Weight of all changes on the tree."""
    below = views(tree, signs).below
    total = 0.0
    for first, second in tree.children.values():
        total += float(signs.weights[(below[first] & below[second]) == 0].sum())
    return total


def retained(tree: Tree, signs: Coded) -> float:
    """How well the characters agree with one another on a tree: the retention index.

    Of the changes that a star would need beyond the fewest thinkable, the share that the tree
    saves (Farris 1989, The retention index and the rescaled consistency index): 1 where every
    state arose once, about one half where witnesses agree by chance alone; 0 without characters.
    """
    fewest = star = 0.0
    for column, weight in zip(signs.bits.T, signs.weights, strict=True):
        _, counts = np.unique(column[column != EVERY], return_counts=True)
        fewest += weight * (len(counts) - 1)
        star += weight * float(counts.sum() - counts.max())
    return (star - steps(tree, signs)) / (star - fewest) if star > fewest else 0.0


def search(signs: Coded, seed: int) -> Tree:
    """The best tree of several beginnings.

    The first adds the witnesses that have most first; the others in drawn orders.
    """
    n = len(signs.bits)
    merged = _merged(signs)
    rng = np.random.default_rng(seed)
    starts = next((count for most, count in STARTS if n <= most), 1)
    fullest = np.argsort(-signs.words, kind="stable")
    best: tuple[float, Tree] | None = None
    for start in range(starts):
        order = fullest if start == 0 else rng.permutation(n)
        tree = _added([int(one) for one in order], merged)
        _regrafted(tree, merged)
        cost = steps(tree, merged)
        if best is None or cost < best[0] - NOTHING:
            best = (cost, tree)
    assert best is not None
    return best[1]


def lengths(tree: Tree, signs: Coded) -> dict[int, Lengths]:
    """For every node but the root, the changes on the edge above it.

    A change is certain where no fewest-changes history goes without it: neither end's best
    states are the other end's best or second best (those that cost one change more).
    """
    best: dict[int, Bits] = {}
    second: dict[int, Bits] = {}
    for node in tree.under(tree.root):
        if node < tree.n:
            best[node] = second[node] = signs.bits[node]
        else:
            a, b = tree.children[node]
            best[node], second[node] = _two_best(best[a], best[b])
    above: dict[int, Bits] = {}
    found: dict[int, Lengths] = {}
    for node in reversed(tree.under(tree.root)):
        if node == tree.root:
            continue
        fork, sister = tree.parent[node], tree.sister(node)
        if fork == tree.root:
            here, next_best = best[sister], second[sister]
        else:
            here, next_best = _two_best(above[fork], best[sister])
        above[node] = here
        apart = (here & best[node]) == 0
        certain = apart & ((here & second[node]) == 0) & ((next_best & best[node]) == 0)
        found[node] = Lengths(
            float(signs.weights[certain].sum()), float(signs.weights[apart].sum())
        )
    return found


def _two_best(a: Bits, b: Bits) -> tuple[Bits, Bits]:
    """States of least cost over two branches, and those of at most one change more."""
    both, either = a & b, a | b
    agree = both != 0
    return np.where(agree, both, either), np.where(agree, either, EVERY)


def _merged(signs: Coded) -> Coded:
    """Alike characters of different passages made one: the search needs no passages."""
    if not signs.bits.shape[1]:
        return signs
    table, place = np.unique(signs.bits, axis=1, return_inverse=True)
    return Coded(
        bits=table,
        weights=np.bincount(place.ravel(), signs.weights, table.shape[1]).astype(np.float64),
        starts=np.zeros(1, dtype=np.int64),
        numbers=np.zeros(1, dtype=np.int64),
        present=signs.present,
        alone=signs.alone,
        usual=signs.usual,
        alone_weights=signs.alone_weights,
        alone_passages=signs.alone_passages,
        words=signs.words,
    )


def _added(order: list[int], signs: Coded) -> Tree:
    tree = Tree(len(signs.bits), order[0], order[1])
    for witness in order[2:]:
        seen = views(tree, signs)
        nodes = sorted(tree.parent)
        states = fork(seen.above[nodes], seen.below[nodes])
        costs = ((states & signs.bits[witness]) == 0) @ signs.weights
        tree.add(witness, nodes[int(np.round(costs, 6).argmin())])
    return tree


def _regrafted(tree: Tree, signs: Coded) -> None:
    """Prune every branch in turn and hang it where it costs least, until none moves."""
    seen = views(tree, signs)
    moves = 0
    tried: dict[int, int] = {}  # After how many moves a branch was tried last.
    for _ in range(MOST_ROUNDS):
        before = moves
        waiting = sorted(tree.parent, reverse=True)
        together = 1
        while waiting:
            # As many at once as have not moved for a while: a move changes what all of them see.
            some = [node for node in waiting[-together:][::-1] if tried.get(node) != moves]
            del waiting[-together:]
            together = min(2 * together, MOST_TOGETHER)
            # A fork that a move has made the root has no branch above it.
            some = [node for node in some if node in tree.parent]
            for number, near in enumerate(neighbourhoods(tree, seen, some)):
                node = some[number]
                changes = (near.bits & seen.below[node]) == 0
                costs = np.round(changes @ signs.weights, 6)
                best = int(costs.argmin())
                if costs[best] < costs[0] - NOTHING:
                    freed, _ = tree.prune(node)
                    tree.graft(node, near.nodes[best], freed)
                    seen = views(tree, signs)
                    moves += 1
                    waiting += some[:number:-1]
                    together = 1
                    break
                tried[node] = moves
        if moves == before:
            return
