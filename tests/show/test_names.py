"""Lists, counts and quotation marks as people write them."""

from __future__ import annotations

import pytest

from retold.show.names import count, listed, quoted
from retold.show.sources import From, in_one_line


def test_a_last_one_is_named_and_not_counted():
    letters = list("ABCDEFGH")
    assert listed(letters[:1], 6) == "A"
    assert listed(letters[:6], 6) == "A, B, C, D, E and F"
    assert listed(letters[:7], 6) == "A, B, C, D, E, F and G"
    assert listed(letters, 6) == "A, B, C, D, E, F and 2 more"
    assert listed([], 6) == ""


def test_one_is_singular_and_thousands_are_separated():
    assert count(1, "report") == "1 report"
    assert count(0, "report") == "0 reports"
    assert count(12_345, "entry", "entries") == "12,345 entries"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("two boats", "“two boats”"),
        ("“two boats”", "“two boats”"),
        ("tug called “The Persistent” took", "‘tug called “The Persistent” took’"),
        ('a "lost" boat', '‘a "lost" boat’'),
        ("the harbour's boat", "“the harbour's boat”"),
    ],
)
def test_marks_within_marks_are_single(words, shown):
    assert quoted(words) == shown


def from_(source: str | None, *reports: str, how: str = "") -> From:
    return From(reports, source, how, 0.5, ())


def test_who_has_a_passage_from_whom_is_one_line():
    found = [
        from_("B", "F", "A", how=", in other words"),
        from_("C", "AA", "D"),
        from_(None, "E", "B"),
    ]
    assert in_one_line(found, str, str) == (
        "A and F from B, in other words; D and AA from C; B and E: cannot tell"
    )
    many = [from_(f"{number}", "A") for number in range(9)]
    assert in_one_line(many, str, str).endswith("; A from 5; and 3 more sources")
    assert in_one_line(many[:7], str, str).endswith("; A from 5; A from 6")
