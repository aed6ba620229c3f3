"""A date as the stretch of time that it may mean."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from retold.model import Dating

__all__ = ["moments", "nominal"]

# The day begins 14 hours before UTC's on Kiribati, and ends 12 hours after it on Baker Island
# (IANA time zones Pacific/Kiritimati, Etc/GMT+12).
_EARLIEST = 14 * 3600
_LATEST = 12 * 3600
_LENGTHS = {"minute": 60, "second": 1}


def moments(published: str | None, dating: Dating | None) -> tuple[int | None, int | None]:
    """First second that the date may mean, and the one after the last; UTC, since 1970.

    A bare day is the whole day, a month the whole month. Without an offset it is that day (or
    minute) anywhere on Earth. (None, None) for no date, or one that is no ISO date.
    """
    since, until = nominal(published, dating)
    if since is None or until is None or published is None or _zoned(published):
        return since, until
    return since - _EARLIEST, until + _LATEST


def nominal(published: str | None, dating: Dating | None) -> tuple[int | None, int | None]:
    """As `moments`, with what has no offset taken for UTC: what a calendar shows it under."""
    if published is None:
        return None, None
    try:
        start, end = _stretch(published, dating)
        if start.tzinfo is None:
            start, end = start.replace(tzinfo=UTC), end.replace(tzinfo=UTC)
        return _seconds(start), _seconds(end)
    except (ValueError, OverflowError):
        return None, None


def _zoned(published: str) -> bool:
    return len(published) > 10 and datetime.fromisoformat(published).tzinfo is not None


def _stretch(published: str, dating: Dating | None) -> tuple[datetime, datetime]:
    parts = published.strip().split("-")
    if len(published) == 4:
        start = datetime(int(published), 1, 1)
        return start, start.replace(year=start.year + 1)
    if len(parts) == 2 and len(published) == 7:
        start = datetime(int(parts[0]), int(parts[1]), 1)
        return start, (start + timedelta(days=32)).replace(day=1)
    start = datetime.fromisoformat(published)
    if len(published) == 10:
        return start, start + timedelta(days=1)
    precision = dating.precision if dating is not None else "second"
    return start, start + timedelta(seconds=_LENGTHS.get(precision, 1))


def _seconds(moment: datetime) -> int:
    return int((moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() // 1)
