"""Arrays as bytes that compress well: differences instead of ascending numbers, bytes by place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["ascending", "ascending_from", "column", "column_from"]

Keys = npt.NDArray[np.int32]


def column(values: npt.NDArray[Any], kind: str) -> bytes:
    """Values with all their first bytes first, then all their second ones.

    Args:
        values: of any shape.
        kind: of numpy, little-endian, such as "<i4".
    """
    flat = np.ascontiguousarray(values, dtype=kind).reshape(-1)
    return flat.view(np.uint8).reshape(-1, flat.itemsize).T.tobytes()


def column_from(data: bytes, kind: str) -> npt.NDArray[Any]:
    """What `column` was given, flat."""
    size = np.dtype(kind).itemsize
    planes = np.frombuffer(data, dtype=np.uint8).reshape(size, -1)
    return np.ascontiguousarray(planes.T).reshape(-1).view(kind)


def ascending(lists: Sequence[Keys]) -> bytes:
    """Ascending numbers, list behind list, each as its difference from the one before it."""
    if not lists:
        return b""
    return column(np.concatenate([np.diff(keys, prepend=np.int32(0)) for keys in lists]), "<i4")


def ascending_from(data: bytes, sizes: Sequence[int]) -> list[Keys]:
    """The lists that `ascending` was given.

    Args:
        data: what it made of them.
        sizes: how many there are in each.
    """
    steps = column_from(data, "<i4").astype(np.int32)
    ends = np.cumsum([0, *sizes]).tolist()
    return [np.cumsum(steps[start:end], dtype=np.int32) for start, end in pairwise(ends)]
