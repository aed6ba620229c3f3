"""Ending a watch between two things that it does, never in the middle of one."""

from __future__ import annotations

import threading
import time

__all__ = ["Stop", "StoppableClock", "Stopped"]


class Stopped(Exception):
    """Waiting was cut short, because all is to end."""


class Stop:
    """Whether all is to end; may be set by a signal's handler."""

    def __init__(self) -> None:
        self._event = threading.Event()

    @property
    def asked(self) -> bool:
        """Whether it is."""
        return self._event.is_set()

    def ask(self) -> None:
        """From now on it is."""
        self._event.set()

    def wait(self, seconds: float) -> None:
        """Wait so long.

        Raises:
            Stopped: it was asked for before that.
        """
        if self._event.wait(max(0.0, seconds)):
            raise Stopped


class StoppableClock:
    """The clock of this machine; its waits end when a stop is asked for."""

    def __init__(self, stop: Stop) -> None:
        self._stop = stop

    def monotonic(self) -> float:
        """As `retold.read.clock.Clock` says."""
        return time.monotonic()

    def now(self) -> float:
        """As `retold.read.clock.Clock` says."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """As `retold.read.clock.Clock` says.

        Raises:
            Stopped: see `Stop.wait`.
        """
        self._stop.wait(seconds)
