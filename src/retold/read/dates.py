"""ISO dates exactly as precise as they were found: a bare day never becomes 00:00."""

from __future__ import annotations

import re
from datetime import date

from retold.model import Dating, Precision

__all__ = ["parse_date", "parse_iso"]

# ISO 8601 / RFC 3339 as pages really write it: "T" or a blank, seconds and fraction or none,
# zone as "Z", "+09:00", "+0900", "+09" or none.
_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})"
    r"(?:[T ](?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"[ ]?(?P<zone>Z|z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?)?)?\Z",
    re.ASCII,
)
_COMPACT = re.compile(
    r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{4})?)?\Z", re.ASCII
)
# RFC 822 and 5322 as feeds really write it: weekday or none, month names cut or whole, years of
# two digits, seconds or none.
_MAIL = re.compile(
    r"(?:[A-Za-z]{2,9}\.?,?[ ]{1,3})?(?P<day>\d{1,2})[ -](?P<month>[A-Za-z]{3})[a-z]{0,6}\.?[ -]"
    r"(?P<year>\d{4}|\d{2})(?:[ ]{1,3}(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"(?:[ ]{0,2}(?P<zone>[A-Za-z]{1,4}|[+-]\d{2}:?\d{2}))?)?[ ]{0,9}(?:\([^()]{0,20}\))?\Z"
)
# The zones that RFC 822 names; all other names are guesses, and stay unknown.
_ZONES = {
    **dict.fromkeys(["UT", "UTC", "GMT", "Z"], "Z"),
    "EST": "-05:00",
    "EDT": "-04:00",
    "CST": "-06:00",
    "CDT": "-05:00",
    "MST": "-07:00",
    "MDT": "-06:00",
    "PST": "-08:00",
    "PDT": "-07:00",
}
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})\Z")


def parse_date(raw: str, found_in: str) -> tuple[str, Dating] | None:
    """As `parse_iso`; also the dates of mail headers (RFC 822, which RSS uses) and 14 digits.

    The offset stays as it was given. A zone that RFC 822 does not name is left out.
    """
    text = _western(" ".join(raw.split())[:80])
    found = parse_iso(text, found_in)
    if found is None and (digits := _DIGITS.match(text)):
        year, month, day, hour, minute, second = digits.groups()
        found = parse_iso(f"{year}-{month}-{day}T{hour}:{minute}:{second}", found_in)
    if found is None and (match := _MAIL.match(text)):
        part = match.groupdict()
        number = _MONTHS.get(part["month"].lower())
        if number is None:
            return None
        year = part["year"]
        if len(year) == 2:  # RFC 2822, 4.3
            year = f"20{year}" if int(year) < 50 else f"19{year}"
        iso = f"{year}-{number:02}-{int(part['day']):02}"
        if part["hour"]:
            iso += f"T{int(part['hour']):02}:{part['minute']}"
            iso += f":{part['second']}" if part["second"] else ""
            zone = part["zone"] or ""
            iso += zone if zone[:1] in "+-" else _ZONES.get(zone.upper(), "")
        found = parse_iso(iso, found_in)
    if found is None:
        return None
    iso, dating = found
    return iso, Dating(dating.precision, dating.zone, found_in, raw.strip()[:64])


def parse_iso(raw: str, found_in: str) -> tuple[str, Dating] | None:
    """The date in ISO form and how it was found; None for what is no date.

    Args:
        raw: "2031", "2031-04", "2031-04-05", "2031-04-05T06:07+09:00" and their like.
        found_in: see `Dating`.

    Returns:
        The string keeps the precision found: fractions of a second are cut (they stay in
        `Dating.raw`), a zone is written "Z" or "+09:00", a missing one stays missing, and one that
        no place has (beyond 14 hours) counts as missing.
    """
    text = _western(raw.strip()[:64])
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


def _western(text: str) -> str:
    """Digits of every script as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(int(c)) if c.isdecimal() else c for c in text)


def _is_time(hour: str, minute: str, second: str | None) -> bool:
    return int(hour) < 24 and int(minute) < 60 and int(second or 0) <= 60


def _zone(raw: str | None) -> str | None:
    if raw is None:
        return None
    if raw in ("Z", "z", "UTC", "GMT"):
        return "Z"
    digits = raw[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    # No clock on earth is further from UTC than this; what is says nothing (tz database: -12 for
    # ships, +14 in Kiribati).
    if minutes > 59 or 60 * hours + minutes > 14 * 60:
        return None
    return f"{raw[0]}{digits[:2]}:{digits[2:]}"
