"""Parsing a large or oddly built page in a process of its own, stopped after a time limit.

The child is a fresh interpreter, not a fork: a fork would copy locks of a threaded caller, and
`multiprocessing` would import the caller's main module again.
"""

from __future__ import annotations

import subprocess
import sys

import msgspec

from retold.errors import InputRefused, NoArticle, TooSlow
from retold.read.building import Known

__all__ = ["extract_apart", "main"]


class _Task(msgspec.Struct, frozen=True):
    path: list[str]
    markup: str
    address: str | None


class _Answer(msgspec.Struct, frozen=True):
    text: str
    known: Known


def extract_apart(markup: str, address: str | None, seconds: float) -> tuple[str, Known]:
    """As `retold.read.page.extract`, in another process.

    Raises:
        TooSlow: no answer within `seconds`.
        NoArticle: no text was found.
        InputRefused: the parser failed.
    """
    task = msgspec.json.encode(_Task(sys.path, markup.replace("\0", "\ufffd"), address))
    program = (
        "import sys,json;d=sys.stdin.buffer.read();sys.path[:]=json.loads(d)['path'];"
        "from retold.read.worker import main;main(d)"
    )
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
            f"the page took longer than {seconds:g} s to parse",
            advice="Give the article's text as a plain text file, or raise limits.parse_seconds",
        ) from None
    if done.returncode == 3:
        raise NoArticle(
            "no article's text was found in the page",
            advice="Save the article's text as a plain text file and give that",
        )
    if done.returncode != 0:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise InputRefused(
            f"the page could not be parsed: {reason[-1][:200] if reason else done.returncode}",
            advice="Give the article's text as a plain text file",
        )
    answer = msgspec.json.decode(done.stdout, type=_Answer)
    return answer.text, answer.known


def main(task: bytes) -> None:
    """What the child runs: a task from the caller, the answer to standard output."""
    from retold.read.page import extract

    given = msgspec.json.decode(task, type=_Task)
    try:
        text, known = extract(given.markup, given.address)
    except NoArticle:
        sys.exit(3)
    sys.stdout.buffer.write(msgspec.json.encode(_Answer(text, known)))
