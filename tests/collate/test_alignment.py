"""Alignment of invented reports."""

from __future__ import annotations

import random
import re

import pytest

from retold.collate import align
from retold.collate import products as products_module
from retold.errors import UsageError
from retold.model import Actor, Collation, Place, Report, Segmented, Sentence
from retold.text.words import words

WIRE = [
    "The river Ostra broke through the dam at Velden shortly after midnight on Tuesday.",
    "Some 1,250 people were taken to a school gymnasium in nearby Harnau.",
    "“We heard a roar like a train and ran,” said Milena Kostic, a baker from the lower town.",
    "The regional governor, Anton Weiss, promised emergency payments of 300 crowns a household.",
    "Engineers had warned in March that the northern sluice was cracked.",
    "Rain is expected to ease by Thursday, the weather service said.",
]
REWRITE = [
    "FLOOD CHAOS",
    "Shortly after midnight on Tuesday the Ostra burst the Velden dam.",
    "About 1250 residents spent the night in a gymnasium in Harnau.",
    "Baker Milena Kostic said she heard “a roar like a train” and ran.",
    "Cracks in the northern sluice had been reported by engineers in March.",
    "Tickets for the autumn opera season go on sale next week.",
    "Governor Anton Weiss has promised every household 300 crowns in emergency payments.",
]


def cut(name: str, sentences: list[str], language: str | None = "en") -> Segmented:
    text, made = "", []
    for number, sentence in enumerate(sentences):
        start = len(text)
        text += sentence + "\n"
        span = (start, start + len(sentence))
        made.append(Sentence(span, words(text, *span), number))
    return Segmented(Report(name, text, language=language), tuple(made))


def groups(collation: Collation) -> set[tuple[tuple[str, tuple[int, ...]], ...]]:
    return {tuple(sorted(passage.readings.items())) for passage in collation.passages}


def pairs(collation: Collation) -> set[tuple[int, int]]:
    return {
        (i, j)
        for passage in collation.passages
        for i in passage.readings.get("a", ())
        for j in passage.readings.get("b", ())
    }


def test_rewritten_and_moved_sentences_find_each_other():
    result = align([cut("a", WIRE), cut("b", REWRITE)])
    assert pairs(result) == {(0, 1), (1, 2), (2, 3), (4, 4), (3, 6)}
    assert result.only == {"a": (5,), "b": (0, 5)}


def test_the_moved_passage_is_marked_in_one_report_and_no_other_is():
    result = align([cut("a", WIRE), cut("b", REWRITE)])
    moved = [passage for passage in result.passages if passage.moved]
    assert len(moved) == 1
    assert moved[0].readings["a"][0] in (3, 4)


def test_passages_are_numbered_in_order_of_the_fullest_report():
    result = align([cut("b", REWRITE[:3]), cut("a", WIRE)])
    assert [passage.id for passage in result.passages] == ["P1", "P2"]
    assert [passage.readings["a"] for passage in result.passages] == [(0,), (1,)]


def test_a_sentence_cut_in_two_is_one_passage():
    one = [
        WIRE[4],
        "The governor, Anton Weiss, promised 300 crowns a household and said that the northern "
        "sluice would be replaced before the winter.",
        WIRE[0],
    ]
    two = [
        WIRE[4],
        "Governor Anton Weiss promised each household 300 crowns.",
        "The northern sluice would be replaced before winter, he said.",
        WIRE[0],
    ]
    for first, second in (("a", "b"), ("b", "a")):
        result = align([cut(first, one), cut(second, two)])
        assert (((first, (1,)), (second, (1, 2)))) in groups(result) or (
            ((second, (1, 2)), (first, (1,)))
        ) in groups(result)


def test_reports_of_different_stories_share_nothing():
    other = [
        "The opera house opens its season with a new production of a comic piece.",
        "Its director, Paula Remark, left the Vienna stage last year.",
        "Tickets cost between 12 and 90 crowns and go on sale next week.",
    ]
    result = align([cut("a", WIRE), cut("b", other)])
    assert result.passages == ()
    assert result.only == {"a": tuple(range(6)), "b": (0, 1, 2)}


def test_two_single_sentences_that_say_the_same_are_joined():
    one = "Parliament in Velden rejected the budget by 61 votes to 44 on Friday."
    two = "The Velden parliament on Friday voted down the budget, 61 to 44."
    assert len(align([cut("a", [one]), cut("b", [two])]).passages) == 1


def test_two_single_sentences_of_one_topic_that_say_different_things_are_not():
    one = "Parliament in Velden rejected the budget by 61 votes to 44 on Friday."
    two = "The mayor of Velden opened a bridge over the Ostra and praised its builders."
    assert align([cut("a", [one]), cut("b", [two])]).passages == ()


def test_many_reports_meet_in_one_passage_without_chaining():
    reports = [
        cut("a", WIRE),
        cut("b", REWRITE),
        cut("c", [WIRE[0], WIRE[1], WIRE[5]]),
        cut("d", [REWRITE[2], WIRE[3]]),
    ]
    result = align(reports)
    assert (("a", (1,)), ("b", (2,)), ("c", (1,)), ("d", (0,))) in groups(result)
    for passage in result.passages:
        assert all(len(sentences) == 1 for sentences in passage.readings.values())


