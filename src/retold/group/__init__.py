"""Reports to stories. `Grouper` takes a stream; `group` a list, with the same result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from retold.group.constraints import NONE, Constraints

if TYPE_CHECKING:
    from retold.group.grouper import Grouper
    from retold.model import Placed, Report

__all__ = ["NONE", "Constraints", "group", "in_order"]


def group(
    reports: Sequence[Report],
    constraints: Constraints = NONE,
    today: int | None = None,
    grouper: Grouper | None = None,
) -> Iterator[Placed]:
    """Group reports, given in any order.

    Args:
        reports: each with an id of its own.
        constraints: what people decided.
        today: as in `Grouper.add`.
        grouper: goes on from its state; a new one by default.

    Yields:
        one placing for each report, in canonical order, when nothing that comes can change it: a
        story may become part of another one for as long as its reports attract others.
    """
    from collections import deque

    import msgspec

    from retold.group.checkpoints import begin, closed_stories, merged
    from retold.group.grouper import OPEN_DAYS, Grouper

    grouper = Grouper(constraints) if grouper is None else grouper
    told: set[str] = set()
    waiting: deque[Placed] = deque()
    before: dict[str, int] = {}
    ordered = in_order(reports, today)
    for place, (day, report) in enumerate(ordered):
        if not place or day != ordered[place - 1][0]:
            begin(grouper, day)
            before = closed_stories(grouper)
            while waiting and waiting[0].story not in before:
                yield waiting.popleft()
        grouper.take(report, today)
        following = ordered[place + 1][0] if place + 1 < len(ordered) else None
        if following == day:
            continue
        grouper.settle()
        if names := merged(grouper, before):
            waiting = deque(
                msgspec.structs.replace(one, story=names.get(one.story, one.story))
                for one in waiting
            )
        for its_day, name in grouper.open_reports:
            if name not in told and (following is None or its_day <= following - OPEN_DAYS):
                told.add(name)
                waiting.append(grouper.explain(name))
    yield from waiting


def in_order(reports: Sequence[Report], today: int | None = None) -> list[tuple[int, Report]]:
    """Reports with the day they are decided under, by day, time and content.

    Undated ones come under the day of the dated report that is nearest, without one last.
    """
    import math

    from retold.group.kept import content_key, moment
    from retold.group.undated import days_of_nearest

    dated: list[tuple[int, float, str, Report]] = []
    undated: list[tuple[str, Report]] = []
    for report in reports:
        when = moment(report.published)
        if math.isnan(when) or (today is not None and when >= today + 2):
            undated.append((content_key(report), report))
        else:
            dated.append((int(when), when, content_key(report), report))
    last = max((day for day, *_ in dated), default=0 if today is None else today)
    days: list[int | None] = [None] * len(undated)
    if undated and dated:
        days = days_of_nearest(
            [report for _, report in undated], ((day, report) for day, *_, report in dated)
        )
    later = []
    for day, (key, report) in zip(days, undated, strict=True):
        if day is None:
            later.append((last, key, report))
        else:
            dated.append((day, math.inf, key, report))
    dated.sort(key=lambda one: one[:3])
    later.sort(key=lambda one: one[:2])
    found = [(day, report) for day, _, _, report in dated]
    return found + [(day, report) for day, _, report in later]
