"""Reading by several processes: what they find, in the order of the sources."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from retold.errors import RetoldError
from retold.keeping.pieces import STRETCH, End, Piece
from retold.keeping.worker import LENGTH, Begin, Guess, Task
from retold.model import Refusal
from retold.read.spared import NONE, Spared
from retold.settings import Settings

__all__ = ["shared"]

# For all but parsing: longest texts are cut and looked through in less.
_MORE_SECONDS = 10
_PROGRAM = (
    "import sys,pickle;f=sys.stdin.buffer;sys.path[:]=pickle.load(f);t=pickle.load(f);"
    "from retold.keeping.worker import main;main(t)"
)
# A pipe as large as systems give to everyone, so that nobody waits while the archive is written.
_PIPE = 1_048_576
_F_SETPIPE_SZ = 1031  # Linux; named in fcntl from Python 3.10 on, there only


def shared(
    sources: Sequence[str],
    settings: Settings,
    *,
    workers: int,
    starts: Mapping[int, int],
    notify: Callable[[str], object],
    spared: Spared = NONE,
) -> Iterator[Piece | End]:
    """As `retold.keeping.pieces.pieces`, with as many processes.

    A record that ends its process (or takes too long) is refused, and reading goes on after it.
    """
    told: set[str] = set()

    def tell(message: str) -> None:
        if message not in told:
            told.add(message)
            notify(message)

    processes = [
        _Process(
            Task(
                path=tuple(sys.path),
                sources=tuple(sources),
                settings=settings,
                share=(number, workers),
                first=0,
                starts=dict(starts),
                # A page alone may take `parse_seconds` in a process of its own.
                seconds=2 * settings.limits.parse_seconds + _MORE_SECONDS,
                careful=False,
                spared=spared,
            ),
            tell,
        )
        for number in range(workers)
    ]
    try:
        for source in range(len(sources)):
            yield from _in_order(processes, source, starts.get(source, 0) // STRETCH)
            yield End(source)
    finally:
        for process in processes:
            process.stop()


def _in_order(processes: Sequence[_Process], source: int, stretch: int) -> Iterator[Piece]:
    going = set(range(len(processes)))
    while going:
        number = stretch % len(processes)
        while number in going:
            piece = processes[number].ahead()
            if isinstance(piece, End):
                processes[number].take()
                going.discard(number)
            elif piece.index // STRETCH > stretch:
                break
            else:
                processes[number].take()
                yield piece
        stretch += 1


class _Process:
    """One reading process, started anew where it ended too early."""

    def __init__(self, task: Task, tell: Callable[[str], object]) -> None:
        self._task = task
        self._tell = tell
        self._messages: deque[Piece | End] = deque()
        self._begun: Begin | None = None
        self._running = self._start()

    def ahead(self) -> Piece | End:
        """The next message, which stays."""
        while not self._messages:
            packet = self._packet()
            if packet is None:
                self._again()
                continue
            for one in packet:
                self._receive(one)
        return self._messages[0]

    def take(self) -> None:
        """Drop the next message."""
        self._messages.popleft()

    def stop(self) -> None:
        """End it."""
        self._running.kill()
        self._running.wait()
        for stream in (self._running.stdin, self._running.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()

    def _receive(self, one: Any) -> None:
        if isinstance(one, Guess):
            self._tell(one.message)
        elif isinstance(one, Begin):
            self._begun = one
        else:
            self._begun = None
            self._messages.append(one)
            if isinstance(one, End):
                self._task = replace(self._task, first=one.source + 1)
            else:
                self._go_on_after(one.source, one.index)

    def _go_on_after(self, source: int, index: int) -> None:
        starts = {**self._task.starts, source: index + 1}
        self._task = replace(self._task, first=source, starts=starts)

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            process_group=0,  # Ctrl-C is for the one that began it, which ends it
        )
        assert process.stdin is not None
        assert process.stdout is not None
        if sys.platform == "linux":
            import fcntl

            with suppress(OSError):
                fcntl.fcntl(process.stdout.fileno(), _F_SETPIPE_SZ, _PIPE)
        with suppress(BrokenPipeError):
            process.stdin.write(pickle.dumps(list(self._task.path)) + pickle.dumps(self._task))
            process.stdin.close()
        return process

    def _packet(self) -> list[Any] | None:
        """The next messages; None when it has ended."""
        assert self._running.stdout is not None
        length = self._running.stdout.read(LENGTH.size)
        if len(length) < LENGTH.size:
            return None
        size = LENGTH.unpack(length)[0]
        packet = self._running.stdout.read(size)
        if len(packet) < size:
            return None
        found: list[Any] = pickle.loads(packet)
        return found

    def _again(self) -> None:
        """Start anew: first telling each record, so that the one that ended it can be named."""
        code = self._running.wait()
        self.stop()
        begun, self._begun = self._begun, None
        if begun is not None:
            refused = Refusal(
                self._task.sources[begun.source],
                f"record {begun.index + 1}",
                "TooSlow" if code == 1 else "InputRefused",
                "reading it took too long" if code == 1 else f"reading it broke off ({code})",
                "Give the report's text as a plain text file",
            )
            self._messages.append(Piece(begun.source, begun.index, refused, 0))
            self._go_on_after(begun.source, begun.index)
            self._task = replace(self._task, careful=False)
        elif self._task.careful:
            raise RetoldError(
                f"the process that reads ends at once ({code})",
                advice="Run it again with --workers 1",
            )
        else:
            self._task = replace(self._task, careful=True)
        self._running = self._start()
