"""What holds for any text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from retold.attribute.actors import find_actors, resolve
from tests.attribute.actors.helpers import report

PIECES = [
    "Mira Oldan", "said", "the", "minister", "of", "North Korea", "US", "he", "they", ".", ",",
    "(", ")", '"', "“", "”", "’s", "'", "-", "KCNA", "Deputy", "Minister", "Ministry", "\n\n",
    "Mr.", "Kim", "Jong", "Un", "A", "a", "spokesman", "for", "Édouard", "北京", "Москва", "42",
    "\u202e", "\x00", "The", "company", "who", "it", "Washington", "in",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join) | st.text(max_size=200)


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.sampled_from(["en", "de", "ru", "und", None]))
def test_mentions_are_spans_of_the_text_and_actors_know_them(text: str, language: str) -> None:
    one = report(text, language=language)
    found = find_actors(one)
    ids = {actor.id for actor in found.actors}
    assert len(ids) == len(found.actors)
    for mention in found.mentions:
        start, end = mention.span
        assert 0 <= start < end <= len(text)
        assert mention.actor in ids
        assert resolve(found, mention.span)[0] in ids
    assert list(found.mentions) == sorted(
        found.mentions, key=lambda m: (m.span[0], -m.span[1], m.actor)
    )


@settings(max_examples=30, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_actors(text: str) -> None:
    assert find_actors(report(text)) == find_actors(report(text))


@settings(max_examples=40, deadline=None)
@given(TEXTS, st.integers(0, 80), st.integers(1, 80))
def test_any_source_resolves_or_says_why_not(text: str, start: int, length: int) -> None:
    span = (min(start, len(text)), min(start + length, len(text)))
    found = find_actors(report(text), [span])
    actor, why = resolve(found, span)
    assert why
    assert actor is None or actor in {one.id for one in found.actors}
