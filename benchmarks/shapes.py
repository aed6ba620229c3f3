"""Shapes of input made to hurt: one report or story of a chosen size each.

`SHAPES` maps a name to a function from a size to the texts of a story. Those in `CHARACTERS` are
one text of so many characters against a normal report; those in `STORIES` are whole stories,
counted in sentences or reports. Nothing is taken from real reports.
"""

from __future__ import annotations

import random
from collections.abc import Callable

__all__ = ["CHARACTERS", "NORMAL", "SHAPES", "STORIES", "Shape"]

Shape = Callable[[int], list[str]]

NORMAL = """Ferry halted after pier damage

ORSHOLM, March 3 (Norda) - Crossings at Orsholm were halted on Tuesday after a barge struck the \
northern pier, the port authority said.

"We counted 14 cracked pillars," harbour engineer Lena Obrist told Norda. She said repairs would \
take at least three weeks.
"""

_SENTENCE = "The harbour minister said 14 cracked pillars were found after the barge struck. "


def _repeated(unit: str) -> Shape:
    def shape(characters: int) -> list[str]:
        return [(unit * (characters // len(unit) + 1))[:characters], NORMAL]

    return shape


def _nested(opening: str, closing: str) -> Shape:
    def shape(characters: int) -> list[str]:
        depth = characters // (len(opening) + len(closing))
        return [opening * depth + closing * depth, NORMAL]

    return shape


CHARACTERS: dict[str, Shape] = {
    "straight quotation marks": _repeated('"'),
    "curly quotation marks": _repeated("“"),
    "closing quotation marks": _repeated("”"),
    "single quotation marks": _repeated("'"),
    "guillemets": _nested("«", "»"),
    "quotation marks and words": _repeated('"a" '),
    "quotation marks over paragraphs": _repeated("“Open again\n\n"),
    "brackets": _repeated("("),
    "nested brackets": _nested("([", "])"),
    "capitalised words": _repeated("Orsholm "),
    "capitalised words and commas": _repeated("Lena Obrist, "),
    "different capitalised words": lambda size: [
        " ".join(f"Ab{chr(97 + k % 26)}{chr(97 + k // 26 % 26)}{k:x}" for k in range(size // 8)),
        NORMAL,
    ],
    "capital letters": _repeated("A"),
    "initials": _repeated("A. "),
    "numbers": _repeated("14 "),
    "digits": _repeated("7"),
    "grouped digits": _repeated("1,"),
    "number words": _repeated("two hundred and "),
    "dates": _repeated("3 March 2021, "),
    "said": _repeated("said "),
    "said that": _repeated("she said that "),
    "according to": _repeated("according to the port authority, "),
    "pronouns": _repeated("She said he said they said. "),
    "offices": _repeated("the harbour minister of the port authority of "),
    "titles": _repeated("Mr. "),
    "negations": _repeated("not "),
    "newlines": _repeated("\n"),
    "spaces": _repeated(" "),
    "lines of one letter": _repeated("a\n"),
    "full stops": _repeated("."),
    "question marks": _repeated("? "),
    "dashes": _repeated("— "),
    "hyphens": _repeated("a-"),
    "combining marks": _repeated("\u0301"),
    "bidirectional controls": _repeated("\u202e"),
    "NULs": _repeated("\x00"),
    "lone surrogates": _repeated("\ud800 "),
    "zero-width joiners": _repeated("a\u200d"),
    "Han": _repeated("北京"),
    "one word": _repeated("a"),
    "one sentence without a full stop": _repeated("the barge struck the northern pier and "),
    "escape sequences": _repeated("\x1b[31m"),
    "HTML": _repeated("<b>&amp;"),
    "ligatures": _repeated("ﷺ "),
}


def _different(count: int, seed: int) -> list[str]:
    """Sentences that have hardly a word in common."""
    rng = random.Random(seed)

    def word() -> str:
        return "".join(rng.choice("bdfgklmnprstvz") + rng.choice("aeiou") for _ in range(4))

    return [
        f"The {word()} was {word()} {word()} {word()}, {word()} the {word()} {word()} {word()} "
        f"{rng.randrange(2, 999)} {word()}."
        for _ in range(count)
    ]


def _permuted(sentences: int) -> list[str]:
    lines = _different(sentences, 3)
    other = list(lines)
    random.Random(5).shuffle(other)
    return ["\n\n".join(lines), "\n\n".join(other)]


def _one_replaced(sentences: int) -> list[str]:
    other = [_SENTENCE] * (sentences - 1)
    other.insert(sentences // 2, "Nobody was hurt when the crane fell into the water. ")
    return [_SENTENCE * sentences, "".join(other)]


def _identical_reports(reports: int) -> list[str]:
    return [" ".join(_different(40, 7))] * reports


def _short_reports(reports: int) -> list[str]:
    rng = random.Random(11)
    lines = _different(60, 13)
    texts = []
    for number in range(reports):
        chosen = rng.sample(lines, 3)
        if number % 3 == 0:
            chosen[0] = chosen[0].replace(" was ", " will not be ")
        texts.append(" ".join(chosen))
    return texts


def _one_speaker(sentences: int) -> list[str]:
    said = [f"“{line[:-1]},” Lena Obrist said." for line in _different(sentences, 17)]
    return [" ".join(said), " ".join(reversed(said))]


def _many_speakers(sentences: int) -> list[str]:
    said = [
        f"“{line[:-1]},” said Ab{chr(97 + k % 26)}a{chr(97 + k // 26 % 26)} Obrist."
        for k, line in enumerate(_different(sentences, 19))
    ]
    return [" ".join(said), " ".join(said[::2])]


STORIES: dict[str, Shape] = {
    "one sentence, twice so often": lambda count: [_SENTENCE * count, _SENTENCE * (2 * count)],
    "one sentence": lambda count: [_SENTENCE * count] * 2,
    "permuted sentences": _permuted,
    "one sentence replaced": _one_replaced,
    "identical reports": _identical_reports,
    "short reports": _short_reports,
    "one speaker": _one_speaker,
    "many speakers of one surname": _many_speakers,
}

SHAPES: dict[str, Shape] = {**CHARACTERS, **STORIES}
