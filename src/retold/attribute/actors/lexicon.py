"""The tables of a language as look-ups, built once per process and language.

Names of places, agencies and institutions are indexed by their first word's form; offices by
their last word. A look-up costs one dictionary access per word of a report.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from hashlib import blake2b
from importlib.resources import files

import msgspec
from msgspec import Struct

from retold.language import table
from retold.language.agencies import Agencies
from retold.language.names import Names, Organisations, Pronouns
from retold.language.places import Strength, places
from retold.language.words import Words
from retold.model import ActorKind
from retold.text.words import fold, words

__all__ = [
    "Compiled",
    "Lexicon",
    "Listed",
    "build",
    "fingerprint",
    "last_part",
    "lexicon",
    "normal",
]


class Listed(Struct, frozen=True, array_like=True, omit_defaults=True):
    """A name that a table knows.

    Attributes:
        key: what it names: "place:KP", "organisation:united nations".
        kind: of the actor.
        name: under which the actor is shown.
        strength: how surely the form names it (`retold.language.places`).
        forms: its words.
        capitals: True when it counts only as it is written, in capital letters.
        seat: True for a city that may stand for a government.
        written: its words with their endings, where names take endings; else empty.
    """

    key: str
    kind: ActorKind
    name: str
    strength: Strength
    forms: tuple[str, ...]
    capitals: bool = False
    seat: bool = False
    written: tuple[str, ...] = ()


class Lexicon(Struct, frozen=True):
    """Look-ups of one language.

    Attributes:
        code: of the language; "" where it is not known.
        listed: first form -> names, longest first.
        roles: form of the last word -> (forms of the whole office, classes), longest first.
        classes: class -> offices and classes that a general noun can stand for.
        titles: form -> "male", "female" or "any".
        given: given name -> "male", "female" or "any".
        pronouns: form -> class of pronoun and whether it is possessive.
        ordinary: forms that are no names at a sentence's start.
        never: forms that are no actors.
    """

    code: str
    names: Names
    listed: dict[str, tuple[Listed, ...]]
    roles: dict[str, tuple[tuple[tuple[str, ...], frozenset[str]], ...]]
    base: dict[str, str]
    name_endings: tuple[str, ...]
    titles: dict[str, str]
    given: dict[str, str]
    pronouns: dict[str, tuple[str, bool]]
    ordinary: frozenset[str]
    never: frozenset[str]
    heads: frozenset[str]
    nominals: dict[str, frozenset[str]]
    states: frozenset[str]
    rank: frozenset[str]
    loose: frozenset[str]
    portfolio: frozenset[str]
    definite: frozenset[str]
    indefinite: frozenset[str]
    possessive: frozenset[str]
    complement: frozenset[str]
    locative: frozenset[str]
    particles: frozenset[str]
    joiners: frozenset[str]
    suffixes: frozenset[str]
    surnames_first: frozenset[str]
    speech: frozenset[str]
    agency: frozenset[str]
    male_roles: frozenset[str]
    female_roles: frozenset[str]
    bare: frozenset[str]
    copula: frozenset[str]
    legal: frozenset[str]
    press: frozenset[str]
    media: frozenset[str]
    prepositions: frozenset[str]
    plain: frozenset[str]
    epithets: frozenset[str]
    objects: frozenset[str]
    portfolio_of: frozenset[str]
    endings: tuple[str, ...]
    companies: frozenset[str]
    features: frozenset[str]
    addressing: frozenset[str]
    coordinators: frozenset[str]


def last_part(compound: str, nouns: Collection[str]) -> str | None:
    """The longest noun of four letters or more that a compound ends in."""
    for start in range(3, len(compound) - 3):
        if compound[start:] in nouns:
            return compound[start:]
    return None


def normal(form: str, endings: tuple[str, ...]) -> str:
    """A name's word without its case ending; three letters stay, before longer endings four."""
    for ending in endings:
        if form.endswith(ending) and len(form) - len(ending) >= (3 if len(ending) == 1 else 4):
            return form[: -len(ending)]
    return form


_FEW = 10
"""Languages of so few endings (German) write most names without any."""


def _forms(name: str) -> tuple[str, ...]:
    return tuple(word.form for word in words(name))


def _add(
    index: dict[str, dict[tuple[str, ...], Listed]],
    name: str,
    key: str,
    kind: ActorKind,
    shown: str,
    strength: Strength,
    *,
    seat: bool = False,
    endings: tuple[str, ...] = (),
) -> None:
    written = _forms(name)
    if len(written) > 1 and written[0] in ("the",):
        written = written[1:]
    forms = tuple(normal(form, endings) for form in written)
    if not forms:
        return
    letters = [character for character in name if character.isalpha()]
    capitals = len(forms) == 1 and len(letters) <= 5 and all(c.isupper() for c in letters)
    bare = written if len(endings) > _FEW else ()
    entry = Listed(key, kind, shown, strength, forms, capitals, seat, bare)
    index.setdefault(forms[0], {}).setdefault(forms, entry)


