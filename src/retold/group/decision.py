"""Join or not: a pair of reports, eight measures, one weighted sum.

The weights are in `weights.toml`, which says what they were learned from and by which command. A
sum above the threshold speaks for one story. The measures are what a reader can check: words of
the whole, of the beginning and of the title, names, numbers, quoted words, nearness in time.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import msgspec
import numpy as np
import numpy.typing as npt
from msgspec import Struct

__all__ = ["MEASURES", "Decision", "Weights", "as_row", "measures", "shipped"]

Floats = npt.NDArray[np.float32]

MEASURES = ("words", "lead", "title", "names", "numbers", "quoted", "soon", "days")
UNKNOWN_DAYS = 0.5
"""Days between two reports of which one has no date: neither for nor against."""

_FEW_NUMBERS = 5.0  # the weight of one rare number: one shared number of two is not all


class Weights(Struct, frozen=True, forbid_unknown_fields=True):
    """What each measure counts; see `MEASURES`."""

    words: float
    lead: float
    title: float
    names: float
    numbers: float
    quoted: float
    soon: float
    days: float


class Decision(Struct, frozen=True, forbid_unknown_fields=True):
    """The shipped weights.

    Attributes:
        made_by: the command that learned them.
        learned_from: the labelled sets, and which part of them.
        bias: the sum of a pair that shares nothing, at no distance in time.
        threshold: above it two stories are one.
        one_language: the weights for two reports of one language.
        across_bias, across: for two languages, where words say little.
        across_strong: above it a link across languages is not "probably" any more.
    """

    made_by: str
    learned_from: tuple[str, ...]
    bias: float
    threshold: float
    one_language: Weights
    across_bias: float
    across: Weights
    across_strong: float


@cache
def shipped() -> Decision:
    """The decision as shipped."""
    text = files(__package__).joinpath("weights.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), Decision)


@cache
def as_row(weights: Weights) -> Floats:
    """Weights in the order of `MEASURES`."""
    return np.array([getattr(weights, name) for name in MEASURES], dtype=np.float32)


def measures(products: Floats, numbers: Floats, days: Floats) -> Floats:
    """The measures of pairs; quoted words are not known yet, and count as none.

    Args:
        products: dot products, bag by bag (`vectors.BAGS`), one row a pair.
        numbers: weight of the numbers of that report of the pair which has fewer.
        days: between the two, as a fraction; NaN when unknown.

    Cosines enter as square roots: from .1 to .2 says more than from .6 to .7.
    """
    found = np.zeros((len(products), len(MEASURES)), dtype=np.float32)
    np.sqrt(products[:, :4], out=found[:, :4])
    found[:, 4] = products[:, 4] / (numbers + np.float32(_FEW_NUMBERS))
    gap = np.where(np.isnan(days), np.float32(UNKNOWN_DAYS), days)
    found[:, 6] = np.exp(-gap)
    found[:, 7] = gap
    return found
