"""What a model of sentence vectors adds, where somebody gives one: how alike two beginnings are.

A cosine means another thing with every model: of some, unrelated news have .0, of others .75; and
a model that does not read a language takes all texts in it for one another. So a model is first
tried on invented news that are told twice (`retold.language.wordings`). Where it does not find the
second telling to each first one, it has no say; where it does, its cosines are put on a scale of
0 (as two events) to 1 (as two tellings of one). The words are judged as without a model; what
they sum up to and what the model says are then weighed against each other
(`weights-encoder.toml`). Weights learned anew for every measure took from the names that tell
look-alike events apart, and did worse on a labelled set that they had not seen.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt
from msgspec import Struct

from retold.errors import UsageError
from retold.group.comparing import Pairs
from retold.group.decision import Decision
from retold.group.kept import Kept
from retold.language import table
from retold.language.wordings import Wordings
from retold.model import Evidence, Report

if TYPE_CHECKING:
    from retold.engines.encoders import Encoder

__all__ = [
    "BEGINNING",
    "Meaning",
    "MeaningPairs",
    "Meanings",
    "Scale",
    "WithEncoder",
    "alike",
    "beginning",
    "require",
    "saved_meanings",
    "with_encoder",
]

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.intp]
Meaning = npt.NDArray[np.int16]
"""A unit vector in whole numbers of 1/2048 (`retold.engines.encoders.GRID`)."""

BEGINNING = 300
"""Characters of title and text that are encoded: news puts first what is new, and a model's time
grows with what it reads."""

_UNIT = 2048.0
# A model can tell tellings from events where it finds nearly every second telling among the
# others, and puts it further from them than they are apart by chance.
_FOUND = 0.9
_APART = 4.0
_MOST = 2.0  # identical beginnings, of nearly any model
_MEMO = 20_000


class WithEncoder(Struct, frozen=True, forbid_unknown_fields=True):
    """The shipped weights for pairs whose beginnings can be compared in meaning.

    Attributes:
        made_by: the command that learned them.
        learned_from: the labelled sets, and which part of them.
        model: whose vectors they were learned with.
        words: what the weighted sum of all other measures counts, before its threshold.
        meaning: what the meaning counts: the square root of its measure, as of other cosines.
        bias: added to the two.
        threshold: above it two stories are one.
        across_meaning: what the meaning counts for reports in two languages, added to the sum of
            the words: nothing half-way between two events and two tellings of one. Set by hand.
    """

    made_by: str
    learned_from: tuple[str, ...]
    model: str
    words: float
    meaning: float
    bias: float
    threshold: float
    across_meaning: float


@cache
def with_encoder() -> WithEncoder:
    """The weights as shipped."""
    text = files(__package__).joinpath("weights-encoder.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), WithEncoder)


class Scale(NamedTuple):
    """The mean cosine of two events, and of two tellings of one event."""

    other: float
    same: float


class Meanings:
    """The vectors of reports by one model, and what its cosines mean.

    Args:
        encoder: the model.
    """

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self._told: dict[str, tuple[Floats, Floats]] = {}
        self._scales: dict[tuple[str, str], Scale | None] = {}
        self._memo: dict[str, Meaning] = {}

    def of(self, report: Report) -> Meaning | None:
        """The vector of a report's beginning; None where the model does not read its language."""
        if self.scale(report.language, report.language) is None:
            return None
        text = beginning(report)
        known = self._memo.get(text)
        if known is None:
            if len(self._memo) >= _MEMO:
                self._memo.clear()
            row = np.rint(self.encoder.encode([text])[0] * _UNIT)
            known = self._memo[text] = row.astype(np.int16)
        return known if known.any() else None

    def scale(self, one: str | None, other: str | None) -> Scale | None:
        """What cosines mean between two languages; None where they mean nothing.

        Args:
            one, other: ISO 639-1 codes, which may be the same.
        """
        pair = (one or "", other or "")
        first, second = min(pair), max(pair)
        if (first, second) not in self._scales:
            self._scales[first, second] = self._tried(first, second)
        return self._scales[first, second]

    def measure(
        self, cosine: npt.NDArray[Any], one: Sequence[str | None], other: Sequence[str | None]
    ) -> Floats:
        """Cosines on the scale from 0 (two events) to 1 (one event); NaN where they say nothing.

        Args:
            cosine: of pairs, NaN where a vector is lacking.
            one, other: their languages.
        """
        found = np.full(len(cosine), np.nan, dtype=np.float32)
        languages = list(zip(one, other, strict=True))
        for pair in set(languages):
            scale = self.scale(*pair)
            if scale is not None:
                here = np.fromiter((pair == each for each in languages), np.bool_, len(languages))
                on = (cosine[here] - scale.other) / (scale.same - scale.other)
                found[here] = np.clip(on, 0.0, _MOST)
        return found

    def evidence(self, mine: Kept, other: Kept) -> tuple[Evidence, ...]:
        """What the model says of two reports; nothing where it says nothing."""
        only = np.zeros(1, dtype=np.intp)
        cosine = alike([mine], [other], only, only)
        measured = self.measure(cosine, [mine.language], [other.language])[0]
        if np.isnan(measured):
            return ()
        how = "are alike" if measured >= 0.5 else "differ"
        note = (
            f"Beginnings {how} in meaning (cosine {cosine[0]:.2f} by the model "
            f"{self.encoder.name}) with report {other.id}"
        )
        return (Evidence("textual", round(float(min(measured, 1.0)), 3), note),)

    def _tried(self, first: str, second: str) -> Scale | None:
        left, right = self._tellings(first), self._tellings(second)
        if left is None or right is None:
            return None
        tables = [left[0] @ right[1].T, left[1] @ right[0].T]
        size = len(tables[0])
        own = np.eye(size, dtype=np.bool_)
        same = np.concatenate([one[own] for one in tables])
        others = np.concatenate([one[~own] for one in tables])
        apart = float(same.mean() - others.mean())
        order = np.arange(size)
        hits = [one.argmax(axis) == order for one in tables for axis in (0, 1)]
        if float(np.mean(hits)) < _FOUND or apart < _APART * float(others.std()):
            return None
        return Scale(float(others.mean()), float(same.mean()))

    def _tellings(self, language: str) -> tuple[Floats, Floats] | None:
        """The vectors of the invented news of a language, by name of the event."""
        if language not in self._told:
            told = table(Wordings, language or None).told
            if not told:
                return None
            both = [told[event] for event in sorted(told)]
            self._told[language] = (
                self.encoder.encode([one for one, _ in both]),
                self.encoder.encode([one for _, one in both]),
            )
        return self._told[language]


