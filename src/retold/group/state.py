"""A grouper as bytes, and back.

What is kept: document frequencies, the vectors of the active reports, the stories, the traces.
Not kept: texts (of the open reports they are given back when restoring) and compared pairs (they
are exact, and found again when they are needed).
"""

from __future__ import annotations

import math

import msgspec
import numpy as np
import numpy.typing as npt
from msgspec import Struct

from retold.errors import UsageError
from retold.group.frequencies import Counts
from retold.group.kept import Kept
from retold.group.stories import Member
from retold.group.vectors import Vector

__all__ = [
    "SavedReport",
    "SavedStory",
    "State",
    "packed",
    "restored_report",
    "saved_report",
    "unpacked",
]

_FORMAT = 1


class SavedReport(Struct, frozen=True, array_like=True):
    """A row; see `Kept` and `Vector`."""

    row: int
    id: str
    key: str
    day: int
    moment: float | None
    language: str | None
    outlet: str | None
    round_up: bool
    copy_of: str | None
    story: str
    starts: tuple[int, ...]
    numbers: float
    runs: int
    runs_in_sample: int
    sampled: bool
    arrays: tuple[bytes, bytes, bytes, bytes]


class SavedStory(Struct, frozen=True, array_like=True):
    """A story's reports that are no longer active."""

    id: str
    past: tuple[Member, ...]


class State(Struct, frozen=True):
    """All of a grouper. Arrays are little-endian.

    Of an encoder there is its fingerprint, and the vectors by the ids of their reports.
    """

    format: int
    day: int | None
    oldest: int
    first_open: int
    following: int
    settled: bool
    reports: tuple[SavedReport, ...]
    stories: tuple[SavedStory, ...]
    forwards: dict[str, str]
    uncounted: tuple[str, ...]
    frequencies: tuple[Counts, ...]
    encoder: str | None = None
    meanings: dict[str, bytes] = {}


def packed(state: State) -> bytes:
    """The bytes of a state."""
    return msgspec.msgpack.encode(state)


def unpacked(data: bytes) -> State:
    """The state of some bytes.

    Raises:
        UsageError: they are none, or of another version.
    """
    try:
        state = msgspec.msgpack.decode(data, type=State)
    except msgspec.MsgspecError as error:
        raise UsageError(f"no state of a grouper: {error}") from error
    if state.format != _FORMAT:
        raise UsageError(f"a state of format {state.format}, not {_FORMAT}")
    return state


def saved_report(row: int, kept: Kept, story: str) -> SavedReport:
    """A row, to be kept."""
    of = kept.vector
    return SavedReport(
        row=row,
        id=kept.id,
        key=kept.key,
        day=kept.day,
        moment=None if math.isnan(kept.moment) else kept.moment,
        language=kept.language,
        outlet=kept.outlet,
        round_up=kept.round_up,
        copy_of=kept.copy_of,
        story=story,
        starts=of.starts,
        numbers=of.numbers,
        runs=of.runs,
        runs_in_sample=of.runs_in_sample,
        sampled=of.sampled,
        arrays=(
            _bytes(of.keys, "<i4"),
            _bytes(of.weights, "<f4"),
            _bytes(of.rare, "<i4"),
            _bytes(of.rare_weights, "<f4"),
        ),
    )


def restored_report(saved: SavedReport) -> Kept:
    """A row as it was."""
    return Kept(
        id=saved.id,
        key=saved.key,
        day=saved.day,
        moment=math.nan if saved.moment is None else saved.moment,
        language=saved.language,
        outlet=saved.outlet,
        vector=_vector(saved),
        round_up=saved.round_up,
        copy_of=saved.copy_of,
    )


def _vector(saved: SavedReport) -> Vector:
    keys, weights, rare, rare_weights = saved.arrays
    return Vector(
        keys=np.frombuffer(keys, "<i4").astype(np.int32),
        weights=np.frombuffer(weights, "<f4").astype(np.float32),
        starts=saved.starts,
        numbers=saved.numbers,
        runs=saved.runs,
        runs_in_sample=saved.runs_in_sample,
        sampled=saved.sampled,
        rare=np.frombuffer(rare, "<i4").astype(np.int32),
        rare_weights=np.frombuffer(rare_weights, "<f4").astype(np.float32),
    )


def _bytes(array: npt.NDArray[np.generic], kind: str) -> bytes:
    return array.astype(kind).tobytes()
