"""The stemma as a tree that can be written line by line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from msgspec import Struct

from retold.model import Alternative, Edge, Stemma, Witness
from retold.show.marks import visible
from retold.show.names import Name, listed

__all__ = ["Node", "differences", "labels", "nature", "outline"]


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


def labels(stemma: Stemma, called: Mapping[str, Name]) -> dict[str, str]:
    """How witnesses are called: reports by letter and outlet, sources by name, the lost by number.

    Args:
        stemma: all witnesses get a label, those of its alternatives too.
        called: report id -> its name.
    """
    lost = [witness.id for witness in stemma.witnesses if witness.kind == "lost"]
    found: dict[str, str] = {}
    for witness in stemma.witnesses:
        if witness.id in called:
            name = called[witness.id]
            found[witness.id] = f"{name.letter} {name.name}"
        elif witness.kind == "lost":
            number = f" {lost.index(witness.id) + 1}" if len(lost) > 1 else ""
            found[witness.id] = f"lost telling{number}"
        else:
            found[witness.id] = visible(witness.name).strip() or "unnamed source"
    new = dict.fromkeys(
        one.id for other in stemma.alternatives for one in other.witnesses if one.id not in found
    )
    for place, key in enumerate(new, start=1):
        found[key] = f"another lost telling{f' {place}' if len(new) > 1 else ''}"
    return found


def differences(other: Alternative, called: Mapping[str, str]) -> list[str]:
    """In what a whole stemma differs from the one that is drawn, a phrase for each source.

    Args:
        other: all its edges are named where it does not say in what it differs.
        called: the labels of all witnesses.
    """

    def name(key: str) -> str:
        return called.get(key, "an unknown witness")

    kept = {end for edge in other.edges for end in edge}
    gone: dict[str, None] = {}
    before: dict[str, list[str]] = defaultdict(list)
    for source, witness in other.dropped:
        for end in (source, witness):
            if end not in kept:
                gone[end] = None
        if source in kept and witness in kept:
            before[witness].append(name(source))
    places = {key: place for place, key in enumerate(called)}
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for source, witness in other.added or other.edges:
        instead = before.pop(witness, [])
        rather = f" (not from {' and '.join(instead)})" if instead else ""
        alike[source, rather].append(witness)
    found = []
    for (source, rather), witnesses in alike.items():
        witnesses.sort(key=lambda key: places.get(key, len(places)))
        found.append(f"{listed([name(key) for key in witnesses])} from {name(source)}{rather}")
    found += [f"{name(witness)} not from {' and '.join(one)}" for witness, one in before.items()]
    return found + [f"without {name(end)}" for end in gone]


def nature(witness: Witness) -> str:
    """What a witness that is no report is; empty for reports."""
    if witness.kind == "report":
        return ""
    if witness.kind == "named":
        return "named source, not among the reports"
    name = visible(witness.name).strip()
    return f"inferred: {name}" if name else "inferred"


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
