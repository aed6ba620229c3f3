"""How one report stands to another: copied, cut, rewritten or independent; wholly or partially.

Two questions, each with a threshold a reader can argue with. *Is anything from there?* Words
that stand in runs of five in the source: chance and shared facts give few of them, and reports
that newspapers wrote by themselves of an event had less than one word in ten so. *Is everything
from there?* Sentences that no sentence of the source accounts for: a report is wholly derived, in
whatever words, if they hold less than one word in twenty. (The three classes are those of the
METER corpus: Clough, Gaizauskas, Piao & Wilks 2002; the runs are those of Lyon, Malcolm &
Dickerson 2001, made longer.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from retold.language import table
from retold.language.words import Words
from retold.model import Edge, Evidence, Place, Segmented, Word
from retold.text.stems import stemmer
from retold.trace.draft import Draft, label

__all__ = ["Derived", "Kind", "Relation", "add_relations", "relation"]

Derived = Literal["wholly", "partially", "not"]
Kind = Literal["copy", "cutting", "rewriting", "independent"]

RUN = 5
# Less than this share of the words in runs that the source has: not from it.
LEAST_VERBATIM = 0.1
# A sentence is accounted for if one sentence of the source has so much of its content words.
ACCOUNTED = 0.4
# More than this share of the words in sentences not accounted for: not all of it from there.
MOST_OWN = 0.05
# From this share on a text is copied; the source's share tells copying whole from cutting.
COPIED = 0.9
# Words in more sentences of the source than this find no counterpart: the search stays linear.
MOST_SENTENCES = 400
# A heading or byline of fewer content words proves nothing.
FEWEST_WORDS = 3
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Relation:
    """What a report has of a source.

    Attributes:
        kind: "copy" (all of it, nearly word for word), "cutting" (part of it, nearly word for
            word), "rewriting" (in other words), "independent".
        derived: how much of the report is from the source.
        verbatim: share of the report's words in runs of five that the source has.
        own: share of its content words in sentences that the source does not account for.
        runs: the longest such runs, in the report.
        unaccounted: sentences that are not accounted for, in the report.
    """

    kind: Kind
    derived: Derived
    verbatim: float
    own: float
    runs: tuple[Place, ...]
    unaccounted: tuple[Place, ...]


def relation(report: Segmented, sources: Sequence[Segmented]) -> Relation:
    """How a report stands to a source.

    Args:
        report: what may have been derived.
        sources: the source; several where it is one telling in takes.
    """
    words = [word for sentence in report.sentences for word in sentence.words]
    in_runs = _in_runs([word.form for word in words], sources)
    verbatim = float(in_runs.mean()) if len(words) else 0.0
    own, unaccounted = _own(report, sources)
    derived: Derived = "partially"
    if own <= MOST_OWN and words:
        derived = "wholly"
    elif verbatim < LEAST_VERBATIM:
        derived = "not"
    length = sum(len(sentence.words) for source in sources for sentence in source.sentences)
    kind: Kind = "rewriting"
    if derived == "not":
        kind = "independent"
    elif verbatim >= COPIED:
        kind = "copy" if len(words) >= COPIED * length else "cutting"
    return Relation(kind, derived, verbatim, own, _longest(report, words, in_runs), unaccounted)


def add_relations(draft: Draft) -> None:
    """Say on every edge between two reports how much is from there, and how it was told."""
    row = {one.report.id: number for number, one in enumerate(draft.reports)}
    for (source, report), edge in sorted(draft.edges.items()):
        if edge.basis != "textual" or source not in row or report not in row:
            continue
        parent, child = draft.reports[row[source]], draft.reports[row[report]]
        if parent.report.language != child.report.language:
            continue
        found = relation(child, [parent])
        draft.connect(Edge(source, report, edge.support, (_said(found, parent),)))


def _said(found: Relation, source: Segmented) -> Evidence:
    how = {
        "copy": "all of it, nearly word for word",
        "cutting": "a part of it, nearly word for word",
        "rewriting": "in other words",
        "independent": "no more than reports of one event share",
    }[found.kind]
    much = {"wholly": "Wholly", "partially": "Partially", "not": "Not shown to be"}[found.derived]
    note = (
        f"{much} from {label(source)}, {how}: {found.verbatim:.0%} of its words stand there in "
        f"runs of {RUN} or more, {found.own:.0%} in sentences without a counterpart"
    )
    return Evidence("textual", round(found.verbatim, 3), note, found.runs)


def _in_runs(forms: Sequence[str], sources: Sequence[Segmented]) -> NDArray[np.bool_]:
    """For each word whether it stands in a run that a source has."""
    known: set[tuple[str, ...]] = set()
    for source in sources:
        theirs = [word.form for sentence in source.sentences for word in sentence.words]
        known.update(tuple(theirs[at : at + RUN]) for at in range(len(theirs) - RUN + 1))
    inside = np.zeros(len(forms), dtype=np.bool_)
    for at in range(len(forms) - RUN + 1):
        if tuple(forms[at : at + RUN]) in known:
            inside[at : at + RUN] = True
    return inside


def _longest(
    report: Segmented, words: Sequence[Word], inside: NDArray[np.bool_]
) -> tuple[Place, ...]:
    turns = np.flatnonzero(np.diff(inside, prepend=False, append=False))
    runs = sorted(
        zip(turns[::2].tolist(), turns[1::2].tolist(), strict=True),
        key=lambda run: (run[0] - run[1], run[0]),
    )
    return tuple(
        Place(report.report.id, (words[first].start, words[end - 1].end))
        for first, end in runs[:_SHOWN]
    )


def _own(report: Segmented, sources: Sequence[Segmented]) -> tuple[float, tuple[Place, ...]]:
    """Share of the content words in sentences without a counterpart, and these sentences."""
    having: dict[str, list[int]] = {}
    number = 0
    for source in sources:
        for stems in _content(source):
            for stem in stems:
                having.setdefault(stem, []).append(number)
            number += 1
    total = alone = 0
    unaccounted: list[Place] = []
    for sentence, stems in zip(report.sentences, _content(report), strict=True):
        if len(stems) < FEWEST_WORDS:
            continue
        shared: dict[int, int] = {}
        for stem in stems:
            places = having.get(stem, ())
            for place in places if len(places) <= MOST_SENTENCES else ():
                shared[place] = shared.get(place, 0) + 1
        total += len(stems)
        if max(shared.values(), default=0) < ACCOUNTED * len(stems):
            alone += len(stems)
            unaccounted.append(Place(report.report.id, sentence.span))
    return (alone / total if total else 0.0), tuple(unaccounted)


def _content(one: Segmented) -> list[frozenset[str]]:
    """The stems of each sentence's content words."""
    language = one.report.language
    common = table(Words, language).function_words
    stem = stemmer(language)
    return [
        frozenset(stem(word.form) for word in sentence.words if word.form not in common)
        for sentence in one.sentences
    ]
