"""A model of sentence vectors made by hand: it knows what a few words are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b

import numpy as np

from retold.engines.encoders.base import Floats, on_grid
from retold.language import table
from retold.language.wordings import Wordings


class ByHand:
    """Texts that hold one of a concept's words point one way; what it cannot read all does.

    Args:
        concepts: name -> words that stand for it.
        reads: codes of the languages in which it tells invented events apart.
    """

    def __init__(self, concepts: Mapping[str, Sequence[str]], reads: Sequence[str] = ("en",)):
        self.name = "by hand"
        said = repr((sorted(concepts.items()), reads))
        self.fingerprint = blake2b(said.encode(), digest_size=8).hexdigest()
        self._events: dict[str, str] = {}
        for code in reads:
            for event, tellings in table(Wordings, code).told.items():
                self._events.update(dict.fromkeys(tellings, event))
        self._concepts = concepts
        names = [*concepts, *sorted({*self._events.values()}), "anything"]
        self._places = {name: place for place, name in enumerate(names)}
        self.dimension = len(names)
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Floats:
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            self.asked.append(text)
            row[self._places["anything"]] = 0.3
            for event in self._about(text):
                row[self._places[event]] = 1.0
        return on_grid(rows)

    def _about(self, text: str) -> list[str]:
        if text in self._events:
            return [self._events[text]]
        return [
            name for name, words in self._concepts.items() if any(word in text for word in words)
        ]
