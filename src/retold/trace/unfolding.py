"""Versions told apart again: their chain, and which of them each neighbour hangs from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retold.model import Edge, Evidence, Place, Undecided
from retold.text.counting import count
from retold.trace.characters import MISSING
from retold.trace.draft import Draft, label
from retold.trace.folding import Fold

__all__ = ["unfold"]

# So many words that only another version has, and such a part of all that tell the versions
# apart, show that it was seen, too; fewer agree by chance.
FEWEST_WORDS, LEAST_SHARE = 2, 1 / 3

# A version that has so much of what the tellings behind a lost one have in common is that one.
NEARLY_ALL = 0.97


def unfold(draft: Draft, versions: Sequence[Fold]) -> None:
    """Replace every joined witness of the draft by its chain of versions."""
    for one in versions:
        if one.alike:
            _repeat(draft, one)
        else:
            _hang(draft, one)
    for one in versions:
        for step in one.steps:
            earlier, later = (draft.id_of(row) for row in step.rows)
            draft.connect(Edge(earlier, later, step.support, step.evidence))
        if not one.steps:
            draft.undecided.append(
                Undecided(
                    witnesses=tuple(draft.id_of(row) for row in one.rows),
                    note=one.note,
                )
            )


def _repeat(draft: Draft, one: Fold) -> None:
    """Hang reports with the same text from the same telling."""
    head = draft.id_of(one.head)
    for source, target in sorted(draft.edges):
        if target == head:
            edge = draft.edges[source, target]
            for row in one.rows[1:]:
                draft.connect(
                    Edge(source, draft.id_of(row), edge.support, edge.evidence, edge.basis)
                )


def _hang(draft: Draft, one: Fold) -> None:
    """Move the edges of the joined witness to the version that has most of the other end.

    A descendant with words of two versions had both before it, or one and a hint of the other.
    """
    head = draft.id_of(one.head)
    for source, target in sorted(draft.edges):
        if head not in (source, target):
            continue
        edge = draft.edges.pop((source, target))
        other = target if source == head else source
        for number, near in enumerate(_near(draft, one, other)):
            if number and source != head:
                break
            version = draft.id_of(near.row)
            ends = (version, target) if source == head else (source, version)
            evidence = (*edge.evidence, *near.evidence) if number == 0 else near.evidence
            support = round(edge.support * near.share, 3)
            draft.connect(Edge(*ends, support, evidence, edge.basis))
            if number == 0 and source == head and _is(draft, near.row, target):
                _replace(draft, target, version)


def _is(draft: Draft, row: int, lost: str) -> bool:
    """Whether a version has all that the tellings behind a lost one have in common."""
    if lost not in draft.extra or draft.extra[lost].kind != "lost":
        return False
    signs = draft.whole
    under = signs.states[draft.rows_under(lost)]
    common = under.max(axis=0)
    agree = ((under == common) | (under == MISSING)).all(axis=0) & signs.content
    agree &= ((under != MISSING).sum(axis=0) >= 2) & (signs.states[row] != MISSING)
    same = agree & (signs.states[row] == common)
    total = float(signs.weights[agree].sum())
    return total > 0 and float(signs.weights[same].sum()) >= NEARLY_ALL * total


def _replace(draft: Draft, lost: str, version: str) -> None:
    """Put a version in the place of a lost telling that it explains."""
    del draft.edges[version, lost]
    for source, target in sorted(draft.edges):
        if source == lost:
            edge = draft.edges.pop((source, target))
            draft.connect(Edge(version, target, edge.support, edge.evidence, edge.basis))
    del draft.extra[lost]
    draft.undecided = [doubt for doubt in draft.undecided if lost not in doubt.witnesses]
    draft.alternatives = [
        one for one in draft.alternatives if all(lost not in pair for pair in one.edges)
    ]


@dataclass(frozen=True, slots=True)
class _Near:
    """A version that a witness is near to.

    Attributes:
        share: 1 for the nearest; for another its part of the words that tell the two apart.
    """

    row: int
    share: float
    evidence: tuple[Evidence, ...]


def _near(draft: Draft, one: Fold, other: str) -> list[_Near]:
    """The version that shares most with a witness, where the versions differ; and others that
    share what no version but they have.

    The earliest of those that share as much: what came later need not have been seen.
    """
    signs = draft.whole
    rows = [row for row, report in enumerate(draft.reports) if report.report.id == other]
    rows = rows or [row for row in draft.rows_under(other) if row not in one.rows]
    mine = signs.states[list(one.rows)]
    differ = (mine != mine[0]).any(axis=0) & signs.content
    alike: NDArray[np.bool_] = np.zeros(mine.shape, dtype=np.bool_)
    for row in rows:
        theirs = signs.states[row]
        alike |= (mine == theirs) & (theirs != MISSING)
    alike &= differ
    best = int((alike @ signs.weights).argmax())
    alone = alike & (alike.sum(axis=0) == 1)
    telling = max(1, int(alone.any(axis=0).sum()))
    found = [_Near(one.rows[best], 1.0, _evidence(draft, one.rows[best], alone[best]))]
    for number, row in enumerate(one.rows):
        own = int(alone[number].sum())
        enough = own >= FEWEST_WORDS or _numbers(draft, row, alone[number])
        if number != best and enough and own >= LEAST_SHARE * telling:
            found.append(_Near(row, own / telling, _evidence(draft, row, alone[number])))
    return found


def _numbers(draft: Draft, row: int, alone: NDArray[np.bool_]) -> bool:
    """Whether a number is among the words: numbers do not agree by chance."""
    signs = draft.whole
    text = draft.reports[row].report.text
    return any(
        any(letter.isdigit() for letter in text[signs.starts[row, c] : signs.ends[row, c]])
        for c in np.flatnonzero(alone).tolist()
    )


def _evidence(draft: Draft, row: int, alone: NDArray[np.bool_]) -> tuple[Evidence, ...]:
    signs = draft.whole
    columns = np.flatnonzero(alone).tolist()
    if not columns:
        return ()
    places = tuple(
        Place(draft.id_of(row), (int(signs.starts[row, column]), int(signs.ends[row, column])))
        for column in columns[:4]
    )
    note = (
        f"{count(len(columns), 'word')} in common with {label(draft.reports[row])} and with no "
        "other version: " + ", ".join(draft.words(place) for place in places)
    )
    return (Evidence("textual", min(1.0, len(columns) / 5), note, places),)
