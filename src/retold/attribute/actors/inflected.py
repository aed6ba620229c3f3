"""Names without their case endings: which lemma each name of a report has.

A form is seldom one lemma's alone. Told by its surroundings (a preposition, an office noun in
another case, a verb that agrees in gender), by given names of one gender, and by the other forms
in the report, one reading is chosen; the others that are possible are kept, because another
report may decide otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence

from retold.attribute.actors.lexicon import Lexicon
from retold.attribute.actors.listing import Name
from retold.attribute.actors.tokens import Tokens
from retold.text.declensions import Reading, Told, agreeing, declines, readings
from retold.text.surroundings import told

__all__ = ["common", "settle"]

_BEFORE = 4
"""Words before a name that are looked at."""


def settle(tokens: Tokens, lexicon: Lexicon, names: Sequence[Name], language: str | None) -> None:
    """Gives every name that no table lists its lemma and its possible readings.

    Args:
        tokens: of the report.
        lexicon: of its language.
        names: as found; `forms`, `readings` and `gender` are set.
        language: ISO 639-1 code; nothing happens for a language without a table of endings.
    """
    if not declines(language):
        return
    given = dict.fromkeys(lexicon.names.given.male, "male")
    for form in lexicon.names.given.female:
        given[form] = "any" if form in given else "female"
    if lexicon.names.capitalised_nouns:
        _cut_behind_genitives(tokens, names)
    offices, declined = _Offices(lexicon, case=False), _Offices(lexicon, case=True)
    possible: list[tuple[Name, Sequence[Reading]]] = []
    support: dict[str, set[tuple[str, ...]]] = {}
    attested: set[str] = set()
    for name in names:
        if name.listed is not None:
            continue
        _cut_noun(tokens, name, given, language)
        forms = tuple(tokens.forms[name.first : name.last])
        surroundings = _told(tokens, lexicon, name, language, offices, declined)
        if name.title < name.first and name.gender and surroundings.gender is None:
            surroundings = Told(name.gender, surroundings.nominative)
        found: Sequence[Reading] = agreeing(readings(forms, language), surroundings)
        if name.kind != "organisation" and lexicon.names.capitalised_nouns:
            # "Bergische" and "Bergischen Landesbank", but not "Hanne" and "Hannes Roth".
            found = [one for one in found if one.words[:-1] == forms[:-1]] or found
        possible.append((name, found))
        for reading in found:
            for word in reading.words:
                support.setdefault(word, set()).add(forms)
            if reading.plain and not reading.guess:
                attested.update(reading.words)
        if surroundings.gender in ("male", "female") and name.gender is None:
            name.gender = surroundings.gender
    latest: dict[tuple[str, ...], int] = {}
    for number, (name, allowed) in enumerate(possible):
        scores = [
            (
                sum(len(support[word]) + (word in attested) for word in reading.words)
                + _fits(reading, given),
                latest.get(reading.words, -1),
                -at,
            )
            for at, reading in enumerate(allowed)
        ]
        chosen = allowed[-max(scores)[2]]
        latest[chosen.words] = number
        name.forms = chosen.words
        name.readings = (chosen, *(one for one in allowed if one is not chosen))
        if name.kind == "person" and name.gender is None and len(chosen.genders) == 1:
            name.gender = next(iter(chosen.genders & {"male", "female"}), None)


def common(one: Sequence[Reading], other: Sequence[Reading]) -> tuple[Reading, ...]:
    """The readings under which two forms are one name, in the order of the first."""
    genders: dict[tuple[str, ...], frozenset[str]] = {}
    for reading in other:
        genders[reading.words] = genders.get(reading.words, frozenset()) | reading.genders
    return tuple(
        reading for reading in one if reading.genders & genders.get(reading.words, frozenset())
    )


def _cut_noun(tokens: Tokens, name: Name, given: dict[str, str], language: str | None) -> None:
    """Cuts the noun from "Отставка Симоновой", which begins a sentence.

    The words of one name are in one case; where they cannot be, the first belongs to no name.
    """
    first = name.first
    opens = tokens.opens[first] and name.title == first and name.last - first > 1
    if not opens or tokens.forms[first] in given or tokens.upper[first]:
        return
    forms = tuple(tokens.forms[first : name.last])
    if not all(reading.guess for reading in readings(forms, language)):
        return
    if not all(reading.guess for reading in readings(forms[1:], language)):
        name.first += 1
        name.title += 1


def _cut_behind_genitives(tokens: Tokens, names: Sequence[Name]) -> None:
    """Ends "Angela Merkels Reise" with the surname: a name in "-s" has no "-s" in the genitive."""
    for name in names:
        if name.listed is not None or name.kind != "person":
            continue
        for k in range(name.first + 1, name.last - 1):
            if tokens.forms[k].endswith("s") and tokens.glue[k + 1] == " ":
                name.last = k + 1
                break


_GIVEN = 2


def _fits(reading: Reading, given: dict[str, str]) -> int:
    """Whether the first word is a given name, and of the reading's gender."""
    of = given.get(reading.words[0])
    if of is None:
        return 0
    return _GIVEN if of == "any" or of in reading.genders else -_GIVEN


class _Offices:
    """Office nouns and their modifiers in the nominative, or in another case."""

    def __init__(self, lexicon: Lexicon, *, case: bool) -> None:
        self.lexicon = lexicon
        self.case = case

    def __contains__(self, form: object) -> bool:
        if not isinstance(form, str):
            return False
        found = self.lexicon.roles.get(form, ())
        declined = [("case" in classes) for forms, classes in found if forms[-1] == form]
        if self.case:
            return bool(declined) and all(declined)
        if declined:
            return not all(declined)
        return form in self.lexicon.titles or form in self.lexicon.loose


def _told(
    tokens: Tokens,
    lexicon: Lexicon,
    name: Name,
    language: str | None,
    offices: _Offices,
    declined: _Offices,
) -> Told:
    """What stands around a name tells of it."""
    start = tokens.first[tokens.sentence[name.first]]
    before: list[str] = []
    k = name.first
    while k > start and len(before) < _BEFORE and tokens.glue[k] and not tokens.opens[k]:
        k -= 1
        before.append(tokens.forms[k])
    after, capital_after = "", False
    if name.last < len(tokens.forms) and tokens.glue[name.last] == " ":
        after = tokens.forms[name.last]
        capital_after = tokens.capital[name.last] and tokens.possessive[name.last - 1] is False
    return told(
        before,
        after,
        language,
        opens=k == start or tokens.opens[k],
        capital_before=name.first > start and tokens.capital[name.first - 1],
        capital_after=capital_after,
        offices=offices,
        declined_offices=declined,
        speech=lexicon.speech,
        light=lexicon.ordinary,
    )
