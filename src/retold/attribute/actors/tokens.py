"""A report's words in flat lists, with what finding names needs to know of each."""

from __future__ import annotations

from msgspec import Struct

from retold.attribute.actors.lexicon import normal
from retold.model import Segmented

__all__ = ["Tokens", "flatten"]

_OPENING = "\"“„«‹‘'([–—:\u2015"
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
    names = forms if not endings else []
    tokens = Tokens(text, [], [], forms, names, [], [], [], [], [], [], [], set(), {}, [])
    starts, ends = tokens.starts, tokens.ends
    inside = False
    paragraph = -1
    position = 0
    for number, sentence in enumerate(segmented.sentences):
        tokens.first.append(len(starts))
        if sentence.paragraph != paragraph:
            paragraph, inside = sentence.paragraph, False
        previous = -1
        capitals = content = 0
        for word in sentence.words:
            start, end, form = word.start, word.end, word.form
            gap = text[previous:start] if previous >= 0 else ""
            between = text[position:start]
            if between and not between.isspace():
                inside = _inside(between, inside)
            position = end
            glue = ""
            if previous >= 0:
                if gap in (" ", "\u00a0", "\u202f", " & "):
                    glue = " "
                elif gap == ". ":
                    before = forms[-1]
                    if len(before) == 1 or before in abbreviations:
                        glue = " "
                elif gap in ("-", "\u2010", "\u2011", "–", "−"):
                    glue = "-"
            head = text[start]
            capital = head.isupper()
            possessive = False
            if form.endswith("'s"):
                possessive = True
                form, end = form[:-2], end - 2
            elif capital and form.endswith("s") and text[end : end + 2] in ("' ", "’ "):
                possessive = True
            upper = capital and end - start > 1 and text[start:end].isupper()
            tokens.capital.append(capital)
            tokens.upper.append(upper)
            tokens.possessive.append(possessive)
            tokens.glue.append(glue)
            opens = previous < 0 or (not glue and bool(gap.strip()) and gap.strip()[-1] in _OPENING)
            tokens.opens.append(opens)
            tokens.sentence.append(number)
            tokens.quoted.append(inside)
            starts.append(start)
            ends.append(end)
            forms.append(form)
            if endings:
                names.append(normal(form, endings))
            if not capital:
                if head.isalpha():
                    tokens.lower[form] = tokens.lower.get(form, 0) + 1
                    content += len(form) > 3
            elif len(form) > 3:
                capitals += 1
                content += 1
            previous = word.end
        if (
            content >= 3
            and capitals >= 0.75 * content
            and text[sentence.span[1] - 1] not in '.!?”"'
        ) or (content >= 4 and capitals == content):
            tokens.headings.add(number)
    tokens.first.append(len(starts))
    return tokens
