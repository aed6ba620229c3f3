"""Copies as reports arrive: each new report against those still remembered.

What keeps it small and honest:

* **A copy does not count twice.** A report that is mostly held by an earlier one posts only what
  is its own. So document frequency counts tellings, not reprints: five thousand pick-ups of a
  wire do not make its sentences look like boilerplate, while a footer under five thousand
  different reports does.
* **Cap.** Shingles of more than `cap` tellings (footers, notices, templates) are left out of the
  count on both sides.
* **Sample.** Of reports with more than `shingles.LONG` shingles one in four is kept; two reports
  are compared on the sample as soon as one of them is long.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush

import msgspec
import numpy as np
import numpy.typing as npt

from retold.errors import UsageError
from retold.group.copies.postings import Postings
from retold.group.copies.shingles import SAMPLE, Fingerprint, Keys, fingerprint

__all__ = ["CAP", "LEAST_CONTAINMENT", "LEAST_SHARED", "Copies", "Match"]

LEAST_CONTAINMENT = 0.1
"""Below a tenth, shared runs are stock phrases and quotations more often than copied text."""

LEAST_SHARED = 4
"""Shared shingles (an estimate in samples): a single shared run of eight words."""

CAP = 256
"""Tellings over which a shingle is boilerplate; passim's default is 100 reports, copies counted."""

_HELD = 0.5
"""A report held to this share by another one posts only its own keys."""

_FAMILY = 4
"""Of reports that rest on one another, so many times the limit of matches are compared."""


class Match(msgspec.Struct, frozen=True, gc=False):
    """A remembered report that shares text with the new one.

    Attributes:
        other: its number.
        containment_of_new: share of the new report's shingles that the other has, in [0, 1].
        containment_of_other: share of the other's shingles that the new one has.
        shared: shingles they share; counted in the sample and scaled where one is long.
    """

    other: int
    containment_of_new: float
    containment_of_other: float
    shared: int


class _Row(msgspec.Struct, gc=False):
    """A remembered report.

    Attributes:
        number: as the caller knows it.
        mark: its keys.
        holder: row that holds the keys which this one did not post; -1 for none.
        held: rows whose holder this is, in the order of arrival.
        known: False once it was forgotten, and is kept for the rows that it holds.
    """

    number: int
    mark: Fingerprint
    holder: int
    held: dict[int, None]
    known: bool = True


