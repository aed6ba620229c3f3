"""Which reports share rare keys: the candidates, found without comparing all with all."""

from __future__ import annotations

from collections.abc import Iterable

from retold.group.vectors import Vector

__all__ = ["CANDIDATES", "Index"]

CANDIDATES = 24
"""Reports that a report is compared with. The right story is nearly always among the first ten."""

_CAP = 160
"""Reports of a key that are looked at: the latest ones. Where more have it, it is too common to
find anything by, or its story is so large that any hundred will do."""


class Index:
    """Rare key -> rows of the active reports that have it, ascending."""

    def __init__(self) -> None:
        self._postings: dict[int, list[int]] = {}

    def add(self, row: int, vector: Vector) -> None:
        """Put a report in; its row is larger than all before it."""
        postings = self._postings
        for key in vector.rare.tolist():
            held = postings.get(key)
            if held is None:
                postings[key] = [row]
            else:
                held.append(row)

    def remove_from(self, first: int, vectors: Iterable[Vector]) -> None:
        """Take out all rows from `first` on, whose vectors are given."""
        for key in self._keys(vectors):
            held = self._postings.get(key, [])
            while held and held[-1] >= first:
                held.pop()
            if not held:
                self._postings.pop(key, None)

    def remove_before(self, first: int, vectors: Iterable[Vector]) -> None:
        """Take out all rows before `first`, whose vectors are given."""
        for key in self._keys(vectors):
            left = [row for row in self._postings.get(key, ()) if row >= first]
            if left:
                self._postings[key] = left
            else:
                self._postings.pop(key, None)

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
