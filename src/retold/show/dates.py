"""Times of publication as people write them, never more precise than they are."""

from __future__ import annotations

import re
from datetime import datetime

from retold.model import Report
from retold.show.marks import visible

__all__ = ["as_read", "dated", "dated_shortly"]

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}:\d{2})\S*)?)?)?")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_LETTERS = 3  # of a month


def dated(published: str, letters: int | None = None) -> str:
    """ "4 March 2025, 08:12", without a zone; what is no ISO date stays as it is.

    Args:
        published: as `retold.model.Report.published`.
        letters: of the month's name; None for all.
    """
    match = _ISO.fullmatch(published)
    if match is None:
        return visible(published)
    year, month, day, time = match.groups()
    if month is None or not 1 <= int(month) <= len(_MONTHS):
        return year if month is None else published
    said = f"{_MONTHS[int(month) - 1][:letters]} {year}"
    if day is not None:
        said = f"{int(day)} {said}"
    return f"{said}, {time}" if time else said


def dated_shortly(report: Report) -> str:
    """ "4 Mar 2025, 08:12 +02:00", or "date not known"."""
    if not report.published:
        return "date not known"
    said = dated(report.published, _LETTERS)
    zone = report.dating.zone if report.dating is not None else None
    timed = zone is not None and ":" in said
    return f"{said} {'UTC' if zone == 'Z' else visible(zone)}" if timed and zone else said


def as_read(moment: str, *, local: bool = False) -> str:
    """ "4 Mar 2025, 08:12 CET": a moment as it is read, with its zone; a day is a day.

    Args:
        moment: ISO 8601. What has no time, or a time without a zone, stays where it is.
        local: as the clock of this machine shows it, else in the zone it is written in.
    """
    said = dated(moment, _LETTERS)
    try:
        when = datetime.fromisoformat(moment)
    except ValueError:
        return said
    if ":" not in said or when.tzinfo is None:
        return said
    if local:
        when = when.astimezone()
    return (
        f"{dated(when.isoformat(), _LETTERS)} {(when.tzname() or '').removeprefix('UTC') or 'UTC'}"
    )
