"""The two decisions: where one report goes at once, and how the open days are grouped anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from retold.group.clustering import cluster
from retold.group.comparing import COPY, Pairs
from retold.group.constraints import People
from retold.group.dawn import untouched
from retold.group.distinct import distinct
from retold.group.groups import Group, sample
from retold.group.joining import Links
from retold.group.kept import Kept
from retold.group.ledger import Ledger
from retold.group.parting import parted

_ENOUGH_KNOWN = 3
# Reports of a story that are expected among the candidates, and the score of each that is not.
_LOOKED_FOR = 8
_UNLIKE = -3.0
# What the average must exceed at once: the second decision joins what arrived split, and a story
# that grew by mistake draws more.
_SURE = 2.0

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

    It joins the story whose reports it is most like, by the average over those that it was
    compared with.

    Args:
        row: of the report, larger than all others.
        near: rows before it that it was compared with.
        ledger: of the stories.
        pairs: holds the comparisons with `near`.
        kept: row -> what is kept of it.
        people: what people decided.
    """
    decided = people.story_for(row, ledger.of)
    if decided is not None:
        return decided
    barred = people.barred(row, ledger.of)
    touched: dict[str, list[float]] = {}
    for other in near:
        # What was only taken in waits for the second decision.
        if other in ledger.of and not kept[other].round_up:
            touched.setdefault(ledger.of[other], []).append(pairs.score(row, other))
    means = [
        (_mean(scores, len(ledger[story])), story)
        for story, scores in touched.items()
        if story not in barred
    ]
    best = max(means, key=lambda one: (one[0], one[1]), default=None)
    return best[1] if best is not None and best[0] > _SURE else None


def _mean(scores: Sequence[float], size: int) -> float:
    """The average over a story's reports; of those that were no candidates, some count as unlike.

    Without them a story that has grown by mistake would draw all that is like one of its reports.
    """
    unlike = max(0, min(size, _LOOKED_FOR) - len(scores))
    return (sum(scores) + _UNLIKE * unlike) / (len(scores) + unlike)


def group_anew(
    frozen: Sequence[Group],
    dawn: Sequence[Group],
    rows: Sequence[int],
    near: Mapping[int, Sequence[int]],
    pairs: Pairs,
    kept: Mapping[int, Kept],
    people: People,
) -> list[Group]:
    """Group the reports of the open days, with the stories of the days before.

    Args:
        frozen: stories of the days before that the reports may belong to.
        dawn: what was decided when the day began, see `dawn`.
        rows: of the open days, in canonical order.
        near: row -> the rows before it that share most rare keys with it.
        pairs: compares, and remembers.
        kept: row -> what is kept of it.
        people: what people decided.
    """
    pairs.compare({row: near[row] for row in rows}, kept)
    links = _links(pairs, kept, {row: frozenset(near[row]) for row in rows})
    scored = [
        (pairs.score(row, other), row, other)
        for row in rows
        if not kept[row].round_up
        for other in near[row]
        if not kept[other].round_up
    ]
    standing, others = untouched(dawn, frozen, scored, people)
    stands = {row for group in standing for row in group.rows}
    plain = [
        row for row in rows if row not in stands and (not kept[row].round_up or people.by_hand(row))
    ]
    digests = [row for row in rows if kept[row].round_up and not people.by_hand(row)]
    singles = [
        Group(same, pin=people.pin(same[0]), apart=set(people.apart(same[0])))
        for same in _folded(plain, near, pairs, people)
    ]
    found = cluster(
        [*others, *standing, *singles],
        scored,
        links,
        people.together(),
        lambda some, others: distinct(some, others, kept, pairs),
    )
    before = {name: one for one in (*others, *standing) for name in one.stories}
    as_before = {(group.rows[0], len(group.rows)) for group in standing}
    groups: list[Group] = []
    for group in found:
        if (group.rows[0], len(group.rows)) in as_before:
            groups.append(group)
        else:
            groups += _parted(group, before, pairs, kept, people)
    return _with_digests(groups, digests, near, pairs, links, people)


