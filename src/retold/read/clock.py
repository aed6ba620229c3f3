"""Time as polite fetching needs it, so that a test can let weeks pass in a second."""

from __future__ import annotations

import time
from typing import Protocol

__all__ = ["Clock", "SystemClock"]


class Clock(Protocol):
    """What tells the time and waits."""

    def monotonic(self) -> float:
        """Seconds since some moment; never set back."""

    def now(self) -> float:
        """Seconds since 1970, UTC."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class SystemClock:
    """The clock of this machine."""

    def monotonic(self) -> float:
        """As `Clock` says."""
        return time.monotonic()

    def now(self) -> float:
        """As `Clock` says."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """As `Clock` says."""
        time.sleep(max(0.0, seconds))
