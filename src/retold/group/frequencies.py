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
from retold.group.reading import SPACE

__all__ = ["Counts", "Frequencies"]

Keys = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]

# The background counts as this many reports: an archive of a week outweighs it.
_BACKGROUND_REPORTS = 2_000.0
# The recent past is at least this many reports and this many days (time constants of the decay).
_RECENT_REPORTS = 150.0
_RECENT_DAYS = 7.0
# As many reports without the key are added to the recent past: few reports prove nothing.
_RECENT_PRIOR = 30.0


class Counts(Struct, frozen=True):
    """What was counted in the reports of one language: keys, and how often, little-endian."""

    language: str | None
    reports: int
    recent_reports: float
    keys: bytes
    counts: bytes
    recent_keys: bytes
    recent: bytes


class Frequencies:
    """Document frequencies of keys in the reports of one language, and weights from them."""

    def __init__(self, language: str | None) -> None:
        self.language = language
        self.reports = 0
        self._counts = np.zeros(SPACE, dtype=np.float32)
        self._recent = np.zeros(SPACE, dtype=np.float32)
        self._recent_reports = 0.0
        keys, shares = background(language)
        self._counts[keys] = shares * _BACKGROUND_REPORTS

    def weights(self, keys: Keys) -> Floats:
        """Weight of each key: minus the logarithm of the share of reports that have it."""
        total = self.reports + _BACKGROUND_REPORTS
        share = (self._counts[keys] + 0.5) / (total + 1.0)
        lately = self._recent[keys] / (self._recent_reports + _RECENT_PRIOR)
        weights: Floats = -np.log(np.minimum(np.maximum(share, lately), 1.0))
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
            keys=keys.astype("<i4").tobytes(),
            counts=self._counts[keys].astype("<f4").tobytes(),
            recent_keys=recent.astype("<i4").tobytes(),
            recent=self._recent[recent].astype("<f4").tobytes(),
        )

    @classmethod
    def restored(cls, saved: Counts) -> Frequencies:
        """As it was."""
        made = cls(saved.language)
        made._counts[:] = 0.0
        made._counts[np.frombuffer(saved.keys, "<i4")] = np.frombuffer(saved.counts, "<f4")
        made._recent[np.frombuffer(saved.recent_keys, "<i4")] = np.frombuffer(saved.recent, "<f4")
        made.reports, made._recent_reports = saved.reports, saved.recent_reports
        return made
