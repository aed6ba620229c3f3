"""A story in three numbers: reports, outlets, and tellings that do not copy one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from retold.group.kept import Kept, outlet_key
from retold.model import Placed, Report, Story

__all__ = ["Active", "Member", "of_placed", "tellings", "to_story"]


Member = tuple[str, str | None, str | None]
"""A report of a story: its id, its outlet, and the report it is a copy of."""


class Active:
    """A story that still attracts reports.

    Attributes:
        rows: of its active reports, ascending.
        past: what is remembered of older ones: (id, outlet, copy of).
    """

    __slots__ = ("past", "rows")

    def __init__(self) -> None:
        self.rows: list[int] = []
        self.past: list[Member] = []

    def members(self, kept: Mapping[int, Kept]) -> list[Member]:
        """(id, outlet, copy of) of all its reports, oldest first."""
        return self.past + [(kept[r].id, kept[r].outlet, kept[r].copy_of) for r in self.rows]


def to_story(
    story: str,
    members: Sequence[Member],
    formerly: Sequence[str] = (),
) -> Story:
    """The noun.

    Args:
        story: its id.
        members: (id, outlet, copy of) of its reports.
        formerly: other ids of it.
    """
    return Story(
        id=story,
        reports=tuple(report for report, _, _ in members),
        outlets=len({outlet for _, outlet, _ in members if outlet is not None}),
        tellings=tellings(members),
        formerly=tuple(sorted(formerly)),
    )


def tellings(members: Sequence[Member]) -> int:
    """How many are left when copies of one another, and reports of one outlet, count once."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while (above := parent.get(name, name)) != name:
            name = above
        return name

    for report, outlet, copy_of in members:
        for other in (f"o:{outlet}" if outlet is not None else None, copy_of and f"r:{copy_of}"):
            if other is not None:
                one, two = root(f"r:{report}"), root(other)
                if one != two:
                    parent[max(one, two)] = min(one, two)
    return len({root(f"r:{report}") for report, _, _ in members})


def of_placed(placed: Sequence[Placed], reports: Mapping[str, Report]) -> list[Story]:
    """The stories of a batch, in the order of their first report.

    Args:
        placed: one for each report, in canonical order.
        reports: by id.
    """
    members: dict[str, list[Member]] = {}
    for one in placed:
        outlet = outlet_key(reports[one.report])
        members.setdefault(one.story, []).append((one.report, outlet, one.copy_of))
    return [to_story(name, some) for name, some in members.items()]
