"""Newick: the stemma as one rooted tree.

A tree has one parent for each node, so of several sources the best supported stays. A report
that others descend from hangs as a tip of length 0 from its own place (a sampled ancestor, as
in Gavryushkina and others 2014), because many programs look for witnesses at the tips only.
Support stands in annotations `[&support=0.93,basis="textual"]`, as FigTree and BEAST write them.
"""

from __future__ import annotations

from msgspec import Struct

from retold.model import Telling
from retold.show.formats.sigla import Sign, edges, plain, signs, whole
from retold.show.witnesses import Node, outline

__all__ = ["Tree", "label", "newick", "tree"]


class Tree(Struct, frozen=True):
    """A tree for Newick and NEXUS.

    Attributes:
        text: with the final semicolon.
        tips: witness ids at the tips, in the order of the sigla.
        left_out: (from, to) of the edges that a tree has no room for.
    """

    text: str
    tips: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


def label(sign: Sign) -> str:
    """A witness's name in quotes, of letters, digits and spaces: programs differ in the rest."""
    return f"'{plain(sign.full)}'"


def _annotated(node: Node, kind: str) -> str:
    said = [f'kind="{kind}"']
    if node.edge is not None:
        said.append(f'support={node.edge.support:.3f},basis="{node.edge.basis}"')
    return f"[&{','.join(said)}]"


def tree(telling: Telling) -> Tree:
    """The stemma as a tree; several tops hang from a node without a name."""
    called = signs(telling)
    nodes = [node for node in outline(whole(telling)) if not node.again]
    tips: set[str] = set()
    finished: dict[int, list[str]] = {}  # at each depth, what waits for its parent
    drawn = {(node.edge.from_, node.edge.to) for node in nodes if node.edge is not None}
    for node in reversed(nodes):  # children before their parent
        key = node.witness.id
        sign = called[key]
        children = finished.pop(node.depth + 1, [])
        kind = "report" if sign.report is not None else node.witness.kind
        above = f"{_annotated(node, kind)}:{1 if node.edge is not None else 0}"
        if not children:
            tips.add(key)
            written = f"{label(sign)}{above}"
        elif sign.report is not None:
            tips.add(key)
            children.append(f'{label(sign)}[&kind="report"]:0')
            written = f"({','.join(reversed(children))}){above}"
        else:
            written = f"({','.join(reversed(children))}){label(sign)}{above}"
        finished.setdefault(node.depth, []).append(written)
    tops = finished.get(0, [])[::-1]
    text = tops[0] if len(tops) == 1 else f"({','.join(tops)})"
    pairs = dict.fromkeys((edge.from_, edge.to) for edge in edges(telling))
    return Tree(
        f"{text};",
        tuple(key for key in called if key in tips),
        tuple(pair for pair in pairs if pair not in drawn),
    )


def newick(telling: Telling) -> str:
    """The tree on one line."""
    return f"{tree(telling).text}\n"
