"""Round-ups and live pages: reports that tell several stories, by what they call themselves.

Those that give no sign in the title are found by what they link (`clustering`).
"""

from __future__ import annotations

from retold.language import table
from retold.language.roundups import Roundups
from retold.text.words import fold

__all__ = ["calls_itself_round_up"]


def calls_itself_round_up(title: str | None, language: str | None) -> str | None:
    """The words of a title that say so; None when there are none.

    Args:
        title: of a report; None where there is none.
        language: ISO 639-1 code.
    """
    if not title:
        return None
    known = table(Roundups, language)
    folded = fold(title).strip()
    for opening in known.openings:
        if folded.startswith(opening):
            return opening
    return next((phrase for phrase in known.phrases if phrase in folded), None)
