"""A report's words in flat lists, with what finding names needs to know of each."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from retold.attribute.actors.lexicon import normal
from retold.model import Segmented

__all__ = ["Tokens", "flatten"]

_OPENING = "\"“„«‹‘'([–—:\u2015"
_HYPHENS = ("-", "\u2010", "\u2011", "–", "−")
_CLOSING = '.!?”"'
_QUOTES = '"“”„«»'


class Tokens(Struct):
    """Parallel lists, one entry a word.

    Attributes:
        starts, ends: spans; a possessive ending is left out of the name's word.
        forms: folded, without a possessive ending.
        names: the same without the case endings that names take (the very list where a
            language has none).
        capital: the word begins with a capital letter.
        upper: it is written in capitals altogether, with two letters or more.
        possessive: it carried a possessive ending.
        glue: how it is joined to the word before it: " " for one space (or a full stop after an
            initial or a title), "-" for a hyphen, "" for anything else (other punctuation,
            a new sentence).
        opens: True where a sentence, a quotation or a heading begins.
        sentence: number of its sentence.
        first: number of each sentence's first word; one more entry for the end.
        headings: sentences in which nearly every word has a capital letter.
        lower: form -> how often it stands in lower case in the report.
        quoted: True inside quotation marks.
    """

    text: str
    starts: list[int]
    ends: list[int]
    forms: list[str]
    names: list[str]
    capital: list[bool]
    upper: list[bool]
    possessive: list[bool]
    glue: list[str]
    opens: list[bool]
    sentence: list[int]
    first: list[int]
    headings: set[int]
    lower: dict[str, int]
    quoted: list[bool]


def _inside(between: str, inside: bool) -> bool:
    """Whether a quotation is open after these characters. Doubled single marks count as one."""
    for character in between.replace("''", '"').replace("``", '"'):
        if character in _QUOTES:
            inside = character in "“„«" or (character == '"' and not inside)
    return inside


def flatten(
    segmented: Segmented, abbreviations: frozenset[str], endings: tuple[str, ...] = ()
) -> Tokens:
    """One pass over the words of a report.

    Args:
        segmented: the report.
        abbreviations: titles after which a full stop does not part words.
        endings: case endings of names, longest first.
    """
    text = segmented.report.text
    forms: list[str] = []
    tokens = Tokens(text, [], [], forms, forms, [], [], [], [], [], [], [], set(), {}, [])
    inside = False
    paragraph = -1
    paragraphs = Counter(sentence.paragraph for sentence in segmented.sentences)
    position = 0
    for number, sentence in enumerate(segmented.sentences):
        if sentence.paragraph != paragraph:
            paragraph, inside = sentence.paragraph, False
        found = sentence.words
        count = len(found)
        tokens.first.append(len(forms))
        tokens.sentence.extend([number] * count)
        starts = [word.start for word in found]
        ends = [word.end for word in found]
        own = [word.form for word in found]
        capital = [text[start].isupper() for start in starts]
        glue = [" "] * count
        opens = [False] * count
        possessive = [False] * count
        upper = [False] * count
        quoted: list[bool] = []
        for k in range(count):
            start = starts[k]
            # Nearly all words follow a single space; only the others are looked at closely.
            if start - position != 1 or text[position] != " " or k == 0:
                between = text[position:start]
                if between and not between.isspace():
                    quoted.extend([inside] * (k - len(quoted)))
                    inside = _inside(between, inside)
                glue[k] = _glue(between, own[k - 1], abbreviations) if k else ""
                stripped = between.strip()
                opens[k] = k == 0 or (not glue[k] and bool(stripped) and stripped[-1] in _OPENING)
            position = ends[k]
            if "'" in own[k] and own[k].endswith("'s"):
                possessive[k] = True
                own[k] = own[k][:-2]
                ends[k] -= 2
            elif capital[k]:
                end = ends[k]
                possessive[k] = own[k][-1] == "s" and text[end : end + 2] in ("' ", "’ ")
                upper[k] = end - start > 1 and text[start:end].isupper()
        quoted.extend([inside] * (count - len(quoted)))
        tokens.starts.extend(starts)
        tokens.ends.extend(ends)
        forms.extend(own)
        tokens.capital.extend(capital)
        tokens.glue.extend(glue)
        tokens.opens.extend(opens)
        tokens.possessive.extend(possessive)
        tokens.upper.extend(upper)
        tokens.quoted.extend(quoted)
        small = [form for form, high in zip(own, capital, strict=True) if not high]
        for form in small:
            tokens.lower[form] = tokens.lower.get(form, 0) + 1
        alone = paragraphs[sentence.paragraph] == 1
        if _heading(text, sentence.span[1], own, small, alone=alone):
            tokens.headings.add(number)
    tokens.first.append(len(forms))
    if endings:
        tokens.names = [normal(form, endings) for form in forms]
    return tokens


def _glue(gap: str, before: str, abbreviations: frozenset[str]) -> str:
    """How a word is joined to the one before over these characters."""
    if gap in ("\u00a0", "\u202f", " & "):
        return " "
    if gap == ". " and (len(before) == 1 or before in abbreviations):
        return " "
    return "-" if gap in _HYPHENS else ""


def _heading(text: str, end: int, forms: list[str], small: list[str], *, alone: bool) -> bool:
    """Three quarters of the longer words have a capital and no full stop ends the line; or all
    words have one; or all longer ones have and the line stands alone."""
    content = len([form for form in forms if len(form) > 3])
    if content < 3:
        return False
    plain = len([form for form in small if len(form) > 3 and not form[0].isdigit()])
    if text[end - 1] in _CLOSING:
        return content >= 4 and (not small or (alone and content >= 5 and not plain))
    return plain <= 0.25 * content
