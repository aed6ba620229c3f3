from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.show.marks import PATTERN, clip, encodable, mixed, visible
from retold.show.names import count, listed, names, percent, ranges, remarks
from tests.show.tellings import segmented


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain words", "plain words"),
        ("two\n\t lines", "two lines"),
        ("\x1b[2J", "⟨ESC⟩[2J"),
        ("a\u202eb", "a⟨RLO⟩b"),
        ("Pay\u200bPal", "Pay⟨ZWSP⟩Pal"),
        ("Pay\u200dPal", "Pay⟨ZWJ⟩Pal"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # a Persian word needs it
        ("क्\u200dष", "क्\u200dष"),
        ("\U0001f469\u200d\U0001f467", "\U0001f469\u200d\U0001f467"),  # and so does a family
        ("\ud800", "⟨U+D800⟩"),
        ("tag\U000e0041", "tag⟨U+E0041⟩"),
        ("soft\u00adhyphen", "soft⟨SHY⟩hyphen"),
        ("\u3164", "⟨U+3164⟩"),
        ("nbsp\u00a0stays", "nbsp\u00a0stays"),
    ],
)
def test_what_cannot_be_seen_is_marked(raw, shown):
    assert visible(raw) == shown


@given(st.text())
def test_nothing_hidden_is_left_but_joiners_in_their_scripts(raw):
    left = PATTERN.findall(visible(raw))
    assert set(left) <= {"\u200c", "\u200d"}
    assert visible(visible(raw)) == visible(raw)


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"])),
    st.sampled_from(["ascii", "cp1252", "utf-8"]),
)
def test_every_encoding_gets_what_it_can_write(raw, encoding):
    encodable(raw, encoding).encode(encoding)


def test_typographic_signs_are_simplified_only_where_they_must_be():
    assert encodable("“a” – b’s", "utf-8") == "“a” – b’s"
    assert encodable("“a” – b’s", "ascii") == '"a" - b\'s'
    assert encodable("“a” – b’s", "cp1252") == "“a” – b’s"
    assert encodable("д", "ascii") == "\\u0434"


@given(st.text(), st.integers(2, 40))
def test_clipped_words_fit(words, length):
    assert len(clip(words, length)) <= max(length, 2)


@pytest.mark.parametrize(
    ("name", "scripts"),
    [
        ("Corvane", ()),
        ("Зоря", ()),
        ("Зоря News", ()),
        ("C\u043ervane", ("Cyrillic", "Latin")),
        ("Daily Τide", ("Greek", "Latin")),
        ("Straße 東京", ()),
    ],
)
def test_names_that_may_pass_for_others_are_found(name, scripts):
    assert mixed(name) == scripts


def test_a_name_that_may_pass_for_another_is_flagged():
    report = segmented("x", None, "C\u043ervane", [["x"]], notes=("read",)).report
    assert remarks(report, names([report])["x"]) == (
        "this name has Cyrillic and Latin letters in one word",
        "read",
    )


def test_numbers_and_lists_in_words():
    assert [count(n, "passage") for n in (0, 1, 2, 1000)] == [
        "0 passages", "1 passage", "2 passages", "1,000 passages",
    ]  # fmt: skip
    assert [listed(list("abc")[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert listed(list("abcdef"), 4) == "a, b, c, d and 2 more"
    assert ranges([4, 1, 2, 3, 7, 9, 10]) == "1–4, 7, 9, 10"
    assert [percent(share).replace("\u00a0", " ") for share in (0, 0.001, 0.5, 0.999, 1)] == [
        "0 %", "1 %", "50 %", "99 %", "100 %",
    ]  # fmt: skip


def test_reports_are_called_by_what_is_known():
    def named(**known: object) -> str:
        one = segmented("x", None, None, [["x"]], **known).report
        return names([one])["x"].name

    assert named(source="https://www.paper.example/a/b.html") == "paper.example"
    assert named(source="C:\\saved\\story.html") == "story.html"
    assert named(source="/tmp/a/story.txt") == "story.txt"
    assert named(source="-") == "standard input"
    assert named(url="http://[::1") == "report"
    assert named() == "report"
    letters = [segmented(str(n), None, None, [["x"]]).report for n in range(30)]
    assert [one.letter for one in names(letters).values()][24:28] == ["Y", "Z", "AA", "AB"]
