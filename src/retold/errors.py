"""Everything that can go wrong, as types. Each says what, where, and what to do next.

    RetoldError
    ├── UsageError            2   the call itself is wrong
    ├── NothingFound          1   the input is sound, but holds nothing of what was asked
    ├── InputRefused          3   one input cannot be used; the rest of a batch goes on
    │   ├── MissingInput          no such file, no permission, a folder where a file was due
    │   ├── EmptyInput            no text in it
    │   ├── NotText               binary data
    │   ├── NoArticle             a page without an article's text
    │   ├── TooLarge              over one of the limits in `settings.Limits`
    │   ├── TooSlow               a parser ran over its time limit
    │   ├── BadRecord             a record or entry that is no report
    │   ├── Damaged               compressed data or an archive that breaks off or is broken
    │   └── NotFetched            only the address of a report is given
    ├── ArchiveError          4   reserved for what is kept
    └── NetworkRefused        5   an address or a fetch that is refused
        └── FetchFailed           the network answered with an error, or not at all

The number is the exit code of the command line (see docs/reference/exit-codes.md).
"""

from __future__ import annotations

__all__ = [
    "ArchiveError",
    "BadRecord",
    "Damaged",
    "EmptyInput",
    "FetchFailed",
    "InputRefused",
    "MissingInput",
    "NetworkRefused",
    "NoArticle",
    "NotFetched",
    "NotText",
    "NothingFound",
    "RetoldError",
    "TooLarge",
    "TooSlow",
    "UsageError",
]


class RetoldError(Exception):
    """Base of all errors.

    Args:
        what: what is wrong, one sentence without a final full stop.
        where: the file, URL, line or record it concerns; empty where there is none.
        advice: what the user can do next; empty where there is nothing to do.
    """

    exit_code = 2

    def __init__(self, what: str, *, where: str = "", advice: str = "") -> None:
        self.what = what
        self.where = where
        self.advice = advice
        place = f"{where}: " if where else ""
        hint = f". {advice}" if advice else ""
        super().__init__(f"{place}{what}{hint}")


class UsageError(RetoldError):
    """The call itself is wrong: too few inputs, options that exclude each other."""

    exit_code = 2


class NothingFound(RetoldError):
    """The input is sound but holds nothing of what was asked."""

    exit_code = 1


class InputRefused(RetoldError):
    """One input cannot be used. A batch lists it and goes on."""

    exit_code = 3


class MissingInput(InputRefused):
    """No such file, no permission to read it, or a folder where a file was due."""


class EmptyInput(InputRefused):
    """The input holds no text."""


class NotText(InputRefused):
    """The input is binary data."""


class NoArticle(InputRefused):
    """A page in which no article's text was found."""


class TooLarge(InputRefused):
    """Over one of the limits in `retold.settings.Limits`."""


class TooSlow(InputRefused):
    """A parser ran over its time limit."""


class BadRecord(InputRefused):
    """A record, row or entry that is no report."""


class Damaged(InputRefused):
    """Compressed data or an archive that breaks off, or is broken."""


class NotFetched(InputRefused):
    """Only the address of a report is given, and fetching was not asked for."""


class ArchiveError(RetoldError):
    """Something is wrong with what is kept."""

    exit_code = 4


class NetworkRefused(RetoldError):
    """An address that is not fetched, or a fetch that is refused."""

    exit_code = 5


class FetchFailed(NetworkRefused):
    """The network answered with an error, or not at all."""
