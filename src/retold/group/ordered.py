"""Arrays in order: where each distinct number begins, and how often it is there.

What `np.unique` does, without what it does besides: it is called several times for each report,
and there a microsecond counts.
"""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

__all__ = ["begins", "distinct", "sizes"]

Key = TypeVar("Key", bound=np.integer[Any])
Places = npt.NDArray[np.int64]


def begins(ordered: npt.NDArray[Key]) -> Places:
    """Where each distinct number of an ordered, not empty array first is."""
    fresh = np.empty(len(ordered), dtype=np.bool_)
    fresh[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:])
    found: Places = fresh.nonzero()[0]
    return found


def sizes(begins: Places, whole: int) -> npt.NDArray[np.int32]:
    """How long each stretch is, the last one up to `whole`."""
    found = np.empty(len(begins), dtype=np.int32)
    found[:-1] = begins[1:] - begins[:-1]
    found[-1] = whole - begins[-1]
    return found


def distinct(keys: npt.NDArray[Key]) -> npt.NDArray[Key]:
    """Each number once, in order."""
    if len(keys) < 2:
        return keys
    ordered = np.sort(keys)
    return ordered[begins(ordered)]
