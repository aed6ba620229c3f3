"""The part of a sentence that another sentence tells best.

A word that the other has counts log(m / u), one that it lacks log((1 - m) / (1 - u)), as in
`features`; the part is the run of words with the greatest sum (maximal scoring segments: Karlin
& Altschul 1990; found in one pass: Bentley 1984). So a clause is found without a parser, and what
surrounds it does not speak against it.
"""

from __future__ import annotations

import msgspec
import numpy as np
import numpy.typing as npt

from retold.collate.features import Features, Floats, Ints

__all__ = ["Segments"]

_BLOCK = 4096  # pairs looked at together
_FUNCTION_WORD = 0.5  # of what a function word counts where both have it
_NO_FUNCTION_WORD = 0.3  # where one has it


class _Table(msgspec.Struct, frozen=True):
    """What the words of all kinds count, one entry for each word in the order of the text."""

    keys: Ints
    entry: Ints
    again: npt.NDArray[np.bool_]


class Segments:
    """Scores of the parts of sentences that others tell."""

    def __init__(self, features: Features) -> None:
        self._features = features
        words = features.words
        rows = np.arange(len(words.indptr) - 1)
        row = np.repeat(rows, np.diff(features.starts))
        keys = np.repeat(rows, np.diff(words.indptr)) * words.count + words.indices
        entry = np.searchsorted(keys, row * words.count + features.text)
        again = np.ones(len(entry), dtype=bool)
        again[np.unique(entry, return_index=True)[1]] = False
        self._table = _Table(keys, entry, again)

    def scores(self, kinds: Ints, others: Ints) -> Floats:
        """In nats, for each pair the sum of the part of a kind that the other tells best."""
        scores = np.zeros(len(kinds))
        for start in range(0, len(kinds), _BLOCK):
            block = slice(start, start + _BLOCK)
            sums = self._sums(kinds[block], others[block])
            before = np.minimum.accumulate(sums[:, :-1], axis=1)
            scores[block] = (sums[:, 1:] - before).max(axis=1, initial=0.0)
        return np.asarray(np.round(scores, 9))

    def words(self, kinds: Ints, others: Ints) -> Ints:
        """For each pair how many different words both have, function words left out."""
        features, table = self._features, self._table
        sizes = features.starts[kinds + 1] - features.starts[kinds]
        pair = np.repeat(np.arange(len(kinds)), sizes)
        within = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        place = features.starts[kinds][pair] + within
        word = features.text[place]
        wanted = others[pair] * features.words.count + word
        where = np.minimum(np.searchsorted(table.keys, wanted), len(table.keys) - 1)
        both = (table.keys[where] == wanted) & ~table.again[place] & ~features.common[word]
        return np.bincount(pair[both], minlength=len(kinds))

    def best(self, kinds: Ints, others: Ints) -> tuple[Ints, Ints]:
        """The first and the last word of that part, for each pair."""
        if not len(kinds):
            return kinds, kinds
        sums = np.round(self._sums(kinds, others), 9)
        gains = sums[:, 1:] - np.minimum.accumulate(sums[:, :-1], axis=1)
        last = gains.argmax(axis=1)
        # The shortest of equals: it begins behind the last of the least sums.
        before = np.where(np.arange(gains.shape[1]) <= last[:, None], sums[:, :-1], np.inf)
        first = gains.shape[1] - 1 - before[:, ::-1].argmin(axis=1)
        return first, last

    def _sums(self, kinds: Ints, others: Ints) -> Floats:
        """For each pair the running sums of the words of its first, from nought."""
        features, table = self._features, self._table
        sizes = features.starts[kinds + 1] - features.starts[kinds]
        column = np.arange(int(sizes.max(initial=0)))
        inside = column[None, :] < sizes[:, None]
        row, at = np.nonzero(inside)
        place = features.starts[kinds][row] + at
        word = features.text[place]
        wanted = others[row] * features.words.count + word
        where = np.minimum(np.searchsorted(table.keys, wanted), len(table.keys) - 1)
        both = table.keys[where] == wanted
        part, common = features.parts[table.entry[place]], features.common[word]
        shared = features.worth[word] * np.sqrt(part * features.parts[where])
        values = np.zeros((inside.shape[0], inside.shape[1] + 1))
        values[:, 1:][inside] = np.where(
            both,
            shared * np.where(common, _FUNCTION_WORD, 1.0) * ~table.again[place],
            features.alone[word] * part * np.where(common, _NO_FUNCTION_WORD, 1.0),
        )
        return np.cumsum(values, axis=1)
