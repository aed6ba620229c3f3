"""How much a change matters to a reader.

A weight is the product of four numbers, each in [0, 1]:

* what *kind* it is: `KINDS`, in the order in which readers of corrections care (a flipped
  negation turns a claim round, a synonym seldom does);
* how far the claim *moves*: the relative size of a number's difference, the distance on the
  scale of a hedge or quantity; 1 where there is no measure;
* how *central* it is: the first sentence of a reading counts full, later ones less;
* whether it stands *inside quotation marks* on both sides: there a changed word is a changed
  quotation, so that wording counts more inside than outside.

Weights rank; they are not probabilities.
"""

from __future__ import annotations

from retold.model import ChangeKind

__all__ = ["KINDS", "weight"]

KINDS: dict[ChangeKind, float] = {
    "negation": 1.0,
    "number": 0.9,
    "date": 0.85,
    "name": 0.85,
    "place": 0.8,
    "modality": 0.7,
    "quantity": 0.65,
    "order": 0.6,
    "attribution": 0.55,
    "quotation-marks": 0.55,
    "wording": 0.4,
}
_LATER = 0.9
_OUTSIDE = 0.8


def weight(kind: ChangeKind, moves: float, *, sentence: int, quoted: bool) -> float:
    """The weight of a change, rounded to three places.

    Args:
        kind: see `KINDS`.
        moves: how far the claim moves, in [0, 1].
        sentence: number of the sentence inside the reading, from 0.
        quoted: both sides stand inside quotation marks.
    """
    value = KINDS[kind] * (0.25 + 0.75 * max(0.0, min(1.0, moves)))
    if sentence:
        value *= _LATER
    if kind == "wording" and not quoted:
        value *= _OUTSIDE
    return round(value, 3)
