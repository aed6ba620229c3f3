"""Which way the text went: from an unrooted shape to descent.

Wording alone seldom says where a tree begins. What counts, in this order: a report that names
another report's outlet as its source; a report that could have given what the others have; quoted
words that were told again, and so were not copied from the one to the other. The shape's middle
decides only between lost tellings, and is said to be a guess. Dates never decide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retold.trace.shape import Shape

__all__ = ["Rooted", "directed", "rooted"]

STATED = 1.0
EXEMPLAR = 0.5
TOLD_AGAIN = 0.5
# Two places for the beginning whose scores are closer than this cannot be told apart.
MARGIN = 0.25


@dataclass(frozen=True, slots=True)
class Rooted:
    """A tree with a direction.

    Attributes:
        parents: node -> the node it descends from; the root is not in it.
        root: the node everything descends from.
        rivals: other nodes that could as well be the root, best first.
    """

    parents: dict[int, int]
    root: int
    rivals: tuple[int, ...]


def rooted(tree: Shape, names: Sequence[tuple[int, int]], told: NDArray[np.bool_]) -> Rooted:
    """Choose where the tree begins.

    Args:
        tree: over witnesses 0 … n-1 and lost nodes from n.
        names: pairs (a, b): witness b names witness a as its source.
        told: (n, n), which two have their quoted words told again, so that neither has them
            from the other.
    """
    leaves_only = {
        node
        for node, others in tree.neighbours.items()
        if len(others) == 1 and node not in tree.exemplars
    }
    candidates = [node for node in tree.neighbours if node not in leaves_only]
    if not candidates:
        candidates = sorted(tree.neighbours)[:1]
    scored = sorted(
        ((-_score(tree, node, names, told), _height(tree, node), node) for node in candidates),
    )
    best, _, root = scored[0]
    rivals = tuple(node for score, _, node in scored[1:] if score - best < MARGIN)
    return Rooted(parents=directed(tree.neighbours, root), root=root, rivals=rivals)


def _score(
    tree: Shape, root: int, names: Sequence[tuple[int, int]], told: NDArray[np.bool_]
) -> float:
    parents = directed(tree.neighbours, root)
    n = len(told)
    lines = [
        (above, below)
        for below in parents
        if below < n
        for above in _line(below, parents)
        if above < n
    ]
    score = -TOLD_AGAIN * sum(bool(told[pair]) for pair in lines)
    for source, report in names:
        if _above(source, report, parents):
            score += STATED
        elif _above(report, source, parents):
            score -= STATED
    return score + EXEMPLAR * tree.exemplars.get(root, 0.0)


def directed(neighbours: Mapping[int, Sequence[int]], root: int) -> dict[int, int]:
    """Node -> the node it descends from, if a tree begins at the root."""
    parents: dict[int, int] = {}
    stack = [root]
    while stack:
        node = stack.pop()
        for other in neighbours[node]:
            if other != root and other not in parents and parents.get(node) != other:
                parents[other] = node
                stack.append(other)
    return parents


def _line(node: int, parents: dict[int, int]) -> list[int]:
    """The nodes that a node descends from, the nearest first."""
    line = []
    while node in parents:
        node = parents[node]
        line.append(node)
    return line


def _above(source: int, report: int, parents: dict[int, int]) -> bool:
    return source in _line(report, parents)


def _height(tree: Shape, root: int) -> int:
    """Steps to the farthest node: the middle of the tree has the fewest."""
    parents = directed(tree.neighbours, root)
    return max((len(_line(node, parents)) for node in parents), default=0)
