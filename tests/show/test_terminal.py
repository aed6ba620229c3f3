from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from retold.show.terminal import render
from tests.show.tellings import many, nasty, seas

ANSI = re.compile(r"\x1b\[[0-9;]*m")
NASTY = (
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 [bold]b[/bold] [link=http://x]y[/] \u202egnirts\u202c "
    "\u200b\ufeff\u2066 \x00\x9b2J\r:smile: \ud800 \U000e0041 e\u0301 中文 "
    "\U0001f469\u200d\U0001f467"
)
TELLINGS = {"three": seas(), "eight": many(8), "nasty": nasty(NASTY)}
HIDDEN = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\ufeff\U000e0041]"
)


@pytest.mark.parametrize("width", [40, 80, 120, 200])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252", "koi8-r"])
@pytest.mark.parametrize(
    "telling", [seas(), many(8), nasty(NASTY)], ids=["three", "eight", "nasty"]
)
def test_no_line_is_wider_than_the_terminal(telling, width, encoding):
    shown = render(telling, width, encoding=encoding)
    assert max(cell_len(line) for line in shown.splitlines()) <= width
    shown.encode(encoding)


@pytest.mark.parametrize("colour", [False, True])
def test_no_control_character_of_a_report_reaches_the_terminal(colour):
    shown = render(nasty(NASTY), 100, colour=colour)
    plain = ANSI.sub("", shown) if colour else shown
    assert not HIDDEN.search(plain)
    assert "⟨ESC⟩[31mred" in plain.replace("\n", "").replace("  ", "")
    assert "⟨RLO⟩" in plain


def test_text_of_a_report_is_no_markup():
    plain = render(nasty("[bold]b[/bold] [red]r[/] :smile:"), 120)
    assert "[bold]b[/bold] [red]r[/] :smile:" in plain


def test_colour_says_nothing_that_the_text_does_not():
    telling = seas()
    coloured = ANSI.sub("", render(telling, 100, colour=True))
    lines = [line.rstrip() for line in coloured.splitlines()]
    assert lines == render(telling, 100).splitlines()


def test_differences_are_in_brackets_with_the_number_of_their_entry():
    shown = render(seas(), 80)
    assert "[112]¹ people in all" in shown
    assert "1 number: A “112”; B and C “121”. Another number of people." in shown
    assert "[112]^1 people" in render(seas(), 80, encoding="ascii")


def test_readings_stand_side_by_side_where_they_fit():
    assert "A Corvane" in next(line for line in render(seas(), 120).splitlines() if "│" in line)
    assert "│ B" not in render(seas(), 80)
    assert any("│" in line for line in render(seas("corvane", "harbour"), 80).splitlines())


def test_everything_has_its_place_in_order():
    shown = render(seas(), 80)
    order = [
        "3 reports of one story",
        "share 4 passages",
        "Reports  ─",
        "Passages side by side (4)",
        "Only in one report",
        "7 A crate of herring cost 31 crowns",
        "Who is quoted (7)",
        "Elan Doresch, also written “Ilan Doresh”",
        "Elan Doresch → Marevian News Bureau (MNB) → this page",
        "Cannot tell who speaks",
        "Who descends from whom",
        "├── A Corvane  stated",
        "└── C Daily Tide  support 93",
        "\nCannot tell (B and C)",
        "Also possible (21",
    ]
    places = [shown.index(words) for words in order]
    assert places == sorted(places)


def test_a_deep_stemma_stays_on_the_screen():
    shown = render(many(200, sentences=1), 60)
    assert max(map(cell_len, shown.splitlines())) <= 60
    assert shown.count("support") >= 199


def test_what_differs_in_a_statement_is_named():
    shown = render(seas(), 80)
    assert (
        "  One statement in A, B and C\n"
        '  quotation marks: A "We warned; C “the owners were warned”\n'
        "  attribution: A “the Marevian News Bureau (MNB) quoted him as saying”; C\n"
        "  “Doresch said that”\n"
        "    - A 3 direct: “We warned the owners"
    ) in shown


def test_a_style_ends_where_its_words_end():
    shown = render(seas(), 100, colour=True)
    assert "\x1b[1mnumber: \x1b[0mA “112”; B and C “121”\x1b[2m. Another" in shown
