"""A report that the others were written from, although it has wording of its own.

Who rewrites changes every sentence, so that in a story of rewritings the source, too, seems to
have readings of its own, and the tree alone hangs it beside the others from a lost telling. Where
the days of the texts say that it was written before the others (`days`), and where it has what
the others share as far as it goes, it stands at the beginning: nothing is left for a lost telling
to explain.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from retold.trace.characters import MISSING, Characters
from retold.trace.shape import Shape

__all__ = ["coverage", "with_origin"]

# Of the words that two others share in the passages that it has, a source has at least this
# share (a wire had 72 % of what two papers share, another paper 29 %, passages that it lacks
# counted in; here they are not, for they are its length). No other that may have been written
# as early has more of them than `MARGIN` beyond it.
LEAST_COVERED, MARGIN = 0.4, 0.1
# Two rewriters hit on a few words by chance; on fewer than this nothing is built.
FEWEST_WORDS = 8
# A source was written before one in three of the others, at least, by their own words.
LEAST_LATER = 3


def with_origin(
    tree: Shape, signs: Characters, told: NDArray[np.bool_], earlier: Iterable[tuple[int, int]]
) -> Shape:
    """The shape with the report at an inner node that the others were written from, if one was.

    Args:
        tree: over the rows of `signs`.
        told: (n, n), which two have their quoted words told again.
        earlier: pairs of rows, the first written before the second.
    """
    n = len(signs.states)
    before = np.zeros((n, n), dtype=np.bool_)
    for a, b in earlier:
        before[a, b] = True
    if not before.any():
        return tree
    covered = np.array([coverage(signs, row) for row in range(n)])
    fit = [
        row
        for row in range(n)
        if LEAST_LATER * before[row].sum() >= n - 1
        and not before[:, row].any()
        and 2 * told[row].sum() < n - 1
        and covered[row] >= max(LEAST_COVERED, covered[~before[row]].max() - MARGIN)
        and len(tree.neighbours[row]) == 1
        and tree.neighbours[row][0] >= n
    ]
    if not fit:
        return tree
    row = max(fit, key=lambda one: (covered[one], -one))
    return _standing(tree, row, float(covered[row]))


def coverage(signs: Characters, row: int) -> float:
    """Of the words that two others agree on in passages that a witness has, how many it has."""
    others = np.delete(signs.states, row, axis=0)
    mine = signs.states[row]
    passages = int(signs.passages.max(initial=-1)) + 1
    has = np.bincount(signs.passages[mine != MISSING], minlength=passages) > 0
    asked = has[signs.passages] & signs.content
    ordered = np.sort(others, axis=0)
    agree = ((ordered[1:] == ordered[:-1]) & (ordered[1:] != MISSING)).any(axis=0) & asked
    # As one of two or more: where others disagree among themselves, either reading will do.
    same = ((others == mine) & (mine != MISSING)).sum(axis=0) >= 2
    total = float(signs.weights[agree].sum())
    if total >= FEWEST_WORDS:
        return float(signs.weights[agree & same].sum()) / total
    # Others share too little to ask about: it has what there is if it shares with everybody.
    return float(((others != MISSING) & (mine != MISSING)).any(axis=1).all())


def _standing(tree: Shape, leaf: int, likely: float) -> Shape:
    """The shape with a witness in the place of the lost telling next to it."""
    inner = tree.neighbours[leaf][0]
    neighbours: dict[int, tuple[int, ...]] = {}
    for node, others in tree.neighbours.items():
        if node == inner:
            continue
        kept = {leaf if other == inner else other for other in others} - {node}
        if node == leaf:
            kept = set(tree.neighbours[inner]) - {leaf}
        neighbours[node] = tuple(sorted(kept))
    support: dict[tuple[int, int], float] = {}
    for (a, b), share in tree.support.items():
        if {a, b} == {leaf, inner}:
            continue
        a, b = (leaf if end == inner else end for end in (a, b))
        support[min(a, b), max(a, b)] = share
    equals = tuple(group for group in tree.equals if leaf not in group)
    return Shape(neighbours, support, {**tree.exemplars, leaf: likely}, equals)
