"""`retold copies`: which reports carry the words of which."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from retold.cli import refusing
from retold.errors import InputRefused
from retold.group.copies.fold import fold
from retold.model import Refusal, Segmented
from retold.pipeline import refusal_of, story_id
from retold.read import stream
from retold.segment import segment
from retold.settings import Settings
from retold.show.copies import copies_record
from retold.show.names import count

__all__ = ["copies"]


def copies(inputs: Sequence[str], settings: Settings) -> int:
    """Write the tellings of each story, copies folded; returns the exit code.

    Reports whose records name no story are taken as one.
    """
    refused: list[Refusal] = []
    stories: dict[str | None, dict[str, Segmented]] = {}
    for report, story in stream(inputs, refused.append, settings, notify=refusing.notify):
        known = stories.setdefault(story, {})
        if report.id in known:
            refused.append(_again(report.id, report.source))
            continue
        try:
            known[report.id] = segment(report, settings)
        except InputRefused as error:
            refused.append(refusal_of(report, error))
    reports = tellings = 0
    for story, some in stories.items():
        if not some:
            continue
        found = fold(list(some.values()))
        reports += found.reports
        tellings += len(found.folds)
        name = story or story_id([one.report for one in some.values()])
        sys.stdout.buffer.write(copies_record(name, found) + b"\n")
    refusing.say(refused)
    if not reports:
        return refusing.code_of_failure(refused) if refused else 1
    refusing.notify(f"{count(reports, 'report')}, {count(tellings, 'telling')}")
    return 3 if refused else 0


def _again(name: str, source: str | None) -> Refusal:
    return Refusal(
        source=source or name,
        where="",
        error="BadRecord",
        reason=f"a second report with the id {name!r}",
        advice="Give each report an id of its own, or none",
    )
