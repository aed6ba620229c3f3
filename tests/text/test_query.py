from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.text.query import All, AnyOf, Phrase, Without, parse, phrases

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
