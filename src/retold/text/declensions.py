"""Case forms of names: what a written form can be a form of, and what its surroundings tell.

"Иванова" is a woman's name, or a man's in the genitive; a form alone seldom decides. So a form
has *readings* (lemma, gender, nominative or not), and two names are one when a reading of one
agrees with a reading of the other. Endings are data (`retold.language.declension`); nothing is
derived for a language without a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import product

from msgspec import Struct

from retold.language import table
from retold.language.declension import Declension, Paradigm

__all__ = [
    "Endings",
    "Reading",
    "Told",
    "agreeing",
    "declines",
    "either_gender",
    "endings_of",
    "lemmas",
    "of_two_genders",
    "one_name",
    "readings",
    "same_letters",
]

_LONGEST = 12
"""Words of a name that are read; longer ones are titles of works."""
_WAYS = 3
"""Lemmas of one word that are followed up, under one gender and case."""
_GENDERS = ("male", "female", "neuter", "plural")


class Reading(Struct, frozen=True, gc=False):
    """What a name as written can be.

    Attributes:
        words: its lemma, word by word.
        genders: under which it is this form of that lemma.
        nominative: False for every other case.
        plain: no ending was taken for one: the words are those written.
        guess: no table has such a nominative.
    """

    words: tuple[str, ...]
    genders: frozenset[str]
    nominative: bool
    plain: bool = False
    guess: bool = False


class Told(Struct, frozen=True, gc=False):
    """What the words around a name tell of it; None where they tell nothing."""

    gender: str | None = None
    nominative: bool | None = None


class Endings(Struct, frozen=True):
    """A language's table, made ready for look-up: ending -> paradigms, and whether nominative."""

    data: Declension
    endings: dict[str, tuple[tuple[Paradigm, bool], ...]]
    irregular: dict[str, str]
    longest: int
    oblique_before: frozenset[str]
    plain_before: frozenset[str]
    not_verbs: frozenset[str]


@cache
def endings_of(language: str | None) -> Endings | None:
    """The table of a language, made once; None without one."""
    data = table(Declension, language)
    if not data.paradigms and not data.apostrophe:
        return None
    endings: dict[str, list[tuple[Paradigm, bool]]] = {}
    for paradigm in data.paradigms:
        nominative = paradigm.ending.replace("-", "")
        endings.setdefault(nominative, []).append((paradigm, True))
        for form in dict.fromkeys(paradigm.forms.split()):
            ending = form.replace("-", "")
            if ending != nominative:
                endings.setdefault(ending, []).append((paradigm, False))
    irregular = {form: lemma for lemma, forms in data.irregular.items() for form in forms.split()}
    return Endings(
        data,
        {ending: tuple(found) for ending, found in endings.items()},
        irregular,
        max(map(len, endings), default=0),
        frozenset(data.oblique_before),
        frozenset(data.plain_before),
        frozenset(data.not_verbs),
    )


def declines(language: str | None) -> bool:
    """Whether there is a table of endings of names for a language."""
    return endings_of(language) is not None


def _folded(form: str, known: Endings) -> str:
    for letter, other in known.data.letters.items():
        form = form.replace(letter, other)
    return form


class _Lemma(Struct, frozen=True, gc=False):
    """One word's lemma: under which genders the form is this case, and how many letters say so."""

    lemma: str
    nominative: bool
    genders: frozenset[str]
    letters: int


