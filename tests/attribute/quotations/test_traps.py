"""What looks like a quotation and is none, and quotations that are easily missed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.attribute.quotations.helpers import content, read, source


@pytest.mark.parametrize(
    "text",
    [
        "The “emergency” fund was used to paint the town hall.",
        "She reads “The Lighthouse Keeper” to her children.",
        "Dwayne “The Hammer” Colt lost in the second round.",
        "The talks in Callow ended without a result.",
        "A think tank moved to Callow.",
        "The charges against him were dropped.",
    ],
)
def test_no_quotation(text: str) -> None:
    assert read(text) == ()


def test_a_title_is_part_of_the_source() -> None:
    text = "Elin Voss, the author of “Going Under,” said the port was doomed."
    (found,) = read(text)
    assert source(text, found) == "Elin Voss, the author of “Going Under,”"
    assert found.kind == "indirect"


def test_a_floating_quotation_takes_the_speaker_before_it() -> None:
    text = "Marr said the pier was shut. “Nobody may pass.”"
    said, floating = read(text)
    assert floating.kind == "direct"
    assert floating.source == ()
    assert floating.speaker == said.source[0]


def test_a_quotation_over_paragraphs_is_one() -> None:
    text = "“The pier is shut,” Marr said. “It was built in haste.\n\n“It will be torn down.”"
    (found,) = read(text)
    assert content(text, found) == [
        "The pier is shut",
        "It was built in haste.",
        "It will be torn down.",
    ]


def test_a_speaker_named_in_the_last_paragraph_has_said_all() -> None:
    text = "“We will go on.\n\n“We did not stop.\n\n“And we never will,” Keld said."
    (found,) = read(text)
    assert content(text, found) == ["We will go on.", "We did not stop.", "And we never will"]
    assert source(text, found) == "Keld"


def test_a_missing_closing_mark_does_not_hide_the_attribution() -> None:
    text = "“We will go on, said Mr Keld, the mayor. “Nobody stops us.”"
    first, second = read(text)
    assert content(text, first) == ["We will go on"]
    assert source(text, first) == "Mr Keld, the mayor"
    assert second.speaker == first.source[0]


def test_a_headline_may_name_its_speaker_last() -> None:
    text = "“The dam is safe”: minister"
    (found,) = read(text)
    assert source(text, found) == "minister"


def test_a_colon_at_the_end_of_a_sentence_looks_ahead() -> None:
    text = "The ministry issued a statement saying:\n\n“The pier is shut.”"
    (found,) = read(text)
    assert content(text, found) == ["The pier is shut."]
    assert source(text, found) == "The ministry"


def test_any_verb_may_lead_to_a_quotation_by_a_colon() -> None:
    text = "Marr shrugged: “The pier is shut.”"
    (found,) = read(text)
    assert source(text, found) == "Marr"


def test_a_mistyped_verb_after_a_quotation_is_a_cue() -> None:
    text = "“The pier will be torn down,” the harbour master concluuded."
    (found,) = read(text)
    assert source(text, found) == "the harbour master"


def test_this_view_was_expressed_by() -> None:
    text = "The pier is “beyond repair”. This view was expressed by Odile Marr."
    (found,) = read(text)
    assert content(text, found) == ["The pier is “beyond repair”"]
    assert source(text, found) == "Odile Marr"


def test_a_name_after_a_dash_signs_a_quotation() -> None:
    text = "“I am so ashamed. How did we get so low?” ― Jacklyn Marr, teacher\n“Never.” — Otto Keld"
    assert [source(text, found) for found in read(text)] == ["Jacklyn Marr, teacher", "Otto Keld"]


def test_a_line_below_a_quotation_may_sign_it() -> None:
    text = "It rained all day.\n\n“The pier must be rebuilt at once.”\n\nOdile Marr, harbour master"
    (found,) = read(text)
    assert source(text, found) == "Odile Marr, harbour master"


def test_an_interview_names_its_speakers() -> None:
    text = "KELD: The note was a mistake.\n\nMARR: It was an insult."
    assert [source(text, found) for found in read(text)] == ["KELD", "MARR"]


def test_two_cues_of_one_subject_are_two_quotations() -> None:
    text = "Marr said the pier was shut and added that nobody might pass."
    first, second = read(text)
    assert content(text, first) == ["the pier was shut"]
    assert content(text, second) == ["that nobody might pass"]
    assert source(text, first) == source(text, second) == "Marr"


def test_a_relative_clause_ends_before_the_main_verb() -> None:
    text = "Keld, who has said he is tired, said in a letter: “I am leaving.”"
    tired, leaving = read(text)
    assert content(text, tired) == ["he is tired"]
    assert content(text, leaving) == ["I am leaving."]


def test_a_language_without_a_table_has_no_cues() -> None:
    assert read("Zoo zaa zee.", "xx") == ()


_WORDS = (
    "said", "Marr", "the", "minister", ",", ".", ":", "“", "”", '"', "'", "that", "who", "told",
    "by", "quoted", "as", "saying", "according", "to", "and", "but", "was", "“Yes,”", "(", ")", "-",
    "\n\n", "Agency", "not", "citing", "in", "a", "statement", "carried", "she", "his",
    "claim", "?", "Mr.",
)  # fmt: skip


@given(st.lists(st.sampled_from(_WORDS), max_size=40))
def test_any_order_of_words_gives_sound_spans(words: list[str]) -> None:
    text = " ".join(words)
    for found in read(text):
        spans = [*found.content, *found.cue, *found.source]
        spans += [carrier.span for carrier in found.carriers]
        assert found.content
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert list(found.content) == sorted(found.content)
    assert read(text) == read(text)
