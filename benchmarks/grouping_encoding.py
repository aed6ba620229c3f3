"""Grouping with a model of sentence vectors: its weights learned, its time counted."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from grouping_sets import Set, scores
from retold.engines.encoders import Encoder, encoder_for
from retold.group import group
from retold.group.decision import shipped
from retold.group.grouper import Grouper
from retold.group.kept import Kept
from retold.group.meaning import MeaningPairs, Meanings, WithEncoder, with_encoder

WEIGHTS = Path(__file__).resolve().parents[1] / "src" / "retold" / "group" / "weights-encoder.toml"
_AS_GOOD = 0.005  # of four scores added up
_THRESHOLDS = tuple(round(-1.6 + 0.2 * step, 1) for step in range(10))


class Once:
    """An encoder that encodes each text once, and counts what that cost.

    Attributes:
        texts: how many texts were encoded.
        seconds: of CPU time for them.
    """

    def __init__(self, name: str) -> None:
        self._encoder: Encoder = encoder_for(name)
        self.name, self.fingerprint = name, self._encoder.fingerprint
        self.dimension = self._encoder.dimension
        self._known: dict[str, Any] = {}
        self.texts, self.seconds = 0, 0.0

    def encode(self, texts: Sequence[str]) -> Any:
        """Rows, of which those that were asked for before cost nothing."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        start = time.process_time()
        self._known.update(zip(new, self._encoder.encode(new), strict=True))
        self.seconds += time.process_time() - start
        self.texts += len(new)
        return np.array([self._known[text] for text in texts], dtype=np.float32)

    def __str__(self) -> str:
        return (
            f"{self.name} {self.fingerprint}: {self.texts} beginnings encoded, "
            f"{self.texts / max(self.seconds, 1e-9):.0f} a CPU second"
        )


class RecordedMeaning(MeaningPairs):
    """Decides by the words alone, and remembers the measures of every pair and its meaning."""

    def __init__(self, meanings: Meanings) -> None:
        super().__init__(meanings, shipped())
        self.rows: dict[tuple[str, str], tuple[float, float]] = {}

    def weighed(
        self,
        sums: Any,
        some: Sequence[Kept],
        others: Sequence[Kept],
        one: Any,
        other: Any,
        across: Any,
    ) -> Any:
        """Record, and judge as without a model."""
        measured = self.measured(some, others, one, other)
        before = sums + np.float32(shipped().threshold)
        for a, b, words, meaning in zip(one, other, before, measured, strict=True):
            if not np.isnan(meaning):
                self.rows[some[a].id, others[b].id] = (float(words), float(meaning) ** 0.5)
        return sums


def learned(
    sets: Sequence[Set],
    encoder: Encoder,
    grouped: Callable[..., Mapping[str, str]],
) -> WithEncoder:
    """Weights from labelled sets: logistic regression on pairs, then the threshold.

    Args:
        sets: labelled.
        encoder: the model.
        grouped: groups reports with an encoder and weights.
    """
    from sklearn.linear_model import LogisticRegression

    rows: list[tuple[float, float]] = []
    labels: list[bool] = []
    sizes: list[int] = []
    for one in sets:
        pairs = RecordedMeaning(Meanings(encoder))
        for _ in group(one.reports, grouper=Grouper(pairs=pairs, encoder=encoder)):
            pass
        known = [(pair, row) for pair, row in pairs.rows.items() if set(pair) <= one.gold.keys()]
        rows.extend(row for _, row in known)
        labels.extend(one.gold[a] == one.gold[b] for (a, b), _ in known)
        sizes.append(len(known))
    weight = np.concatenate([np.full(size, max(sizes) / size) for size in sizes])
    model = LogisticRegression(C=10.0, max_iter=5000).fit(
        np.array(rows), labels, sample_weight=weight
    )
    of_words, of_meaning = (round(float(one), 2) for one in model.coef_[0])
    first = WithEncoder(
        made_by="",
        learned_from=tuple(one.name for one in sets),
        model=encoder.name,
        words=of_words,
        meaning=of_meaning,
        bias=round(float(model.intercept_[0]), 2),
        threshold=0.0,
        across_meaning=with_encoder().across_meaning,
    )

    def worth(threshold: float) -> float:
        weights = msgspec.structs.replace(first, threshold=threshold)
        parts = [
            scores(grouped(one.reports, encoder=encoder, weights=weights), one.gold) for one in sets
        ]
        return sum(part.bcubed + part.pairs for part in parts)

    # The figures are flat about their best, and a wrong link does more harm than a missing one: of
    # thresholds that are all but as good, the highest.
    found = {threshold: worth(threshold) for threshold in _THRESHOLDS}
    good = [one for one in _THRESHOLDS if found[one] >= max(found.values()) - _AS_GOOD]
    return msgspec.structs.replace(first, threshold=max(good))


def write(found: WithEncoder) -> None:
    """Write the weights file."""
    sources = ", ".join(f'"{one}"' for one in found.learned_from)
    lines = [
        f'made_by = "python benchmarks/quality/grouping.py --learn --encoder {found.model}"',
        f"learned_from = [{sources}]",
        f'model = "{found.model}"',
        f"words = {found.words}",
        f"meaning = {found.meaning}",
        f"bias = {found.bias}",
        f"threshold = {found.threshold}",
        f"across_meaning = {found.across_meaning}",
    ]
    WEIGHTS.write_text("\n".join(lines) + "\n", "utf-8")
