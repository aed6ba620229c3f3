"""Tellings at hand: those looked at last stay in memory; others are worked out apart.

Working a telling out takes seconds of a processor. It is done in a process of its own, so that
pages are answered meanwhile, and kept in the archive.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Literal

from retold.archive import Archive, open_archive
from retold.errors import InputRefused, RetoldError, UsageError
from retold.holdings import KeptStory, StoryLine
from retold.keeping.tellings import Told, is_fresh, kept_telling, made_from, told
from retold.keeping.tracing import LARGEST, trace_stories, untraced
from retold.settings import Settings
from retold.show.records import telling_json
from retold.show.records import telling_of as telling_from
from retold.web.prepared import Prepared
from retold.web.working import Job, Worker

__all__ = ["Pending", "Shelf"]

_MOST = 8  # tellings in memory; one of 200 reports takes some 30 MB
_MOST_FAILED = 500
_MOST_TRACED = 10_000
_TRACING = 300.0  # seconds for the stories of a page, which mostly take some tenths each


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
                _trace_apart(archive, names, settings)

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
        """Begin nothing more."""
        self._worker.close(0.0)
        self._tracer.close(0.0)

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
            if "://" in archive.where:  # a server's address has no password here
                made = told(archive, name, settings)
            else:
                made = _apart(archive.where, name, settings)
        except RetoldError as error:
            with self._lock:
                self._failed[name] = inputs, error
                while len(self._failed) > _MOST_FAILED:
                    self._failed.popitem(last=False)
            return
        # Of what it was made from: while it was worked out, that may have become something else.
        self._hold(name, made.inputs, Prepared(made.telling, settings))


def _trace_apart(archive: Archive, names: list[str], settings: Settings) -> None:
    """Have stories told, by another process where that can open the archive."""
    if "://" in archive.where:  # a server's address has no password here
        trace_stories(archive, names, settings, seconds=_TRACING)
    else:
        _by_another(_trace, archive.where, names, settings)


def _apart(where: str, name: str, settings: Settings) -> Told:
    """Have a telling made, and kept where the archive can be written, by another process.

    Raises:
        RetoldError: it could not be made.
    """
    inputs, written = _by_another(_make, where, name, settings)
    return Told(telling_from(written, name), inputs)


def _by_another(make: Callable[..., None], where: str, *given: Any) -> Any:
    """What another process answers.

    Raises:
        RetoldError: its error; it broke off.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=make, args=(theirs, where, *given), daemon=True)
    process.start()
    theirs.close()
    try:
        found = ours.recv()
    except EOFError:
        found = InputRefused("working it out broke off", where=where)
    finally:
        ours.close()
        process.join()
    if isinstance(found, RetoldError):
        raise found
    return found


def _make(answer: Connection, where: str, name: str, settings: Settings) -> None:
    """In the other process."""
    try:
        with open_archive(where) as archive:
            made = told(archive, name, settings)
        answer.send((made.inputs, telling_json(made.telling)))
    except RetoldError as error:
        answer.send(InputRefused(error.what, where=error.where, advice=error.advice))


def _trace(answer: Connection, where: str, names: list[str], settings: Settings) -> None:
    """In the other process."""
    try:
        with open_archive(where) as archive:
            trace_stories(archive, names, settings, seconds=_TRACING)
        answer.send(None)
    except RetoldError as error:
        answer.send(InputRefused(error.what, where=error.where, advice=error.advice))
