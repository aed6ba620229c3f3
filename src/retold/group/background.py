"""What is known of words before the first report: shipped frequencies, as keys and shares."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from retold.group.reading import SPACE, tokens
from retold.language import table
from retold.language.background import Background

__all__ = ["background"]

# Running words of a report that are looked at, on average: turns the share of running words into
# the share of reports that have the word (1 - (1 - share)^words).
_WORDS = 400


@cache
def background(language: str | None) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
    """Keys of a language's words and names, and the share of reports that may have each.

    Two empty arrays for a language without a table.
    """
    shares = np.zeros(SPACE, dtype=np.float64)
    for share, words in table(Background, language).classes.items():
        read = tokens(words, language, whole=True)
        np.add.at(shares, read.terms[read.content], float(share))
        capitals = tokens(words.title(), language, whole=True)
        np.add.at(shares, capitals.names[capitals.capitals], float(share))
    keys = np.flatnonzero(shares).astype(np.int32)
    return keys, (1.0 - (1.0 - np.minimum(shares[keys], 1.0)) ** _WORDS).astype(np.float32)
