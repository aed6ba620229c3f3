"""What watching works with."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from retold.archive import Archive
from retold.keeping.events import Event, stamp
from retold.keeping.remembering import InArchive
from retold.read.clock import Clock
from retold.read.visiting import Visitor
from retold.settings import Settings

__all__ = ["Tools", "tools"]


@dataclass(frozen=True, slots=True)
class Tools:
    """What watching works with.

    Attributes:
        archive: open for writing.
        visitor: fetches.
        settings: of the run.
        clock: tells the time and waits; its `sleep` raises `Stopped` when all is to end.
        draw: numbers from 0 to 1.
        tell: told of each event.
    """

    archive: Archive
    visitor: Visitor
    settings: Settings
    clock: Clock
    draw: Callable[[], float]
    tell: Callable[[Event], object]

    def say(self, event: str, **fields: object) -> None:
        """Tells of an event that happens now."""
        self.tell(
            msgspec.convert({"time": stamp(self.clock.now()), "event": event, **fields}, Event)
        )


def tools(
    archive: Archive,
    settings: Settings,
    clock: Clock,
    tell: Callable[[Event], object],
    draw: Callable[[], float] | None = None,
) -> Tools:
    """Tools that remember in the archive.

    Args:
        archive: open for writing.
        settings: of the run.
        clock: tells the time and waits.
        tell: told of each event.
        draw: numbers from 0 to 1 for the random part of waits.
    """
    draw = draw or random.Random().random
    visitor = Visitor(settings, clock=clock, remembered=InArchive(archive), draw=draw)
    return Tools(archive, visitor, settings, clock, draw, tell)
