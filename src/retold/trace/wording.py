"""What the wording shows: lost tellings, descent with support, and where it does not tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from retold.model import Alternative, Edge, Evidence, Undecided, Witness
from retold.text.counting import count
from retold.trace.alternatives import add_variants
from retold.trace.calibration import calibrated
from retold.trace.characters import MISSING, Characters
from retold.trace.doubts import add_doubts
from retold.trace.draft import Draft, label, lost_id, lost_name
from retold.trace.orient import Rooted
from retold.trace.retelling import (
    Rewording,
    carried_outside,
    reworded_examples,
    rewording,
)
from retold.trace.shape import Shape
from retold.trace.stated import named_in_third_person

__all__ = ["add_pair", "add_tree"]

# A report with fewer of the others' words than this says nothing of a common text: not derived
# newspaper reports have every eighth run of three words in common with the wire, by subject alone.
LEAST_AGREEING, UNSURE = 0.12, 0.5

# Of the second parents found in simulated traditions so many were right.
SECOND_SUPPORT = 0.78


def add_pair(draft: Draft, a: int, b: int) -> None:
    """Two reports that share passages: a lost telling between them, or no decision.

    Two witnesses alone never show by their wording which of them came first.
    """
    words = rewording(draft.signs, a, b, draft.seed)
    ids = (draft.id_of(a), draft.id_of(b))
    names = (label(draft.reports[a]), label(draft.reports[b]))
    if words.told_again:
        lost = _add_lost(draft, [a, b], words)
        for row in (a, b):
            evidence = (_shared(draft, row, b if row == a else a),)
            draft.connect(Edge(lost, draft.id_of(row), words.support, evidence))
        rest = (1.0 - words.support) / 2
        for (source, copy), (first, second) in (
            (ids, names),
            (ids[::-1], names[::-1]),
        ):
            draft.alternatives.append(
                Alternative(
                    edges=((source, copy),),
                    added=((source, copy),),
                    dropped=tuple((lost, end) for end in sorted(ids)),
                    support=rest,
                    note=f"{second} has its text from {first}: copying would have left the "
                    f"quoted words nearly as they are, and {words.rate:.0%} of them differ",
                )
            )
        return
    if draft.stated_pairs([a, b]):
        return
    why = (
        "there are too few quoted words to tell copying from telling again"
        if words.rate is None
        else f"{1 - words.rate:.0%} of the quoted words agree, as in copies"
    )
    draft.undecided.append(
        Undecided(
            witnesses=ids,
            note=f"{names[0]} and {names[1]} share passages; {why}, and two reports alone do "
            "not show which of them came first or whether both have a third",
        )
    )


def add_tree(
    draft: Draft, group: Sequence[int], part: Characters, tree: Shape, way: Rooted
) -> None:
    """Three or more reports: the rooted tree, with its doubts."""
    n = len(group)
    below = _below(way, n)
    ids: dict[int, str] = {place: draft.id_of(row) for place, row in enumerate(group)}
    for node in sorted({way.root, *way.parents, *way.parents.values()}):
        if node >= n:
            rows = [group[place] for place in sorted(below[node])]
            ids[node] = _add_lost(draft, rows, _between(draft, rows))
    for child, parent in sorted(way.parents.items()):
        support = tree.support[min(child, parent), max(child, parent)]
        standing = [end for end in (child, parent) if end in tree.exemplars]
        for end in standing:
            support *= tree.exemplars[end]
        kind = "exemplar" if standing else "end" if min(child, parent) < n else "branch"
        evidence = _why(draft, group, below, child, parent)
        support = calibrated(kind, support)
        if child < n and parent >= n:
            support *= min(1.0, _agreeing(part, child) / LEAST_AGREEING)
            if support < UNSURE:
                draft.undecided.append(_unlike(draft, group[child]))
        support = round(support, 3)
        draft.connect(Edge(ids[parent], ids[child], support, evidence))
    add_seconds(draft, group, tree, ids)
    add_doubts(draft, group, tree, ids)
    add_variants(draft, group, tree, way, ids)
    if way.rivals:
        draft.undecided.append(
            Undecided(
                witnesses=tuple(ids[node] for node in (way.root, *way.rivals)),
                note="The wording shows how these tellings hang together, not which of them "
                "is the first",
            )
        )
    for equal in tree.equals:
        names = ", ".join(label(draft.reports[group[place]]) for place in equal)
        draft.undecided.append(
            Undecided(
                witnesses=tuple(ids[place] for place in equal),
                note=f"{names}: each could be the exemplar of the others; their wording does "
                "not tell which",
            )
        )


def _agreeing(part: Characters, row: int) -> float:
    """Share of a witness's content words, where others have any, that one of them has too."""
    others = np.delete(part.states, row, axis=0)
    known = (part.states[row] != MISSING) & (others != MISSING).any(axis=0) & part.content
    same = (others == part.states[row]).any(axis=0) & known
    return float(same.sum()) / max(1, int(known.sum()))


def _unlike(draft: Draft, row: int) -> Undecided:
    return Undecided(
        witnesses=(draft.id_of(row),),
        note=f"{label(draft.reports[row])} tells passages that others have, in hardly any of their "
        "words: nothing shows whether it has them from the same telling",
    )


