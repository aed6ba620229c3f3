"""Tellings at hand: those looked at last stay in memory; others are worked out apart.

Working a telling out takes seconds of a processor. It is done in a process of its own, so that
pages are answered meanwhile, and kept in the archive.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Literal

from retold.archive import Archive, open_archive
from retold.errors import InputRefused, RetoldError, UsageError
from retold.holdings import KeptStory
from retold.keeping.tellings import Told, is_fresh, kept_telling, made_from, told
from retold.settings import Settings
from retold.show.records import telling_json
from retold.show.records import telling_of as telling_from
from retold.web.prepared import Prepared
from retold.web.working import Job, Worker

__all__ = ["Pending", "Shelf"]

_MOST = 8  # tellings in memory; one of 200 reports takes some 30 MB
_MOST_FAILED = 500


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

    def close(self) -> None:
        """Begin nothing more."""
        self._worker.close(0.0)

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


def _apart(where: str, name: str, settings: Settings) -> Told:
    """Have a telling made, and kept where the archive can be written, by another process.

    Raises:
        RetoldError: it could not be made.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_make, args=(theirs, where, name, settings), daemon=True)
    process.start()
    theirs.close()
    try:
        found = ours.recv()
    except EOFError:
        found = InputRefused("working it out broke off", where=name)
    finally:
        ours.close()
        process.join()
    if isinstance(found, RetoldError):
        raise found
    inputs, written = found
    return Told(telling_from(written, name), inputs)


def _make(answer: Connection, where: str, name: str, settings: Settings) -> None:
    """In the other process."""
    try:
        with open_archive(where) as archive:
            made = told(archive, name, settings)
        answer.send((made.inputs, telling_json(made.telling)))
    except RetoldError as error:
        answer.send(InputRefused(error.what, where=error.where, advice=error.advice))
