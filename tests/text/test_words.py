"""Words, and the quick way to their forms."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retold.text.words import forms, words

LETTERS = (
    "Aa bcZ'.,12-_\n\"!?)]"
    + "\u2019\u2013\u201d\u00e9\u03a3\u03c2\u0130\u0131\u00df\ufb01\u4e2d\u0301\u00a0"
)


@given(st.one_of(st.text(), st.text(st.sampled_from(LETTERS))))
def test_forms_are_those_of_the_words(text: str) -> None:
    assert forms(text) == [word.form for word in words(text)]


def test_words_keep_what_joins_and_part_at_hyphens() -> None:
    text = "Don\u2019t sell 1,234.5 t of U.S.-made O'Brien\u2019s (ropes)."
    assert forms(text) == [
        "don't",
        "sell",
        "1,234.5",
        "t",
        "of",
        "u.s.",
        "made",
        "o'brien's",
        "ropes",
    ]
