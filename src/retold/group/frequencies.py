"""How many reports have a key: what makes a shared word evidence.

Counted from the past only: the weights of a day's reports rest on the days before it, so that
they are the same in whatever order the day's reports arrive, and on a background table per
language that stands in while there is no past.

Two counts are kept. Over the long run, a name is rare or it is not; in a week in which one
affair fills the papers, its names are in every third report and no longer say which of its
stories a report tells. The weight follows the larger of the two shares.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from retold.group.background import background
from retold.group.columns import ascending, ascending_from, column, column_from
from retold.group.reading import SPACE

__all__ = ["Counts", "Frequencies"]

Keys = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]

# The background counts as this many reports: an archive of a week outweighs it.
_BACKGROUND_REPORTS = 2_000.0
# The recent past is at least this many reports and this many days (time constants of the decay):
# in a stream of few reports a week, too, and not a month.
_RECENT_REPORTS = 60.0
_RECENT_DAYS = 7.0
# As many reports without the key are added to the recent past: few reports prove nothing.
_RECENT_PRIOR = 30.0


class Counts(Struct, frozen=True):
    """What was counted in the reports of one language: keys, and how often, as `columns`."""

    language: str | None
    reports: int
    recent_reports: float
    keys: bytes
    counts: bytes
    recent_keys: bytes
    recent: bytes
    sizes: tuple[int, int]


class Frequencies:
    """Document frequencies of keys in the reports of one language, and weights from them."""

    def __init__(self, language: str | None) -> None:
        self.language = language
        self.reports = 0
        # Both counts of a key lie side by side: looking one up waits for memory, not two.
        both = np.zeros((SPACE, 2), dtype=np.float32)
        self._both, self._counts, self._recent = both, both[:, 0], both[:, 1]
        self._recent_reports = 0.0
        keys, shares = background(language)
        self._counts[keys] = shares * _BACKGROUND_REPORTS

    def weights(self, keys: Keys) -> Floats:
        """Weight of each key: minus the logarithm of the share of reports that have it."""
        total = self.reports + _BACKGROUND_REPORTS
        found = self._both[keys]
        share = (found[:, 0] + np.float32(0.5)) * np.float32(1.0 / (total + 1.0))
        lately = found[:, 1] * np.float32(1.0 / (self._recent_reports + _RECENT_PRIOR))
        weights: Floats = -np.log(np.minimum(np.maximum(share, lately), np.float32(1.0)))
        return weights

    def close_day(self, reports: list[Keys]) -> None:
        """Count the distinct keys of a day's reports, once the day is over."""
        for keys in reports:
            self._counts[keys] += 1.0
            self._recent[keys] += 1.0
        self.reports += len(reports)
        kept = math.exp(-min(len(reports) / _RECENT_REPORTS, 1.0 / _RECENT_DAYS))
        self._recent *= np.float32(kept)
        self._recent_reports = (self._recent_reports + len(reports)) * kept

    def saved(self) -> Counts:
        """All of it."""
        keys = np.flatnonzero(self._counts)
        recent = np.flatnonzero(self._recent)
        return Counts(
            language=self.language,
            reports=self.reports,
            recent_reports=self._recent_reports,
            keys=ascending([keys.astype(np.int32)]),
            counts=column(self._counts[keys], "<f4"),
            recent_keys=ascending([recent.astype(np.int32)]),
            recent=column(self._recent[recent], "<f4"),
            sizes=(len(keys), len(recent)),
        )

    @classmethod
    def restored(cls, saved: Counts) -> Frequencies:
        """As it was."""
        made = cls(saved.language)
        made._counts[:] = 0.0
        known, lately = saved.sizes
        (keys,) = ascending_from(saved.keys, [known])
        (recent,) = ascending_from(saved.recent_keys, [lately])
        made._counts[keys] = column_from(saved.counts, "<f4")
        made._recent[recent] = column_from(saved.recent, "<f4")
        made.reports, made._recent_reports = saved.reports, saved.recent_reports
        return made
