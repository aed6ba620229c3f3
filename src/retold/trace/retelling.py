"""Copied, or told again? What the words inside quotation marks say about it.

A copyist may rewrite a report, but leaves quoted words nearly alone; two translations of one
text differ in them everywhere. Reworded quotations therefore speak for a lost telling between
two reports, and against one copying the other. (Quotations do mutate in copying: Simmons,
Adamic & Adar 2011; the thresholds leave room for that.)

How much translators agree by chance differs from text to text, and machines agree more than
people do. Where most of a story's tellings were told again, two of them are therefore taken for
copies only if they differ far less than either does from the rest: the story's own base rate.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from retold.model import Evidence, Place
from retold.trace.characters import MISSING, Characters
from retold.trace.draft import Draft

__all__ = ["Rewording", "carried_outside", "rates", "reworded_examples", "rewording", "told_again"]

# Share of differing words inside quotations from which they count as told again.
RETOLD = 0.15
# Among tellings that were told again, two are copies under this share of differing words, and
# under this part of what either differs from the others. (Of 3,593 pairs of translations, by
# machines mostly, 9 fall under both, 3 of them one machine under two names; copies of
# quotations lie at a few words in a hundred.)
COPIED, COPIED_PART = 0.08, 0.2
# Fewer quoted words than this say nothing.
FEWEST_QUOTED = 16
# So few words in a row that one telling does not have at a place are wording; more were cut.
LONGEST_GAP = 3
_GAP = -2


@dataclass(frozen=True, slots=True)
class Rewording:
    """How two witnesses differ inside quotation marks.

    Attributes:
        quoted: words inside quotation marks that both have at one place.
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
    cells = _quoted_cells(signs, [a, b])
    both = _compared(cells[0], cells[1])
    count = int(both.sum())
    if count < FEWEST_QUOTED:
        return Rewording(count, None, 0.0)
    unlike = both & (cells[0] != cells[1])
    places = signs.passages[signs.quoted]
    passages = int(signs.passages.max()) + 1
    total = np.bincount(places[both], minlength=passages)
    differing = np.bincount(places[unlike], minlength=passages)
    rate = float(differing.sum() / total.sum())
    draws = np.random.default_rng(seed).multinomial(
        passages, np.full(passages, 1 / passages), size=100
    )
    drawn = draws @ total
    rates = np.divide(draws @ differing, drawn, out=np.zeros(100), where=drawn > 0)
    over = float((rates >= RETOLD).mean())
    return Rewording(count, rate, over if rate >= RETOLD else 1.0 - over)


def told_again(signs: Characters, *, unquoted: bool = False) -> NDArray[np.bool_]:
    """For every two witnesses, whether their quoted words were told again: (n, n).

    Args:
        signs: of the witnesses.
        unquoted: two that quote too little are compared by all their words. Rewriters, too,
            change those everywhere: it says that what two have in common is no sign of a copy,
            and not that neither is the other's source.
    """
    found = rates(signs)
    if unquoted:
        found = np.where(np.isnan(found), rates(signs, unquoted=True), found)
    n = len(found)
    told: NDArray[np.bool_] = found >= RETOLD
    known = ~np.isnan(found)
    np.fill_diagonal(known, val=False)
    if 2 * told.sum() < known.sum():
        return told
    for a in range(n):
        for b in range(a):
            if not known[a, b] or told[a, b]:
                continue
            others = known[[a, b]]
            others[:, [a, b]] = False
            rest = found[[a, b]][others]
            part = found[a, b] / max(float(np.median(rest)), RETOLD) if len(rest) else 0.0
            told[a, b] = told[b, a] = found[a, b] >= COPIED or part >= COPIED_PART
    return told


def rates(signs: Characters, *, unquoted: bool = False) -> NDArray[np.float64]:
    """Share of the quoted words that differ, by pair; not a number where there are too few.

    Args:
        signs: of the witnesses.
        unquoted: of all words.
    """
    if unquoted:
        signs = replace(signs, quoted=np.ones_like(signs.quoted))
    n = len(signs.states)
    cells = _quoted_cells(signs, list(range(n)))
    found = np.full((n, n), np.nan)
    for row in range(n):
        both = _compared(cells, cells[row])
        total = both.sum(axis=1)
        unlike = (both & (cells != cells[row])).sum(axis=1)
        enough = total >= FEWEST_QUOTED
        found[row, enough] = unlike[enough] / total[enough]
    found[np.arange(n), np.arange(n)] = np.nan
    return found


def _compared(cells: NDArray[np.int32], other: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Where both have words, or one lacks only a few among words that it has."""
    compared: NDArray[np.bool_] = (cells != MISSING) & (other != MISSING)
    compared &= (cells != _GAP) | (other != _GAP)
    return compared


def _quoted_cells(signs: Characters, rows: list[int]) -> NDArray[np.int32]:
    """States inside quotation marks, with the short gaps of a passage as a state of their own."""
    states = signs.states[rows]
    starts = np.flatnonzero(np.diff(signs.passages, prepend=-1))
    if not len(starts):
        return states[:, signs.quoted]
    lengths = np.diff(np.append(starts, states.shape[1]))
    present = states != MISSING
    has = np.logical_or.reduceat(present, starts, axis=1).repeat(lengths, axis=1)
    first = np.zeros(states.shape[1] + 1, dtype=np.bool_)
    first[starts] = first[-1] = True
    for row, lacking in enumerate(~present & has):
        turns = np.flatnonzero(np.diff(lacking, prepend=False, append=False) | first)
        gaps = np.diff(turns)
        for at, long in zip(
            turns[:-1][gaps <= LONGEST_GAP], gaps[gaps <= LONGEST_GAP], strict=True
        ):
            if lacking[at]:
                states[row, at : at + long] = _GAP
    return states[:, signs.quoted]


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
    # Words of a rewritten phrase, or that only moved, stand for nothing word by word.
    unlike &= (signs.phrase[a] == 0) & (signs.phrase[b] == 0)
    spans: list[Place] = []
    shown: list[str] = []
    for column in np.flatnonzero(unlike)[:most].tolist():
        places = [draft.place(row, column) for row in (a, b)]
        spans.extend(places)
        shown.append(" / ".join(draft.words(place) for place in places))
    return Evidence(
        kind="textual",
        weight=1.0,
        note="Inside quotation marks the words differ as two translations of one text do"
        + (": " + ", ".join(shown) if shown else ""),
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
