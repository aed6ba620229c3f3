"""How a language writes dates and times of day. Data: `<code>/dates.toml`."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Dates"]


class Dates(Struct, frozen=True, forbid_unknown_fields=True):
    """Names of months and days, and words that count from the day of writing.

    All forms are folded (`retold.text.words.fold`).

    Attributes:
        months: name or abbreviation -> 1–12.
        ambiguous_months: also ordinary words ("may", "march"): they need a day, a year or
            one of `before_month` beside them.
        before_month: prepositions.
        weekdays: name or abbreviation -> 0 (Monday) – 6.
        days: words for a day counted from the day of writing ("yesterday" -> -1).
        parts: parts of the day -> hour in which they lie, roughly ("morning" -> 8).
        hours: words for a time of day ("noon" -> 12).
        periods: unit words -> "week", "month", "year", "decade", "century", "weekend".
        shifts: words before a period or weekday that count from now ("last" -> -1).
        behind: words behind a count that put it in the past ("ago").
        counted: units that are counted through ("third quarter", "16th century") -> unit.
        decades: words for decades ("seventies" -> 70); `decade_ending` glued to a year.
        seasons: name -> number of the season; they need one of `before_month` or `before_year`.
        portions: words for a part of a month or year ("early" -> 0, "late" -> 2).
        before_year: words before four digits that make them a year.
        holidays: phrase -> (month, day).
        am, pm: marks of the halves of the day.
        clock: words behind an hour ("o'clock", "Uhr").
        of: words between a day and its month.
        ordinal_endings: glued to a day ("1st").
        month_first: how 10/01/2023 is read; None when both are usual.
    """

    months: dict[str, int] = {}
    ambiguous_months: tuple[str, ...] = ()
    before_month: tuple[str, ...] = ()
    weekdays: dict[str, int] = {}
    days: dict[str, int] = {}
    parts: dict[str, int] = {}
    hours: dict[str, int] = {}
    periods: dict[str, str] = {}
    shifts: dict[str, int] = {}
    counted: dict[str, str] = {}
    decades: dict[str, int] = {}
    decade_ending: tuple[str, ...] = ()
    seasons: dict[str, int] = {}
    portions: dict[str, int] = {}
    before_year: tuple[str, ...] = ()
    holidays: dict[str, tuple[int, int]] = {}
    behind: tuple[str, ...] = ()
    am: tuple[str, ...] = ()
    pm: tuple[str, ...] = ()
    clock: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    ordinal_endings: tuple[str, ...] = ()
    month_first: bool | None = None
