"""Simple methods to print beside the stage's: each makes links without direction.

Every one of them reads sizes in some way: a long report contains more of the others. `cut_alike`
takes that away, by cutting all reports of a tradition to as many sentences as the shortest has.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from tradition.copying import Text
from tradition.shapes import Links

__all__ = ["BASELINES", "cut_alike"]

Method = Callable[[dict[str, Text], Sequence[str], random.Random], Links]


def cut_alike(texts: dict[str, Text], rng: random.Random) -> dict[str, Text]:
    """All texts cut to the size of the shortest, by the same draw for all."""
    least = min(len(text) for text in texts.values())
    order = sorted({number for text in texts.values() for number in text})
    rng.shuffle(order)
    rank = {number: place for place, number in enumerate(order)}
    return {
        name: {number: text[number] for number in sorted(text, key=rank.__getitem__)[:least]}
        for name, text in texts.items()
    }


def _distances(texts: dict[str, Text], names: Sequence[str]) -> NDArray[np.float64]:
    """Share of differing words in the sentences that two have; the mean where they share none."""
    n = len(names)
    found = np.full((n, n), np.nan)
    for i, a in enumerate(names):
        for j, b in enumerate(names[:i]):
            pairs = [
                (x, y)
                for number in texts[a].keys() & texts[b].keys()
                for x, y in zip(texts[a][number], texts[b][number], strict=True)
            ]
            if pairs:
                found[i, j] = found[j, i] = sum(x != y for x, y in pairs) / len(pairs)
    found = np.where(np.isnan(found), np.nanmean(found), found)
    np.fill_diagonal(found, 0.0)
    return found


def _link(links: Links, a: str, b: str) -> None:
    links.setdefault(a, set()).add(b)
    links.setdefault(b, set()).add(a)


def neighbour_joining(texts: dict[str, Text], names: Sequence[str], rng: random.Random) -> Links:
    """Saitou & Nei 1987, missing sentences left out of the distances."""
    distance = _distances(texts, names)
    nodes = list(names)
    links: Links = {}
    while len(nodes) > 2:
        m = len(nodes)
        sums = distance.sum(axis=1)
        score = (m - 2) * distance - sums[:, None] - sums[None, :]
        np.fill_diagonal(score, np.inf)
        i, j = sorted(int(one) for one in np.unravel_index(score.argmin(), score.shape))
        node = f"inner {len(links)} {m}"
        _link(links, node, nodes[i])
        _link(links, node, nodes[j])
        row = (distance[i] + distance[j] - distance[i, j]) / 2
        distance[i], distance[:, i], distance[i, i] = row, row, 0.0
        distance = np.delete(np.delete(distance, j, axis=0), j, axis=1)
        nodes[i] = node
        del nodes[j]
    _link(links, nodes[0], nodes[1])
    return links


def spanning_tree(texts: dict[str, Text], names: Sequence[str], rng: random.Random) -> Links:
    """The shortest tree over the witnesses (Prim 1957)."""
    distance = _distances(texts, names)
    inside = [0]
    links: Links = {}
    while len(inside) < len(names):
        outside = [one for one in range(len(names)) if one not in inside]
        a, b = min(((a, b) for a in inside for b in outside), key=lambda pair: distance[pair])
        _link(links, names[a], names[b])
        inside.append(b)
    return links


def containment(texts: dict[str, Text], names: Sequence[str], rng: random.Random) -> Links:
    """Each report hangs from the longer one that holds most of its runs of three words."""
    runs = {
        name: {
            (number, *line[at : at + 3])
            for number, line in texts[name].items()
            for at in range(len(line) - 2)
        }
        for name in names
    }
    order = sorted(names, key=lambda name: (-len(runs[name]), name))
    links: Links = {}
    for place, name in enumerate(order[1:], start=1):
        _link(links, name, max(order[:place], key=lambda other: len(runs[name] & runs[other])))
    return links


def earliest(texts: dict[str, Text], names: Sequence[str], rng: random.Random) -> Links:
    """Everything hangs from the report that was first, by its true time."""
    first = next(name for name in texts if name in names)
    links: Links = {}
    for name in names:
        if name != first:
            _link(links, first, name)
    return links


def star(texts: dict[str, Text], names: Sequence[str], rng: random.Random) -> Links:
    """Everything hangs from one lost telling."""
    links: Links = {}
    for name in names:
        _link(links, "lost", name)
    return links


def chance(texts: dict[str, Text], names: Sequence[str], rng: random.Random) -> Links:
    """Every report hangs from a drawn one."""
    order = list(names)
    rng.shuffle(order)
    links: Links = {}
    for place, name in enumerate(order[1:], start=1):
        _link(links, name, order[rng.randrange(place)])
    return links


BASELINES: dict[str, Method] = {
    "neighbour joining": neighbour_joining,
    "spanning tree": spanning_tree,
    "containment": containment,
    "earliest is source": earliest,
    "one lost source": star,
    "random": chance,
}
