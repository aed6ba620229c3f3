"""How a name stands in its sentence, and what of an institution's name counts."""

from __future__ import annotations

from retold.attribute.actors.lexicon import Lexicon
from retold.attribute.actors.listing import Name
from retold.attribute.actors.tokens import Tokens

__all__ = ["acts", "content", "in_capitals", "located", "modifies"]


def acts(tokens: Tokens, lexicon: Lexicon, name: Name) -> bool:
    """A verb of saying or acting follows, or a word for what governments have."""
    i = name.last
    if i >= len(tokens.forms) or located(tokens, lexicon, name):
        return False
    if tokens.possessive[name.last - 1]:
        return False
    if tokens.glue[i] == " ":
        return tokens.forms[i] in lexicon.agency
    if tokens.text[tokens.ends[i - 1] : tokens.starts[i]] != ", ":
        return False
    # "Pyongyang, in particular, stressed": a verb after a short parenthesis.
    for k in range(i + 1, min(i + 6, len(tokens.forms))):
        if tokens.text[tokens.ends[k - 1] : tokens.starts[k]] == ", ":
            return tokens.forms[k] in lexicon.agency
    return False


def located(tokens: Tokens, lexicon: Lexicon, name: Name) -> bool:
    """ "in Tokyo", or the place of a dateline."""
    before = name.first - 1
    if before >= 0 and tokens.sentence[before] == tokens.sentence[name.first]:
        return (
            tokens.glue[name.first] == " "
            and tokens.forms[before] in lexicon.locative
            and (before == 0 or tokens.forms[before - 1] not in lexicon.addressing)
        )
    after = tokens.text[tokens.ends[name.last - 1] : tokens.ends[name.last - 1] + 12]
    return tokens.upper[name.first] and after.lstrip()[:1] in (",", "(", "—", "–", "-", "/")


def content(lexicon: Lexicon, forms: tuple[str, ...]) -> set[str]:
    """The words of an institution's name that count, made one in spelling and country."""
    portfolios = lexicon.names.portfolios
    found_words: set[str] = set()
    i = 0
    while i < len(forms):
        found = lexicon.listed.get(forms[i], ())
        for entry in found:
            length = len(entry.forms)
            if entry.key[:6] == "place:" and forms[i : i + length] == entry.forms:
                found_words.add(entry.key)
                i += length
                break
        else:
            form = forms[i]
            if form not in lexicon.joiners and form not in lexicon.legal:
                made = form if form in lexicon.heads else portfolios.get(form, form)
                found_words.update((made,) if made else ())
            i += 1
    return found_words


def in_capitals(tokens: Tokens, name: Name) -> bool:
    """Two capital letters or more in one word ("VTO", "GdP")."""
    word = tokens.text[tokens.starts[name.first] : tokens.ends[name.first]]
    return sum(character.isupper() for character in word) > 1


def modifies(tokens: Tokens, lexicon: Lexicon, name: Name, following: Name) -> bool:
    """ "Civil Defence controller Mira Oldan": the first name only tells what the person is of."""
    between = range(name.last, following.title)
    if not 0 < len(between) <= 2 or len(following.forms) < 2 or following.kind == "place":
        return False
    if following.title < len(tokens.glue) and tokens.glue[following.title] != " ":
        return False
    barred = lexicon.prepositions | lexicon.coordinators | lexicon.bare | lexicon.agency
    return all(
        tokens.glue[i] == " "
        and not tokens.capital[i]
        and tokens.forms[i] not in barred
        and tokens.forms[i] not in lexicon.pronouns
        and not tokens.possessive[i]
        for i in between
    )
