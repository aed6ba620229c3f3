"""Where sentences end: the labelled texts, the laws of spans, the limits, the shapes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.errors import TooLarge
from retold.language.sentences import Sentences, sentences
from retold.model import Dateline, Report, Segmented
from retold.segment import segment
from retold.settings import Limits, Settings
from retold.text.words import words
from tests.segment.labelled import Case, labelled


def cut(text: str, language: str | None = "en", **limits: int) -> Segmented:
    settings = Settings(limits=Limits(**limits))
    return segment(Report(id="r", text=text, language=language), settings)


def shown(segmented: Segmented) -> list[str]:
    text = segmented.report.text
    return [text[slice(*sentence.span)] for sentence in segmented.sentences]


@pytest.mark.parametrize("case", labelled(), ids=lambda case: case.text[:40])
def test_labelled_text_is_cut_as_expected(case: Case) -> None:
    assert shown(cut(case.text, case.language)) == list(case.sentences)


PIECES = st.sampled_from(
    ["Mr.", "U.S.", "The", "said", '"', "“", "”", "»", "«", "?", "!", ".", "...", "…", ",", " ",
     "  ", "\n", "\n\n", "\r\n", "\u2028", "\t", "(", ")", "[1]", "-", "—", "3.5", "1.", "。",
     "」と", "「", "Я", "т. е.", "/TASS/.", "(AP) —", "LONDON", "\u200b", "\x1f", "•", "e.g.",
     "Trump", "he", "x" * 30, "\u0301", "।", "\u00a0"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=80).map("".join))
LANGUAGES = st.sampled_from([None, "en", "de", "ru", "el", "xx", "pt-BR"])


@given(TEXTS, LANGUAGES, st.integers(1, 60))
def test_sentences_hold_every_character_once(text: str, language: str, longest: int) -> None:
    segmented = cut(text, language, sentence_characters=longest)
    end = paragraph = 0
    for sentence in segmented.sentences:
        start, stop = sentence.span
        assert text[end:start].strip() == ""
        assert end <= start < stop <= len(text)
        assert stop - start <= longest
        assert text[start:stop] == text[start:stop].strip()
        assert sentence.words == words(text, start, stop)
        assert sentence.paragraph in (paragraph, paragraph + 1)
        end, paragraph = stop, sentence.paragraph
    assert text[end:].strip() == ""


@given(TEXTS, LANGUAGES)
def test_cutting_again_gives_the_same(text: str, language: str) -> None:
    assert cut(text, language) == cut(text, language)


@pytest.mark.parametrize("text", ["", " ", "\n\n \t\u2003\r\n"])
def test_nothing_but_white_space_has_no_sentence(text: str) -> None:
    assert cut(text).sentences == ()


def test_paragraphs_are_numbered_from_zero() -> None:
    numbers = [s.paragraph for s in cut("One. Two.\nThree.\n\n\nFour. Five.").sentences]
    assert numbers == [0, 0, 1, 2, 2]


def test_dateline_shares_the_paragraph_of_its_report() -> None:
    assert [s.paragraph for s in cut("Tarvik (Norpress) - It rained.").sentences] == [0]
    assert [s.paragraph for s in cut("TARVIK (NPA) - It rained.").sentences] == [0, 0]


def test_dateline_found_in_reading_is_a_unit() -> None:
    text = "新华社塔维克10月1日电 桥已关闭。原因不明。"
    end = text.index("电") + 1
    dateline = Dateline(span=(0, end), place="塔维克", date="10月1日", agency="新华社")
    report = Report(id="r", text=text, language="zh", dateline=dateline)
    assert shown(segment(report)) == [text[:end], "桥已关闭。", "原因不明。"]


def test_long_sentence_is_cut_at_white_space_and_marked() -> None:
    text = "Short one. Word " + "word " * 30 + "end. Last."
    segmented = cut(text, sentence_characters=40)
    hard = [text[slice(*s.span)] for s in segmented.sentences if s.hard]
    assert " ".join(hard) == "Word " + "word " * 30 + "end."
    assert all(piece.split()[0] in ("Word", "word", "end.") for piece in hard)
    assert shown(segmented)[0] == "Short one."
    assert shown(segmented)[-1] == "Last."


def test_long_word_is_cut_at_the_limit() -> None:
    assert [len(piece) for piece in shown(cut("x" * 25, sentence_characters=10))] == [10, 10, 5]


def test_more_sentences_than_the_limit_are_refused() -> None:
    text = "One. Two. Three."
    assert len(cut(text, report_sentences=3).sentences) == 3
    with pytest.raises(TooLarge, match="more than 2 sentences"):
        cut(text, report_sentences=2)


def test_language_of_the_settings_comes_first() -> None:
    text = "Er kam am 3. Kalendertag an."
    report = Report(id="r", text=text, language="en")
    assert len(segment(report).sentences) == 2
    assert len(segment(report, Settings(language="de")).sentences) == 1


def test_language_without_a_table_takes_the_common_one() -> None:
    assert sentences("xx") == sentences(None) != Sentences()
    assert sentences("pt-BR") == sentences("pt") != sentences(None)


SHAPES = [
    ".", "!", "…", "a.", "A.", "A. ", "a.B", "Mr. ", "U.S. ", ". . ", '" ', '."', '. " ', "“", "(",
    ". (", "((((", "[1]", ".[1]", "1. ", "1.", "。", "」", "。」", "\n", "a\n", "\r\n", " ", ". \n",
    "x", "é.", "- ", ".-", "/TASS/", "LONDON, ", "LONDON ", "(AP) - ", "A" * 60 + "\n", '!" Tom ',
    '!" Tom said ', "?» — Я ", "www.a.B/", "l'", "\u0301", "\u200b", "a.\u00a0", "• ", "I", "IV",
]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_repeated_shape_is_cut(shape: str) -> None:
    """Finishes: a quadratic rule would take minutes on these."""
    text = shape * (60_000 // len(shape))
    segmented = cut(text, report_sentences=60_000)
    covered = sum(end - start for start, end in (s.span for s in segmented.sentences))
    assert covered >= sum(1 for character in text if not character.isspace())
