"""Quotation marks are paired by class and by neighbours, not by parity."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.text.marks import Quoted, quoted


def inside(text: str) -> list[str]:
    return [text[slice(*part.inner)] for part in _parts(text) if part.level == 0]


def _parts(text: str) -> tuple[Quoted, ...]:
    spans = []
    at = 0
    for line in text.split("\n"):
        spans.append((at, at + len(line)))
        at += len(line) + 1
    return quoted(text, [span for span in spans if span[0] < span[1]])


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ('"The pier is shut," she said.', ["The pier is shut,"]),
        ("“The pier is shut,” she said.", ["The pier is shut,"]),
        ("“The pier is shut,“ she said.", ["The pier is shut,"]),
        ('“The pier is shut," she said.', ["The pier is shut,"]),
        ("''The pier is shut,'' she said.", ["The pier is shut,"]),
        ("``The pier is shut,'' she said.", ["The pier is shut,"]),
        ("„Der Pier ist zu“, sagte sie.", ["Der Pier ist zu"]),
        ("»Der Pier ist zu«, sagte sie.", ["Der Pier ist zu"]),
        ("« Le quai est fermé », dit-elle.", ["Le quai est fermé"]),
        ("「埠頭は閉鎖」と述べた。", ["埠頭は閉鎖"]),
        ("‘The pier is shut,’ she said.", ["The pier is shut,"]),
        ("'The pier is shut,' she said.", ["The pier is shut,"]),
        ('"One," he said. "Two."', ["One,", "Two."]),
        ('He called it a "farce" and a "fraud".', ["farce", "fraud"]),
    ],
)
def test_pairs(text: str, want: list[str]) -> None:
    assert inside(text) == want


@pytest.mark.parametrize(
    "text",
    [
        "It's the workers' right, the '90s band's rock 'n' roll.",
        "The boys' mother didn't say.",
        "a 5'10\" sailor",
        "",
    ],
)
def test_apostrophes_and_inches_are_no_quotation(text: str) -> None:
    assert not [part for part in inside(text) if len(part) > 12]


def test_a_possessive_does_not_close_single_marks() -> None:
    text = "'We back the workers' rights,' she said."
    assert inside(text) == ["We back the workers' rights,"]


def test_nested_marks_have_levels() -> None:
    text = "“She told me, ‘Leave at once,’ and I left,” he said."
    assert [part.level for part in _parts(text)] == [0, 1]


def test_a_quotation_over_paragraphs_continues() -> None:
    text = "“The first part.\n“The second part,” he said."
    first, second = _parts(text)
    assert (first.closed, first.continues) == (False, True)
    assert (second.closed, second.continues) == (True, False)


def test_an_unclosed_mark_ends_with_its_paragraph() -> None:
    text = "“We were never told.\nThe port is shut."
    (part,) = _parts(text)
    assert not part.closed
    assert not part.continues
    assert text[slice(*part.inner)] == "We were never told."


def test_a_missing_closing_mark_costs_one_quotation_only() -> None:
    text = "“It is over. “It is not,” she said. “Wait,” he said."
    assert inside(text)[1:] == ["It is not,", "Wait,"]


@given(st.text(alphabet="ab ,.\"'“”‘’„«»`\n", max_size=60))
def test_parts_lie_in_the_text_and_nest(text: str) -> None:
    parts = _parts(text)
    open_ends: list[int] = []
    for part in parts:
        assert 0 <= part.outer[0] <= part.inner[0] < part.inner[1] <= part.outer[1] <= len(text)
        while open_ends and open_ends[-1] <= part.outer[0]:
            open_ends.pop()
        assert part.level == len(open_ends)
        assert not open_ends or part.outer[1] <= open_ends[-1]
        open_ends.append(part.outer[1])
