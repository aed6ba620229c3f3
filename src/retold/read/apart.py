"""A parser in a process of its own, stopped after a time limit.

The limit is one of computing time, where the system can count it: on a machine that does much else
a sound feed of 10 MB takes half a minute, and a hostile one no less computing than anywhere.

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


# So many times as long may it take by the clock: somebody waits, and `retold add` twice as long.
_BY_THE_CLOCK = 2.0


class _Task(msgspec.Struct, frozen=True):
    path: list[str]
    function: str
    raw: bytes
    seconds: float


def in_time(function: str, raw: bytes, seconds: float, answer: Any) -> Any:
    """What a function of bytes gives, if it does within the time.

    Args:
        function: "module:name".
        raw: its argument.
        seconds: of computing, or twice as many by the clock.
        answer: the type of what it gives, of the kinds that JSON can carry.

    Raises:
        TooSlow: no answer in time.
        InputRefused: the function failed.
    """
    task = msgspec.json.encode(_Task(sys.path, function, raw, seconds))
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
            timeout=_BY_THE_CLOCK * seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode == -_OUT_OF_TIME:
        raise TooSlow(
            f"it took longer than {seconds:g} s to parse",
            advice=f"{advice}, or raise limits.parse_seconds",
        )
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
    _limit(given.seconds)
    module, _, name = given.function.partition(":")
    found = getattr(import_module(module), name)(given.raw)
    sys.stdout.buffer.write(msgspec.json.encode(found))


if sys.platform == "win32":
    _OUT_OF_TIME = 0  # the clock alone decides

    def _limit(seconds: float) -> None:
        pass

else:
    import signal

    _OUT_OF_TIME = int(signal.SIGPROF)

    def _limit(seconds: float) -> None:
        """End this process after so much computing: without a handler the signal does so."""
        signal.setitimer(signal.ITIMER_PROF, max(0.001, seconds))
