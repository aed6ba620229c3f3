"""A language's claim words made ready for look-up, and the key by which words are compared.

Two words with one key say the same thing for a comparison of claims: inflections ("lack",
"lacks"), irregular forms ("said", "say"), spellings ("defence", "defense") and the listed
equivalents.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Literal

from msgspec import Struct

from retold.language import table
from retold.language.claims import Claims, Cue, Hedge, Quantity
from retold.language.places import places
from retold.text.phrases import Phrases
from retold.text.stems import stemmer
from retold.text.words import fold

__all__ = ["Lexicon", "Sign", "lexicon"]

SignKind = Literal["cue", "hedge", "quantity", "negation", "same", "order"]
_CACHED_FORMS = 100_000


class Sign(Struct, frozen=True, gc=False):
    """What a listed phrase stands for.

    Attributes:
        kind: which table it is from; "same" for the listed equivalents.
        key: what it is compared by.
        grade: place on its scale; see `retold.language.claims`.
        sense: sense, scale or stance.
        denies: for negations that are words of their own, what they deny.
    """

    kind: SignKind
    key: str
    grade: float = 0.0
    sense: str = ""
    denies: str = ""


class Lexicon:
    """Look-up in one language's `Claims`."""

    def __init__(self, language: str | None) -> None:
        self.language = language
        self.data: Claims = table(Claims, language)
        self._stem: Callable[[str], str] = stemmer(language)
        self._cache: dict[str, tuple[str, bool, bool]] = {}
        self._spellings: dict[str, str] = {}
        data = self.data
        self.light = frozenset(data.light)
        self.titles = frozenset(data.titles)
        self.particles = frozenset(data.particles)
        self.not_names = frozenset(data.not_names) | self.light
        self.clause_words = frozenset(data.clause_words)
        self.articles = frozenset(data.articles)
        self.locatives = frozenset(data.locatives)
        self.negating_prefixes = data.negating_prefixes
        self.opposites = frozenset(
            pair
            for one, other in data.opposites
            for pair in ((self.key(one), self.key(other)), (self.key(other), self.key(one)))
        ) | frozenset(
            pair
            for ones, others in data.opposed
            for one in ones
            for other in others
            for pair in (
                (self._keyed(one), self._keyed(other)),
                (self._keyed(other), self._keyed(one)),
            )
        )
        self.raising = frozenset(self.key(word) for word in data.raising)
        self.spokesmen = frozenset(self.key(word) for word in data.spokesmen)
        self.capitals = frozenset(self.key(word) for word in data.capitals)
        self.coordinators = frozenset(data.coordinators)
        self.sourcing = frozenset(self._keyed(phrase) for phrase in data.sourcing)
        self.carrying = frozenset(self._keyed(phrase) for phrase in data.carrying)
        self.anonymous = frozenset(self.key(word) for word in data.anonymous)
        opposites_of: dict[str, set[str]] = {}
        for one, other in self.opposites:
            opposites_of.setdefault(one, set()).add(other)
        self.opposites_of = opposites_of
        self.weak_negations = frozenset(self._keyed(word) for word in data.weak_negations)
        self.compass = frozenset(self.key(word) for word in data.compass)
        self.plain_sayings = frozenset(self.key(word) for word in data.plain_sayings)
        verbs = (*data.auxiliaries, *data.light_verbs)
        self.light_verbs = frozenset(self.key(word) for word in verbs)
        self.auxiliaries = frozenset(self.key(word) for word in data.auxiliaries)
        self.addressing = frozenset(self.key(word) for word in data.addressing)
        self.generic = frozenset(self.key(word) for word in data.generic)
        self.ordering = {self.key(word): self.key(other) for word, other in data.ordering.items()}
        exact: list[tuple[str, Sign]] = []
        inflected: list[tuple[str, Sign]] = []
        self._list(exact, inflected)
        self.exact = Phrases(exact)
        self.inflected = Phrases((self._keyed(phrase), sign) for phrase, sign in inflected)
        self._exact_heads = frozenset(phrase.split()[0] for phrase, _ in exact)
        self._key_heads = frozenset(self._keyed(phrase).split()[0] for phrase, _ in inflected)
        self._bodies = {name: equals[0] for equals in data.equivalents for name in equals}
        self._cache.clear()  # filled before the heads were known

    def _list(self, exact: list[tuple[str, Sign]], inflected: list[tuple[str, Sign]]) -> None:
        data = self.data
        for phrase in data.idioms:
            exact.append((phrase, Sign("same", "", sense="light")))
        for word in data.ordering:
            exact.append((word, Sign("order", self.key(word))))
        for form in data.negations:
            exact.append((form, Sign("negation", "not")))
        saying = {phrase for cue in data.cues for phrase in (*cue.phrases, *cue.exact)}
        for verb, denied in data.negative.items():
            sign = Sign(
                "negation",
                self._keyed(verb),
                sense="denial" if verb in saying else "",
                denies=self.key(denied) if denied else "",
            )
            inflected.append((verb, sign))
        groups: list[tuple[SignKind, Hedge | Quantity | Cue]] = []
        groups += [("hedge", hedge) for hedge in data.hedges]
        groups += [("quantity", quantity) for quantity in data.quantities]
        groups += [("cue", cue) for cue in data.cues]
        for kind, group in groups:
            if isinstance(group, Hedge):
                grade, sense = group.grade, group.sense
            elif isinstance(group, Quantity):
                grade, sense = group.grade, group.scale
            else:
                grade, sense = group.force, group.stance
            for phrases, into in ((group.phrases, inflected), (group.exact, exact)):
                for phrase in phrases:
                    key = f"{kind}:{sense}:{grade}"
                    if kind == "cue" and sense != "neutral":
                        key = f"cue:{self._keyed(phrase)}"
                    into.append((phrase, Sign(kind, key, grade, sense)))
        for equals in data.equivalents:
            first = self._keyed(equals[0])
            inflected.extend((phrase, Sign("same", first)) for phrase in equals)
        for sides in data.opposed:
            for phrase in (*sides[0], *sides[1]):
                if " " in phrase:
                    inflected.append((phrase, Sign("same", self._keyed(phrase))))

    def spelled(self, form: str) -> str:
        """A folded word in the spelling that stands for all."""
        known = self._spellings.get(form)
        if known is None:
            if len(self._spellings) >= _CACHED_FORMS:
                self._spellings.clear()
            known = self._spellings[form] = self._spelled(form)
        return known

    def _spelled(self, form: str) -> str:
        for letter, other in self.data.letters.items():
            form = form.replace(letter, other)
        listed = self.data.spelling.get(form)
        return self._respelled(form) if listed is None else listed

    def _respelled(self, plain: str) -> str:
        for ending, other in self.data.spelling_endings:
            if plain.endswith(ending) and len(plain) > len(ending) + 2:
                return plain[: -len(ending)] + other
        return plain

    def is_cue(self, form: str) -> bool:
        """Whether a folded word alone is a reporting verb."""
        found = self.exact.at((form,), 0) or self.inflected.at((self.key(form),), 0)
        return found is not None and found[1].kind == "cue"

    def same_name(self, name: str) -> str:
        """What stands for all names of one country or body; "" for any other name."""
        return _countries(self.language).get(name) or self._bodies.get(name, "")

    def capital_of(self, name: str) -> str:
        """What stands for the country whose capital has this folded name; "" for no capital."""
        return _capital_cities().get(name, "")

    def is_place(self, name: str) -> bool:
        """Whether a folded name is listed as one of a country, city or region."""
        return name in _listed_places() or bool(_countries(self.language).get(name))

    def _keyed(self, phrase: str) -> str:
        return " ".join(self.key(form) for form in phrase.split())

    def key(self, form: str) -> str:
        """What a folded word is compared by."""
        return self.look(form)[0]

    def look(self, form: str) -> tuple[str, bool, bool]:
        """Key of a folded word, whether it is light, whether a listed phrase may begin with it."""
        known = self._cache.get(form)
        if known is None:
            if len(self._cache) >= _CACHED_FORMS:
                self._cache.clear()
            known = self._cache[form] = self._look(form)
        return known

    def _look(self, form: str) -> tuple[str, bool, bool]:
        plain = form
        for ending in self.data.contracted_endings:
            if plain.endswith(ending) and len(plain) > len(ending):
                plain = plain[: -len(ending)] + ("s" if ending == "s'" else "")
                break
        plain = self.spelled(plain)
        lemma = self.data.lemmas.get(plain)
        key: str = self._stem(lemma or plain)
        if lemma is None:
            key = self.data.lemmas.get(key, key)
        heads = form in getattr(self, "_exact_heads", ()) or key in getattr(self, "_key_heads", ())
        return key, plain in self.light, heads


