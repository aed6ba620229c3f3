"""Several parents: reports whose passages hang in different places of the tree.

A report made from two tellings follows the one in some passages and the other in the rest. On a
tree it has one place; in the borrowed passages its readings are cheaper elsewhere. Conflict
between places as the sign of contamination: Camps & Cafiero 2015 (Genealogical variant locations
and simplified stemma). Chance agreements save something elsewhere too, and a report that was
borrowed from seems to borrow itself: so the one that saves most is taken out, the tree mended,
and what is left to save elsewhere tells what chance does in this story.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp

import numpy as np
from numpy.typing import NDArray

from retold.trace.coding import EVERY, Coded
from retold.trace.places import Views, neighbourhood, views
from retold.trace.tree import Tree

__all__ = ["Borrowing", "Saving", "borrowings", "savings"]

# Changes that the borrowed passages must save, and in how many passages.
LEAST_SAVING, FEWEST_PASSAGES = 3.0, 2
# How likely chance may save as much: savings by chance are counted as Poisson numbers of the
# story's own mean, half a change at least.
CHANCE, LEAST_MEAN = 0.01, 0.5
# A borrower's conflict stays when any one other witness is taken out instead, this share of it at
# least: what it borrowed, others have too. If not, the other may be the borrower.
STAYS = 0.5
# Above so many witnesses conflicts are not looked for: every one taken out costs a round.
MOST_WITNESSES = 60


@dataclass(frozen=True, slots=True)
class Borrowing:
    """A second source of a witness.

    Attributes:
        witness: whose.
        place: the node of the tree under the edge where the borrowed passages hang.
        passages: numbers of the borrowed passages.
        saving: weight of the changes they save there.
        chance: how likely so many are by chance.
        either: the witness that might as well have borrowed from this one; None where it is
            clear.
    """

    witness: int
    place: int
    passages: tuple[int, ...]
    saving: float
    chance: float
    either: int | None


@dataclass(frozen=True, slots=True)
class Saving:
    """What some passages of a witness save if they hang at another place.

    Attributes:
        total: weight of the changes.
        witness: whose.
        place: the node under the edge of the other place.
        passages: their numbers.
    """

    total: float
    witness: int
    place: int
    passages: tuple[int, ...]


def borrowings(tree: Tree, signs: Coded, elsewhere: Sequence[Saving]) -> list[Borrowing]:
    """The second sources that the passages show beyond chance, the clearest first.

    Args:
        tree: the best one.
        signs: of its witnesses.
        elsewhere: their `savings`.
    """
    if not elsewhere:
        return []
    found: list[tuple[Saving, int | None]] = []
    bits = signs.bits.copy()
    while True:
        best, *others = elsewhere
        if best.total < LEAST_SAVING or len(found) > tree.n // 3:
            break
        rival = _rival(tree, replace(signs, bits=bits), best, others)
        if len(best.passages) >= FEWEST_PASSAGES:
            found.append((best, rival))
        if rival is not None:
            break  # What is left would be judged by a guess.
        bits[best.witness] = EVERY  # As if it had no text: it costs nothing anywhere.
        elsewhere = savings(tree, replace(signs, bits=bits))
    mean = max(LEAST_MEAN, float(np.mean([one.total for one in elsewhere])))
    return [
        Borrowing(one.witness, one.place, one.passages, one.total, chance, rival)
        for one, rival in found
        if (chance := _poisson_tail(one.total, mean)) <= CHANCE
    ]


def _rival(tree: Tree, signs: Coded, best: Saving, others: list[Saving]) -> int | None:
    """The witness without which the best one would save little; None where there is none."""
    for other in others:
        if other.total <= 0.0:
            break
        bits = signs.bits.copy()
        bits[other.witness] = EVERY
        without = replace(signs, bits=bits)
        left = _saving(tree, without, views(tree, without), best.witness)
        if left.total < STAYS * best.total:
            return other.witness
    return None


def savings(tree: Tree, signs: Coded) -> list[Saving]:
    """What every witness's passages save at the best other place, most first.

    Empty where there are too many witnesses, or no characters.
    """
    if tree.n > MOST_WITNESSES or not signs.bits.shape[1]:
        return []
    seen = views(tree, signs)
    found = [_saving(tree, signs, seen, witness) for witness in range(tree.n)]
    return sorted(found, key=lambda one: (-one.total, one.witness))


def _saving(tree: Tree, signs: Coded, seen: Views, witness: int) -> Saving:
    near = neighbourhood(tree, seen, witness)
    changes = ((near.bits & seen.below[witness]) == 0) * signs.weights
    by_passage: NDArray[np.float64] = np.maximum(
        np.add.reduceat(changes[0] - changes, signs.starts, axis=1), 0.0
    )
    total = np.round(by_passage.sum(axis=1), 6)
    best = int(total.argmax())
    passages = signs.numbers[by_passage[best] > 0]
    return Saving(float(total[best]), witness, near.nodes[best], tuple(passages.tolist()))


def _poisson_tail(count: float, mean: float) -> float:
    """Probability of so many or more."""
    term, below = exp(-mean), 0.0
    for number in range(int(count)):
        below += term
        term *= mean / (number + 1)
    return max(0.0, 1.0 - below)
