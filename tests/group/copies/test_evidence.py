"""What a shared word says of copying."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retold.group.copies.evidence import Shared, around, weights
from retold.text.words import forms as forms_of

WIRE = forms_of(
    "the harbour board of tallow said on friday that nineteen grain ships would be unloaded by"
    " monday after dockers ended a strike over the night shift"
)


def shared(forms: list[str], *sources: list[str]) -> Shared:
    return Shared(forms, weights(forms, "en"), sources)


def test_rare_words_weigh_more_than_common_ones_and_those_more_than_function_words() -> None:
    of, said, harbour, unknown, letter = weights(["of", "said", "harbour", "zorvik", "議"], "en")
    assert of < said < harbour <= unknown == 1.0
    assert of < letter < unknown
    assert weights(["of", "zorvik"], "xx").tolist() == [1.0, 1.0]


def test_a_run_of_function_words_tells_nothing() -> None:
    forms = forms_of("it was of the kind that would be seen on friday that year")
    found = shared(forms, [*WIRE, "it", "was", "of", "the", "sort"])
    assert found.runs(4)[:4].all()
    assert not found.telling(1.5)[:4].any()
    board = shared(["their", "harbour", "board", "met"], WIRE)
    assert board.telling(1.5).tolist() == [False, True, True, False]


def test_the_longest_run_counts_up_to_five_further_words() -> None:
    found = shared(["dockers", "yesterday", *WIRE[:12], "dockers", "ended"], WIRE)
    assert found.further().tolist() == [0, 0, *[5] * 12, 1, 1]


def test_words_in_the_order_of_the_source_support_each_other() -> None:
    near = forms_of("harbour board says nineteen more grain ships were unloaded")
    kept = shared(near, WIRE).beside()
    mixed = forms_of("ships nineteen of harbour grain board")
    moved = shared(mixed, ["grain", *"x" * 30, "nineteen", *"x" * 30, *forms_of("harbour ships")])
    assert kept[near.index("grain")] > 2.0
    assert kept[near.index("says")] < 1e-9
    assert moved.beside().max() <= 1.0


def test_words_of_two_sources_do_not_support_each_other() -> None:
    forms = ["harbour", "board"]
    assert shared(forms, ["harbour"], ["board"]).beside().max() < 1e-9
    assert shared(forms, ["harbour", "board"]).beside().min() > 0.5


def test_a_word_of_many_places_is_looked_up_with_its_neighbour() -> None:
    often = ["grain", "x"] * 100
    alone = shared(["grain", "ships"], often)
    assert alone.beside().max() < 1e-9
    found = shared(["grain", "ships"], [*often, "grain", "ships"])
    assert found.beside().min() > 0.5


words = st.lists(st.sampled_from(forms_of("the of harbour board ships a zorvik")), max_size=30)


@given(words, st.lists(words, max_size=3))
def test_what_is_found_is_there(forms: list[str], sources: list[list[str]]) -> None:
    found = shared(forms, *sources)
    held = {form for source in sources for form in source}
    here = np.array([form in held for form in forms], np.bool_)
    assert not (found.telling(0.0) & ~here).any()
    assert (found.further()[~here] == 0).all()
    assert np.allclose(found.beside()[~here], 0.0)
    for size in (2, 3):
        text = {tuple(s[at : at + size]) for s in sources for at in range(len(s) - size + 1)}
        starts = [at for at in range(len(forms) - size + 1) if tuple(forms[at : at + size]) in text]
        inside = {at + offset for at in starts for offset in range(size)}
        assert set(np.flatnonzero(found.runs(size)).tolist()) == inside


def test_sums_around_are_sums() -> None:
    rng = random.Random(4)
    values = np.array([rng.random() for _ in range(50)])
    for radius in (1, 12, 80):
        want = [values[max(0, at - radius) : at + radius + 1].sum() for at in range(50)]
        assert np.allclose(around(values, radius), want)