def _listed(language: str | None, endings: tuple[str, ...]) -> dict[str, tuple[Listed, ...]]:
    """All listed names of a language; exact names win over looser ones of the same form."""
    index: dict[str, dict[tuple[str, ...], Listed]] = {}
    codes = ("en", "und") if language in (None, "en") else (language, "en", "und")
    table_of_places = places()
    institutions = table(Organisations, "und")
    _add_agencies(index, language, endings)
    for name, others in (institutions.organisations | institutions.media).items():
        key = f"organisation:{fold(name)}"
        for alias in (name, *others):
            _add(index, alias, key, "organisation", name, "exact", endings=endings)
    for code, country in table_of_places.countries.items():
        key = f"place:{code}"
        for of in codes:
            for name in country.names.get(of, ()):
                _add(index, name, key, "place", country.name, "exact", endings=endings)
    for code, country in table_of_places.countries.items():
        key = f"place:{code}"
        for of in codes[:2]:
            for name in country.seats.get(of, ()):
                _add(index, name, key, "place", country.name, "metonym", endings=endings)
            for name in country.capital.get(of, ()):
                _add(index, name, key, "place", country.name, "metonym", seat=True, endings=endings)
            for name in country.demonyms.get(of, ()):
                _add(index, name, key, "place", country.name, "demonym", endings=endings)
            for name in country.loose.get(of, ()):
                _add(index, name, key, "place", country.name, "context", endings=endings)
        for name in country.cities:
            _add(index, name, f"place:{fold(name)}", "place", name, "exact", endings=endings)
    for name in table_of_places.regions:
        _add(index, name, f"place:{fold(name)}", "place", name, "exact", endings=endings)
    return {
        first: tuple(sorted(found.values(), key=lambda entry: -len(entry.forms)))
        for first, found in index.items()
    }


def _add_agencies(
    index: dict[str, dict[tuple[str, ...], Listed]],
    language: str | None,
    endings: tuple[str, ...],
) -> None:
    """News agencies, from the table that reading shares. A mark of capital letters ("KCNA")
    names the agency wherever it is written so.
    """
    names = table(Names, language)
    modifiers = names.modifiers
    common = {*modifiers.loose, *modifiers.portfolio, *modifiers.rank, *names.ordinary.words}
    common.update(names.organisations.heads, names.given.male, names.given.female)
    for agency in table(Agencies, "und").agency:
        shown = _fullest(agency.name, agency.names)
        key = f"organisation:{fold(agency.name)}"
        for alias in (agency.name, *agency.names, *agency.marks):
            if not alias.isupper() and fold(alias) in common:
                continue  # "Prime" is an agency where agencies sign, elsewhere a minister
            _add(index, alias, key, "organisation", shown, "exact", endings=endings)


def _media() -> frozenset[str]:
    """Keys of news agencies and media."""
    agencies = (agency.name for agency in table(Agencies, "und").agency)
    names = (*agencies, *table(Organisations, "und").media)
    return frozenset(f"organisation:{fold(name)}" for name in names)


def _fullest(name: str, names: tuple[str, ...]) -> str:
    """The name in full where the short one is an acronym: "Korean Central News Agency"."""
    for other in names:
        initials = "".join(word[0] for word in other.split() if word[0].isupper())
        if name.isupper() and len(initials) > 1 and initials == name:
            return other
    return name


def _roles(
    names: Names,
) -> tuple[dict[str, tuple[tuple[tuple[str, ...], frozenset[str]], ...]], dict[str, str]]:
    """Offices by their last word, with all their forms; and form -> basic form."""
    classes: dict[tuple[str, ...], set[str]] = {}
    base: dict[str, str] = {}
    for group, nouns in names.roles.items():
        for noun in nouns:
            forms = _forms(noun)
            classes.setdefault(forms, set()).add(group)
            for form, kind in _inflected(forms[-1], names.inflections.rules):
                if form == forms[-1]:
                    continue
                classes.setdefault((*forms[:-1], form), set()).update((group, kind))
                base.setdefault(form, forms[-1])
    index: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = {}
    for forms, groups in classes.items():
        index.setdefault(forms[-1], []).append((forms, frozenset(groups)))
    sorted_index = {
        last: tuple(sorted(found, key=lambda entry: -len(entry[0])))
        for last, found in index.items()
    }
    return sorted_index, base


