"""The tail of a quotation: a name and a cue that follow its closing mark.

`"Are you mad?" Mr. Carver asked reporters.` is one sentence, though a question mark and a
capital stand in its middle; `"Are you mad?" Mr. Carver said he would not resign.` is two,
because what is said follows the cue.
"""

from __future__ import annotations

import re

from retold.language.sentences import Sentences
from retold.segment.abbreviations import listed

__all__ = ["is_tail"]

_WORD = re.compile(r"(?P<comma>\s{0,3},)?\s{0,9}(?P<word>[^\W_][\w'’\-]{0,30}\.?|\S)")
_INTRODUCES = "\"'“‘”’„‚«‹»›「『:"
# A name of several words with an office and an age; longer runs are new sentences.
_MOST_WORDS = 9


def _closes(text: str, at: int, end: int, cue: str, table: Sentences, bare: bool) -> bool:
    """Whether nothing that is said follows the cue that ends at `at`."""
    after = _WORD.match(text, at, end)
    if not after:
        return True
    word = after["word"]
    if after["comma"] or not word[0].isalnum():
        # A quotation or a colon right after the cue makes it the introduction to the next.
        return word[0] not in _INTRODUCES
    if bare:
        return False
    lower = word.rstrip(".").lower()
    if cue in table.addressed_cues and lower in table.pronouns:
        return True  # "told me"
    return lower not in table.complements or (
        cue in table.addressed_cues and lower not in table.subordinators
    )


def is_tail(text: str, at: int, end: int, table: Sentences, *, bare: bool) -> bool:
    """Whether the words at `at` name who said the quotation that ends before them.

    Args:
        text: of the report.
        at: the first capital after the closing mark.
        end: of the paragraph.
        table: of the report's language.
        bare: allow nothing but name and cue, as after a full stop and after a pronoun.
    """
    position = at
    for seen in range(_MOST_WORDS):
        found = _WORD.match(text, position, end)
        if not found:
            return False
        word = found["word"]
        plain = word.rstrip(".")
        lower = plain.lower()
        if seen and lower in table.cues:
            return word != plain or _closes(text, found.end(), end, lower, table, bare)
        if not seen and lower in table.pronouns:
            bare = True
        named = word[0].isupper() or word[0].isdigit() or lower in table.inside_names
        if not named or (bare and found["comma"]):
            return False
        abbreviated = listed(table.titles, plain) or listed(table.abbreviations, plain)
        if word != plain and len(plain) > 1 and not abbreviated:
            return False
        position = found.end()
    return False
