"""How a language marks versions of one text: updates, corrections, takes. Data: `versions.toml`.

Wires write English marks in every language ("UPDATE 2"), so that all tables are looked through.
"""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from retold.language import available, table

__all__ = ["Versions", "marks"]


class Versions(Struct, frozen=True, forbid_unknown_fields=True):
    """One language's marks, in lower case.

    Attributes:
        later: words of a heading that mark a later version ("corrects", "2nd lead", "recasts").
        first: words of a heading that mark a first one ("urgent", "first lead", "developing").
        notes: phrases anywhere that speak of an earlier version of the same text.
        ordinals: number words, "first" first.
        numbered: words that a number or ordinal counts ("update", "take", "lead").
        generic: words of bylines that name nobody ("staff", "agencies").
    """

    later: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    ordinals: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()
    generic: tuple[str, ...] = ()


@cache
def marks() -> Versions:
    """The marks of all languages together; `ordinals` is only to be had by language."""
    tables = [table(Versions, code) for code in available()]

    def joined(name: str) -> tuple[str, ...]:
        return tuple(sorted({form for one in tables for form in getattr(one, name)}))

    return Versions(
        later=joined("later"),
        first=joined("first"),
        notes=joined("notes"),
        numbered=joined("numbered"),
        generic=joined("generic"),
    )
