"""Whole stemmata beside the one that is drawn, by the names of its own witnesses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from retold.model import Alternative, Witness
from retold.trace.draft import Draft, lost_id, lost_name
from retold.trace.folding import Fold
from retold.trace.orient import Rooted, directed
from retold.trace.shape import Shape, Variant

__all__ = ["add_variants", "settle"]

# A lost telling is the same in two stemmata if so much of what descends from either descends from
# both.
SAME = 0.5

Pair = tuple[str, str]


def add_variants(
    draft: Draft, group: Sequence[int], tree: Shape, way: Rooted, ids: Mapping[int, str]
) -> None:
    """The other trees that drawings ask for, each begun where the drawn one begins.

    Args:
        draft: with the tree's lost tellings.
        group: rows of the draft, by the tree's witnesses.
        tree: before it had a direction.
        way: its direction.
        ids: node -> id of its witness.
    """
    n = len(group)
    own = {(ids[parent], ids[child]) for child, parent in way.parents.items()}
    before = _under(way.parents, way.root, n)
    for other in tree.variants:
        root = _beginning(tree, way.root, other, n)
        parents = directed(other.neighbours, root)
        under = _under(parents, root, n)
        named = _named(before, under, ids, n)
        new: list[Witness] = []
        for node in sorted(under):
            if node in named:
                continue
            rows = [group[place] for place in sorted(under[node])]
            named[node] = lost_id([draft.id_of(row) for row in rows])
            new.append(Witness(named[node], "lost", lost_name(draft, rows)))
        edges = {(named[parent], named[child]) for child, parent in parents.items()}
        if edges == own:
            continue
        draft.alternatives.append(
            Alternative(
                edges=tuple(sorted(edges)),
                support=round(other.share, 3),
                note=f"{other.share:.0%} of the drawings of the passages need fewest changes so",
                added=tuple(sorted(edges - own)),
                dropped=tuple(sorted(own - edges)),
                witnesses=tuple(new),
            )
        )


def settle(draft: Draft, versions: Sequence[Fold]) -> None:
    """Write the alternatives by the stemma's final edges; leave out those that say nothing new.

    Joined versions are told apart in the stemma by now, and a lost telling may have become one.
    """
    family = {draft.id_of(row): one for one in versions for row in one.rows}
    ends: dict[str, set[str]] = {}
    for key, one in family.items():
        ends[key] = {draft.id_of(row) for row in one.rows}
    drawn = {pair for pair, edge in draft.edges.items() if edge.basis == "textual"}
    kept = []
    for other in draft.alternatives:
        if not (other.added or other.dropped):
            kept.append(other)
            continue

        def real(pair: Pair) -> set[Pair]:
            first, second = (ends.get(end, {end}) for end in pair)
            return {(a, b) for a in first for b in second} & drawn

        known = {one.report.id for one in draft.reports} | draft.extra.keys()
        known |= {one.id for one in other.witnesses}
        dropped = set().union(*(real(pair) for pair in other.dropped))
        stays = set().union(*(real(pair) for pair in other.edges if pair not in other.added))
        reached = {end for pair in other.edges for end in pair}
        steps = {
            pair for pair in drawn if any(set(pair) <= ends[key] for key in reached if key in ends)
        }
        if dropped and all(end in known for pair in other.added for end in pair):
            edges = sorted({*stays, *steps, *other.added} - dropped)
            kept.append(replace(other, edges=tuple(edges), dropped=tuple(sorted(dropped))))
    draft.alternatives = kept


def _under(parents: Mapping[int, int], root: int, n: int) -> dict[int, frozenset[int]]:
    """Node -> the witnesses at it and below it."""
    under: dict[int, set[int]] = {node: set() for node in (root, *parents)}
    for node in under:
        at: int | None = node
        while node < n and at is not None:
            under[at].add(node)
            at = parents.get(at)
    return {node: frozenset(those) for node, those in under.items()}


def _beginning(tree: Shape, root: int, other: Variant, n: int) -> int:
    """The node of another tree that stands where the drawn one begins."""
    if root < n:
        return root
    sides = _sides(tree.neighbours, root, n)
    nodes = [node for node in sorted(other.neighbours) if node >= n or node in other.exemplars]
    return max(nodes, key=lambda node: (len(sides & _sides(other.neighbours, node, n)), -node))


def _sides(neighbours: Mapping[int, Sequence[int]], node: int, n: int) -> set[frozenset[int]]:
    """The witnesses that each branch of a node leads to."""
    under = _under(directed(neighbours, node), node, n)
    return {under[other] for other in neighbours[node]}


def _named(
    before: Mapping[int, frozenset[int]],
    under: Mapping[int, frozenset[int]],
    ids: Mapping[int, str],
    n: int,
) -> dict[int, str]:
    """Nodes of another tree by the drawn one's witnesses: reports, and lost tellings alike."""
    named = {node: ids[node] for node in under if node < n}
    free = {node for node in before if node >= n}
    pairs = sorted(
        (-len(under[new] & before[old]) / len(under[new] | before[old]), new, old)
        for new in under
        if new >= n
        for old in sorted(free)
    )
    for unlike, new, old in pairs:
        if -unlike >= SAME and new not in named and old in free:
            named[new] = ids[old]
            free.discard(old)
    return named
