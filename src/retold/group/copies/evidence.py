"""What a word that two texts share says of copying: how telling it is, and what stands beside it.

Words are weighed by how rarely they are met (`weights`): "of the" is shared by any two texts,
"harbour board" is not. A shared word says more where its neighbours are shared too: without a gap
(`Shared.runs`), or in the same order at about the same distances (`Shared.beside`), as on one
diagonal of a dot plot (Gibbs & McIntyre 1970, "The diagram, a method for comparing sequences").
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from retold.group.copies.shingles import Keys, positions
from retold.language import table
from retold.language.background import Background
from retold.language.words import Words

__all__ = ["Bools", "Floats", "Shared", "around", "weights"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

_FUNCTION_WORD = 0.1
_LETTER = 0.5
"""Of a script without spaces, whose letters are read as words: about two make one."""

_RAREST = 12.0
"""Minus the logarithm of a share of running words (one in 160,000) from which a word weighs one."""

_SIZES = range(2, 7)
"""Words of the runs that are looked for; longer ones say no more."""

_BESIDE = 10
_DRIFT = 6
"""Words to either side that may support a word, and how far words put in or left out between
them may shift their distances."""

_PLACES = 64
"""Places of a word in the sources; a commoner one is looked up together with a neighbour."""


@cache
def _known(language: str | None) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for share, words in table(Background, language).classes.items():
        weight = min(1.0, max(_FUNCTION_WORD, -math.log(float(share)) / _RAREST))
        found.update((word, weight) for word in words.split())
    found.update((word, _FUNCTION_WORD) for word in table(Words, language).function_words)
    return found


def weights(forms: Sequence[str], language: str | None) -> Floats:
    """How telling each word is, from 0.1 (function words) to 1 (rare words and unknown ones).

    Args:
        forms: of words, as they are compared.
        language: whose frequencies count; without a table every word weighs one.
    """
    known = _known(language)
    held = [known.get(form, _LETTER if len(form) == 1 else 1.0) for form in forms]
    return np.array(held, np.float64)


def around(values: Floats, radius: int) -> Floats:
    """Sum of the values within `radius` words of each."""
    sums = np.concatenate(([0.0], np.cumsum(values)))
    at = np.arange(len(values))
    found: Floats = (
        sums[np.minimum(at + radius + 1, len(values))] - sums[np.maximum(at - radius, 0)]
    )
    return found


class Shared:
    """The words of a report that stand in some sources.

    Args:
        forms: of the report's words, in order.
        weighed: their weights.
        sources: forms of the words of each source.

    Linear in the words of both.
    """

    def __init__(
        self, forms: Sequence[str], weighed: Floats, sources: Sequence[Sequence[str]]
    ) -> None:
        self._forms = forms
        self._weights = weighed
        self._sources = sources
        self._sums = np.concatenate(([0.0], np.cumsum(weighed)))
        self._begins: dict[int, Keys] = {}

    def runs(self, size: int, least: float = 0.0) -> Bools:
        """Which words stand in a shared run of `size` words that weighs at least `least`."""
        starts = self._starts(size)
        # Sums of tenths: a hair under the weight is the weight.
        heavy = self._sums[starts + size] - self._sums[starts] >= least - 1e-9
        found = np.zeros(len(self._forms), np.bool_)
        for offset in range(size):
            found[starts[heavy] + offset] = True
        return found

    def _starts(self, size: int) -> Keys:
        """Where the shared runs of `size` words begin."""
        if size not in self._begins:
            held = [positions(some, size) for some in self._sources if len(some) >= size]
            if len(self._forms) < size or not held:
                self._begins[size] = np.empty(0, np.int64)
            else:
                shared = np.isin(positions(self._forms, size), np.concatenate(held))
                self._begins[size] = np.flatnonzero(shared).astype(np.int64)
        return self._begins[size]

    def telling(self, least: float) -> Bools:
        """Which words stand in a shared run, of whatever size, that weighs at least `least`."""
        found = np.zeros(len(self._forms), np.bool_)
        for size in _SIZES:
            found |= self.runs(size, least)
        return found

    def further(self) -> Floats:
        """How many further words, five at most, the longest shared run of each word has."""
        found = np.zeros(len(self._forms))
        for size in _SIZES:
            found += self.runs(size)
        return found

    def beside(self) -> Floats:
        """For each word the weight of those beside it that are as far from it in a source.

        Of a word's several places the one with most support counts.
        """
        support = np.zeros(len(self._forms))
        ours, theirs = self._matches()
        if not len(ours):
            return support
        diagonal = theirs - ours + len(self._forms)
        step = len(self._forms) + 2 * _BESIDE + 2
        for shift in (0, _DRIFT // 2):
            keys = (diagonal + shift) // _DRIFT * step + ours + _BESIDE
            # A word counts once on a diagonal, however often it stands there.
            distinct, first = np.unique(keys, return_index=True)
            sums = np.concatenate(([0.0], np.cumsum(self._weights[ours[first]])))
            after = np.searchsorted(distinct, keys + _BESIDE, side="right")
            before = np.searchsorted(distinct, keys - _BESIDE)
            np.maximum.at(support, ours, sums[after] - sums[before] - self._weights[ours])
        return support

    def _matches(self) -> tuple[Keys, Keys]:
        """Numbers of words of the report, and of equal words of the sources."""
        wanted = set(self._forms)
        singles: dict[str, list[int]] = defaultdict(list)
        pairs: dict[tuple[str, str], list[int]] = defaultdict(list)
        begin = 0
        for source in self._sources:
            last = ""
            for place, form in enumerate(source, begin):
                if form in wanted:
                    singles[form].append(place)
                    if last in wanted:
                        pairs[last, form].append(place)
                last = form
            # Texts lie so far apart that no word of one supports a word of another.
            begin += len(source) + 2 * (_BESIDE + _DRIFT)
        ours: list[int] = []
        theirs: list[int] = []
        for at, form in enumerate(self._forms):
            places = singles.get(form, [])
            if len(places) > _PLACES:
                before = pairs.get((self._forms[at - 1], form), []) if at else []
                after = (
                    pairs.get((form, self._forms[at + 1]), []) if at + 1 < len(self._forms) else []
                )
                places = before if len(before) <= _PLACES else []
                if len(after) <= _PLACES:
                    places = places + [place - 1 for place in after]
            ours += [at] * len(places)
            theirs += places
        return np.array(ours, np.int64), np.array(theirs, np.int64)
