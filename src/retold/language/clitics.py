"""What a script writes together with a word. Data: `<code>/clitics.toml`."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Clitics"]


class Clitics(Struct, frozen=True, forbid_unknown_fields=True):
    """Articles, conjunctions and prepositions that are glued to a word's beginning.

    Attributes:
        letters: of the script's words; a word with any other letter is left alone.
        articles: the article, alone and behind what is glued before it.
        particles: conjunctions and prepositions of one letter.
        shortest: letters of a word that takes an article, and of one that takes a particle:
            shorter ones are other words as soon as a letter stands before them.
        endings: letters at the end that are written for each other.
    """

    letters: str = ""
    articles: tuple[str, ...] = ()
    particles: tuple[str, ...] = ()
    shortest: tuple[int, int] = (3, 4)
    endings: tuple[tuple[str, str], ...] = ()
