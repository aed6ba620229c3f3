"""Dates as people and tables write them: "4 March 2031", "04.03.2031", "4 марта 2031 г., 10:15".

Names of months and weekdays come from all languages together (`retold.language.calendar`): which
language a column is in is seldom known, and few names mean two months. What can be read in two
ways is not read at all: 04/03/2031 is in March or in April, and the reason says so. Dots are read
as day, month, year, which is their order wherever dates are written with dots; a number is a
Unix time where that lies in the years 1980 to 2100.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from typing import Literal

from retold.language.calendar import names
from retold.model import Dating
from retold.read.dates import parse_date, parse_iso

__all__ = ["Order", "Unread", "read_date", "unix"]

Order = Literal["dmy", "mdy"]

# Marks of Indic scripts are part of words, though no letters.
_TOKEN = re.compile(
    r"\d+|[^\W\d_](?:[^\W\d_]|[\u0900-\u0903\u093a-\u094f]|['’.-](?=[^\W\d_]))*|[^\w\s]"
)
_CLOCK = re.compile(
    r"(?<!\d)(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d{1,9})?)?(?!\d)"
    r"(?:\s?(?P<half>[ap])\.?m\.?(?!\w))?"
    r"(?:\s?(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})(?!\w))?",
    re.ASCII | re.IGNORECASE,
)
_NUMERIC = re.compile(r"(\d{1,4})([/.\-])\s?(\d{1,2})\2\s?(\d{1,4})(?!\d)")
_EAST = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(?:(\d{1,2})\s?[日일号號])?")
_ZONE_NAME = re.compile(r"\b[A-Z]{2,5}\b")
"""Names of zones mean several zones each, so that they are left out ("CST")."""
_LONGEST = 80
_SECONDS = 315_532_800.0, 4_102_444_800.0  # 1980-01-01, 2100-01-01
_UNIX = re.compile(r"\d{9,10}(?:\.\d{1,9})?|\d{12,13}")
_PM = {"a": 0, "p": 12}


class Unread(str):
    """Why a date was not read, as words that follow "published '…'"."""

    __slots__ = ()


def read_date(raw: str, found_in: str, order: Order | None = None) -> tuple[str, Dating] | Unread:
    """The date in ISO form, as precise as it was written; or why it is none.

    Args:
        raw: ISO 8601, RFC 2822, a Unix time in digits, or a date in words or numbers.
        found_in: see `Dating`.
        order: how numbers with strokes or hyphens are meant (04/03/2031); None where nobody
            knows.
    """
    found = parse_date(raw, found_in)
    if found is not None:
        return found
    text = unicodedata.normalize("NFKC", raw).strip()[: _LONGEST + 1]
    text = "".join(str(int(c)) if c.isdecimal() else c for c in text)
    if len(text) > _LONGEST:
        return Unread("is no date")
    if _UNIX.fullmatch(text):
        seconds = unix(float(text))
        if seconds is not None:
            return _dated(seconds, found_in, raw)
    day = _day(text, order)
    if isinstance(day, Unread):
        return day
    iso, rest = day
    clock = _CLOCK.search(rest)
    if clock is not None:
        if len(iso) < len("2031-03-04"):
            return Unread("is no date")
        rest = rest[: clock.start()] + " " + rest[clock.end() :]
        iso += _time(clock)
    if clock is not None:
        rest = _ZONE_NAME.sub(" ", rest, count=1)
    if not _is_idle(rest):
        return Unread("is no date")
    return _dated(iso, found_in, raw)


def unix(number: float) -> str | None:
    """A Unix time in seconds or milliseconds as ISO 8601; None outside 1980 to 2100."""
    low, high = _SECONDS
    for seconds in (number, number / 1000):
        if low <= seconds < high:
            return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return None


def _dated(iso: str, found_in: str, raw: str) -> tuple[str, Dating] | Unread:
    found = parse_iso(iso, found_in)
    if found is None:
        return Unread("is no date")
    text, dating = found
    return text, Dating(dating.precision, dating.zone, found_in, raw.strip()[:64])


def _time(clock: re.Match[str]) -> str:
    hour, half = int(clock["hour"]), (clock["half"] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + _PM[half]
    elif half:
        hour = 99  # 15 p.m.
    iso = f"T{hour:02}:{clock['minute']}"
    iso += f":{clock['second']}" if clock["second"] else ""
    zone = (clock["zone"] or "").upper()
    return iso + ("Z" if zone in ("UTC", "GMT") else zone)


def _day(text: str, order: Order | None) -> tuple[str, str] | Unread:
    """Year, month and day as ISO, and the text without them."""
    east = _EAST.search(text)
    if east is not None:
        year, month, day = east.groups()
        iso = f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
        return iso, text[: east.start()] + " " + text[east.end() :]
    numeric = _NUMERIC.search(text)
    if numeric is not None:
        iso = _numbers(numeric, order)
        if isinstance(iso, Unread):
            return iso
        return iso, text[: numeric.start()] + " " + text[numeric.end() :]
    return _words(text)


def _numbers(match: re.Match[str], order: Order | None) -> str | Unread:
    """2031/03/04, 04.03.2031, and 04/03/2031 where one of the numbers can be no month."""
    first, mark, second, third = match.groups()
    if len(first) == 4 and len(third) <= 2:
        return f"{first}-{int(second):02}-{int(third):02}"
    if len(third) != 4 or len(first) > 2:
        return Unread("has a year of two digits" if len(third) == 2 else "is no date")
    a, b = int(first), int(second)
    if mark == "." or order == "dmy" or (order is None and (b <= 12 < a or a == b)):
        return f"{third}-{b:02}-{a:02}"
    if order == "mdy" or a <= 12 < b:
        return f"{third}-{a:02}-{b:02}"
    return Unread(
        "may be in day-month or in month-day order (--dates dmy or --dates mdy says which)"
    )


def _words(text: str) -> tuple[str, str] | Unread:
    """A month by name, a year of four digits, and at most one number for the day."""
    clock = _CLOCK.search(text)
    hidden = text
    if clock is not None:
        start, end = clock.span()
        hidden = text[:start] + " " * (end - start) + text[end:]
    months: list[tuple[re.Match[str], int]] = []
    years: list[re.Match[str]] = []
    days: list[re.Match[str]] = []
    known = names().months
    for token in _TOKEN.finditer(hidden):
        form = unicodedata.normalize("NFKC", token.group()).casefold().rstrip(".")
        if form.isdigit():
            (years if len(form) == 4 else days).append(token)
        elif form in known:
            months.append((token, known[form]))
    if len(months) != 1 or len(years) != 1 or len(days) > 1:
        return Unread("is no date")
    token, month = months[0]
    iso = f"{years[0].group()}-{month:02}"
    used = [token, years[0]]
    if days:
        if len(days[0].group()) > 2:
            return Unread("is no date")
        iso += f"-{int(days[0].group()):02}"
        used.append(days[0])
    rest = list(text)
    for one in used:
        rest[one.start() : one.end()] = " " * (one.end() - one.start())
    return iso, "".join(rest)


def _is_idle(rest: str) -> bool:
    """Whether nothing is left but weekdays, small words and marks."""
    idle = names().idle
    for token in _TOKEN.findall(rest):
        form = token.casefold().rstrip(".")
        if form and form[0].isalnum() and form not in idle:
            return False
    return True
