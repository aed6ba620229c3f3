"""A layered layout for small graphs without circles: from left to right, few crossings.

After Sugiyama, Tagawa and Toda (1981): layers by longest path, stand-ins where an edge passes a
layer, order by barycentres, then positions. The positions of a layer are the least-squares
solution under a smallest distance (isotonic regression by pooling adjacent violators), which is
linear and always the same.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

__all__ = ["Layout", "layered"]

_SWEEPS = 6


class Layout(Struct, frozen=True):
    """Where nodes and edges go.

    Attributes:
        at: node -> (layer, middle), the middle in units of the given heights.
        routes: edge -> the points it passes, ends included, as (layer, middle).
        layers: their number.
        height: of the whole.
    """

    at: dict[str, tuple[int, float]]
    routes: dict[tuple[str, str], tuple[tuple[int, float], ...]]
    layers: int
    height: float


def _forward(nodes: Sequence[str], edges: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The edges without those that close a circle."""
    below: dict[str, list[str]] = defaultdict(list)
    for start, end in edges:
        below[start].append(end)
    state: dict[str, int] = {}
    back: set[tuple[str, str]] = set()
    for root in nodes:
        stack = [(root, 0)]
        while stack:
            node, place = stack.pop()
            if place == 0:
                if state.get(node):
                    continue
                state[node] = 1
            for number in range(place, len(below[node])):
                child = below[node][number]
                if state.get(child) == 1:
                    back.add((node, child))
                elif not state.get(child):
                    stack += [(node, number + 1), (child, 0)]
                    break
            else:
                state[node] = 2
    return [edge for edge in edges if edge not in back]


def _layers(nodes: Sequence[str], edges: Sequence[tuple[str, str]]) -> dict[str, int]:
    below: dict[str, list[str]] = defaultdict(list)
    waiting: dict[str, int] = dict.fromkeys(nodes, 0)
    for start, end in edges:
        below[start].append(end)
        waiting[end] += 1
    layer = dict.fromkeys(nodes, 0)
    ready = [node for node in nodes if not waiting[node]]
    sources = list(ready)
    for node in ready:  # grows while it is read
        for child in below[node]:
            layer[child] = max(layer[child], layer[node] + 1)
            waiting[child] -= 1
            if not waiting[child]:
                ready.append(child)
    for node in sources:  # a source stands next to the nearest that takes from it
        if below[node]:
            layer[node] = min(layer[child] for child in below[node]) - 1
    return layer


def _spread(wanted: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Middles nearest to the wanted ones that keep the order and do not overlap."""
    offsets: list[float] = []
    total = 0.0
    for number, size in enumerate(sizes):
        if number:
            total += (sizes[number - 1] + size) / 2
        offsets.append(total)
    blocks: list[list[float]] = []  # [sum, count]
    for want, offset in zip(wanted, offsets, strict=True):
        blocks.append([want - offset, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            last = blocks.pop()
            blocks[-1][0] += last[0]
            blocks[-1][1] += last[1]
    level = [block[0] / block[1] for block in blocks for _ in range(int(block[1]))]
    return [place + offset for place, offset in zip(level, offsets, strict=True)]


def layered(
    nodes: Sequence[str], edges: Sequence[tuple[str, str]], *, node: float, bend: float
) -> Layout:
    """Places for nodes and edges.

    Args:
        nodes: in the order in which equals are kept.
        edges: (from, to) between the nodes; those that close a circle get no route.
        node: height of a node with its distance; `bend`: of a passing edge.
    """
    edges = _forward(nodes, list(dict.fromkeys(edges)))
    layer = _layers(nodes, edges)
    rows: list[list[str]] = [[] for _ in range(max(layer.values(), default=-1) + 1)]
    for name in nodes:
        rows[layer[name]].append(name)
    size: dict[str, float] = dict.fromkeys(nodes, node)
    stand_in = "." * (1 + max(map(len, nodes), default=0))  # longer than any name
    above: dict[str, list[str]] = defaultdict(list)
    below: dict[str, list[str]] = defaultdict(list)
    passing: dict[tuple[str, str], list[str]] = {}
    for number, (start, end) in enumerate(edges):
        path = [start]
        for between in range(layer[start] + 1, layer[end]):
            name = f"{stand_in}{number}.{between}"
            size[name] = bend
            rows[between].append(name)
            path.append(name)
        path.append(end)
        passing[start, end] = path
        for first, second in pairwise(path):
            below[first].append(second)
            above[second].append(first)
    _order(rows, above, below)
    middle = _middles(rows, size, above, below)
    top = min((middle[name] - size[name] / 2 for name in middle), default=0.0)
    depth = {name: number for number, row in enumerate(rows) for name in row}
    spot = {name: (depth[name], middle[name] - top) for name in middle}
    return Layout(
        {name: spot[name] for name in nodes},
        {edge: tuple(spot[name] for name in path) for edge, path in passing.items()},
        len(rows),
        max((spot[name][1] + size[name] / 2 for name in spot), default=0.0),
    )


def _order(
    rows: list[list[str]], above: Mapping[str, list[str]], below: Mapping[str, list[str]]
) -> None:
    """Puts each row into the order in which the fewest edges crossed, of all that were tried."""
    place = {name: number for row in rows for number, name in enumerate(row)}
    best, fewest = [list(row) for row in rows], _crossings(rows, below, place)
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        forward = sweep % 2 == 0
        near = above if forward else below
        for row in rows[1:] if forward else reversed(rows[:-1]):
            centre = {
                name: sum(place[other] for other in near[name]) / len(near[name])
                if near.get(name)
                else place[name]
                for name in row
            }
            row.sort(key=lambda name: centre[name])
            place.update((name, number) for number, name in enumerate(row))
        crossed = _crossings(rows, below, place)
        if crossed < fewest:
            best, fewest = [list(row) for row in rows], crossed
    rows[:] = best


def _crossings(
    rows: Sequence[Sequence[str]], below: Mapping[str, list[str]], place: Mapping[str, int]
) -> int:
    """How often edges between neighbouring rows cross: inversions, counted by insertion."""
    crossed = 0
    for row in rows:
        ends: list[int] = []
        for name in row:
            own = sorted(place[other] for other in below.get(name, ()))
            crossed += sum(len(ends) - bisect_right(ends, end) for end in own)
            for end in own:
                insort(ends, end)
    return crossed


def _middles(
    rows: list[list[str]],
    size: Mapping[str, float],
    above: Mapping[str, list[str]],
    below: Mapping[str, list[str]],
) -> dict[str, float]:
    middle: dict[str, float] = {}
    for row in rows:
        for name, place in zip(row, _spread([0.0] * len(row), [size[n] for n in row]), strict=True):
            middle[name] = place
    for sweep in range(2 * _SWEEPS):
        near = below if sweep % 2 == 0 else above
        for row in reversed(rows) if sweep % 2 == 0 else rows:
            wanted = [
                sum(middle[other] for other in near[name]) / len(near[name])
                if near.get(name)
                else middle[name]
                for name in row
            ]
            placed = _spread(wanted, [size[name] for name in row])
            for name, place in zip(row, placed, strict=True):
                middle[name] = place
    return middle
