"""Tellings at hand: those looked at last stay in memory; others are worked out apart.

Working a telling out takes seconds of a processor. It is done in a process of its own, so that
pages are answered meanwhile, and kept in the archive.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from retold.archive import Archive
from retold.errors import RetoldError, UsageError
from retold.holdings import KeptStory, StoryLine
from retold.keeping.computing import Apart
from retold.keeping.tellings import is_fresh, kept_telling, made_from
from retold.keeping.tracing import LARGEST, untraced
from retold.settings import Settings
from retold.web.apart import telling_apart, trace_apart
from retold.web.prepared import Prepared
from retold.web.working import Job, Worker

__all__ = ["Pending", "Shelf"]

_MOST = 8  # tellings in memory; one of 200 reports takes some 30 MB
_MOST_FAILED = 500
_MOST_TRACED = 10_000
_ENDING = 1.0  # seconds until a process that was ended has ended


@dataclass(frozen=True, slots=True)
class Pending:
    """A telling that is not there yet.

    Attributes:
        state: "working", or "failed".
        error: why it failed.
    """

    state: Literal["working", "failed"]
    error: RetoldError | None = None


class Shelf:
    """The tellings that pages are made from."""

    def __init__(self) -> None:
        self._apart = Apart()
        self._worker = Worker("retold-tellings")
        self._lock = threading.Lock()
        self._held: OrderedDict[str, tuple[str, Prepared]] = OrderedDict()
        self._failed: OrderedDict[str, tuple[str, RetoldError]] = OrderedDict()
        self._tracer = Worker("retold-tracing")
        # Story -> its state when it was to be told, and the job that does that. None is told twice:
        # one that cannot be would be told again each time the list is looked at.
        self._traced: OrderedDict[str, tuple[tuple[int, str | None], Job]] = OrderedDict()

    def find(self, archive: Archive, settings: Settings, one: KeptStory) -> Prepared | Pending:
        """The telling of a story, or how far it is; what is not there is begun.

        Args:
            archive: open.
            settings: of what is derived.
            one: the story, as it is now.
        """
        name, inputs = one.line.id, made_from(archive, one)
        with self._lock:
            held, failed = self._held.get(name), self._failed.get(name)
            if held is not None and held[0] == inputs:
                self._held.move_to_end(name)
                return held[1]
            if failed is not None and failed[0] == inputs:
                return Pending("failed", failed[1])
        telling = kept_telling(archive, one, inputs, settings)
        if telling is not None:
            return self._hold(name, inputs, Prepared(telling, settings))

        def run(_: Job) -> None:
            self._work(archive, settings, name, inputs)

        with suppress(UsageError):  # so much waits that this one is begun when it is asked again
            self._worker.submit(f"telling {name}", run, key=name)
        return Pending("working")

    def trace(
        self, archive: Archive, settings: Settings, lines: Sequence[StoryLine]
    ) -> frozenset[str]:
        """Have those stories of a list told that never were, in the background.

        Args:
            archive: open.
            settings: of what is derived.
            lines: of the list.

        Returns:
            ids of those that are being told.
        """
        open_ = untraced(lines)
        with self._lock:
            known = {name: state for name, (state, _) in self._traced.items()}
        wanted = [
            one
            for one in open_
            if one.reports <= LARGEST and known.get(one.id) != (one.reports, one.last)
        ]
        names = [one.id for one in wanted]
        if wanted:

            def run(_: Job) -> None:
                trace_apart(self._apart, archive, names, settings)

            with suppress(UsageError):
                job = self._tracer.submit(f"tracing {len(names)} stories", run)
                with self._lock:
                    self._traced.update((one.id, ((one.reports, one.last), job)) for one in wanted)
                    while len(self._traced) > _MOST_TRACED:
                        self._traced.popitem(last=False)
        with self._lock:
            return frozenset(
                one.id
                for one in open_
                if one.id in self._traced and not self._traced[one.id][1].ended
            )

    def close(self) -> None:
        """Begin nothing more, and end what is being worked out: it is begun again when asked."""
        self._apart.close()
        self._worker.close(_ENDING)
        self._tracer.close(_ENDING)

    def _hold(self, name: str, inputs: str, found: Prepared) -> Prepared:
        with self._lock:
            self._held[name] = inputs, found
            self._held.move_to_end(name)
            while len(self._held) > _MOST:
                self._held.popitem(last=False)
        return found

    def _work(self, archive: Archive, settings: Settings, name: str, inputs: str) -> None:
        with self._lock:
            held = self._held.get(name)
        if (held is not None and held[0] == inputs) or is_fresh(archive, name, settings):
            return
        try:
            made = telling_apart(self._apart, archive, name, settings)
        except RetoldError as error:
            with self._lock:
                self._failed[name] = inputs, error
                while len(self._failed) > _MOST_FAILED:
                    self._failed.popitem(last=False)
            return
        # Of what it was made from: while it was worked out, that may have become something else.
        self._hold(name, made.inputs, Prepared(made.telling, settings))
