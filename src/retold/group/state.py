"""A grouper as bytes, and back.

What is kept: document frequencies, the vectors of the active reports, their candidates where they
are open, the stories, the traces. Not kept: texts (of the open reports they are given back when
restoring) and compared pairs (they are exact, and found again when they are needed).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec
import numpy as np
from msgspec import Struct

from retold.errors import UsageError
from retold.group.columns import ascending, ascending_from, column, column_from
from retold.group.frequencies import Counts
from retold.group.kept import Kept
from retold.group.stories import Member
from retold.group.vectors import Vector

__all__ = [
    "FORMAT",
    "SavedReport",
    "SavedStory",
    "SavedVectors",
    "State",
    "packed",
    "restored_report",
    "restored_vectors",
    "saved_report",
    "saved_vectors",
    "unpacked",
]

FORMAT = 2


class SavedReport(Struct, frozen=True, array_like=True):
    """A row; see `Kept`. `story` is None where it is not decided yet."""

    id: str
    key: str
    day: int
    moment: float | None
    language: str | None
    outlet: str | None
    round_up: bool
    copy_of: str | None
    story: str | None
    dawn: int = -1


class SavedVectors(Struct, frozen=True, array_like=True):
    """Vectors by columns (`columns`), see `Vector`.

    Attributes:
        shapes: for each the three ends, the number of `quoted`, `runs` and `rare`, the runs in the
            sample, and whether all are one.
        numbers: a number for each.
        keys, weights, quoted, runs, rare: of all, one behind the other; weights by column.
    """

    shapes: bytes
    numbers: bytes
    keys: bytes
    weights: tuple[bytes, bytes, bytes]
    quoted: bytes
    runs: bytes
    rare: bytes


class SavedStory(Struct, frozen=True, array_like=True):
    """A story's reports that are no longer active."""

    id: str
    past: tuple[Member, ...]


class State(Struct, frozen=True):
    """All of a grouper. `reports` are the rows from `oldest` on, `near` from `first_open` on;
    `dawn` are groups by number, see `Dawn`."""

    format: int
    day: int | None
    oldest: int
    first_open: int
    following: int
    reports: tuple[SavedReport, ...]
    vectors: SavedVectors
    near: tuple[tuple[int, ...], ...]
    stories: tuple[SavedStory, ...]
    forwards: dict[str, str]
    uncounted: tuple[str, ...]
    frequencies: tuple[Counts, ...]
    encoder: str | None = None
    meanings: dict[str, bytes] = {}
    dawn: tuple[tuple[str, float], ...] = ()


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
    if state.format != FORMAT:
        raise UsageError(f"a state of format {state.format}, not {FORMAT}")
    return state


def saved_report(kept: Kept, story: str | None) -> SavedReport:
    """A row, to be kept."""
    return SavedReport(
        id=kept.id,
        key=kept.key,
        day=kept.day,
        moment=None if math.isnan(kept.moment) else kept.moment,
        language=kept.language,
        outlet=kept.outlet,
        round_up=kept.round_up,
        copy_of=kept.copy_of,
        story=story,
        dawn=kept.dawn,
    )


def restored_report(saved: SavedReport, vector: Vector) -> Kept:
    """A row as it was."""
    return Kept(
        id=saved.id,
        key=saved.key,
        day=saved.day,
        moment=math.nan if saved.moment is None else saved.moment,
        language=saved.language,
        outlet=saved.outlet,
        vector=vector,
        round_up=saved.round_up,
        copy_of=saved.copy_of,
        dawn=saved.dawn,
    )


_SHAPE = 8


def saved_vectors(vectors: Sequence[Vector]) -> SavedVectors:
    """Vectors, to be kept."""
    shapes = [
        (*v.ends, len(v.quoted), len(v.runs), len(v.rare), v.runs_in_sample, v.sampled)
        for v in vectors
    ]
    weights = np.concatenate([v.weights for v in vectors] or [np.empty((0, 3), dtype=np.uint16)])
    one, two, three = (column(weights[:, place], "<u2") for place in range(3))
    return SavedVectors(
        shapes=column(np.array(shapes, dtype=np.int32), "<i4"),
        numbers=np.array([v.numbers for v in vectors], dtype="<f8").tobytes(),
        keys=ascending([v.keys for v in vectors]),
        weights=(one, two, three),
        quoted=ascending([v.quoted for v in vectors]),
        runs=ascending([v.runs for v in vectors]),
        rare=b"".join(v.rare.astype("<u2").tobytes() for v in vectors),
    )


def restored_vectors(saved: SavedVectors) -> list[Vector]:
    """Vectors as they were."""
    shapes = column_from(saved.shapes, "<i4").reshape(-1, _SHAPE).tolist()
    keys = ascending_from(saved.keys, [shape[2] for shape in shapes])
    quoted = ascending_from(saved.quoted, [shape[3] for shape in shapes])
    runs = ascending_from(saved.runs, [shape[4] for shape in shapes])
    numbers = np.frombuffer(saved.numbers, dtype="<f8").tolist()
    weights = np.stack([column_from(one, "<u2").astype(np.uint16) for one in saved.weights], axis=1)
    rare = np.frombuffer(saved.rare, dtype="<u2").astype(np.uint16)
    found = []
    at = rare_at = 0
    for place, (words, names, end, _, _, found_by, in_sample, sampled) in enumerate(shapes):
        found.append(
            Vector(
                keys=keys[place],
                # Copies, so that the row does not hold on to all the others.
                weights=weights[at : at + end].copy(),
                ends=(words, names, end),
                numbers=numbers[place],
                quoted=quoted[place],
                runs=runs[place],
                runs_in_sample=in_sample,
                sampled=bool(sampled),
                rare=rare[rare_at : rare_at + found_by].copy(),
            )
        )
        at += end
        rare_at += found_by
    return found
