"""What the words beside a name tell of its case, and of who it is: he, she, or what is theirs."""

from __future__ import annotations

from collections.abc import Container, Sequence

from retold.text.declensions import Endings, Told, endings_of

__all__ = ["told"]

_NOBODY: frozenset[str] = frozenset()


def told(
    before: Sequence[str],
    after: str,
    language: str | None,
    *,
    opens: bool,
    capital_before: bool = False,
    capital_after: bool = False,
    offices: Container[str] = _NOBODY,
    declined_offices: Container[str] = _NOBODY,
    speech: Container[str] = _NOBODY,
    light: Container[str] = _NOBODY,
) -> Told:
    """What the words beside a name tell of its gender and case.

    Args:
        before: forms before it in its clause, the nearest first.
        after: the form behind it, "" at the end of a clause.
        language: ISO 639-1 code.
        opens: the words of `before` begin a sentence.
        capital_before, capital_after: the nearest words have a capital letter.
        offices, declined_offices: office nouns in the nominative, and in other cases.
        speech: verbs of saying, which stand before their subject too.
        light: pronouns, adverbs and conjunctions, on which no case depends.
    """
    known = endings_of(language)
    if known is None:
        return Told()
    if known.data.told:
        return _told_by_article(
            known,
            before,
            capital_before and bool(before) and before[0] not in offices,
            capital_after,
        )
    subject = opens
    for word in before:
        if word in known.oblique_before or word in declined_offices:
            return Told(None, False)
        if word in speech:
            # "Сообщила Ершова"; but "цитирует Ершова" has an object.
            gender = _gender(word, known)
            return Told(None if gender == "plural" else gender)
        if word in light:
            subject = True  # "Об этом Ершова рассказала"
            break
        if word not in offices:
            subject = False
            break
    else:
        subject = True
    if not subject and before:
        return Told()
    gender = _gender(after, known)
    if gender == "plural":
        return Told()
    if gender is not None:
        # The case stays open: "Kowalczyka witał minister" begins with the object.
        return Told(gender)
    # "Адвокат Крюгеля" may be the lawyer of Krügel.
    return Told(None, True) if opens and not before and known.data.female_verbs else Told()


def _gender(verb: str, known: Endings) -> str | None:
    """Of whoever does what a verb in the past tense says."""
    if len(verb) <= _VERB or verb in known.not_verbs:
        return None
    data = known.data
    for endings, gender in (
        (data.plural_verbs, "plural"),
        (data.female_verbs, "female"),
        (data.male_verbs, "male"),
    ):
        if verb.endswith(endings):
            return gender
    return None


_VERB = 3


def _told_by_article(
    known: Endings, before: Sequence[str], capital_before: bool, capital_after: bool
) -> Told:
    """In a language whose names take an ending only in the genitive."""
    nearest = before[0] if before else ""
    if nearest in known.oblique_before:
        return Told(None, False)
    if capital_after and known.data.genitive_before_noun:
        return Told(None, False)
    if nearest in known.plain_before or not nearest:
        return Told(None, True)
    if capital_before and nearest.endswith(known.data.things):
        return Told(None, False)
    return Told(None, True)
