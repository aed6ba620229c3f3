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
from retold.trace.parsimony import MOST_TOGETHER, NOTHING
from retold.trace.places import Neighbourhood, neighbourhoods, views
from retold.trace.tree import Tree

__all__ = ["RESAMPLINGS", "Found", "drawings", "found"]

RESAMPLINGS = 100
# Multiplications in one product: OpenBLAS hands larger ones to threads.
SMALL_PRODUCT = 200_000

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
    nodes = sorted(tree.parent)
    for start in range(0, len(nodes), MOST_TOGETHER):
        some = nodes[start : start + MOST_TOGETHER]
        for node, near in zip(some, neighbourhoods(tree, seen, some), strict=True):
            changes = signs.by_passage((near.bits & seen.below[node]) == 0)
            own = _crossing(tree, near, _drawn(changes - changes[0], draws))
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


def _drawn(changes: NDArray[np.float64], draws: NDArray[np.float64]) -> NDArray[np.float64]:
    """(places, drawings) what the changes by passage cost in every drawing.

    A few places at a time: for more the linear algebra library wakes threads whose waiting costs
    more than the product.
    """
    costs = np.empty((len(changes), len(draws)))
    rows = max(1, SMALL_PRODUCT // max(1, draws.size))
    for start in range(0, len(changes), rows):
        costs[start : start + rows] = changes[start : start + rows] @ draws.T
    return costs


def _crossing(tree: Tree, near: Neighbourhood, costs: NDArray[np.float64]) -> dict[int, Costs]:
    """Fork -> what the best regrafting of a branch that breaks the one above the fork costs.

    Args:
        tree: in which it hangs.
        near: its places.
        costs: of each place in every drawing; changed.
    """
    before, far = np.array(near.before), np.array(near.far)
    for distance in range(int(far.max()), 1, -1):  # What lies beyond a place counts there too.
        there = np.flatnonzero(far == distance)
        there = there[np.argsort(before[there], kind="stable")]
        from_, first = np.unique(before[there], return_index=True)
        costs[from_] = np.minimum(costs[from_], np.minimum.reduceat(costs[there], first, axis=0))
    passed = np.array([-1 if node is None else node for node in near.broken])
    inner = np.flatnonzero(passed >= tree.n)
    if not len(inner):
        return {}
    inner = inner[np.argsort(passed[inner], kind="stable")]
    forks, first = np.unique(passed[inner], return_index=True)
    least = np.minimum.reduceat(costs[inner], first, axis=0)
    return dict(zip(forks.tolist(), least, strict=True))
