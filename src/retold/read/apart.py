"""A parser in a process of its own, stopped after a time limit.

The child is a fresh interpreter, not a fork: a fork would copy locks of a threaded caller, and
`multiprocessing` would import the caller's main module again.
"""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from typing import Any

import msgspec

from retold.errors import InputRefused, TooSlow

__all__ = ["in_time", "main"]


class _Task(msgspec.Struct, frozen=True):
    path: list[str]
    function: str
    raw: bytes


def in_time(function: str, raw: bytes, seconds: float, answer: Any) -> Any:
    """What a function of bytes gives, if it does within the time.

    Args:
        function: "module:name".
        raw: its argument.
        seconds: wall clock.
        answer: the type of what it gives, of the kinds that JSON can carry.

    Raises:
        TooSlow: no answer in time.
        InputRefused: the function failed.
    """
    task = msgspec.json.encode(_Task(sys.path, function, raw))
    program = (
        "import sys,json;d=sys.stdin.buffer.read();sys.path[:]=json.loads(d)['path'];"
        "from retold.read.apart import main;main(d)"
    )
    advice = "Give the articles' pages or texts"
    try:
        done = subprocess.run(
            [sys.executable, "-c", program],
            input=task,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TooSlow(
            f"it took longer than {seconds:g} s to parse",
            advice=f"{advice}, or raise limits.parse_seconds",
        ) from None
    if done.returncode != 0:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise InputRefused(
            f"it could not be parsed: {reason[-1][:200] if reason else done.returncode}",
            advice=advice,
        )
    return msgspec.json.decode(done.stdout, type=answer)


def main(task: bytes) -> None:
    """What the child runs: a task from the caller, the answer to standard output."""
    given = msgspec.json.decode(task, type=_Task)
    module, _, name = given.function.partition(":")
    found = getattr(import_module(module), name)(given.raw)
    sys.stdout.buffer.write(msgspec.json.encode(found))