def add_seconds(draft: Draft, group: Sequence[int], tree: Shape, ids: Mapping[int, str]) -> None:
    """Second parents that passages show, or that there is one, and why it is not drawn."""
    for one in tree.seconds:
        row = group[one.witness]
        near = [group[place] for place in one.near]
        others = ", ".join(label(draft.reports[other]) for other in near[:3])
        note = (
            f"{label(draft.reports[row])} has {count(len(one.passages), 'passage')} whose wording "
            f"hangs with {others}, against the rest of its text: {one.saving:g} "
            f"{'reading fewer is' if one.saving == 1 else 'readings fewer are'} to be explained so"
        )
        source = None if one.source is None else ids.get(one.source)
        if (
            one.either is None
            and source is not None
            and not draft.descends(source, ids[one.witness])
        ):
            evidence = _borrowed(draft, row, near, one.passages, note)
            draft.connect(Edge(source, ids[one.witness], SECOND_SUPPORT, (evidence,)))
            continue
        witnesses = [row, *near[:3]]
        if one.either is not None:
            witnesses.append(group[one.either])
            note += f"; or {label(draft.reports[group[one.either]])} has its passages from there"
        ends = tuple(dict.fromkeys(draft.id_of(other) for other in witnesses))
        draft.undecided.append(Undecided(witnesses=ends, note=note))


def _borrowed(
    draft: Draft, row: int, near: list[int], passages: tuple[int, ...], note: str
) -> Evidence:
    """Words in the borrowed passages that a report has with its second source, and few others."""
    states = draft.signs.states
    chosen = np.isin(draft.signs.passages, passages) & draft.signs.content
    same = (states[near] == states[row]).any(axis=0) & (states[row] != MISSING) & chosen
    rest = np.delete(states, [row, *near], axis=0)
    shared = same & (rest != MISSING).any(axis=0) & ((rest == states[row]).sum(axis=0) == 0)
    spans = []
    for column in np.flatnonzero(shared)[:4].tolist():
        fellow = next(other for other in near if states[other, column] == states[row, column])
        spans += [draft.place(row, column), draft.place(fellow, column)]
    shown = ", ".join(draft.words(place) for place in spans[::2])
    return Evidence(
        kind="textual",
        weight=min(1.0, len(passages) / 5),
        note=note + (f" ({shown})" if shown else ""),
        spans=tuple(spans),
    )


def _add_lost(
    draft: Draft, rows: Sequence[int], words: tuple[int, int, Rewording] | Rewording
) -> str:
    if isinstance(words, Rewording):
        words = (rows[0], rows[1], words)
    a, b, reworded = words
    because: list[Evidence] = []
    if reworded.told_again:
        because.append(reworded_examples(draft, a, b))
    outside = carried_outside(draft.signs, a, b)
    if outside:
        because.append(
            Evidence(
                kind="textual",
                weight=min(1.0, outside / 4),
                note=f"{count(outside, 'shared passage stands', 'shared passages stand')} mostly "
                "outside quotation marks: a "
                "reporter's own sentences, which the quoted statement cannot have supplied",
            )
        )
    ids = [draft.id_of(row) for row in rows]
    because.extend(named_in_third_person(draft.sources, ids))
    key = lost_id(ids)
    draft.extra[key] = Witness(key, "lost", lost_name(draft, rows), tuple(because))
    return key


def _between(draft: Draft, rows: Sequence[int]) -> tuple[int, int, Rewording]:
    """Of the reports behind a lost telling, two whose quoted words differ the most."""
    first = rows[0]
    compared = [(rewording(draft.signs, first, row, draft.seed), row) for row in rows[1:6]]
    words, row = max(compared, key=lambda pair: (pair[0].rate or 0.0, -pair[1]))
    return first, row, words


def _below(way: Rooted, n: int) -> dict[int, set[int]]:
    """Node -> the witnesses at it and under it."""
    below: dict[int, set[int]] = {}
    for node in {way.root, *way.parents}:
        if node >= n:
            below.setdefault(node, set())
            continue
        at: int | None = node
        while at is not None:
            below.setdefault(at, set()).add(node)
            at = way.parents.get(at)
    return below


def _why(
    draft: Draft, group: Sequence[int], below: dict[int, set[int]], child: int, parent: int
) -> tuple[Evidence, ...]:
    """What hangs the child where it hangs: readings that only its side has."""
    inside = [group[place] for place in sorted(below[child])]
    outside = [group[place] for place in sorted(below[parent] - below[child])]
    if not outside:
        return ()
    if len(inside) == 1:
        other = group[parent] if parent < len(group) else outside[0]
        return (_shared(draft, inside[0], other),)
    return (_common_readings(draft, inside, outside),)


def _common_readings(draft: Draft, inside: list[int], outside: list[int]) -> Evidence:
    states = draft.signs.states
    first = states[inside[0]]
    agree = (first != MISSING) & draft.signs.content
    for row in inside[1:]:
        agree &= states[row] == first
    apart = agree.copy()
    known = agree & False
    for row in outside:
        apart &= states[row] != first
        known |= states[row] != MISSING
    columns = [int(column) for column in (apart & known).nonzero()[0]]
    spans = tuple(draft.place(row, c) for c in columns[:4] for row in inside[:2])
    words = ", ".join(draft.words(place) for place in spans[::2])
    return Evidence(
        kind="textual",
        weight=min(1.0, len(columns) / 5),
        note=f"{count(len(columns), 'reading')} that only these {len(inside)} have"
        + (f": {words}" if words else ""),
        spans=spans,
    )


def _shared(draft: Draft, a: int, b: int) -> Evidence:
    states = draft.signs.states
    both = (states[a] != MISSING) & (states[b] != MISSING)
    passages = sorted(set(draft.signs.passages[both].tolist()))
    alike = both & (states[a] == states[b]) & draft.signs.content
    total = int((both & draft.signs.content).sum())
    return Evidence(
        kind="textual",
        weight=float(alike.sum() / total) if total else 0.0,
        note=f"Shares {count(len(passages), 'passage')} with {label(draft.reports[b])}; "
        f"{int(alike.sum())} of {count(total, 'content word')} at the same places "
        f"{'is' if alike.sum() == 1 else 'are'} the same",
    )
