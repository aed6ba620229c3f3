"""The words of datelines, bylines and credit lines. Data: `<code>/datelines.toml`.

Reading looks for all languages' forms at once, because a dateline is often in another language
than its report, and stands before the language is known.
"""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from retold.language import available, table
from retold.language.dates import Dates

__all__ = ["Datelines", "merged", "months"]


class Datelines(Struct, frozen=True, forbid_unknown_fields=True):
    """One language's forms, in lower case.

    Attributes:
        months: names, inflected forms and abbreviations without full stop, beside those in
            `dates.toml`.
        weekdays: names and abbreviations, as they stand in datelines.
        by: words that open a byline ("by").
        source: words that open a credit line ("source", "with files from").
        copyright: words and signs that open a copyright line.
        reserved: phrases that end one ("all rights reserved").
        staff: phrases around names that are no agency ("reporting by").
        agency_nouns: words that end or begin an agency's name ("news agency").
        particles: lower-case words inside a place's name ("de", "upon").
        contributed: phrases behind an agency's name ("contributed to this report").
        labels: words in capitals before a dash or colon that are no place ("update").
        captions: parts of lines that describe or credit a picture ("file photo").
    """

    months: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    copyright: tuple[str, ...] = ()
    reserved: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    agency_nouns: tuple[str, ...] = ()
    particles: tuple[str, ...] = ()
    contributed: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()


@cache
def merged() -> Datelines:
    """The forms of all languages together, longest first."""
    tables = [table(Datelines, code) for code in available()]

    def joined(name: str) -> tuple[str, ...]:
        forms = {form for one in tables for form in getattr(one, name)}
        return tuple(sorted(forms, key=lambda form: (-len(form), form)))

    return Datelines(**{name: joined(name) for name in Datelines.__struct_fields__})


@cache
def months() -> frozenset[str]:
    """Every language's names of months, lower case, without a full stop."""
    names = {name for code in available() for name in table(Dates, code).months}
    return frozenset(name.rstrip(".") for name in names | set(merged().months))
