"""Work spread over processes: what goes in as batches comes out in their order.

The processes are fresh interpreters, not forks (see `retold.read.apart`). A batch that ends its
process is done again item by item, so that only the item that did it is lost, and named.
"""

from __future__ import annotations

import pickle
import struct
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any, BinaryIO

__all__ = ["Broken", "in_order", "main"]

_LENGTH = struct.Struct(">Q")
_PROGRAM = (
    "import sys,pickle;f=sys.stdin.buffer;sys.path[:]=pickle.load(f);"
    "from retold.keeping.computing import main;main()"
)


class Broken:
    """Stands where an item's result would: working on it ended the process."""


def in_order(
    function: str, batches: Iterable[Sequence[Any]], workers: int
) -> Iterator[tuple[Sequence[Any], list[Any]]]:
    """Each batch with the results of its items.

    Args:
        function: "module:name", of an item.
        batches: taken as they are needed, a few ahead.
        workers: processes; 1 works here.
    """
    if workers < 2:
        work = _found(function)
        for batch in batches:
            yield batch, [work(item) for item in batch]
        return
    processes = [_Process(function) for _ in range(workers)]
    try:
        waiting: deque[tuple[Sequence[Any], _Process]] = deque()
        free = deque(processes)
        for batch in batches:
            if not free:
                first, process = waiting.popleft()
                yield first, process.results(first)
                free.append(process)
            process = free.popleft()
            process.send(batch)
            waiting.append((batch, process))
        while waiting:
            first, process = waiting.popleft()
            yield first, process.results(first)
    finally:
        for process in processes:
            process.stop()


def main() -> None:
    """What a process runs: a function's name, then batches until the input ends."""
    given = sys.stdin.buffer
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing else may write where the answers go
    work = _found(_received(given))
    while True:
        batch = _received(given)
        if batch is None:
            return
        _send(answers, [work(item) for item in batch])


def _found(function: str) -> Callable[[Any], Any]:
    module, _, name = function.partition(":")
    found: Callable[[Any], Any] = getattr(import_module(module), name)
    return found


def _send(stream: BinaryIO, thing: Any) -> None:
    packet = pickle.dumps(thing, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(packet)) + packet)
    stream.flush()


def _received(stream: BinaryIO) -> Any:
    """The next thing; None at the end."""
    length = stream.read(_LENGTH.size)
    if len(length) < _LENGTH.size:
        return None
    size = _LENGTH.unpack(length)[0]
    packet = stream.read(size)
    return pickle.loads(packet) if len(packet) == size else None


class _Process:
    def __init__(self, function: str) -> None:
        self._function = function
        self._running = self._start()

    def send(self, batch: Sequence[Any]) -> None:
        """Begin on a batch."""
        assert self._running.stdin is not None
        with suppress(BrokenPipeError):  # `results` finds out
            _send(self._running.stdin, batch)  # type: ignore[arg-type]

    def results(self, batch: Sequence[Any]) -> list[Any]:
        """What was found of the batch that was sent."""
        found = self._answer()
        if found is not None:
            return found
        self._restart()
        several: list[Any] = []
        for item in batch:
            self.send([item])
            one = self._answer()
            if one is None:
                self._restart()
            several.append(Broken() if one is None else one[0])
        return several

    def stop(self) -> None:
        """End it."""
        self._running.kill()
        self._running.wait()
        for stream in (self._running.stdin, self._running.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()

    def _answer(self) -> list[Any] | None:
        assert self._running.stdout is not None
        found: list[Any] | None = _received(self._running.stdout)  # type: ignore[arg-type]
        return found

    def _restart(self) -> None:
        self.stop()
        self._running = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert process.stdin is not None
        with suppress(BrokenPipeError):
            process.stdin.write(pickle.dumps(list(sys.path)))
            _send(process.stdin, self._function)  # type: ignore[arg-type]
        return process
