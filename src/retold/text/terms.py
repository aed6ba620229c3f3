"""Terms: what a text is found by.

A term is looser than a word of `retold.text.words`: search should find "Erdoğan" by "erdogan",
"O'Brien" by "brien", "1,200" by "1200" and "U.S." by "us". So letters are case-folded and lose
their accents in scripts where people search without them (Latin, Greek, the points of Hebrew
and Arabic, ё); apostrophes and hyphens separate; thousands lose their separators. Accents that
make another letter (й, Indic vowel signs) stay. Scripts written without spaces give one term a
character, and are found as phrases.

Terms hold letters, digits and marks only, so that any index can take them as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from retold.text.words import UNSPACED

__all__ = ["LONGEST", "Term", "fold_term", "spotted", "terms"]

LONGEST = 64
"""Characters of a term; longer runs (encoded data, mostly) are cut. Indexes have limits."""

Term = tuple[str, int, int]
"""A term with its span."""

_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0962\u0963"
_TERM = re.compile(
    r"\d{1,3}(?:[.,'\u2019\u00a0\u202f]\d{3})+(?!\d)"  # 1,234,567
    rf"|(?:[^\W\d_{UNSPACED}]\.){{2,}}"  # U.S.
    rf"|(?:[^\W_{UNSPACED}]|[{_MARKS}])+"
    rf"|[{UNSPACED}]"
)
_UNMARKED = ("LATIN", "GREEK", "HEBREW", "ARABIC")
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ё": "е", "ـ": None}
)


def terms(text: str) -> list[str]:
    """The terms of a text, in order."""
    return [term for match in _TERM.finditer(text) if (term := _term(match.group()))]


def spotted(text: str) -> Iterator[Term]:
    """The terms of a text with their spans; the n-th is the n-th of `terms`."""
    for match in _TERM.finditer(text):
        term = _term(match.group())
        if term:
            yield term, match.start(), match.end()


def _term(written: str) -> str:
    if written.isascii() and written.isalnum():
        return written.lower()[:LONGEST]
    return fold_term(written)


@lru_cache(maxsize=100_000)
def fold_term(written: str) -> str:
    """The form of one run of letters and digits that is looked up; empty when nothing is left."""
    folded = unicodedata.normalize("NFKD", written.casefold().translate(_PLAIN)).casefold()
    kept = []
    unmarked = False
    for character in folded:
        if unicodedata.category(character).startswith("M"):
            if not unmarked:
                kept.append(character)
        elif character.isalnum():
            unmarked = unicodedata.name(character, "").startswith(_UNMARKED)
            kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept)).translate(_PLAIN)[:LONGEST]
