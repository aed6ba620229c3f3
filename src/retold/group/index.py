"""Which reports share rare keys: the candidates, found without comparing all with all."""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from retold.group.vectors import Vector

__all__ = ["CANDIDATES", "Index"]

CANDIDATES = 16
"""Earlier reports that a report is compared with. The right story is nearly always among the
first ten."""

_CAP = 64
"""Reports of a key that are looked at: the latest ones. Where more have it, it is too common to
find anything by, or its story is so large that any dozens will do."""

_ROOM = 1 << 12
_LOW = (1 << 32) - 1


class Index:
    """Rare key -> rows of the active reports that have it, ascending.

    Of reports with the very same words only the first is posted: a wire printed a thousand times
    must not fill the lists of its words, nor everybody's candidates.

    What `near` finds for a row rests on the rows before it only: a row that is added later changes
    nothing for those that are there.
    """

    def __init__(self) -> None:
        # Most keys are in one report: then that row itself stands for the list.
        self._postings: dict[int, int | array[int]] = {}
        self._same: dict[bytes, list[tuple[int, Vector]]] = {}
        self._first = 0
        self._weight = np.zeros(_ROOM, dtype=np.float64)
        self._place = np.zeros(_ROOM, dtype=np.int64)

    def add(self, row: int, vector: Vector) -> None:
        """Put a report in; its row is larger than all before it."""
        same = self._same.setdefault(_signature(vector), [])
        same.append((row, vector))
        if len(same) > 1:
            return
        postings = self._postings
        for key in vector.finding()[0]:
            held = postings.get(key)
            if held is None:
                postings[key] = row
            elif isinstance(held, int):
                postings[key] = array("i", (held, row))
            else:
                held.append(row)

    def remove_from(self, first: int, vectors: Sequence[Vector]) -> None:
        """Take out all rows from `first` on, whose vectors are given."""
        for key in self._keys(vectors):
            rows = self._rows(key)
            self._write(key, rows[: bisect_left(rows, first)])
        for signature in {_signature(vector) for vector in vectors}:
            same = self._same[signature]
            while same and same[-1][0] >= first:
                same.pop()
            if not same:
                del self._same[signature]

    def remove_before(self, first: int, vectors: Sequence[Vector]) -> None:
        """Take out all rows before `first`, whose vectors are given."""
        self._first = max(first, self._first)
        for key in self._keys(vectors):
            rows = self._rows(key)
            self._write(key, rows[bisect_left(rows, first) :])
        for signature in {_signature(vector) for vector in vectors}:
            same = self._same[signature]
            was_posted = same[0][0]
            same[:] = [one for one in same if one[0] >= first]
            if not same:
                del self._same[signature]
            elif same[0][0] != was_posted:
                row, vector = same[0]
                for key in vector.finding()[0]:
                    rows = self._rows(key)
                    insort(rows, row)
                    self._write(key, rows)

    def near(self, me: int, vector: Vector) -> list[int]:
        """Rows before a report's own that share most rare keys with it, ascending."""
        found: list[npt.NDArray[np.int32]] = []
        found_weights: list[float] = []
        sizes: list[int] = []
        alone: list[int] = []
        alone_weights: list[float] = []
        for key, weight in zip(*vector.finding(), strict=True):
            held = self._postings.get(key)
            if held is None:
                continue
            if isinstance(held, int):
                alone.append(held)
                alone_weights.append(weight)
                continue
            rows = np.frombuffer(held, dtype=np.int32)
            if held[-1] >= me:
                rows = rows[: np.searchsorted(rows, me)]
            if len(rows) > _CAP:
                rows = rows[-_CAP:]
            found.append(rows)
            found_weights.append(weight)
            sizes.append(len(rows))
        if not found and not alone:
            return []
        rows = np.concatenate((*found, np.array(alone, dtype=np.int32))) - self._first
        weights = np.concatenate((np.repeat(found_weights, sizes), alone_weights))
        before = rows < me - self._first
        return self._heaviest(rows[before], weights[before])

    def _heaviest(self, rows: npt.NDArray[np.int32], weights: npt.NDArray[np.float64]) -> list[int]:
        """Of rows that may come several times those whose weights come to most; ascending."""
        if not len(rows):
            return []
        last = int(rows.max())
        if last >= len(self._weight):
            self._weight = np.zeros(2 * last, dtype=np.float64)
            self._place = np.zeros(2 * last, dtype=np.int64)
        np.add.at(self._weight, rows, weights)
        numbered = np.arange(len(rows))
        self._place[rows] = numbered
        distinct = rows[self._place[rows] == numbered]
        shared = self._weight[distinct].astype(np.int64)
        self._weight[distinct] = 0.0
        if len(distinct) > CANDIDATES:
            # Of two as heavy the later one.
            rank = (shared << 32) | distinct
            distinct = np.partition(rank, -CANDIDATES)[-CANDIDATES:] & _LOW
        return sorted((distinct + self._first).tolist())

    def _rows(self, key: int) -> array[int]:
        held = self._postings.get(key)
        if held is None:
            return array("i")
        return array("i", (held,)) if isinstance(held, int) else held

    def _write(self, key: int, rows: array[int]) -> None:
        if len(rows) > 1:
            self._postings[key] = rows
        elif rows:
            self._postings[key] = rows[0]
        else:
            self._postings.pop(key, None)

    @staticmethod
    def _keys(vectors: Iterable[Vector]) -> set[int]:
        return {key for vector in vectors for key in vector.finding()[0]}


def _signature(vector: Vector) -> bytes:
    """Equal for reports with the same words, names, numbers and runs."""
    digest = blake2b(vector.keys.tobytes(), digest_size=8)
    digest.update(vector.runs.tobytes())
    return digest.digest()
