"""Ending by a signal what goes on until it is told to stop."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from retold.keeping.stopping import Stop

__all__ = ["code_of", "stopped_by_signals"]

_INTERRUPTED = 130


@contextmanager
def stopped_by_signals(stop: Stop) -> Iterator[list[int]]:
    """Ctrl-C or SIGTERM asks to stop, a second one interrupts; gives the first."""
    caught: list[int] = []

    def handle(number: int, _: FrameType | None) -> None:
        if caught:
            raise KeyboardInterrupt
        caught.append(number)
        stop.ask()

    before = {one: signal.signal(one, handle) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield caught
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def code_of(caught: Sequence[int]) -> int:
    """The exit code of what ended by these signals, or by itself."""
    return _INTERRUPTED if signal.SIGINT in caught else 0
