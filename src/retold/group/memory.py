"""What a grouper remembers, and what can be asked of it."""

from __future__ import annotations

import gc
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from retold.errors import UsageError
from retold.group.because import because, because_new
from retold.group.comparing import Pairs
from retold.group.constraints import NONE, Constraints
from retold.group.dawn import Dawn
from retold.group.decision import Decision, shipped
from retold.group.frequencies import Frequencies
from retold.group.groups import Group
from retold.group.index import Index
from retold.group.kept import Kept
from retold.group.ledger import Ledger
from retold.group.meaning import MeaningPairs, Meanings
from retold.group.nearest import Nearest
from retold.group.reading import Tokens, tokens
from retold.group.stories import Member, to_story
from retold.model import Placed, Report, Story

if TYPE_CHECKING:
    from retold.engines.encoders import Encoder

__all__ = ["WINDOW", "Memory", "uncollected"]

WINDOW = 4
"""Days after which a report attracts no more reports. Of the labelled stories 98 in 100 were told
within two days; a story goes on for as long as reports keep coming."""


_LATER = 8


class Memory:
    """The state of a grouper: rows (active reports, numbered), their pairs and their stories.

    Args:
        constraints: what people decided.
        decision: the weights; by default the shipped ones.
        window: days, see `WINDOW`.
        pairs: compares reports; by default with `decision`, and with the encoder if there is one.
        encoder: a model of sentence vectors, whose word counts too.
    """

    def __init__(
        self,
        constraints: Constraints = NONE,
        decision: Decision | None = None,
        window: int = WINDOW,
        pairs: Pairs | None = None,
        encoder: Encoder | None = None,
    ) -> None:
        self._decision = shipped() if decision is None else decision
        self._window = window
        self._constraints = constraints
        self._frequencies: dict[str | None, Frequencies] = {}
        self._meanings = None if encoder is None else Meanings(encoder)
        self._nearest = None if self._meanings is None else Nearest(self._meanings)
        if pairs is not None:
            self._pairs = pairs
        elif self._meanings is not None:
            self._pairs = MeaningPairs(self._meanings, self._decision)
        else:
            self._pairs = Pairs(self._decision)
        self._index = Index()
        self._kept: dict[int, Kept] = {}
        self._row_of: dict[str, int] = {}
        self._near: dict[int, list[int]] = {}  # of the open reports: candidates among earlier ones
        self._ledger = Ledger()
        # As last decided; and those of them that stay open, when the day began.
        self._groups: list[Group] = []
        self._dawn: list[Dawn] = []
        self._texts: dict[int, Report] = {}
        self._uncounted: list[Kept] = []
        self._oldest = self._first_open = self._next = 0
        self._day: int | None = None
        self._settled = True

    def explain(self, report: str, moved_from: str | None = None) -> Placed:
        """Where a report of the open days is, and why.

        Args:
            report: its id.
            moved_from: the story it was in before, to be shown.

        Raises:
            UsageError: it is not among the reports of the open days.
        """
        row = self._row_of.get(report)
        if row is None or row not in self._texts:
            raise UsageError(f"report {report!r} is not of the open days")
        if row not in self._ledger.of:
            raise UsageError(f"report {report!r} is not placed yet: `settle` does that")
        text = self._texts[row]
        return self._placed(row, tokens(text.text, text.language), moved_from)

    def story(self, story: str) -> Story:
        """An active story by its id, or by one it had before.

        Raises:
            UsageError: no active story has or had it.
        """
        name = self._ledger.resolved(story)
        if name not in self._ledger:
            raise UsageError(f"no active story {story!r}")
        members = self._ledger.stories[name].members(self._kept)
        return to_story(name, members, self._ledger.formerly().get(name, ()))

    def stories(self) -> list[Story]:
        """All active stories, by their first report."""
        formerly = self._ledger.formerly()
        return [
            to_story(name, active.members(self._kept), formerly.get(name, ()))
            for name, active in self._ledger.stories.items()
        ]

    @property
    def forwards(self) -> dict[str, str]:
        """Ids of stories that are no more -> the story that most of their reports are in."""
        return dict(self._ledger.forwards)

    @property
    def active(self) -> int:
        """How many reports attract others."""
        return len(self._kept)

    @property
    def open_reports(self) -> list[tuple[int, str]]:
        """(day as an ordinal, id) of the reports that `settle` may still move."""
        rows = range(self._first_open, self._next)
        return [(self._kept[row].day, self._kept[row].id) for row in rows]

    def _candidates(self, row: int) -> list[int]:
        """Rows that a row is compared with: they share rare keys with it, or begin alike."""
        found = self._index.near(row, self._kept[row].vector)
        return found if self._nearest is None else self._nearest.also(found, row)

    def _let_go(self, before: int) -> None:
        """Forget reports of days before `before`; of active stories their ids stay."""
        row = self._oldest
        while row < self._first_open and self._kept[row].day < before:
            row += 1
        gone = range(self._oldest, row)
        self._oldest = row
        if not gone:
            return
        self._index.remove_before(row, [self._kept[one].vector for one in gone])
        if self._nearest is not None:
            self._nearest.forget_before(row)
        self._ledger.drop(gone, self._remembered)
        for one in gone:
            del self._row_of[self._kept.pop(one).id]

    def _remembered(self, row: int) -> Member:
        kept = self._kept[row]
        return kept.id, kept.outlet, kept.copy_of

    def _into_canonical_order(self) -> None:
        """Number the rows of the open days in canonical order (`Kept.order`)."""
        rows = list(range(self._first_open, self._next))
        ordered = sorted(rows, key=lambda row: self._kept[row].order)
        changed = next((old for old, new in zip(rows, ordered, strict=True) if old != new), None)
        if changed is None:
            return
        self._pairs.renumber(
            {old: new for new, old in zip(rows, ordered, strict=True) if old != new}
        )
        self._index.remove_from(changed, [self._kept[r].vector for r in range(changed, self._next)])
        kept = [self._kept[row] for row in ordered]
        texts = [self._texts[row] for row in ordered]
        stories = self._ledger.take_out(rows)
        for row, old, one, text in zip(rows, ordered, kept, texts, strict=True):
            self._kept[row], self._texts[row] = one, text
            if self._nearest is not None:
                self._nearest.put(row, one)
            self._row_of[one.id] = row
            if old in stories:
                self._ledger.put(row, stories[old])
            if row >= changed:
                self._index.add(row, one.vector)
        for row in range(changed, self._next):
            self._near[row] = self._candidates(row)

    def _placed(self, row: int, read: Tokens, moved_from: str | None = None) -> Placed:
        """Where a report is, and why."""
        kept = self._kept[row]
        story = self._ledger.of[row]
        partners = self._pairs.partners(row)
        best = self._best(row, [r for r in partners if self._ledger.of.get(r) == story])
        if best is None:
            # The first of a story has its reasons with those that came after it.
            rows = self._ledger[story]
            after = bisect_right(rows, row)
            best = self._best(row, rows[after : after + _LATER])
        probably = False
        nearest = best if best is not None else self._best(row, partners)
        if best is None:
            why = because_new(None if nearest is None else self._kept[nearest], self._window)
        else:
            pair = self._pairs.get(row, best)
            assert pair is not None
            why = because(self._texts[row], read, kept, self._kept[best], pair)
            probably = pair.across and pair.score < self._decision.across_strong
        if self._meanings is not None and nearest is not None:
            why += self._meanings.evidence(kept, self._kept[nearest])
        return Placed(
            report=kept.id,
            story=story,
            because=why,
            probably=probably,
            round_up=kept.round_up,
            copy_of=kept.copy_of,
            moved_from=moved_from,
        )

    def _best(self, row: int, others: Iterable[int]) -> int | None:
        """The one of some rows that a row is most like, among those it was compared with."""
        scored = [
            (-pair.score, other)
            for other in others
            if other in self._kept and (pair := self._pairs.get(row, other)) is not None
        ]
        return min(scored)[1] if scored else None


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep Python from looking for garbage in between: grouping makes hundreds of thousands of
    small objects, none of them in a circle, and each look goes through all that is remembered."""
    looks = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looks:
            gc.enable()
