from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.text.clitics import written_forms
from retold.text.query import All, AnyOf, Phrase, Without, holds, parse, phrases
from retold.text.terms import terms

GRAIN, DEAL = Phrase(("grain",)), Phrase(("deal",))


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("", None),
        ("  -  * ( ) ", None),
        ("Grain", GRAIN),
        ("grain deal", All((GRAIN, DEAL))),
        ('"grain deal"', Phrase(("grain", "deal"))),
        ("„grain deal“", Phrase(("grain", "deal"))),
        ("«grain deal»*", Phrase(("grain", "deal"), prefix=True)),
        ("harv*", Phrase(("harv",), prefix=True)),
        ("grain -deal", Without(GRAIN, (DEAL,))),
        ("-deal", Without(None, (DEAL,))),
        ("grain OR deal", AnyOf((GRAIN, DEAL))),
        ("grain|deal", AnyOf((GRAIN, DEAL))),
        ("grain OR", GRAIN),
        ("ORDER", Phrase(("order",))),
        ("title:grain", Phrase(("grain",), title=True)),
        ('title:"grain deal"', Phrase(("grain", "deal"), title=True)),
        ("(grain | deal) port", All((AnyOf((GRAIN, DEAL)), Phrase(("port",))))),
        ("((grain", GRAIN),
        ("grain) deal", All((GRAIN, DEAL))),
        ("O'Brien", Phrase(("o", "brien"))),
        ("peace-keeper", Phrase(("peace", "keeper"))),
        ('"grain deal', Phrase(("grain", "deal"))),
        ("東京", Phrase(("東", "京"))),
        ("title:", None),
        ('"كتاب"', Phrase(("كتاب",))),
        ("- grain", GRAIN),
    ],
)
def test_what_is_typed_means(typed: str, tree: object) -> None:
    assert parse(typed) == tree


def test_the_unwanted_is_not_shown() -> None:
    assert phrases(parse("grain -deal (port OR -ship)")) == [GRAIN, Phrase(("port",))]


@given(st.text(alphabet=st.sampled_from('ab "“”«»()|-*:ORtitle\n\0é東'), max_size=80))
def test_whatever_is_typed_is_a_query(typed: str) -> None:
    for phrase in phrases(parse(typed)):
        assert phrase.terms


def test_brackets_do_not_nest_without_end() -> None:
    assert parse("(" * 1_900 + "grain") is None or phrases(parse("(" * 1_900 + "grain"))


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("كتاب", "الكتاب"),
        ("الكتاب", "كتاب"),
        ("كتاب", "للكتاب"),
        ("كتاب", "وبالكتاب"),
        ("كِتاب", "والكتاب"),
        ("مدرسه", "المدرسة"),
        ("مستشفي", "المستشفى"),
        ("أخبار", "الاخبار"),
        ("وزير", "الوزير"),
        ("title:وزير", "وزير"),
    ],
)
def test_an_arabic_word_is_found_with_article_and_particles(asked: str, written: str) -> None:
    (text,) = ([term] for term in terms(written))
    assert holds(parse(asked), (text,), text)


@pytest.mark.parametrize(
    ("asked", "written"),
    [("زير", "وزير"), ("لد", "بلد"), ("وزير", "زير"), ("من", "المن"), ('"كتاب"', "الكتاب")],
)
def test_a_letter_that_belongs_to_a_word_is_no_particle(asked: str, written: str) -> None:
    text = terms(written)
    assert not holds(parse(asked), (text,), text)


def test_a_pasted_text_is_not_widened_without_end() -> None:
    node = parse("المدرسة " * 200)
    assert isinstance(node, All)
    assert sum(isinstance(part, AnyOf) for part in node.parts) == 12


@given(st.text(alphabet="ابوالفكلةىيه", min_size=1, max_size=12))
def test_every_form_is_found_by_the_word_it_is_a_form_of(word: str) -> None:
    forms = written_forms(word)
    assert forms[0] == word
    assert len(forms) == len(set(forms)) <= 60
