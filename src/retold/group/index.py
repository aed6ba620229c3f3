"""Which reports share rare keys: the candidates, found without comparing all with all."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Sequence
from hashlib import blake2b

from retold.group.vectors import Vector

__all__ = ["CANDIDATES", "Index"]

CANDIDATES = 16
"""Reports that a report is compared with. The right story is nearly always among the first ten."""

_CAP = 160
"""Reports of a key that are looked at: the latest ones. Where more have it, it is too common to
find anything by, or its story is so large that any hundred will do."""


class Index:
    """Rare key -> rows of the active reports that have it, ascending.

    Of reports with the very same words only the first is posted: a wire printed a thousand times
    must not fill the lists of its words, nor everybody's candidates.
    """

    def __init__(self) -> None:
        self._postings: dict[int, list[int]] = {}
        self._same: dict[bytes, list[tuple[int, Vector]]] = {}

    def add(self, row: int, vector: Vector) -> None:
        """Put a report in; its row is larger than all before it."""
        same = self._same.setdefault(_signature(vector), [])
        same.append((row, vector))
        if len(same) > 1:
            return
        postings = self._postings
        for key in vector.rare.tolist():
            held = postings.get(key)
            if held is None:
                postings[key] = [row]
            else:
                held.append(row)

    def remove_from(self, first: int, vectors: Sequence[Vector]) -> None:
        """Take out all rows from `first` on, whose vectors are given."""
        for key in self._keys(vectors):
            held = self._postings.get(key, [])
            while held and held[-1] >= first:
                held.pop()
            if not held:
                self._postings.pop(key, None)
        for signature in {_signature(vector) for vector in vectors}:
            same = self._same[signature]
            while same and same[-1][0] >= first:
                same.pop()
            if not same:
                del self._same[signature]

    def remove_before(self, first: int, vectors: Sequence[Vector]) -> None:
        """Take out all rows before `first`, whose vectors are given."""
        for key in self._keys(vectors):
            left = [row for row in self._postings.get(key, ()) if row >= first]
            if left:
                self._postings[key] = left
            else:
                self._postings.pop(key, None)
        for signature in {_signature(vector) for vector in vectors}:
            same = self._same[signature]
            was_posted = same[0][0]
            same[:] = [one for one in same if one[0] >= first]
            if not same:
                del self._same[signature]
            elif same[0][0] != was_posted:
                row, vector = same[0]
                for key in vector.rare.tolist():
                    insort(self._postings.setdefault(key, []), row)

    def near(self, me: int, vector: Vector) -> list[int]:
        """Rows of the reports that share most rare keys with a report, ascending."""
        shared: dict[int, float] = {}
        weights = vector.rare_weights.tolist()
        for key, weight in zip(vector.rare.tolist(), weights, strict=True):
            held = self._postings.get(key)
            if held is None:
                continue
            for row in held if len(held) <= _CAP else held[-_CAP:]:
                shared[row] = shared.get(row, 0.0) + weight
        shared.pop(me, None)
        if len(shared) <= CANDIDATES:
            return sorted(shared)
        ranked = sorted(((-weight, -row) for row, weight in shared.items()))
        return sorted(-row for _, row in ranked[:CANDIDATES])

    @staticmethod
    def _keys(vectors: Iterable[Vector]) -> set[int]:
        return {key for vector in vectors for key in vector.rare.tolist()}


def _signature(vector: Vector) -> bytes:
    """Equal for reports with the same words, names, numbers and runs."""
    return blake2b(vector.keys.tobytes(), digest_size=8).digest()
