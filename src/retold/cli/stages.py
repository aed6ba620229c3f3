"""Commands that run one stage on JSON Lines, so that it can be piped and measured."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from retold.cli import refusing
from retold.errors import InputRefused
from retold.model import Refusal, Report
from retold.pipeline import attributed, collated, refusal_of, story_id, traced
from retold.read import stream
from retold.settings import Settings
from retold.show.records import collation_record, quotes_record, stemma_record

__all__ = ["collate", "quotes", "trace"]


def quotes(inputs: Sequence[str], settings: Settings) -> int:
    """Write who is quoted in each report; returns the exit code."""
    refused: list[Refusal] = []
    found = reports = 0
    for report, _ in stream(inputs, refused.append, settings, notify=refusing.notify):
        reports += 1
        try:
            segmented, attribution = attributed(report, settings)
        except InputRefused as error:
            refused.append(refusal_of(report, error))
            continue
        found += len(attribution.quotations)
        _line(quotes_record(segmented, attribution))
    return _code(refused, reports, found)


def collate(inputs: Sequence[str], settings: Settings) -> int:
    """Write how the reports of each story line up; returns the exit code."""
    stories, refused = _stories(inputs, settings)
    found = 0
    for story, reports in stories.items():
        whole = collated(reports, settings)
        refused.extend(whole.refused)
        found += len(whole.collation.passages)
        _line(collation_record(story or story_id(reports), whole.segmented, whole.collation))
    return _code(refused, len(stories), found)


def trace(inputs: Sequence[str], settings: Settings) -> int:
    """Write the stemma of each story; returns the exit code."""
    stories, refused = _stories(inputs, settings)
    found = 0
    for story, reports in stories.items():
        whole = collated(reports, settings)
        refused.extend(whole.refused)
        stemma = traced(whole, settings)
        found += len(stemma.edges) + len(stemma.undecided)
        _line(stemma_record(story or story_id(reports), stemma))
    return _code(refused, len(stories), found)


def _stories(
    inputs: Sequence[str], settings: Settings
) -> tuple[dict[str | None, list[Report]], list[Refusal]]:
    """Reports by the story that their record names, stories in the order of appearance."""
    refused: list[Refusal] = []
    stories: dict[str | None, list[Report]] = {}
    for report, story in stream(inputs, refused.append, settings, notify=refusing.notify):
        stories.setdefault(story, []).append(report)
    return stories, refused


def _line(record: bytes) -> None:
    sys.stdout.buffer.write(record + b"\n")


def _code(refused: Sequence[Refusal], units: int, found: int) -> int:
    refusing.say(refused)
    if refused:
        return 3 if units else refusing.code_of_failure(refused)
    return 0 if found else 1
