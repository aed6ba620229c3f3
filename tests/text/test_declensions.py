"""Case forms of names: what a form can be, and what its surroundings tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.language import available, table
from retold.language.declension import Declension
from retold.text.declensions import (
    Told,
    agreeing,
    declines,
    lemmas,
    of_two_genders,
    one_name,
    readings,
)
from retold.text.surroundings import told

NOTHING = Told()
CODES = [code for code in available() if declines(code)]


def one(a: str, b: str, code: str, of_a: Told = NOTHING, of_b: Told = NOTHING) -> bool:
    return one_name(tuple(a.split()), tuple(b.split()), code, of_a, of_b)


@pytest.mark.parametrize(
    ("code", "a", "b"),
    [
        ("ru", "лавров", "лаврова"),
        ("ru", "лавров", "лавровым"),
        ("ru", "вельский", "вельского"),
        ("ru", "заборская", "заборской"),
        ("ru", "лев зимин", "льва зимина"),
        ("ru", "королёв", "королевым"),
        ("ru", "анна грей", "анны грей"),
        ("uk", "левченко", "левченком"),
        ("uk", "горецька", "горецькою"),
        ("pl", "zaborski", "zaborskiego"),
        ("pl", "gnatek", "gnatka"),
        ("pl", "borda", "bordzie"),
        ("tr", "sarpdere", "sarpdere'ye"),
        ("fi", "sauvonen", "sauvosen"),
    ],
)
def test_case_forms_are_one_name(code: str, a: str, b: str) -> None:
    assert one(a, b, code)
    assert one(b, a, code)


@pytest.mark.parametrize(
    ("code", "a", "b"),
    [
        ("ru", "лавров", "лаврин"),
        ("ru", "лавр", "лавров"),
        ("ru", "лавров", "лавровой"),
        ("ru", "вельский", "вельской"),
        ("ru", "гусев", "гусаров"),
        ("uk", "мороз", "морозюк"),
        ("uk", "залуцький", "залуцькій"),
        ("pl", "wilk", "wilczek"),
        ("pl", "wolański", "wolańskiej"),
        ("fi", "kaarela", "kaarna"),
        ("de", "weise", "weiser"),
        ("de", "hanse", "hansen"),
        ("en", "roth", "roths"),
    ],
)
def test_other_names_are_not(code: str, a: str, b: str) -> None:
    assert not one(a, b, code)


def test_a_womans_name_is_no_mans_genitive_when_the_verb_tells() -> None:
    assert one("ершов", "ершова", "ru")
    assert not one("ершов", "ершова", "ru", of_b=Told("female"))
    assert of_two_genders(("вельский",), ("вельской",), "ru", Told(), Told(None, False))


def test_german_endings_count_only_where_a_genitive_stands() -> None:
    assert not one("harm", "harms", "de", of_b=Told(None, True))
    assert one("harm", "harms", "de", of_b=Told(None, False))


@pytest.mark.parametrize(
    ("before", "after", "opens", "found"),
    [
        (["с"], "прибыл", False, Told(None, False)),
        (["словам", "по"], "", True, Told(None, False)),
        ([], "сообщила", True, Told("female")),
        ([], "сообщил", True, Told("male")),
        ([], "задержали", True, Told()),
        ([], "в", True, Told(None, True)),
        (["концерт"], "отменён", True, Told()),
        (["заявила"], "", False, Told("female")),
        (["цитирует"], "", False, Told()),
    ],
)
def test_what_stands_beside_a_russian_name(
    before: list[str], after: str, opens: bool, found: Told
) -> None:
    assert told(before, after, "ru", opens=opens, speech={"заявила", "цитирует"}) == found


@given(st.sampled_from(CODES), st.data())
def test_every_form_of_a_paradigm_leads_back_to_its_lemma(code: str, data: st.DataObject) -> None:
    paradigms = table(Declension, code).paradigms
    if not paradigms:
        return
    paradigm = data.draw(st.sampled_from(paradigms))
    letters = sorted(
        set(paradigm.after or "клмнтр" if code in "ruuk" else paradigm.after or "klmnt")
    )
    stem = data.draw(
        st.sampled_from(["борал", "хивем"] if code in ("ru", "uk") else ["boral", "hivem"])
    )
    stem += data.draw(
        st.sampled_from([letter for letter in letters if letter not in paradigm.never])
    )
    lemma = stem + paradigm.ending.replace("-", "")
    for ending in paradigm.forms.split():
        form = stem + ending.replace("-", "")
        if not paradigm.inner and not _shadowed(form, lemma, code):
            assert lemma in lemmas(form, code), (paradigm, form)


def _shadowed(form: str, lemma: str, code: str) -> bool:
    """A paradigm that stands alone for longer endings hides the shorter ones."""
    return any(
        paradigm.alone and any(form.endswith(ending) for ending in paradigm.forms.split())
        for paradigm in table(Declension, code).paradigms
    )


@given(st.text(max_size=30), st.sampled_from([*CODES, "en", "xx", None]))
def test_any_word_has_a_reading_and_is_one_with_itself(word: str, code: str | None) -> None:
    found = readings((word,), code)
    assert found
    assert one_name((word,), (word,), code, NOTHING, NOTHING)
    assert agreeing(found, Told("female", False))


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=20))
def test_long_names_stay_cheap(words: list[str]) -> None:
    assert len(readings(tuple(words), "ru")) <= 50
