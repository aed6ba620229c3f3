"""What people decided: it holds against every later run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

__all__ = ["NONE", "Constraints", "People"]


class Constraints(Struct, frozen=True, forbid_unknown_fields=True):
    """Decisions of people about reports, by their ids.

    Attributes:
        together: pairs of reports that tell one story.
        apart: pairs of reports that do not.
        pinned: report -> the story it belongs to. Two reports pinned to one story are together,
            to two stories apart.

    Where they contradict one another, `pinned` counts before `together` and `together` before
    `apart`. Reports that the grouper does not know (yet, or any more) are ignored until they come.
    """

    together: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    pinned: Mapping[str, str] = {}


NONE = Constraints()


class People:
    """Constraints by the rows of the active reports.

    Args:
        constraints: by ids.
        row_of: id -> row.
        founders: story -> row of the report that gave it its id, where that is active.
    """

    def __init__(
        self, constraints: Constraints, row_of: Mapping[str, int], founders: Mapping[str, int]
    ) -> None:
        self._pins: dict[int, str] = {}
        for report, story in sorted(constraints.pinned.items()):
            if report in row_of:
                self._pins[row_of[report]] = story
        hands = set(self._pins)
        for story in sorted(set(constraints.pinned.values())):
            # The story that is meant is the one that this report began.
            if story in founders:
                self._pins.setdefault(founders[story], story)
        self._together = sorted(
            (row_of[one], row_of[other])
            for one, other in constraints.together
            if one in row_of and other in row_of
        )
        self._hands = hands | {row for pair in self._together for row in pair}
        self._apart: dict[int, set[int]] = {}
        for one, other in constraints.apart:
            if one in row_of and other in row_of and one != other:
                self._apart.setdefault(row_of[one], set()).add(row_of[other])
                self._apart.setdefault(row_of[other], set()).add(row_of[one])

    def pin(self, row: int) -> str | None:
        """The story that people put a report into."""
        return self._pins.get(row)

    def apart(self, row: int) -> set[int]:
        """Rows that people told apart from a report."""
        return self._apart.get(row, set())

    def by_hand(self, row: int) -> bool:
        """Whether a report is where it is because people said so."""
        return row in self._hands

    def parts(self, rows: Sequence[int]) -> list[list[int]]:
        """A story's rows: those that the machine put together, and each that people put in."""
        own = [row for row in rows if row not in self._hands]
        return [part for part in [own, *([row] for row in rows if row in self._hands)] if part]

    def rows(self) -> set[int]:
        """All rows that people spoke of."""
        pairs = {row for pair in self._together for row in pair}
        return {*self._pins, *self._apart, *pairs}

    def together(self) -> list[tuple[int, int]]:
        """Pairs of rows that people joined."""
        return self._together

    def story_for(self, row: int, story_of: Mapping[int, str]) -> str | None:
        """The story that people decided for a report, if they did."""
        if row in self._pins:
            return self._pins[row]
        for one, other in self._together:
            if row in (one, other):
                partner = other if row == one else one
                if partner in story_of:
                    return story_of[partner]
        return None

    def barred(self, row: int, story_of: Mapping[int, str]) -> set[str]:
        """Stories that a report may not join."""
        return {story_of[other] for other in self.apart(row) if other in story_of}
