"""Numerals in Chinese characters. Data: `und/han.toml`, one table for Chinese and Japanese."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Han"]


class Han(Struct, frozen=True, forbid_unknown_fields=True):
    """The characters that numbers are written with.

    Attributes:
        digits: character -> 0–9.
        units: character -> 10, 100 or 1000.
        scales: character -> power of ten thousand; Hangul's too, which stand behind digits.
        point: characters for a decimal point.
        counters: characters behind a number that show that a single character is one.
        ordinal: characters before a number that make it one of an order.
        vague: characters before a unit that leave its number open ("数十", "几百").
        parts: characters between the parts of a fraction ("三分之一" is one third).
        tenths: characters that count tenths ("3割").
    """

    digits: dict[str, int] = {}
    units: dict[str, int] = {}
    scales: dict[str, int] = {}
    point: tuple[str, ...] = ()
    counters: tuple[str, ...] = ()
    ordinal: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()
    parts: str = ""
    tenths: tuple[str, ...] = ()
