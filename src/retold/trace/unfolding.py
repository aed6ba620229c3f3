"""Versions told apart again: their chain, and which of them each neighbour hangs from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retold.model import Edge, Evidence, Place, Undecided
from retold.trace.characters import MISSING
from retold.trace.draft import Draft, label
from retold.trace.folding import Fold

__all__ = ["unfold"]


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
    """Move the edges of the joined witness to the version that has most of the other end."""
    head = draft.id_of(one.head)
    for source, target in sorted(draft.edges):
        if head not in (source, target):
            continue
        edge = draft.edges[source, target]
        other = target if source == head else source
        row, evidence = _nearest(draft, one, other)
        version = draft.id_of(row)
        del draft.edges[source, target]
        ends = (version, target) if source == head else (source, version)
        draft.connect(Edge(*ends, edge.support, (*edge.evidence, *evidence), edge.basis))


def _nearest(draft: Draft, one: Fold, other: str) -> tuple[int, tuple[Evidence, ...]]:
    """The version that shares most with a witness, where the versions differ.

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
    shared = alike @ signs.weights
    best = int(shared.argmax())
    row = one.rows[best]
    alone = np.flatnonzero(alike[best] & ~np.delete(alike, best, axis=0).any(axis=0))
    if not len(alone):
        return row, ()
    places = tuple(
        Place(draft.id_of(row), (int(signs.starts[row, column]), int(signs.ends[row, column])))
        for column in alone[:4].tolist()
    )
    note = (
        f"{len(alone)} word(s) that it has in common with {label(draft.reports[row])} and with no "
        "other version: " + ", ".join(draft.words(place) for place in places)
    )
    return row, (Evidence("textual", min(1.0, len(alone) / 5), note, places),)
