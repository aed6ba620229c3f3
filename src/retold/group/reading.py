"""From a report to what grouping compares: hashed keys with counts, names, numbers, quoted words.

One pass of one pattern over the text; what a token is worth is looked up, so that a report of
800 words costs a quarter of a millisecond. Keys are hashes in a fixed space (the hashing trick:
Weinberger et al. 2009, *Feature hashing for large scale multitask learning*), so that nothing
grows with the vocabulary and the same text has the same keys in every process.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from retold.group.naming import common_form
from retold.language import table
from retold.language.words import Words
from retold.text.stems import stemmer
from retold.text.words import fold

__all__ = ["SPACE", "Tokens", "key", "tokens"]

Keys = npt.NDArray[np.int32]

# 4,194,304 keys: a news archive of a million reports has about as many stems, most of them seen
# once; that two rare words share a key then changes a weight, not a decision.
_BITS = 22
SPACE = 1 << _BITS
_MASK = SPACE - 1
# Tokens of a report that are looked at. News puts first what is new; on 1,400 articles the words
# behind the 600th changed no figure by more than a point, and cost a third of the time.
_MOST_TOKENS = 800
_MOST_CHARACTERS = 8_000
_MOSTLY_ENOUGH = 5_000
_MEMO = 400_000

_CAPITAL, _NUMBER, _EMPTY, _BREAK, _OPEN, _CLOSE, _EITHER, _UNSPACED = (
    1 << shift for shift in range(8)
)
_FLAGS = 2 * _BITS  # in a packed token they stand above the two keys
# Thai, Lao, Burmese, Khmer, kana, Han.
_WITHOUT_SPACES = (
    "\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
)
_IS_UNSPACED = re.compile(f"[{_WITHOUT_SPACES}]")
# Letters of scripts beyond the first 65,536 characters, and not the signs and emoji between them.
_LATER_LETTERS = "\U00010000-\U0001cfff\U0001e000-\U0001efff\U00020000-\U0003ffff"


@cache
def _token() -> re.Pattern[str]:
    """What a token is: a number, a word, a character of a script without spaces, a mark.

    Letters are listed, for `re` finds a listed one in two thirds of the time that "a word
    character that is neither a digit nor an underscore" takes.
    """
    every = "".join(map(chr, range(1 << 16)))
    stretches = re.findall(rf"[^\W\d_{_WITHOUT_SPACES}]+", every)
    letters = "".join(f"{some[0]}-{some[-1]}" for some in stretches)
    word = f"[{letters}{_LATER_LETTERS}]+"
    return re.compile(
        rf"\d+(?:[.,]\d+)*|{word}(?:['\u2019]{word})?|[{_WITHOUT_SPACES}]"
        r'|[.!?\u2026:;\n\u2022|\u3002"\u201c\u201d\u201e\u00ab\u00bb\u201a\u2018()\u300c\u300d]'
    )


_OPENING = frozenset("\u201e\u00ab\u300c")
_CLOSING = frozenset("\u300d")
_TWO_WAYS = frozenset('"\u201c\u201d\u00bb')
_POSSESSIVE = re.compile("['\u2019]s?$")


class Tokens:
    """A text's tokens as parallel arrays, in the order of the text.

    Attributes:
        forms: as written.
        terms: key of the stem; of neighbouring characters in scripts without spaces.
        names: key of the form in Latin letters without inflection marks, for capitalised words.
    """

    __slots__ = ("_flags", "forms", "names", "terms")

    def __init__(self, forms: list[str], packed: npt.NDArray[np.int64]) -> None:
        self.forms = forms
        self.terms = (packed & _MASK).astype(np.int32)
        self.names = ((packed >> _BITS) & _MASK).astype(np.int32)
        self._flags = (packed >> _FLAGS).astype(np.uint8)

    def _marked(self, flag: int) -> npt.NDArray[np.bool_]:
        found: npt.NDArray[np.bool_] = (self._flags & np.uint8(flag)) != 0
        return found

    @property
    def content(self) -> npt.NDArray[np.bool_]:
        """Words and numbers that are neither punctuation nor function words."""
        return ~self._marked(_EMPTY)

    @property
    def numbers(self) -> npt.NDArray[np.bool_]:
        """Numbers in digits."""
        return self._marked(_NUMBER)

    @property
    def breaks(self) -> npt.NDArray[np.bool_]:
        """Punctuation and line ends, behind which a capital letter says nothing."""
        return self._marked(_BREAK)

    @property
    def unspaced(self) -> npt.NDArray[np.bool_]:
        """Characters of scripts without spaces, of which two neighbours make a word."""
        return self._marked(_UNSPACED)

    @property
    def capitals(self) -> npt.NDArray[np.bool_]:
        """Words with a capital letter that are no function words."""
        return self._marked(_CAPITAL)

    def quoted(self) -> npt.NDArray[np.bool_]:
        """Which tokens stand between quotation marks."""
        inside = np.zeros(len(self.forms), dtype=np.bool_)
        # Marks of one shape open and close by turns; a paragraph ends whatever is open.
        start = -1
        for place in self._marked(_OPEN | _CLOSE | _EITHER).nonzero()[0].tolist():
            if start < 0:
                start = place if self._flags[place] & (_OPEN | _EITHER) else start
            elif place - start <= _LONGEST_QUOTATION:
                inside[start + 1 : place] = True
                start = -1
            else:
                start = place
        return inside


_LONGEST_QUOTATION = 120


def key(namespace: str, form: str) -> int:
    """The key of a form: the same in every process."""
    return crc32(f"{namespace}:{form}".encode("utf-8", "surrogatepass")) & _MASK


class _Memo(dict[str, int]):
    """Token -> packed keys and flags. Emptied when it grows too large: it only saves time."""

    def __init__(self, language: str | None) -> None:
        super().__init__()
        self._stem: Callable[[str], str] = stemmer(language)
        self._empty = frozenset(table(Words, language).function_words)

    def __missing__(self, token: str) -> int:
        if len(self) >= _MEMO:
            self.clear()
        packed = self[token] = self._packed(token)
        return packed

    def _packed(self, token: str) -> int:
        first = token[0]
        if not (first.isalnum() or len(token) > 1):
            flags = _EMPTY
            if first in _TWO_WAYS:
                flags |= _EITHER
            elif first in _OPENING:
                flags |= _OPEN
            elif first in _CLOSING:
                flags |= _CLOSE
            return (flags | _BREAK) << _FLAGS
        if first.isdigit():
            one = key("n", number(token))
            return one | one << _BITS | _NUMBER << _FLAGS
        folded = fold(token)
        if len(token) == 1 and not first.isascii() and _IS_UNSPACED.match(token):
            return key("w", folded) | _UNSPACED << _FLAGS
        bare = _POSSESSIVE.sub("", folded)
        flags = 0
        if folded in self._empty or bare in self._empty or len(bare) < 2:
            flags |= _EMPTY
        if first.isupper() and not flags:
            flags |= _CAPITAL
            name = key("p", common_form(bare))
            return key("w", self._stem(bare)) | name << _BITS | flags << _FLAGS
        return key("w", self._stem(bare)) | flags << _FLAGS


@cache
def _memo(language: str | None) -> _Memo:
    return _Memo(language)


def number(token: str) -> str:
    """Digits written one way: "1,234", "1.234" are 1234; "3,5" and "3.5" are one."""
    parts = re.split("[.,]", token)
    if len(parts) > 1 and all(len(part) == 3 for part in parts[1:]) and parts[0] != "0":
        return "".join(parts)
    return ".".join(parts)


def _beginning(text: str) -> list[str]:
    """The first tokens: mostly they are found without going through all that may hold them."""
    forms = _token().findall(text, 0, _MOSTLY_ENOUGH)
    # The last one may be cut.
    if len(forms) <= _MOST_TOKENS and len(text) > _MOSTLY_ENOUGH:
        forms = _token().findall(text, 0, _MOST_CHARACTERS)
    del forms[_MOST_TOKENS:]
    return forms


def tokens(text: str, language: str | None, *, whole: bool = False) -> Tokens:
    """The tokens of a text's beginning.

    Args:
        text: of a report.
        language: ISO 639-1 code, None if unknown.
        whole: all of it, however long.
    """
    forms = _token().findall(text) if whole else _beginning(text)
    memo = _memo(language)
    packed = np.fromiter(map(memo.__getitem__, forms), dtype=np.int64, count=len(forms))
    return Tokens(forms, packed)
