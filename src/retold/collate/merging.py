"""Split and merged sentences: what joins a passage beside its first match.

When one report says in two sentences what another says in one, the second of the two is matched
with nothing. It joins the passage when it accounts for what is left: the words of the other
report's reading that the first of the two does not have (a sentence counts for what it explains
beyond the others, as in the alignment of Gale & Church 1993, which knows 2:1 and 1:2 beads).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct

from retold.collate.features import Features
from retold.collate.products import likeness, likeness_at_most

__all__ = ["Leftover"]

_TWICE = 0.2  # of the weight of what a reading and both sentences have: names are said again
_SPREAD = 0.35  # of the logarithm of two tellings' lengths
_LENGTH = 2.0  # what lengths may say at most
_KNOWN = 50_000  # answers kept; retold sentences ask the same again
_REMEMBERED = 2_000  # sentences whose letters are kept at hand, about 20 MB


class _Compared(Struct):
    """What is known of a question of `Leftover.log_odds`.

    Attributes:
        shared, against, sizes: as `likeness` takes them.
        length: log-odds from lengths.
        most: what the likeness cannot exceed.
        alike: the likeness, None until it is asked for.
    """

    shared: float
    against: tuple[float, float]
    sizes: tuple[float, float]
    length: float
    most: float
    alike: float | None = None


class Leftover:
    """How well sentences account for what others have left of a reading."""

    def __init__(self, features: Features) -> None:
        self._features = features
        self._worth = features.worth.tolist()
        self._alone = features.alone.tolist()
        self._against = features.against.tolist()
        self._known: dict[tuple[tuple[int, ...], ...], _Compared] = {}
        self._words: dict[int, frozenset[int]] = {}
        self._letters: dict[int, dict[int, float]] = {}

    def log_odds(
        self,
        joining: Sequence[int],
        target: Sequence[int],
        accounted: Sequence[int],
        least: float = -math.inf,
    ) -> float:
        """Log-odds that some sentences tell what others have left of a reading.

        Args:
            joining: kinds of the sentences that may join.
            target: kinds of the reading in the other report.
            accounted: kinds that are matched with it already.
            least: what is below need not be known; -inf is returned where words and lengths
                show that it is not reached, because letters cost the most to compare.
        """
        kinds = tuple(joining), tuple(target), tuple(accounted)
        known = self._known.get(kinds)
        if known is None:
            if len(self._known) >= _KNOWN:
                self._known.clear()
            known = self._known[kinds] = self._compared(*kinds)
        if known.most + known.length < least:
            return -math.inf
        if known.alike is None:
            known.alike = self._alike(known, *kinds)
        return known.alike + known.length

    def _compared(
        self, joining: tuple[int, ...], target: tuple[int, ...], accounted: tuple[int, ...]
    ) -> _Compared:
        """What words and lengths say."""
        mine = self._all_words(joining)
        whole = self._all_words(target)
        left = whole - self._all_words(accounted)
        if not left:
            return _Compared(0.0, (0.0, 0.0), (0.0, 0.0), 0.0, -math.inf, -math.inf)
        worth, alone = self._worth, self._alone
        shared = sum([worth[word] for word in sorted(mine & left)])
        shared += _TWICE * sum([worth[word] for word in sorted((mine & whole) - left)])
        # `likeness` takes what is said against when nothing is shared, so give it the rest.
        against = (
            sum([alone[word] for word in sorted(mine - whole)]),
            sum([alone[word] for word in sorted(left - mine)]),
        )
        sizes = float(len(mine)), float(len(left))
        length = self._length(joining, target, accounted)
        return _Compared(shared, against, sizes, length, likeness_at_most(shared, against, sizes))

    def _alike(
        self,
        known: _Compared,
        joining: tuple[int, ...],
        target: tuple[int, ...],
        accounted: tuple[int, ...],
    ) -> float:
        """The same with the letters."""
        against, sizes = (
            (np.array([pair[0]]), np.array([pair[1]])) for pair in (known.against, known.sizes)
        )
        cosine = np.array([self._cosine(joining, target, accounted)])
        return float(likeness(np.array([known.shared]), cosine, against, sizes)[0])

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
        return max(1.0, -float(sum([self._against[kind] for kind in kinds if kind >= 0])))

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
        product = sum([value * left[run] for run, value in mine.items() if run in left])
        lengths = sum([v * v for v in mine.values()]) * sum([v * v for v in left.values()])
        return float(product / lengths**0.5) if lengths > 0 else 0.0
