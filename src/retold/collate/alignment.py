"""The door of the stage: reports in, passages out."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from retold.collate.because import Reasons
from retold.collate.drafts import Draft, Joined
from retold.collate.features import Features, Ints, extract
from retold.collate.order import common_order, out_of_order
from retold.collate.overlaps import overlapping
from retold.collate.segments import Segments
from retold.collate.story import join
from retold.errors import UsageError
from retold.language import table
from retold.language.words import Words
from retold.model import (
    Actor,
    Collation,
    Evidence,
    Overlap,
    Passage,
    Place,
    Quotation,
    Segmented,
)
from retold.settings import DEFAULTS, Settings

__all__ = ["align"]

_EXPLAINED = 5  # readings that the base is compared with in `because`
_LITTLE = 0.35  # of the base's words shared: below, the neighbours are named as well
_Side = tuple[int, int, int]  # rank of the report, sentence, number of the report
_CALIBRATION = 0.9  # log-odds to confidence, see `_confidence`


def align(
    reports: Sequence[Segmented],
    actors: Sequence[Actor] = (),
    settings: Settings = DEFAULTS,
    quotations: Sequence[Quotation] = (),
) -> Collation:
    """Lines up the sentences of a story's reports.

    Passages are numbered from "P1" in the order of the fullest report; what it lacks comes
    behind what it follows in the next fullest that has it. The order of the input does not
    matter, for the result or its numbering.

    Args:
        reports: of one story, each with its own id.
        actors: what is known of names; their mentions make "DPRK" and "North Korea" one.
        settings: of the run; `language` stands in for reports without one.
        quotations: of the reports; words that only say who speaks count less.

    Returns:
        Passages with readings of at least two reports, the sentences in none, and what overlaps
        outside of passages. `base` is the reading that carries most of what the readings share.
        `because` compares it with five others at most.

    Raises:
        UsageError: two reports have the same id.
    """
    twice = [name for name, count in Counter(s.report.id for s in reports).items() if count > 1]
    if twice:
        raise UsageError(
            "two reports have the same id", where=twice[0], advice="Give each report its own id."
        )
    canonical = sorted(reports, key=_content)
    languages = [segmented.report.language or settings.language for segmented in canonical]
    features = extract(canonical, languages, actors, _function_words(languages), quotations)
    order = sorted(range(len(canonical)), key=lambda number: (-_fullness(features, number), number))
    joined = join(features, order)
    reasons = Reasons(canonical, languages, actors, features)
    passages = _passages(joined, order, canonical, reasons)
    taken = {(name, n) for passage in passages for name, ns in passage.readings.items() for n in ns}
    only = {
        segmented.report.id: tuple(
            number
            for number in range(len(segmented.sentences))
            if (segmented.report.id, number) not in taken
        )
        for segmented in reports
    }
    return Collation(passages, only, _overlaps(joined, order, canonical, reasons))


def _content(segmented: Segmented) -> tuple[str, str]:
    text = segmented.report.text.encode("utf-8", "surrogatepass")
    return blake2b(text, digest_size=8).hexdigest(), segmented.report.id


def _function_words(languages: Sequence[str | None]) -> dict[str | None, frozenset[str]]:
    return {
        language: frozenset(table(Words, language).function_words) for language in set(languages)
    }


def _fullness(features: Features, number: int) -> float:
    """How much a report says, in nats of words that could be missed."""
    kinds = features.kinds[number]
    return round(float(-features.against[kinds[kinds >= 0]].sum()), 6)


def _passages(
    joined: Joined, order: Sequence[int], reports: Sequence[Segmented], reasons: Reasons
) -> tuple[Passage, ...]:
    shared = [draft for draft in joined.drafts if len(draft.readings) > 1]
    sequences: dict[int, list[tuple[int, int]]] = {report: [] for report in order}
    for number, draft in enumerate(shared):
        for report, sentences in draft.readings.items():
            sentences.sort()
            sequences[report].append((sentences[0], number))
    for sequence in sequences.values():
        sequence.sort()
    ranked = common_order([number for _, number in sequences[report]] for report in order)
    rank_of = {number: rank for rank, number in enumerate(ranked)}
    moved: list[list[int]] = [[] for _ in shared]
    for report, sequence in sequences.items():
        for place in out_of_order([rank_of[number] for _, number in sequence]):
            moved[sequence[place][1]].append(report)
    worth = joined.features.worth.tolist()
    found = []
    for rank, number in enumerate(ranked, start=1):
        draft = shared[number]
        base = _base(joined, draft, worth)
        names = [reports[report].report.id for report in draft.readings]
        found.append(
            Passage(
                f"P{rank}",
                dict(zip(names, map(tuple, draft.readings.values()), strict=True)),
                reports[base].report.id,
                tuple(sorted(reports[report].report.id for report in moved[number])),
                _confidence(draft),
                _because(joined, draft, base, reasons),
            )
        )
    return tuple(found)


def _overlaps(
    joined: Joined, order: Sequence[int], reports: Sequence[Segmented], reasons: Reasons
) -> tuple[Overlap, ...]:
    rank = {report: number for number, report in enumerate(order)}
    segments = Segments(joined.features)
    links: list[tuple[_Side, _Side, float]] = []
    for link in overlapping(joined, joined.looked, segments):
        one, two = ((rank[report], at, report) for report, at in map(joined.at, (link.a, link.b)))
        links.append((min(one, two), max(one, two), link.score))
    links.sort()
    left = _kinds(joined, [one for one, _, _ in links])
    right = _kinds(joined, [two for _, two, _ in links])
    parts = segments.best(left, right), segments.best(right, left)
    found = []
    for number, (one, two, score) in enumerate(links):
        places = []
        for (_, at, report), (first, last) in zip((one, two), parts, strict=True):
            words = reports[report].sentences[at].words
            span = (words[first[number]].start, words[last[number]].end)
            places.append(Place(reports[report].report.id, span))
        confidence = round(1.0 / (1.0 + math.exp(-score)), 3)
        because = tuple(reasons.shared(one[2], [one[1]], two[2], [two[1]]))
        found.append(Overlap(places[0], places[1], (one[1], two[1]), confidence, because))
    return tuple(found)


def _kinds(joined: Joined, sides: Sequence[_Side]) -> Ints:
    return np.array([joined.kind_of(report, at) for _, at, report in sides], dtype=np.int64)


def _base(joined: Joined, draft: Draft, worth: Sequence[float]) -> int:
    """The report whose reading carries most of what others carry too."""
    readers: dict[int, set[int]] = {}
    for report, sentences in draft.readings.items():
        words = readers[report] = set()
        for sentence in sentences:
            kind = joined.kind_of(report, sentence)
            if kind >= 0:
                words.update(joined.features.words.columns(kind).tolist())
    count: dict[int, int] = {}
    for words in readers.values():
        for word in words:
            count[word] = count.get(word, 0) + 1
    common = sorted(word for word, readings in count.items() if readings > 1)
    return min(
        readers,
        key=lambda report: (
            -round(sum([worth[w] * (count[w] - 1) for w in common if w in readers[report]]), 6),
            -len(readers[report]),
            report,
        ),
    )


def _confidence(draft: Draft) -> float:
    """Mean probability that a reading belongs with the others.

    Log-odds are sums of evidence that is not independent, so they are shrunk a little before
    they are read as odds (`benchmarks/quality/collation.py calibration`).
    """
    scores = [score for score in draft.scores.values() if math.isfinite(score)]
    likely = [1.0 / (1.0 + math.exp(-_CALIBRATION * score)) for score in scores]
    return round(sum(likely) / max(len(likely), 1), 3)


def _because(joined: Joined, draft: Draft, base: int, reasons: Reasons) -> tuple[Evidence, ...]:
    found: list[Evidence] = []
    mine = draft.readings[base]
    for report in [other for other in sorted(draft.readings) if other != base][:_EXPLAINED]:
        other = draft.readings[report]
        shared = reasons.shared(base, mine, report, other)
        found.extend(shared)
        if sum(evidence.weight for evidence in shared) < _LITTLE:
            for side, step in (("before", -1), ("after", 1)):
                near = mine[0] - 1 if step < 0 else mine[-1] + 1
                beside = other[0] - 1 if step < 0 else other[-1] + 1
                there = joined.draft_at(base, near)
                if there is not None and there is joined.draft_at(report, beside):
                    found.append(reasons.neighbours(base, near, report, beside, side))
    return tuple(found)
