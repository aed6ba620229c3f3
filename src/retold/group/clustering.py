"""Reports to stories: average linkage over the pairs that candidates gave.

Pairs are taken from the strongest down, as in Kruskal's algorithm; two groups become one only
when the *average* over their members (a sample of each, when they are large) speaks for it too.
Single linkage, which asks for one strong pair, chains a news week into one story; here a report
that resembles one member of a group and none of the others stays outside.

Two groups are joined only when they hold to one another nearly as well as to themselves, the test
of Felzenszwalb & Huttenlocher 2004 (*Efficient graph-based image segmentation*, IJCV 59). It is
asked twice. Of the looser group: two arrests of two actors are more like one another than most
pairs of one story are, and yet each story is more like itself. Of the tighter one, less strictly:
what led to a vote, and what followed, is near to the reports of the vote, and they are nearer to
each other.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

__all__ = ["Distinct", "Group", "Link", "cluster", "sample"]

_SAMPLE = 8
_STALE = 1e-6
# Of the lesser cohesion, two groups must reach this share between them. Pairs of score 0 are added
# to what is inside, so that a few prove little.
_SHARE_OF_LESSER = 0.8
_PRIOR_OF_LESSER = 2.0
# Of the greater cohesion they must reach this share, which falls with the size of that group: a
# report that is near to two others, and far less near than they are to each other, tells what came
# before or after; in a story that many tell, some always stand far from the middle. On the early
# half of allsides and the even topics of ECB+, whole and shortened, powers from 0 to .5 do about as
# well, the small ones on the first and the large ones on the second.
_SHARE_OF_GREATER = 0.5
_PRIOR_OF_GREATER = 1.0
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


Link = Callable[[Sequence[int], Sequence[int]], float]
Distinct = Callable[[Sequence[int], Sequence[int]], bool]


def sample(rows: Sequence[int]) -> Sequence[int]:
    """Up to eight rows that stand for all: evenly spread, the last one among them."""
    if len(rows) <= _SAMPLE:
        return rows
    step = (len(rows) - 1) / (_SAMPLE - 1)
    return [rows[round(place * step)] for place in range(_SAMPLE)]


def cluster(
    groups: Sequence[Group],
    pairs: Iterable[tuple[float, int, int]],
    link: Link,
    together: Iterable[tuple[int, int]] = (),
    distinct: Distinct = lambda some, others: False,
) -> list[Group]:
    """Join groups while the average over their members is above 0.

    Args:
        groups: to begin with, no row in two of them.
        pairs: (score, larger row, smaller row) of candidates; those above 0 count.
        link: average score between two lists of rows.
        together: pairs of rows that people have joined.
        distinct: whether two lists of rows are different stories, however alike.

    Returns:
        the groups, by their first row. The result depends on nothing but the arguments.
    """
    at: dict[int, int] = {row: place for place, group in enumerate(groups) for row in group.rows}
    owner = list(range(len(groups)))
    held: list[Group | None] = [_copied(group) for group in groups]

    def find(place: int) -> int:
        while owner[place] != place:
            owner[place] = owner[owner[place]]
            place = owner[place]
        return place

    def join(a: int, b: int, score: float = 0.0, at_parts: tuple[int, int] | None = None) -> None:
        one, other = held[a], held[b]
        assert one is not None
        assert other is not None
        earlier, later = (one, other) if one.rows[0] < other.rows[0] else (other, one)
        one.stories = earlier.stories + later.stories
        one.inner += other.inner + score * len(one.rows) * len(other.rows)
        one.rows = sorted(one.rows + other.rows)
        if at_parts is None:
            one.parts += other.parts
        else:
            joined = sorted(one.parts.pop(at_parts[0]) + other.parts.pop(at_parts[1]))
            one.parts += [joined, *other.parts]
        one.pin = one.pin or other.pin
        one.apart |= other.apart
        owner[b], held[b] = a, None

    for one, other in together:
        if one in at and other in at and find(at[one]) != find(at[other]):
            low, high = sorted((find(at[one]), find(at[other])))
            join(low, high)
    _join_pinned(groups, find, join)
    heap = [(-score, one, other, 1, 1) for score, one, other in pairs if score > 0.0]
    heapify(heap)
    answers: dict[tuple[int, ...], tuple[float, tuple[int, int]]] = {}
    while heap:
        score, one, other, size_one, size_other = heappop(heap)
        a, b = find(at[one]), find(at[other])
        if a == b:
            continue
        first, second = held[a], held[b]
        assert first is not None
        assert second is not None
        if _forbidden(first, second):
            continue
        sizes = (len(first.rows), len(second.rows))
        places = (0, 0)
        if sizes != (size_one, size_other):
            # Two large groups have many pairs between them: one answer does for all.
            asked = (a, b, *sizes) if a < b else (b, a, *reversed(sizes))
            if asked not in answers:
                answers[asked] = _best_parts(*((first, second) if a < b else (second, first)), link)
            now, places = answers[asked]
            if a > b:
                places = (places[1], places[0])
            if now <= 0.0:
                continue
            if now < -score - _STALE:
                heappush(heap, (-now, one, other, *sizes))
                continue
            score = -now
        if -score > _asked(first, second) and not distinct(first.rows, second.rows):
            if a < b:
                join(a, b, -score, places)
            else:
                join(b, a, -score, (places[1], places[0]))
    left = [group for group in held if group is not None]
    return sorted(left, key=lambda group: group.rows[0])


def _asked(one: Group, other: Group) -> float:
    """What the average between two groups must exceed for them to be one."""
    lesser = min(one.cohesion(_PRIOR_OF_LESSER), other.cohesion(_PRIOR_OF_LESSER))
    return max(_SHARE_OF_LESSER * lesser, _of_greater(one), _of_greater(other))


def _of_greater(group: Group) -> float:
    size = max(2, len(group.rows))
    return _SHARE_OF_GREATER * group.cohesion(_PRIOR_OF_GREATER) * math.pow(2.0 / size, _FALL)


def _copied(group: Group) -> Group:
    rows = sorted(group.rows)
    parts = [sorted(part) for part in group.parts] or [rows]
    return Group(rows, list(group.stories), group.pin, set(group.apart), group.inner, parts)


def _best_parts(one: Group, other: Group, link: Link) -> tuple[float, tuple[int, int]]:
    """The strongest link between parts of two groups, and which parts they are."""
    best = (float("-inf"), (0, 0))
    for i, mine in enumerate(one.parts):
        for j, theirs in enumerate(other.parts):
            score = link(sample(mine), sample(theirs))
            if score > best[0]:
                best = (score, (i, j))
    return best


def _join_pinned(
    groups: Sequence[Group], find: Callable[[int], int], join: Callable[[int, int], None]
) -> None:
    """What people have put into one story is one group."""
    first: dict[str, int] = {}
    for place, group in enumerate(groups):
        for name in [group.pin] if group.pin is not None else group.stories:
            before = first.setdefault(name, place)
            if find(before) != find(place):
                join(*sorted((find(before), find(place))))


def _forbidden(one: Group, other: Group) -> bool:
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
