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
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from retold.errors import UsageError
from retold.group.constraints import NONE, Constraints, People
from retold.group.dawn import Dawn, at_dawn, marked
from retold.group.deciding import copies, group_anew, join_one
from retold.group.decision import Decision
from retold.group.features import features
from retold.group.frequencies import Frequencies
from retold.group.groups import Group
from retold.group.kept import Kept, content_key, moment, outlet_key, own_id
from retold.group.meaning import require, saved_meanings
from retold.group.memory import WINDOW, Memory, uncollected
from retold.group.reading import Tokens, tokens
from retold.group.roundups import calls_itself_round_up
from retold.group.state import (
    FORMAT,
    SavedStory,
    State,
    packed,
    restored_report,
    restored_vectors,
    saved_report,
    saved_vectors,
    unpacked,
)
from retold.group.vectors import vector
from retold.model import Placed, Report

if TYPE_CHECKING:
    from retold.engines.encoders import Encoder

__all__ = ["OPEN_DAYS", "WINDOW", "Grouper", "own_id"]

OPEN_DAYS = 2
"""Days that are decided anew: the last one and the one before it, whose evening editions and
followers are often the same story."""


class Grouper(Memory):
    """Groups a stream of reports into stories. Not safe for several threads.

    Days may not go backwards by more than the open days: a report that comes later than that is
    decided with the open ones, whatever its date.

    Args:
        constraints: what people decided.
        decision: the weights; by default the shipped ones.
        window: days, see `WINDOW`.
        pairs: compares reports; by default with `decision`, and with the encoder if there is one.
        encoder: a model of sentence vectors, whose word counts too (see `meaning`).
    """

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
        return self.add_all([report], today)[0]

    def add_all(self, reports: Sequence[Report], today: int | None = None) -> list[Placed]:
        """Place reports that arrive together, one after the other, at once.

        The same as `add` for each of them, in less time.

        Args:
            reports: as for `add`, in the order of their days.
            today: as for `add`.

        Returns:
            the place of each when it had arrived.

        Raises:
            UsageError: a report with the id of one of them is active. Those before it are placed.
        """
        placed: list[Placed] = []
        fresh: dict[int, Tokens] = {}
        with uncollected():
            try:
                for report in reports:
                    if fresh and self._begins(report, today):
                        placed += self._place(fresh)
                        fresh = {}
                    row, read = self._take(report, today)
                    fresh[row] = read
            finally:
                placed += self._place(fresh)
        return placed

    def _place(self, fresh: Mapping[int, Tokens]) -> list[Placed]:
        """Put new rows into stories, one after the other."""
        near = {row: self._near[row] for row in fresh}
        self._pairs.compare(near, self._kept)
        people = self._people()
        placed = []
        for row, read in fresh.items():
            story = join_one(row, near[row], self._ledger, self._pairs, self._kept, people)
            name = own_id(self._kept[row]) if story is None else self._ledger.resolved(story)
            self._ledger.put(row, name)
            placed.append(self._placed(row, read))
        return placed

    def take(self, report: Report, today: int | None = None) -> None:
        """Take a report in that `settle` will place, for who need not know its place at once.

        Args, Raises: as for `add`.
        """
        self._take(report, today)

    def settle(self) -> list[Placed]:
        """Decide the open days anew, in canonical order.

        Returns:
            the reports that are in another story now than before, in canonical order.
        """
        before = self._decide_anew()
        return [
            self.explain(self._kept[row].id, story)
            for row, story in before.items()
            if story != self._ledger.of[row]
        ]

    def _decide_anew(self) -> dict[int, str]:
        """What `settle` does; returns where each row of the open days was before."""
        if self._settled:
            return {}
        self._settled = True
        with uncollected():
            return self._grouped_anew()

    def _grouped_anew(self) -> dict[int, str]:
        self._into_canonical_order()
        self._ledger.take_back()
        rows = range(self._first_open, self._next)
        near = {row: [o for o in self._near[row] if o >= self._oldest] for row in rows}
        reached = {other for some in near.values() for other in some if other < self._first_open}
        people = self._people()
        frozen = self._frozen(reached, people)
        dawn = at_dawn(rows, self._kept, self._dawn, self._ledger.resolved)
        groups = group_anew(frozen, dawn, rows, near, self._pairs, self._kept, people)
        self._groups = groups
        before = self._ledger.take_out(rows)
        self._ledger.adopt(groups, before, self._name)
        for group in groups:
            self._fold(group.rows)
        return before

    def constrain(self, constraints: Constraints) -> list[Placed]:
        """Replace what people decided, and decide anew what it concerns.

        Returns:
            the reports of the open days that moved. Of the days before, only reports that the
            constraints name move; ask `story` for them.
        """
        self._constraints = constraints
        people = self._people()
        for row in sorted(people.rows()):
            if row < self._first_open:
                pinned = people.pin(row)
                with_other = any(
                    other < row and self._ledger.of[other] == self._ledger.of[row]
                    for other in people.apart(row)
                )
                if pinned is not None:
                    self._ledger.move(row, pinned)
                elif with_other:
                    self._ledger.move(row, own_id(self._kept[row]))
        self._settled = False
        return self.settle()

    def save(self) -> bytes:
        """All that `restore` needs but the texts of the open reports."""
        ledger = self._ledger.taken_back()
        return packed(
            State(
                format=FORMAT,
                day=self._day,
                oldest=self._oldest,
                first_open=self._first_open,
                following=self._next,
                reports=tuple(
                    saved_report(kept, ledger.of.get(row)) for row, kept in self._kept.items()
                ),
                vectors=saved_vectors([kept.vector for kept in self._kept.values()]),
                near=tuple(tuple(self._near[row]) for row in range(self._first_open, self._next)),
                stories=tuple(
                    SavedStory(name, tuple(active.past)) for name, active in ledger.stories.items()
                ),
                forwards=ledger.forwards,
                uncounted=tuple(kept.id for kept in self._uncounted),
                frequencies=tuple(one.saved() for one in self._frequencies.values()),
                encoder=None if self._meanings is None else self._meanings.encoder.fingerprint,
                meanings=saved_meanings(self._kept.values()),
                dawn=tuple(self._dawn),
            )
        )

    @classmethod
    def restore(
        cls,
        data: bytes,
        open_reports: Iterable[Report],
        constraints: Constraints = NONE,
        decision: Decision | None = None,
        window: int = WINDOW,
        encoder: Encoder | None = None,
    ) -> Grouper:
        """A grouper that goes on where another one was saved.

        Args:
            data: from `save`.
            open_reports: those that `Grouper.open_reports` listed, in any order.
            constraints, decision, window, encoder: as for a new one.

        Raises:
            UsageError: the bytes are no saved grouper, or one with another encoder; or an open
                report is missing.
        """
        state = unpacked(data)
        made = cls(constraints, decision, window, encoder=encoder)
        require(made._meanings, state.encoder)
        made._day, made._settled = state.day, False
        made._oldest, made._first_open, made._next = state.oldest, state.first_open, state.following
        made._frequencies = {one.language: Frequencies.restored(one) for one in state.frequencies}
        texts = {report.id: report for report in open_reports}
        for story in state.stories:
            made._ledger.begin(story.id, story.past)
        vectors = restored_vectors(state.vectors)
        for row, (one, of) in enumerate(zip(state.reports, vectors, strict=True), state.oldest):
            kept = made._kept[row] = restored_report(one, of)
            made._row_of[kept.id] = row
            if one.story is not None:
                made._ledger.put(row, one.story)
            made._index.add(row, kept.vector)
            if row >= state.first_open:
                if kept.id not in texts:
                    raise UsageError(f"the open report {kept.id!r} is missing")
                made._texts[row] = texts[kept.id]
                made._near[row] = list(state.near[row - state.first_open])
        if made._nearest is not None:
            made._nearest.restore(made._kept, state.meanings)
        made._dawn = [Dawn(*one) for one in state.dawn]
        made._ledger.forwards = dict(state.forwards)
        made._uncounted = [made._kept[made._row_of[name]] for name in state.uncounted]
        made.settle()
        return made

    # --- rows --------------------------------------------------------------------------

    def _take(self, report: Report, today: int | None) -> tuple[int, Tokens]:
        """Make a row of a report."""
        if report.id in self._row_of:
            raise UsageError(f"two reports have the id {report.id!r}")
        when = _when(report, today)
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
            meaning=None if self._meanings is None else self._meanings.of(report),
        )
        row = self._next
        self._next += 1
        self._kept[row] = kept
        if self._nearest is not None:
            self._nearest.put(row, kept)
        self._row_of[report.id] = row
        self._texts[row] = report
        self._uncounted.append(kept)
        self._near[row] = self._candidates(row)
        self._index.add(row, kept.vector)
        self._settled = False
        return row, read

    def _begins(self, report: Report, today: int | None) -> bool:
        """Whether a day begins with a report."""
        return self._day is not None and _when(report, today) >= self._day + 1

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
        self._decide_anew()
        by_language: dict[str | None, list[Kept]] = {}
        for kept in self._uncounted:
            by_language.setdefault(kept.language, []).append(kept)
        for language, some in by_language.items():
            self._frequencies[language].close_day([kept.vector.counted() for kept in some])
        self._uncounted = []
        self._day = day
        row = self._first_open
        while row < self._next and self._kept[row].day <= day - OPEN_DAYS:
            del self._texts[row], self._near[row]
            row += 1
        self._first_open = row
        self._ledger.stand_by()
        self._dawn = marked(self._groups, row, self._kept, self._ledger.of)
        self._groups = []
        self._pairs.forget_before(row)
        self._let_go(day - self._window)

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
        found = copies(rows, self._pairs, self._near)
        for row in rows:
            if row >= self._first_open:
                first = found.get(row)
                self._kept[row].copy_of = None if first is None else self._kept[first].id


def _when(report: Report, today: int | None) -> float:
    """When a report was published, in days; NaN when not known, or not to be believed."""
    when = moment(report.published)
    return math.nan if today is not None and when >= today + 2 else when


_NOBODY = People(NONE, {}, {})