def _inflected(noun: str, rules: tuple[tuple[str, str, str], ...]) -> list[tuple[str, str]]:
    """Forms of a noun: the first fitting rule of a kind; of case all of its ending."""
    found: list[tuple[str, str]] = []
    done: dict[str, str] = {}
    for ending, replacement, kind in rules:
        if noun.endswith(ending) and done.setdefault(kind, ending) == ending:
            if kind != "case" and any(known == kind for _, known in found):
                continue
            found.append((noun[: len(noun) - len(ending)] + replacement, kind))
    return found


def fingerprint(language: str | None) -> str:
    """Hash of the tables that a language's look-ups are made of."""
    folder = files("retold.language")
    digest = blake2b(digest_size=8)
    for name in (
        f"{language}/names.toml",
        f"{language}/pronouns.toml",
        f"{language}/words.toml",
        "und/organisations.toml",
        "und/agencies.toml",
        "und/places.json",
    ):
        path = folder / name
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


@cache
def lexicon(language: str | None) -> Lexicon:
    """The look-ups of a language; None and languages without tables share the default.

    They come compiled (`tools/build_lexicon.py`) because reading the tables takes 30 ms; where
    the tables are newer than what was compiled, they are read.
    """
    path = files("retold.language") / f"{language}" / "lexicon.json"
    if language is not None and path.is_file():
        ready = msgspec.json.decode(path.read_bytes(), type=Compiled)
        if ready.tables == fingerprint(language):
            return ready.lexicon
    return build(language)


class Compiled(Struct, frozen=True):
    """The look-ups of a language, and the hash of the tables that they were made of."""

    tables: str
    lexicon: Lexicon


def build(language: str | None) -> Lexicon:
    """The look-ups of a language, made from its tables."""
    names = table(Names, language)
    endings = tuple(sorted(names.name_endings, key=len, reverse=True))
    pronouns = table(Pronouns, language)
    organisations = names.organisations
    titles: dict[str, str] = {}
    for gender in ("any", "male", "female"):
        for title in getattr(names.titles, gender):
            titles[title.rstrip(".")] = gender
    # Names of people travel: English reports' given names count in every language.
    also = table(Names, "en").given if language not in (None, "en") else type(names.given)()
    given = {normal(name, endings): "male" for name in (*names.given.male, *also.male)}
    for name in (*names.given.female, *also.female):
        name = normal(name, endings)
        given[name] = "any" if name in given else "female"
    forms: dict[str, tuple[str, bool]] = {}
    for group in ("relative", "self", "plural", "neuter", "female", "male"):
        kind = getattr(pronouns, group)
        forms.update((word, (group, True)) for word in kind.possessive)
        forms.update((word, (group, False)) for word in kind.words)
    nominals = {
        nominal: frozenset(organisations.takes.get(nominal, (nominal,)))
        for nominal in organisations.nominals
    }
    roles, base = _roles(names)
    return Lexicon(
        code=language or "",
        names=names,
        listed=_listed(language, endings),
        roles=roles,
        base=base,
        name_endings=endings,
        titles=titles,
        given=given,
        pronouns=forms,
        ordinary=frozenset(names.ordinary.words) | frozenset(table(Words, language).function_words),
        never=frozenset(names.never),
        heads=frozenset(organisations.heads),
        nominals=nominals,
        states=frozenset(organisations.states.words),
        rank=frozenset(names.modifiers.rank),
        loose=frozenset((*names.modifiers.loose, *names.modifiers.portfolio)),
        portfolio=frozenset(names.modifiers.portfolio),
        definite=frozenset(names.small.definite),
        indefinite=frozenset(names.small.indefinite),
        possessive=frozenset(names.small.possessive),
        complement=frozenset(names.small.complement),
        locative=frozenset(names.small.locative),
        particles=frozenset(names.particles.person),
        joiners=frozenset(names.particles.organisation),
        suffixes=frozenset(suffix.rstrip(".") for suffix in names.particles.suffixes),
        surnames_first=frozenset(names.particles.surnames_first),
        speech=frozenset(names.verbs.speech),
        agency=frozenset(names.verbs.agency) | frozenset(names.verbs.speech),
        coordinators=frozenset(names.small.coordinators),
        addressing=frozenset(names.small.addressing),
        portfolio_of=frozenset(names.small.portfolio_of),
        endings=names.small.demonym_endings,
        companies=frozenset(organisations.companies),
        features=frozenset(names.features),
        objects=frozenset(pronouns.objects),
        prepositions=frozenset(names.small.prepositions),
        plain=frozenset(organisations.plain),
        epithets=frozenset(names.epithets),
        press=frozenset(organisations.press),
        media=_media(),
        legal=frozenset(table(Organisations, "und").legal),
        copula=frozenset(names.small.copula),
        male_roles=frozenset(names.gendered.male),
        female_roles=frozenset(names.gendered.female),
        bare=frozenset(
            word
            for word in (*names.small.definite, *names.small.indefinite, *names.small.possessive)
        ),
    )
