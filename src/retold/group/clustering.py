"""Reports to stories: average linkage over the pairs that candidates gave.

Two groups become one only when the *average* over the pairs between them speaks for it. Single
linkage, which asks for one strong pair, chains a news week into one story; here a report that
resembles one member of a group and none of the others stays outside.

Groups are joined in rounds, each with the one that holds to it most, where that is mutual:
reciprocal nearest neighbours give the tree that joining the strongest pair each time gives
(Murtagh 1983, *A survey of recent advances in hierarchical clustering algorithms*, Computer
Journal 26), and all that a round has to compare is compared at one time.

Two groups are joined only when they hold to one another nearly as well as to themselves, the test
of Felzenszwalb & Huttenlocher 2004 (*Efficient graph-based image segmentation*, IJCV 59). It is
asked twice. Of the looser group: two arrests of two actors are more like one another than most
pairs of one story are, and yet each story is more like itself. Of the tighter one, less strictly:
what led to a vote, and what followed, is near to the reports of the vote, and they are nearer to
each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from retold.group.groups import Group, joined
from retold.group.joining import Distinct, Joining, Links

__all__ = ["cluster"]


def cluster(
    groups: Sequence[Group],
    pairs: Iterable[tuple[float, int, int]],
    links: Links,
    together: Iterable[tuple[int, int]] = (),
    distinct: Distinct = lambda some, others: False,
) -> list[Group]:
    """Join groups while the average over their members is above 0.

    Args:
        groups: to begin with, no row in two of them.
        pairs: (score, larger row, smaller row) of candidates; those above 0 count.
        links: average scores between lists of rows.
        together: pairs of rows that people have joined.
        distinct: whether two lists of rows are different stories, however alike.

    Returns:
        the groups, by their first row. The result depends on nothing but the arguments.
    """
    joined = _by_people([_copied(group) for group in groups], together)
    joining = Joining(joined, links, distinct)
    joining.see(pairs)
    while joining.round() or joining.reopen():
        pass
    return sorted(joining.groups.values(), key=lambda group: group.rows[0])


def _by_people(groups: list[Group], together: Iterable[tuple[int, int]]) -> list[Group]:
    """Join what people have put together."""
    at = {row: place for place, group in enumerate(groups) for row in group.rows}
    owner = list(range(len(groups)))

    def find(place: int) -> int:
        while owner[place] != place:
            place = owner[place]
        return place

    def join(a: int, b: int) -> None:
        low, high = sorted((find(a), find(b)))
        if low != high:
            groups[low] = joined(groups[low], groups[high])
            owner[high] = low

    for one, other in together:
        if one in at and other in at:
            join(at[one], at[other])
    first: dict[str, int] = {}
    for place, group in enumerate(groups):
        if owner[place] == place:
            for name in [group.pin] if group.pin is not None else group.stories:
                join(first.setdefault(name, place), place)
    return [group for place, group in enumerate(groups) if owner[place] == place]


def _copied(group: Group) -> Group:
    rows = sorted(group.rows)
    parts = [sorted(part) for part in group.parts] or [rows]
    return Group(rows, list(group.stories), group.pin, set(group.apart), group.inner, parts)
