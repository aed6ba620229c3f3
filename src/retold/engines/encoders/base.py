"""What turns texts into vectors of their meaning, and the grid that the vectors lie on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

__all__ = ["GRID", "Encoder", "Floats", "on_grid"]

Floats = npt.NDArray[np.float32]

GRID = 2048
"""Components are whole numbers of this part. A product of two such vectors is a sum of whole
numbers below 2^24, which float32 adds without error in any order; of a cosine it changes less
than the third decimal place."""


class Encoder(Protocol):
    """A model of sentence vectors.

    Attributes:
        name: as a reader knows it.
        fingerprint: 16 hexadecimal digits over all that decides the vectors.
        dimension: of a vector.
    """

    @property
    def name(self) -> str:
        """See above."""
        ...

    @property
    def fingerprint(self) -> str:
        """See above."""
        ...

    @property
    def dimension(self) -> int:
        """See above."""
        ...

    def encode(self, texts: Sequence[str]) -> Floats:
        """A row of unit length for each text, on the grid of 1/2048, shape (texts, dimension).

        A text has the same row to the last bit whatever stands beside it. What is longer than the
        model reads is cut. A text of which the model reads nothing may have a row of zeros.
        """
        ...


def on_grid(rows: npt.NDArray[Any]) -> Floats:
    """Rows of any length as unit vectors on the grid; zeros stay zeros."""
    wide = np.asarray(rows, dtype=np.float64)
    norms = np.sqrt((wide * wide).sum(axis=1, keepdims=True))
    unit = np.divide(wide, norms, out=np.zeros_like(wide), where=norms > 0.0)
    rounded: Floats = (np.rint(unit * GRID) / GRID).astype(np.float32)
    return rounded
