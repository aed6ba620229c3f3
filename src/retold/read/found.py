"""What reading finds: a report and where it stood; and what every reader is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from retold.errors import InputRefused, MissingInput, NetworkRefused, RetoldError, TooLarge
from retold.model import Refusal, Report
from retold.read.spared import NONE, Spared
from retold.read.turns import Turns
from retold.read.visiting import Visitor
from retold.settings import Settings

__all__ = ["PASSED", "Found", "Origin", "refusal"]


@dataclass(frozen=True, slots=True)
class Found:
    """A report, the story its record names, and where in the source it stood.

    Attributes:
        raw: the page or file that the report was read from, unpacked; None where it was one
            record among others. `report.raw_sha256` is its hash.
    """

    report: Report
    story: str | None
    where: str
    source: str
    raw: bytes | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """A source as a reader needs it.

    Attributes:
        source: the file or URL as the user gave it, "-" for standard input.
        settings: of the run.
        notify: told what is guessed, before the guess is used.
        visitor: fetches for all sources of the run.
        turns: which records are wanted; all by default.
        spared: files that are not opened.
    """

    source: str
    settings: Settings
    notify: Callable[[str], object]
    visitor: Visitor
    turns: Turns = field(default_factory=Turns)
    spared: Spared = NONE

    def refuse(self, where: str, error: Exception) -> Refusal:
        """How something in this source that cannot be used is listed."""
        return refusal(self.source, where, error)


# What stands for a record that is not wanted (see `Turns`): it is counted and dropped.
PASSED = Refusal("", "", "", "passed over", "")


def refusal(source: str, where: str, error: Exception) -> Refusal:
    """How an input that cannot be used is listed; a parser's own errors are made readable."""
    if isinstance(error, InputRefused | NetworkRefused):
        return Refusal(source, error.where or where, type(error).__name__, error.what, error.advice)
    if isinstance(error, RetoldError):
        return Refusal(source, where, type(error).__name__, error.what, error.advice)
    if isinstance(error, OSError):
        unread = MissingInput(
            f"it cannot be read to its end: {error.strerror or type(error).__name__}",
            advice="Check the disk, or copy the file and give the copy",
        )
        return Refusal(source, where, type(unread).__name__, unread.what, unread.advice)
    if isinstance(error, MemoryError):
        large = TooLarge("more than memory can hold", advice="Split it")
        return Refusal(source, where, type(large).__name__, large.what, large.advice)
    return Refusal(
        source,
        where,
        "InputRefused",
        f"reading stopped: {type(error).__name__}: {str(error)[:200]}",
        "Give the report's text as a plain text file",
    )
