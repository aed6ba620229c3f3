"""What people decided about stories: as constraints for grouping, and as a last word on it.

Grouping honours decisions about the reports that it still holds open. Stories whose days are
closed are not grouped anew because somebody joins two of them: what people decided is laid over
what grouping found, exactly and at once, and lifted again when it is undone.

Where decisions contradict one another the later one holds; a pin holds against all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from retold.group import Constraints
from retold.holdings import Correction, ReportMoved, ReportPinned, StoriesJoined, StoriesParted

__all__ = ["Decided", "decided", "named", "overlaid"]

Pair = tuple[str, str]
# A report, by its id; or what else grouping put into a story, by the story's.
_Node = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Decided:
    """Decisions that do not contradict one another.

    Attributes:
        together, apart: pairs of reports.
        sides: reports that were named as one side of a parting: they stay together where
            grouping has them together.
        taken_out: reports that leave their story; what nobody spoke of stays behind.
    """

    together: tuple[Pair, ...]
    apart: tuple[Pair, ...]
    sides: tuple[tuple[str, ...], ...]
    taken_out: frozenset[str]

    @property
    def constraints(self) -> Constraints:
        """For grouping."""
        return Constraints(together=self.together, apart=self.apart)


class _Sets:
    """Sets that grow together, with enemies that may not."""

    def __init__(self) -> None:
        self._root: dict[_Node, _Node] = {}
        self._enemies: dict[_Node, set[_Node]] = {}

    def find(self, one: _Node) -> _Node:
        path = []
        while (above := self._root.get(one, one)) != one:
            path.append(one)
            one = above
        for node in path:
            self._root[node] = one
        return one

    def join(self, one: _Node, other: _Node) -> bool:
        a, b = self.find(one), self.find(other)
        if a == b:
            return True
        if b in self._enemies.get(a, ()):
            return False
        self._root[b] = a
        for enemy in self._enemies.pop(b, set()):
            self._enemies[enemy].discard(b)
            self._enemies[enemy].add(a)
            self._enemies.setdefault(a, set()).add(enemy)
        return True

    def part(self, one: _Node, other: _Node) -> bool:
        a, b = self.find(one), self.find(other)
        if a == b:
            return False
        self._enemies.setdefault(a, set()).add(b)
        self._enemies.setdefault(b, set()).add(a)
        return True


def named(what: object) -> tuple[str, ...]:
    """The reports that a decision about stories names; none for other corrections."""
    if isinstance(what, StoriesJoined | ReportPinned):
        return what.reports
    if isinstance(what, StoriesParted):
        return (*what.reports, *what.others)
    if isinstance(what, ReportMoved):
        return (what.report, *(() if what.to is None else (what.to,)), *what.away_from)
    return ()


def decided(corrections: Iterable[Correction]) -> Decided:
    """What holds of some corrections, which are all in force."""
    ordered = sorted(
        corrections, key=lambda one: (isinstance(one.what, ReportPinned), one.number), reverse=True
    )
    sets = _Sets()
    together: list[Pair] = []
    apart: list[Pair] = []
    sides: list[tuple[str, ...]] = []
    taken: set[str] = set()
    for one in ordered:
        what = one.what
        joins, parts = _pairs(what)
        together += [(a, b) for a, b in joins if sets.join(("report", a), ("report", b))]
        apart += [(a, b) for a, b in parts if sets.part(("report", a), ("report", b))]
        if isinstance(what, StoriesParted):
            sides += [what.others, what.reports]
            taken.update(what.reports)
        elif isinstance(what, ReportMoved):
            sides.append(what.away_from)
            taken.add(what.report)
    return Decided(tuple(together), tuple(apart), tuple(sides), frozenset(taken))


def _pairs(what: object) -> tuple[Sequence[Pair], Sequence[Pair]]:
    if isinstance(what, StoriesJoined | ReportPinned):
        return [(what.reports[0], other) for other in what.reports[1:]], []
    if isinstance(what, StoriesParted):
        return [], [(one, other) for one in what.reports for other in what.others]
    if isinstance(what, ReportMoved):
        joined = [] if what.to is None else [(what.report, what.to)]
        return joined, [(what.report, other) for other in what.away_from]
    return [], []


def overlaid(
    decisions: Decided, story_of: Mapping[str, str], order: Mapping[str, tuple[int, str]]
) -> tuple[dict[str, str], dict[str, str]]:
    """Where decisions put reports and stories.

    Args:
        decisions: all that hold.
        story_of: reports that they name, where they are here -> story by grouping alone.
        order: of these reports and of the first reports of these stories: (day, key).

    Returns:
        report -> story, of the reports that are named; story by grouping alone -> story, of the
        reports in it that nobody named.
    """
    sets = _Sets()
    pairs = {report for pair in (*decisions.together, *decisions.apart) for report in pair}
    here = sorted(pairs & story_of.keys(), key=lambda report: (order[report], report))
    for a, b in decisions.together:
        sets.join(("report", a), ("report", b))
    for a, b in decisions.apart:
        sets.part(("report", a), ("report", b))
    for side in decisions.sides:
        first: dict[str, str] = {}
        for report in side:
            if report in story_of:
                earliest = first.setdefault(story_of[report], report)
                sets.join(("report", earliest), ("report", report))
    # What nobody named stays with those who stay.
    for report in sorted(here, key=lambda report: report in decisions.taken_out):
        sets.join(("story", story_of[report]), ("report", report))
    stories = sorted({story_of[report] for report in here}, key=lambda name: (order[name], name))
    name_of: dict[_Node, str] = {}
    for name in stories:
        name_of.setdefault(sets.find(("story", name)), name)
    for report in here:
        root = sets.find(("report", report))
        if root not in name_of:
            name_of[root] = _own_name(report)
    return (
        {report: name_of[sets.find(("report", report))] for report in here},
        {name: name_of[sets.find(("story", name))] for name in stories},
    )


def _own_name(report: str) -> str:
    """The id of a story that people began with a report."""
    written = f"story of people\0{report}".encode("utf-8", "surrogatepass")
    return blake2b(written, digest_size=8).hexdigest()
