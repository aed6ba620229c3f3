"""The grouper: reports in, stories out, in a stream of days.

A day is decided twice. **At once**: a report joins a story or starts one when it arrives
(`Grouper.add`). **Again** (`Grouper.settle`, at the latest when the next day begins): the reports
of the open days (today and the day before) are taken in an order that depends on their content
only, and grouped anew from the pairs among them and with the stories of the days before. That
joins what arrived split, parts what was wrongly bridged, and makes the stories the same in
whatever order a day's reports arrived. What changed comes back as a list, so that nothing moves
silently.

Stories whose last report is older than the window are closed: the grouper forgets them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from hashlib import blake2b

from retold.errors import UsageError
from retold.group.because import because, because_new
from retold.group.clustering import Group
from retold.group.comparing import Pairs
from retold.group.constraints import NONE, Constraints, People
from retold.group.deciding import copies, group_anew, join_one
from retold.group.decision import Decision, shipped
from retold.group.features import features
from retold.group.frequencies import Frequencies
from retold.group.index import Index
from retold.group.kept import Kept, content_key, moment, outlet_key
from retold.group.ledger import Ledger
from retold.group.reading import Tokens, tokens
from retold.group.roundups import calls_itself_round_up
from retold.group.stories import Member, to_story
from retold.group.vectors import vector
from retold.model import Placed, Report, Story

__all__ = ["OPEN_DAYS", "WINDOW", "Grouper", "own_id"]

WINDOW = 4
"""Days after which a report attracts no more reports. Of the labelled stories 98 in 100 were told
within two days; a story goes on for as long as reports keep coming."""

OPEN_DAYS = 2
"""Days that are decided anew: the last one and the one before it, whose evening editions and
followers are often the same story."""


class Grouper:
    """Groups a stream of reports into stories. Not safe for several threads.

    Days may not go backwards by more than the open days: a report that comes later than that is
    decided with the open ones, whatever its date.

    Args:
        constraints: what people decided.
        decision: the weights; by default the shipped ones.
        window: days, see `WINDOW`.
        pairs: compares reports; by default with `decision`.
    """

    def __init__(
        self,
        constraints: Constraints = NONE,
        decision: Decision | None = None,
        window: int = WINDOW,
        pairs: Pairs | None = None,
    ) -> None:
        self._decision = shipped() if decision is None else decision
        self._window = window
        self._constraints = constraints
        self._frequencies: dict[str | None, Frequencies] = {}
        self._pairs = Pairs(self._decision) if pairs is None else pairs
        self._index = Index()
        self._kept: dict[int, Kept] = {}
        self._row_of: dict[str, int] = {}
        self._ledger = Ledger()
        self._texts: dict[int, Report] = {}
        self._uncounted: list[Kept] = []
        self._oldest = self._first_open = self._next = 0
        self._day: int | None = None
        self._settled = True

    # --- what comes in -----------------------------------------------------------------

    def add(self, report: Report, today: int | None = None) -> Placed:
        """Place a report at once.

        Args:
            report: with an id that no active report has.
            today: the day on which it arrives, as an ordinal (`datetime.date.toordinal`). A report
                dated later than the day after is taken as undated. None: dates are believed.

        Returns:
            its place, which `settle` may change.

        Raises:
            UsageError: a report with that id is active.
        """
        row, read = self._take(report, today)
        kept = self._kept[row]
        near = self._index.near(row, kept.vector)
        self._pairs.compare(row, near, self._kept)
        self._index.add(row, kept.vector)
        story = join_one(
            row,
            near,
            self._ledger,
            self._pairs,
            self._kept,
            self._people(),
        )
        self._ledger.put(row, own_id(kept) if story is None else self._ledger.resolved(story))
        self._settled = False
        return self._placed(row, read)

    def settle(self) -> list[Placed]:
        """Decide the open days anew, in canonical order.

        Returns:
            the reports that are in another story now than before, in canonical order.
        """
        if self._settled:
            return []
        self._settled = True
        self._into_canonical_order()
        rows = range(self._first_open, self._next)
        near = {row: self._index.near(row, self._kept[row].vector) for row in rows}
        reached = {row for some in near.values() for row in some if row < self._first_open}
        people = self._people()
        frozen = self._frozen(reached, people)
        groups = group_anew(frozen, rows, near, self._pairs, self._kept, people)
        before = self._ledger.take_out(rows)
        self._ledger.adopt(groups, before, self._name)
        for group in groups:
            self._fold(group.rows)
        return [
            self.explain(self._kept[row].id, before[row])
            for row in rows
            if before[row] != self._ledger.of[row]
        ]

    # --- what can be asked -------------------------------------------------------------

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

    # --- rows --------------------------------------------------------------------------

    def _take(self, report: Report, today: int | None) -> tuple[int, Tokens]:
        """Make a row of a report."""
        if report.id in self._row_of:
            raise UsageError(f"two reports have the id {report.id!r}")
        when = moment(report.published)
        if today is not None and when >= today + 2:
            when = math.nan
        day = self._day_of(when, today)
        language = report.language
        known = self._frequencies.get(language)
        if known is None:
            known = self._frequencies[language] = Frequencies(language)
        read = tokens(report.text, language)
        kept = Kept(
            id=report.id,
            key=content_key(report),
            day=day,
            moment=when,
            language=language,
            outlet=outlet_key(report),
            vector=vector(features(report.title, read, report.text, language), known),
            round_up=calls_itself_round_up(report.title, language) is not None,
        )
        row = self._next
        self._next += 1
        self._kept[row] = kept
        self._row_of[report.id] = row
        self._texts[row] = report
        self._uncounted.append(kept)
        return row, read

    def _day_of(self, when: float, today: int | None) -> int:
        """The day under which a report is decided; begins that day where it is a new one."""
        wanted = self._day if math.isnan(when) else int(when)
        if wanted is None:
            wanted = today if today is not None else 0
        if self._day is None:
            self._day = wanted
        elif wanted > self._day:
            self._begin(wanted)
        return max(wanted, self._day - OPEN_DAYS + 1)

    def _begin(self, day: int) -> None:
        """Close the day before: decide it, count it, let go of what is too old."""
        self.settle()
        by_language: dict[str | None, list[Kept]] = {}
        for kept in self._uncounted:
            by_language.setdefault(kept.language, []).append(kept)
        for language, some in by_language.items():
            self._frequencies[language].close_day([kept.vector.counted() for kept in some])
        self._uncounted = []
        self._day = day
        row = self._first_open
        while row < self._next and self._kept[row].day <= day - OPEN_DAYS:
            self._texts.pop(row, None)
            row += 1
        self._first_open = row
        self._pairs.forget_before(row)
        self._let_go(day - self._window)

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
        self._ledger.drop(gone, self._remembered)
        for one in gone:
            del self._row_of[self._kept.pop(one).id]

    def _remembered(self, row: int) -> Member:
        kept = self._kept[row]
        return kept.id, kept.outlet, kept.copy_of

    def _into_canonical_order(self) -> None:
        """Number the rows of the open days by day and content."""
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
        stories = [self._ledger.of[row] for row in ordered]
        self._ledger.take_out(rows)
        for row, one, text, story in zip(rows, kept, texts, stories, strict=True):
            self._kept[row], self._texts[row] = one, text
            self._row_of[one.id] = row
            self._ledger.put(row, story)
            if row >= changed:
                self._index.add(row, one.vector)

    # --- stories -----------------------------------------------------------------------

    def _people(self) -> People:
        """The constraints that concern active reports."""
        if self._constraints is NONE:
            return _NOBODY
        meant = set(self._constraints.pinned.values())
        founders: dict[str, int] = {}
        if meant:
            for row, kept in self._kept.items():
                if (name := own_id(kept)) in meant:
                    founders[name] = row
        return People(self._constraints, self._row_of, founders)

    def _frozen(self, reached: Iterable[int], people: People) -> list[Group]:
        """The stories of the days before that the open reports come near, or people speak of."""
        wanted = {self._ledger.of[row] for row in reached}
        wanted |= {self._ledger.of[row] for row in people.rows() if row < self._first_open}
        groups = []
        for name in wanted:
            rows = [row for row in self._ledger[name] if row < self._first_open]
            if rows:
                pins = [pin for row in rows if (pin := people.pin(row)) is not None]
                apart = {other for row in rows for other in people.apart(row)}
                parts = people.parts(rows)
                groups.append(Group(rows, [name], pins[0] if pins else None, apart, parts=parts))
        return sorted(groups, key=lambda group: group.rows[0])

    def _name(self, group: Group) -> str:
        """The id of a story: given by people, or that of its first day, or its first report's."""
        if group.pin is not None:
            return group.pin
        return group.stories[0] if group.stories else own_id(self._kept[group.rows[0]])

    def _fold(self, rows: Sequence[int]) -> None:
        """Say of the open reports of a story which are copies."""
        found = copies(rows, self._pairs, self._kept)
        for row in rows:
            if row >= self._first_open:
                first = found.get(row)
                self._kept[row].copy_of = None if first is None else self._kept[first].id

    def _placed(self, row: int, read: Tokens, moved_from: str | None = None) -> Placed:
        """Where a report is, and why."""
        kept = self._kept[row]
        story = self._ledger.of[row]
        partners = self._pairs.partners(row)
        best = self._best(row, [r for r in partners if self._ledger.of.get(r) == story])
        probably = False
        if best is None:
            nearest = self._best(row, partners)
            why = because_new(None if nearest is None else self._kept[nearest], self._window)
        else:
            pair = self._pairs.get(row, best)
            assert pair is not None
            why = because(self._texts[row], read, kept, self._kept[best], pair)
            probably = pair.across and pair.score < self._decision.across_strong
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


def own_id(kept: Kept) -> str:
    """The id of the story that a report begins."""
    return blake2b(f"story\0{kept.key}".encode(), digest_size=8).hexdigest()


_NOBODY = People(NONE, {}, {})
