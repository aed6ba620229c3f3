"""Whether a full stop belongs to the word before it, or ends a sentence, or both.

An abbreviation that may also end a sentence is resolved by the next word being one that is
capitalised only at a beginning ("the U.S. The minister", "the U.S. Senate"), as in Mikheev,
"Periods, capitalized words, etc.", Computational Linguistics 28 (2002).
"""

from __future__ import annotations

import re

from retold.language.sentences import Sentences

__all__ = ["belongs", "last_word", "listed", "starts"]

_DOTTED = re.compile(r"[^\W\d_](?:\.[^\W\d_]){1,5}$")
_ROMAN = re.compile(r"[IVXLC]{2,7}$")
_OPENING = "\"'“‘”’„‚«‹»›([{/–—-¿¡*•:"
_INNER = re.compile(r"[—–/(\[]")
_VOWELS = frozenset("aeiouy")
# Longer than any abbreviation with the word before it; bounds every look back.
_LOOK_BACK = 32


def last_word(text: str, start: int, stop: int) -> tuple[str, str]:
    """The word that ends at `stop` and the one before it, without opening punctuation."""
    words = text[max(start, stop - _LOOK_BACK) : stop].split()
    if not words:
        return "", ""
    last = words[-1]
    if not last.isalnum():
        last = _INNER.split(last.lstrip(_OPENING))[-1]
    return last, words[-2].lstrip(_OPENING) if len(words) > 1 else ""


def listed(table: frozenset[str], word: str) -> bool:
    """Whether a table holds a word: entries in capitals as they are, others in any case.

    Single letters only as they are: "г." is a year or a town, "Г." an initial.
    """
    return word in table or (len(word) > 1 and word.lower() in table)


def starts(table: Sentences, word: str) -> bool:
    """Whether a capitalised word can only be the first of a sentence."""
    bare = word.rstrip(".")
    if bare != word and len(bare) == 1:
        return False  # an initial: "A. Smith"
    lower = bare.lower().replace("’", "'")
    return lower in table.starters or lower.partition("'")[0] in table.starters


def _ordinal(table: Sentences, last: str, before: str, word: str) -> bool:
    """Whether "3." or "XX." is an ordinal before `word`; years and larger numbers are none.

    "der 3. Versuch", "Am 3. Oktober"; but "auf Platz 3. Trainer Meier": a noun or name counts.
    """
    if not table.ordinals or len(last) > 3 or not word[:1].isalpha() or starts(table, word):
        return False
    counted = before[:1].isupper() and before.lower() not in table.starters
    return not counted or word.lower() in table.months


def _initial(table: Sentences, last: str, before: str, word: str) -> bool:
    """Whether a single letter is an initial: "J. K. Rowling", not "plan B. The"."""
    if last.islower():  # "z. B.", "p. 5", "г. Тверь"; other single letters are words
        known = last in table.titles or last in table.abbreviations
        paired = len(word) == 2 and word[1] == "."
        return word[:1].isdigit() or ((known or paired) and not starts(table, word))
    if word[:1].isdigit() or before.lower() in table.lettered:
        return False
    return not starts(table, word)


def belongs(table: Sentences, last: str, before: str, word: str) -> bool:
    """Whether a full stop belongs to the word `last` and ends no sentence.

    Args:
        table: of the report's language.
        last: the word before the full stop.
        before: the word before that.
        word: the next word, capitalised, or a number; empty where a sign follows.
    """
    if not last or last in table.pronouns:
        return False
    elided = last.replace("’", "'").rpartition("'")[2]
    if elided != last and len(elided) > 1:
        last = elided  # l'art., dell'on.
    number = word[:1].isdigit()
    pair = f"{before} {last}".lower()
    if pair in table.closing or listed(table.closing, last):
        return number or word.rstrip(".,").lower() in table.closing_followers
    if last[-1].isdigit():
        return last.isdigit() and _ordinal(table, last, before, word)
    if pair in table.titles or (len(last) > 1 and listed(table.titles, last)):
        # "см. рис. 5", but "выросло на 5 см."
        return not (before[-1:].isdigit() and listed(table.abbreviations, last)) or not starts(
            table, word
        )
    if listed(table.numbered, last) and (number or _ROMAN.match(word.rstrip(".,;:)"))):
        return True
    if _ROMAN.match(last) and _ordinal(table, last[:3], before, word):
        return True
    if len(last) == 1 and last.isalpha():
        return _initial(table, last, before, word)
    if pair in table.abbreviations or listed(table.abbreviations, last) or _DOTTED.match(last):
        return number or not starts(table, word)
    stem = last.rpartition("-")[2]
    if stem != last and stem and (listed(table.titles, stem) or len(stem) == 1):
        return not starts(table, word)
    # Unlisted, but not to be spoken: "Brtn.", "Hdg.". Only Latin letters show that.
    unspoken = (
        1 < len(last) <= 4
        and last.isascii()
        and last[0].isupper()
        and last[1:].islower()
        and _VOWELS.isdisjoint(last.lower())
    )
    return unspoken and not starts(table, word)
