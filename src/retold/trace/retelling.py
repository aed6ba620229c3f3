"""Copied, or told again? What the words inside quotation marks say about it.

A copyist may rewrite a report, but leaves quoted words nearly alone; two translations of one
text differ in them everywhere. Reworded quotations therefore speak for a lost telling between
two reports, and against one copying the other. (Quotations do mutate in copying: Simmons,
Adamic & Adar 2011; the threshold leaves room for that.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retold.model import Evidence, Place
from retold.trace.characters import MISSING, Characters
from retold.trace.draft import Draft

__all__ = ["Rewording", "carried_outside", "reworded_examples", "rewording", "told_again"]

# Share of differing content words inside quotations from which they count as told again.
RETOLD = 0.15
# Fewer quoted content words than this say nothing.
FEWEST_QUOTED = 8


@dataclass(frozen=True, slots=True)
class Rewording:
    """How two witnesses differ inside quotation marks.

    Attributes:
        quoted: content words inside quotation marks that both have at one place.
        rate: share of them that differ; None when there are too few to tell.
        support: share of resamplings of the passages in which the rate is over `RETOLD`
            (if it is), or under it (if it is not).
    """

    quoted: int
    rate: float | None
    support: float

    @property
    def told_again(self) -> bool:
        """True when the quoted words were not copied from one to the other."""
        return self.rate is not None and self.rate >= RETOLD


def rewording(signs: Characters, a: int, b: int, seed: int) -> Rewording:
    """Compare the quoted words of two witnesses, given by row."""
    both = (
        (signs.states[a] != MISSING) & (signs.states[b] != MISSING) & signs.quoted & signs.content
    )
    count = int(both.sum())
    if count < FEWEST_QUOTED:
        return Rewording(count, None, 0.0)
    unlike = signs.states[a] != signs.states[b]
    passages = int(signs.passages.max()) + 1
    total = np.bincount(signs.passages[both], minlength=passages)
    differing = np.bincount(signs.passages[both & unlike], minlength=passages)
    rate = float(differing.sum() / total.sum())
    draws = np.random.default_rng(seed).multinomial(
        passages, np.full(passages, 1 / passages), size=100
    )
    drawn = draws @ total
    rates = np.divide(draws @ differing, drawn, out=np.zeros(100), where=drawn > 0)
    over = float((rates >= RETOLD).mean())
    return Rewording(count, rate, over if rate >= RETOLD else 1.0 - over)


def told_again(signs: Characters) -> NDArray[np.bool_]:
    """For every two witnesses, whether their quoted words were told again: (n, n)."""
    chosen = signs.states[:, signs.quoted & signs.content]
    n = chosen.shape[0]
    told = np.zeros((n, n), dtype=np.bool_)
    for row in range(n):
        both = (chosen != MISSING) & (chosen[row] != MISSING)
        total = both.sum(axis=1)
        unlike = (both & (chosen != chosen[row])).sum(axis=1)
        told[row] = (total >= FEWEST_QUOTED) & (unlike >= RETOLD * total)
    return told


def reworded_examples(draft: Draft, a: int, b: int, most: int = 5) -> Evidence:
    """The first quoted words that differ, as evidence."""
    signs = draft.signs
    unlike = (
        (signs.states[a] != MISSING)
        & (signs.states[b] != MISSING)
        & (signs.states[a] != signs.states[b])
        & signs.quoted
        & signs.content
    )
    spans: list[Place] = []
    shown: list[str] = []
    for column in np.flatnonzero(unlike)[:most].tolist():
        places = [draft.place(row, column) for row in (a, b)]
        spans.extend(places)
        shown.append(" / ".join(draft.words(place) for place in places))
    return Evidence(
        kind="textual",
        weight=1.0,
        note="Inside quotation marks the words differ as two translations of one text do: "
        + ", ".join(shown),
        spans=tuple(spans),
    )


def carried_outside(signs: Characters, a: int, b: int) -> int:
    """How many passages two witnesses share whose words mostly stand outside quotation marks."""
    both = (signs.states[a] != MISSING) & (signs.states[b] != MISSING)
    count = 0
    for passage in sorted(set(signs.passages[both].tolist())):
        here = both & (signs.passages == passage)
        if float(signs.quoted[here].mean()) < 0.5:
            count += 1
    return count
