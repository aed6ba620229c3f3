"""ISO dates exactly as precise as they were found: a bare day never becomes 00:00."""

from __future__ import annotations

import re
from datetime import date

from retold.model import Dating, Precision

__all__ = ["parse_iso"]

# ISO 8601 / RFC 3339 as pages really write it: "T" or a blank, seconds and fraction or none,
# zone as "Z", "+09:00", "+0900", "+09" or none.
_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})"
    r"(?:[T ](?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"[ ]?(?P<zone>Z|z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?)?)?\Z"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{4})?)?\Z")


def parse_iso(raw: str, found_in: str) -> tuple[str, Dating] | None:
    """The date in ISO form and how it was found; None for what is no date.

    Args:
        raw: "2031", "2031-04", "2031-04-05", "2031-04-05T06:07+09:00" and their like.
        found_in: see `Dating`.

    Returns:
        The string keeps the precision found: fractions of a second are cut (they stay in
        `Dating.raw`), a zone is written "Z" or "+09:00", a missing one stays missing.
    """
    text = raw.strip()[:64]
    compact = _COMPACT.match(text)
    if compact:
        year, month, day, hour, minute, second, zone = compact.groups()
        text = f"{year}-{month}-{day}"
        if hour:
            text += f"T{hour}:{minute}" + (f":{second}" if second else "") + (zone or "")
    match = _ISO.match(text)
    if match is None:
        return None
    part = match.groupdict()
    try:
        date(int(part["year"]), int(part["month"] or 1), int(part["day"] or 1))
    except ValueError:
        return None
    if part["hour"] and not _is_time(part["hour"], part["minute"], part["second"]):
        return None
    zone = _zone(part["zone"])
    precision: Precision
    if part["second"]:
        precision = "second"
    elif part["hour"]:
        precision = "minute"
    elif part["day"]:
        precision = "day"
    elif part["month"]:
        precision = "month"
    else:
        precision = "year"
    iso = "-".join(p for p in (part["year"], part["month"], part["day"]) if p)
    if part["hour"]:
        iso += f"T{part['hour']}:{part['minute']}"
        iso += f":{part['second']}" if part["second"] else ""
        iso += zone or ""
    return iso, Dating(precision=precision, zone=zone, found_in=found_in, raw=raw.strip()[:64])


def _is_time(hour: str, minute: str, second: str | None) -> bool:
    return int(hour) < 24 and int(minute) < 60 and int(second or 0) <= 60


def _zone(raw: str | None) -> str | None:
    if raw is None:
        return None
    if raw in ("Z", "z", "UTC", "GMT"):
        return "Z"
    digits = raw[1:].replace(":", "").ljust(4, "0")
    return f"{raw[0]}{digits[:2]}:{digits[2:]}"
