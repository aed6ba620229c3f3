from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retold.model import Change, Place
from retold.show.footnotes import footnotes
from retold.show.view import Spot, index, passage_views, pieces, speakers
from tests.show.tellings import many, seas

SPANS = st.tuples(st.integers(0, 40), st.integers(0, 12)).map(lambda one: (one[0], sum(one)))


@given(st.lists(SPANS, max_size=12), SPANS)
def test_pieces_cover_the_span_once_and_open_and_close_every_spot(spans, span):
    spots = [Spot(start, end, (number,), ("k",)) for number, (start, end) in enumerate(spans)]
    found = pieces(span, spots)
    covered = [at for piece in found for at in range(piece.start, piece.end)]
    assert covered == list(range(*span))
    for piece in found:
        inside = {
            number
            for number, (start, end) in enumerate(spans)
            if start <= piece.start and end >= piece.end and start < end
        }
        if piece.start < piece.end:
            assert bool(piece.kinds) == bool(inside)
    opened = [number for piece in found for spot in piece.opening for number in spot.numbers]
    closed = [number for piece in found for spot in piece.closing for number in spot.numbers]
    touching = [
        number
        for number, (start, end) in enumerate(spans)
        if (start < span[1] and end > span[0]) or (start == end and span[0] <= start <= span[1])
        if start < end or start == end
    ]
    assert sorted(opened) == sorted(closed) == sorted(set(opened))
    assert set(opened) <= set(touching)
    assert {n for n in touching if spans[n][0] < spans[n][1]} <= set(opened)


def test_crossing_spots_open_long_first_and_close_short_first():
    found = pieces((0, 10), [Spot(0, 4, (1,)), Spot(0, 8, (2,)), Spot(2, 8, (3,))])
    assert [(one.start, one.end) for one in found] == [(0, 2), (2, 4), (4, 8), (8, 10)]
    assert [spot.numbers for spot in found[0].opening] == [(2,), (1,)]
    assert [spot.numbers for spot in found[2].closing] == [(3,), (2,)]


def test_changes_at_one_place_are_one_entry_with_a_side_for_each_wording():
    text = {"a": "112 people", "b": "121 people", "c": "121 people", "d": "people"}
    order = {"a": 0, "b": 1, "c": 2, "d": 3}

    def change(other: str, end: int, note: str) -> Change:
        return Change("number", Place("a", (0, 3)), Place(other, (0, end)), 0.9, note)

    found = footnotes(
        [change("c", 3, "More."), change("d", 0, "None."), change("b", 3, "More.")],
        order,
        lambda place: text[place.report][slice(*place.span)],
    )
    assert len(found) == 1
    assert [(side.words, [place.report for place in side.places]) for side in found[0].sides] == [
        ("112", ["a"]),
        ("121", ["b", "c"]),
        ("", ["d"]),
    ]
    assert found[0].notes == ("More.", "None.")


def test_two_places_of_one_report_against_one_place_are_two_entries():
    text = {"a": "will", "b": "may or may not"}
    changes = [
        Change("wording", Place("a", (0, 0)), Place("b", span), 0.2, "")
        for span in ((0, 3), (7, 10))
    ]
    found = footnotes(changes, {"a": 0, "b": 1}, lambda p: text[p.report][slice(*p.span)])
    assert [[side.words for side in note.sides] for note in found] == [["", "may"], ["", "may"]]
    assert [note.places[1].span for note in found] == [(0, 3), (7, 10)]


def test_a_change_with_an_unknown_report_is_left_out():
    lost = Change("number", Place("a", (0, 1)), Place("z", (0, 1)), 0.9, "")
    assert footnotes([lost], {"a": 0}, lambda _: "") == ()


def test_a_point_between_sentences_belongs_to_the_one_before():
    look = index(seas())
    first, second = look.reports["corvane"].sentences[1:3]
    spot = look.spot(Place("corvane", (first[1] + 1, first[1] + 1)), 1, "number")
    assert (spot.start, spot.end) == (first[1], first[1])
    assert first[1] + 1 < second[0]


def test_same_readings_are_folded():
    for view in passage_views(index(many(30))):
        assert sum(len(one.reports) for one in view.readings) == len(view.passage.readings)
        assert len(view.readings) <= 14


def test_every_quotation_is_shown_once():
    look = index(seas())
    shown = [one.id for view in speakers(look) for _, group in view.statements for one in group]
    assert sorted(shown) == sorted(look.quotations)
    assert speakers(look)[-1].actor is None


def test_notes_that_repeat_the_words_are_left_out():
    text = {"a": "112 people", "b": "121 people"}

    def noted(note: str) -> tuple[str, ...]:
        change = Change("number", Place("a", (0, 3)), Place("b", (0, 3)), 0.9, note)
        found = footnotes([change], {"a": 0, "b": 1}, lambda place: text[place.report][:3])
        return found[0].notes

    assert noted("112 in one report, 121 in the other.") == ()
    assert noted("“112” is in one report only.") == ()
    assert noted("") == ()
    assert noted("“121” is nine more.") == ("“121” is nine more.",)


def test_a_point_stands_behind_the_word_before_it():
    look = index(seas())
    text = look.reports["tide"].text
    at = text.index("crews, 121")
    spot = look.spot(Place("tide", (at, at)), 1, "wording")
    assert text[: spot.start].endswith("The")
    first = look.reports["tide"].sentences[1][0]
    assert look.spot(Place("tide", (first, first)), 1, "wording").start == first
