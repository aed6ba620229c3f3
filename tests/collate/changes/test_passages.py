"""What holds for every comparison, and how passages are filled."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.collate.changes import changes
from retold.model import Collation, Passage, Report
from retold.segment import segment
from retold.settings import DEFAULTS

WORDS = [
    "The",
    "council",
    "did",
    "not",
    "say",
    "that",
    "most",
    "of",
    "12",
    "boats",
    "may",
    "sink",
    "on",
    "Monday",
    "in",
    "Port",
    "Ansel",
    "said",
    "“never”",
    "Ilse",
    "Marrow",
    "refused",
    "to",
    "pay",
    "£5m",
    "allegedly",
    "before",
    "after",
    "some",
    "Tuesday",
    "claimed",
]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=25).map(" ".join)


def collated(*given_texts, base="r0"):
    reports = [
        segment(Report(id=f"r{number}", text=text, language="en"))
        for number, text in enumerate(given_texts)
    ]
    readings = {one.report.id: tuple(range(len(one.sentences))) for one in reports}
    passage = Passage("P1", readings, base, (), 1.0, ())
    return Collation((passage,), {}), reports


def found_in(*given_texts):
    collation, reports = collated(*given_texts)
    return changes(collation, reports, (), (), DEFAULTS).passages[0].changes


@settings(max_examples=60, deadline=None)
@given(texts, texts)
def test_spans_are_whole_words_in_their_reports_and_weights_are_shares(a, b):
    for change in found_in(a, b):
        assert 0 < change.weight <= 1
        assert change.note.endswith(".")
        for place, text in ((change.a, a), (change.b, b)):
            start, end = place.span
            assert 0 <= start <= end <= len(text)
            if start < end:
                assert not text[start].isspace()
                assert not text[end - 1].isspace()
                assert start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
                assert end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum())


@settings(max_examples=30, deadline=None)
@given(texts)
def test_equal_readings_have_no_changes(a):
    assert found_in(a, a) == ()


@settings(max_examples=40, deadline=None)
@given(texts, texts)
def test_heaviest_first(a, b):
    weights = [change.weight for change in found_in(a, b)]
    assert weights == sorted(weights, reverse=True)


def test_equal_readings_are_compared_once_and_shown_where_they_stand():
    base = "Twelve boats sank off Kiel."
    other = "Ten boats sank off Kiel."
    first, second = found_in(base, other, f"Weather.\n\n{other}")[:2]
    collation, reports = collated(base, other, f"Weather.\n\n{other}")
    readings = dict(collation.passages[0].readings) | {"r2": (1,)}
    passage = Passage("P1", readings, "r0", (), 1.0, ())
    found = changes(Collation((passage,), {}), reports, (), (), DEFAULTS).passages[0].changes
    assert [change.b.report for change in found] == ["r1", "r2"]
    for change in found:
        text = reports[int(change.b.report[1])].report.text
        assert text[slice(*change.b.span)] == "Ten"
    assert first.kind == second.kind == "number"


def test_two_sentences_against_one():
    a = "The dam held. Nobody was hurt, Mayor Ines Roth said."
    b = "The dam held and nobody was hurt, according to Mayor Ines Roth."
    assert [change for change in found_in(a, b) if change.kind != "wording"] == []


def test_a_passage_without_its_base_or_with_unknown_reports_is_left_alone():
    collation, reports = collated("A ship sank.", "Two ships sank.", base="gone")
    assert changes(collation, reports, (), (), DEFAULTS).passages[0].changes == ()
    collation, reports = collated("A ship sank.", "Two ships sank.")
    assert changes(collation, reports[:1], (), (), DEFAULTS).passages[0].changes == ()


def test_words_of_two_languages_are_not_compared():
    collation, reports = collated("Twelve boats sank.", "Zwölf Boote sanken.")
    report = msgspec.structs.replace(reports[1].report, language="de")
    both = [reports[0], msgspec.structs.replace(reports[1], report=report)]
    assert changes(collation, both, (), (), DEFAULTS).passages[0].changes == ()


def test_what_turns_a_claim_round_comes_before_wording():
    found = found_in(
        "The big dam was not damaged, officials said.",
        "The huge dam was damaged, officials said.",
    )
    assert next(change.kind for change in found) == "negation"
    assert found[-1].kind == "wording"
