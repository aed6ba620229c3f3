from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retold.text.excerpts import excerpt
from retold.text.query import Phrase, parse, phrases

TEXT = (
    "The ferry left Brannholm at noon. " * 30
    + "The harbour master said the grain deal was off, and that the grain would stay. "
    + "Nothing else moved. " * 40
)


def marked(text: str, typed: str) -> list[str]:
    return [text[a:b] for a, b in excerpt(text, phrases(parse(typed))).marks]


def test_the_piece_with_the_most_different_phrases_is_shown() -> None:
    shown = excerpt(TEXT, phrases(parse('ferry "grain deal" harbour')))
    piece = TEXT[slice(*shown.span)]
    assert "harbour master said the grain deal" in piece
    assert len(piece) < 400
    assert shown.found == 32
    assert [TEXT[a:b] for a, b in shown.marks][-2:] == ["harbour", "grain deal"]


def test_prefixes_and_accents_are_marked_whole() -> None:
    assert marked("Präsident Erdoğan erdog", "erdog*") == ["Erdoğan", "erdog"]
    assert marked("in 東京都 today", "東京") == ["東京"]


def test_without_a_hit_the_beginning_is_shown() -> None:
    shown = excerpt(TEXT, [Phrase(("absent",))])
    assert shown.span[0] == 0
    assert not shown.marks
    assert excerpt("", []).span == (0, 0)


def test_overlapping_occurrences_are_one_mark() -> None:
    assert marked("la la la land", '"la la"') == ["la la la"]


@given(st.text(alphabet="ab é.東", max_size=400), st.text(alphabet='ab" *é東', max_size=12))
def test_marks_lie_in_the_piece_and_the_piece_in_the_text(text: str, typed: str) -> None:
    shown = excerpt(text, phrases(parse(typed)), width=40)
    start, end = shown.span
    assert 0 <= start <= end <= len(text)
    before = start
    for a, b in shown.marks:
        assert before <= a < b <= end
        before = b
