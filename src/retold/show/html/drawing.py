"""The stemma as SVG: sources on the left, what descends from them to their right."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from retold.model import Edge, Witness
from retold.show.dates import dated_shortly
from retold.show.html.context import Context
from retold.show.html.layout import layered
from retold.show.html.markup import Html, el, join
from retold.show.marks import clip
from retold.show.names import listed, percent

__all__ = ["MOST", "Picture", "described", "drawing", "picture"]

MOST = 60
"""Above this many witnesses a drawing helps nobody; the list says the same."""

_WIDTH, _HEIGHT = 176, 44  # of a box
_GAP, _ROW, _BEND = 84, 60, 18  # between layers; from box to box; of a passing line
_MARGIN = 8
_LETTERS = 23
_LATE = 0.7  # of the way to the next layer
_STRAIGHT = 2  # points of an edge that passes no layer
_SHRINK = 6  # layers up to which the style sheet lets a drawing shrink a little


def _x(layer: int) -> int:
    return _MARGIN + layer * (_WIDTH + _GAP)


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _on(start: float, end: float, part: float) -> float:
    """Where a curve with level ends is after a part of its way (a cubic Bezier's polynomial)."""
    return start + (end - start) * part * part * (3 - 2 * part)


def _curve(points: tuple[tuple[int, float], ...], part: float) -> tuple[str, tuple[float, float]]:
    """The path, and the place after a part of its first stretch, where the support is written."""
    parts: list[str] = []
    place = (0.0, 0.0)
    for number in range(len(points) - 1):
        (layer, y), (following, below) = points[number], points[number + 1]
        start, end = _x(layer) + _WIDTH, _x(following)
        y, below = y + _MARGIN, below + _MARGIN
        half = (start + end) / 2
        if number == 0:
            parts.append(f"M{start} {_number(y)}")
            rest = 1 - part
            across = (start * rest + 3 * half * part) * rest * rest + (
                3 * half * rest + end * part
            ) * part * part
            place = (across, _on(y, below, part))
        else:  # straight on through a layer in which it has no box
            parts.append(f"H{start}")
        parts.append(
            f"C{_number(half)} {_number(y)} {_number(half)} {_number(below)} {end} {_number(below)}"
        )
    return " ".join(parts), place


def _edge(edge: Edge, points: tuple[tuple[int, float], ...], alone: bool) -> tuple[Html, Html]:
    # Lines part on the way to their ends, so the support of an only source stands near the end.
    path, (x, y) = _curve(points, _LATE if alone and len(points) == _STRAIGHT else 0.5)
    level = "strong" if edge.support >= 0.9 else "fair" if edge.support >= 0.6 else "weak"
    stated = edge.basis == "stated"
    line = el("path", d=path, class_=f"edge {'stated' if stated else f'inferred {level}'}")
    shown = "stated" if stated else percent(edge.support)
    return line, el("text", shown, x=_number(x), y=_number(y + 4), class_="support")


def _box(page: Context, witness: Witness, layer: int, y: float) -> Html:
    x, top = _x(layer), y + _MARGIN - _HEIGHT / 2
    name = page.labels[witness.id]
    report = page.look.reports.get(witness.id)
    if report is not None:
        second = dated_shortly(report)
    else:
        second = "inferred" if witness.kind == "lost" else "named, not among the reports"
    box = el(
        "rect",
        x=x,
        y=_number(top),
        width=_WIDTH,
        height=_HEIGHT,
        rx=_HEIGHT // 2 if witness.kind == "lost" else 3,
    )
    first = el(
        "text",
        clip(name, _LETTERS),
        x=x + _WIDTH // 2,
        y=_number(top + 19),
        class_="name",
    )
    below = el(
        "text", clip(second, _LETTERS + 5), x=x + _WIDTH // 2, y=_number(top + 34), class_="second"
    )
    return el("g", el("title", name), box, first, below, class_=f"node {witness.kind}")


class Picture(Struct, frozen=True):
    """A drawing without its frame.

    Attributes:
        parts: of the SVG.
        width, height: in its units.
        layers: columns of boxes.
        key: what its lines and boxes mean, one sentence each.
    """

    parts: Html
    width: int
    height: int
    layers: int
    key: tuple[str, ...]


def picture(page: Context) -> Picture:
    """All witnesses of the stemma and what connects them."""
    stemma = page.look.telling.stemma
    witnesses = {witness.id: witness for witness in stemma.witnesses}
    edges = [
        edge
        for edge in stemma.edges
        if edge.from_ in witnesses and edge.to in witnesses and edge.from_ != edge.to
    ]
    layout = layered(
        list(witnesses), [(edge.from_, edge.to) for edge in edges], node=_ROW, bend=_BEND
    )
    sources = Counter(edge.to for edge in edges)
    drawn = [
        _edge(edge, layout.routes[edge.from_, edge.to], sources[edge.to] == 1)
        for edge in edges
        if (edge.from_, edge.to) in layout.routes
    ]
    kinds = {witness.kind for witness in witnesses.values()}
    bases = {edge.basis for edge in edges}
    keys = {
        "Solid line: stated by a report": "stated" in bases,
        "Dashed line: inferred from the wording, with its support": "textual" in bases,
        "Dashed box: named source": "named" in kinds,
        "Rounded box: lost telling": "lost" in kinds,
    }
    return Picture(
        join(
            (
                *(line for line, _ in drawn),
                *(_box(page, witnesses[key], *place) for key, place in layout.at.items()),
                *(support for _, support in drawn),
            )
        ),
        2 * _MARGIN + layout.layers * _WIDTH + max(layout.layers - 1, 0) * _GAP,
        round(layout.height) + 2 * _MARGIN,
        layout.layers,
        tuple(words for words, there in keys.items() if there),
    )


def described(page: Context) -> str:
    """The edges in words."""
    lines = [
        f"{page.labels.get(edge.to, 'unknown')} from {page.labels.get(edge.from_, 'unknown')}"
        for edge in page.look.telling.stemma.edges
    ]
    return listed(lines, 12)


def drawing(page: Context) -> Html | None:
    """The stemma, or None where there is nothing to draw or too much."""
    stemma = page.look.telling.stemma
    known = {witness.id for witness in stemma.witnesses}
    if len(known) > MOST or not any(
        edge.from_ in known and edge.to in known and edge.from_ != edge.to for edge in stemma.edges
    ):
        return None
    made = picture(page)
    title, description = page.id("stemma", "title"), page.id("stemma", "text")
    drawn = el(
        "svg",
        el("title", "Who descends from whom", id=title),
        el(
            "desc",
            f"{described(page)}. The list below says the same with evidence.",
            id=description,
        ),
        made.parts,
        viewBox=f"0 0 {made.width} {made.height}",
        width=made.width,
        height=made.height,
        class_=f"layers-{made.layers}" if made.layers <= _SHRINK else "layers-many",
        role="img",
        aria_labelledby=f"{title} {description}",
    )
    return el(
        "figure",
        el(
            "div",
            drawn,
            class_="scroll",
            tabindex=0,
            role="region",
            aria_label="Drawing of the stemma",
        ),
        el("figcaption", f"{'. '.join(made.key)}."),
        class_="stemma",
    )
