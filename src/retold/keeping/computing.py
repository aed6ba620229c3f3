"""Work spread over processes: what goes in as batches comes out in their order.

The processes are fresh interpreters, not forks (see `retold.read.apart`). A batch that ends its
process is done again item by item, so that only the item that did it is lost, and named.

They end with the process that began them, however that ends: Ctrl-C, which goes to all processes
of a terminal, is for that one alone, and when it is gone, so is what they read from.
"""

from __future__ import annotations

import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any, BinaryIO

__all__ = ["Apart", "Broken", "in_order", "main"]

_LENGTH = struct.Struct(">Q")
_PROGRAM = """
import sys, pickle
try:
    sys.path[:] = pickle.load(sys.stdin.buffer)
except EOFError:
    sys.exit()
from retold.keeping.computing import main
main()
"""


class Broken:
    """Stands where an item's result would: working on it ended the process."""


class Apart:
    """Does single items, each in a process of its own; may be used by several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: set[_Process] = set()
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether nothing more is begun."""
        return self._closed

    def do(self, function: str, item: Any) -> Any:
        """The result of an item; `Broken` where its process ended, or was ended by `close`.

        Args:
            function: "module:name", of an item.
            item: and its result can be pickled.
        """
        with self._lock:
            if self._closed:
                return Broken()
            process = _Process(function)
            self._running.add(process)
        try:
            process.send([item])
            found = process.answer()
        finally:
            with self._lock:
                self._running.discard(process)
            process.stop()
        return Broken() if found is None else found[0]

    def close(self) -> None:
        """End what is being done, and begin nothing more."""
        with self._lock:
            self._closed = True
            for process in self._running:
                process.kill()


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
    named = _packet(given)
    if named is None:
        return
    work = _found(pickle.loads(named))
    waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_read_on, args=(given, waiting), daemon=True).start()
    try:
        while True:
            _send(answers, [work(item) for item in pickle.loads(waiting.get())])
    except BrokenPipeError:  # who asked is gone
        os._exit(0)


def _read_on(given: BinaryIO, waiting: queue.SimpleQueue[bytes]) -> None:
    """Hands on what comes. Who asks keeps the pipe open: at its end nobody waits any more."""
    try:
        while (packet := _packet(given)) is not None:
            waiting.put(packet)
    finally:
        os._exit(0)


def _found(function: str) -> Callable[[Any], Any]:
    module, _, name = function.partition(":")
    found: Callable[[Any], Any] = getattr(import_module(module), name)
    return found


def _send(stream: BinaryIO, thing: Any) -> None:
    packet = pickle.dumps(thing, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(packet)) + packet)
    stream.flush()


def _packet(stream: BinaryIO) -> bytes | None:
    """The next thing, pickled; None at the end."""
    length = stream.read(_LENGTH.size)
    if len(length) < _LENGTH.size:
        return None
    size = _LENGTH.unpack(length)[0]
    packet = stream.read(size)
    return packet if len(packet) == size else None


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
        found = self.answer()
        if found is not None:
            return found
        self._restart()
        several: list[Any] = []
        for item in batch:
            self.send([item])
            one = self.answer()
            if one is None:
                self._restart()
            several.append(Broken() if one is None else one[0])
        return several

    def answer(self) -> list[Any] | None:
        """What was found of what was sent last; None when the process has ended."""
        assert self._running.stdout is not None
        packet = _packet(self._running.stdout)  # type: ignore[arg-type]
        return None if packet is None else pickle.loads(packet)

    def kill(self) -> None:
        """End it while another thread waits for its answer."""
        self._running.kill()

    def stop(self) -> None:
        """End it, and let go of it."""
        self._running.kill()
        self._running.wait()
        for stream in (self._running.stdin, self._running.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()

    def _restart(self) -> None:
        self.stop()
        self._running = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0,
        )
        assert process.stdin is not None
        with suppress(BrokenPipeError):
            process.stdin.write(pickle.dumps(list(sys.path)))
            _send(process.stdin, self._function)  # type: ignore[arg-type]
        return process
