"""A group of reports that are one story so far, and what it asks of those that would join it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

__all__ = ["Group", "forbidden", "joined", "sample"]

_SAMPLE = 8
# Of the lesser cohesion, two groups must reach this share between them. Pairs of score 0 are added
# to what is inside, so that a few prove little: three to the looser group, whose few pairs may be
# weak by chance; half a one to the tighter group, for two that are near are sure of each other.
_SHARE_OF_LESSER = 0.8
_PRIOR_OF_LESSER = 3.0
# Of the greater cohesion they must reach this share, which falls with the size of that group: a
# report that is near to two others, and far less near than they are to each other, tells what came
# before or after; in a story that many tell, some always stand far from the middle. On the early
# half of allsides and the even topics of ECB+, whole and shortened, powers from 0 to .5 do about as
# well, the small ones on the first and the large ones on the second.
_SHARE_OF_GREATER = 0.5
_PRIOR_OF_GREATER = 0.5
_FALL = 0.25


@dataclass(slots=True)
class Group:
    """Reports that are one story so far.

    Attributes:
        rows: of its reports, ascending; of a story from earlier days the active ones.
        parts: the same rows, parted where people joined what is unlike: a report belongs to the
            group when it belongs to one part.
        stories: ids of the stories that it continues, the one with the earliest report first.
        pin: id of the story that people have put one of its reports into.
        apart: rows that people have told apart from one of its reports.
        inner: sum of the scores of the pairs inside it.
    """

    rows: list[int]
    stories: list[str] = field(default_factory=list)
    pin: str | None = None
    apart: set[int] = field(default_factory=set)
    inner: float = 0.0
    parts: list[list[int]] = field(default_factory=list)

    def cohesion(self, prior: float) -> float:
        """Average score inside, with `prior` pairs that say nothing added: a few prove little."""
        size = len(self.rows)
        return self.inner / (size * (size - 1) / 2 + prior)

    def asks(self) -> tuple[float, float]:
        """What a link must exceed for this group if it is the looser one; if it is the tighter."""
        fall = math.pow(2 / max(2, len(self.rows)), _FALL)
        return (
            _SHARE_OF_LESSER * self.cohesion(_PRIOR_OF_LESSER),
            _SHARE_OF_GREATER * self.cohesion(_PRIOR_OF_GREATER) * fall,
        )


def sample(rows: Sequence[int], most: int = _SAMPLE) -> Sequence[int]:
    """Up to so many rows that stand for all: evenly spread, the last one among them."""
    if len(rows) <= most:
        return rows
    step = (len(rows) - 1) / (most - 1)
    return [rows[round(place * step)] for place in range(most)]


def joined(
    one: Group, other: Group, score: float = 0.0, at_parts: tuple[int, int] | None = None
) -> Group:
    """Two groups as one.

    Args:
        one, other: groups.
        score: average of the pairs between them.
        at_parts: the part of each by which they hold; None when people put them together.
    """
    earlier, later = (one, other) if one.rows[0] < other.rows[0] else (other, one)
    if at_parts is None:
        parts = [*one.parts, *other.parts]
    else:
        mine, theirs = at_parts
        parts = [part for place, part in enumerate(one.parts) if place != mine]
        parts.append(sorted([*one.parts[mine], *other.parts[theirs]]))
        parts += [part for place, part in enumerate(other.parts) if place != theirs]
    return Group(
        rows=sorted([*one.rows, *other.rows]),
        stories=[*earlier.stories, *later.stories],
        pin=one.pin or other.pin,
        apart=one.apart | other.apart,
        inner=one.inner + other.inner + score * len(one.rows) * len(other.rows),
        parts=parts,
    )


def forbidden(one: Group, other: Group) -> bool:
    """Whether people have told the two apart."""
    if one.pin is not None and other.pin is not None and one.pin != other.pin:
        return True
    pinned = one.pin or other.pin
    if pinned is not None:
        free = other if one.pin is not None else one
        if free.stories and pinned not in free.stories and free.pin is None:
            # A story of earlier days joins a pinned one only by a decision of people.
            return True
    if not (one.apart or other.apart):
        return False
    return not other.apart.isdisjoint(one.rows) or not one.apart.isdisjoint(other.rows)
