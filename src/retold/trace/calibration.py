"""What a share of the drawings is worth: the share of such edges that were right.

Bootstrap shares are no probabilities (Hillis & Bull 1993; Felsenstein & Kishino 1993): on
simulated traditions branches that half of the drawings find are right far more often. The table
was made by `python benchmarks/quality/stemma.py --calibrate`, on the half of the shapes that is
not measured on; isotonic regression (Zadrozny & Elkan 2002), a line for each kind of edge.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from pathlib import Path

import msgspec

__all__ = ["calibrated"]


class _Steps(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From each share on, the part of the edges that were right."""

    shares: tuple[float, ...]
    right: tuple[float, ...]


@cache
def _table() -> dict[str, _Steps]:
    file = Path(__file__).with_name("calibration.toml")
    return msgspec.toml.decode(file.read_bytes(), type=dict[str, _Steps])


def calibrated(kind: str, share: float) -> float:
    """The probability of an edge.

    Args:
        kind: "branch" between lost tellings, "end" from a lost telling to a report, "exemplar"
            where a report stands between others.
        share: of the drawings that find it, times how likely the exemplar is.
    """
    steps = _table().get(kind)
    if steps is None:
        return share
    return steps.right[max(0, bisect_right(steps.shares, share) - 1)]
