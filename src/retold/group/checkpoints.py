"""For who keeps a grouper's state between the days: closing a day, and what became of old stories.

`Grouper.save` and `Grouper.restore` keep the state itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from retold.group.constraints import NONE, Constraints
from retold.group.grouper import Grouper
from retold.group.state import unpacked
from retold.model import Report

if TYPE_CHECKING:
    from retold.engines.encoders import Encoder

__all__ = ["begin", "closed_stories", "merged", "restored"]


def begin(grouper: Grouper, day: int) -> None:
    """Close the days before one, as the first report of it would.

    Args:
        grouper: to be made ready for `Grouper.save`, say.
        day: an ordinal.
    """
    if grouper._day is None:
        grouper._day = day
    elif day > grouper._day:
        grouper._begin(day)


def closed_stories(grouper: Grouper) -> dict[str, int]:
    """Story -> a row of it that is no more open: where that goes, the story goes."""
    found: dict[str, int] = {}
    for name, active in grouper._ledger.stories.items():
        if active.rows and active.rows[0] < grouper._first_open:
            found[name] = active.rows[0]
    return found


def merged(grouper: Grouper, before: Mapping[str, int]) -> dict[str, str]:
    """Stories that have become part of another one since `closed_stories` gave `before`."""
    of = grouper._ledger.of
    return {name: of[row] for name, row in before.items() if of.get(row, name) != name}


def restored(
    state: bytes,
    texts: Callable[[Sequence[str]], Mapping[str, Report]],
    constraints: Constraints = NONE,
    encoder: Encoder | None = None,
) -> Grouper:
    """A grouper that goes on where another one was saved.

    Args:
        state: what `Grouper.save` gave.
        texts: the reports with some ids.
        constraints: what people decided.
        encoder: the one it was saved with, None for none.

    Raises:
        UsageError: the bytes are no saved grouper, or one with another encoder; or an open report
            is missing.
    """
    known = unpacked(state)
    ids = [one.id for one in known.reports[known.first_open - known.oldest :]]
    return Grouper.restore(state, texts(ids).values(), constraints, encoder=encoder)
