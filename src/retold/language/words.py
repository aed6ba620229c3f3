"""Function words: what a language's sentences are held together with.

They tell languages apart (`retold.language.identify`) and are the words that say nothing of a
sentence's content when sentences are compared.
"""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Words"]


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """The function words of a language.

    Attributes:
        function_words: articles, pronouns, prepositions, conjunctions, auxiliaries and the
            commonest adverbs, lower case, sorted, each once; elided forms ("l", "qu") without
            their apostrophe.
        look_alikes: words of closely related languages (Afrikaans and Frisian beside Dutch,
            Catalan and Galician beside Spanish) that this language does not have.
        foreign_letters: lower-case letters of the same script that it does not have, and its
            relatives do.
    """

    function_words: tuple[str, ...] = ()
    look_alikes: tuple[str, ...] = ()
    foreign_letters: str = ""
