"""Columns of words: what stands together, what is missing, and that nothing is lost."""

from __future__ import annotations

from hypothesis import given, settings

from retold.model import Passage, Stemma
from retold.show.formats.alignment import segments, units
from tests.show.formats.random_tellings import tellings
from tests.show.tellings import Builder, segmented

NOTHING = Stemma((), (), (), ())


def aligned(*sentences: str):
    """Columns of one passage, as a list of rows: what each report has there, "" for nothing."""
    reports = [segmented(f"r{at}", None, None, [[said]]) for at, said in enumerate(sentences)]
    passage = Passage("P1", {one.report.id: (0,) for one in reports}, "r0", (), 1.0, ())
    telling = Builder(*reports).telling((passage,), (), (), (), NOTHING)
    return units(telling)[0]


def rows(unit) -> list[str]:
    return [
        " | ".join(column[key].text if key in column else "-" for key in unit.reports)
        for column in unit.columns
    ]


def test_equal_words_share_a_column_and_others_stand_in():
    unit = aligned("The 14 boats left Orsholm.", "the 41 boats left.", "14 boats sailed")
    assert rows(unit) == [
        "The | the | -",
        "14 | 41 | 14",
        "boats | boats | boats",
        "left | left. | sailed",
        "Orsholm. | - | -",
    ]


def test_a_word_that_only_later_readings_share_is_found_again():
    unit = aligned("He said no.", "He often said no.", "He very often said no.")
    assert rows(unit) == ["He | He | He", "- | - | very", "- | often | often",
                          "said | said | said", "no. | no. | no."]  # fmt: skip


def test_punctuation_stays_with_the_word_it_touches():
    unit = aligned('He said: "We (all) left" – twice.')
    assert [column["r0"].text for column in unit.columns] == [
        "He", "said:", '"We', "(all)", 'left"', "– twice.",
    ]  # fmt: skip


def test_scripts_without_spaces_get_none():
    unit = aligned("東京で会見", "東京で会談")
    assert "".join(column["r1"].written for column in unit.columns).strip() == "東京で会談"


def test_columns_with_the_same_parting_are_drawn_together():
    unit = aligned("Ilan Doresh said so", "Elan Doresch said so", "Ilan Doresh said so")
    told = [
        "".join(column["r1"].written for column in columns)
        for columns in segments(unit, lambda token: token.form)
    ]
    assert told == ["Elan Doresch ", "said so "]


def test_what_one_report_alone_has_stands_where_it_has_it():
    a = segmented("a", None, None, [["First here."], ["Shared words."], ["Last here."]])
    b = segmented("b", None, None, [["Shared words."]])
    passage = Passage("P1", {"a": (1,), "b": (0,)}, "a", (), 1.0, ())
    telling = Builder(a, b).telling((passage,), (), (), (), NOTHING)
    assert [[column[key].text for column in unit.columns for key in unit.reports[:1]]
            for unit in units(telling)] == [["First", "here."], ["Shared", "words."],
                                            ["Last", "here."]]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(telling=tellings())
def test_every_character_but_white_space_is_in_one_token(telling):
    got = {report.id: [] for report in telling.reports}
    for unit in units(telling):
        for column in unit.columns:
            for key, token in column.items():
                got[key].append(token)
    for report in telling.reports:
        tokens = sorted(got[report.id], key=lambda token: token.span)
        said = "".join("".join(report.text[s:e].split()) for s, e in report.sentences)
        assert "".join("".join(token.text.split()) for token in tokens) == said
        for token in tokens:
            assert token.text.split() == report.text[slice(*token.span)].split()
