"""Similarities of many sentences with many others, small by numpy, large by scipy.

Both ways add the same products; results are rounded to nine digits, so that the order of
addition does not show.
"""

from __future__ import annotations

import numpy as np

from retold.collate.features import Features, Floats, Ints

__all__ = ["FLOOR", "similar"]

FLOOR = 0.08  # below it a pair is never joined, whatever stands around it
_DENSE_CELLS = 3_000_000  # 24 MB of float64, and faster than importing scipy
_BLOCK = 512
_BEST = 24  # mates of one sentence that are looked at


def similar(features: Features, rows: Ints, columns: Ints) -> tuple[Ints, Ints, Floats]:
    """Pairs of kinds whose similarity reaches `FLOOR`, at most 24 for a row, best first kept.

    Args:
        features: of the story.
        rows, columns: distinct kinds.

    Returns:
        Row kinds, column kinds and similarities, sorted by row, then column.
    """
    shared = _shared(features, rows, columns)
    if len(shared) == 0:
        empty = np.empty(0, dtype=np.int64)
        return empty, empty, np.empty(0)
    if (len(rows) + len(columns)) * len(shared) <= _DENSE_CELLS:
        left = _dense(features, rows, shared)
        right = _dense(features, columns, shared)
        return _best(np.round(left @ right.T, 9), rows, columns)
    return _large(features, rows, columns)


def _entries(features: Features, kinds: Ints) -> tuple[Ints, Ints]:
    """Positions in `features.data` of the kinds' rows, and the number of each row's kind."""
    starts, ends = features.indptr[kinds], features.indptr[kinds + 1]
    sizes = ends - starts
    where = np.arange(int(sizes.sum())) + np.repeat(ends - np.cumsum(sizes), sizes)
    return where, np.repeat(np.arange(len(kinds)), sizes)


def _shared(features: Features, rows: Ints, columns: Ints) -> Ints:
    seen = np.zeros(features.count, dtype=np.int8)
    seen[features.indices[_entries(features, rows)[0]]] = 1
    other = np.zeros(features.count, dtype=np.int8)
    other[features.indices[_entries(features, columns)[0]]] = 1
    return np.flatnonzero(seen & other)


def _dense(features: Features, kinds: Ints, shared: Ints) -> Floats:
    column_of = np.full(features.count, -1, dtype=np.int64)
    column_of[shared] = np.arange(len(shared))
    where, row = _entries(features, kinds)
    column = column_of[features.indices[where]]
    keep = column >= 0
    matrix = np.zeros((len(kinds), len(shared)))
    matrix[row[keep], column[keep]] = features.data[where[keep]]
    return matrix


def _best(block: Floats, rows: Ints, columns: Ints) -> tuple[Ints, Ints, Floats]:
    """The pairs of a dense block that are worth keeping."""
    if block.shape[1] > _BEST:
        least = np.partition(block, -_BEST, axis=1)[:, -_BEST]
        keep = block >= np.maximum(least, FLOOR)[:, None]
        crowded = np.flatnonzero(keep.sum(axis=1) > _BEST)
        for row in crowded:  # equals at the edge: the first ones
            order = np.argsort(-block[row], kind="stable")[:_BEST]
            keep[row] = False
            keep[row, order] = block[row, order] >= FLOOR
    else:
        keep = block >= FLOOR
    row_numbers, column_numbers = np.nonzero(keep)
    return rows[row_numbers], columns[column_numbers], block[keep]


def _large(features: Features, rows: Ints, columns: Ints) -> tuple[Ints, Ints, Floats]:
    from scipy.sparse import csr_matrix

    def matrix(kinds: Ints) -> csr_matrix:
        where, row = _entries(features, kinds)
        return csr_matrix(
            (features.data[where], (row, features.indices[where])),
            shape=(len(kinds), features.count),
        )

    right = matrix(columns).T.tocsr()
    parts = []
    for start in range(0, len(rows), _BLOCK):
        chosen = rows[start : start + _BLOCK]
        block = np.round((matrix(chosen) @ right).toarray(), 9)
        parts.append(_best(block, chosen, columns))
    return (
        np.concatenate([part[0] for part in parts]),
        np.concatenate([part[1] for part in parts]),
        np.concatenate([part[2] for part in parts]),
    )
