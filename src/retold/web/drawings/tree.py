"""Who has it from whom, drawn: time downward, a row for each witness.

Stated descent is a solid line, inferred descent a dashed one, its width the support. Lost tellings
are hollow. Where what is stated and what the wording shows differ, both lines carry a mark.
"""

from __future__ import annotations

from collections import defaultdict

from retold.show.html.markup import Address, Html, el
from retold.show.marks import clip
from retold.show.names import count, listed, percent
from retold.web.links import Links
from retold.web.views.tree import Line, Node, Tree

__all__ = ["tree_drawing"]

_ROW = 46
_LANE = 30  # and less where there are many
_WIDEST = 330  # of all lanes
_NARROWEST = 10
_RADIUS = 11
_LEFT, _TOP = 18, 8
_LABEL = 24  # between the lanes and the names
_WORDS = 46
_FACTS = 68
_SHORT = 18
_WIDTH = 400  # of the names
_BEND = 30
_APART = 3  # stated and inferred lines of one source, side by side
_APARTNESS = 26  # of the undated


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def tree_drawing(shown: Tree, links: Links, story: str, page: str = "descent") -> Html | None:
    """The drawing in its frame; None where there is nothing to draw.

    Args:
        shown: the tree.
        links: where names and lines lead.
        story: id of it.
        page: the page of the story on which lines are explained.
    """
    if not shown.nodes:
        return None
    lane = max(_NARROWEST, min(_LANE, _WIDEST // max(shown.lanes, 1)))
    at = {one.id: one for one in shown.nodes}
    gap = _APARTNESS if shown.undated is not None and shown.undated else 0

    def x(node: Node) -> float:
        return _LEFT + node.lane * lane

    def y(node: Node) -> float:
        below = shown.undated is not None and node.row >= shown.undated
        return _TOP + (node.row + 0.5) * _ROW + (gap if below else 0)

    bases: dict[str, set[str]] = defaultdict(set)
    for line in shown.lines:
        bases[line.from_].add(line.basis)
    sources: dict[str, list[Line]] = defaultdict(list)
    for line in shown.lines:
        sources[line.to].append(line)
    width = _LEFT + max(shown.lanes - 1, 0) * lane + _LABEL + _WIDTH
    height = 2 * _TOP + len(shown.nodes) * _ROW + gap
    label = width - _WIDTH
    parts: list[Html] = []
    if gap and shown.undated is not None:
        top = _TOP + shown.undated * _ROW + gap / 2
        parts.append(el("path", d=f"M0 {_number(top)}H{width}", class_="without"))
        parts.append(
            el("text", "no date known", x=width - 4, y=_number(top + 16), class_="second end")
        )
    for line in shown.lines:
        source, child = at[line.from_], at[line.to]
        aside = 0.0
        if len(bases[line.from_]) > 1:
            aside = -_APART if line.basis == "stated" else _APART
        parts.append(
            _line(
                line,
                source,
                child,
                (x(source), y(source)),
                (x(child), y(child)),
                aside,
                links,
                story,
                page,
            )
        )
    for node in shown.nodes:
        parts.append(_node(node, x(node), y(node), label, sources[node.id], at, links, story, page))
    drawn = el(
        "svg",
        *parts,
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        role="group",
        aria_label="Who has it from whom, the earliest above; the table says the same",
    )
    return el(
        "figure",
        el(
            "div",
            drawn,
            class_="scroll",
            tabindex=0,
            role="region",
            aria_label="Drawing of the tree",
        ),
        el("figcaption", _key(shown)),
        class_="stemma tree",
    )


def _line(
    line: Line,
    source: Node,
    child: Node,
    start: tuple[float, float],
    end: tuple[float, float],
    aside: float,
    links: Links,
    story: str,
    page: str,
) -> Html:
    down = 1 if end[1] >= start[1] else -1
    first = (start[0] + aside, start[1] + down * _RADIUS)
    last = (end[0], end[1] - down * _RADIUS)
    turn = last[1] - down * (_BEND - _RADIUS)
    straight = abs(first[0] - last[0]) < 0.1
    path = f"M{_number(first[0])} {_number(first[1])}"
    if straight:
        path += f"V{_number(last[1])}"
    else:
        if (turn - first[1]) * down > 0:
            path += f"V{_number(turn)}"
        else:
            turn = first[1]
        middle = (turn + last[1]) / 2
        path += (
            f"C{_number(first[0])} {_number(middle)} {_number(last[0])} {_number(middle)} "
            f"{_number(last[0])} {_number(last[1])}"
        )
    basis = "stated" if line.basis == "stated" else "inferred"
    said = "stated" if line.basis == "stated" else f"inferred, support {percent(line.support)}"
    title = f"{child.name} from {source.name}: {said}"
    if line.against:
        title += "; the wording and what is stated differ"
    if line.late:
        title += "; dated the other way round"
    strokes = f"edge {basis} w{1 + round(3 * line.support)}" + (" against" if line.against else "")
    mark = None
    if line.against:
        mark = el(
            "text",
            "\u2260",
            x=_number(last[0] + (0 if straight else 7)),
            y=_number(last[1] - down * 3),
            class_="opposed",
        )
    return el(
        "a",
        el("title", title),
        el("path", d=path, class_=strokes),
        mark,
        href=Address(links.of_story(story, page, part=line.anchor)),
        class_="line",
    )


def _node(
    node: Node,
    x: float,
    y: float,
    label: float,
    sources: list[Line],
    at: dict[str, Node],
    links: Links,
    story: str,
    page: str,
) -> Html:
    shape = (
        el("rect", x=_number(x - 8), y=_number(y - 8), width=16, height=16)
        if node.kind == "named"
        else el("circle", cx=_number(x), cy=_number(y), r=_RADIUS if node.kind == "report" else 8)
    )
    inner = None
    if node.letter:
        small = " small" if len(node.letter) > 1 else ""
        inner = el("text", node.letter, x=_number(x), y=_number(y + 4), class_=f"letter{small}")
    facts = []
    if node.kind == "report":
        facts.append(node.when)
    elif node.kind == "lost":
        facts.append("inferred, not among the reports")
    else:
        facts.append("named as source, not among the reports")
    if len(sources) == 1:
        one = sources[0]
        said = "stated" if one.basis == "stated" else percent(one.support)
        facts.append(f"from {_called(at[one.from_])}, {said}")
    elif sources:
        facts.append(f"from {listed([_called(at[one.from_]) for one in sources], 4)}")
    if node.folded:
        facts.append(f"{count(node.folded, 'more report')} from it")
    if node.open:
        facts.append("? open")
    return el(
        "g",
        el("title", f"{node.name}: {'; '.join(facts)}"),
        el("path", d=f"M{_number(x + 13)} {_number(y)}H{_number(label - 6)}", class_="guide"),
        shape,
        inner,
        el(
            "a",
            el("text", clip(node.name, _WORDS), x=_number(label), y=_number(y - 1), class_="name"),
            href=Address(links.of_story(story, page, part=f"w-{node.anchor}")),
        ),
        el(
            "text",
            clip(" \u00b7 ".join(facts), _FACTS),
            x=_number(label),
            y=_number(y + 14),
            class_="second",
        ),
        class_=f"node {node.kind}",
    )


def _called(node: Node) -> str:
    return node.letter or clip(node.name, _SHORT)


def _key(shown: Tree) -> str:
    kinds = {one.kind for one in shown.nodes}
    bases = {one.basis for one in shown.lines}
    said = {
        "Time runs downward": any(one.dated for one in shown.nodes),
        "solid line: stated by a report": "stated" in bases,
        "dashed line: inferred from the wording": "textual" in bases,
        "the wider, the more support": bool(bases),
        "hollow circle: a lost telling": "lost" in kinds,
        "square: a source that is named and not among the reports": "named" in kinds,
        "\u2260: what is stated and what the wording shows differ": any(
            one.against for one in shown.lines
        ),
    }
    key = "; ".join(words for words, there in said.items() if there)
    return f"{key[:1].upper()}{key[1:]}." if key else ""
