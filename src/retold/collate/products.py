"""How alike many sentences are to many others; small stories by numpy, large ones by scipy.

Both ways add the same products, and results are rounded to nine digits, so that the order of
addition does not show.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from retold.collate.features import Features, Floats, Ints, Rows

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["FLOOR", "likeness", "similar"]

FLOOR = -5.7  # below it nothing that `matching` adds can make a pair likely
_DENSE_CELLS = 3_000_000  # 24 MB of float64, and faster than importing scipy
_MANY = 1_500  # columns; beyond, only pairs that share a rare word are looked at
_RARE = 0.01  # of the columns have it at most
_FEW = 40  # or as many columns as five passages have readings to compare with
_SEEN = 2.5  # nats of rare words shared; one rare word is enough
_PAIRS = 20_000  # looked at together
_BLOCK = 512
_TILE = 64  # rows, columns and features of a tile: 64³ stays below what OpenBLAS gives to threads
BEST = 24  # mates of one sentence that are looked at

# What words and letters say together, as log-odds: the constant, the words' evidence for each
# root of a word (evidence of words that depend on each other grows with the root of their
# number), and the logarithm of the letters' cosine.
_CONSTANT = -1.0
_WORDS = 1.6
_LETTERS = 1.3
_LEAST_COSINE = 0.03
_IDENTICAL = 4.0  # the least that the same words say, however often a report repeats them
_SHORTER = 0.8  # share of the shorter sentence in what unshared words say against


def likeness(
    shared: Floats, cosine: Floats, against: tuple[Floats, Floats], size: tuple[Floats, Floats]
) -> Floats:
    """Log-odds, before anything else is known, that two sentences tell the same.

    Args:
        shared: product of their word rows, in nats.
        cosine: of their letters.
        against: of either one, what its words count when none is shared.
        size: of either one, its number of words.
    """
    least = np.maximum(against[0], against[1])
    most = np.minimum(against[0], against[1])
    evidence = shared + _SHORTER * least + (1.0 - _SHORTER) * most
    words = evidence / np.sqrt(1.0 + np.minimum(size[0], size[1]))
    letters = np.log(np.maximum(cosine, 0.0) + _LEAST_COSINE)
    return np.asarray(np.round(_CONSTANT + _WORDS * words + _LETTERS * letters, 9))


def similar(
    features: Features, rows: Ints, columns: Ints, best: int = BEST
) -> tuple[Ints, Ints, Floats]:
    """Pairs of kinds that may tell the same: at most `best` for a row, the most alike.

    Args:
        features: of the story.
        rows: distinct kinds.
        columns: distinct kinds, sorted, which may be among the rows.
        best: mates of one kind that are kept.

    Beyond 1,500 columns only pairs are looked at that share words which at most one column in a
    hundred has (or forty columns), so that time does not grow with the square of a story.

    Returns:
        Row kinds, column kinds and log-odds, sorted by row, then column.
    """
    if len(columns) > _MANY:
        return _by_rare_words(features, rows, columns, best)
    parts = []
    words, letters = (
        _product(family, rows, columns) for family in (features.words, features.letters)
    )
    for start in range(0, len(rows), _BLOCK):
        chosen = rows[start : start + _BLOCK]
        block = likeness(
            words(start),
            letters(start),
            (features.against[chosen][:, None], features.against[columns][None, :]),
            (features.size[chosen][:, None], features.size[columns][None, :]),
        )
        same = chosen[:, None] == columns[None, :]
        block[same] = np.maximum(block[same], _IDENTICAL)
        parts.append(_best(block, chosen, columns, best))
    if not parts:
        empty = np.empty(0, dtype=np.int64)
        return empty, empty, np.empty(0)
    return (
        np.concatenate([part[0] for part in parts]),
        np.concatenate([part[1] for part in parts]),
        np.concatenate([part[2] for part in parts]),
    )


def _product(family: Rows, rows: Ints, columns: Ints) -> Callable[[int], Floats]:
    """The product of a block of rows with all columns, as a function of where it starts."""
    shared = _shared(family, rows, columns)
    if (len(rows) + len(columns)) * len(shared) <= _DENSE_CELLS:
        left, right = _dense(family, rows, shared), _dense(family, columns, shared).T
        return lambda start: np.round(_tiled(left[start : start + _BLOCK], right), 9)
    sparse = _matrix(family, columns).T.tocsr()
    return lambda start: np.round(
        (_matrix(family, rows[start : start + _BLOCK]) @ sparse).toarray(), 9
    )


def _tiled(left: Floats, right: Floats) -> Floats:
    """The product of two matrices, tile by tile.

    Products of a story's size would wake the threads of the linear algebra library, whose
    waiting for more work costs tens of times what the product does.
    """
    product = np.zeros((len(left), right.shape[1]))
    for row in range(0, len(left), _TILE):
        rows = left[row : row + _TILE]
        for column in range(0, right.shape[1], _TILE):
            tile = product[row : row + _TILE, column : column + _TILE]
            for at in range(0, left.shape[1], _TILE):
                tile += rows[:, at : at + _TILE] @ right[at : at + _TILE, column : column + _TILE]
    return product


def _matrix(family: Rows, kinds: Ints) -> csr_matrix:
    from scipy.sparse import csr_matrix

    where, row = family.entries(kinds)
    shape = (len(kinds), family.count)
    return csr_matrix((family.data[where], (row, family.indices[where])), shape=shape)


def _by_rare_words(
    features: Features, rows: Ints, columns: Ints, best: int
) -> tuple[Ints, Ints, Floats]:
    """As `similar`, of the pairs that share words which few of the columns have."""
    left, right = _matrix(features.words, rows), _matrix(features.words, columns)
    frequent = np.diff(right.tocsc().indptr) > max(_FEW, _RARE * len(columns))
    rare = right.copy()
    rare.data[frequent[rare.indices]] = 0.0
    rare.eliminate_zeros()
    rare = rare.T.tocsr()
    letters = _matrix(features.letters, rows), _matrix(features.letters, columns)
    found: list[tuple[Ints, Ints, Floats]] = []
    for start in range(0, len(rows), _BLOCK):
        seen = (left[start : start + _BLOCK] @ rare).tocoo()
        enough = seen.data >= _SEEN
        same = np.searchsorted(columns, rows[start : start + _BLOCK])
        same = np.minimum(same, len(columns) - 1)
        twins = np.flatnonzero(columns[same] == rows[start : start + _BLOCK])
        cells = np.unique(
            np.r_[
                (seen.row[enough] + start).astype(np.int64) * len(columns) + seen.col[enough],
                (twins + start) * len(columns) + same[twins],
            ]
        )
        for first in range(0, len(cells), _PAIRS):
            part = cells[first : first + _PAIRS]
            i, j = part // len(columns), part % len(columns)
            alike = likeness(
                np.round(np.asarray(left[i].multiply(right[j]).sum(axis=1)).ravel(), 9),
                np.round(np.asarray(letters[0][i].multiply(letters[1][j]).sum(axis=1)).ravel(), 9),
                (features.against[rows[i]], features.against[columns[j]]),
                (features.size[rows[i]], features.size[columns[j]]),
            )
            alike = np.where(rows[i] == columns[j], np.maximum(alike, _IDENTICAL), alike)
            found.append((i, j, alike))
    i, j, alike = (np.concatenate([part[k] for part in found]) for k in range(3))
    order = np.lexsort((j, -alike, i))
    first_of = np.searchsorted(i[order], np.arange(len(rows)))
    rank = np.arange(len(order)) - first_of[i[order]]
    kept = np.sort(order[(rank < best) & (alike[order] >= FLOOR)])
    return rows[i[kept]], columns[j[kept]], alike[kept]


def _shared(family: Rows, rows: Ints, columns: Ints) -> Ints:
    """Features that a row and a column have."""
    seen = np.zeros(family.count, dtype=bool)
    seen[family.indices[family.entries(rows)[0]]] = True
    other = np.zeros(family.count, dtype=bool)
    other[family.indices[family.entries(columns)[0]]] = True
    return np.flatnonzero(seen & other)


def _dense(family: Rows, kinds: Ints, shared: Ints) -> Floats:
    column_of = np.full(family.count, -1, dtype=np.int64)
    column_of[shared] = np.arange(len(shared))
    where, row = family.entries(kinds)
    column = column_of[family.indices[where]]
    keep = column >= 0
    matrix = np.zeros((len(kinds), len(shared)))
    matrix[row[keep], column[keep]] = family.data[where[keep]]
    return matrix


def _best(block: Floats, rows: Ints, columns: Ints, best: int) -> tuple[Ints, Ints, Floats]:
    """The pairs of a block that are worth keeping."""
    if block.shape[1] > best:
        least = np.partition(block, -best, axis=1)[:, -best]
        keep = block >= np.maximum(least, FLOOR)[:, None]
        crowded = np.flatnonzero(keep.sum(axis=1) > best)
        for row in crowded:  # equals at the edge: the first ones
            order = np.argsort(-block[row], kind="stable")[:best]
            keep[row] = False
            keep[row, order] = block[row, order] >= FLOOR
    else:
        keep = block >= FLOOR
    row_numbers, column_numbers = np.nonzero(keep)
    return rows[row_numbers], columns[column_numbers], block[keep]
