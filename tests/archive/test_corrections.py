"""People's layer: signed, dated, only ever added to, and it survives adding again."""

from __future__ import annotations

import msgspec
import pytest

from retold.archive import corrections
from retold.archive.adding import Item, add
from retold.archive.corrections import correct, listed, undo
from retold.archive.getting import many
from retold.archive.searching import Asked, search
from retold.errors import NothingFound, UsageError
from retold.holdings import (
    EdgeRejected,
    FieldCorrected,
    PassagesParted,
    ReportMoved,
    StoriesJoined,
    StoriesParted,
    Undone,
)
from retold.model import Place, Report
from retold.text.content import content_id


def report(text: str, **fields) -> Report:
    made = Report(id="", text=text, **fields)
    return msgspec.structs.replace(made, id=content_id(made))


ONE = report("The ferry stays.", outlet="Post", published="2025-03-04", language="en")
TWO = report("The ferry goes.", outlet="Mail")


@pytest.fixture
def filled(archive):
    add(archive, [Item(ONE), Item(TWO)])
    return archive


def in_force(archive, *ids):
    with archive.reading() as connection:
        return [one.what for one in corrections.about(connection, ids)]


@pytest.mark.parametrize(
    "what",
    [
        StoriesJoined(("a", "b")),
        StoriesParted(("a",), ("b", "c")),
        ReportMoved("a", None, ("b",)),
        PassagesParted(Place("a", (0, 3)), Place("b", (1, 2))),
        EdgeRejected("KCNA", "a"),
        FieldCorrected("a", "outlet", "\0 \ud800 Ünder"),
    ],
)
def test_a_correction_comes_back_signed_and_dated(filled, what):
    made = correct(filled, what, by=" Ada ", note="seen in print")
    (found,) = listed(filled)
    assert found == made
    assert (found.by, found.note, found.holds) == ("Ada", "seen in print", True)
    assert found.made.endswith("Z")
    assert in_force(filled, "a") == [what]
    assert in_force(filled, "z") == []


def test_undoing_is_added_and_can_be_undone(filled):
    what = StoriesJoined((ONE.id, TWO.id))
    first = correct(filled, what, by="Ada")
    second = undo(filled, first.number, by="Ben")
    assert in_force(filled, ONE.id) == []
    with pytest.raises(UsageError, match="undone already"):
        undo(filled, first.number, by="Cy")
    undo(filled, second.number, by="Ada")
    assert in_force(filled, ONE.id) == [what]
    assert [one.holds for one in listed(filled)] == [True, False, True]
    assert [one.by for one in listed(filled)] == ["Ada", "Ben", "Ada"]


def test_a_corrected_field_is_what_searches_see_until_it_is_undone(filled):
    def found(**asked):
        return [hit.report for hit in search(filled, Asked(**asked)).hits]

    made = correct(filled, FieldCorrected(TWO.id, "outlet", "Post"), by="Ada")
    assert found(outlets=["post"], order="oldest") == [ONE.id, TWO.id]
    correct(filled, FieldCorrected(TWO.id, "published", "2025-03-01"), by="Ada")
    assert found(until="2025-03-02") == [TWO.id]
    undo(filled, made.number, by="Ada")
    assert found(outlets=["post"]) == [ONE.id]
    assert found(outlets=["mail"]) == [TWO.id]


def test_corrected_fields_are_shown_as_a_persons_work_and_the_report_is_kept(filled):
    correct(filled, FieldCorrected(ONE.id, "language", "de"), by="Ada")
    correct(filled, FieldCorrected(ONE.id, "language", "nl"), by="Ada")
    with filled.reading() as connection:
        (shown,) = corrections.as_corrected(connection, many(filled, [ONE.id]))
    assert (shown.report.language, shown.report.text) == ("nl", ONE.text)
    assert shown.report.notes == ("language corrected by a person",)
    assert many(filled, [ONE.id])[0].report == ONE


def test_a_correction_waits_for_its_report_and_survives_adding_again(filled):
    late = report("Later news.", outlet="Late")
    correct(filled, FieldCorrected(late.id, "outlet", "Early"), by="Ada")
    for _ in range(2):
        add(filled, [Item(late), Item(ONE)])
        assert [hit.report for hit in search(filled, Asked(outlets=["early"])).hits] == [late.id]


@pytest.mark.parametrize(
    "what",
    [
        StoriesJoined(("a",)),
        StoriesJoined(("a", "a")),
        StoriesParted(("a",), ("a", "b")),
        ReportMoved("a", "a", ()),
        EdgeRejected("a", "a"),
        PassagesParted(Place("a", (0, 1)), Place("a", (0, 1))),
        FieldCorrected("a", "published", "yesterday"),
    ],
)
def test_what_says_nothing_is_refused(filled, what):
    with pytest.raises(UsageError):
        correct(filled, what, by="Ada")
    assert listed(filled) == []


def test_nobody_signs_or_undoes_nothing(filled):
    with pytest.raises(UsageError, match="signed"):
        correct(filled, StoriesJoined(("a", "b")), by="  ")
    with pytest.raises(NothingFound):
        correct(filled, Undone(7), by="Ada")
