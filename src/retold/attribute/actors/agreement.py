"""Whether two office nouns can be one office."""

from __future__ import annotations

from retold.attribute.actors.clusters import Held
from retold.attribute.actors.lexicon import Lexicon

__all__ = ["CLASS", "agreement"]

# Level of agreement of a general noun with an office of its class.
CLASS = 1.5


def agreement(one: Held, known: Held, lexicon: Lexicon) -> float:
    """How well an office noun agrees with an office someone is known to hold; 0 when not."""
    if one.of and known.of and not one.of & known.of:
        return 0.0
    if one.words == known.words:
        return 4.0 if one.of & known.of else 3.5
    if one.words <= known.words and one.head in known.words:
        extra = known.words - one.words
        return 2.0 if extra & lexicon.rank else 3.0
    if one.words - {one.head} <= known.words:
        wider = lexicon.names.classes.get(one.head, ())
        for name in wider:
            if name in known.classes or set(name.split()) <= known.words:
                return CLASS
    return 0.0
