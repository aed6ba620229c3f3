"""Which words of a sentence say who speaks, not what is told.

The cue and the source of a quotation ("the controller, Moana Hale, told reporters") stand beside
whatever that speaker says, so in a story with few speakers they are no sign that two sentences
tell the same.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec

from retold.model import Actor, Quotation, Segmented, Sentence, Span

__all__ = ["Frames", "Mentions"]

Named = tuple[tuple[str, ...], tuple[str, ...]]


class Frames:
    """Numbers of the words that are in a cue or a source, sentence by sentence."""

    def __init__(self, reports: Sequence[Segmented], quotations: Sequence[Quotation]) -> None:
        by_id = {segmented.report.id: segmented for segmented in reports}
        starts: dict[str, list[int]] = {}
        found: dict[tuple[str, int], set[int]] = {}
        for quotation in quotations:
            segmented = by_id.get(quotation.report)
            if segmented is None or not segmented.sentences:
                continue
            if quotation.report not in starts:
                starts[quotation.report] = [each.span[0] for each in segmented.sentences]
            for start, end in (*quotation.cue, *quotation.source):
                number = bisect_right(starts[quotation.report], start) - 1
                if number < 0:
                    continue
                words = segmented.sentences[number].words
                first = bisect_left(words, start, key=lambda word: word.start)
                last = bisect_left(words, end, key=lambda word: word.start)
                if first < last:
                    found.setdefault((quotation.report, number), set()).update(range(first, last))
        self._found = {place: tuple(sorted(inside)) for place, inside in found.items()}

    def words(self, report: str, sentence: int) -> tuple[int, ...]:
        """Numbers of the words of a sentence that say who speaks, in order."""
        return self._found.get((report, sentence), ())


class Mentions(msgspec.Struct, frozen=True):
    """Where the reports name actors, by report."""

    spans: dict[str, list[Span]]
    actors: dict[str, list[str]]

    @classmethod
    def of(cls, reports: Sequence[Segmented], actors: Sequence[Actor]) -> Mentions:
        """Mentions in the reports, in the order of the text."""
        found: dict[str, list[tuple[Span, str]]] = {each.report.id: [] for each in reports}
        for actor in actors:
            for mention in actor.mentions:
                if mention.report in found:
                    found[mention.report].append((mention.span, actor.id))
        for pairs in found.values():
            pairs.sort()
        return cls(
            {report: [span for span, _ in pairs] for report, pairs in found.items()},
            {report: [actor for _, actor in pairs] for report, pairs in found.items()},
        )

    def inside(self, report: str, sentence: Sentence, frame: Sequence[int]) -> Named:
        """Actors whose mentions begin in a sentence: in what it tells, and in its frame."""
        spans = self.spans[report]
        if not spans:
            return (), ()
        first = bisect_left(spans, (sentence.span[0], sentence.span[0]))
        last = bisect_left(spans, (sentence.span[1], sentence.span[1]))
        framed = {sentence.words[at].start for at in frame}
        told: list[str] = []
        said_by: list[str] = []
        for at in range(first, last):
            (said_by if spans[at][0] in framed else told).append(self.actors[report][at])
        return tuple(told), tuple(said_by)
