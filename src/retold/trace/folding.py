"""Versions of one outlet, and takes of one wire: folded into one witness before the inference.

What an outlet says of one thing at several times is one voice. Joined, its versions can have
given all that any of them has; apart, each looks like a source that lacks half (of newspapers
and their wire, joining the wire's takes raised the share of stories whose source is found from
66–74 % to 93–100 %). After the inference they are unfolded again: a chain of revisions, and
each descendant hung from the version that has most of what it has.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from retold.model import Evidence, Segmented
from retold.text.words import fold
from retold.trace.characters import MISSING, Characters
from retold.trace.draft import label
from retold.trace.marks import generic_name, mark
from retold.trace.order import RUN
from retold.trace.sources import Source
from retold.trace.versions import Step, chain

__all__ = ["Fold", "folded", "folds"]

# Runs of three words of the shorter report that the longer one must have, for the two to be
# versions: revisions keep more, two reports of one day by one outlet seldom a tenth.
VERSION_OVERLAP = 0.3
# A byline alone, without a known outlet, must be borne out by half of the words.
BYLINE_OVERLAP = 0.5
# A marked correction whose maker is not known corrects what it nearly is.
CORRECTION_OVERLAP = 0.7

_Overlap = Callable[[int, int], float]


@dataclass(frozen=True, slots=True)
class Fold:
    """Versions of one maker's text.

    Attributes:
        rows: the first version first, as far as it is known.
        head: the row that stands for all of them in the inference: the fullest.
        steps: from version to version; empty where nothing says which way.
        note: why there are no steps.
        alike: True when the texts are the same word for word.
    """

    rows: tuple[int, ...]
    head: int
    steps: tuple[Step, ...]
    note: str
    alike: bool = False


def folds(reports: Sequence[Segmented], sources: Sequence[Source], seed: int) -> tuple[Fold, ...]:
    """The groups of versions among the reports, each of two or more, sorted."""
    makers = [_maker(one, sources) for one in reports]
    overlap = _overlaps(reports)
    group = list(range(len(reports)))
    why: dict[int, Evidence] = {}
    by_maker: dict[tuple[str, str | None], list[int]] = {}
    for row, maker in enumerate(makers):
        if maker is not None:
            by_maker.setdefault((maker.key, reports[row].report.language), []).append(row)
    pairs = [
        (a, b, makers[a])
        for _, rows in sorted(by_maker.items(), key=lambda item: item[1])
        for a, b in combinations(rows, 2)
    ]
    for a, b, maker in (*pairs, *_same(reports), *_corrections(reports, makers, overlap)):
        if group[a] == group[b] or maker is None or overlap(a, b) < maker.least:
            continue
        low, high = sorted((group[a], group[b]))
        group = [low if one == high else one for one in group]
        why.setdefault(low, maker.evidence)
    members: dict[int, list[int]] = {}
    for row, number in enumerate(group):
        members.setdefault(number, []).append(row)
    return tuple(
        _fold(reports, rows, why[number], seed)
        for number, rows in sorted(members.items())
        if len(rows) > 1
    )


def folded(signs: Characters, all_folds: Sequence[Fold]) -> Characters:
    """The characters with each fold's readings gathered in its head's row.

    Where versions differ, the reading that most other reports have stands for all of them: what
    any version had can have been passed on. One that nobody else has does not count: it may have
    come in, or gone, after the others copied. The other rows are emptied.
    """
    if not all_folds:
        return signs
    states, starts, ends = signs.states.copy(), signs.starts.copy(), signs.ends.copy()
    for one in all_folds:
        rows = [one.head, *(row for row in reversed(one.rows) if row != one.head)]
        mine = signs.states[rows]
        others = np.delete(signs.states, rows, axis=0)
        holders = ((mine[:, None, :] == others[None, :, :]) & (mine != MISSING)[:, None, :]).sum(
            axis=1
        )
        # Most holders first; where that is even the head, then the latest version.
        rank = np.where(mine == MISSING, -len(rows), holders * len(rows))
        rank -= np.arange(len(rows))[:, None] * (mine != MISSING)
        chosen = rank.argmax(axis=0)
        private = (mine != mine[0]).any(axis=0) & (holders.max(axis=0) == 0)
        every = np.arange(signs.states.shape[1])
        states[one.head] = np.where(private, MISSING, mine[chosen, every])
        starts[one.head] = np.where((chosen == 0) & ~private, signs.starts[one.head], MISSING)
        ends[one.head] = np.where((chosen == 0) & ~private, signs.ends[one.head], MISSING)
        for row in rows[1:]:
            states[row] = starts[row] = ends[row] = MISSING
    return replace(signs, states=states, starts=starts, ends=ends)


@dataclass(frozen=True, slots=True)
class _Maker:
    key: str
    least: float
    evidence: Evidence


def _maker(one: Segmented, sources: Sequence[Source]) -> _Maker | None:
    """Who made a report: its outlet, its agency, its byline; None where nothing says so."""
    report = one.report
    if report.outlet is not None:
        note = f"Versions by one outlet, {report.outlet}"
        return _Maker(f"outlet {fold(report.outlet)}", VERSION_OVERLAP, _stated(note))
    agency = next((source for source in sources if report.id in source.own), None)
    if agency is not None:
        note = f"Takes filed by one agency, {agency.name}"
        return _Maker(f"agency {agency.key}", VERSION_OVERLAP, _stated(note))
    if report.byline is not None and not generic_name(report.byline):
        note = f"Versions under one byline, {report.byline}"
        return _Maker(f"byline {fold(report.byline)}", BYLINE_OVERLAP, _stated(note))
    return None


def _stated(note: str) -> Evidence:
    return Evidence(kind="stated", weight=0.8, note=note)


def _corrections(
    reports: Sequence[Segmented], makers: Sequence[_Maker | None], overlap: _Overlap
) -> list[tuple[int, int, _Maker]]:
    """Reports marked as later versions, maker unknown, each with the one that it nearly is."""
    found = []
    for row, one in enumerate(reports):
        marked = mark(one.report)
        if marked is None or marked.rank == 0 or makers[row] is not None:
            continue
        rivals = [
            other
            for other, rival in enumerate(reports)
            if other != row
            and rival.report.outlet is None
            and rival.report.language == one.report.language
        ]
        if rivals:
            nearest = max(rivals, key=lambda other: (overlap(row, other), -other))
            evidence = Evidence(
                kind="stated",
                weight=0.7,
                note=f"Says that it is a later version (“{marked.words}”), and is nearly the "
                f"text of {label(reports[nearest])}",
                spans=(marked.place,),
            )
            found.append((row, nearest, _Maker("", CORRECTION_OVERLAP, evidence)))
    return found


def _same(reports: Sequence[Segmented]) -> list[tuple[int, int, _Maker]]:
    """Reports whose words are the same, each with the first that has them."""
    first: dict[tuple[str, ...], int] = {}
    found = []
    for row, one in enumerate(reports):
        other = first.setdefault(_forms(one), row)
        if other != row:
            found.append((other, row, _Maker("", 1.0, _stated("The same text word for word"))))
    return found


def _forms(one: Segmented) -> tuple[str, ...]:
    return tuple(word.form for sentence in one.sentences for word in sentence.words)


def _overlaps(reports: Sequence[Segmented]) -> _Overlap:
    """Share of the runs of the shorter of two reports that the other has."""
    known: dict[int, frozenset[tuple[str, ...]]] = {}

    def runs(row: int) -> frozenset[tuple[str, ...]]:
        if row not in known:
            forms = _forms(reports[row])
            known[row] = frozenset(forms[at : at + RUN] for at in range(len(forms) - RUN + 1))
        return known[row]

    def overlap(a: int, b: int) -> float:
        shorter = min(len(runs(a)), len(runs(b)))
        return len(runs(a) & runs(b)) / shorter if shorter else 0.0

    return overlap


def _fold(reports: Sequence[Segmented], rows: list[int], why: Evidence, seed: int) -> Fold:
    if len({_forms(reports[row]) for row in rows}) == 1:
        names = ", ".join(label(reports[row]) for row in rows)
        note = f"{names}: the same text word for word; nothing in it shows which was first"
        return Fold(tuple(rows), rows[0], (), note, alike=True)
    found = chain(reports, rows, why, seed)
    sizes = {row: sum(len(one.words) for one in reports[row].sentences) for row in rows}
    head = max(found.rows, key=lambda row: (sizes[row], found.rows.index(row)))
    note = ""
    if not found.steps:
        note = f"{why.note}: {found.note}"
    return Fold(found.rows, head, found.steps, note)
