"""Languages whose clauses are parted by commas: whatever stands there, spans stay sound."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.attribute.quotations.helpers import read

WORDS = {
    "de": [
        "Der", "Minister", "Marr", "sagte", "teilte", "mit", ",", ".", ":", ";", "–", "„", "“",
        "dass", "wie", "so", "laut", "nach", "Angaben", "zufolge", "sei", "habe", "hat", "gesagt",
        "und", "die", "das", "es", "heißt", "Behauptung", "zu", "gehen", "wurde", "nicht", "(",
        "am", "Montag", "?", "17", "demnach", "fordert", "er",
    ],
    "ru": [
        "Министр", "Марр", "сказал", "сообщает", ",", ".", ":", ";", "—", "«", "»", "что", "как",
        "по", "словам", "его", "данным", "ТАСС", "слова", "добавив", "и", "который", "об", "этом",
        "не", "в", "Кремле", "заявили", "говорится", "(", "?", "17", "он", "призвал", "уйти",
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", sorted(WORDS))
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_order_of_words_gives_sound_spans(language: str, data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(WORDS[language]), max_size=30))
    text = " ".join(words)
    for found in read(text, language):
        spans = [*found.content, *found.cue, *found.source]
        spans += [carrier.span for carrier in found.carriers]
        assert found.content
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert list(found.content) == sorted(found.content)
    assert read(text, language) == read(text, language)
