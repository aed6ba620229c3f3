"""Sentences that tell part of the same without being readings of one passage."""

from __future__ import annotations

import numpy as np

from retold.collate import align
from retold.collate.decisions import decided
from retold.collate.features import extract
from retold.collate.segments import Segments
from retold.holdings import Correction, PassagesJoined
from retold.model import Collation
from tests.collate.test_alignment import REWRITE, WIRE, cut

REPORT = [
    "The ferry Halvorsen, built at Brenn nine years ago, ran aground off Tarn Point at dawn with "
    "312 passengers, forty cars and a circus on board, and lay there with a list of ten degrees.",
    "A crew member had fallen asleep on the bridge, the maritime inspector Ruta Veld told a "
    "hearing in Skarholm on Monday.",
    "Nobody was badly hurt, although in the hours that followed eleven people were treated for "
    "cold in the harbour clinic, and a tiger had to be led ashore by its keeper in the dark.",
    "Tugs pulled the vessel free two days later and towed it to the yard.",
    "The owner, which had changed its name in spring, has paid out 40,000 crowns to each "
    "traveller since then, while its insurer and the shipyard go on arguing over who bears that.",
    "Its shares fell by a tenth on the news, and have not recovered.",
]
SUMMARY = [
    "In its yearly overview, which came out late, the registry of losses at sea counts the case "
    "off Tarn Point, where eleven people were treated for cold, among nine such cases of neglect, "
    "and asks whether 40,000 crowns to each traveller are enough under the law of the country.",
    "The weather on the west coast stays mild until the weekend.",
]


def linked(collation: Collation, a: str, b: str) -> set[tuple[int, int]]:
    found = set()
    for one in collation.overlaps:
        i, j = one.numbers
        assert {one.a.report, one.b.report} == {a, b}
        found.add((i, j) if one.a.report == a else (j, i))
    return found


def together(collation: Collation, a: str, b: str) -> set[tuple[int, int]]:
    return {
        (i, j)
        for passage in collation.passages
        for i in passage.readings.get(a, ())
        for j in passage.readings.get(b, ())
    }


def test_a_sentence_of_a_summary_is_linked_with_every_sentence_it_tells_a_part_of():
    result = align([cut("s", SUMMARY), cut("r", REPORT)])
    assert linked(result, "s", "r") == {(0, 2), (0, 4)}
    assert together(result, "s", "r") == set()
    assert result.only["s"] == (0, 1)


def test_the_part_that_is_told_is_named_in_whole_words():
    result = align([cut("s", SUMMARY), cut("r", REPORT)])
    texts = {"s": cut("s", SUMMARY).report.text, "r": cut("r", REPORT).report.text}
    (clinic,) = [one for one in result.overlaps if 2 in one.numbers]
    told = {place.report: texts[place.report][slice(*place.span)] for place in (clinic.a, clinic.b)}
    assert told["s"] == "eleven people were treated for cold"
    assert told["r"] == "eleven people were treated for cold"
    assert clinic.confidence > 0.5
    assert any("shared words" in reason.note for reason in clinic.because)


def test_two_tellings_of_one_text_have_passages_and_no_overlaps():
    assert align([cut("a", WIRE), cut("b", REWRITE)]).overlaps == ()


def test_one_word_in_common_is_no_overlap():
    one = ["Visitors are advised to look for rooms elsewhere.", WIRE[0]]
    two = ["What surprises visitors is the number of halls.", REWRITE[1]]
    assert align([cut("a", one), cut("b", two)]).overlaps == ()


def test_the_order_of_the_input_does_not_matter():
    one = align([cut("s", SUMMARY), cut("r", REPORT)])
    two = align([cut("r", REPORT), cut("s", SUMMARY)])
    assert one.overlaps == two.overlaps


def test_a_passage_with_many_readings_is_linked_once():
    reports = [cut(f"r{number}", REPORT) for number in range(4)]
    other = cut("x", [*REPORT[:2], REPORT[2].replace("eleven", "twelve"), *REPORT[3:]])
    result = align([cut("s", SUMMARY), *reports, other])
    passage = {
        (report, number): one.id
        for one in result.passages
        for report, numbers in one.readings.items()
        for number in numbers
    }
    pairs = [
        tuple(
            passage.get((place.report, number), (place.report, number))
            for place, number in zip((one.a, one.b), one.numbers, strict=True)
        )
        for one in result.overlaps
    ]
    assert len(pairs) >= 2
    assert len(set(pairs)) == len(pairs)


def test_what_people_join_overlaps_no_more():
    reports = [cut("s", SUMMARY), cut("r", REPORT)]
    result = align(reports)
    first = result.overlaps[0]
    joined = Correction(
        number=1,
        made="2025-01-01T00:00:00Z",
        by="Ada",
        what=PassagesJoined(a=first.a, b=first.b),
        note=None,
        holds=True,
    )
    left = decided(result, reports, [joined]).overlaps
    assert left == result.overlaps[1:]


def test_the_best_part_leaves_out_what_surrounds_it():
    report = cut("a", ["Rain fell. the red harbour crane toppled over", "red harbour crane"])
    features = extract([report], ["en"], (), {"en": frozenset({"the", "over"})})
    segments = Segments(features)
    kinds = features.kinds[0]
    first, last = segments.best(kinds[[0]], kinds[[1]])
    assert (first.tolist(), last.tolist()) == ([3], [5])
    whole = segments.scores(kinds[[1, 0]], kinds[[0, 1]])
    assert whole[0] == whole[1] > 0.0
    assert segments.words(kinds[[0]], kinds[[1]]).tolist() == [3]
    assert segments.scores(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)).size == 0


def test_a_word_said_twice_counts_once():
    report = cut("a", ["crane crane crane", "crane"])
    features = extract([report], ["en"], (), {"en": frozenset()})
    kinds = features.kinds[0]
    scores = Segments(features).scores(kinds[[0, 1]], kinds[[1, 0]])
    assert scores[0] == scores[1]


def test_a_place_is_inside_its_sentence():
    reports = [cut("s", SUMMARY), cut("r", REPORT)]
    spans = {one.report.id: [each.span for each in one.sentences] for one in reports}
    for one in align(reports).overlaps:
        for place, number in zip((one.a, one.b), one.numbers, strict=True):
            start, end = spans[place.report][number]
            assert start <= place.span[0] < place.span[1] <= end
