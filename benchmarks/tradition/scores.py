"""How near a found descent is to the true one."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from itertools import combinations

from retold.model import Edge, Stemma
from tradition.shapes import Links, Shape, as_known

__all__ = [
    "edges_right",
    "in_doubt",
    "links_found",
    "lost_right",
    "passages_right",
    "sign_similarity",
    "standing",
]


def steps(links: Links, start: str) -> dict[str, int]:
    """Edges from a node to every other."""
    far = {start: 0}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for other in links.get(node, ()):
            if other not in far:
                far[other] = far[node] + 1
                waiting.append(other)
    return far


def sign_similarity(truth: Links, found: Links, survivors: Sequence[str]) -> float:
    """Average sign similarity of two trees, in [0, 1] (Roos & Heikkilä 2009).

    For every witness and every two others: is the same one of the two nearer, in edges?
    """
    true = {node: steps(truth, node) for node in survivors}
    made = {node: steps(found, node) for node in survivors}
    far = 10**6

    def sign(of: dict[str, dict[str, int]], a: str, b: str, c: str) -> int:
        difference = of[a].get(b, far) - of[a].get(c, far)
        return (difference > 0) - (difference < 0)

    scores = [
        1 - abs(sign(true, a, b, c) - sign(made, a, b, c)) / 2
        for a in survivors
        for b, c in combinations([node for node in survivors if node != a], 2)
    ]
    return sum(scores) / len(scores)


def links_found(stemma: Stemma) -> Links:
    """The edges of a stemma without direction, named witnesses and second parents left out."""
    named = {witness.id for witness in stemma.witnesses if witness.kind == "named"}
    links: Links = {}
    for edge in stemma.edges:
        if edge.from_ not in named and edge.basis == "textual" and not _second(edge):
            links.setdefault(edge.from_, set()).add(edge.to)
            links.setdefault(edge.to, set()).add(edge.from_)
    return links


def _second(edge: Edge) -> bool:
    """Whether an edge is that of a second parent, which is no part of the tree."""
    return any("against the rest of its text" in one.note for one in edge.evidence)


def standing(links: Links, survivors: Sequence[str]) -> set[str]:
    """Survivors between others: exemplars."""
    return {node for node in survivors if len(links.get(node, ())) > 1}


Branch = tuple[frozenset[str], frozenset[str], str, str]


def _branches(links: Links, survivors: Sequence[str]) -> dict[tuple[str, str], Branch]:
    """(node, node) -> what the edge means: the survivors on either side, and who stands at it."""
    own = frozenset(survivors)
    found: dict[tuple[str, str], Branch] = {}
    for a in sorted(links):
        for b in sorted(links[a]):
            seen, waiting, side = {a}, [b], set()
            while waiting:
                node = waiting.pop()
                if node not in seen:
                    seen.add(node)
                    side.add(node)
                    waiting += sorted(links[node])
            there = frozenset(side) & own
            found[a, b] = (own - there, there, a if a in own else "", b if b in own else "")
    return found


def edges_right(stemma: Stemma, shape: Shape) -> list[tuple[float, bool, bool | None, str]]:
    """For every edge shown: support, whether the truth has it, its direction, its kind.

    An edge is right when the truth has one that parts the survivors alike and ends at the same
    survivors, or at lost tellings where it does. The direction is None where the edge is wrong.
    Kinds say what stands at either end: "lost", "report", and "lone" for a report at the end
    of the tree.
    """
    unrooted, parents = as_known(shape)
    truth = set(_branches(unrooted, shape.survivors).values())
    down = set()
    rooted = links_of_parents(parents)
    for (a, b), branch in _branches(rooted, shape.survivors).items():
        if parents.get(b) == a:
            down.add(branch)
    links = links_found(stemma)
    branches = _branches(links, shape.survivors)
    own = set(shape.survivors)
    result = []
    for edge in stemma.edges:
        branch = branches.get((edge.from_, edge.to))
        if branch is None:
            continue
        ends = sorted(
            "lost" if end not in own else "lone" if len(links[end]) == 1 else "report"
            for end in (edge.from_, edge.to)
        )
        right = branch in truth
        result.append((edge.support, right, (branch in down) if right else None, "-".join(ends)))
    return result


def passages_right(
    stemma: Stemma, shape: Shape, borrowed: dict[str, set[int]]
) -> tuple[int, int, int]:
    """Passages whose source is right, those with a source named, all passages of reports.

    Right: of a passage from the first parent, an edge that the truth has, ends and all; of a
    borrowed one, the edge to a second parent.
    """
    truth = set(_branches(as_known(shape)[0], shape.survivors).values())
    branches = _branches(links_found(stemma), shape.survivors)
    second = {(edge.from_, edge.to) for edge in stemma.edges if _second(edge)}
    right = named = 0
    for one in stemma.derivations:
        if one.source is None:
            continue
        named += 1
        pair = (one.source, one.report)
        if int(one.passage[1:]) in borrowed.get(one.report, ()):
            right += pair in second
        else:
            right += pair not in second and branches.get(pair) in truth
    return right, named, len(stemma.derivations)


def in_doubt(stemma: Stemma) -> set[str]:
    """Witnesses of which the stemma says that they may not stand where they are drawn."""
    return {one.witnesses[0] for one in stemma.undecided if len(one.witnesses) == 1}


def lost_right(
    stemma: Stemma, shape: Shape, doubtful: frozenset[str] = frozenset()
) -> tuple[int, int, int]:
    """Lost tellings that part the survivors as one of the truth does; shown; true ones.

    Args:
        stemma: found.
        shape: the truth.
        doubtful: witnesses that are not counted as shown.
    """
    own = frozenset(shape.survivors)

    def parts(links: Links, but: frozenset[str] = frozenset()) -> set[frozenset[frozenset[str]]]:
        found: dict[str, set[frozenset[str]]] = {}
        for (a, _), branch in _branches(links, shape.survivors).items():
            if a not in own | but:
                found.setdefault(a, set()).add(branch[1])
        return {frozenset(sides) for sides in found.values()}

    made, true = parts(links_found(stemma), doubtful), parts(as_known(shape)[0])
    return len(made & true), len(made), len(true)


def links_of_parents(parents: dict[str, str]) -> Links:
    """Edges without direction."""
    links: Links = {}
    for child, parent in parents.items():
        links.setdefault(child, set()).add(parent)
        links.setdefault(parent, set()).add(child)
    return links
