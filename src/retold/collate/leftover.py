"""What a sentence accounts for that a reading has left, beside the reading's first match."""

from __future__ import annotations

import math
from collections.abc import Iterable

from retold.collate.features import Features

__all__ = ["Leftover"]

# Log-odds of a logistic regression on candidates of `benchmarks/quality/collation.py` (three
# seeds, sentences run together at random) and of the invented stories; left-out stories lose
# half a point of F1.
_CONSTANT = -0.91
_OWN = 0.50  # for each nat of shared words that are left over, by the root of their number
_TWICE = -0.31  # the same, of words that the first match has as well: names are said again
_SHARE = 6.07  # of the sentence's words that are left over in the reading
_ROOM = 1.32  # how much better both fill the reading's length than the first does
_MOST_ROOM = 0.5


class Leftover:
    """How well sentences account for what others have left of a reading.

    A sentence counts for what it explains beyond the others, as in the alignment of Gale & Church
    (1993), which knows beads of 2:1 and 1:2.
    """

    def __init__(self, features: Features) -> None:
        self._features = features
        self._worth = features.worth.tolist()
        self._words: dict[int, dict[int, float]] = {}

    def log_odds(
        self, joining: Iterable[int], target: Iterable[int], accounted: Iterable[int]
    ) -> float:
        """Log-odds from words and lengths that sentences tell what others have left of a reading.

        Args:
            joining: kinds of the sentences that may join.
            target: kinds of the reading in the other report.
            accounted: kinds that are matched with it already.
        """
        mine, whole, taken = (self._union(kinds) for kinds in (joining, target, accounted))
        if not mine:
            return -math.inf
        worth = self._worth
        own = twice = 0.0
        for word, part in mine.items():
            other = whole.get(word)
            if other is None:
                continue
            shared = math.sqrt(part * other)
            if word in taken:
                twice += worth[word] * shared
            else:
                own += worth[word] * shared
        left = sum(part for word, part in whole.items() if word not in taken)
        root = math.sqrt(1.0 + min(sum(mine.values()), left))
        all_mine = sum(worth[word] * part for word, part in mine.items())
        return (
            _CONSTANT
            + (_OWN * own + _TWICE * twice) / root
            + _SHARE * own / max(all_mine, 1e-9)
            + _ROOM * self._room(joining, target, accounted)
        )

    def _room(
        self, joining: Iterable[int], target: Iterable[int], accounted: Iterable[int]
    ) -> float:
        whole, without = self._information(target), self._information(accounted)
        both = without + self._information(joining)
        room = math.log(whole / without) ** 2 - math.log(whole / both) ** 2
        return min(max(room, -_MOST_ROOM), _MOST_ROOM)

    def _information(self, kinds: Iterable[int]) -> float:
        return max(1.0, -float(sum(self._features.against[kind] for kind in kinds if kind >= 0)))

    def _union(self, kinds: Iterable[int]) -> dict[int, float]:
        """Words of some sentences, and for how much each counts."""
        found: dict[int, float] = {}
        for kind in kinds:
            if kind < 0:
                continue
            for word, part in self._of(kind).items():
                if part > found.get(word, 0.0):
                    found[word] = part
        return found

    def _of(self, kind: int) -> dict[int, float]:
        words = self._words.get(kind)
        if words is None:
            rows = self._features.words
            start, end = int(rows.indptr[kind]), int(rows.indptr[kind + 1])
            words = self._words[kind] = dict(
                zip(
                    rows.indices[start:end].tolist(),
                    self._features.parts[start:end].tolist(),
                    strict=True,
                )
            )
        return words
