"""The book of stories: which rows are in which, and what became of stories that are no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from retold.group.groups import Group
from retold.group.stories import Active, Member

__all__ = ["Ledger"]


class _Joined(NamedTuple):
    """A story that became part of another one.

    Attributes:
        into: that one.
        gone: its id.
        rows: of its active reports of closed days.
        past: what was remembered of older ones.
        before: what was remembered of the other one.
    """

    into: str
    gone: str
    rows: Sequence[int]
    past: list[Member]
    before: list[Member]


class Ledger(Mapping[str, Sequence[int]]):
    """Story -> its active rows, ascending.

    Attributes:
        of: row -> story.
        stories: story -> what is known of it.
        forwards: ids of stories that are no more -> the story that most of their reports are in.
    """

    def __init__(self) -> None:
        self.of: dict[int, str] = {}
        self.stories: dict[str, Active] = {}
        self.forwards: dict[str, str] = {}
        # Stories that became part of another one, as long as that may be taken back.
        self._joined: list[_Joined] = []

    def __getitem__(self, story: str) -> Sequence[int]:
        return self.stories[story].rows

    def __iter__(self) -> Iterator[str]:
        return iter(self.stories)

    def __len__(self) -> int:
        return len(self.stories)

    def put(self, row: int, story: str) -> None:
        """Write a new row, larger than all before, into a story, which may be new."""
        self.of[row] = story
        self.stories.setdefault(story, Active()).rows.append(row)

    def begin(self, story: str, past: Iterable[Member]) -> None:
        """Write a story whose active rows are still to come."""
        self.stories.setdefault(story, Active()).past = list(past)

    def move(self, row: int, story: str) -> None:
        """Write a row into another story, which may be new."""
        old = self.of[row]
        if old == story:
            return
        left = self.stories[old].rows = [one for one in self.stories[old].rows if one != row]
        active = self.stories.setdefault(story, Active())
        active.rows = sorted([*active.rows, row])
        self.of[row] = story
        if not left:
            active.past = sorted([*active.past, *self.stories[old].past], key=lambda one: one[0])
            del self.stories[old]
            self.forwards[old] = story
        self.forwards.pop(story, None)

    def resolved(self, story: str) -> str:
        """Follow the traces of stories that are no more."""
        seen = set()
        while story not in self.stories and story in self.forwards and story not in seen:
            seen.add(story)
            story = self.forwards[story]
        return story

    def formerly(self) -> dict[str, list[str]]:
        """Active story -> its other ids."""
        found: dict[str, list[str]] = {}
        for old in self.forwards:
            found.setdefault(self.resolved(old), []).append(old)
        return found

    def take_out(self, rows: Iterable[int]) -> dict[int, str]:
        """Take rows, the latest ones, out of their stories; returns where they were.

        Rows that are in none are passed over. Stories may be left without rows: see `adopt`.
        """
        before = {row: self.of.pop(row) for row in rows if row in self.of}
        for story in set(before.values()):
            active = self.stories[story]
            active.rows = [row for row in active.rows if row not in before]
        return before

    def adopt(
        self, groups: Sequence[Group], before: Mapping[int, str], name_of: Callable[[Group], str]
    ) -> None:
        """Make groups the stories.

        Stories of earlier days that become one by it can be parted again: see `take_back`.

        Args:
            groups: of the rows that were taken out, and of stories that they were joined to.
            before: row -> story, of the rows that were taken out.
            name_of: the id of a group's story.
        """
        for group in groups:
            name = name_of(group)
            active = self.stories.setdefault(name, Active())
            for old in group.stories:
                if old != name:
                    other = self.stories[old]
                    self._joined.append(_Joined(name, old, other.rows, other.past, active.past))
                    active.past = sorted([*active.past, *other.past], key=lambda one: one[0])
                    other.past, other.rows = [], []
            active.rows = group.rows
            for row in group.rows:
                self.of[row] = name
        touched = {*before.values(), *(name for group in groups for name in group.stories)}
        for name in touched:
            if name in self.stories and not self.stories[name].rows:
                del self.stories[name]
        self._leave_traces(groups, before)

    def take_back(self) -> None:
        """Part again what `adopt` made one, since the last `stand_by`.

        What is decided in the midst of a day rests on a part of it: with the rest, stories of
        earlier days may be two again.
        """
        for one in reversed(self._joined):
            active = self.stories.get(one.into)
            if active is None:  # people have moved all of it elsewhere
                continue
            back = {row for row in one.rows if self.of.get(row) == one.into}
            active.rows = [row for row in active.rows if row not in back]
            active.past = one.before
            other = self.stories.setdefault(one.gone, Active())
            other.rows = sorted([*other.rows, *back])
            other.past = one.past
            self.of.update(dict.fromkeys(back, one.gone))
            if not (active.rows or active.past):
                del self.stories[one.into]
                self.forwards[one.into] = one.gone
        self._joined.clear()
        for name in [name for name in self.forwards if name in self.stories]:
            del self.forwards[name]

    def taken_back(self) -> Ledger:
        """The same book with that taken back, and this one as it is."""
        if not self._joined:
            return self
        copy = Ledger()
        copy.of, copy.forwards = dict(self.of), dict(self.forwards)
        for name, active in self.stories.items():
            copy.stories[name] = mine = Active()
            mine.rows, mine.past = active.rows, active.past
        copy._joined = list(self._joined)
        copy.take_back()
        return copy

    def stand_by(self) -> None:
        """What was made one stays so."""
        self._joined.clear()

    def drop(self, rows: Iterable[int], remembered: Callable[[int], Member]) -> None:
        """Forget rows; stories without active rows, and traces to them, go too.

        Args:
            rows: the oldest ones.
            remembered: what a story keeps of a row.
        """
        left: dict[str, set[int]] = {}
        for row in rows:
            story = self.of.pop(row)
            left.setdefault(story, set()).add(row)
            self.stories[story].past.append(remembered(row))
        for story, gone in left.items():
            active = self.stories[story]
            active.rows = [row for row in active.rows if row not in gone]
            if not active.rows:
                del self.stories[story]
        self.forwards = {
            old: new for old, new in self.forwards.items() if self.resolved(new) in self.stories
        }

    def _leave_traces(self, groups: Sequence[Group], before: Mapping[int, str]) -> None:
        went: dict[str, Counter[str]] = {}
        for row, name in before.items():
            if name not in self.stories:
                went.setdefault(name, Counter())[self.of[row]] += 1
        for group in groups:
            for name in group.stories:
                if name not in self.stories:
                    went.setdefault(name, Counter())[self.of[group.rows[0]]] += len(group.rows)
        for old, where in went.items():
            self.forwards[old] = min(where, key=lambda name: (-where[name], name))
        for name in [name for name in self.forwards if name in self.stories]:
            del self.forwards[name]
