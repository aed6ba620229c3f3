"""Who has it from whom: the tree whole, each descent with its evidence, and what is open."""

from __future__ import annotations

from collections.abc import Mapping

from retold.holdings import KeptStory, StoryLine
from retold.model import Alternative, Evidence, Noun, Undecided
from retold.show.witnesses import differences, labels, nature
from retold.web.prepared import Prepared
from retold.web.views.collation import page_of
from retold.web.views.tree import Line, Tree, tree

__all__ = ["DescentView", "Source", "WitnessShown", "descent_view"]

PAGE = 60


class Source(Noun, frozen=True):
    """A descent with what it rests on."""

    line: Line
    name: str
    evidence: tuple[Evidence, ...]


class WitnessShown(Noun, frozen=True):
    """A witness with its sources.

    Attributes:
        id: of the witness; `anchor`: what it is called in addresses.
        report: whether it is one.
        name: for people; `nature`: what it is when it is no report.
        published: as given.
        sources: the best supported first.
        because: why it is there.
        open: numbers of the open questions about it.
    """

    id: str
    anchor: str
    report: bool
    name: str
    nature: str
    published: str | None
    sources: tuple[Source, ...]
    because: tuple[Evidence, ...]
    open: tuple[int, ...]


class DescentView(Noun, frozen=True):
    """The page.

    Attributes:
        story: it is of.
        tree: all witnesses, the earliest first.
        names: witness id -> how it is called.
        page, pages: of the list; the tree and the table are whole on the first.
        witnesses: of this page, in the order of the tree.
        undecided: questions that the reports do not answer.
        alternatives: other stemmata that the evidence allows.
        differing: for each of them, in what it differs, in words.
    """

    story: StoryLine
    tree: Tree
    names: dict[str, str]
    page: int
    pages: int
    witnesses: tuple[WitnessShown, ...]
    undecided: tuple[Undecided, ...]
    alternatives: tuple[Alternative, ...]
    differing: tuple[tuple[str, ...], ...]


def descent_view(story: KeptStory, found: Prepared, query: Mapping[str, str]) -> DescentView:
    """The page for an address.

    Raises:
        UsageError: a page that is none.
    """
    stemma = found.telling.stemma
    whole = tree(found)
    called = labels(stemma, found.look.names)
    pages = max(1, -(-len(whole.nodes) // PAGE))
    page = page_of(query.get("page", ""), pages)
    evidence = {(edge.from_, edge.to): edge.evidence for edge in stemma.edges}
    witnesses = {one.id: one for one in stemma.witnesses}
    to: dict[str, list[Line]] = {}
    for line in whole.lines:
        to.setdefault(line.to, []).append(line)
    shown = whole.nodes[(page - 1) * PAGE : page * PAGE]
    return DescentView(
        story=story.line,
        tree=whole,
        names=called,
        page=page,
        pages=pages,
        witnesses=tuple(
            WitnessShown(
                id=one.id,
                anchor=one.anchor,
                report=one.kind == "report",
                name=called[one.id],
                nature=nature(witnesses[one.id]),
                published=one.published,
                sources=tuple(
                    Source(line, called[line.from_], evidence[line.from_, line.to])
                    for line in sorted(to.get(one.id, ()), key=lambda each: -each.support)
                ),
                because=witnesses[one.id].because,
                open=one.open,
            )
            for one in shown
        ),
        undecided=stemma.undecided,
        alternatives=stemma.alternatives,
        differing=tuple(tuple(differences(one, called)) for one in stemma.alternatives),
    )