def beginning(report: Report) -> str:
    """Title and first words of a report, as they are encoded."""
    title, text = (report.title or "").strip(), report.text.strip()
    whole = text if not title or text.startswith(title) else f"{title}\n{text[:BEGINNING]}"
    return whole[:BEGINNING]


def alike(
    some: Sequence[Kept], others: Sequence[Kept], one: Places, other: Places
) -> npt.NDArray[np.float64]:
    """Cosines of pairs of reports; NaN where one of the two has no vector.

    The same to the last bit in whatever company two are compared.

    Args:
        some, others: reports.
        one: of each pair the place in `some`.
        other: of each pair the place in `others`.
    """
    left, has_left = _stacked(some)
    right, has_right = _stacked(others)
    if not left.shape[1] or not right.shape[1]:
        return np.full(len(one), np.nan)
    # Sums of whole numbers below 2^24: exact in any order.
    products = np.einsum("pd,pd->p", left[one], right[other]).astype(np.float64)
    return np.where(has_left[one] & has_right[other], products / _UNIT**2, np.nan)


def _stacked(some: Sequence[Kept]) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Vectors as rows, zeros where there is none; and where there is one."""
    has = np.array([of.meaning is not None for of in some], dtype=np.bool_)
    width = next((len(of.meaning) for of in some if of.meaning is not None), 0)
    rows = np.zeros((len(some), width), dtype=np.float32)
    for row, of in zip(rows, some, strict=True):
        if of.meaning is not None:
            row[:] = of.meaning
    return rows, has


class MeaningPairs(Pairs):
    """Compares reports by their words and by the meaning of their beginnings.

    Args:
        meanings: what the model's cosines mean.
        decision: the weights where the model says nothing.
        weights: those where it does; the shipped ones by default.
    """

    def __init__(
        self, meanings: Meanings, decision: Decision, weights: WithEncoder | None = None
    ) -> None:
        super().__init__(decision)
        self._meanings = meanings
        self._weights = with_encoder() if weights is None else weights

    def weighed(
        self,
        sums: Floats,
        some: Sequence[Kept],
        others: Sequence[Kept],
        one: Places,
        other: Places,
        across: npt.NDArray[np.bool_],
    ) -> Floats:
        """What the words say, weighed with what the model says; see `Pairs.weighed`."""
        measured = self.measured(some, others, one, other)
        known = ~np.isnan(measured)
        meaning = np.where(known, measured, np.float32(0.0))
        by = self._weights
        words = sums + np.float32(self._decision.threshold)
        same_language = (
            np.float32(by.words) * words
            + np.float32(by.meaning) * np.sqrt(meaning)
            + np.float32(by.bias - by.threshold)
        )
        two_languages = sums + np.float32(by.across_meaning) * (meaning - np.float32(0.5))
        found: Floats = np.where(known, np.where(across, two_languages, same_language), sums)
        return found

    def measured(
        self, some: Sequence[Kept], others: Sequence[Kept], one: Places, other: Places
    ) -> Floats:
        """How alike the beginnings of pairs are; NaN where unknown."""
        return self._meanings.measure(
            alike(some, others, one, other),
            [some[place].language for place in one.tolist()],
            [others[place].language for place in other.tolist()],
        )


def saved_meanings(kept: Iterable[Kept]) -> dict[str, bytes]:
    """The vectors of reports by their ids, little-endian."""
    return {one.id: one.meaning.astype("<i2").tobytes() for one in kept if one.meaning is not None}


def require(meanings: Meanings | None, made_with: str | None) -> None:
    """Refuse a state of which the vectors are another model's.

    Raises:
        UsageError: they are, or there are none and now there would be.
    """
    now = None if meanings is None else meanings.encoder.fingerprint
    if now != made_with:
        before = "without an encoder" if made_with is None else f"with the encoder {made_with}"
        given = "none is given" if meanings is None else f"{meanings.encoder.name} ({now}) is given"
        raise UsageError(
            f"this state of a grouper was made {before}, and {given}",
            advice="Group the reports anew, or go on with the encoder it was made with",
        )
