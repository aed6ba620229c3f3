"""Two reports compared: is it one story, and has one the words of the other?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from retold.group.decision import Decision, as_row, measures
from retold.group.kept import Kept
from retold.group.vectors import BAGS, Comparer

__all__ = ["COPY", "Pair", "Pairs"]

COPY = 0.5
"""Containment of the smaller report's runs of five words from which a telling is not independent.
Of newspaper reports that are wholly derived from a wire, by the judgement of journalists, half
have more (METER; Clough et al. 2002), of non-derived ones none."""

_FEWEST_RUNS = 8
# Two texts out of one mould: the wording is shared word for word, the numbers are not, and the
# names are not either, or most of the wording is, or the day is another.
_MOULD_WORDS = 0.3
_MOULD_RUNS = 0.2
_MOULD_NAMES = 0.5
_MOULD_NUMBERS = 0.25
_MOULD_DAYS = 0.75
_MOULD_NUMBER_COUNT = 3
# All but one text: a line added at most; words alone would take bulletins for it.
_SAME_RUNS = 0.8
_SAME_WORDS = 0.85
_MOST = 6.0  # a sum beyond it is no more certain
# Places in `Kept.facts`.
_MOMENT, _LANGUAGE, _NUMBERS, _NUMBER_COUNT, _RUNS, _RUNS_IN_SAMPLE, _SAMPLED = range(7)
_NOTHING: dict[int, Pair] = {}


class Pair(NamedTuple):
    """How two reports compare.

    Attributes:
        score: weighted sum less the threshold: above 0 for one story; within ±6.
        contained: share of the runs of words of the smaller one that the other has.
        same: True where the two are all but one text.
        across: whether the two are in different languages.
        mould: True where the words are alike and the numbers are not: one form filled in twice.
    """

    score: float
    contained: float
    mould: bool
    same: bool
    across: bool


class Pairs:
    """Compares reports, and remembers what it found.

    A pair has the same score to the last bit whichever of the two is compared with the other (see
    `Comparer.products`), so that nothing need be compared twice.
    """

    def __init__(self, decision: Decision) -> None:
        self._decision = decision
        self._comparer = Comparer()
        self._found: dict[int, dict[int, Pair]] = {}
        self._fresh: dict[int, dict[int, Pair]] = {}

    def renumber(self, new: Mapping[int, int]) -> None:
        """Give rows other numbers; pairs keep what was found.

        Args:
            new: row -> its new number.
        """
        touched = {partner for row in new for partner in self._found.get(row, ())}
        for row in {*touched, *new}:
            partners = self._found.pop(row, None)
            if partners is not None:
                self._fresh[new.get(row, row)] = {
                    new.get(other, other): pair for other, pair in partners.items()
                }
        self._found.update(self._fresh)
        self._fresh = {}

    def forget_before(self, first: int) -> None:
        """Forget the pairs of which no row is `first` or later."""
        for row in [row for row in self._found if row < first]:
            left = {o: pair for o, pair in self._found[row].items() if o >= first}
            if left:
                self._found[row] = left
            else:
                del self._found[row]

    def partners(self, row: int) -> list[int]:
        """Rows that a row was compared with, ascending."""
        return sorted(self._found.get(row, ()))

    def score(self, a: int, b: int) -> float:
        """The score of a pair that was compared."""
        return self._found[a][b].score

    def get(self, a: int, b: int) -> Pair | None:
        """What was found of a pair, if it was compared."""
        return self._found.get(a, _NOTHING).get(b)

    def same(self, a: int, b: int) -> bool:
        """Whether a pair that was compared is all but one text."""
        return self._found[a][b].same

    def compare(self, one: int, others: Sequence[int], kept: Mapping[int, Kept]) -> None:
        """Compare one row with others, where that was not done, and remember it."""
        mine = self._found.setdefault(one, {})
        missing = [other for other in others if other not in mine and other != one]
        if missing:
            found = self.between([kept[one]], [kept[other] for other in missing])
            for other, pair in zip(missing, found, strict=True):
                mine[other] = pair
                self._found.setdefault(other, {})[one] = pair

    def compare_all(
        self, some: Sequence[int], others: Sequence[int], kept: Mapping[int, Kept]
    ) -> None:
        """Compare each of a few rows with each of others, where that was not done."""
        missing = [
            (one, other)
            for one in some
            for other in others
            if other != one and self.get(one, other) is None
        ]
        if not missing:
            return
        left = sorted({one for one, _ in missing})
        right = sorted({other for _, other in missing})
        found = iter(self.between([kept[one] for one in left], [kept[one] for one in right]))
        for one in left:
            mine = self._found.setdefault(one, {})
            for other in right:
                pair = next(found)
                if other != one and other not in mine:
                    mine[other] = pair
                    self._found.setdefault(other, {})[one] = pair

    def between(self, some: Sequence[Kept], others: Sequence[Kept]) -> list[Pair]:
        """Compare each of some reports with each of others: by the one, then by the other."""
        products = self._comparer.products(
            [one.vector for one in some], [other.vector for other in others]
        ).reshape(-1, len(BAGS))
        mine = np.repeat(np.array([one.facts for one in some]), len(others), axis=0)
        theirs = np.tile(np.array([other.facts for other in others]), (len(some), 1))
        fewer = np.minimum(theirs[:, _NUMBERS], mine[:, _NUMBERS]).astype(np.float32)
        days = np.abs(theirs[:, _MOMENT] - mine[:, _MOMENT]).astype(np.float32)
        found = measures(products, fewer, days)
        across = theirs[:, _LANGUAGE] != mine[:, _LANGUAGE]
        one = np.repeat(np.arange(len(some)), len(others))
        other = np.tile(np.arange(len(others)), len(some))
        sums = self.judged(some, others, found, across)
        sums = self.weighed(sums, some, others, one, other, across)
        contained = _containment(products[:, 6], mine, theirs)
        mould = (
            (np.minimum(theirs[:, _NUMBER_COUNT], mine[:, _NUMBER_COUNT]) >= _MOULD_NUMBER_COUNT)
            & (products[:, 0] >= _MOULD_WORDS)
            & (products[:, 4] < _MOULD_NUMBERS * fewer)
            & (contained >= _MOULD_RUNS)
            & (
                (products[:, 3] < _MOULD_NAMES)
                | (contained >= 2 * _MOULD_RUNS)
                | (days >= _MOULD_DAYS)
            )
        )
        same = (contained >= _SAME_RUNS) & (products[:, 0] >= _SAME_WORDS) & ~mould
        sums[mould] = -_MOST
        sums = np.clip(sums, -_MOST, _MOST)
        return [
            Pair(*one)
            for one in zip(
                sums.tolist(),
                contained.tolist(),
                mould.tolist(),
                same.tolist(),
                across.tolist(),
                strict=True,
            )
        ]

    def weighed(
        self,
        sums: npt.NDArray[np.float32],
        some: Sequence[Kept],
        others: Sequence[Kept],
        one: npt.NDArray[np.intp],
        other: npt.NDArray[np.intp],
        across: npt.NDArray[np.bool_],
    ) -> npt.NDArray[np.float32]:
        """Sums of pairs, for who has more to weigh than words.

        Args:
            sums: of pairs, from `judged`.
            some, others: reports.
            one: of each pair the place in `some`.
            other: of each pair the place in `others`.
            across: which pairs are of two languages.
        """
        return sums

    def judged(
        self,
        some: Sequence[Kept],
        others: Sequence[Kept],
        found: npt.NDArray[np.float32],
        across: npt.NDArray[np.bool_],
    ) -> npt.NDArray[np.float32]:
        """Weighted sums less the threshold.

        Args:
            some: reports.
            others: those that each of them is compared with.
            found: the measures (`decision.MEASURES`), a row for each pair.
            across: which pairs are of two languages.
        """
        decision = self._decision
        sums = found @ as_row(decision.one_language) + (decision.bias - decision.threshold)
        if across.any():
            sums[across] = found[across] @ as_row(decision.across) + decision.across_bias
        return sums


def _containment(
    shared: npt.NDArray[np.float32],
    mine: npt.NDArray[np.float64],
    theirs: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """Share of the smaller report's runs that the larger one has."""
    sampled = (theirs[:, _SAMPLED] != 0.0) | (mine[:, _SAMPLED] != 0.0)
    fewer = np.minimum(theirs, mine)
    size = np.where(sampled, fewer[:, _RUNS_IN_SAMPLE], fewer[:, _RUNS])
    least = np.where(sampled, _FEWEST_RUNS // 2, _FEWEST_RUNS)
    contained: npt.NDArray[np.float64] = shared / np.where(size >= least, size, np.inf)
    return contained
