"""The forms under which a word that is looked for may stand in a text: كتاب, الكتاب, والكتاب.

An index keeps the words as they stand, so that it can be read by whoever made it; it is the query
that is widened. What a word begins with is taken off only where an article is part of it: many
words begin with the letter of a particle (وزير, a minister), few with the article's two.
"""

from __future__ import annotations

from functools import cache, lru_cache

from retold.language import table
from retold.language.clitics import Clitics

__all__ = ["written_forms"]

_CODE = "ar"


@cache
def _data() -> tuple[Clitics, frozenset[str]]:
    data = table(Clitics, _CODE)
    return data, frozenset(data.letters)


@lru_cache(maxsize=1_000)
def written_forms(term: str) -> tuple[str, ...]:
    """A term of `retold.text.terms` and its other forms, the term first.

    Words of other scripts have one form. The forms are those of the bare word with the article,
    with particles, and with both, and with letters at its end that are written for each other.
    """
    data, letters = _data()
    with_article, with_particle = data.shortest
    if term.isascii() or len(term) < with_article or not letters.issuperset(term):
        return (term,)
    bare = term
    for article in sorted(data.articles, key=len, reverse=True):
        if term.startswith(article) and len(term) - len(article) >= with_article:
            bare = term[len(article) :]
            break
    forms = [term]
    for end, other in (("", ""), *data.endings, *((b, a) for a, b in data.endings)):
        if end and not bare.endswith(end):
            continue
        word = bare[: len(bare) - len(end)] + other if end else bare
        forms.append(word)
        forms.extend(article + word for article in data.articles)
        if len(word) >= with_particle:
            forms.extend(particle + word for particle in data.particles)
    return tuple(dict.fromkeys(forms))