def _lemmas(form: str, known: Endings, *, last: bool) -> list[_Lemma]:
    """What one word can be a form of, the longest endings first; empty when no ending fits."""
    if known.data.apostrophe:
        cut = form.find("'")
        return [_Lemma(form[:cut], False, _ANY, 1)] if cut >= _SHORTEST else []
    lemma = known.irregular.get(form)
    if lemma is not None:
        return [_Lemma(lemma, False, _ANY, len(form))]
    # (lemma, nominative) -> gender -> letters of the ending that says so
    found: dict[tuple[str, bool], dict[str, int]] = {}
    alone = 0
    for size in range(min(known.longest, len(form)) + 1):
        ending = form[len(form) - size :]
        stem = form[: len(form) - size]
        for paradigm, nominative in known.endings.get(ending, ()):
            if len(stem) < paradigm.least or (last and paradigm.inner):
                continue
            if paradigm.after and stem[-1] not in paradigm.after:
                continue
            if paradigm.never and stem[-1] in paradigm.never:
                continue
            lemma = stem + paradigm.ending.replace("-", "")
            alone = max(alone, size if paradigm.alone else 0)
            of = _ANY if paradigm.of == "any" else (paradigm.of,)
            for case in (True, False) if paradigm.inner else (nominative,):
                found.setdefault((lemma, case), {}).update(dict.fromkeys(of, size))
            if nominative and paradigm.women:
                found[lemma, True]["female"] = size
                found.setdefault((form, False), {}).setdefault("female", 0)
    # A surname in "-ова" is no noun of the first declension.
    most = max(
        (size for (_, case), genders in found.items() if case for size in genders.values()),
        default=0,
    )
    listed = []
    for (word, case), genders in found.items():
        longest = max(genders.values())
        if longest < alone:
            continue
        kept = {of: size for of, size in genders.items() if size == (most if case else longest)}
        if kept:
            listed.append(_Lemma(word, case, frozenset(kept), max(kept.values())))
    listed.sort(key=lambda one: (-one.letters, one.lemma))
    return listed


_SHORTEST = 2
_ANY = frozenset(("male", "female"))


@lru_cache(maxsize=20_000)
def readings(forms: tuple[str, ...], language: str | None) -> tuple[Reading, ...]:
    """What a name can be, likeliest first: a nominative, then another case, then just what stands.

    Args:
        forms: its words, folded, with whatever endings they have.
        language: ISO 639-1 code; a language without a table gives one reading, the words.

    All words of a reading agree in gender and case; a word that does not change under that
    gender ("Анны Новак") agrees with every case.
    """
    known = endings_of(language)
    if known is None or not 0 < len(forms) <= _LONGEST:
        return (Reading(forms, _ANY, True, True),)
    folded = tuple(_folded(form, known) for form in forms)
    last = len(folded) - 1
    by_word = [
        [] if known.data.last_only and at < last else _lemmas(form, known, last=at == last)
        for at, form in enumerate(folded)
    ]
    found: dict[tuple[tuple[str, ...], bool], tuple[set[str], int]] = {}
    for nominative in (True, False):
        for gender in _GENDERS:
            ways: list[list[tuple[str, int]]] = []
            for form, lemmas in zip(folded, by_word, strict=True):
                fitting = [
                    (one.lemma, one.letters)
                    for one in lemmas
                    if one.nominative == nominative and gender in one.genders
                ]
                fitting = [one for one in fitting if one[0] == form] + [
                    one for one in fitting if one[0] != form
                ][:_WAYS]
                fixed = known.data.told or not lemmas
                if fixed and gender != "plural" and all(form != lemma for lemma, _ in fitting):
                    fitting.append((form, -1))  # a word without endings
                ways.append(fitting)
            for chosen in product(*ways):
                words = tuple(word for word, _ in chosen)
                if nominative or words != folded:
                    genders, letters = found.get((words, nominative), (set(), 0))
                    letters = max(letters, min(count for _, count in chosen))
                    found[words, nominative] = genders | {gender}, letters
                if len(found) > _MANY:
                    break
    if not any(words == folded for words, _ in found):
        found[folded, True] = set(_ANY), -1
    order = {
        Reading(words, frozenset(genders), nominative, words == folded, letters < 0): letters
        for (words, nominative), (genders, letters) in found.items()
    }
    told = known.data.told
    return tuple(sorted(order, key=lambda one: (_rank(one, order[one], told), one.words)))


@lru_cache(maxsize=20_000)
def lemmas(form: str, language: str | None) -> frozenset[str]:
    """What one folded word can be a form of, itself among them."""
    known = endings_of(language)
    if known is None:
        return frozenset((form,))
    folded = _folded(form, known)
    return frozenset(one.lemma for one in _lemmas(folded, known, last=True)) | {folded}


