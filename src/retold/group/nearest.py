"""Which active reports begin most alike in meaning: candidates that share no rare key.

One report in twelve that has a mate in its story shares too few rare words with it to be compared
with it (allsides, early half). All active reports are looked at, by one product of their vectors:
a millisecond for 10,000.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from retold.group.kept import Kept
from retold.group.meaning import Meanings

__all__ = ["Nearest"]

_MOST = 4
"""Candidates: with 8 or 16 the stories of allsides and ecbplus stayed what they were with 4."""
_LEAST = 0.5
"""On the scale of `Meanings.measure`: nearer to two tellings of one event than to two events."""
_UNIT = 2048.0**2


class Nearest:
    """Row -> the vector of its report's beginning, for the active rows."""

    def __init__(self, meanings: Meanings) -> None:
        self._meanings = meanings
        self._first = 0
        self._vectors = np.zeros((0, meanings.encoder.dimension), dtype=np.float32)
        self._languages: list[str | None] = []

    def put(self, row: int, kept: Kept) -> None:
        """Keep a report's vector under its row, in place of what was there."""
        if not self._languages:
            self._first = row
        place = row - self._first
        while len(self._languages) <= place:
            self._languages.append(None)
        if place >= len(self._vectors):
            wider = np.zeros((2 * place + 64, self._vectors.shape[1]), dtype=np.float32)
            wider[: len(self._vectors)] = self._vectors
            self._vectors = wider
        self._languages[place] = kept.language
        self._vectors[place] = 0 if kept.meaning is None else kept.meaning

    def restore(self, kept: Mapping[int, Kept], meanings: Mapping[str, bytes]) -> None:
        """Take reports back from a state.

        Args:
            kept: row -> the report, which gets its vector.
            meanings: what `saved_meanings` gave.
        """
        for row in sorted(kept):
            one = kept[row]
            saved = meanings.get(one.id)
            if saved is not None:
                one.meaning = np.frombuffer(saved, "<i2").astype(np.int16)
            self.put(row, one)

    def forget_before(self, first: int) -> None:
        """Let go of all rows before one."""
        gone = min(max(first - self._first, 0), len(self._languages))
        if gone:
            kept = self._vectors[gone : len(self._languages)].copy()
            del self._languages[:gone]
            self._vectors = kept
            self._first += gone

    def also(self, found: Sequence[int], row: int) -> list[int]:
        """Candidates and the rows before a row that are nearest to it, ascending."""
        return sorted({*found, *self.near(row)})

    def near(self, row: int) -> list[int]:
        """Of the rows before one the nearest, of equally near ones the latest.

        None where the model has no say. What comes after a row does not matter: the later of two
        looks for the earlier.
        """
        place = row - self._first
        mine = self._vectors[place]
        if not mine.any():
            return []
        # Whole numbers below 2^24: exact whichever way they are added up.
        products = self._vectors[:place] @ mine
        best = _best(products)
        language = self._languages[place]
        measured = self._meanings.measure(
            products[best].astype(np.float64) / _UNIT,
            [language] * len(best),
            [self._languages[other] for other in best.tolist()],
        )
        return [self._first + int(one) for one in best[measured >= _LEAST]]


def _best(products: npt.NDArray[np.float32]) -> npt.NDArray[np.intp]:
    """Places of the largest positive products, of equal ones the last."""
    if len(products) > _MOST:
        least = np.partition(products, -_MOST)[-_MOST]
        places = np.flatnonzero((products >= least) & (products > 0.0))
    else:
        places = np.flatnonzero(products > 0.0)
    order = np.lexsort((-places, -products[places]))
    return places[order][:_MOST]
