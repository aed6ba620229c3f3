"""Other whole trees that drawings of the passages ask for.

Most drawings are explained best by the best tree; some by one in which a branch hangs elsewhere.
Those are the trees among which the passages do not decide. They are looked for among all trees
that are one regrafting away, whose costs are summed anew for every drawing (RELL: Kishino, Miyata
& Hasegawa 1990); trees that need as few changes share it. What a tree leaves open is a set of trees
and not of edges: Jermiin, Olsen, Mengersen & Easteal 1997 (Majority-rule consensus of phylogenetic
trees obtained by maximum-likelihood analysis). Trees that differ only where no branch is drawn are
the same.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retold.trace.coding import Coded
from retold.trace.parsimony import NOTHING, lengths
from retold.trace.places import neighbourhood, views
from retold.trace.support import drawings
from retold.trace.tree import Split, Tree

__all__ = ["Other", "others"]

# So many at most are named, each asked for by so many of the drawings at least.
MOST, LEAST = 3, 0.05
# Of more witnesses another whole tree is nothing that can be read.
MOST_WITNESSES = 40
# Regraftings that are looked at, those that cost nothing in the most drawings.
MOST_MOVES = 60

Costs = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Other:
    """A tree that part of the drawings ask for.

    Attributes:
        splits: its branches, without those that are not drawn.
        share: of the drawings.
    """

    splits: frozenset[Split]
    share: float


def others(
    tree: Tree, code: Coded, drawn: frozenset[Split], fewest: float, seed: int
) -> list[Other]:
    """The trees that the most drawings ask for beside the best one, most first.

    Args:
        tree: the best one.
        code: of its witnesses.
        drawn: its branches that are drawn.
        fewest: readings that a branch of another tree must have to be drawn.
        seed: of the drawings.
    """
    if not 4 <= tree.n <= MOST_WITNESSES or not code.bits.shape[1]:
        return []
    draws = drawings(code, seed)
    best = tree.splits()
    costs: dict[frozenset[Split], Costs] = {}
    for node, beside, cost in _moves(tree, code, drawn, draws):
        moved = deepcopy(tree)
        freed, _ = moved.prune(node)
        moved.graft(node, beside, freed)
        theirs = moved.splits()
        kept = drawn & frozenset(theirs.values())
        if len(kept) == len(drawn):
            continue
        new = [fork for fork, side in theirs.items() if side not in best.values()]
        if new:
            long = lengths(moved, code)
            kept |= {theirs[fork] for fork in new if long[fork].least >= fewest}
        known = costs.get(kept)
        costs[kept] = cost if known is None else np.minimum(known, cost)
    if not costs:
        return []
    table = np.vstack([np.zeros(len(draws)), *costs.values()])
    least = table <= table.min(axis=0) + NOTHING
    shares = (least / least.sum(axis=0)).mean(axis=1)[1:]
    found = [
        Other(splits, float(share))
        for splits, share in zip(costs, shares.tolist(), strict=True)
        if share >= LEAST
    ]
    return sorted(found, key=lambda one: (-one.share, sorted(map(sorted, one.splits))))[:MOST]


def _moves(
    tree: Tree, code: Coded, drawn: frozenset[Split], draws: NDArray[np.float64]
) -> list[tuple[int, int, Costs]]:
    """Regraftings that break a drawn branch and cost nothing in enough drawings.

    Each with the node, the node under the edge of its new place, and its costs: (drawings,).
    """
    sides = tree.splits()
    wanted = {fork for fork, side in sides.items() if side in drawn}
    top = tree.children[tree.root]
    if wanted & set(top):
        wanted |= {node for node in top if node >= tree.n}  # Two ends of one branch.
    seen = views(tree, code)
    found: list[tuple[float, int, int, Costs]] = []
    for node in sorted(tree.parent):
        near = neighbourhood(tree, seen, node)
        changes = code.by_passage((near.bits & seen.below[node]) == 0)
        costs = np.round((changes - changes[0]) @ draws.T, 6)
        breaks = [False]
        for before, passed in zip(near.before[1:], near.broken[1:], strict=True):
            breaks.append(breaks[before] or passed in wanted)
        free = (costs <= NOTHING).mean(axis=1)
        for place in np.flatnonzero((free >= LEAST) & np.array(breaks)).tolist():
            found.append((-float(free[place]), node, near.nodes[place], costs[place]))
    found.sort(key=lambda one: one[:3])
    return [(node, beside, cost) for _, node, beside, cost in found[:MOST_MOVES]]
