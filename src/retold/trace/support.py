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
from retold.trace.parsimony import NOTHING
from retold.trace.places import Views, neighbourhood, views
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
    seen = views(tree, signs)
    for node in sorted(tree.parent):
        own = _crossing(tree, signs, seen, node, draws)
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


def _crossing(
    tree: Tree, signs: Coded, seen: Views, node: int, draws: NDArray[np.float64]
) -> dict[int, Costs]:
    """Fork -> what the best regrafting of a node that breaks the branch above the fork costs."""
    near = neighbourhood(tree, seen, node)
    changes = signs.by_passage((near.bits & seen.below[node]) == 0)
    costs = (changes - changes[0]) @ draws.T
    broken: dict[int, Costs] = {}
    for place in range(len(near.nodes) - 1, 0, -1):  # Those beyond a place come after it.
        before, passed = near.before[place], near.broken[place]
        if before:
            np.minimum(costs[before], costs[place], out=costs[before])
        if passed is not None and passed >= tree.n:
            known = broken.get(passed)
            broken[passed] = costs[place] if known is None else np.minimum(known, costs[place])
    return broken
