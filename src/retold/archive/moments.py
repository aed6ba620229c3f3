"""A date as the stretch of time that it may mean."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from retold.model import Dating

__all__ = ["moments"]

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
    if published is None:
        return None, None
    try:
        start, end = _stretch(published, dating)
    except (ValueError, OverflowError):
        return None, None
    if start.tzinfo is not None:
        return _seconds(start), _seconds(end)
    return (
        _seconds(start.replace(tzinfo=UTC)) - _EARLIEST,
        _seconds(end.replace(tzinfo=UTC)) + _LATEST,
    )


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
