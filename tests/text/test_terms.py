from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.text.terms import LONGEST, spotted, terms


@pytest.mark.parametrize(
    ("written", "looked_up"),
    [
        ("Erdoğan", ["erdogan"]),
        ("O'Brien’s", ["o", "brien", "s"]),
        ("U.S.", ["us"]),
        ("1,200", ["1200"]),
        ("1.234.567,89", ["1234567", "89"]),
        ("3.5", ["3", "5"]),
        ("Łódź", ["lodz"]),
        ("Straße", ["strasse"]),
        ("Ёлка", ["елка"]),
        ("мой", ["мой"]),
        ("Μητσοτάκης", ["μητσοτακησ"]),
        ("كِتَاب", ["كتاب"]),
        ("日本語", ["日", "本", "語"]),
        ("हिन्दी", ["हिन्दी"]),
        ("Peace-keeper_2", ["peace", "keeper", "2"]),
        ("ﬁne", ["fine"]),
        ("\x00a\ud800b", ["a", "b"]),
    ],
)
def test_a_text_is_found_by(written: str, looked_up: list[str]) -> None:
    assert terms(written) == looked_up


@given(st.text())
def test_spots_are_the_terms_and_lie_in_order(text: str) -> None:
    found = list(spotted(text))
    assert [term for term, _, _ in found] == terms(text)
    ends = 0
    for _, start, end in found:
        assert ends <= start < end <= len(text)
        ends = end


@given(st.text())
def test_terms_are_their_own_terms(text: str) -> None:
    for term in terms(text):
        assert term
        assert len(term) <= LONGEST
        assert all(c.isalnum() or unicodedata.category(c)[0] == "M" for c in term)


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Nd"], max_codepoint=0x24F)))
def test_case_does_not_matter(text: str) -> None:
    assert terms(text.upper().lower()) == terms(text.lower().upper().lower())
