"""What people corrected is said in sentences, and moments as they are read."""

from __future__ import annotations

import time

import pytest

from retold.holdings import (
    ActorsParted,
    Correction,
    EdgeConfirmed,
    EdgeRejected,
    FieldCorrected,
    PassagesJoined,
    ReportMoved,
    ReportPinned,
    StoriesJoined,
    StoriesParted,
    Undone,
)
from retold.model import Place
from retold.show.corrections import correction_line, corrections
from retold.show.dates import as_read

PLACES = Place("r1", (0, 5)), Place("r2", (7, 9))


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (FieldCorrected("r1", "title", "Piers"), "the title of report r1 is “Piers”"),
        (FieldCorrected("r1", "outlet", None), "the outlet of report r1 is not known"),
        (StoriesJoined(("r1", "r2")), "the stories of reports r1, r2 are one"),
        (StoriesParted(("r1",), ("r2",)), "report r1 is not of the story of report r2"),
        (ReportMoved("r1", None, ()), "report r1 belongs to a story of its own"),
        (ReportMoved("r1", "r2", ()), "report r1 belongs to the story of report r2"),
        (ReportPinned(("r1", "r2")), "reports r1, r2 stay together"),
        (EdgeConfirmed("r1", "r2"), "report r2 descends from r1"),
        (EdgeRejected("r1", "r2"), "report r2 does not descend from r1"),
        (PassagesJoined(*PLACES), "the sentences at r1:0-5 and r2:7-9 are readings of one passage"),
        (ActorsParted(*PLACES), "the names at r1:0-5 and r2:7-9 are those of two actors"),
        (Undone(4), "correction 4 is taken back"),
    ],
)
def test_a_correction_is_a_sentence(what, said: str) -> None:
    one = Correction(3, "2031-03-04T08:15:00Z", "Ada", what, None, True)
    assert correction_line(one) == f"3  4 Mar 2031, 08:15 UTC  Ada: {said}"


def test_notes_and_what_is_undone_are_said_and_nothing_steers_the_terminal() -> None:
    one = Correction(
        1, "2031-03-04T08:15:00Z", "A\x1b[2J", FieldCorrected("r1", "title", "x\x07"), "why", False
    )
    line = corrections([one])
    assert "\x1b" not in line
    assert "\x07" not in line
    assert line.endswith(" (why) [undone]\n")
    many = Correction(1, "2031-03-04", "A", ReportPinned(tuple(map(str, range(30)))), None, True)
    assert "11 and 18 more stay together" in correction_line(many)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="needs a zone that can be set")
def test_moments_stand_in_the_readers_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    time.tzset()
    try:
        assert as_read("2031-03-04T08:15:00Z", local=True) == "4 Mar 2031, 09:15 CET"
        assert as_read("2031-07-04T23:15:00+00:00", local=True) == "5 Jul 2031, 01:15 CEST"
    finally:
        monkeypatch.undo()
        time.tzset()
    assert as_read("2031-03-04T08:15:00+02:00") == "4 Mar 2031, 08:15 +02:00"
    for as_it_is in ("2031-03-04", "2031-03-04T08:15"):
        assert as_read(as_it_is, local=True) == as_read(as_it_is)
    assert as_read("2031-03-04", local=True) == "4 Mar 2031"
    assert as_read("yesterday", local=True) == "yesterday"
