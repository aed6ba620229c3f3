"""The page of a story: what it says in five lines, who has what, and who has it from whom."""

from __future__ import annotations

from typing import Literal

from retold.holdings import KeptStory
from retold.model import Noun, Refusal
from retold.web.prepared import Prepared
from retold.web.shelf import Pending
from retold.web.views.columns import columns
from retold.web.views.digest import Line, digest
from retold.web.views.matrix import Matrix, matrix
from retold.web.views.tree import Tree, tree

__all__ = ["TABLE", "PendingView", "StoryView", "pending_view", "story_view"]

TABLE = 24
"""Columns up to which the matrix is a table of cells; beyond, a row is a strip."""
_ROWS, _STRIPS = 40, 60  # of the matrix that are shown at first
_WITNESSES = 40  # in the tree on the story's first page


class PendingView(Noun, frozen=True):
    """A story whose telling is not worked out yet.

    Attributes:
        story: with its reports.
        state: "working" or "failed".
        error, advice: why it failed, and what can be done.
    """

    story: KeptStory
    state: Literal["working", "failed"]
    error: str
    advice: str


class StoryView(Noun, frozen=True):
    """A story at a glance.

    Attributes:
        story: with its reports.
        digest: what all, most, or only one of them say.
        matrix: passages against tellings.
        tree: who has it from whom.
        passages, statements, quotations: how many there are.
        summary: one paragraph.
        left_out: reports that are not compared.
        folded: whether copies are drawn together.
    """

    story: KeptStory
    digest: tuple[Line, ...]
    matrix: Matrix
    tree: Tree
    passages: int
    statements: int
    quotations: int
    summary: str
    left_out: tuple[Refusal, ...]
    folded: bool


def pending_view(story: KeptStory, pending: Pending) -> PendingView:
    """What can be shown at once."""
    error = pending.error
    return PendingView(
        story,
        pending.state,
        "" if error is None else error.what,
        "" if error is None else error.advice,
    )


def story_view(
    story: KeptStory, found: Prepared, *, order: str, fold: bool, every: bool = False
) -> StoryView:
    """The page.

    Args:
        story: as it is now.
        found: its telling.
        order: of the matrix, "weight" or "story".
        fold: whether reports of the same words share a column.
        every: whether all rows of the matrix are shown.
    """
    shown = columns(found, fold=fold)
    most = None if every else _ROWS if len(shown) <= TABLE else _STRIPS
    return StoryView(
        story=story,
        digest=_digest(found),
        matrix=matrix(found, shown, order=order, most=most),
        tree=tree(found, _WITNESSES),
        passages=len(found.telling.passages),
        statements=len(found.telling.statements),
        quotations=len(found.telling.quotations),
        summary=found.telling.summary,
        left_out=found.telling.refused,
        folded=fold and any(one.copies for one in shown),
    )


def _digest(found: Prepared) -> tuple[Line, ...]:
    """Made once; two readers at once may both make it."""
    if "digest" not in found.remembered:
        found.remembered["digest"] = digest(found, columns(found))
    lines: tuple[Line, ...] = found.remembered["digest"]
    return lines
