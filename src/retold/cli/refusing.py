"""What was refused, on stderr, and what that makes of the exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from retold import errors
from retold.model import Refusal
from retold.show.marks import visible

__all__ = ["code_of_failure", "notify", "say"]

_MOST_SHOWN = 50


def say(refused: Sequence[Refusal], more: int = 0) -> None:
    """List what was refused.

    Args:
        refused: in their order.
        more: how many came after these.
    """
    for one in refused[:_MOST_SHOWN]:
        where = f", {one.where}" if one.where else ""
        advice = f". {one.advice}" if one.advice else ""
        sys.stderr.write(
            f"retold: refused {visible(f'{one.source}{where}: {one.reason}{advice}')}\n"
        )
    more += max(0, len(refused) - _MOST_SHOWN)
    if more:
        sys.stderr.write(f"retold: … and {more:,} more refused\n")


def notify(message: str) -> None:
    """Say what was guessed."""
    sys.stderr.write(f"retold: {visible(message)}\n")


def code_of_failure(refused: Sequence[Refusal]) -> int:
    """The exit code when too little is left to go on: that of what was refused first."""
    for one in refused:
        kind = getattr(errors, one.error, errors.InputRefused)
        return int(kind.exit_code)
    return errors.UsageError.exit_code
