"""Two reports compared: is it one story, and has one the words of the other?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from retold.group.decision import MEASURES, Decision, as_row, measures
from retold.group.kept import Kept
from retold.group.vectors import Comparer

__all__ = ["COPY", "Pair", "Pairs"]

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]
Value = TypeVar("Value")

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
# Runs of words are looked at where the words are that much alike, or the rest says nearly enough.
_RUNS_WORDS = 0.15
_RUNS_SUM = -1.5
# Containment below which a pair is like any other.
_NOTABLE = COPY / 5
_MOST = 6.0  # a sum beyond it is no more certain
_ROWS = 256  # that are compared with others at a time: bounds what lies in memory besides
# Places in `Kept.facts`.
_MOMENT, _LANGUAGE, _NUMBERS, _NUMBER_COUNT, _RUNS, _RUNS_IN_SAMPLE, _SAMPLED = range(7)
_QUOTED = MEASURES.index("quoted")
_NONE: dict[int, float] = {}


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


class Compared(NamedTuple):
    """What was found of some pairs, a value for each; see `Pair`."""

    scores: Floats
    contained: Floats
    mould: Flags
    same: Flags
    across: Flags

    @property
    def notable(self) -> Flags:
        """Pairs of which more is to be remembered than the score."""
        notable: Flags = (self.contained >= _NOTABLE) | self.mould | self.across
        return notable

    def pair(self, place: int) -> Pair:
        """One of them."""
        return Pair(
            score=float(self.scores[place]),
            contained=float(self.contained[place]),
            mould=bool(self.mould[place]),
            same=bool(self.same[place]),
            across=bool(self.across[place]),
        )


class Pairs:
    """Compares reports, and remembers what it found.

    A pair has the same score to the last bit whichever of the two is compared with the other (see
    `Comparer`), so that nothing need be compared twice. Of most pairs the score is remembered and
    nothing else: a number in a table of the larger row, which costs a tenth of an object.
    """

    def __init__(self, decision: Decision) -> None:
        self._decision = decision
        self._comparer = Comparer()
        self._scores: dict[int, dict[int, float]] = {}
        self._notable: dict[int, dict[int, Pair]] = {}

    def renumber(self, new: Mapping[int, int]) -> None:
        """Give rows other numbers; pairs keep what was found.

        Args:
            new: row -> its new number, which another row of these had.
        """
        self._scores = _renumbered(self._scores, new)
        self._notable = _renumbered(self._notable, new)

    def forget_before(self, first: int) -> None:
        """Forget the pairs of which no row is `first` or later."""
        for held in (self._scores, self._notable):
            for row in [row for row in held if row < first]:
                del held[row]

    def partners(self, row: int) -> list[int]:
        """Smaller rows that a row was compared with, ascending."""
        return sorted(self._scores.get(row, ()))

    def score(self, a: int, b: int) -> float:
        """The score of a pair that was compared."""
        return self._scores[a][b] if a > b else self._scores[b][a]

    def get(self, a: int, b: int) -> Pair | None:
        """What was found of a pair, if it was compared."""
        if a < b:
            a, b = b, a
        score = self._scores.get(a, _NONE).get(b)
        if score is None:
            return None
        found = self._notable.get(a)
        return (found.get(b) if found else None) or Pair(score, 0.0, False, False, False)

    def notable(self, row: int) -> Mapping[int, Pair]:
        """Smaller rows whose words a row has, or which are of another language: what was found."""
        return self._notable.get(row, {})

    def compare(self, wanted: Mapping[int, Iterable[int]], kept: Mapping[int, Kept]) -> None:
        """Compare rows with others, where that was not done, and remember it.

        Args:
            wanted: row -> others.
            kept: row -> what is kept of it.
        """
        missing = self._missing(wanted)
        left = list(missing)
        for start in range(0, len(left), _ROWS):
            some = left[start : start + _ROWS]
            others = sorted({other for row in some for other in missing[row]})
            place = {row: number for number, row in enumerate(others)}
            low = [other for row in some for other in missing[row]]
            one = np.repeat(np.arange(len(some)), [len(missing[row]) for row in some])
            other = np.array([place[row] for row in low])
            found = self.between(
                [kept[row] for row in some], [kept[row] for row in others], one, other
            )
            scores = iter(found.scores.tolist())
            for row in some:
                mine = self._scores.setdefault(row, {})
                mine.update(zip(missing[row], scores, strict=False))
            for at in np.flatnonzero(found.notable).tolist():
                self._notable.setdefault(some[one[at]], {})[low[at]] = found.pair(at)

    def _missing(self, wanted: Mapping[int, Iterable[int]]) -> dict[int, dict[int, None]]:
        """Larger row -> smaller rows, of the pairs that were not compared yet."""
        missing: dict[int, dict[int, None]] = {}
        for row, others in wanted.items():
            mine = self._scores.get(row, _NONE)
            for other in others:
                if other < row:
                    if other not in mine:
                        missing.setdefault(row, {})[other] = None
                elif other > row and row not in self._scores.get(other, _NONE):
                    missing.setdefault(other, {})[row] = None
        return missing

    def between(
        self,
        some: Sequence[Kept],
        others: Sequence[Kept],
        one: Places,
        other: Places,
        most: float = _MOST,
    ) -> Compared:
        """Compare pairs of reports.

        Args:
            some, others: reports.
            one: of each pair the place in `some`, ascending.
            other: of each pair the place in `others`.
            most: scores beyond it, above and below 0, are cut down to it.
        """
        left, right = [of.vector for of in some], [of.vector for of in others]
        products = self._comparer.products(left, right, one, other)
        mine = np.array([of.facts for of in some])[one]
        theirs = np.array([of.facts for of in others])[other]
        fewer = np.minimum(theirs, mine)
        numbers = fewer[:, _NUMBERS].astype(np.float32)
        days = np.abs(theirs[:, _MOMENT] - mine[:, _MOMENT]).astype(np.float32)
        across = theirs[:, _LANGUAGE] != mine[:, _LANGUAGE]
        found = measures(products, numbers, days)
        words = products[:, 0]
        # Runs of words are looked at where there is something to be found.
        alike = words >= _RUNS_WORDS
        alike |= self.judged(found, across) > _RUNS_SUM
        near = np.flatnonzero(alike)
        runs = np.zeros(len(one), dtype=np.float32)
        if len(near):
            a, b = one[near], other[near]
            found[near, _QUOTED] = np.log1p(
                self._comparer.shared([of.quoted for of in left], [of.quoted for of in right], a, b)
            )
            runs[near] = self._comparer.shared(
                [of.runs for of in left], [of.runs for of in right], a, b
            )
        sampled = (theirs[:, _SAMPLED] != 0.0) | (mine[:, _SAMPLED] != 0.0)
        contained = _containment(runs, fewer, sampled)
        mould = (
            (fewer[:, _NUMBER_COUNT] >= _MOULD_NUMBER_COUNT)
            & (words >= _MOULD_WORDS)
            & (products[:, 4] < np.float32(_MOULD_NUMBERS) * numbers)
            & (contained >= _MOULD_RUNS)
            & (
                (products[:, 3] < _MOULD_NAMES)
                | (contained >= 2 * _MOULD_RUNS)
                | (days >= _MOULD_DAYS)
            )
        )
        sums = self.judged(found, across)
        sums = self.weighed(sums, some, others, one, other, across)
        sums[mould] = -_MOST
        self.seen(some, others, one, other, found)
        return Compared(
            scores=np.clip(sums, -most, most),
            contained=contained,
            mould=mould,
            same=(contained >= _SAME_RUNS) & (words >= _SAME_WORDS) & ~mould,
            across=across,
        )

    def seen(
        self,
        some: Sequence[Kept],
        others: Sequence[Kept],
        one: Places,
        other: Places,
        found: Floats,
    ) -> None:
        """Called with the measures of pairs (`decision.MEASURES`), for who learns from them."""

    def weighed(
        self,
        sums: Floats,
        some: Sequence[Kept],
        others: Sequence[Kept],
        one: Places,
        other: Places,
        across: Flags,
    ) -> Floats:
        """Sums of pairs, for who has more to weigh than words.

        Args:
            sums: of pairs, from `judged`.
            some, others: reports.
            one: of each pair the place in `some`.
            other: of each pair the place in `others`.
            across: which pairs are of two languages.
        """
        return sums

    def judged(self, found: Floats, across: Flags) -> Floats:
        """Weighted sums less the threshold.

        Args:
            found: the measures, a row for each pair.
            across: which pairs are of two languages.
        """
        decision = self._decision
        # Not `@`: how that rounds may depend on how many pairs there are.
        sums: Floats = np.einsum("pm,m->p", found, as_row(decision.one_language))
        sums += np.float32(decision.bias - decision.threshold)
        if across.any():
            other = np.einsum("pm,m->p", found, as_row(decision.across))
            sums = np.where(across, other + np.float32(decision.across_bias), sums)
        return sums


def _renumbered(
    held: dict[int, dict[int, Value]], new: Mapping[int, int]
) -> dict[int, dict[int, Value]]:
    """Values by the larger and the smaller row of a pair, under other numbers."""
    found: dict[int, dict[int, Value]] = {}
    for one, partners in held.items():
        here = new.get(one, one)
        for other, value in partners.items():
            there = new.get(other, other)
            found.setdefault(max(here, there), {})[min(here, there)] = value
    return found


def _containment(shared: Floats, fewer: npt.NDArray[np.float64], sampled: Flags) -> Floats:
    """Share of the smaller report's runs that the larger one has."""
    size = np.where(sampled, fewer[:, _RUNS_IN_SAMPLE], fewer[:, _RUNS])
    least = np.where(sampled, _FEWEST_RUNS // 2, _FEWEST_RUNS)
    contained: Floats = (shared / np.where(size >= least, size, np.inf)).astype(np.float32)
    return contained
