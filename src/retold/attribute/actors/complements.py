"""What follows an office noun and belongs to it: portfolio, institution, country."""

from __future__ import annotations

from retold.attribute.actors.lexicon import Lexicon
from retold.attribute.actors.listing import Name
from retold.attribute.actors.tokens import Tokens

__all__ = ["complement_end"]


def complement_end(
    tokens: Tokens, lexicon: Lexicon, last: int, names: list[Name], names_at: dict[int, int]
) -> int:
    """Where the phrase ends: after "of the Ministry of Defense of North Korea"."""
    count = len(tokens.forms)
    if lexicon.names.genitive:
        last = _genitive(tokens, lexicon, last, names, names_at)
    for _ in range(3):
        if last + 1 >= count or tokens.glue[last] != " ":
            break
        if tokens.possessive[last - 1] or tokens.forms[last] not in lexicon.complement:
            break
        following = last + 1
        while (
            following < count
            and tokens.glue[following]
            and (
                tokens.forms[following] in lexicon.definite
                or tokens.forms[following] in lexicon.loose
            )
            and following not in names_at
        ):
            following += 1
        if following >= count or not tokens.glue[following]:
            break
        number = names_at.get(following)
        if number is not None:
            if names[number].kind == "person" and tokens.forms[last] in ("with", "to"):
                break
            last = names[number].last
            continue
        if not tokens.capital[following]:
            if tokens.forms[last] not in lexicon.portfolio_of:
                break
            end = _plain_words(tokens, lexicon, following)
            if end == following:
                break
            last = end
            continue
        while (
            following < count
            and tokens.glue[following]
            and tokens.capital[following]
            and (following not in names_at)
        ):
            following += 1
        last = following
    return last


def _genitive(
    tokens: Tokens, lexicon: Lexicon, last: int, names: list[Name], names_at: dict[int, int]
) -> int:
    """The end of portfolio, institution and country that follow without a preposition."""
    while last < len(tokens.forms) and tokens.glue[last] == " ":
        number = names_at.get(last)
        if number is not None and (
            names[number].listed is not None or names[number].kind == "organisation"
        ):
            last = names[number].last
        elif number is None and tokens.forms[last] in lexicon.portfolio:
            last += 1
        elif number is None and last + 1 in names_at and _content(tokens, lexicon, last):
            return last + 1  # "the head of the port Ignat Poroshin": one plain noun between
        else:
            break
    return last


def _content(tokens: Tokens, lexicon: Lexicon, i: int) -> bool:
    """A plain word in lower case, joined to the next."""
    form = tokens.forms[i]
    barred = form in lexicon.prepositions or form in lexicon.agency or form in lexicon.ordinary
    return not tokens.capital[i] and not barred and tokens.glue[i + 1] == " "


def _plain_words(tokens: Tokens, lexicon: Lexicon, i: int) -> int:
    """The end of a portfolio in lower case: "for water resources"; at most three words."""
    end = i
    while end < len(tokens.forms) and end - i < 3 and (end == i or tokens.glue[end] == " "):
        form = tokens.forms[end]
        if (
            tokens.capital[end]
            or form in lexicon.bare
            or form in lexicon.joiners
            or form in lexicon.agency
            or form in lexicon.ordinary
            or form in lexicon.pronouns
        ):
            break
        end += 1
    closed = (
        end >= len(tokens.forms)
        or not tokens.glue[end]
        or tokens.forms[end] in (lexicon.joiners | lexicon.agency | lexicon.complement)
    )
    return end if closed else i