def _parted(
    group: Group,
    before: Mapping[str, Group],
    pairs: Pairs,
    kept: Mapping[int, Kept],
    people: People,
) -> list[Group]:
    """The stories that a group is; those of the days before, which have ids, stay whole."""
    whole = [before[name] for name in group.stories]
    old = {row for one in whole for row in one.rows}
    if len(old) == len(group.rows) or group.pin is not None or group.apart:
        return [group]
    found = parted(group.rows, kept, pairs)
    if len(found) == 1 or any(people.by_hand(row) for row in group.rows):
        return [group]
    parts = [Group([row for row in rows if row not in old]) for rows in found]
    at = {row: place for place, rows in enumerate(found) for row in rows}
    for one in whole:
        places = [at[row] for row in one.rows]
        part = parts[max(sorted(set(places)), key=places.count)]
        part.rows = sorted([*part.rows, *one.rows])
        part.stories += one.stories
    return [part for part in parts if part.rows]


def _links(pairs: Pairs, kept: Mapping[int, Kept], wanted: Mapping[int, frozenset[int]]) -> Links:
    """Average scores between lists of rows, by their members that are no round-ups.

    Args:
        pairs: compares, and remembers.
        kept: row -> what is kept of it.
        wanted: row -> smaller rows that it was compared with as a candidate.
    """

    def candidates(one: int, other: int) -> bool:
        return other in wanted.get(one, ()) if other < one else one in wanted.get(other, ())

    def links(asked: Sequence[tuple[Sequence[int], Sequence[int]]]) -> list[float]:
        means: list[float | None] = []
        products: list[list[tuple[int, int]]] = []
        missing: dict[int, list[int]] = {}
        for some, others in asked:
            left = [row for row in some if not kept[row].round_up] or some
            right = [row for row in others if not kept[row].round_up] or others
            product = [(one, other) for one in left for other in right]
            known = [pairs.score(*pair) for pair in product if candidates(*pair)]
            # Pairs that share too few rare keys to be candidates are hardly ever better than those
            # that are: where the candidates speak against it, the others need not be compared.
            against = len(known) >= _ENOUGH_KNOWN and sum(known) <= 0.0
            means.append(sum(known) / len(known) if against else None)
            products.append(product)
            if not against:
                for one, other in product:
                    missing.setdefault(one, []).append(other)
        pairs.compare(missing, kept)
        return [
            sum(pairs.score(*pair) for pair in product) / len(product) if mean is None else mean
            for mean, product in zip(means, products, strict=True)
        ]

    return links


def _folded(
    rows: Sequence[int], near: Mapping[int, Sequence[int]], pairs: Pairs, people: People
) -> list[list[int]]:
    """Reports that are all but one text, taken as one; those that people spoke of stay alone.

    Copies come first: a wire printed a thousand times is one telling, and must not outweigh the
    others when groups are compared.
    """
    first: dict[int, int] = {}
    folded: dict[int, list[int]] = {}
    for row in rows:
        found = pairs.notable(row)
        same = [
            # Copies of a report of the days before are one, too, and join its story together.
            first.get(other, other)
            for other in (near[row] if found else ())
            if (other in first or other < rows[0]) and other in found and found[other].same
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
    near: Mapping[int, Sequence[int]],
    pairs: Pairs,
    links: Links,
    people: People,
) -> list[Group]:
    """Round-ups go to the story that they have most of, when all stories are settled."""
    at = {row: group for group in groups for row in group.rows}
    neighbours: dict[int, set[int]] = {row: set(near[row]) for row in digests}
    for row, others in near.items():
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
            (mean,) = links([([row], sample(group.rows))])
            if mean > 0.0 and (best is None or mean > best[0]):
                best = (mean, group)
        if best is None:
            alone.append(Group([row]))
        else:
            added.setdefault(best[1].rows[0], []).append(row)
    for group in groups:
        group.rows = sorted([*group.rows, *added.get(group.rows[0], ())])
    return sorted([*groups, *alone], key=lambda group: group.rows[0])


def copies(group: Sequence[int], pairs: Pairs, near: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """Which reports of a story have most of their words from one another: row -> the earliest.

    Args:
        group: rows of the story, ascending.
        pairs: what was compared.
        near: row -> smaller rows that it was compared with as a candidate.
    """
    root: dict[int, int] = {}

    def find(row: int) -> int:
        while (above := root.get(row, row)) != row:
            row = above
        return row

    members = set(group)
    for row in group:
        found = pairs.notable(row)
        for other in near.get(row, ()) if found else ():
            pair = found.get(other)
            if pair is not None and pair.contained >= COPY and not pair.mould and other in members:
                one, two = find(row), find(other)
                if one != two:
                    root[max(one, two)] = min(one, two)
    return {row: find(row) for row in group if find(row) != row}
