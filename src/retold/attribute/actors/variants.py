"""Whether two spellings can be one name: transliterations and slips of the pen.

A spelling alone never joins two people (Kim Jong Un and Kim Jong Il are two letters apart);
this module only says that it *may* be one name, `across` asks for more.
"""

from __future__ import annotations

import re

__all__ = ["distance", "one_letter", "same_sound", "skeleton", "spelled_alike"]

# Letters and groups that romanisations of Russian, Arabic, Korean, Chinese, Hebrew, Greek …
# exchange freely; longest first.
_SOUNDS = (
    ("shch", "S"), ("sch", "S"), ("tch", "C"), ("dzh", "J"), ("tsch", "C"),
    ("kh", "h"), ("gh", "g"), ("zh", "J"), ("sh", "S"), ("ch", "C"), ("ts", "z"), ("tz", "z"),
    ("ph", "f"), ("th", "t"), ("dh", "d"), ("ck", "k"), ("qu", "k"), ("ks", "x"),
    ("q", "k"), ("c", "k"), ("w", "v"), ("j", "J"), ("dj", "J"),
)  # fmt: skip
_VOWELS = re.compile(r"[aeiouy]+")
_DOUBLE = re.compile(r"(.)\1")


def same_sound(one: str, other: str) -> bool:
    """The same consonants in the same order once romanisation's liberties are taken out."""
    a, b = skeleton(one), skeleton(other)
    return a == b and len(a) >= 2


def skeleton(word: str) -> str:
    """The consonants of a word, with what romanisations exchange made one."""
    if not word.isascii():
        from anyascii import anyascii

        word = anyascii(word)
    plain = word.lower().replace("'", "")
    for group, sound in _SOUNDS:
        plain = plain.replace(group, sound)
    return _DOUBLE.sub(r"\1", _VOWELS.sub("", plain))


def distance(one: str, other: str, limit: int = 2) -> int:
    """Optimal string alignment distance (neighbours swapped count once), at most `limit` + 1."""
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other, score_cutoff=limit)


def one_letter(one: str, other: str) -> bool:
    """One letter more, less, another, or two swapped; in a word of three letters or more."""
    return min(len(one), len(other)) >= 3 and distance(one, other, 1) <= 1


def spelled_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Every word of one name is a spelling of the word in the same place of the other.

    Names of different numbers of words are compared with their words run together
    ("Jong Un" / "Jongun").
    """
    if len(one) != len(other):
        a, b = "".join(one), "".join(other)
        return min(len(a), len(b)) >= 6 and (a == b or (same_sound(a, b) and distance(a, b) <= 2))
    slips = 0
    for a, b in zip(one, other, strict=True):
        if a == b or (same_sound(a, b) and distance(a, b, 3) <= 3 and min(len(a), len(b)) > 3):
            continue
        if not one_letter(a, b):
            return False
        slips += 1
    return slips <= 1 and any(len(word) > 2 for word in one)
