"""DOT (graphviz.org), with `class=extant` and `class=hypothetical` as Stemmaweb reads a stemma.

Stemmaweb's convention: a `digraph`, every witness on a line of its own with its class, anonymous
ones with a label, then the edges in the direction of copying (Text::Tradition::Stemma, "DOT
syntax"). Sigla are those of the `collatex` and `tei` exports, so that a stemma fits a collation.
"""

from __future__ import annotations

import re

from retold.model import Edge, Telling
from retold.show.formats.sigla import edges, signs
from retold.show.marks import visible
from retold.show.names import percent

__all__ = ["dot"]

_ENTITY = re.compile(r"&(?=#?\w{1,31};)")
_LOOKS = {
    "report": "shape=box",
    "named": "shape=box, style=dashed",
    "lost": "shape=ellipse, style=dotted",
}


def _quoted(words: str) -> str:
    """A label: what Graphviz reads as an escape or an entity is written out."""
    safe = visible(words).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_ENTITY.sub("&amp;", safe)}"'


def _edge(edge: Edge, start: str, end: str) -> str:
    stated = edge.basis == "stated"
    shown = "stated" if stated else percent(edge.support)
    style = "style=dashed, " if stated else ""
    return (
        f'  "{start}" -> "{end}" '
        f'[{style}label={_quoted(shown)}, support="{edge.support:.3f}", basis={edge.basis}];'
    )


def dot(telling: Telling) -> str:
    """The stemma; named and lost witnesses are hypothetical."""
    called = signs(telling)
    lines = ["digraph stemma {"]
    for sign in called.values():
        kind = "report" if sign.report is not None else sign.witness.kind
        extant = "extant" if sign.report is not None else "hypothetical"
        label = sign.full if sign.report is not None else sign.label
        lines.append(
            f'  "{sign.siglum}" [class={extant}, label={_quoted(label)}, '
            f"kind={kind}, {_LOOKS.get(kind, _LOOKS['named'])}];"
        )
    lines.extend(
        _edge(edge, called[edge.from_].siglum, called[edge.to].siglum) for edge in edges(telling)
    )
    lines.append("}")
    return "\n".join(lines) + "\n"
