"""Characters as sets of bits, for counting changes on a tree quickly.

A state becomes one bit, a missing reading all bits: it may have been anything (Fitch 1971; that
omissions count as missing and not as readings is what raises every tree method on three real
traditions and on simulated cutting). A reading that only one witness has costs one change on
every tree: it says nothing of the tree's shape and is kept apart, as the witness's own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from retold.trace.characters import MISSING, Characters

__all__ = ["EVERY", "Bits", "Coded", "between", "coded"]

Bits = NDArray[np.uint64]

# All states: what a missing reading may have been.
EVERY = np.uint64(0xFFFF_FFFF_FFFF_FFFF)
# States of one character that have a bit of their own; rarer ones count as missing.
MOST_STATES = 63


@dataclass(frozen=True, slots=True)
class Coded:
    """What n witnesses have at k informative characters, sorted by passage.

    Attributes:
        bits: (n, k) the states; `EVERY` where missing.
        weights: (k,) how much one change counts.
        starts: (g,) the first character of each passage that has informative ones.
        numbers: (g,) the numbers of these passages.
        present: (n, P) whether a witness has the passage at all.
        alone: (n, s) whether a witness has a reading that nobody else has, at s characters where
            others share one.
        usual: (n, s) whether it has the reading that most have there.
        alone_weights: (s,) how much these characters count.
        alone_passages: (s,) the numbers of their passages, ascending.
        words: (n,) weight of the words that it shares with anybody.
    """

    bits: Bits
    weights: NDArray[np.float64]
    starts: NDArray[np.int64]
    numbers: NDArray[np.int64]
    present: NDArray[np.bool_]
    alone: NDArray[np.bool_]
    usual: NDArray[np.bool_]
    alone_weights: NDArray[np.float64]
    alone_passages: NDArray[np.int64]
    words: NDArray[np.float64]

    @property
    def own(self) -> NDArray[np.float64]:
        """(n,) weight of the readings that only this witness has where others share one."""
        found: NDArray[np.float64] = self.alone @ self.alone_weights
        return found

    def by_passage(self, changes: NDArray[np.bool_]) -> NDArray[np.float64]:
        """(…, k) changes -> (…, g) their weight by passage."""
        if not len(self.starts):
            return np.zeros((*changes.shape[:-1], 0))
        return np.add.reduceat(changes * self.weights, self.starts, axis=-1)


def coded(signs: Characters, passages: int) -> Coded:
    """Keep the characters that can tell one tree from another.

    Those are the ones at which two states are shared by two witnesses each. Alike columns of one
    passage become one of more weight.
    """
    states = signs.states
    n = len(states)
    has = states != MISSING
    shared = has & (has.sum(axis=0) >= 2)
    first = has & (signs.phrase <= 1)  # A phrase is one reading, not as many as it has words.
    alone: list[NDArray[np.bool_]] = []
    usual: list[NDArray[np.bool_]] = []
    odd: list[int] = []
    columns: dict[tuple[int, bytes], float] = {}
    kept: dict[tuple[int, bytes], Bits] = {}
    top = np.where(has, states, -1).max(axis=0, initial=-1)
    low = np.where(has, states, np.iinfo(np.int32).max).min(axis=0, initial=np.iinfo(np.int32).max)
    for column in np.flatnonzero(top > low).tolist():
        cells = states[:, column]
        counts = np.bincount(cells[has[:, column]])
        common = np.flatnonzero(counts >= 2)
        lone = (counts == 1)[np.where(has[:, column], cells, 0)] & first[:, column]
        if len(common) and lone.any():
            alone.append(lone)
            usual.append(cells == counts.argmax())
            odd.append(column)
        if len(common) < 2:
            continue
        bits = np.full(n, EVERY, dtype=np.uint64)
        fullest = sorted(common.tolist(), key=lambda state: (-counts[state], state))
        for place, state in enumerate(fullest[:MOST_STATES]):
            bits[cells == state] = np.uint64(1 << place)
        key = (int(signs.passages[column]), bits.tobytes())
        columns[key] = columns.get(key, 0.0) + float(signs.weights[column])
        kept.setdefault(key, bits)
    order = sorted(columns)
    numbers, starts = np.unique(
        np.array([passage for passage, _ in order], dtype=np.int64), return_index=True
    )
    present = np.zeros((n, passages), dtype=np.bool_)
    rows, places = np.nonzero(has)
    present[rows, signs.passages[places]] = True
    return Coded(
        bits=np.array([kept[key] for key in order], dtype=np.uint64)
        .reshape(len(order), n)
        .T.copy(),
        weights=np.array([columns[key] for key in order]),
        starts=starts,
        numbers=numbers,
        present=present,
        alone=np.array(alone, dtype=np.bool_).reshape(-1, n).T.copy(),
        usual=np.array(usual, dtype=np.bool_).reshape(-1, n).T.copy(),
        alone_weights=signs.weights[odd],
        alone_passages=signs.passages[odd].astype(np.int64),
        words=shared @ signs.weights,
    )


def between(code: Coded, told: NDArray[np.bool_]) -> Coded:
    """The characters that can tell trees of tellings apart when copies of one telling are one.

    Args:
        code: of the witnesses.
        told: (n, n), which two were told again. Copies of one telling are those of whom no two
            were, and each was by all the others: longer chains of copies have no such bounds.

    Returns:
        `code` with those `bits`, `weights`, `starts` and `numbers` only.
    """
    _, alike, counts = np.unique(told, axis=0, return_inverse=True, return_counts=True)
    alike = alike.ravel()
    apart = (~told).sum(axis=1) != counts[alike]
    alike[apart] = len(counts) + np.flatnonzero(apart)
    known = np.where(code.bits == EVERY, np.uint64(0), code.bits)
    states = np.array([np.bitwise_or.reduce(known[alike == one]) for one in np.unique(alike)])
    # Copies that differ among themselves, or have nothing there, may have had anything.
    states[(states & (states - (states > 0))) != 0] = 0
    telling = np.array([_tells(column) for column in states.T], dtype=np.bool_)
    passages = np.repeat(code.numbers, np.diff(np.append(code.starts, len(code.weights))))
    numbers, starts = np.unique(passages[telling], return_index=True)
    return replace(
        code,
        bits=code.bits[:, telling],
        weights=code.weights[telling],
        starts=starts,
        numbers=numbers,
    )


def _tells(column: Bits) -> bool:
    """Whether two states are shared by two each; none is 0."""
    _, counts = np.unique(column[column != 0], return_counts=True)
    return int((counts >= 2).sum()) >= 2
