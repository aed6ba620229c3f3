"""Shapes of descent: published stemmata, and drawn ones.

Published: OpenStemmata (CC BY-SA 4.0), each a graph of witnesses with lost ones in grey and
contamination dashed. They are split in two halves by a hash of their name: methods are tuned on
`developed`, figures come from `held`. Drawn shapes grow like news: an outlet copies any earlier
telling, agencies more often, and some tellings do not survive.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import Literal

import shared

__all__ = ["FILE", "Half", "Links", "Shape", "as_known", "drawn", "links_of", "published"]

FILE = "derivation/openstemmata.jsonl.gz"
Half = Literal["developed", "held", "all"]
Links = dict[str, set[str]]


@dataclass(frozen=True)
class Shape:
    """Who copied whom.

    Attributes:
        parents: child -> the telling it was copied from.
        seconds: child -> another telling that it took passages from.
        survivors: sorted; all others are lost.
    """

    name: str
    parents: dict[str, str]
    seconds: dict[str, str]
    survivors: list[str]

    @property
    def root(self) -> str:
        """The telling that everything descends from."""
        return next(node for node in self.parents.values() if node not in self.parents)

    def in_order(self) -> list[str]:
        """All nodes, every one after those it copies."""
        order = [self.root]
        waiting = sorted(self.parents)
        while waiting:
            ready = [
                node
                for node in waiting
                if self.parents[node] in order and self.seconds.get(node, self.root) in order
            ]
            order += ready
            waiting = [node for node in waiting if node not in ready]
        return order


def published(half: Half, fewest: int = 6, most: int = 16) -> list[Shape]:
    """Published shapes with so many surviving witnesses."""
    found = []
    for record in shared.records(FILE):
        solid, dashed, lost = _parse(record["dot"])
        shape = _shape(record["id"], solid, dashed, lost)
        if shape is None or not fewest <= len(shape.survivors) <= most:
            continue
        odd = blake2b(shape.name.encode(), digest_size=1).digest()[0] % 2
        if half == "all" or (half == "held") == bool(odd):
            found.append(shape)
    return sorted(found, key=lambda shape: shape.name)


def drawn(count: int, seed: int, fewest: int = 6, most: int = 16) -> list[Shape]:
    """Shapes grown one telling at a time."""
    rng = random.Random(seed)
    shapes: list[Shape] = []
    while len(shapes) < count:
        size = rng.randint(fewest, most)
        nodes = ["n0"]
        parents: dict[str, str] = {}
        seconds: dict[str, str] = {}
        liking = {"n0": 4.0}
        for number in range(1, 2 * size):
            node = f"n{number}"
            parent = rng.choices(nodes, [liking[one] for one in nodes])[0]
            parents[node] = parent
            if number > 3 and rng.random() < 0.1:
                other = rng.choice(nodes)
                if other != parent:
                    seconds[node] = other
            liking[node] = rng.choice([0.3, 1.0, 3.0])
            nodes.append(node)
        leaves = [node for node in nodes if node not in parents.values()]
        inner = [node for node in nodes[1:] if node not in leaves]
        survivors = {node for node in leaves if rng.random() < 0.8}
        survivors |= {node for node in inner if rng.random() < 0.35}
        if rng.random() < 0.3:
            survivors.add("n0")
        if fewest <= len(survivors) <= most:
            shapes.append(Shape(f"drawn-{len(shapes)}", parents, seconds, sorted(survivors)))
    return shapes


def links_of(parents: dict[str, str]) -> Links:
    """Edges without direction."""
    links: Links = {}
    for child, parent in parents.items():
        links.setdefault(child, set()).add(parent)
        links.setdefault(parent, set()).add(child)
    return links


def as_known(shape: Shape) -> tuple[Links, dict[str, str]]:
    """The shape as far as its survivors can show it: links without direction, and parents.

    A lost telling that nothing or one thing descends from leaves no trace, and a lost root from
    which one thing descends none either.
    """
    parents = dict(shape.parents)
    kept = set(shape.survivors)
    changed = True
    while changed:
        changed = False
        for node in sorted({*parents, *parents.values()} - kept):
            children = sorted(child for child, parent in parents.items() if parent == node)
            if len(children) > 1:
                continue
            above = parents.pop(node, None)
            for child in children:
                if above is None:
                    del parents[child]
                else:
                    parents[child] = above
            changed = bool(children) or above is not None or changed
    root = next(iter(set(parents.values()) - set(parents)))
    below = sorted(child for child, parent in parents.items() if parent == root)
    unrooted = links_of(parents)
    if root not in kept and len(below) == 2:
        # Without direction a fork of two at the root is no fork.
        first, second = below
        del unrooted[root]
        unrooted[first].discard(root)
        unrooted[second].discard(root)
        unrooted[first].add(second)
        unrooted[second].add(first)
    return unrooted, parents


def _parse(dot: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]], set[str]]:
    """Solid edges, dashed edges and lost nodes of a stemma in DOT."""
    dot = re.sub(r"(?m)(#|//).*$", "", dot)
    lost: set[str] = set()
    solid: list[tuple[str, str]] = []
    dashed: list[tuple[str, str]] = []
    for statement in re.split(r"[;\n]", dot):
        match = re.match(r'\s*"?([^"\[\]{}=]+?)"?\s*\[(.*)\]\s*$', statement)
        if match and "->" not in statement:
            if "grey" in match.group(2):
                lost.add(match.group(1).strip())
            continue
        if "->" in statement:
            bare = re.sub(r"\[.*?\]", "", statement)
            chain = [part.strip().strip('"') for part in bare.split("->")]
            edges = [pair for pair in pairwise(chain) if all(pair)]
            (dashed if "dashed" in statement else solid).extend(edges)
    return solid, dashed, lost


def _shape(
    name: str, solid: list[tuple[str, str]], dashed: list[tuple[str, str]], lost: set[str]
) -> Shape | None:
    """A tree and its second parents; None for what is no tree."""
    parents: dict[str, str] = {}
    seconds: dict[str, str] = {}
    for parent, child in solid:
        if child in parents:
            seconds.setdefault(child, parent)
        else:
            parents[child] = parent
    for parent, child in dashed:
        if child in parents:
            seconds.setdefault(child, parent)
    nodes = {*parents, *parents.values()}
    roots = [node for node in nodes if node not in parents]
    if len(roots) != 1 or not all(_reaches(node, roots[0], parents) for node in nodes):
        return None
    seconds = {
        child: parent
        for child, parent in sorted(seconds.items())
        if parent in nodes and parent != parents[child] and not _above(child, parent, parents)
    }
    return Shape(name, parents, _without_circles(parents, seconds), sorted(nodes - lost))


def _reaches(node: str, root: str, parents: dict[str, str]) -> bool:
    seen: set[str] = set()
    while node != root:
        if node in seen or node not in parents:
            return False
        seen.add(node)
        node = parents[node]
    return True


def _above(source: str, node: str, parents: dict[str, str]) -> bool:
    while node in parents:
        if node == source:
            return True
        node = parents[node]
    return node == source


def _without_circles(parents: dict[str, str], seconds: dict[str, str]) -> dict[str, str]:
    """Second parents that leave an order in which everything can be copied."""
    kept: dict[str, str] = {}
    for child, parent in seconds.items():
        waiting, seen = [parent], set()
        while waiting:
            node = waiting.pop()
            if node not in seen:
                seen.add(node)
                waiting += [up[node] for up in (parents, kept) if node in up]
        if child not in seen:
            kept[child] = parent
    return kept
