"""What a reading process runs: its share of the records, written to its standard output.

A fresh interpreter, not a fork (see `retold.read.apart`). A record that takes too long ends the
process: no parser can be stopped from within. The caller starts another one after it.
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from retold.keeping.pieces import STRETCH, End, pieces
from retold.read.spared import NONE, Spared
from retold.settings import Settings

__all__ = ["LENGTH", "Begin", "Guess", "Task", "main"]

LENGTH = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class Task:
    """What a process has to do.

    Attributes:
        path: `sys.path` of the caller.
        seconds: for one record.
        careful: say which record is begun, and send each one alone.
        first, starts, share, spared: see `retold.keeping.pieces.pieces`.
    """

    path: tuple[str, ...]
    sources: tuple[str, ...]
    settings: Settings
    share: tuple[int, int]
    first: int
    starts: Mapping[int, int]
    seconds: float
    careful: bool
    spared: Spared = NONE


@dataclass(frozen=True, slots=True)
class Begin:
    """A record is begun."""

    source: int
    index: int


@dataclass(frozen=True, slots=True)
class Guess:
    """Something was guessed."""

    message: str


class _Output:
    """Messages in packets: a length, and a pickled list."""

    def __init__(self, stream: BinaryIO, at_once: int) -> None:
        self._stream = stream
        self._at_once = at_once
        self._held: list[Any] = []

    def send(self, message: Any) -> None:
        self._held.append(message)
        if len(self._held) >= self._at_once:
            self.flush()

    def flush(self) -> None:
        if self._held:
            packet = pickle.dumps(self._held, protocol=pickle.HIGHEST_PROTOCOL)
            self._held = []
            self._stream.write(LENGTH.pack(len(packet)) + packet)
            self._stream.flush()


def main(task: Task) -> None:
    """Read a share."""
    # Nothing else may write where the messages go.
    stream = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    output = _Output(stream, 1 if task.careful else STRETCH)
    begun = (-1, -1)

    def begin(source: int, index: int) -> None:
        nonlocal begun
        if (source, index) == begun:
            return
        begun = (source, index)
        if task.careful:
            output.send(Begin(source, index))
        faulthandler.dump_traceback_later(task.seconds, exit=True, file=2)

    for one in pieces(
        task.sources,
        task.settings,
        starts=task.starts,
        notify=lambda message: output.send(Guess(message)),
        share=task.share,
        first=task.first,
        begin=begin,
        spared=task.spared,
    ):
        faulthandler.cancel_dump_traceback_later()  # the reader of the output may take its time
        output.send(one)
        if isinstance(one, End):
            output.flush()
    output.flush()
