"""Corrections that belong together, and those that another overtook."""

from __future__ import annotations

import pytest

from retold.archive import corrections
from retold.archive.overtaking import about_the_same
from retold.errors import NothingFound, Overtaken, UsageError
from retold.holdings import (
    ActorsJoined,
    ActorsParted,
    EdgeConfirmed,
    EdgeRejected,
    FieldCorrected,
    PassagesJoined,
    PassagesParted,
    ReportMoved,
    ReportPinned,
    StoriesJoined,
    StoriesParted,
    Undone,
)
from retold.model import Place

A, B, C = (Place(name, (0, 10)) for name in "abc")
LATER = Place("a", (10, 20))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (StoriesJoined(("a", "b")), StoriesParted(("b",), ("c",)), True),
        (StoriesJoined(("a", "b")), ReportMoved("c", "b", ()), True),
        (ReportMoved("c", None, ("d",)), ReportPinned(("d", "e")), True),
        (StoriesJoined(("a", "b")), ReportPinned(("c",)), False),
        (StoriesJoined(("a", "b")), FieldCorrected("a", "title", "x"), False),
        (PassagesJoined(A, B), PassagesParted(B, C), True),
        (PassagesJoined(A, B), PassagesParted(LATER, C), False),
        (PassagesJoined(A, B), ActorsJoined(A, B), False),
        (ActorsJoined(A, B), ActorsParted(C, A), True),
        (ActorsJoined(LATER, B), ActorsParted(C, A), False),
        (EdgeConfirmed("a", "b"), EdgeRejected("c", "b"), True),
        (EdgeConfirmed("a", "b"), EdgeConfirmed("b", "a"), True),
        (EdgeConfirmed("a", "b"), EdgeRejected("a", "c"), False),
        (FieldCorrected("a", "title", "x"), FieldCorrected("a", "title", None), True),
        (FieldCorrected("a", "title", "x"), FieldCorrected("a", "outlet", "x"), False),
        (FieldCorrected("a", "title", "x"), FieldCorrected("b", "title", "x"), False),
    ],
)
def test_what_is_about_the_same(one, other, same):
    assert about_the_same(one, other) == same
    assert about_the_same(other, one) == same


def test_an_overtaken_correction_changes_nothing(archive):
    title = FieldCorrected("a", "title", "First")
    other = FieldCorrected("a", "outlet", "Else")
    assert corrections.newest(archive) == 0
    corrections.correct_all(archive, [title], by="Ana", seen=0)
    with pytest.raises(Overtaken, match="Ana"):
        corrections.correct_all(archive, [other, title], by="Ben", seen=0)
    assert len(corrections.listed(archive)) == 1
    corrections.correct_all(archive, [other], by="Ben", seen=0)
    corrections.correct_all(archive, [title], by="Ben", seen=1)
    assert corrections.newest(archive) == 3
    corrections.undo(archive, 3, by="Ana")
    with pytest.raises(Overtaken, match="correction 4"):
        corrections.correct_all(archive, [title], by="Ben", seen=3)
    with pytest.raises(Overtaken, match="undone already"):
        corrections.undo(archive, 3, by="Ben")
    with archive.reading() as connection:
        assert {number: one.number for number, one in corrections.undoings(connection).items()} == {
            3: 4
        }


def test_together_is_all_or_nothing(archive):
    good = FieldCorrected("a", "title", "x")
    for bad in (EdgeConfirmed("a", "a"), Undone(9)):
        with pytest.raises((UsageError, NothingFound)):
            corrections.correct_all(archive, [good, bad], by="Ana")
        assert corrections.listed(archive) == []
