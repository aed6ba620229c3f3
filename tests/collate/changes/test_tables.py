"""The language tables that comparison stands on."""

import pytest

from retold.collate.changes.lexicon import lexicon
from retold.language import available, table
from retold.language.claims import Claims
from retold.language.dates import Dates
from retold.language.numbers import Numbers
from retold.text.words import fold


@pytest.mark.parametrize("code", [*available(), "xx", None])
def test_every_language_loads(code):
    assert lexicon(code).key("word")


@pytest.mark.parametrize("code", available())
def test_forms_are_folded_else_they_are_never_met(code):
    claims, dates, numbers = (table(shape, code) for shape in (Claims, Dates, Numbers))
    forms = [
        *claims.light,
        *claims.negations,
        *claims.titles,
        *claims.lemmas,
        *(word for hedge in claims.hedges for word in (*hedge.exact, *hedge.phrases)),
        *(word for cue in claims.cues for word in (*cue.exact, *cue.phrases)),
        *dates.months,
        *dates.weekdays,
        *numbers.small,
        *numbers.scales,
        *numbers.measures,
    ]
    assert [form for form in forms if fold(form) != form] == []


@pytest.mark.parametrize("code", available())
def test_grades_lie_on_their_scales(code):
    claims = table(Claims, code)
    assert all(0 <= hedge.grade <= 1 for hedge in claims.hedges)
    assert all(0 <= quantity.grade <= 1 for quantity in claims.quantities)
    assert all(0 <= cue.force <= 1 for cue in claims.cues)


def test_spellings_and_inflections_have_one_key():
    look = lexicon("en")
    for one, other in (("honour", "honors"), ("organised", "organizes"), ("said", "says")):
        assert look.key(one) == look.key(other)
    assert look.key("said") != look.key("told")
