"""A report without a date is looked for where what it tells was told."""

from __future__ import annotations

from itertools import permutations

from retold.group import group
from retold.group.undated import days_of_nearest, rare_keys
from retold.model import Report

FERRY = (
    "BRACKWATER. The ferry Halcyon hit the wall of Cold Quay in fog on Monday with 214 people "
    "aboard, harbour master Ilse Tornqvist said. Nineteen passengers were taken to St Bride's "
    "hospital. The Marine Safety Office of Anser has opened an inquiry into captain Odd Vesterby."
)
FERRY_AGAIN = (
    "Nineteen people were hurt when the Halcyon struck Cold Quay at Brackwater in fog, said "
    "Ilse Tornqvist, the harbour master. There were 214 passengers. Captain Odd Vesterby is being "
    "questioned by the Marine Safety Office."
)
DAM = (
    "TERKAN. Zarava will fill the reservoir of the Upper Sarn this spring, its deputy minister "
    "of water, Jorlan Tuvek, said. Belmark demands an inspection by the commission of 1974 and 310 "
    "cubic metres a second at the border."
)


def report(name: str, text: str, published: str | None = None) -> Report:
    return Report(id=name, text=text, published=published, language="en", outlet=name)


def test_the_day_of_what_shares_the_rarest_is_taken():
    dated = [(100, report("ferry", FERRY)), (900, report("dam", DAM))]
    asked = [report("a", FERRY_AGAIN), report("b", DAM), report("c", "Nothing of either of them.")]
    assert days_of_nearest(asked, dated) == [100, 900, None]
    assert days_of_nearest(asked, dated[::-1]) == [100, 900, None]
    assert days_of_nearest([], dated) == []
    assert days_of_nearest(asked, []) == [None, None, None]


def test_one_that_has_found_its_day_helps_the_next():
    far = report(
        "far",
        "Marine Safety Office of Anser: inquiry opened. Captain Odd Vesterby, Ilse Tornqvist, "
        "St Bride's hospital, Brackwater, Cold Quay, Halcyon.",
    )
    near = report("near", FERRY_AGAIN)
    assert days_of_nearest([near, far], [(7, report("ferry", FERRY))]) == [7, 7]


def test_keys_are_few_and_of_no_common_words():
    assert 0 < len(rare_keys(report("a", FERRY * 50))) <= 120
    assert len(rare_keys(report("b", "It is what it was, and so they said."))) < 3
    assert len(rare_keys(report("c", ""))) == 0


def test_dated_and_undated_tellings_of_one_story_meet_whatever_the_order():
    reports = [
        report("ferry", FERRY, "2019-03-22"),
        report("again", FERRY_AGAIN),
        report("dam", DAM, "2023-05-11"),
        report("dam-again", DAM + " He was speaking in Terkan."),
    ]
    for order in permutations(reports):
        stories: dict[str, set[str]] = {}
        for placed in group(order):
            stories.setdefault(placed.story, set()).add(placed.report)
        assert sorted(map(sorted, stories.values())) == [["again", "ferry"], ["dam", "dam-again"]]
