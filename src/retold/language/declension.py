"""How the names of a language change with their case. Data: `<code>/declension.toml`."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

__all__ = ["Declension", "Gender", "Paradigm"]

Gender = Literal["male", "female", "neuter", "plural", "any"]


class Paradigm(Struct, frozen=True, forbid_unknown_fields=True):
    """One way in which names change.

    Attributes:
        of: gender of the names that change so; "any" for a man's or a woman's.
        ending: of the nominative.
        forms: endings of the other cases, parted by spaces; "-" for none.
        after: letters of which the stem must end in one; "" for any.
        never: letters in which the stem may not end.
        least: letters that the stem has at least.
        women: True where women have names of this form too, which do not change.
        alone: True where shorter endings of other paradigms are no endings ("Вельской" is no form
            of "Вельска").
        inner: True where only words before the last of a name change so ("Deutsche Bank").
    """

    of: Gender
    ending: str
    forms: str
    after: str = ""
    never: str = ""
    least: int = 2
    inner: bool = False
    women: bool = False
    alone: bool = False


class Declension(Struct, frozen=True, forbid_unknown_fields=True):
    """Endings of names, and what around a name tells its case.

    All forms are folded (`retold.text.words.fold`). The paradigms are those of the grammars: for
    Russian A. A. Zaliznyak, "Grammatičeskij slovar' russkogo jazyka" (1977); for German the Duden.

    Attributes:
        letters: letter -> the letter that stands for both ("ё" -> "е").
        apostrophe: endings stand behind an apostrophe ("Ankara'da").
        last_only: only the last word of a name changes.
        paradigms: see there.
        irregular: nominative -> its other forms, parted by spaces.
        told: True where a form is a nominative unless its surroundings tell another case (in
            German few names take endings, and surnames end in what looks like one).
        oblique_before: words behind which a name is in another case than the nominative:
            prepositions, articles of the genitive.
        plain_before: words behind which a name has no ending (German prepositions, titles).
        genitive_before_noun: a name before another noun is in the genitive ("Merkels Reise").
        things: endings of nouns for what people do or have, behind which a name is in the
            genitive ("der Rücktritt Ute Brandhorsts"); nouns for people have its own case ("der
            Lotse Jan Peters").
        male_verbs, female_verbs, plural_verbs: endings of past tenses, which tell who acts.
        not_verbs: words that only look like verbs of those endings.
    """

    letters: dict[str, str] = {}
    apostrophe: bool = False
    last_only: bool = False
    paradigms: tuple[Paradigm, ...] = ()
    irregular: dict[str, str] = {}
    told: bool = False
    oblique_before: tuple[str, ...] = ()
    plain_before: tuple[str, ...] = ()
    genitive_before_noun: bool = False
    things: tuple[str, ...] = ()
    male_verbs: tuple[str, ...] = ()
    female_verbs: tuple[str, ...] = ()
    plural_verbs: tuple[str, ...] = ()
    not_verbs: tuple[str, ...] = ()
