"""Stems: what inflected forms of one word have in common.

The Snowball algorithms (Porter 2001, "Snowball: a language for stemming algorithms") through
PyStemmer. A language without an algorithm keeps its words as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

__all__ = ["stemmer"]

_CACHED_WORDS = 50_000


@cache
def stemmer(language: str | None) -> Callable[[str], str]:
    """A function from a folded word to its stem; results are kept for 50,000 words.

    Args:
        language: ISO 639-1 code; None, or a language without an algorithm, changes nothing.
    """
    # A tag that reports bring may be anything.
    if language is None or not (language.isascii() and language.isalpha()) or len(language) > 12:
        return _unchanged
    import Stemmer

    try:
        algorithm = Stemmer.Stemmer(language, _CACHED_WORDS)
    except KeyError:
        return _unchanged
    stem: Callable[[str], str] = algorithm.stemWord
    return stem


def _unchanged(word: str) -> str:
    return word
