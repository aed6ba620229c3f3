"""Codes of languages. Data: `und/codes.toml`."""

from __future__ import annotations

from msgspec import Struct

from retold.language import table

__all__ = ["Codes", "code_of", "english_name"]


class Codes(Struct, frozen=True, forbid_unknown_fields=True):
    """Languages with a code of two letters.

    Attributes:
        languages: ISO 639-1 code -> English name.
        long: ISO 639-2 code -> ISO 639-1 code, for languages that have words here.
    """

    languages: dict[str, str] = {}
    long: dict[str, str] = {}


def code_of(written: str) -> str | None:
    """The ISO 639-1 code that somebody means ("DE", "deu", "de-AT"); None for what is no code."""
    codes = table(Codes, "und")
    code = written.strip().replace("_", "-").partition("-")[0].lower()
    code = codes.long.get(code, code)
    return code if code in codes.languages else None


def english_name(code: str) -> str:
    """What a language is called in English."""
    return table(Codes, "und").languages[code]
