"""What other reports tell of a sentence that is in none of their passages."""

from __future__ import annotations

from collections.abc import Iterable

from retold.model import Place, Telling
from retold.show.view import Index

__all__ = ["numbered", "told_elsewhere"]

_NAMED = 3  # sentences named for one


def told_elsewhere(telling: Telling) -> dict[tuple[str, int], list[Place]]:
    """For a sentence, by report and number, where parts of it are told; the surest first."""
    found: dict[tuple[str, int], list[Place]] = {}
    for overlap in sorted(telling.overlaps, key=lambda one: -one.confidence):
        a, b = overlap.a, overlap.b
        for place, number, other in ((a, overlap.numbers[0], b), (b, overlap.numbers[1], a)):
            places = found.setdefault((place.report, number), [])
            if len(places) < _NAMED:
                places.append(other)
    return found


def numbered(look: Index, places: Iterable[Place]) -> str:
    """Sentences by letter and number: "B 12, C 3"."""
    found = []
    for place in places:
        at = look.sentence(place.report, place.span[0])
        letter = look.names[place.report].letter
        found.append(letter if at is None else f"{letter} {at + 1}")
    return ", ".join(dict.fromkeys(found))
