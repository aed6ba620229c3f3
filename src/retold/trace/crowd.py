"""Stories of very many reports: copies are folded first, and their fullest ones traced.

Most of many reports of one story are copies, whole or cut (a third of what is published is
original: Cagé, Hervé & Viaud 2020). A report all of whose shared readings stand word for word in
a fuller one hangs from it; so does, as long as there are too many, the one that has most of its
readings in another. What is left is few enough for a tree. Linear in the readings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from msgspec.structs import replace

from retold.model import (
    Collation,
    Derivation,
    Edge,
    Evidence,
    Passage,
    Place,
    Segmented,
    Stemma,
    Undecided,
    Witness,
)
from retold.text.counting import count
from retold.trace.draft import label

__all__ = ["MOST_WITNESSES", "Crowd", "crowd", "within", "without"]

# More reports than this are not put on one tree: its cost grows with their square.
MOST_WITNESSES = 250
# Of the fuller reports that have a reading the first so many are looked at.
MOST_HOLDERS = 40

_Reading = tuple[int, bytes]


@dataclass(frozen=True, slots=True)
class Hanging:
    """A report that hangs from a fuller one.

    Attributes:
        report, source: ids.
        same: how many of its readings the source has word for word.
        readings: how many it has in passages that others have too.
        rivals: how many fuller reports have as many of them.
        spans: the first reading that is the same, in both.
        passages: numbers of the passages of which the source has it word for word.
    """

    report: str
    source: str
    same: int
    readings: int
    rivals: int
    spans: tuple[Place, ...]
    passages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Crowd:
    """The reports to be traced, and those that hang from them."""

    chosen: frozenset[str]
    hanging: tuple[Hanging, ...]


def crowd(reports: Sequence[Segmented], collation: Collation) -> Crowd:
    """Choose whom to trace."""
    by_id = {one.report.id: one for one in reports}
    readings: dict[str, list[_Reading]] = {key: [] for key in sorted(by_id)}
    for number, passage in enumerate(collation.passages):
        for report, sentences in passage.readings.items():
            readings[report].append((number, _digest(by_id[report], sentences)))
    fullest = sorted(readings, key=lambda key: (-len(readings[key]), key))
    holders: dict[_Reading, list[str]] = {}
    chosen: list[str] = []
    nearest: dict[str, tuple[str, int, int]] = {}
    for report in fullest:
        own = readings[report]
        counts = Counter(one for reading in own for one in holders.get(reading, ()))
        if counts:
            most = max(counts.values())
            alike = sorted(one for one, count in counts.items() if count == most)
            nearest[report] = (alike[0], most, len(alike))
            if most == len(own):
                continue
        chosen.append(report)
        for reading in own:
            known = holders.setdefault(reading, [])
            if len(known) < MOST_HOLDERS:
                known.append(report)
    kept = _kept(chosen, nearest, readings)
    first: dict[str, dict[_Reading, None]] = {}
    hanging = []
    for report in fullest:
        if report in kept or report not in nearest:
            continue
        source, same, rivals = nearest[report]
        has = first.setdefault(source, dict.fromkeys(readings[source]))
        verbatim = tuple(number for number, digest in readings[report] if (number, digest) in has)
        shared = verbatim[0]
        spans = tuple(
            Place(one, by_id[one].sentences[collation.passages[shared].readings[one][0]].span)
            for one in (report, source)
        )
        hanging.append(
            Hanging(report, source, same, len(readings[report]), rivals, spans, verbatim)
        )
    return Crowd(frozenset(kept), tuple(hanging))


def _kept(
    chosen: list[str],
    nearest: dict[str, tuple[str, int, int]],
    readings: dict[str, list[_Reading]],
) -> set[str]:
    """Those with most readings that no fuller report has; the nearest of the others stay true."""
    new = {one: len(readings[one]) - nearest.get(one, ("", 0, 0))[1] for one in chosen}
    order = sorted(chosen, key=lambda one: (-new[one], one))
    return set(order[:MOST_WITNESSES])


def within(collation: Collation, chosen: frozenset[str]) -> Collation:
    """The passages that two or more of the chosen reports share."""
    passages: list[Passage] = []
    for passage in collation.passages:
        readings = {key: own for key, own in passage.readings.items() if key in chosen}
        if len(readings) > 1:
            base = passage.base if passage.base in readings else min(readings)
            passages.append(replace(passage, readings=readings, base=base, changes=()))
    only = {key: own for key, own in collation.only.items() if key in chosen}
    return Collation(tuple(passages), only)


def without(
    stemma: Stemma, reports: Sequence[Segmented], collation: Collation, all_of: Crowd
) -> Stemma:
    """The stemma of the chosen reports, with the others hung from them."""
    names = {one.report.id: label(one) for one in reports}
    edges = list(stemma.edges)
    derivations = list(stemma.derivations)
    for one in all_of.hanging:
        share = one.same / one.readings
        evidence = Evidence(
            kind="textual",
            weight=round(share, 3),
            note=f"{one.same} of {count(one.readings, 'passage')} that it has with others "
            f"{'stands' if one.same == 1 else 'stand'} word for word in {names[one.source]}"
            + (
                f", and as many in {count(one.rivals - 1, 'other report')}"
                if one.rivals > 1
                else ""
            ),
            spans=one.spans,
        )
        edges.append(Edge(one.source, one.report, round(share / one.rivals, 3), (evidence,)))
        derivations += [
            Derivation(
                one.report,
                collation.passages[number].id,
                one.source,
                round(1 / one.rivals, 3),
                "copied",
                (Evidence("textual", 1.0, f"word for word as in {names[one.source]}"),),
            )
            for number in one.passages
        ]
    known = {witness.id for witness in stemma.witnesses}
    hung = {one.report for one in all_of.hanging}
    apart = tuple(one.report.id for one in reports if one.report.id not in known | hung)
    doubts = (Undecided(apart, "These share no passage with the other reports"),) if apart else ()
    others = tuple(
        Witness(one.report.id, "report", names[one.report.id])
        for one in reports
        if one.report.id not in known
    )
    return replace(
        stemma,
        witnesses=(*stemma.witnesses, *others),
        edges=tuple(sorted(edges, key=lambda edge: (edge.from_, edge.to))),
        undecided=(*stemma.undecided, *doubts),
        derivations=tuple(derivations),
    )


def _digest(one: Segmented, sentences: Sequence[int]) -> bytes:
    digest = blake2b(digest_size=8)
    for number in sentences:
        for word in one.sentences[number].words:
            digest.update(word.form.encode("utf-8", "surrogatepass") + b" ")
    return digest.digest()