@cache
def _countries(language: str | None) -> dict[str, str]:
    """Folded names and demonyms of countries -> the country's code."""
    found: dict[str, str] = {}
    for code, country in places().countries.items():
        for by_language in (country.names, country.demonyms):
            for spoken in {language or "en", "en", "und"}:
                for name in by_language.get(spoken, ()):
                    plain = fold(name).replace(".", "").removeprefix("the ")
                    found.setdefault(plain, f"place:{code}")
        found.setdefault(fold(country.name), f"place:{code}")
    return found


@cache
def _capital_cities() -> dict[str, str]:
    """Folded names of capitals -> their country, as in `_countries`."""
    return {
        fold(name): f"place:{code}"
        for code, country in places().countries.items()
        for names in country.capital.values()
        for name in names
    }


@cache
def _listed_places() -> frozenset[str]:
    """Folded names of cities, capitals and regions."""
    table_ = places()
    found = {fold(name).removeprefix("the ") for name in table_.regions}
    for country in table_.countries.values():
        found.update(fold(name).removeprefix("the ") for name in country.cities)
        for names in country.capital.values():
            found.update(fold(name).removeprefix("the ") for name in names)
    return frozenset(found)


@cache
def lexicon(language: str | None) -> Lexicon:
    """The look-up of a language, made once."""
    return Lexicon(language)
