"""What names look like in a language: titles, offices, given names, heads of institutions."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Names", "Organisations", "Pronouns"]


class Titles(Struct, frozen=True, forbid_unknown_fields=True):
    """Titles that stand directly before a name, by the gender they tell.

    Attributes:
        means: abbreviated title -> the office it is.
    """

    male: tuple[str, ...] = ()
    female: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    means: dict[str, str] = {}


class Gendered(Struct, frozen=True, forbid_unknown_fields=True):
    """Office nouns that tell a gender."""

    male: tuple[str, ...] = ()
    female: tuple[str, ...] = ()


class Given(Struct, frozen=True, forbid_unknown_fields=True):
    """Given names by usual gender, and short forms (short -> long)."""

    male: tuple[str, ...] = ()
    female: tuple[str, ...] = ()
    short: dict[str, str] = {}


class Modifiers(Struct, frozen=True, forbid_unknown_fields=True):
    """Words before an office noun.

    Attributes:
        rank: part of the office ("deputy").
        portfolio: what the office is for ("foreign", "press").
        loose: needed for neither ("senior", "former").
    """

    rank: tuple[str, ...] = ()
    portfolio: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()


class States(Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns that take up a country or its government ("the country")."""

    words: tuple[str, ...] = ()


class Institutions(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that institutions are called by.

    Attributes:
        heads: nouns that make a run of capitalised words an institution.
        nominals: nouns that take up an institution named before ("the ministry").
        companies: legal forms and trades in companies' names.
        press: nominals for media.
        plain: nominals that can take up a name without a telling head.
        takes: nominal -> heads that it takes up, where the words differ.
        states: see `States`.
    """

    heads: tuple[str, ...] = ()
    nominals: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    press: tuple[str, ...] = ()
    takes: dict[str, tuple[str, ...]] = {}
    states: States = States()


class Particles(Struct, frozen=True, forbid_unknown_fields=True):
    """Small words inside names.

    Attributes:
        person: "van", "bin": lower case inside a person's name.
        organisation: "of", "for": between the words of an institution's name.
        suffixes: "Jr.", "III": after a name.
        surnames_first: surnames by which a name with the surname in front is known.
    """

    person: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    surnames_first: tuple[str, ...] = ()


class Ordinary(Struct, frozen=True, forbid_unknown_fields=True):
    """Ordinary words that are often written with a capital letter at a sentence's start."""

    words: tuple[str, ...] = ()


class Verbs(Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs that show that the name before them speaks (`speech`) or acts (`agency`)."""

    speech: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()


class Small(Struct, frozen=True, forbid_unknown_fields=True):
    """The small words around names.

    Attributes:
        definite, indefinite: articles and determiners before an office noun.
        possessive: determiners that name a possessor ("his").
        complement: prepositions between an office and what it is an office of.
        locative: prepositions after which a city is a place.
        copula: verbs between a name and the office it holds.
        coordinators: words that go on with a list.
        prepositions: words after which a name is no subject.
        portfolio_of: prepositions before what an office is for ("minister for").
        demonym_endings: what makes an adjective of nationality from a country's name.
        addressing: words that make a following locative preposition none ("according to").
    """

    definite: tuple[str, ...] = ()
    indefinite: tuple[str, ...] = ()
    possessive: tuple[str, ...] = ()
    complement: tuple[str, ...] = ()
    locative: tuple[str, ...] = ()
    copula: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    prepositions: tuple[str, ...] = ()
    portfolio_of: tuple[str, ...] = ()
    demonym_endings: tuple[str, ...] = ()
    addressing: tuple[str, ...] = ()


class Inflections(Struct, frozen=True, forbid_unknown_fields=True):
    """How office nouns change: (ending, replacement, "plural" | "female" | "case")."""

    rules: tuple[tuple[str, str, str], ...] = ()


class Names(Struct, frozen=True, forbid_unknown_fields=True):
    """All of the above.

    Attributes:
        roles: class -> office nouns and phrases.
        classes: general noun -> classes or offices that it can stand for ("diplomat").
        portfolios: word in an office's name -> the word it equals; "" for words without weight.
        epithets: general nouns for the person a report is about ("the businessman").
        features: rivers, lakes, hills: nouns in names of places.
        never: words with a capital letter that are no actors (calendar, faiths, languages).
        inflections: of office nouns.
        name_endings: case endings that names take; the longest that fits is cut off.
        genitive: True where an office's country or institution follows it without preposition.
        lower_demonyms: True where adjectives of nationality are written in lower case.
        capitalised_nouns: True in a language that writes all nouns with a capital letter.
    """

    titles: Titles = Titles()
    roles: dict[str, tuple[str, ...]] = {}
    classes: dict[str, tuple[str, ...]] = {}
    gendered: Gendered = Gendered()
    modifiers: Modifiers = Modifiers()
    portfolios: dict[str, str] = {}
    organisations: Institutions = Institutions()
    particles: Particles = Particles()
    given: Given = Given()
    ordinary: Ordinary = Ordinary()
    verbs: Verbs = Verbs()
    small: Small = Small()
    epithets: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    inflections: Inflections = Inflections()
    name_endings: tuple[str, ...] = ()
    genitive: bool = False
    lower_demonyms: bool = False
    capitalised_nouns: bool = False


class Forms(Struct, frozen=True, forbid_unknown_fields=True):
    """One class of pronouns: `words` stand alone, `possessive` before a noun."""

    words: tuple[str, ...] = ()
    possessive: tuple[str, ...] = ()


class Pronouns(Struct, frozen=True, forbid_unknown_fields=True):
    """Pronouns by what they can take up.

    Attributes:
        objects: forms that are never subjects ("him").
    """

    objects: tuple[str, ...] = ()
    male: Forms = Forms()
    female: Forms = Forms()
    neuter: Forms = Forms()
    plural: Forms = Forms()
    self: Forms = Forms()
    relative: Forms = Forms()


class Organisations(Struct, frozen=True, forbid_unknown_fields=True):
    """Institutions known far from home: name -> every other name.

    Attributes:
        legal: legal forms, which add nothing to a company's name.
        media: institutions that carry others' words.
    """

    legal: tuple[str, ...] = ()

    organisations: dict[str, tuple[str, ...]] = {}
    media: dict[str, tuple[str, ...]] = {}
