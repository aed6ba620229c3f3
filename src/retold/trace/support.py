"""How sure a branch is: the tree is weighed against its neighbours with the passages drawn anew.

The bootstrap of Felsenstein (1985) would look for the best tree of every drawing. Instead the
changes that each regrafting of a branch adds or saves are kept passage by passage, and only
their sums are drawn anew (Kishino, Miyata & Hasegawa 1990; candidate trees met on the way, as
in Minh, Nguyen & von Haeseler 2013). A branch is found in a drawing if every regrafting that
would break it costs more there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retold.trace.coding import Coded
from retold.trace.parsimony import NOTHING, grafts, lower
from retold.trace.tree import Tree

__all__ = ["RESAMPLINGS", "Found", "drawings", "found"]

RESAMPLINGS = 100

Costs = NDArray[np.float64]  # (drawings,)


@dataclass(frozen=True, slots=True)
class Found:
    """Shares of the drawings.

    Attributes:
        branches: fork -> share in which the branch above it is found.
        places: (n,) share in which a witness hangs where it hangs, as far as branches that
            are to be drawn tell one place from another.
    """

    branches: dict[int, float]
    places: NDArray[np.float64]


def drawings(signs: Coded, seed: int) -> NDArray[np.float64]:
    """How often each passage is drawn: (drawings, passages with informative characters)."""
    passages = signs.present.shape[1]
    draws = np.random.default_rng(seed).multinomial(
        passages, np.full(passages, 1 / passages), size=RESAMPLINGS
    )
    return draws[:, signs.numbers].astype(np.float64)


def found(tree: Tree, signs: Coded, drawn: Sequence[int], seed: int) -> Found:
    """Weigh every branch and every witness's place.

    Args:
        tree: the best one.
        signs: of its witnesses.
        drawn: the forks whose branch is to be drawn.
        seed: of the drawings.
    """
    draws = drawings(signs, seed)
    crossing = {node: np.full(len(draws), np.inf) for node in tree.children}
    places = np.ones(tree.n)
    wanted = frozenset(drawn)
    for node in sorted(tree.parent):
        own = _crossing(tree, signs, node, draws)
        for fork, costs in own.items():
            np.minimum(crossing[fork], costs, out=crossing[fork])
        if node < tree.n:
            away = [costs for fork, costs in own.items() if fork in wanted]
            if away:
                places[node] = float((np.min(away, axis=0) > NOTHING).mean())
    top = [node for node in tree.children[tree.root] if node in crossing]
    if len(top) == 2:  # two ends of one branch
        crossing[top[0]] = crossing[top[1]] = np.minimum(crossing[top[0]], crossing[top[1]])
    return Found(
        {fork: float((costs > NOTHING).mean()) for fork, costs in crossing.items()}, places
    )


def _crossing(tree: Tree, signs: Coded, node: int, draws: NDArray[np.float64]) -> dict[int, Costs]:
    """Fork -> what the best regrafting of a node that breaks the branch above the fork costs.

    Regrafting breaks the branches between the old and the new edge. The two edges at the root
    and the place above it are one edge of the tree.
    """
    branch = lower(tree, signs, node)[node]
    fork, sister = tree.prune(node)
    try:
        if tree.root < tree.n:
            return {}
        places = grafts(tree, lower(tree, signs))
        changes = signs.by_passage((places.bits & branch) == 0)
        row = {place: number for number, place in enumerate(places.nodes)}
        costs = (changes - changes[row[sister]]) @ draws.T
        return _broken(tree, places.nodes, costs, row, fork, sister)
    finally:
        tree.graft(node, sister, fork)


def _broken(
    tree: Tree,
    nodes: list[int],
    costs: NDArray[np.float64],
    row: dict[int, int],
    fork: int,
    sister: int,
) -> dict[int, Costs]:
    """The least cost beyond every branch, for a node pruned from the edge above its sister."""
    under: dict[int, Costs] = {}
    for here in reversed(nodes):
        if here >= tree.n:
            a, b = tree.children[here]
            parts = [costs[row[a]], costs[row[b]]]
            parts += [under[one] for one in (a, b) if one in under]
            under[here] = np.minimum.reduce(parts)
    top = tree.children[tree.root]
    broken = {here: least for here, least in under.items() if here != tree.root}
    if sister == tree.root:
        return broken  # The node hung from the root: its place is the edge between the two there.
    path = [sister]
    while path[-1] not in top:
        path.append(tree.parent[path[-1]])
    other = tree.sister(path[-1])
    if len(path) > 1:
        del broken[path[-1]]
    if other in under:
        broken[fork if len(path) == 1 else path[-1]] = under[other]
    beyond = np.minimum.reduce(
        [costs[row[other]], costs[row[tree.root]], *([under[other]] if other in under else [])]
    )
    for here in reversed(path[:-1]):
        above, beside = tree.parent[here], tree.sister(here)
        parts = [beyond, costs[row[above]], costs[row[beside]]]
        if beside in under:
            parts.append(under[beside])
        beyond = np.minimum.reduce(parts)
        broken[fork if here == sister else here] = beyond
    return broken
