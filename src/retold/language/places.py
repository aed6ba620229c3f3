"""Countries, and everything that stands for them: names, capitals, seats, demonyms.

The readable sources are `und/places.toml` (written by hand) and, for the names of each country
in many languages, CLDR and countrynames; `tools/build_places.py` joins them into
`und/places.json`, which is what is loaded (TOML of this size takes four times as long).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
from msgspec import Struct

__all__ = ["Country", "Places", "Strength", "places"]

Strength = Literal["exact", "metonym", "demonym", "context"]


class Country(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What one country is called.

    Attributes:
        name: the short English name under which it is shown.
        names: language code -> names that mean this country and nothing else; "und" holds
            names whose language the source does not tell.
        demonyms: language code -> adjectives and nouns of nationality. In languages with
            declension these are stems.
        capital: language code -> names of the capital, which stands for the government where
            it acts or speaks.
        seats: buildings, streets and houses that stand for the government.
        loose: names that mean the country only when nothing else in the text competes.
        cities: large or often named cities and regions: places of their own.
    """

    name: str
    names: dict[str, tuple[str, ...]] = {}
    demonyms: dict[str, tuple[str, ...]] = {}
    capital: dict[str, tuple[str, ...]] = {}
    seats: dict[str, tuple[str, ...]] = {}
    loose: dict[str, tuple[str, ...]] = {}
    cities: tuple[str, ...] = ()


class Places(Struct, frozen=True, forbid_unknown_fields=True):
    """All countries by ISO 3166-1 code (and "EU", "SU", "XK"), and regions of no country."""

    countries: dict[str, Country] = {}
    regions: tuple[str, ...] = ()


@cache
def places() -> Places:
    """The shipped table."""
    path = files("retold.language") / "und" / "places.json"
    return msgspec.json.decode(path.read_bytes(), type=Places)
