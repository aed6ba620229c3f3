"""News agencies of the world: their names, acronyms and how they sign. Data: `und/agencies.toml`.

Agencies sign in every language, so the table belongs to none ("und", undetermined).
"""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from retold.language import table

__all__ = ["Agencies", "Agency", "agencies", "by_form"]


class Agency(Struct, frozen=True, forbid_unknown_fields=True):
    """One agency.

    Attributes:
        name: its English name, or the acronym it is known by in English.
        country: ISO 3166-1 alpha-2; None for international ones.
        names: full names, in its own language and in English. They mean the agency wherever
            they stand.
        marks: acronyms and short forms as it signs with. Many are ordinary words or initials
            of something else ("PA", "ANSA", "Interfax"), so they mean the agency only where
            agencies sign: in a dateline, a byline, a footer.
    """

    name: str
    country: str | None = None
    names: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


class Agencies(Struct, frozen=True, forbid_unknown_fields=True):
    """The table: one entry an agency, by name."""

    agency: tuple[Agency, ...] = ()


def agencies() -> tuple[Agency, ...]:
    """All agencies."""
    return table(Agencies, "und").agency


@cache
def by_form() -> dict[str, Agency]:
    """Every form, upper case, with single blanks, -> its agency."""
    forms: dict[str, Agency] = {}
    for agency in agencies():
        for form in (agency.name, *agency.names, *agency.marks):
            forms.setdefault(" ".join(form.upper().split()), agency)
    return forms
