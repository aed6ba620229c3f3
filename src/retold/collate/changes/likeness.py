"""Whether two names, word by word, can be one: initials, parts, spellings."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from anyascii import anyascii
from rapidfuzz.distance import Levenshtein

__all__ = ["FAMILY", "HALF", "SUFFIX", "Likeness", "likeness", "skeleton"]

Likeness = Literal["same", "respelled", "different"]


@lru_cache(maxsize=20_000)
def likeness(a: tuple[str, ...], b: tuple[str, ...]) -> Likeness:
    """Whether two names (folded words, without titles) can be one.

    Returns:
        "same": equal, one part of the other, initials, a nationality and its country;
        "respelled": word by word alike, with at least one word spelled otherwise;
        "different".
    """
    if a == b or not a or not b:
        return "same"
    a, b = _expanded(a, b), _expanded(b, a)
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if set(short) <= set(long):
        return "same"
    if len(short) < len(long) and _contained(short, long):
        return "same"
    if len(short) == 1 and _initials(short[0], long):
        return "same"
    if _initialled(a, b) or _initialled(b, a):
        return "same"
    if len(a) != len(b):
        # "Im Chon Il" against "Chong Il": compare the tails, where surnames stand.
        long = long[len(long) - len(short) :]
        if len(short) == 1 and len(short[0]) < 5:
            return "different"
    respelled = False
    for one, other in zip(short, long, strict=True):
        if one == other:
            continue
        if (len(one) == 1 or len(other) == 1) and one[0] == other[0] and len(short) > 1:
            continue
        if len(short) > 2 and min(len(one), len(other)) > 5 and one[:FAMILY] == other[:FAMILY]:
            continue  # "Maritime Bureau", "Marine Bureau"
        if not _alike(one, other):
            return "different"
        respelled = True
    return "respelled" if respelled else "same"


FAMILY = 4
SUFFIX = 3


def _expanded(name: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """A name with each word that is made of initials of words of the other written out."""
    if len(name) >= len(other):
        return name
    out: list[str] = []
    for word in name:
        size = len(word)
        at = next(
            (
                start
                for start in range(len(other) - size + 1)
                if size > 1 and _initials(word, other[start : start + size])
            ),
            None,
        )
        out.extend([word] if at is None else other[at : at + size])
    return tuple(out)


def _contained(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    at = 0
    for word in short:
        while (
            at < len(long)
            and long[at] != word
            and not (len(word) == 1 and long[at].startswith(word))
        ):
            at += 1
        if at == len(long):
            return False
        at += 1
    return True


def _initialled(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """ "J. R. Penhallow" and "John Penhallow"."""
    if len(short) < 2 or len(long) < 2 or short[-1] != long[-1]:
        return False
    return short[0] == long[0][:1] and all(len(word) == 1 for word in short[:-1])


def _initials(short: str, long: tuple[str, ...]) -> bool:
    return 2 <= len(short) == len(long) and all(
        word.startswith(letter) for letter, word in zip(short, long, strict=True)
    )


_RESOLVED = "place:"


def _alike(one: str, other: str) -> bool:
    """One word in two spellings: one edit, or one in four letters, and the same first letter.

    The allowance is Damerau's (1964): four in five misspellings are one edit away. Two edits
    are let through only in long words, where another name is unlikely to lie so near.
    """
    longest = max(len(one), len(other))
    if longest < 4 or one.startswith(_RESOLVED) or other.startswith(_RESOLVED):
        return False
    allowed = 1 if longest < 8 else 2
    distance = Levenshtein.distance(one, other, score_cutoff=allowed)
    if distance <= allowed:
        return one[0] == other[0] or longest >= 6
    if Levenshtein.normalized_similarity(one, other) < HALF:
        return False
    consonants = skeleton(one)
    return len(consonants) > 1 and consonants == skeleton(other)


HALF = 0.5
_SOUNDS = (
    ("sch", "sh"), ("tch", "ch"), ("dzh", "j"), ("zh", "j"), ("kh", "h"), ("ph", "f"),
    ("ck", "k"), ("qu", "k"), ("th", "t"), ("c", "k"), ("q", "k"), ("w", "v"), ("z", "s"),
    ("x", "ks"), ("y", "i"),
)  # fmt: skip
_VOWELS = str.maketrans("", "", "aeiou'’ʼ-")


@lru_cache(maxsize=20_000)
def skeleton(word: str) -> str:
    """The consonants of a name, with spellings of one sound made one.

    Transliterations of one name differ in vowels and in how a sound is spelled ("Jorlan
    Tuvek", "Zhorlan Touvek"); consonants stay. After Philips's Metaphone (1990), much reduced.
    """
    plain = anyascii(word).lower()
    for spelled, sound in _SOUNDS:
        plain = plain.replace(spelled, sound)
    bare = plain.translate(_VOWELS)
    return "".join(letter for at, letter in enumerate(bare) if at == 0 or letter != bare[at - 1])
