"""The two decisions: where one report goes at once, and how the open days are grouped anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean

from retold.group.clustering import Group, Link, cluster, sample
from retold.group.comparing import COPY, Pairs
from retold.group.constraints import People
from retold.group.distinct import distinct
from retold.group.kept import Kept
from retold.group.ledger import Ledger

_STORIES_TRIED = 3
_ENOUGH_KNOWN = 3

__all__ = ["copies", "group_anew", "join_one"]


def join_one(
    row: int,
    near: Sequence[int],
    ledger: Ledger,
    pairs: Pairs,
    kept: Mapping[int, Kept],
    people: People,
) -> str | None:
    """The story that a new report joins; None when it starts one.

    Args:
        row: of the report, larger than all others.
        near: rows that it was compared with.
        ledger: of the stories.
        pairs: holds the comparisons with `near`.
        kept: row -> what is kept of it.
        people: what people decided.
    """
    decided = people.story_for(row, ledger.of)
    if decided is not None:
        return decided
    barred = people.barred(row, ledger.of)
    touched: dict[str, list[int]] = {}
    for other in near:
        if not kept[other].round_up and pairs.score(row, other) > 0.0:
            touched.setdefault(ledger.of[other], []).append(other)
    strongest = sorted(
        (-max(pairs.score(row, other) for other in others), story)
        for story, others in touched.items()
        if story not in barred
    )[:_STORIES_TRIED]
    some: dict[str, list[int]] = {}
    for _, story in strongest:
        members = [
            other
            for other in sample(ledger[story])
            if not kept[other].round_up and not people.by_hand(other)
        ]
        some[story] = sorted({*members, *touched[story]})
    pairs.compare(row, [other for others in some.values() for other in others], kept)
    best: tuple[float, str] | None = None
    for story, others in sorted(some.items()):
        mean = fmean(pairs.score(row, other) for other in others)
        if mean > 0.0 and (best is None or mean > best[0]):
            best = (mean, story)
    return None if best is None else best[1]


def group_anew(
    frozen: Sequence[Group],
    rows: Sequence[int],
    near: Mapping[int, Sequence[int]],
    pairs: Pairs,
    kept: Mapping[int, Kept],
    people: People,
) -> tuple[list[Group], dict[int, set[int]]]:
    """Group the reports of the open days, with the stories of the days before.

    Args:
        frozen: stories of the days before that the reports may belong to.
        rows: of the open days, in canonical order.
        near: row -> rows that share most rare keys with it.
        pairs: compares, and remembers.
        kept: row -> what is kept of it.
        people: what people decided.

    Returns:
        the groups, and for each open row the smaller rows that it was compared with as a candidate.
    """
    wanted: dict[int, set[int]] = {row: set() for row in rows}
    for row in rows:
        for other in near[row]:
            wanted[max(row, other)].add(min(row, other))
    for row in rows:
        pairs.compare(row, sorted(wanted[row]), kept)

    def link(some: Sequence[int], others: Sequence[int]) -> float:
        """Average score, by the members that are no round-ups."""
        left = [row for row in some if not kept[row].round_up] or some
        right = [row for row in others if not kept[row].round_up] or others
        if len(left) < len(right):
            left, right = right, left
        known = [
            pairs.score(one, other)
            for one in right
            for other in left
            if (min(one, other) in wanted.get(max(one, other), ()))
        ]
        # Pairs that share too few rare keys to be candidates are hardly ever better than those
        # that are: where the candidates speak against it, the others need not be compared.
        if len(known) >= _ENOUGH_KNOWN and sum(known) <= 0.0:
            return sum(known) / len(known)
        pairs.compare_all(right, left, kept)
        total = sum(pairs.score(one, other) for one in right for other in left)
        return total / (len(left) * len(right))

    plain = [row for row in rows if not kept[row].round_up or people.by_hand(row)]
    digests = [row for row in rows if kept[row].round_up and not people.by_hand(row)]
    singles = [
        Group(same, pin=people.pin(same[0]), apart=set(people.apart(same[0])))
        for same in _folded(plain, wanted, pairs, people)
    ]
    scored = [
        (pairs.score(row, other), row, other)
        for row in rows
        if not kept[row].round_up
        for other in sorted(wanted[row])
        if not kept[other].round_up
    ]
    groups = cluster(
        [*frozen, *singles],
        scored,
        link,
        people.together(),
        lambda some, others: distinct([kept[r] for r in some], [kept[r] for r in others]),
    )
    return _with_digests(groups, digests, wanted, pairs, link, people), wanted


def _folded(
    rows: Sequence[int], wanted: Mapping[int, set[int]], pairs: Pairs, people: People
) -> list[list[int]]:
    """Reports that are all but one text, taken as one; those that people spoke of stay alone.

    Copies come first: a wire printed a thousand times is one telling, and must not outweigh the
    others when groups are compared.
    """
    first: dict[int, int] = {}
    folded: dict[int, list[int]] = {}
    for row in rows:
        same = [
            first[other]
            for other in sorted(wanted[row])
            if other in first and pairs.same(row, other)
        ]
        alone = people.by_hand(row) or bool(people.apart(row))
        first[row] = row if alone or not same else min(same)
        folded.setdefault(first[row], []).append(row)
        if alone:
            del first[row]
    return list(folded.values())


def _with_digests(
    groups: list[Group],
    digests: Sequence[int],
    wanted: Mapping[int, set[int]],
    pairs: Pairs,
    link: Link,
    people: People,
) -> list[Group]:
    """Round-ups go to the story that they have most of, when all stories are settled."""
    at = {row: group for group in groups for row in group.rows}
    neighbours: dict[int, set[int]] = {row: set(wanted[row]) for row in digests}
    for row, others in wanted.items():
        for other in others:
            if other in neighbours:
                neighbours[other].add(row)
    added: dict[int, list[int]] = {}
    alone: list[Group] = []
    for row in digests:
        touched = {
            at[other].rows[0]: at[other]
            for other in sorted(neighbours[row])
            if other in at and pairs.score(row, other) > 0.0
        }
        barred = people.apart(row)
        best: tuple[float, Group] | None = None
        for group in touched.values():
            if not barred.isdisjoint([*group.rows, *added.get(group.rows[0], ())]):
                continue
            mean = link([row], sample(group.rows))
            if mean > 0.0 and (best is None or mean > best[0]):
                best = (mean, group)
        if best is None:
            alone.append(Group([row]))
        else:
            added.setdefault(best[1].rows[0], []).append(row)
    for group in groups:
        group.rows = sorted([*group.rows, *added.get(group.rows[0], ())])
    return sorted([*groups, *alone], key=lambda group: group.rows[0])


def copies(group: Sequence[int], pairs: Pairs, wanted: Mapping[int, set[int]]) -> dict[int, int]:
    """Which reports of a story have most of their words from one another: row -> the earliest.

    Args:
        group: rows of the story, ascending.
        pairs: what was compared.
        wanted: row -> smaller rows that it was compared with as a candidate.
    """
    root: dict[int, int] = {}

    def find(row: int) -> int:
        while (above := root.get(row, row)) != row:
            row = above
        return row

    members = set(group)
    for row in group:
        for other in sorted(wanted.get(row, ())):
            if other in members:
                pair = pairs.get(row, other)
                if pair is not None and pair.contained >= COPY and not pair.mould:
                    one, two = find(row), find(other)
                    if one != two:
                        root[max(one, two)] = min(one, two)
    return {row: find(row) for row in group if find(row) != row}
