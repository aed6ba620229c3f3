"""Reports made of a text, and short ways to ask who is who in them."""

from __future__ import annotations

from retold.attribute import attribute
from retold.attribute.actors import find_actors, join_actors, resolve
from retold.model import Actor, Attribution, Report, Segmented, Span
from retold.segment import segment


def report(text: str, *, name: str = "r", language: str = "en") -> Segmented:
    """A segmented report."""
    return segment(Report(id=name, text=text, language=language))


def place(text: str, words: str, nth: int = 0) -> Span:
    """The nth occurrence of words in a text."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return start, start + len(words)


def who(text: str, words: str, nth: int = 0, *, language: str = "en") -> str | None:
    """The name of the actor that the nth occurrence of words stands for, as a source."""
    span = place(text, words, nth)
    actors = find_actors(report(text, language=language), [span])
    found, _ = resolve(actors, span)
    return next((actor.name for actor in actors.actors if actor.id == found), None)


def actors_of(text: str, *, language: str = "en") -> dict[str, Actor]:
    """Name -> actor."""
    found = find_actors(report(text, language=language)).actors
    return {actor.name: actor for actor in found}


def join(*texts: str, language: str = "en") -> tuple[tuple[Actor, ...], tuple[Attribution, ...]]:
    """The actors of a story told in these texts, as the pipeline joins them."""
    reports = [report(text, name=f"r{i}", language=language) for i, text in enumerate(texts)]
    return join_actors([attribute(one) for one in reports], reports)


def together(actors: tuple[Actor, ...], *names: str) -> bool:
    """All names are names of one actor."""
    return any(set(names) <= set(actor.names) for actor in actors)
