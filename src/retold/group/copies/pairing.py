"""Which story a report derives from, even where hardly a run of its words survives.

Newspapers rewrite: of reports that journalists call wholly derived from a wire, one in ten keeps
no tenth of its runs of five words. So three signs are added up, each in [0, 1]:

* the **cosine** of words weighed by TF-IDF (what it is about),
* the **containment of pairs** and **of triples of words** of the report in the source (whose words
  it uses), which tells apart two stories of one running case, where the cosine cannot.

Equal weights: nothing is fitted. Document frequencies come from the sources alone.

A wire sent again the next day with a line more holds the same words: only time tells which of the
two a report was written from. Where both times are known, what was sent later is no source.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from retold.group.copies.shingles import Keys, positions

__all__ = ["DERIVED", "NEAR", "Pairing", "Sources"]

Floats = npt.NDArray[np.float64]

DERIVED = 0.3
"""Score over which a report is seen as telling what the source tells, in its words or near them."""

NEAR = 0.5
"""Of several sources those count that score at least this share of the best one's."""


class Pairing(msgspec.Struct, frozen=True, gc=False):
    """A source, and how much of a report it explains.

    Attributes:
        source: its number.
        score: sum of the three signs, in [0, 3].
        cosine: of TF-IDF vectors.
        pairs, triples: share of the report's distinct pairs and triples of words in the source.
    """

    source: int
    score: float
    cosine: float
    pairs: float
    triples: float


class _Table:
    """Key -> sources with a weight, sorted by key."""

    def __init__(self, keys: Sequence[Keys], weights: Sequence[Floats] | None = None) -> None:
        self.count = len(keys)
        sizes = [len(some) for some in keys]
        every = np.concatenate([np.empty(0, np.int64), *keys])
        order = np.argsort(every, kind="stable")
        self.keys = every[order]
        self.sources = np.repeat(np.arange(len(keys)), sizes)[order]
        held = np.ones(len(every)) if weights is None else np.concatenate([np.empty(0), *weights])
        self.weights = held[order]

    def frequency(self, keys: Keys) -> npt.NDArray[np.int64]:
        """In how many sources each key stands."""
        right = np.searchsorted(self.keys, keys, side="right")
        found: npt.NDArray[np.int64] = right - np.searchsorted(self.keys, keys)
        return found

    def sums(self, keys: Keys, weights: Floats | None = None) -> Floats:
        """For each source the sum over some keys of its weight times theirs."""
        starts = np.searchsorted(self.keys, keys)
        sizes = np.searchsorted(self.keys, keys, side="right") - starts
        ends = np.cumsum(sizes)
        where = np.arange(int(sizes.sum())) + np.repeat(starts + sizes - ends, sizes)
        held = self.weights[where]
        if weights is not None:
            held = held * np.repeat(weights, sizes)
        total: Floats = np.bincount(self.sources[where], held, minlength=self.count).astype(float)
        return total


class Sources:
    """Texts that reports may derive from.

    Time and memory are linear in all words. A source may be several texts of one story joined.

    Args:
        sources: forms of the words of each, in order.
        sent: when each was sent, in seconds since 1970; None where that is not known.
    """

    def __init__(
        self, sources: Sequence[Sequence[str]], sent: Sequence[float | None] | None = None
    ) -> None:
        # What is not known to be later may be a source.
        self._sent = np.array(
            [-np.inf if one is None else one for one in sent or [None] * len(sources)], np.float64
        )
        counted = [np.unique(positions(forms, 1), return_counts=True) for forms in sources]
        self._count = len(sources)
        self._frequencies = _Table([keys for keys, _ in counted])
        self._words = _Table(
            [keys for keys, _ in counted], [self._weighed(keys, times) for keys, times in counted]
        )
        self._pairs = _Table([np.unique(positions(forms, 2)) for forms in sources])
        self._triples = _Table([np.unique(positions(forms, 3)) for forms in sources])

    def pair(
        self, forms: Sequence[str], limit: int = 5, *, written: float | None = None
    ) -> list[Pairing]:
        """The sources that explain a report best, best first; ties in the order of the sources.

        Args:
            forms: of the report's words, in order.
            limit: how many at most.
            written: when the report was finished at the latest, in seconds since 1970.

        Sources that share no word with the report are never given.
        """
        if not self._count or not forms:
            return []
        keys, times = np.unique(positions(forms, 1), return_counts=True)
        cosine = self._words.sums(keys, self._weighed(keys, times))
        pairs = self._share(self._pairs, positions(forms, 2))
        triples = self._share(self._triples, positions(forms, 3))
        score = cosine + pairs + triples
        if written is not None:
            score[self._sent > written] = 0.0
        best = np.argsort(-score, kind="stable")[:limit]
        return [
            Pairing(n, float(score[n]), float(cosine[n]), float(pairs[n]), float(triples[n]))
            for n in best.tolist()
            if score[n] > 0
        ]

    def derived(self, forms: Sequence[str], *, written: float | None = None) -> list[Pairing]:
        """The sources that a report is seen to derive from: `DERIVED`, and `NEAR` the best."""
        found = self.pair(forms, self._count, written=written)
        return [one for one in found if one.score >= DERIVED and one.score >= NEAR * found[0].score]

    def _weighed(self, keys: Keys, times: npt.NDArray[np.int64]) -> Floats:
        """Logarithmic TF times IDF, of length one (Salton & Buckley 1988)."""
        rarity = np.log((self._count + 1) / (self._frequencies.frequency(keys) + 0.5))
        weights = (1 + np.log(times)) * np.maximum(rarity, 0)
        length = float(np.sqrt(np.sum(weights * weights)))
        found: Floats = weights / length if length else weights
        return found

    def _share(self, table: _Table, keys: Keys) -> Floats:
        distinct = np.unique(keys)
        return table.sums(distinct) / max(1, len(distinct))
