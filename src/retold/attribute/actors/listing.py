"""An occurrence of a name, and the look-up of names and offices that a table lists."""

from __future__ import annotations

from msgspec import Struct

from retold.attribute.actors.lexicon import Lexicon, Listed, last_part
from retold.attribute.actors.tokens import Tokens
from retold.model import ActorKind
from retold.text.declensions import Reading, declines, lemmas, same_letters

__all__ = ["Name", "listed_at", "office_at"]


class Name(Struct):
    """One occurrence of a name.

    Attributes:
        first, last: words `[first, last)`.
        kind: "unknown" until something tells.
        listed: the table's entry, None for names that the tables do not know.
        forms: its words, folded.
        title: words `[title, first)` before it are its title; equals `first` without one.
        gender: told by title or given name: "male", "female", None.
        modifier: it stands before a noun or another name and names no agent there.
        readings: what its words can be forms of, the chosen one first; empty in a language whose
            names do not change.
    """

    first: int
    last: int
    kind: ActorKind
    listed: Listed | None
    forms: tuple[str, ...]
    title: int
    gender: str | None = None
    modifier: bool = False
    readings: tuple[Reading, ...] = ()


def listed_at(tokens: Tokens, lexicon: Lexicon, i: int, stop: int) -> tuple[Listed, int] | None:
    """The longest listed name that begins at word `i`, and where it ends."""
    found = lexicon.listed.get(tokens.names[i])
    if found is None:
        return None
    small = not tokens.capital[i]
    if small and not lexicon.names.lower_demonyms:
        return None
    forms = tokens.forms
    for entry in found:
        if small and entry.strength != "demonym":
            continue
        length = len(entry.forms)
        end = i + length
        if end > stop:
            continue
        if length > 1 and not _whole(tokens, lexicon, i, entry.forms):
            continue
        if entry.strength == "context" and not _alone(tokens, i, end):
            continue  # "the North" may be a country, "North Line" is not
        if entry.capitals and not _as_capitals(tokens, lexicon, i):
            continue
        if length == 1 and forms[i] in lexicon.ordinary and tokens.opens[i]:
            continue
        if not _declined(lexicon, forms[i:end], entry):
            continue
        return entry, end
    return None


def _declined(lexicon: Lexicon, forms: list[str], entry: Listed) -> bool:
    """Whether each word can be a case form of the listed name's: "Сурин" is none of "Суринам"."""
    if not entry.written or entry.strength == "demonym" or not declines(lexicon.code):
        return True
    return all(
        form == word or same_letters(word, lexicon.code) in lemmas(form, lexicon.code)
        for form, word in zip(forms, entry.written, strict=True)
    )


def _alone(tokens: Tokens, i: int, end: int) -> bool:
    """No other capitalised word belongs to it."""
    after = end < len(tokens.forms) and bool(tokens.glue[end]) and tokens.capital[end]
    before = i > 0 and bool(tokens.glue[i]) and tokens.capital[i - 1] and not tokens.opens[i - 1]
    return not after and not before


def _whole(tokens: Tokens, lexicon: Lexicon, i: int, forms: tuple[str, ...]) -> bool:
    """The words from `i` on are these, joined as one name, with capital letters."""
    end = i + len(forms)
    if tuple(tokens.names[i:end]) != forms:
        return False
    together = all(
        tokens.glue[k] and not tokens.possessive[k - 1] for k in range(i + 1, end)
    ) or _joined_by_comma(tokens, i, end)
    return together and all(
        tokens.capital[k]
        or tokens.forms[k] in lexicon.joiners
        or tokens.forms[k] in lexicon.particles
        for k in range(i + 1, end)
    )


def _joined_by_comma(tokens: Tokens, first: int, end: int) -> bool:
    """ "Washington, D.C." and "People's Republic": joined although not by a space alone."""
    return all(
        tokens.text[tokens.ends[k - 1] : tokens.starts[k]] in (", ", " ", "'s ", "’s ", "' ", "’ ")
        for k in range(first + 1, end)
    )


def _as_capitals(tokens: Tokens, lexicon: Lexicon, i: int) -> bool:
    """Written in capitals, and not because its whole line is."""
    if not tokens.upper[i]:
        return False
    around = [k for k in (i - 1, i + 1) if 0 <= k < len(tokens.upper)]
    shouted = any(tokens.upper[k] and tokens.forms[k] not in lexicon.listed for k in around)
    return not (shouted and tokens.sentence[i] in tokens.headings)


def office_at(tokens: Tokens, lexicon: Lexicon, last: int, floor: int) -> int | None:
    """Where the office noun that ends with word `last` begins; None when there is none."""
    found = lexicon.roles.get(tokens.forms[last])
    if found is None:
        compound = lexicon.names.capitalised_nouns and tokens.capital[last]
        return last if compound and last_part(tokens.forms[last], lexicon.roles) else None
    for forms, _ in found:
        first = last + 1 - len(forms)
        if first < floor:
            continue
        if len(forms) == 1 or tuple(tokens.forms[first : last + 1]) == forms:
            return first
    return None
