"""Characters that cannot be seen, made visible.

Control characters can drive a terminal (ANSI and OSC escapes), bidirectional controls can make
a sentence read otherwise than it is stored (Boucher and Anderson, "Trojan Source", 2021), and
zero-width characters can hide in names. All of them are shown as marks such as ⟨ESC⟩ or
⟨RLO⟩. Only what is shown is changed; the nouns keep the text as it came.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

__all__ = ["PATTERN", "clip", "encodable", "hidden", "mark", "mixed", "visible"]

_NAMES = {
    0x00: "NUL",
    0x07: "BEL",
    0x08: "BS",
    0x1B: "ESC",
    0x7F: "DEL",
    0x9B: "CSI",
    0x9D: "OSC",
    0xAD: "SHY",
    0x061C: "ALM",
    0x200B: "ZWSP",
    0x200C: "ZWNJ",
    0x200D: "ZWJ",
    0x200E: "LRM",
    0x200F: "RLM",
    0x202A: "LRE",
    0x202B: "RLE",
    0x202C: "PDF",
    0x202D: "LRO",
    0x202E: "RLO",
    0x2060: "WJ",
    0x2066: "LRI",
    0x2067: "RLI",
    0x2068: "FSI",
    0x2069: "PDI",
    0xFEFF: "BOM",
}

# Categories Cc and Cf, surrogates, and the characters outside them that print as nothing:
# Hangul fillers, the grapheme joiner, Khmer inherent vowels, supplementary variation selectors.
# Line feed, carriage return and tab are white space here.
PATTERN = re.compile(
    "[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890"
    "\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\ud800-\udfff]"
)
_SPACE = re.compile(r"[ \t\n\r]+")
_ALIKE = frozenset({"Latin", "Cyrillic", "Greek", "Armenian", "Cherokee", "Coptic"})
_JOINED = frozenset({"Lo", "Mn", "Mc", "So", "Sk"})  # letters without case, signs, emoji
# What an ASCII terminal shows instead of typographic signs.
_ASCII = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201a": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u00ab": '"',
        "\u00bb": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2026": "...",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\u2192": "->",
        "\u00b7": "-",
        "\u27e8": "<",
        "\u27e9": ">",
    }
)


def mark(char: str) -> str:
    """The mark of one character that cannot be seen: ⟨ZWSP⟩, ⟨U+0085⟩."""
    code = ord(char)
    return f"\u27e8{_NAMES.get(code, f'U+{code:04X}')}\u27e9"


def _belongs(text: str, at: int) -> bool:
    """Whether a joiner stands where its script needs it (Persian, Hindi, emoji), not in a name."""
    if text[at] not in "\u200c\u200d" or not 0 < at < len(text) - 1:
        return False
    before, after = text[at - 1], text[at + 1]
    return (unicodedata.category(before) in _JOINED or before in "\ufe0f") and unicodedata.category(
        after
    ) in _JOINED | {"Sm"}


def hidden(text: str) -> Iterator[tuple[str, bool]]:
    """The text in parts: as it is with False, a mark for a hidden character with True."""
    at = 0
    for match in PATTERN.finditer(text):
        if _belongs(text, match.start()):
            continue
        if match.start() > at:
            yield text[at : match.start()], False
        yield mark(match.group()), True
        at = match.end()
    if at < len(text):
        yield text[at:], False


def visible(text: str) -> str:
    """Text on one line in which nothing is hidden; runs of white space become one space."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text
    return "".join(part for part, _ in hidden(_SPACE.sub(" ", text)))


def encodable(text: str, encoding: str) -> str:
    """Text that the encoding can write: typographic signs simplified, the rest as escapes."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        simple = text.translate(_ASCII)
        return simple.encode(encoding, "backslashreplace").decode(encoding)
    return text


def clip(text: str, length: int) -> str:
    """At most `length` characters, cut between words and ended with an ellipsis if cut."""
    if len(text) <= length:
        return text
    cut = text[: max(length - 1, 1)]
    space = cut.rfind(" ")
    return f"{(cut[:space] if space > length // 2 else cut).rstrip(' ,;:')}\u2026"


def mixed(name: str) -> tuple[str, ...]:
    """Scripts that meet inside one word of a name, where one may pass for the other.

    A Latin name with a Cyrillic o in it gives ("Cyrillic", "Latin"); a name in one script, or
    with a word in each, gives nothing (Unicode Technical Standard 39, mixed-script detection).
    """
    if name.isascii():
        return ()
    found: set[str] = set()
    for word in name.split():
        scripts = {
            unicodedata.name(char, "").partition(" ")[0].capitalize()
            for char in word
            if char.isalpha()
        } & _ALIKE
        if len(scripts) > 1:
            found |= scripts
    return tuple(sorted(found))
