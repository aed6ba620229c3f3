"""Per passage, who a report has it from.

The stemma says from whom a report descends; a passage can only come from a source that has it. A
surviving source shows what it has. A lost one had what any telling under it has that is not the
report's own, and so did everything between the report and the rest of the tree. Where several
sources have a passage, the readings in which they differ decide, if those of the report agree
with one of them clearly. What no source can have supplied is said to come from elsewhere.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retold.model import Collation, Derivation, DerivationKind, Edge, Evidence, Passage, Place
from retold.text.counting import count, listed
from retold.trace.characters import LONGEST_READING, MISSING
from retold.trace.draft import Draft, label

__all__ = ["derivations"]

# Copies share runs of five words (`relation`); where more than one word in five differs hardly any
# is left, and the passage is in other words.
VERBATIM = 0.8
# Of two sources the one is named whose readings, against the other's, are so likely the report's:
# one word that only the one has, and none that only the other has, is three to one by Krichevsky
# and Trofimov's estimate.
CLEAR = 0.75

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the reports have in one passage.

    Attributes:
        rows: of the reports that have it, ascending.
        where: the same.
        states: (rows, words of the base).
        words: (rows,) length of each reading.
    """

    passage: Passage
    rows: list[int]
    where: Counts
    states: NDArray[np.int32]
    words: Counts
    content: NDArray[np.bool_]

    def same(self, a: int, b: int | slice) -> NDArray[np.bool_]:
        """Where two readings agree, or one with each of several."""
        mine = self.states[a]
        same: NDArray[np.bool_] = (self.states[b] == mine) & (mine != MISSING)
        return same


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A source that has the passage, and whose reading shows it (a place in `_Reading.rows`)."""

    edge: Edge
    shown_by: int


class _Descent:
    """Who hangs under whom, asked once for every node."""

    def __init__(self, draft: Draft) -> None:
        self.row = {one.report.id: number for number, one in enumerate(draft.reports)}
        self.parents: dict[str, list[Edge]] = {}
        self._children: dict[str, list[str]] = {}
        for key in sorted(draft.edges):
            edge = draft.edges[key]
            self.parents.setdefault(edge.to, []).append(edge)
            if edge.basis == "textual":
                self._children.setdefault(edge.from_, []).append(edge.to)
        for edges in self.parents.values():
            edges.sort(key=lambda edge: (-edge.support, edge.from_))
        self._under: dict[str, frozenset[int]] = {}
        self._marked: dict[str, NDArray[np.bool_]] = {}

    def under(self, node: str) -> frozenset[int]:
        """Rows of the reports at a node and below it, by their wording."""
        known = self._under.get(node)
        if known is None:
            waiting, seen = [node], set[str]()
            while waiting:
                here = waiting.pop()
                if here not in seen:
                    seen.add(here)
                    waiting += self._children.get(here, ())
            known = self._under[node] = frozenset(self.row[one] for one in seen & self.row.keys())
        return known

    def marked(self, node: str) -> NDArray[np.bool_]:
        """The same, for each row whether it is there."""
        known = self._marked.get(node)
        if known is None:
            known = self._marked[node] = np.zeros(len(self.row), dtype=np.bool_)
            known[list(self.under(node))] = True
        return known


def derivations(draft: Draft, collation: Collation) -> tuple[Derivation, ...]:
    """For every passage of every report that descends from something: from whom it has it.

    Args:
        draft: complete, with its edges.
        collation: whose passages the draft's characters are numbered by.
    """
    descent = _Descent(draft)
    signs = draft.whole
    numbers = np.arange(len(collation.passages) + 1)
    bounds = np.searchsorted(signs.passages, numbers)
    found: list[Derivation] = []
    for number, passage in enumerate(collation.passages):
        rows = sorted(descent.row[report] for report in passage.readings)
        columns = slice(int(bounds[number]), int(bounds[number + 1]))
        reading = _Reading(
            passage,
            rows,
            np.array(rows, dtype=np.int64),
            signs.states[rows, columns],
            np.array([_length(draft, passage, row) for row in rows]),
            signs.content[columns],
        )
        for place, row in enumerate(rows):
            edges = descent.parents.get(draft.id_of(row), [])
            if edges:
                found.append(_derivation(draft, descent, reading, place, edges))
    return tuple(found)


def _length(draft: Draft, passage: Passage, row: int) -> int:
    one = draft.reports[row]
    sentences = passage.readings[one.report.id]
    return min(LONGEST_READING, sum(len(one.sentences[at].words) for at in sentences))


def _derivation(
    draft: Draft, descent: _Descent, reading: _Reading, place: int, edges: Sequence[Edge]
) -> Derivation:
    same = reading.same(place, slice(None))
    alike = same @ reading.content.astype(np.int64) * 1_000 + same.sum(axis=1)
    able = [
        _Candidate(edge, shown_by)
        for edge in edges
        if (shown_by := _shown_by(draft, descent, reading, place, edge, alike)) is not None
    ]
    if not able:
        return _unknown(draft, reading, place, _why_none(draft, descent, reading, place, edges))
    able.sort(key=lambda one: -int(alike[one.shown_by]))
    best, sure, note = able[0], 1.0, ""
    for other in able[1:]:
        for_best, for_other = _against(reading, place, best.shown_by, other.shown_by)
        clear = (for_best + 0.5) / (for_best + for_other + 1)
        if clear < CLEAR:
            return _unknown(
                draft,
                reading,
                place,
                f"as near to {_called(draft, best.edge.from_)} as to "
                f"{_called(draft, other.edge.from_)}",
            )
        sure = min(sure, clear)
        note += (
            f"; {count(for_best, 'word')} as there and not as in {_called(draft, other.edge.from_)}"
        )
    kind, words, all_words = _kind(draft, reading, place, best.shown_by)
    shows = draft.reports[reading.rows[best.shown_by]]
    text = f"{words} of its {all_words} words {'stands' if words == 1 else 'stand'} so in "
    if all_words == 1:
        text = f"its one word {'stands so' if words else 'does not stand so'} in "
    text += label(shows)
    if best.edge.from_ != shows.report.id:
        text += f", which shows what {_called(draft, best.edge.from_)} had"
    if kind == "translated":
        text = f"{label(shows)} has it in another language"
    evidence = Evidence(
        kind="textual",
        weight=round(words / max(1, all_words), 3),
        note=text + note,
        spans=tuple(_span(draft, reading, one) for one in (place, best.shown_by)),
    )
    return Derivation(
        report=draft.id_of(reading.rows[place]),
        passage=reading.passage.id,
        source=best.edge.from_,
        support=round(best.edge.support * sure, 3),
        kind=kind,
        evidence=(evidence,),
    )


def _shown_by(
    draft: Draft, descent: _Descent, reading: _Reading, place: int, edge: Edge, alike: Counts
) -> int | None:
    """Whose reading shows best what a source had in a passage; None where it had none."""
    own = descent.row.get(edge.from_)
    if own is not None:
        at = bisect_left(reading.rows, own)
        return at if at < len(reading.rows) and reading.rows[at] == own else None
    if draft.extra[edge.from_].kind != "lost" or edge.basis == "stated":
        return None
    mine = descent.marked(edge.to)[reading.where]
    near = descent.marked(edge.from_)[reading.where] & ~mine
    there = np.flatnonzero(near)
    if not len(there):  # What the rest of the tree has came past the lost telling, or from there.
        there = np.flatnonzero(~mine)
    return int(there[alike[there].argmax()]) if len(there) else None


def _against(reading: _Reading, place: int, first: int, second: int) -> tuple[int, int]:
    """Content words that a report has as the one source has them and the other does not."""
    one, two = reading.states[first], reading.states[second]
    apart = (one != two) & (one != MISSING) & (two != MISSING) & reading.content
    return (
        int((reading.same(place, first) & apart).sum()),
        int((reading.same(place, second) & apart).sum()),
    )


def _kind(
    draft: Draft, reading: _Reading, place: int, source: int
) -> tuple[DerivationKind, int, int]:
    """How the passage is from there, how many of its words stand there, and of how many."""
    words, all_words = int(reading.same(place, source).sum()), int(reading.words[place])
    languages = {draft.reports[reading.rows[one]].report.language for one in (place, source)}
    if len(languages - {None}) > 1:
        return "translated", words, all_words
    if words < VERBATIM * all_words:
        return "reworded", words, all_words
    whole = words >= VERBATIM * int(reading.words[source])
    return ("copied" if whole else "cut"), words, all_words


def _why_none(
    draft: Draft, descent: _Descent, reading: _Reading, place: int, edges: Sequence[Edge]
) -> str:
    """Why no source is named for a passage."""
    row = reading.rows[place]
    mine = descent.under(draft.id_of(row)) | {row}
    others = [label(draft.reports[one]) for one in reading.rows if one not in mine]
    sources = " and ".join(dict.fromkeys(_called(draft, edge.from_) for edge in edges[:3]))
    if not others:
        return "none of the tellings that it descends from shows this passage"
    also = f"{listed(others, 3)} {'has' if len(others) == 1 else 'have'} it too"
    unseen = any(edge.basis == "stated" and edge.from_ in draft.extra for edge in edges)
    if unseen:
        return f"whether it has this passage from {sources} cannot be seen; {also}"
    return f"not from {sources}, where this passage is not; {also}"


def _unknown(draft: Draft, reading: _Reading, place: int, note: str) -> Derivation:
    evidence = Evidence("textual", 0.0, note, (_span(draft, reading, place),))
    report = draft.id_of(reading.rows[place])
    return Derivation(report, reading.passage.id, None, 0.0, "cannot tell", (evidence,))


def _span(draft: Draft, reading: _Reading, place: int) -> Place:
    """The first sentence of a reading."""
    one = draft.reports[reading.rows[place]]
    spans = [one.sentences[at].span for at in reading.passage.readings[one.report.id]]
    return Place(one.report.id, spans[0])


def _called(draft: Draft, node: str) -> str:
    extra = draft.extra.get(node)
    if extra is not None:
        return extra.name
    return next(label(one) for one in draft.reports if one.report.id == node)
