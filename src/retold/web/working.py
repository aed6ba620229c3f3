"""Work in the background: one thread, first come first served, its state to be seen on a page."""

from __future__ import annotations

import queue
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from retold.errors import NothingFound, RetoldError, UsageError
from retold.model import Noun

__all__ = ["Job", "Worker"]

State = Literal["waiting", "working", "done", "failed"]

_REMEMBERED = 200
_MOST_WAITING = 50


@dataclass(slots=True)
class Job:
    """Something that is done in the background.

    Attributes:
        number: from 1, in the order of asking.
        what: is done, in a few words.
        key: of a job that need not wait twice; None for one that is never the same as another.
        state: "waiting", "working", "done" or "failed".
        note: how far it is.
        view: what there is to show of it; only ever replaced as a whole.
        error: why it failed.
    """

    number: int
    what: str
    key: str | None = None
    state: State = "waiting"
    note: str = ""
    view: Noun | None = None
    error: RetoldError | None = None
    _ended: threading.Event = field(default_factory=threading.Event)

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ("done", "failed")

    def wait(self, seconds: float) -> bool:
        """Until it has ended, at most so long; returns whether it has."""
        return self._ended.wait(seconds)


class Worker:
    """Does jobs one after the other, in a thread that begins with the first of them.

    Args:
        name: of the thread.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = threading.Lock()
        self._jobs: OrderedDict[int, Job] = OrderedDict()
        self._waiting: queue.Queue[tuple[Job, Callable[[Job], None]] | None] = queue.Queue()
        self._thread: threading.Thread | None = None
        self._last = 0
        self._closed = False

    def submit(self, what: str, run: Callable[[Job], None], *, key: str | None = None) -> Job:
        """Have something done; a job of the same key that still waits stands for it.

        Args:
            what: is done, in a few words.
            run: does it; may set the job's `note` and `view`.
            key: see `Job`.

        Raises:
            UsageError: too much waits already, or the server is ending.
        """
        with self._lock:
            waiting = [one for one in self._jobs.values() if one.state == "waiting"]
            same = next((one for one in waiting if key is not None and one.key == key), None)
            if same is not None:
                return same
            if self._closed or len(waiting) >= _MOST_WAITING:
                raise UsageError(
                    "the server is ending" if self._closed else "too much is waiting already",
                    advice="Try again in a while",
                )
            self._last += 1
            job = Job(self._last, what, key)
            self._jobs[job.number] = job
            self._forget()
            self._waiting.put((job, run))
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
                self._thread.start()
        return job

    def job(self, number: int) -> Job:
        """A job by its number.

        Raises:
            NothingFound: there was none since the server began, or it is long done.
        """
        with self._lock:
            found = self._jobs.get(number)
        if found is None:
            raise NothingFound("nothing is known of this work any more")
        return found

    def unended(self) -> list[Job]:
        """What waits and what is being done, in order."""
        with self._lock:
            return [one for one in self._jobs.values() if not one.ended]

    def close(self, seconds: float = 3.0) -> None:
        """Begin nothing more, and wait a little for what is being done."""
        with self._lock:
            self._closed = True
            thread = self._thread
        self._waiting.put(None)
        if thread is not None:
            thread.join(seconds)

    def _forget(self) -> None:
        for number in [one.number for one in self._jobs.values() if one.ended]:
            if len(self._jobs) <= _REMEMBERED:
                return
            del self._jobs[number]

    def _work(self) -> None:
        while (one := self._waiting.get()) is not None:
            job, run = one
            if self._closed:
                return
            job.state = "working"
            try:
                run(job)
            except RetoldError as error:
                _end(job, error)
            except Exception as error:  # one job must not end those that wait behind it
                _end(job, RetoldError(f"{type(error).__name__}: {str(error)[:200]}"))
            else:
                _end(job, None)


def _end(job: Job, error: RetoldError | None) -> None:
    job.error = error
    job.state = "done" if error is None else "failed"
    job._ended.set()
