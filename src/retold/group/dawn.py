"""What was decided when a day began stands, where nothing that came since touches it.

The reports of the day before are decided a second time with those of the day: but to most stories
nothing more comes, and to find them again would cost a third of the decision, and could move what
nobody has a reason to move. So such a story stays as it was found, and others may be joined to it.

It rests on the decision at the end of the day before, never on one in between: stories are the
same however often they are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from retold.group.constraints import People
from retold.group.groups import Group
from retold.group.kept import Kept

__all__ = ["Dawn", "at_dawn", "marked", "untouched"]


class Dawn(NamedTuple):
    """A group when the day began.

    Attributes:
        story: its id.
        inner: sum of the scores of the pairs inside it.
    """

    story: str
    inner: float


def marked(
    groups: Iterable[Group], first_open: int, kept: Mapping[int, Kept], story_of: Mapping[int, str]
) -> list[Dawn]:
    """Note at the reports that stay open which group they are in.

    Round-ups are placed when all others are, and what was parted has no measure of how well it
    holds together: both are found anew.

    Args:
        groups: as decided at the end of a day.
        first_open: the first row that stays open.
        kept: row -> what is kept of it.
        story_of: row -> story.

    Returns:
        the groups; `Kept.dawn` is a place in it.
    """
    found: list[Dawn] = []
    for group in groups:
        rows = [row for row in group.rows if row >= first_open]
        known = len(group.rows) == 1 or group.inner != 0.0
        for row in rows:
            kept[row].dawn = len(found) if known and not kept[row].round_up else -1
        if rows and known:
            found.append(Dawn(story_of[rows[0]], group.inner))
    return found


def at_dawn(
    rows: Iterable[int],
    kept: Mapping[int, Kept],
    groups: Sequence[Dawn],
    resolved: Callable[[str], str],
) -> list[Group]:
    """The groups of some open rows as they were when the day began, without older reports.

    Args:
        rows: ascending.
        kept: row -> what is kept of it.
        groups: from `marked`.
        resolved: the id that a story has now.
    """
    members: dict[int, list[int]] = {}
    for row in rows:
        if kept[row].dawn >= 0:
            members.setdefault(kept[row].dawn, []).append(row)
    return [
        Group(some, [resolved(groups[number].story)], inner=groups[number].inner)
        for number, some in members.items()
    ]


def untouched(
    dawn: Sequence[Group],
    frozen: Sequence[Group],
    scored: Iterable[tuple[float, int, int]],
    people: People,
) -> tuple[list[Group], list[Group]]:
    """The groups to which nothing is near that came since, and the other stories.

    Args:
        dawn: from `at_dawn`.
        frozen: stories of the days before.
        scored: (score, larger row, smaller row) of the candidates of all open rows.
        people: what people decided; what they spoke of is decided anew.

    Returns:
        groups that stand as they were, with their reports of the days before; and of `frozen`
        those that are no part of them.
    """
    of = {row: group for group in dawn for row in group.rows}
    old = {row for group in frozen for row in group.rows}
    touched = {of[row].rows[0] for row in people.rows() if row in of}
    for score, row, other in scored:
        if score > 0.0 and (row in of) != (other in of) and row not in old and other not in old:
            touched.add(of[row if row in of else other].rows[0])
    before = {name: group for group in frozen for name in group.stories}
    standing = []
    for group in dawn:
        if group.rows[0] in touched:
            continue
        # Its reports of the days before, if it has any that are still looked at.
        part = before.get(group.stories[0])
        if part is None:
            standing.append(Group(group.rows, inner=group.inner))
        elif part.pin is None and not part.apart and len(part.parts) <= 1:
            del before[group.stories[0]]
            standing.append(Group([*part.rows, *group.rows], part.stories, inner=group.inner))
    left = {id(group) for group in before.values()}
    return standing, [group for group in frozen if id(group) in left]