def test_copies_are_read_alike():
    result = align([cut("a", WIRE), cut("b", WIRE), cut("c", REWRITE)])
    for passage in result.passages:
        assert passage.readings.get("a") == passage.readings.get("b")
    assert len(result.passages) == len(WIRE)


def test_repeated_sentences_are_paired_by_place():
    line = "The council meets again on Monday at nine in the old town hall."
    result = align([cut("a", [line] * 300), cut("b", [line] * 300)])
    assert pairs(result) == {(k, k) for k in range(300)}


def test_a_repeated_line_between_different_ones_keeps_its_place():
    line = "Advertisement"
    one = [WIRE[0], line, WIRE[1], line, WIRE[2]]
    two = [WIRE[0], line, WIRE[1], WIRE[3], line, WIRE[2]]
    result = align([cut("a", one), cut("b", two)])
    assert {(1, 1), (3, 4)} <= pairs(result)


def test_a_permutation_is_undone():
    random_ = random.Random(4)
    letters = "bdfgklmnprst"
    invented = [
        " ".join("".join(random_.choices(letters + "aeiou" * 2, k=7)) for _ in range(12))
        for _ in range(120)
    ]
    order = random_.sample(range(120), 120)
    result = align([cut("a", invented), cut("b", [invented[k] for k in order])])
    assert pairs(result) == {(k, order.index(k)) for k in range(120)}


def test_names_known_for_one_actor_join_sentences():
    a = cut("a", ["The DPRK lodged a sharp protest on Monday.", *WIRE])
    b = cut("b", ["North Korea has protested sharply.", *REWRITE])
    spans = (Place("a", (4, 8)), Place("b", (0, 11)))
    actor = Actor("x", "North Korea", "place", spans, ("North Korea", "DPRK"))
    without = align([a, b]).passages
    passage = next(p for p in align([a, b], [actor]).passages if p.readings.get("a") == (0,))
    assert passage.readings["b"] == (0,)
    assert passage.confidence > max(
        (p.confidence for p in without if p.readings.get("a") == (0,)), default=0.0
    )
    names = [evidence for evidence in passage.because if evidence.kind == "name"]
    assert set(names[0].spans) == set(spans)


def test_numbers_are_the_same_with_and_without_grouping():
    result = align([cut("a", WIRE), cut("b", REWRITE)])
    passage = next(p for p in result.passages if p.readings["a"] == (1,))
    assert any(
        "“1,250”" in evidence.note and "1250" in evidence.note for evidence in passage.because
    )


def test_evidence_shows_words_where_they_stand():
    reports = {each.report.id: each for each in (cut("a", WIRE), cut("b", REWRITE))}
    for passage in align(list(reports.values())).passages:
        assert passage.because
        assert passage.base in passage.readings
        assert 0.5 < passage.confidence <= 1
        for evidence in passage.because:
            assert 0 <= evidence.weight <= 1
            for place in evidence.spans:
                text = reports[place.report].report.text[slice(*place.span)]
                assert text.strip() == text
                assert evidence.kind == "position" or text.lower() in evidence.note.lower()


def test_evidence_of_a_large_passage_is_bounded():
    reports = [cut(f"r{k:02d}", [f"{WIRE[0]} {k}", WIRE[1 + k % 3]]) for k in range(40)]
    for passage in align(reports).passages:
        assert len(passage.because) <= 5 * 4


def test_numpy_and_scipy_give_the_same(monkeypatch):
    reports = [cut("a", WIRE), cut("b", REWRITE), cut("c", WIRE[::-1])]
    dense = align(reports)
    monkeypatch.setattr(products_module, "_DENSE_CELLS", 0)
    assert align(reports) == dense


def test_looking_only_at_rare_words_finds_the_same(monkeypatch):
    reports = [cut("a", WIRE), cut("b", REWRITE)]
    dense = align(reports)
    monkeypatch.setattr(products_module, "_MANY", 0)
    monkeypatch.setattr(products_module, "_RARE", 0.5)
    assert groups(align(reports)) == groups(dense)


@pytest.mark.parametrize("language", [None, "xx", "de"])
def test_a_language_without_tables_still_works(language):
    result = align([cut("a", WIRE, language), cut("b", REWRITE, language)])
    assert {(0, 1), (1, 2), (2, 3)} <= pairs(result)


def test_scripts_without_spaces():
    one = ["首相は火曜日に辞任を表明した。", "大雨のため列車が三時間止まった。"]
    two = ["大雨で列車は三時間にわたり止まった。", "火曜日、首相が辞任を表明した。"]
    assert pairs(align([cut("a", one, "ja"), cut("b", two, "ja")])) == {(0, 1), (1, 0)}


def test_nothing_and_little():
    assert align([]) == Collation((), {})
    assert align([cut("a", WIRE)]) == Collation((), {"a": tuple(range(6))})
    empty = Segmented(Report("e", ""), ())
    assert align([empty, cut("a", WIRE)]).only == {"e": (), "a": tuple(range(6))}
    marks = cut("m", ["* * *", "—"])
    assert align([marks, cut("n", ["* * *"])]).passages == ()


def test_two_reports_with_one_id_are_refused():
    with pytest.raises(UsageError, match=re.escape("same id")):
        align([cut("a", WIRE), cut("a", REWRITE)])
