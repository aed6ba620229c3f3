"""Postings: which rows hold a key, in arrays, for a stream that goes on and forgets.

Three levels, as in a log-structured merge tree (O'Neil et al. 1996): the newest keys in a
dictionary, older ones in a sorted array, the oldest in a larger one. A level that is full is
merged into the next, in linear time; rows that were dropped go then. A key and its row take 12
bytes; the dictionary is bounded by `_NEWEST` keys.
"""

from __future__ import annotations

from itertools import chain

import numpy as np
import numpy.typing as npt

from retold.group.copies.shingles import Keys

__all__ = ["Postings", "Rows"]

Rows = npt.NDArray[np.int32]

_NEWEST = 1 << 16
_MIDDLE = 1 << 20
_RATIO = 8


class _Level:
    """Keys, sorted, with the row of each."""

    __slots__ = ("keys", "rows")

    def __init__(self) -> None:
        self.keys: Keys = np.empty(0, np.int64)
        self.rows: Rows = np.empty(0, np.int32)

    def find(self, keys: Keys) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """For each key where its rows start, and how many there are."""
        starts = np.searchsorted(self.keys, keys)
        counts = np.zeros(len(keys), np.intp)
        if len(self.keys):
            hits = np.flatnonzero(self.keys[np.minimum(starts, len(self.keys) - 1)] == keys)
            if len(hits):
                ends = np.searchsorted(self.keys, keys[hits], side="right")
                counts[hits] = np.maximum(ends - starts[hits], 0)
        return starts, counts

    def take(self, keys: Keys, rows: Rows) -> None:
        """Merges sorted keys in, behind equal ones."""
        places = np.searchsorted(self.keys, keys, side="right") + np.arange(len(keys))
        old = np.ones(len(self.keys) + len(keys), np.bool_)
        old[places] = False
        merged_keys = np.empty(len(old), np.int64)
        merged_rows = np.empty(len(old), np.int32)
        merged_keys[places], merged_keys[old] = keys, self.keys
        merged_rows[places], merged_rows[old] = rows, self.rows
        self.keys, self.rows = merged_keys, merged_rows

    def drop(self, live: npt.NDArray[np.bool_]) -> None:
        """Forgets the postings of rows that are not live."""
        keep = live[self.rows]
        if not keep.all():
            self.keys, self.rows = self.keys[keep], self.rows[keep]


class Postings:
    """Key -> rows. Rows are numbers from 0 upwards, each put in once."""

    def __init__(self) -> None:
        # A row, or the rows where there are several: most keys have one.
        self._newest: dict[int, int | list[int]] = {}
        self._fresh = 0
        self._middle = _Level()
        self._oldest = _Level()
        self._live = np.zeros(1024, np.bool_)

    def __len__(self) -> int:
        """How many postings are held, dropped ones included until the next merge."""
        return self._fresh + len(self._middle.keys) + len(self._oldest.keys)

    @property
    def bytes(self) -> int:
        """About how much memory is taken: 12 bytes a posting, 200 in the newest level."""
        sorted_ = len(self._middle.keys) + len(self._oldest.keys)
        return 12 * sorted_ + 200 * self._fresh + self._live.nbytes

    def put(self, row: int, keys: Keys) -> None:
        """Says that a row holds some keys."""
        if row >= len(self._live):
            self._live = np.concatenate((self._live, np.zeros(max(row, 1024), np.bool_)))
        self._live[row] = True
        newest = self._newest
        for key in keys.tolist():
            held = newest.setdefault(key, row)
            if held is row:
                continue
            if isinstance(held, list):
                held.append(row)
            else:
                newest[key] = [held, row]
        self._fresh += len(keys)
        if self._fresh >= _NEWEST:
            self._settle()

    def drop(self, row: int) -> None:
        """Forgets a row."""
        self._live[row] = False

    def look(self, keys: Keys, cap: int) -> tuple[Rows, npt.NDArray[np.intp]]:
        """The rows that hold each key, and for each key how many there are.

        Args:
            keys: distinct.
            cap: keys that more rows hold give no rows, only their number.

        Returns:
            the live rows of all keys within the cap, one entry a key and row; the number of
            rows of each key (dropped rows count until they are merged away).
        """
        counts = np.zeros(len(keys), np.intp)
        newest = []
        get = self._newest.get
        for place, key in enumerate(keys.tolist()):
            held = get(key)
            if held is not None:
                some = held if isinstance(held, list) else [held]
                newest.append((place, some))
                counts[place] = len(some)
        found = []
        for level in (self._middle, self._oldest):
            starts, sizes = level.find(keys)
            counts += sizes
            found.append((level, starts, sizes))
        within = counts <= cap
        parts = []
        for level, starts, sizes in found:
            chosen = np.flatnonzero(within & (sizes > 0))
            if len(chosen):
                sizes_ = sizes[chosen]
                ends = np.cumsum(sizes_)
                where = np.arange(int(ends[-1])) + np.repeat(starts[chosen] + sizes_ - ends, sizes_)
                parts.append(level.rows[where])
        fresh = [row for place, some in newest if within[place] for row in some]
        parts.append(np.array(fresh, np.int32))
        rows = np.concatenate(parts)
        return rows[self._live[rows]], counts

    def _settle(self) -> None:
        """Moves the newest level into the middle one, and that one on when it is large."""
        held = self._newest
        several = {key: some for key, some in held.items() if isinstance(some, list)}
        alone = {key: row for key, row in held.items() if not isinstance(row, list)}
        keys = np.concatenate(
            (
                np.fromiter(alone, np.int64, len(alone)),
                np.repeat(
                    np.fromiter(several, np.int64, len(several)),
                    np.fromiter(map(len, several.values()), np.intp, len(several)),
                ),
            )
        )
        rows = np.fromiter(
            chain(alone.values(), chain.from_iterable(several.values())), np.int32, len(keys)
        )
        order = np.argsort(keys, kind="stable")
        self._newest, self._fresh = {}, 0
        self._middle.take(keys[order], rows[order])
        self._middle.drop(self._live)
        if len(self._middle.keys) >= max(_MIDDLE, len(self._oldest.keys) // _RATIO):
            self._oldest.drop(self._live)
            self._oldest.take(self._middle.keys, self._middle.rows)
            self._middle = _Level()
