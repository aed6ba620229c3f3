"""What a grouper knows when a day begins, as bytes: so that a later process can go on from it.

Texts are not in it: those of the day before are given back when it is read. The format is arrays
of numbers and one record, no code: it may come from anywhere.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from retold.errors import UsageError
from retold.group.constraints import NONE, Constraints
from retold.group.frequencies import Frequencies
from retold.group.grouper import Grouper
from retold.group.kept import Kept
from retold.group.stories import Active, Member
from retold.group.vectors import Vector
from retold.model import Report

__all__ = ["begin", "closed_stories", "merged", "restored", "saved"]

_LENGTH = struct.Struct("<I")


class _Row(msgspec.Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """A `Kept` but for its arrays."""

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
    keys: int
    rare: int
    numbers: float
    runs: int
    runs_in_sample: int
    sampled: bool


class _Counts(msgspec.Struct, array_like=True, frozen=True, forbid_unknown_fields=True):
    """A `Frequencies` but for its arrays."""

    language: str | None
    reports: int
    recent_reports: float
    counts: int
    recent: int


class _Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that is no array."""

    day: int
    window: int
    first_open: int
    rows: list[_Row]
    counts: list[_Counts]
    past: dict[str, list[Member]]
    forwards: dict[str, str]


def begin(grouper: Grouper, day: int) -> None:
    """Close the days before one, as the first report of it would."""
    if grouper._day is None:
        grouper._day = day
    elif day > grouper._day:
        grouper._begin(day)


def closed_stories(grouper: Grouper) -> dict[str, int]:
    """Story -> a row of it that is no more open: where that goes, the story goes."""
    found: dict[str, int] = {}
    for name, active in grouper._ledger.stories.items():
        if active.rows and active.rows[0] < grouper._first_open:
            found[name] = active.rows[0]
    return found


def merged(grouper: Grouper, before: Mapping[str, int]) -> dict[str, str]:
    """Stories that have become part of another one since `closed_stories` gave `before`."""
    of = grouper._ledger.of
    return {name: of[row] for name, row in before.items() if of.get(row, name) != name}


def saved(grouper: Grouper) -> bytes:
    """The state of a grouper whose last day has just begun (`begin`)."""
    if grouper._uncounted or grouper._day is None:
        raise UsageError("a grouper is saved when a day begins, before its first report")
    first = grouper._oldest
    rows: list[_Row] = []
    arrays: list[npt.NDArray[Any]] = []
    for number in range(first, grouper._next):
        kept = grouper._kept[number]
        vector = kept.vector
        rows.append(
            _Row(
                kept.id,
                kept.key,
                kept.day,
                None if kept.moment != kept.moment else kept.moment,
                kept.language,
                kept.outlet,
                kept.round_up,
                kept.copy_of,
                grouper._ledger.of[number],
                vector.starts,
                len(vector.keys),
                len(vector.rare),
                vector.numbers,
                vector.runs,
                vector.runs_in_sample,
                vector.sampled,
            )
        )
        arrays += [vector.keys, vector.weights, vector.rare, vector.rare_weights]
    counts: list[_Counts] = []
    for language, known in grouper._frequencies.items():
        parts = []
        for dense in (known._counts, known._recent):
            at = np.flatnonzero(dense).astype(np.int32)
            parts.append(len(at))
            arrays += [at, dense[at]]
        counts.append(_Counts(language, known.reports, known._recent_reports, *parts))
    head = msgspec.msgpack.encode(
        _Head(
            grouper._day,
            grouper._window,
            grouper._first_open - first,
            rows,
            counts,
            {name: one.past for name, one in grouper._ledger.stories.items() if one.past},
            grouper.forwards,
        )
    )
    return b"".join([_LENGTH.pack(len(head)), head, *(array.tobytes() for array in arrays)])


def restored(
    state: bytes,
    texts: Callable[[Sequence[str]], Mapping[str, Report]],
    constraints: Constraints = NONE,
) -> Grouper:
    """A grouper that goes on where another one was saved.

    Args:
        state: what `saved` gave.
        texts: the reports with some ids; one that is not there any more cannot be explained.
        constraints: what people decided.
    """
    size = _LENGTH.unpack_from(state)[0]
    head = msgspec.msgpack.decode(state[_LENGTH.size : _LENGTH.size + size], type=_Head)
    numbers = np.frombuffer(state, dtype=np.uint8, offset=_LENGTH.size + size)
    at = 0

    def taken(count: int, kind: type[np.number[Any]]) -> npt.NDArray[Any]:
        nonlocal at
        found = numbers[at : at + 4 * count].view(kind)
        at += 4 * count
        return found

    grouper = Grouper(constraints, window=head.window)
    grouper._day = head.day
    grouper._first_open = head.first_open
    grouper._next = len(head.rows)
    ledger = grouper._ledger
    for name, past in head.past.items():
        ledger.stories[name] = Active()
        ledger.stories[name].past = list(past)
    for number, row in enumerate(head.rows):
        keys, weights = taken(row.keys, np.int32), taken(row.keys, np.float32)
        rare, rare_weights = taken(row.rare, np.int32), taken(row.rare, np.float32)
        vector = Vector(
            keys=keys.copy(),
            weights=weights.copy(),
            starts=row.starts,
            numbers=row.numbers,
            runs=row.runs,
            runs_in_sample=row.runs_in_sample,
            sampled=row.sampled,
            rare=rare.copy(),
            rare_weights=rare_weights.copy(),
        )
        moment = float("nan") if row.moment is None else row.moment
        grouper._kept[number] = Kept(
            row.id,
            row.key,
            row.day,
            moment,
            row.language,
            row.outlet,
            vector,
            row.round_up,
            row.copy_of,
        )
        grouper._row_of[row.id] = number
        grouper._index.add(number, vector)
        ledger.put(number, row.story)
    ledger.forwards = dict(head.forwards)
    for one in head.counts:
        known = Frequencies(one.language)
        known.reports = one.reports
        known._recent_reports = one.recent_reports
        for dense, count in ((known._counts, one.counts), (known._recent, one.recent)):
            places = taken(count, np.int32)
            dense[:] = 0.0
            dense[places] = taken(count, np.float32)
        grouper._frequencies[one.language] = known
    open_ids = [row.id for row in head.rows[head.first_open :]]
    for name, text in texts(open_ids).items():
        grouper._texts[grouper._row_of[name]] = text
    return grouper
