"""Words: what is compared when texts are compared.

A word is a run of letters, digits and combining marks, with inner apostrophes, hyphens,
full stops and commas kept where they join ("don't", "U.S.", "1,234.5", "Russian-Korean" is
two words: a hyphen separates, so that "Korea-Russia" and "Russian-Korean" share their parts).
Scripts written without spaces (Han, kana, Thai, Khmer, Lao, Burmese) give one word a
character, so that comparison still works; the price is that a "word" there is a character.

Linear: one pass of one pattern without nested quantifiers.
"""

from __future__ import annotations

import re
import unicodedata

from retold.model import Word

__all__ = ["UNSPACED", "fold", "words"]

UNSPACED = (
    "\u0e00-\u0e7f"  # Thai
    "\u0e80-\u0eff"  # Lao
    "\u1000-\u109f"  # Burmese
    "\u1780-\u17ff"  # Khmer
    "\u3040-\u30ff"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # Han
    "\U00020000-\U0002ebef"
)
# A letter or mark, not a digit; written with what `\w` lacks: combining marks of Indic scripts.
_LETTER = (
    "[^\\W\\d_" + UNSPACED + "]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0903\u093a-\u094f]"
)
_APOSTROPHE = "'\u2019\u02bc\uff07"
_WORD = re.compile(
    r'[A-Za-z]++(?=[ ,\n;:"!?)\]\u201d])|'  # most words, at once; the rest would find the same
    # 1,234.5  21st  £1.66m; Arabic has marks of its own for both
    rf"\d+(?:[.,\u066b\u066c]\d+|[\u00a0\u202f]\d{{3}}(?!\d))*[^\W\d_{UNSPACED}]*"
    rf"|(?:[^\W\d_{UNSPACED}]\.){{2,}}"  # U.S.  D.P.R.K.
    rf"|(?:{_LETTER}|\d)+(?:[{_APOSTROPHE}](?:{_LETTER})+)*"  # don't  O'Brien  mp3
    rf"|[{UNSPACED}]"
)
_SAME = str.maketrans({"\u2019": "'", "\u02bc": "'", "\uff07": "'", "\u00a0": " ", "\u202f": " "})


def fold(text: str) -> str:
    """The form in which words are compared: compatibility-normalised, case-folded.

    Not for spans: the result may have another length.
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text.translate(_SAME)).casefold().translate(_SAME)


def words(text: str, start: int = 0, end: int | None = None) -> tuple[Word, ...]:
    """The words of `text[start:end]`, with spans in `text`."""
    stop = len(text) if end is None else end
    found = []
    for match in _WORD.finditer(text, start, stop):
        form = match.group()
        first, last = match.span()
        found.append(Word(first, last, form.lower() if form.isascii() else fold(form)))
    return tuple(found)


def forms(text: str) -> list[str]:
    """The forms of the words of a text, in order: three times as fast as `words`."""
    if "\u0130" in text:  # the one capital letter that two characters stand for in lower case
        return [word.form for word in words(text)]
    return [form if form.isascii() else fold(form) for form in _WORD.findall(text.lower())]
