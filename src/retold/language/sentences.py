"""What a language knows about where its sentences end: the table `sentences.toml`.

Words are written in lower case, or capitalised where only the capitalised word is meant
("Mass"); abbreviations without their final full stop, inner full stops kept ("u.s", "z.b"),
two-part ones with one space ("т. е"). A language without the table takes that of "und", which
holds what is common to most.
"""

from __future__ import annotations

from functools import cache

from msgspec import Struct, structs

from retold.language import table

__all__ = ["Sentences", "sentences"]


class Sentences(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that decide whether a mark ends a sentence.

    Attributes:
        terminators: marks that end a sentence in this language only (the Greek ";").
        titles: abbreviations that always have something after them ("mr", "gen", "e.g").
        numbered: abbreviations that go on when a number follows ("no", "p", "art").
        abbreviations: the others, which may also end a sentence ("u.s", "inc", "etc");
            they end it when what follows can only begin one, see `starters`.
        closing: abbreviations that mostly end a sentence when a capital follows ("p.m"),
            unless it is one of `closing_followers` ("p.m. Tuesday", "p.m. GMT").
        closing_followers: see `closing`.
        months: full and short names, for datelines and for ordinals written with a full stop.
        ordinals: True where "3." is an ordinal number ("3. Oktober").
        starters: function words that are capitalised only at the beginning of a sentence.
        lettered: nouns that are followed by a single letter ("plan b", "vitamin c").
        pronouns: that may stand between a quotation and its cue, or, of one letter, end a
            sentence.
        cues: verbs of saying in the forms that follow a quotation and the speaker's name;
            empty where the verb comes first ("dijo Paredes"), as it shows by its small letter.
        addressed_cues: cues that take the person spoken to as object ("told the court").
        complements: words that, after a cue, begin what is said, so that the cue opens a new
            sentence and does not close the old one.
        subordinators: of `complements`, those that do so after an addressed cue as well.
        inside_names: lower-case words inside a name with its office ("of", "spokesman").
        exclaiming_names: names that end in an exclamation or question mark ("yahoo").
        agencies: suppliers of news as they sign ("Reuters", "dpa"); those of "und" are always
            added.
    """

    terminators: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    numbered: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    closing: frozenset[str] = frozenset()
    closing_followers: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()
    ordinals: bool = False
    starters: frozenset[str] = frozenset()
    lettered: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    cues: frozenset[str] = frozenset()
    addressed_cues: frozenset[str] = frozenset()
    complements: frozenset[str] = frozenset()
    subordinators: frozenset[str] = frozenset()
    inside_names: frozenset[str] = frozenset()
    exclaiming_names: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()


@cache
def sentences(language: str | None) -> Sentences:
    """The table of a language, or that of "und" where the language brings none.

    Args:
        language: ISO 639-1 code, with or without a region ("pt", "pt-BR"); None if unknown.
    """
    common: Sentences = table(Sentences, "und")
    if not language:
        return common
    own: Sentences = table(Sentences, language.replace("_", "-").split("-")[0].lower())
    if own == Sentences():
        return common
    return structs.replace(own, agencies=own.agencies | common.agencies)
