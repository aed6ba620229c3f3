"""`retold group`: which reports tell the same story."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date

from retold.cli import refusing
from retold.group.stories import of_placed
from retold.model import Placed, Refusal, Report
from retold.pipeline import grouped
from retold.read import stream
from retold.settings import Settings
from retold.show.names import count
from retold.show.records import record

__all__ = ["group"]


def group(inputs: Sequence[str], settings: Settings, *, stories: bool) -> int:
    """Write where each report belongs, or each story; returns the exit code.

    Lines come day by day and within a day by content: the same for every order of the input.
    """
    refused: list[Refusal] = []
    reports: dict[str, Report] = {}
    for report, _ in stream(inputs, refused.append, settings, notify=refusing.notify):
        if report.id in reports:
            refused.append(_again(report))
        else:
            reports[report.id] = report
    placed: list[Placed] = []
    today = date.today().toordinal()
    for one in grouped(list(reports.values()), today=today, settings=settings):
        placed.append(one)
        if not stories:
            _line(record(one))
    found = of_placed(placed, reports)
    if stories:
        for story in found:
            _line(record(story))
    refusing.say(refused)
    if not reports:
        return refusing.code_of_failure(refused) if refused else 1
    refusing.notify(f"{count(len(reports), 'report')}, {count(len(found), 'story', 'stories')}")
    return 3 if refused else 0


def _again(report: Report) -> Refusal:
    return Refusal(
        source=report.source or report.id,
        where="",
        error="BadRecord",
        reason=f"a second report with the id {report.id!r}",
        advice="Give each report an id of its own, or none",
    )


def _line(line: bytes) -> None:
    sys.stdout.buffer.write(line + b"\n")
