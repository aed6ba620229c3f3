"""In which order passages are shown, and which reports have one elsewhere."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

__all__ = ["common_order", "out_of_order"]

_HEAD = -1


def common_order(sequences: Iterable[Sequence[int]]) -> list[int]:
    """One order of all items: the first sequence's, the others' items behind what they follow.

    Args:
        sequences: items of each report in its own order, the fullest report first.
    """
    following: dict[int, int | None] = {_HEAD: None}
    before: dict[int, int] = {}
    end = _HEAD
    for sequence in sequences:
        # An opening that no report before has stands before the first item that one has.
        # Reports without a common item come one after the other.
        known = next((item for item in sequence if item in following), None)
        last = end if known is None else before[known]
        for item in sequence:
            if item not in following:
                behind = following[last]
                following[last], following[item], before[item] = item, behind, last
                if behind is None:
                    end = item
                else:
                    before[behind] = item
            last = item
    order = []
    after = following[_HEAD]
    while after is not None:
        order.append(after)
        after = following[after]
    return order


def out_of_order(ranks: Sequence[int]) -> list[int]:
    """Places of a sequence outside its longest increasing part (Fredman 1975).

    Args:
        ranks: for each passage of a report, in the report's order, its rank in the common order.
    """
    ends: list[int] = []
    places: list[int] = []
    previous: list[int] = []
    for place, rank in enumerate(ranks):
        length = bisect_left(ends, rank)
        previous.append(places[length - 1] if length else -1)
        if length == len(ends):
            ends.append(rank)
            places.append(place)
        else:
            ends[length] = rank
            places[length] = place
    kept = set()
    place = places[-1] if places else -1
    while place >= 0:
        kept.add(place)
        place = previous[place]
    return [place for place in range(len(ranks)) if place not in kept]
