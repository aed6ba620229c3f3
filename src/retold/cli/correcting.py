"""`retold correct` and `retold corrections`: what people decide, for good until they undo it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence

import msgspec

from retold.archive import Archive, corrections
from retold.archive.getting import get
from retold.cli.opening import open_archive
from retold.errors import NothingFound, UsageError
from retold.holdings import (
    ActorsJoined,
    ActorsParted,
    Correction,
    EdgeConfirmed,
    EdgeRejected,
    FieldCorrected,
    PassagesJoined,
    PassagesParted,
    What,
)
from retold.keeping import correcting
from retold.model import Place
from retold.show.corrections import correction_line
from retold.show.corrections import corrections as shown
from retold.show.records import record

__all__ = [
    "between_places",
    "edge",
    "field",
    "join_stories",
    "list_corrections",
    "move",
    "part_stories",
    "pin",
    "undo",
]

_SPAN = re.compile(r"([0-9]{1,12})-([0-9]{1,12})")
_Signed = tuple[str | None, str, str | None, bool]  # archive, by, note, json


def list_corrections(archive: str | None, *, json: bool) -> int:
    """Write all corrections; returns the exit code."""
    with open_archive(archive, read_only=True) as kept:
        found = corrections.listed(kept)
    if json:
        for one in found:
            sys.stdout.buffer.write(record(one) + b"\n")
    else:
        sys.stdout.write(shown(found, encoding=sys.stdout.encoding, local=True))
    return 0 if found else 1


def join_stories(signed: _Signed, story_ids: Sequence[str]) -> int:
    """These stories are one."""
    return _made(signed, lambda archive: correcting.joined(archive, story_ids))


def part_stories(signed: _Signed, story: str, reports: Sequence[str]) -> int:
    """These reports of a story are another one."""
    return _made(signed, lambda archive: correcting.parted(archive, story, reports))


def move(signed: _Signed, report: str, to: str | None) -> int:
    """A report is in another story, or in one of its own."""
    return _made(signed, lambda archive: correcting.moved(archive, report, to))


def pin(signed: _Signed, story: str, reports: Sequence[str]) -> int:
    """These reports of a story stay together."""
    return _made(signed, lambda archive: correcting.pinned(archive, story, reports))


def edge(signed: _Signed, kind: type[EdgeConfirmed | EdgeRejected], source: str, to: str) -> int:
    """A report descends from another one, or does not."""

    def what(archive: Archive) -> What:
        get(archive, to)
        return kind(source, to)

    return _made(signed, what)


def between_places(
    signed: _Signed,
    kind: type[PassagesJoined | PassagesParted | ActorsJoined | ActorsParted],
    a: str,
    b: str,
) -> int:
    """What stands at two places is one, or two."""
    return _made(signed, lambda archive: kind(_place(archive, a), _place(archive, b)))


def field(signed: _Signed, report: str, name: str, value: str | None) -> int:
    """A field of a report has another value; None for "not known"."""

    def what(archive: Archive) -> What:
        get(archive, report)
        return msgspec.convert(
            {"kind": "field", "report": report, "field": name, "value": value}, FieldCorrected
        )

    return _made(signed, what)


def undo(signed: _Signed, number: int) -> int:
    """Take a correction back."""
    archive, by, note, json = signed
    with open_archive(archive) as kept:
        _say(correcting.undo(kept, number, by=by, note=note), json)
    return 0


def _made(signed: _Signed, what: Callable[[Archive], What]) -> int:
    archive, by, note, json = signed
    with open_archive(archive) as kept:
        made = correcting.correct(kept, what(kept), by=by, note=note)
    _say(made, json)
    return 0


def _say(made: Correction, json: bool) -> None:
    if json:
        sys.stdout.buffer.write(record(made) + b"\n")
    else:
        sys.stdout.write(f"{correction_line(made, local=True)}\n")


def _place(archive: Archive, given: str) -> Place:
    """REPORT:START-END, or REPORT:words that stand once in it."""
    for at in [match.start() for match in re.finditer(":", given)]:
        name, rest = given[:at], given[at + 1 :]
        try:
            text = get(archive, name).report.text
        except NothingFound:
            continue
        span = _SPAN.fullmatch(rest)
        if span is not None:
            start, end = int(span[1]), int(span[2])
            if not start < end <= len(text):
                raise UsageError(
                    f"the text of {name!r} has {len(text)} characters", where=given[:200]
                )
            return Place(name, (start, end))
        found = text.find(rest) if rest else -1
        if found < 0:
            raise UsageError("these words are not in the report", where=given[:200])
        if text.find(rest, found + 1) >= 0:
            raise UsageError(
                "these words stand in the report more than once",
                where=given[:200],
                advice="Give more of them, or REPORT:START-END",
            )
        return Place(name, (found, found + len(rest)))
    raise UsageError(
        "not a place in a report of the archive",
        where=given[:200],
        advice="Write REPORT:START-END, or REPORT:words that stand once in it",
    )
