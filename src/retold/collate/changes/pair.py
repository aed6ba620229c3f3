"""Two readings side by side: which units are the same, and which stand in the same place.

Matching goes from sure to loose: equal units in order, equal units that moved, then the same
name, number or date written differently, then words of one family. What is left is put into
*gaps*: runs of unmatched units that stand between the same neighbours on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from retold.collate.changes.lexicon import Lexicon
from retold.collate.changes.units import Kind, Reading, Unit
from retold.collate.changes.weight import weight
from retold.model import ChangeKind, Span
from retold.text.diff import shared_anywhere
from retold.text.words import words

__all__ = ["POOL", "Draft", "Gap", "Pair"]


class Draft(Struct, frozen=True, gc=False):
    """A change before it is written out."""

    kind: ChangeKind
    a: Span
    b: Span
    weight: float
    note: str


class Gap(Struct, gc=False):
    """A run of unmatched units and the run that stands in its place; ranges of indices.

    `kinds_a` and `kinds_b` have the bit `1 << kind` for every kind of unit in the run.
    """

    a: range
    b: range
    kinds_a: int = 0
    kinds_b: int = 0

    def both(self, kind: Kind) -> bool:
        """Whether both runs hold a unit of a kind."""
        return bool(self.kinds_a & self.kinds_b & 1 << kind)

    def either(self, kind: Kind) -> bool:
        """Whether one of the runs holds a unit of a kind."""
        return bool((self.kinds_a | self.kinds_b) & 1 << kind)


class Pair:
    """Reading `a` (the base) and reading `b`, aligned.

    Attributes:
        to_b, to_a: index of the partner of each unit, -1 for none.
        drafts: the changes found so far.
        parted: equal numbers that seem to count different things.
        explained_a, explained_b: unmatched units that some change or rule accounts for.
    """

    def __init__(self, a: Reading, b: Reading, lexicon: Lexicon) -> None:
        self.a, self.b, self.lexicon = a, b, lexicon
        self.to_b = shared_anywhere([unit.key for unit in a.units], [unit.key for unit in b.units])
        self.to_a = [-1] * len(b.units)
        for index, other in enumerate(self.to_b):
            if other >= 0:
                self.to_a[other] = index
        self.drafts: list[Draft] = []
        self.parted: set[tuple[int, int]] = set()
        self.explained_a: set[int] = set()
        self.explained_b: set[int] = set()

    def link(self, index: int, other: int) -> None:
        """Makes two units partners."""
        self.to_b[index] = other
        self.to_a[other] = index

    def free_a(self, kind: Kind) -> list[int]:
        """Units of `a` of one kind that have no partner and no explanation."""
        return _free(self.a, self.to_b, self.explained_a, kind)

    def free_b(self, kind: Kind) -> list[int]:
        """Units of `b` of one kind that have no partner and no explanation."""
        return _free(self.b, self.to_a, self.explained_b, kind)

    def gaps(self) -> list[Gap]:
        """Runs of units without partner, each with the run in its place (or an empty one)."""
        runs_b = list(_runs(self.to_a))
        by_start = {run.start: run for run in runs_b}
        by_stop = {run.stop: run for run in runs_b}
        used: set[int] = set()
        found: list[Gap] = []
        waiting: list[range] = []
        for run in _runs(self.to_b):
            left, right = self._place(run)
            start_run, stop_run = by_start.get(left), by_stop.get(right)
            if start_run is not None and start_run is stop_run and start_run.start not in used:
                used.add(start_run.start)
                found.append(Gap(run, start_run))
            else:
                waiting.append(run)
        for run in waiting:
            left, right = self._place(run)
            options = [
                option
                for option in (by_start.get(left), by_stop.get(right))
                if option is not None and option.start not in used
            ]
            if options:
                best = max(options, key=lambda option: self._suits(run, option))
                used.add(best.start)
                found.append(Gap(run, best))
            else:
                found.append(Gap(run, range(left, left)))
        for run in runs_b:
            if run.start not in used:
                at = self.to_a[run.start - 1] + 1 if run.start else 0
                if not run.start and run.stop < len(self.to_a):
                    at = self.to_a[run.stop]
                found.append(Gap(range(at, at), run))
        for gap in found:
            for index in gap.a:
                gap.kinds_a |= 1 << self.a.units[index].kind
            for other in gap.b:
                gap.kinds_b |= 1 << self.b.units[other].kind
        found.sort(key=lambda gap: (gap.a.start, gap.b.start))
        return found

    def _suits(self, run: range, option: range) -> tuple[int, int]:
        """How many units of one kind two runs share, then how near their lengths are."""
        mine = [self.a.units[index].kind for index in run]
        theirs = [self.b.units[index].kind for index in option]
        common = sum(min(mine.count(kind), theirs.count(kind)) for kind in set(mine))
        return common, -abs(len(run) - len(option))

    def _place(self, run: range) -> tuple[int, int]:
        """Where in `b` the place of a run of `a` begins, by its left and by its right side."""
        left = self.to_b[run.start - 1] + 1 if run.start else 0
        right = self.to_b[run.stop] if run.stop < len(self.to_b) else len(self.to_a)
        return left, right

    # --- writing down --------------------------------------------------------------------

    def span_a(self, first: int, last: int) -> Span:
        """From the first word of one unit of `a` to the last word of another."""
        return self.a.units[first].start, max(unit.end for unit in self.a.units[first : last + 1])

    def span_b(self, first: int, last: int) -> Span:
        """From the first word of one unit of `b` to the last word of another."""
        return self.b.units[first].start, max(unit.end for unit in self.b.units[first : last + 1])

    def point_a(self, index_b: int) -> Span:
        """The empty span of `a` where a unit of `b` would stand."""
        return _point(self.b.units, self.to_a, index_b, self.a)

    def point_b(self, index_a: int) -> Span:
        """The empty span of `b` where a unit of `a` would stand."""
        return _point(self.a.units, self.to_b, index_a, self.b)

    def place_a(self, index_b: int) -> Span:
        """As `point_a`, with the light words that stand there instead ("is")."""
        return _place(self.b.units, self.to_a, index_b, self.a, self.lexicon)

    def place_b(self, index_a: int) -> Span:
        """As `point_b`, with the light words that stand there instead ("is")."""
        return _place(self.a.units, self.to_b, index_a, self.b, self.lexicon)

    def add(
        self,
        kind: ChangeKind,
        a: Span,
        b: Span,
        moves: float,
        note: str,
        *,
        unit: Unit,
        quoted: bool = False,
    ) -> None:
        """Writes a change down."""
        value = weight(kind, moves, sentence=unit.sentence, quoted=quoted)
        self.drafts.append(Draft(kind, a, b, value, note))

    def words_a(self, span: Span) -> str:
        """What stands in a span of `a`."""
        return _shown(self.a.text, span)

    def words_b(self, span: Span) -> str:
        """What stands in a span of `b`."""
        return _shown(self.b.text, span)


POOL = 40
"""Of one kind, so many unmatched units are held against each other: more stand only in lists
and in damaged texts, and the cost of a pair must not grow with their square."""


def _free(reading: Reading, partner: list[int], explained: set[int], kind: Kind) -> list[int]:
    found: list[int] = []
    for index in reading.of_kind.get(kind, ()):
        if partner[index] < 0 and index not in explained:
            found.append(index)
            if len(found) == POOL:
                break
    return found


_SHOWN = 60


def _shown(text: str, span: Span) -> str:
    words = " ".join(text[span[0] : span[1]].split())
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1].rsplit(" ", 1)[0] + "…"


def _runs(partner: list[int]) -> Iterator[range]:
    start = -1
    for index, other in enumerate(partner):
        if other < 0:
            if start < 0:
                start = index
        elif start >= 0:
            yield range(start, index)
            start = -1
    if start >= 0:
        yield range(start, len(partner))


_FILLED = 40
"""Characters between two neighbours among which a verb in the place of a hedge is looked for."""


def _place(
    units: list[Unit], partner: list[int], index: int, other: Reading, lexicon: Lexicon
) -> Span:
    point = _point(units, partner, index, other)
    if not 0 < index < len(units) - 1:
        return point
    left, right = partner[index - 1], partner[index + 1]
    if left < 0 or right != left + 1:
        return point
    start, end = other.units[left].end, other.units[right].start
    held = []
    for word in words(other.text, start, end) if 0 < end - start <= _FILLED else ():
        if lexicon.key(word.form) in lexicon.auxiliaries:
            held.append(word)
        elif held:
            break
    return (held[0].start, held[-1].end) if held else point


def _point(units: list[Unit], partner: list[int], index: int, other: Reading) -> Span:
    """The point where a unit would stand in the other reading.

    Before the partner of the next unit, which is what a hedge or a negation bears on; else
    behind the partner of the nearest unit on the left, else before the nearest on the right.
    """
    following = index + 1
    if (
        following < len(units)
        and partner[following] >= 0
        and (units[index].kind in (Kind.HEDGE, Kind.NEGATION, Kind.QUANTITY))
    ):
        at = other.units[partner[following]].start
        return at, at
    for left in range(index - 1, max(-1, index - 12), -1):
        if partner[left] >= 0:
            at = other.units[partner[left]].end
            return at, at
    for right in range(index + 1, min(len(units), index + 12)):
        if partner[right] >= 0:
            at = other.units[partner[right]].start
            return at, at
    at = other.sentences[0].span[0]
    return at, at
