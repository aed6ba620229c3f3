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
_KNOWN = 50_000  # answers kept: retold sentences ask the same again


class Leftover:
    """How well sentences account for what others have left of a reading.

    A sentence counts for what it explains beyond the others, as in the alignment of Gale & Church
    (1993), which knows beads of 2:1 and 1:2.
    """

    def __init__(self, features: Features) -> None:
        self._features = features
        self._worth: list[float] = features.worth.tolist()
        self._against: list[float] = features.against.tolist()
        self._known: dict[tuple[tuple[int, ...], ...], float] = {}
        self._words: dict[int, dict[int, tuple[float, int]]] = {}

    def log_odds(
        self, joining: Iterable[int], target: Iterable[int], accounted: Iterable[int]
    ) -> float:
        """Log-odds from words and lengths that sentences tell what others have left of a reading.

        Args:
            joining: kinds of the sentences that may join.
            target: kinds of the reading in the other report.
            accounted: kinds that are matched with it already.
        """
        kinds = tuple(joining), tuple(target), tuple(accounted)
        known = self._known.get(kinds)
        if known is None:
            if len(self._known) >= _KNOWN:
                self._known.clear()
            known = self._known[kinds] = self._compared(*kinds)
        return known

    def _compared(
        self, joining: tuple[int, ...], target: tuple[int, ...], accounted: tuple[int, ...]
    ) -> float:
        mine, whole, taken = (self._union(kinds) for kinds in (joining, target, accounted))
        if not mine:
            return -math.inf
        worth = self._worth
        own = twice = 0.0
        for word, (part, _) in mine.items():
            other = whole.get(word)
            if other is None:
                continue
            shared = math.sqrt(part * other[0])
            first = taken.get(word)
            if first is not None and first[1] >= other[1]:
                twice += worth[word] * shared
            else:
                own += worth[word] * shared
        left = sum(
            part
            for word, (part, count) in whole.items()
            if word not in taken or taken[word][1] < count
        )
        root = math.sqrt(1.0 + min(sum(part for part, _ in mine.values()), left))
        all_mine = sum(worth[word] * part for word, (part, _) in mine.items())
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
        return max(1.0, -sum([self._against[kind] for kind in kinds if kind >= 0]))

    def _union(self, kinds: Iterable[int]) -> dict[int, tuple[float, int]]:
        """Words of some sentences: for how much each counts, and how often it is there."""
        found: dict[int, tuple[float, int]] = {}
        for kind in kinds:
            if kind < 0:
                continue
            words = self._of(kind)
            if not found:
                found = dict(words)
                continue
            for word, (part, count) in words.items():
                before = found.get(word)
                if before is None:
                    found[word] = part, count
                else:
                    found[word] = max(part, before[0]), count + before[1]
        return found

    def _of(self, kind: int) -> dict[int, tuple[float, int]]:
        words = self._words.get(kind)
        if words is None:
            features = self._features
            start, end = int(features.words.indptr[kind]), int(features.words.indptr[kind + 1])
            entries = zip(
                features.parts[start:end].tolist(), features.counts[start:end].tolist(), strict=True
            )
            columns = features.words.indices[start:end].tolist()
            words = self._words[kind] = dict(zip(columns, entries, strict=True))
        return words
