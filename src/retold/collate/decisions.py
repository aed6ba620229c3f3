"""What people decided about passages, after the machine has lined the reports up."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from retold.holdings import Correction, PassagesJoined, PassagesParted, by_person
from retold.model import Collation, Evidence, Passage, Place, Segmented

__all__ = ["decided"]


class _Lined:
    """A collation while it is corrected: passages in order, each a dictionary of readings."""

    def __init__(self, collation: Collation, reports: Sequence[Segmented]) -> None:
        self.sentences = {one.report.id: one.sentences for one in reports}
        self.order = [one.report.id for one in reports]
        self.passages = list(collation.passages)
        self.overlaps = collation.overlaps

    def numbers(self, place: Place) -> list[int]:
        """The sentences of a report that a place touches."""
        start, end = place.span
        return [
            number
            for number, sentence in enumerate(self.sentences.get(place.report, ()))
            if sentence.span[0] < max(end, start + 1) and start < sentence.span[1]
        ]

    def at(self, report: str, number: int) -> Passage | None:
        """The passage that a sentence is in."""
        found = (one for one in self.passages if number in one.readings.get(report, ()))
        return next(found, None)

    def join(self, a: Place, b: Place, because: Evidence) -> None:
        readings: dict[str, set[int]] = {}
        joined: list[Passage] = []
        for place in (a, b):
            for number in self.numbers(place):
                readings.setdefault(place.report, set()).add(number)
                passage = self.at(place.report, number)
                if passage is not None and passage not in joined:
                    joined.append(passage)
        if len(readings) < 2:
            return
        for passage in joined:
            for report, numbers in passage.readings.items():
                readings.setdefault(report, set()).update(numbers)
        first = min(joined, key=self.passages.index, default=None)
        whole = Passage(
            id="",
            readings=self._ordered(readings),
            base=a.report if first is None else first.base,
            moved=tuple(sorted({report for one in joined for report in one.moved})),
            confidence=1.0,
            because=(because, *(reason for one in joined for reason in one.because)),
        )
        if first is None:
            self.passages.insert(self._behind(a.report, min(readings[a.report])), whole)
        else:
            self.passages[self.passages.index(first)] = whole
        self.passages = [one for one in self.passages if one is first or one not in joined]

    def part(self, a: Place, b: Place, because: Evidence) -> None:
        mine = self.numbers(a)
        for number in self.numbers(b):
            passage = self.at(b.report, number)
            if passage is None or not any(
                one in passage.readings.get(a.report, ()) for one in mine
            ):
                continue
            left = {name: set(numbers) for name, numbers in passage.readings.items()}
            left[b.report].discard(number)
            readings = self._ordered({name: some for name, some in left.items() if some})
            place = self.passages.index(passage)
            if len(readings) < 2:
                del self.passages[place]
                continue
            self.passages[place] = replace(
                passage,
                readings=readings,
                base=passage.base if passage.base in readings else next(iter(readings)),
                moved=tuple(name for name in passage.moved if name in readings),
                because=(because, *passage.because),
            )

    def _behind(self, report: str, number: int) -> int:
        """Where a new passage stands: behind the last one that the report has before it."""
        before = [
            place
            for place, passage in enumerate(self.passages)
            if any(one < number for one in passage.readings.get(report, ()))
        ]
        return max(before) + 1 if before else 0

    def _ordered(self, readings: dict[str, set[int]]) -> dict[str, tuple[int, ...]]:
        return {name: tuple(sorted(readings[name])) for name in self.order if name in readings}

    def collation(self) -> Collation:
        taken = {
            (name, number)
            for passage in self.passages
            for name, numbers in passage.readings.items()
            for number in numbers
        }
        return Collation(
            passages=tuple(
                replace(passage, id=f"P{number}")
                for number, passage in enumerate(self.passages, start=1)
            ),
            only={
                name: tuple(
                    number
                    for number in range(len(self.sentences[name]))
                    if (name, number) not in taken
                )
                for name in self.order
            },
            overlaps=tuple(
                overlap
                for overlap in self.overlaps
                if (passage := self.at(overlap.a.report, overlap.numbers[0])) is None
                or overlap.numbers[1] not in passage.readings.get(overlap.b.report, ())
            ),
        )


def decided(
    collation: Collation, reports: Sequence[Segmented], decisions: Sequence[Correction]
) -> Collation:
    """A collation in which passages are joined and parted as people say.

    Args:
        collation: without changes, which are found afterwards.
        reports: of the story.
        decisions: in force, the oldest first; a later one goes over an earlier one. Those that
            are about other reports, or about no passages, do nothing.
    """
    about = [one for one in decisions if isinstance(one.what, PassagesJoined | PassagesParted)]
    if not about:
        return collation
    lined = _Lined(collation, reports)
    for one in about:
        what = one.what
        assert isinstance(what, PassagesJoined | PassagesParted)
        if not {what.a.report, what.b.report} <= lined.sentences.keys():
            continue
        if isinstance(what, PassagesJoined):
            reason = by_person(one, "that these are readings of one passage", what.a, what.b)
            lined.join(what.a, what.b, reason)
        else:
            reason = by_person(one, "that these are readings of two passages", what.a, what.b)
            lined.part(what.a, what.b, reason)
    return lined.collation()
