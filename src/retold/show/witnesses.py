"""The stemma as a tree that can be written line by line."""

from __future__ import annotations

from collections import defaultdict

from msgspec import Struct

from retold.model import Edge, Stemma, Witness
from retold.show.marks import visible
from retold.show.names import Name

__all__ = ["Node", "label", "outline"]

KIND_WORDS = {
    "report": "",
    "named": "named source, not among the reports",
    "lost": "lost telling, inferred",
}


class Node(Struct, frozen=True):
    """One line of the outline.

    Attributes:
        depth: 0 for a witness without a source.
        edge: by which it hangs from the line above it; None at depth 0.
        also: its other edges, strongest first, where several sources meet.
        again: the witness stands with its descendants further up; they are not repeated.
    """

    witness: Witness
    depth: int
    edge: Edge | None
    also: tuple[Edge, ...]
    again: bool = False


def label(witness: Witness | None, called: dict[str, Name]) -> str:
    """How a witness is called: reports by letter and outlet, others by their name."""
    if witness is None:
        return "unknown witness"
    if witness.id in called:
        name = called[witness.id]
        return f"{name.letter} {name.name}"
    return visible(witness.name).strip() or witness.kind


def outline(stemma: Stemma) -> tuple[Node, ...]:
    """Every witness once, under its best supported source; sources first, in the stemma's order.

    A witness on a circle (which a stemma should not hold) is written where it is first met.
    """
    witnesses = {witness.id: witness for witness in stemma.witnesses}
    to: dict[str, list[Edge]] = defaultdict(list)
    for edge in stemma.edges:
        if edge.from_ in witnesses and edge.to in witnesses:
            to[edge.to].append(edge)
    for edges in to.values():
        edges.sort(key=lambda edge: -edge.support)
    children: dict[str, list[Edge]] = defaultdict(list)
    for witness in stemma.witnesses:
        if to[witness.id]:
            children[to[witness.id][0].from_].append(to[witness.id][0])
    nodes: list[Node] = []
    done: set[str] = set()

    def write(root: str) -> None:
        stack: list[tuple[str, int, Edge | None]] = [(root, 0, None)]
        while stack:
            key, depth, edge = stack.pop()
            again = key in done
            others = tuple(other for other in to[key] if other is not edge)
            nodes.append(Node(witnesses[key], depth, edge, () if again else others, again))
            if again:
                continue
            done.add(key)
            stack.extend((below.to, depth + 1, below) for below in reversed(children[key]))

    for witness in stemma.witnesses:
        if not to[witness.id]:
            write(witness.id)
    for witness in stemma.witnesses:
        if witness.id not in done:
            write(witness.id)
    return tuple(nodes)