class Copies:
    """An index of the reports of a window; says of each new one which it shares text with.

    About 4 kB a report all in all: 20 bytes a key (115 of 450 words, at most 256 of any that is
    not sampled) and what Python adds; 20 MB more for what is newest and for the words' hashes.

    Args:
        least_containment: a match has at least this containment on one side.
        least_shared: and shares at least so many shingles, or all of the shorter report's.
        cap: shingles of more tellings than this are boilerplate.
        limit: matches given for one report, the best ones.
    """

    def __init__(
        self,
        *,
        least_containment: float = LEAST_CONTAINMENT,
        least_shared: int = LEAST_SHARED,
        cap: int = CAP,
        limit: int = 32,
    ) -> None:
        self._least_containment = least_containment
        self._least_shared = least_shared
        self._cap = cap
        self._limit = limit
        self._postings = Postings()
        self._rows: dict[int, _Row] = {}
        self._next = 0
        self._numbers: dict[int, int] = {}
        self._lowest: list[int] = []
        self._identical: dict[int, int] = {}
        self._keys = 0

    def __len__(self) -> int:
        """Reports remembered."""
        return len(self._numbers)

    @property
    def bytes(self) -> int:
        """About how much memory the index takes."""
        return self._postings.bytes + 8 * self._keys + 400 * len(self._rows)

    def add(self, number: int, forms: Sequence[str]) -> list[Match]:
        """Remembers a report and tells which remembered ones it shares text with.

        Args:
            number: not used before, or forgotten since; any order.
            forms: its words in order (`retold.model.Word.form`).

        Returns:
            best first: by the larger containment, then the smaller one, then the number.

        Raises:
            UsageError: a report of this number is remembered.
        """
        return self.add_marked(number, fingerprint(forms))

    def add_marked(self, number: int, mark: Fingerprint) -> list[Match]:
        """As `add`, for a report of which the fingerprint is at hand."""
        if number in self._numbers:
            raise UsageError(
                f"report {number} is in the index already", advice="Number each report once"
            )
        matches, holder, own = self._look(mark)
        self._remember(number, mark, holder, own)
        return matches

    def forget(self, before: int) -> None:
        """Forgets all reports whose number is lower."""
        while self._lowest and self._lowest[0] < before:
            row = self._numbers.pop(heappop(self._lowest))
            self._rows[row].known = False
            self._release(row)

    def _remember(self, number: int, mark: Fingerprint, holder: int, own: Keys) -> None:
        row = self._next
        self._next += 1
        self._rows[row] = _Row(number, mark, holder, {})
        self._numbers[number] = row
        self._keys += len(mark.keys)
        heappush(self._lowest, number)
        if holder >= 0:
            self._rows[holder].held[row] = None
        if len(mark.keys):
            self._identical.setdefault(mark.identity, row)
        self._postings.put(row, own)

    def _release(self, row: int) -> None:
        """Drops a forgotten row unless others rest on it, then the one it rested on."""
        entry = self._rows[row]
        if entry.known or entry.held:
            return
        del self._rows[row]
        self._keys -= len(entry.mark.keys)
        self._postings.drop(row)
        if self._identical.get(entry.mark.identity) == row:
            del self._identical[entry.mark.identity]
        if entry.holder >= 0:
            del self._rows[entry.holder].held[row]
            self._release(entry.holder)

    def _look(self, mark: Fingerprint) -> tuple[list[Match], int, Keys]:
        """Matches of a new report, the row that holds it or -1, and the keys that one lacks."""
        if not len(mark.keys):
            return [], -1, mark.keys
        twin = self._identical.get(mark.identity)
        rows, counts = self._postings.look(mark.keys, self._cap)
        common = mark.keys[counts > self._cap]
        hit, tally = np.unique(rows, return_counts=True)
        direct = dict(zip(hit.tolist(), tally.tolist(), strict=True))
        if twin is not None:
            direct.setdefault(twin, 0)
        matches: list[Match] = []
        holder, most = -1, 0
        for root in sorted({self._root(row) for row in direct}):
            count = direct.get(root, 0)
            if count > most and count >= _HELD * self._comparable(mark, root):
                holder, most = root, count
            alone = not self._rows[root].held
            if alone and root != twin and not self._may(mark, root, count, len(common)):
                continue
            for row in self._family(root, twin):
                bound = self._bound(row, direct)
                if row == twin or self._may(mark, row, bound, len(common)):
                    match = self._compare(mark, row, common)
                    if match is not None:
                        matches.append(match)
        matches.sort(
            key=lambda m: (
                -max(m.containment_of_new, m.containment_of_other),
                -min(m.containment_of_new, m.containment_of_other),
                m.other,
            )
        )
        own = mark.keys
        if twin is not None:
            holder, own = twin, own[:0]
        elif holder >= 0:
            own = own[~_in(own, self._rows[holder].mark.keys)]
        return matches[: self._limit], holder, own

    def _root(self, row: int) -> int:
        while (holder := self._rows[row].holder) >= 0:
            row = holder
        return row

    def _family(self, root: int, first: int | None) -> Iterator[int]:
        """A row and all that rest on it, `first` first if it is one of them; not too many."""
        if first is not None and self._root(first) == root:
            yield first
        waiting = [iter((root,))]
        given = 0
        while waiting and given < _FAMILY * self._limit:
            row = next(waiting[-1], None)
            if row is None:
                waiting.pop()
                continue
            if row != first:
                yield row
            given += 1
            waiting.append(iter(self._rows[row].held))

    def _bound(self, row: int, direct: dict[int, int]) -> int:
        """At most so many keys can be shared with a row: those that it and its holders posted."""
        bound = 0
        while row >= 0:
            bound += direct.get(row, 0)
            row = self._rows[row].holder
        return bound

    def _comparable(self, mark: Fingerprint, row: int) -> int:
        """Keys of a new report that can be shared with a row."""
        return mark.size(coarse=mark.sampled or self._rows[row].mark.sampled)

    def _may(self, mark: Fingerprint, row: int, shared: int, common: int) -> bool:
        """False when so few shared keys, beside the common ones, can make no match."""
        other = self._rows[row].mark
        coarse = mark.sampled or other.sampled
        least = min(mark.size(coarse=coarse), other.size(coarse=coarse))
        if shared <= 0 or shared < self._least_containment * (least - common):
            return False
        return shared * (SAMPLE if coarse else 1) >= self._least_shared or shared >= least

    def _compare(self, mark: Fingerprint, row: int, common: Keys) -> Match | None:
        """The match of a new report with a row, from all keys of both; None when there is none."""
        entry = self._rows[row]
        if not entry.known:
            return None
        other = entry.mark
        if other.identity == mark.identity:
            size = len(mark.keys) * (SAMPLE if mark.sampled else 1)
            return Match(entry.number, 1.0, 1.0, size)
        coarse = mark.sampled or other.sampled
        shared = int(np.count_nonzero(_in(mark.keys, other.keys)))
        sizes = [mark.size(coarse=coarse), other.size(coarse=coarse)]
        if len(common):
            boilerplate = common[(common & (SAMPLE - 1)) == 0] if coarse else common
            both = int(np.count_nonzero(_in(boilerplate, other.keys)))
            shared -= both
            sizes = [sizes[0] - len(boilerplate), sizes[1] - both]
        if not self._may(mark, row, shared, len(common)):
            return None
        of_new, of_other = (shared / size if size else 0.0 for size in sizes)
        if max(of_new, of_other) < self._least_containment:
            return None
        return Match(entry.number, of_new, of_other, shared * (SAMPLE if coarse else 1))


def _in(keys: Keys, others: Keys) -> npt.NDArray[np.bool_]:
    """Which of some sorted keys are among others, sorted too."""
    if not len(others):
        return np.zeros(len(keys), np.bool_)
    places = np.searchsorted(others, keys)
    found: npt.NDArray[np.bool_] = others[np.minimum(places, len(others) - 1)] == keys
    return found
