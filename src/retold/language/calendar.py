"""Words of written dates ("4. März 2031", "le 4 mars 2031"). Data: `<code>/calendar.toml`.

Months of languages whose texts are read for dates (`retold.language.dates`) stand there.
"""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from retold.language import available, table
from retold.language.dates import Dates

__all__ = ["Calendar", "Names", "names"]


class Calendar(Struct, frozen=True, forbid_unknown_fields=True):
    """A language's words around days and years; all forms folded.

    Attributes:
        months: name or abbreviation, in any case -> 1–12.
        weekdays: names and abbreviations.
        fillers: words that stand in a date and say nothing ("de", "г", "um", "Uhr").
    """

    months: dict[str, int] = {}
    weekdays: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()


class Names(Struct, frozen=True):
    """The words of all languages together.

    Attributes:
        months: those that name one month only, whatever the language.
        idle: weekdays and fillers.
    """

    months: dict[str, int]
    idle: frozenset[str]


@cache
def names() -> Names:
    """The words of all languages; a word that names two months is left out ("listopad")."""
    found: dict[str, set[int]] = {}
    idle: set[str] = set()
    for code in available():
        calendar, dates = table(Calendar, code), table(Dates, code)
        for months in (calendar.months, dates.months):
            for name, number in months.items():
                found.setdefault(name.rstrip("."), set()).add(number)
        idle.update(calendar.weekdays, dates.weekdays, calendar.fillers, dates.of, dates.clock)
    months = {name: min(numbers) for name, numbers in found.items() if len(numbers) == 1}
    return Names(months, frozenset(word.rstrip(".") for word in idle) - months.keys())
