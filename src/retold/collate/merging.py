"""Split and merged sentences: what joins a passage beside its first match.

When one report says in two sentences what another says in one, the second of the two is matched
with nothing. It joins the passage when it accounts for what is left: the words of the other
report's reading that the first of the two does not have (a sentence counts for what it explains
beyond the others, as in the alignment of Gale & Church 1993, which knows 2:1 and 1:2 beads).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from retold.collate.features import Features
from retold.collate.products import likeness

__all__ = ["Leftover"]

_TWICE = 0.2  # of the weight of what a reading and both sentences have: names are said again
_SPREAD = 0.35  # of the logarithm of two tellings' lengths
_LENGTH = 2.0  # what lengths may say at most
_REMEMBERED = 2_000  # sentences whose letters are kept at hand, about 20 MB


class Leftover:
    """How well sentences account for what others have left of a reading."""

    def __init__(self, features: Features) -> None:
        self._features = features
        self._worth = features.worth.tolist()
        self._alone = features.alone.tolist()
        self._words: dict[int, frozenset[int]] = {}
        self._letters: dict[int, dict[int, float]] = {}

    def log_odds(
        self, joining: Iterable[int], target: Iterable[int], accounted: Iterable[int]
    ) -> float:
        """Log-odds that some sentences tell what others have left of a reading.

        Args:
            joining: kinds of the sentences that may join.
            target: kinds of the reading in the other report.
            accounted: kinds that are matched with it already.
        """
        mine = self._all_words(joining)
        whole = self._all_words(target)
        left = whole - self._all_words(accounted)
        if not left:
            return -np.inf
        shared = sum(self._worth[word] for word in sorted(mine & left))
        shared += _TWICE * sum(self._worth[word] for word in sorted((mine & whole) - left))
        against = sum(self._alone[word] for word in sorted(mine - whole))
        missing = sum(self._alone[word] for word in sorted(left - mine))
        # `likeness` takes what is said against when nothing is shared, so give it the rest.
        arrays = [np.array([value]) for value in (shared, against, missing)]
        sizes = np.array([float(len(mine))]), np.array([float(len(left))])
        cosine = np.array([self._cosine(joining, target, accounted)])
        alike = float(likeness(arrays[0], cosine, (arrays[1], arrays[2]), sizes)[0])
        return alike + self._length(joining, target, accounted)

    def _length(
        self, joining: Iterable[int], target: Iterable[int], accounted: Iterable[int]
    ) -> float:
        """Log-odds from lengths alone: does the reading have room for both?"""
        room = self._information(target)
        without = self._information(accounted)
        both = without + self._information(joining)
        alone = np.log(room / without) ** 2 - np.log(room / both) ** 2
        return float(np.clip(alone / (2.0 * _SPREAD**2), -_LENGTH, _LENGTH))

    def _information(self, kinds: Iterable[int]) -> float:
        return max(1.0, -float(sum(self._features.against[kind] for kind in kinds if kind >= 0)))

    def _all_words(self, kinds: Iterable[int]) -> frozenset[int]:
        found: frozenset[int] = frozenset()
        for kind in kinds:
            words = self._words.get(kind)
            if words is None:
                words = frozenset(self._features.words.columns(kind).tolist())
                self._words[kind] = words
            found = found | words
        return found

    def _all_letters(self, kinds: Iterable[int]) -> dict[int, float]:
        found: dict[int, float] = {}
        for kind in kinds:
            letters = self._letters.get(kind)
            if letters is None:
                rows = self._features.letters
                start, end = rows.indptr[kind], rows.indptr[kind + 1]
                letters = dict(
                    zip(
                        rows.indices[start:end].tolist(),
                        rows.data[start:end].tolist(),
                        strict=True,
                    )
                )
                if len(self._letters) >= _REMEMBERED:
                    self._letters.clear()
                self._letters[kind] = letters
            found.update(letters)
        return found

    def _cosine(
        self, joining: Iterable[int], target: Iterable[int], accounted: Iterable[int]
    ) -> float:
        mine = self._all_letters(joining)
        taken = self._all_letters(accounted)
        left = {
            run: value * (_TWICE if run in taken else 1.0)
            for run, value in self._all_letters(target).items()
        }
        product = sum(value * left[run] for run, value in mine.items() if run in left)
        lengths = sum(v * v for v in mine.values()) * sum(v * v for v in left.values())
        return float(product / lengths**0.5) if lengths > 0 else 0.0
