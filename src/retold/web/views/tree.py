"""Who has it from whom, time downward: a row for each witness, lanes for lines that go on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from retold.model import Edge, Noun, Witness
from retold.show.dates import dated_shortly
from retold.show.witnesses import labels
from retold.web.prepared import Prepared
from retold.web.views.columns import moment

__all__ = ["Line", "Node", "Tree", "tree"]


class Node(Noun, frozen=True):
    """A witness in its row.

    Attributes:
        id: of the witness; `anchor`: what it is called in addresses.
        kind: "report", "named" or "lost".
        letter: of a report, "" for others.
        name: for people.
        published: of a report, as given; None for none. `when`: the same for people.
        dated: whether its row is where its date puts it; a lost or named one stands above the
            earliest that has its text from it.
        row, lane: from 0.
        from_: how many sources it has; `to`: how many have their text from it.
        folded: of `to`, those that are not drawn.
        open: numbers (from 1) of the open questions about it.
    """

    id: str
    anchor: str
    kind: str
    letter: str
    name: str
    published: str | None
    when: str
    dated: bool
    row: int
    lane: int
    from_: int
    to: int
    folded: int
    open: tuple[int, ...]


class Line(Noun, frozen=True):
    """A descent.

    Attributes:
        anchor: what it is called in addresses.
        from_, to: ids of witnesses.
        basis: "stated" or "textual".
        support: see `retold.model.Edge`.
        against: anchors of the edges that say otherwise: a stated source that the wording does not
            bear out, and the source that the wording shows instead.
        late: the source is dated after what has its text from it.
    """

    anchor: str
    from_: str
    to: str
    basis: str
    support: float
    against: tuple[str, ...]
    late: bool


class Tree(Noun, frozen=True):
    """The stemma as it is drawn.

    Attributes:
        nodes: from top to bottom; the undated ones last.
        lines: descents between them.
        lanes: how many there are.
        undated: number of the first row of those that have no date and no place; None for none.
        left_out: witnesses that are not drawn.
    """

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    lanes: int
    undated: int | None
    left_out: int


def tree(found: Prepared, most: int | None = None) -> Tree:
    """The stemma of a telling.

    Args:
        found: the telling.
        most: rows; of more witnesses those are drawn that most others have their text from.
    """
    stemma = found.telling.stemma
    witnesses = {one.id: one for one in stemma.witnesses}
    edges = [
        edge
        for edge in stemma.edges
        if edge.from_ in witnesses and edge.to in witnesses and edge.from_ != edge.to
    ]
    below: dict[str, list[str]] = defaultdict(list)
    above: Counter[str] = Counter()
    for edge in edges:
        below[edge.from_].append(edge.to)
        above[edge.to] += 1
    moments = {key: moment(found, key) for key in witnesses}
    kept = _kept(witnesses, below, most)
    order, undated = _rows(
        [key for key in witnesses if key in kept], edges, moments, found.look.order
    )
    row = {key: number for number, key in enumerate(order)}
    drawn = [edge for edge in edges if edge.from_ in row and edge.to in row]
    lane = _lanes(order, row, drawn)
    called = labels(stemma, found.look.names)
    anchors = found.anchors
    questions: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(stemma.undecided, 1):
        for key in one.witnesses:
            questions[key].append(number)
    nodes = tuple(
        Node(
            id=key,
            anchor=anchors[key],
            kind=witnesses[key].kind,
            letter=found.look.names[key].letter if key in found.look.names else "",
            name=found.look.names[key].name if key in found.look.names else called[key],
            published=found.look.reports[key].published if key in found.look.reports else None,
            when=dated_shortly(found.look.reports[key]) if key in found.look.reports else "",
            dated=moments[key] is not None,
            row=row[key],
            lane=lane[key],
            from_=above[key],
            to=len(below[key]),
            folded=sum(child not in row for child in below[key]),
            open=tuple(questions[key]),
        )
        for key in order
    )
    against = _against(edges, witnesses)
    lines = tuple(
        Line(
            anchor=_anchor(edge, anchors),
            from_=edge.from_,
            to=edge.to,
            basis=edge.basis,
            support=edge.support,
            against=tuple(_anchor(other, anchors) for other in against[edge.from_, edge.to]),
            late=_late(moments[edge.from_], moments[edge.to]),
        )
        for edge in drawn
    )
    lanes = max(lane.values(), default=-1) + 1
    return Tree(nodes, lines, lanes, undated, len(witnesses) - len(order))


def _anchor(edge: Edge, anchors: Mapping[str, str]) -> str:
    return f"e-{anchors[edge.to]}-{anchors[edge.from_]}"


def _late(source: int | None, child: int | None) -> bool:
    return source is not None and child is not None and source > child


def _against(
    edges: Sequence[Edge], witnesses: Mapping[str, Witness]
) -> dict[tuple[str, str], list[Edge]]:
    """Descents that say otherwise than one another.

    A report that names another report of the story as its source, while its wording shows that it
    has its text from elsewhere. Where the wording agrees there is one edge, or the wording shows
    that source too. A named source that is not in the story contradicts nothing: any lost telling
    may be its.
    """
    to: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        to[edge.to].append(edge)
    found: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for group in to.values():
        textual = [edge for edge in group if edge.basis == "textual"]
        shown = {edge.from_ for edge in textual}
        for edge in group:
            named = edge.basis == "stated" and witnesses[edge.from_].kind == "report"
            if named and textual and edge.from_ not in shown:
                found[edge.from_, edge.to] += textual
                for other in textual:
                    found[other.from_, other.to].append(edge)
    return found


def _kept(
    witnesses: Iterable[str], below: Mapping[str, Sequence[str]], most: int | None
) -> set[str]:
    every = list(witnesses)
    if most is None or len(every) <= most:
        return set(every)
    fruitful = sorted(every, key=lambda key: -len(below.get(key, ())))
    return set(fruitful[:most])


def _rows(
    keys: Sequence[str],
    edges: Sequence[Edge],
    moments: Mapping[str, int | None],
    order: Mapping[str, int],
) -> tuple[list[str], int | None]:
    """Witnesses from top to bottom; those without any place come last."""
    here = set(keys)
    below: dict[str, list[str]] = defaultdict(list)
    above: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        if edge.from_ in here and edge.to in here:
            below[edge.from_].append(edge.to)
            above[edge.to].append(edge.from_)
    dated = sorted(
        (key for key in keys if moments[key] is not None),
        key=lambda key: (moments[key], order.get(key, 0)),
    )
    # Of one moment, what has its text from another stands below it.
    rank: dict[str, tuple[int, int]] = {}
    for key in dated:
        depth = 0
        seen = {key}
        waiting = list(above[key])
        while waiting:
            other = waiting.pop()
            if other in seen or moments[other] != moments[key]:
                continue
            seen.add(other)
            depth += 1
            waiting += above[other]
        rank[key] = (moments[key] or 0, depth)
    dated.sort(key=lambda key: (rank[key], order.get(key, 0)))
    placed: list[str] = []
    done: set[str] = set()

    def put(key: str) -> None:
        """What has no date and is no report comes just above the first that has it."""
        stack = [(key, False)]
        while stack:
            at, ready = stack.pop()
            if ready:
                placed.append(at)
                continue
            if at in done:
                continue
            done.add(at)
            stack.append((at, True))
            stack += [
                (one, False)
                for one in reversed(above[at])
                if moments[one] is None and one not in order and one not in done
            ]

    for key in dated:
        put(key)
    rest = [key for key in keys if key not in done]
    first = len(placed)
    for key in sorted(rest, key=lambda one: (one not in order, order.get(one, 0))):
        put(key)
    return placed, first if rest else None


def _lanes(order: Sequence[str], row: Mapping[str, int], edges: Sequence[Edge]) -> dict[str, int]:
    """A lane for each witness, its own from its row to the last that has its text from it.

    The last of those goes on in the same lane where it has no better place: a chain of tellings
    is a straight line.
    """
    reach: dict[str, int] = {key: row[key] for key in order}
    sources: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        reach[edge.from_] = max(reach[edge.from_], row[edge.to])
        sources[edge.to].append(edge)
    lane: dict[str, int] = {}
    busy: list[int] = []  # lane -> row until which it is taken
    for key in order:
        here = row[key]
        mine = max(sources[key], key=lambda edge: edge.support, default=None)
        chosen: int | None = None
        if mine is not None and mine.from_ in lane and reach[mine.from_] == here:
            at = lane[mine.from_]
            if busy[at] == here:
                chosen = at
        start = 0 if mine is None or mine.from_ not in lane else lane[mine.from_] + 1
        if chosen is None:
            free = [number for number, until in enumerate(busy) if until < here]
            right = [number for number in free if number >= start]
            chosen = right[0] if right else len(busy)
            if chosen == len(busy):
                busy.append(here)
        lane[key] = chosen
        busy[chosen] = reach[key]
    return lane