def same_letters(form: str, language: str | None) -> str:
    """A folded word with the letters that stand for others too ("ё" is "е")."""
    known = endings_of(language)
    return form if known is None else _folded(form, known)


_MANY = 40


def _rank(reading: Reading, letters: int, told: bool) -> tuple[int, int]:
    """A nominative, another case, a plural, and last what no ending supports."""
    singular = reading.genders != {"plural"}
    if reading.nominative and singular and (letters >= 0 or told):
        return 0, -letters
    if not reading.nominative and singular:
        return 1, -letters
    return (3 if reading.plain and letters < 0 else 2), -letters


def agreeing(found: Sequence[Reading], told: Told) -> tuple[Reading, ...]:
    """The readings that fit what is told; all when none does."""
    fitting = tuple(
        reading
        for reading in found
        if (told.gender is None or told.gender in reading.genders)
        and (told.nominative is None or told.nominative == reading.nominative)
    )
    if told.nominative and all(reading.guess for reading in fitting):
        fitting = ()
    if not fitting and told.nominative is not None and told.gender is not None:
        return agreeing(found, Told(told.gender, None))
    return fitting or tuple(found)


def one_name(
    a: tuple[str, ...], b: tuple[str, ...], language: str | None, of_a: Told, of_b: Told
) -> bool:
    """Whether two names, as written and with what is told of them, can be forms of one name."""
    if a == b:
        return True
    if len(a) != len(b) or not declines(language):
        return False
    if not all(one[:1] == other[:1] for one, other in zip(a, b, strict=True)):
        return False
    known = endings_of(language)
    if known is not None and known.data.told and not _alike_within(a[:-1], b[:-1], known):
        return False
    ours = {one.words: one.genders for one in agreeing(readings(a, language), of_a)}
    return any(
        one.words in ours and bool(one.genders & ours[one.words])
        for one in agreeing(readings(b, language), of_b)
    )


def _alike_within(a: tuple[str, ...], b: tuple[str, ...], known: Endings) -> bool:
    """Whether words before the last differ as adjectives do, not as "Andrea" and "Andreas"."""
    adjectives = [paradigm for paradigm in known.data.paradigms if paradigm.inner]
    for one, other in zip(a, b, strict=True):
        stems = [
            {
                form[: len(form) - len(ending)]
                for paradigm in adjectives
                for ending in (paradigm.ending, *paradigm.forms.split())
                if form.endswith(ending) and len(form) - len(ending) >= paradigm.least
            }
            for form in (one, other)
        ]
        if one != other and stems[0].isdisjoint(stems[1]):
            return False
    return True


def of_two_genders(
    a: tuple[str, ...], b: tuple[str, ...], language: str | None, of_a: Told, of_b: Told
) -> bool:
    """Whether two names differ only in that one is a man's and one a woman's.

    They have the same first letters ("Вельский", "Вельской"), and no gender in common.
    """
    if len(a) != len(b) or not declines(language):
        return False
    if not all(_begin_alike(one, other) for one, other in zip(a, b, strict=True)):
        return False
    ours = {of for one in agreeing(readings(a, language), of_a) for of in one.genders}
    theirs = {of for one in agreeing(readings(b, language), of_b) for of in one.genders}
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def either_gender(a: tuple[str, ...], b: tuple[str, ...], language: str | None) -> bool:
    """Whether two forms can be of one man's name or of one woman's, in different cases.

    In one and the same case they are then of two people. Behind a preposition nobody knows: many
    govern two cases.
    """
    known = endings_of(language)
    if known is None or not known.data.female_verbs:
        return False
    ours = {one.words: one.genders & _ANY for one in readings(a, language) if not one.guess}
    shared = {
        one.words: one.genders & ours[one.words]
        for one in readings(b, language)
        if not one.guess and one.words in ours
    }
    if any(genders == _ANY for genders in shared.values()):
        return False  # "Сорока" is anybody's
    if frozenset().union(*shared.values()) != _ANY:
        return False
    return same_letters(" ".join(a), language) != same_letters(" ".join(b), language)


def _begin_alike(one: str, other: str) -> bool:
    size = max(_SHORTEST, min(len(one), len(other)) - _SHORTEST)
    return one[:size] == other[:size]
