"""Look-alike stories: alike in most words, each with words of its own."""

from __future__ import annotations

from retold.group.distinct import distinct
from retold.group.features import features
from retold.group.frequencies import Frequencies
from retold.group.kept import Kept, moment
from retold.group.reading import tokens
from retold.group.vectors import vector

_KNOWN = Frequencies("en")
_WAYS = (
    "A ferry ran aground off {place} before dawn with {who} aboard, the coast guard said.",
    "The coast guard took {who} off a ferry that had run aground near {place} before dawn.",
    "Before dawn a ferry ran onto rocks at {place}. {who} were brought ashore by the coast guard.",
    "Rocks off {place} holed a ferry. The coast guard brought {who} ashore before dawn.",
)


def kept(text: str, published: str | None) -> Kept:
    of = features(None, tokens(text, "en"), text, "en")
    return Kept(
        id=text,
        key=text,
        day=0,
        moment=moment(published),
        language="en",
        outlet=None,
        vector=vector(of, _KNOWN),
    )


def tellings(place: str, who: str, published: str | None = None) -> list[Kept]:
    return [kept(way.format(place=place, who=who), published) for way in _WAYS]


QUILL = tellings("Quill Head", "forty pilgrims")
SANDHOLM = tellings("Sandholm", "a choir")


def test_two_events_of_one_kind_are_told_apart():
    assert distinct(QUILL, SANDHOLM)
    assert distinct(SANDHOLM, QUILL)


def test_halves_of_one_story_are_not():
    assert not distinct(QUILL, QUILL[::-1])


def test_a_few_reports_prove_nothing():
    assert not distinct(QUILL[:3], SANDHOLM)


def test_new_words_on_another_day_are_no_other_story():
    one = tellings("Quill Head", "forty pilgrims", "2031-03-04")
    assert distinct(one, tellings("Sandholm", "a choir", "2031-03-04"))
    assert not distinct(one, tellings("Sandholm", "a choir", "2031-03-06"))
