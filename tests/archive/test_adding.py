"""What goes in comes out; the same again changes nothing; versions stand beside each other."""

from __future__ import annotations

import pytest

from retold.archive.adding import Item, add
from retold.archive.getting import count, each, get, raw_of, versions
from retold.errors import NothingFound

from .items import FULL, report


def test_a_report_comes_back_as_it_was(archive):
    add(archive, [Item(FULL, b"<html>" + bytes(range(256)), story="ferries")])
    kept = get(archive, FULL.id)
    assert kept.report == FULL == kept.as_given
    assert (kept.given, kept.story, kept.has_raw) == (None, "ferries", True)
    assert raw_of(archive, FULL.id) == b"<html>" + bytes(range(256))


def test_the_same_again_changes_nothing(archive):
    items = [Item(report(f"Text {n}.", url=f"https://e.org/{n}")) for n in range(5)]
    first = add(archive, items)
    again = add(archive, items[::-1])
    assert (first.new, first.known) == (5, 0)
    assert (again.new, again.versions, again.known) == (0, 0, 5)
    assert again.ids == first.ids[::-1]
    assert count(archive) == 5


def test_versions_of_a_page_stand_beside_each_other(archive):
    late = report("Five are missing.", url="https://e.org/a/amp", fetched="2025-03-05T09:00:00Z")
    early = report("Four are missing.", url="http://e.org/a#top", fetched="2025-03-05T08:00:00Z")
    other = report("Elsewhere.", url="https://e.org/b")
    added = add(archive, [Item(late), Item(early), Item(other)])
    assert (added.new, added.versions) == (2, 1)
    assert [one.report for one in versions(archive, late.id)] == [early, late]
    assert [one.report for one in versions(archive, other.id)] == [other]


def test_a_given_id_with_another_content_gets_an_id_of_its_own(archive):
    first = report("One.", id="A")
    second = report("Two.", id="A")
    added = add(archive, [Item(first), Item(second)])
    assert added.ids[0] == "A"
    assert added.ids[1] != "A"
    kept = get(archive, added.ids[1])
    assert kept.given == "A"
    assert kept.report.notes == ("came with the id 'A', which another report has here",)
    assert kept.as_given == second
    assert add(archive, [Item(second), Item(first)]).ids == added.ids[::-1]
    assert {one.report.text for one in versions(archive, "A")} == {"One.", "Two."}


def test_what_is_not_there_is_said(archive):
    with pytest.raises(NothingFound):
        get(archive, "no such id")


def test_reports_come_in_the_order_they_came(archive):
    texts = [f"Report number {n}." for n in range(450)]
    for start in range(0, 450, 100):
        add(archive, [Item(report(text)) for text in texts[start : start + 100]])
    assert [kept.report.text for kept in each(archive)] == texts
    assert [kept.report.text for kept in each(archive, after=440)] == texts[440:]
