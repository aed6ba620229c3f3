"""Which reports share rare keys: the candidates, found without comparing all with all."""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from retold.group.ordered import begins
from retold.group.vectors import Vector

__all__ = ["CANDIDATES", "Index"]

CANDIDATES = 12
"""Earlier reports that a report is compared with. The right story is nearly always among the
first ten: with 16 no figure of the dated labelled sets is higher."""

_CAP = 64
"""Reports of a key that are looked at: the latest ones. Where more have it, it is too common to
find anything by, or its story is so large that any dozens will do."""

_WEIGHT_BITS = 16
_WEIGHT = (1 << _WEIGHT_BITS) - 1
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

    def add(self, row: int, vector: Vector) -> None:
        """Put a report in; its row is larger than all before it."""
        same = self._same.setdefault(_signature(vector), [])
        same.append((row, vector))
        if len(same) > 1:
            return
        postings = self._postings
        for key in vector.finding():
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
                for key in vector.finding():
                    rows = self._rows(key)
                    insort(rows, row)
                    self._write(key, rows)

    def near(self, me: int, vector: Vector) -> list[int]:
        """Rows before a report's own that share most rare keys with it, ascending."""
        found = array("i")
        weights: list[int] = []
        sizes: list[int] = []
        for key, weight in zip(vector.finding(), vector.finding_weights(), strict=True):
            held = self._postings.get(key)
            if held is None:
                continue
            if isinstance(held, int):
                if held < me:
                    found.append(held)
                    weights.append(weight)
                    sizes.append(1)
                continue
            end = len(held) if held[-1] < me else bisect_left(held, me)
            part = held[max(0, end - _CAP) : end]
            found += part
            weights.append(weight)
            sizes.append(len(part))
        return _heaviest(np.frombuffer(found, dtype=np.int32), np.repeat(weights, sizes))

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
        return {key for vector in vectors for key in vector.finding()}


def _heaviest(rows: npt.NDArray[np.int32], weights: npt.NDArray[np.int64]) -> list[int]:
    """Of rows that may come several times those whose weights come to most; ascending."""
    if not len(rows):
        return []
    # A row and its weight make one number, so that one sorting brings a row's weights together.
    both = (rows.astype(np.int64) << _WEIGHT_BITS) | weights
    both.sort()
    distinct = both >> _WEIGHT_BITS
    starts = begins(distinct)
    distinct = distinct[starts]
    if len(distinct) > CANDIDATES:
        # Of two as heavy the later one.
        rank = (np.add.reduceat(both & _WEIGHT, starts) << 32) | distinct
        distinct = np.sort(np.partition(rank, -CANDIDATES)[-CANDIDATES:] & _LOW)
    found: list[int] = distinct.tolist()
    return found


def _signature(vector: Vector) -> bytes:
    """Equal for reports with the same words, names, numbers and runs."""
    digest = blake2b(vector.keys.tobytes(), digest_size=8)
    digest.update(vector.runs.tobytes())
    return digest.digest()
