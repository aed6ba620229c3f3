"""Everything that can go wrong, as types. Each says what, where, and what to do next.

    RetoldError
    ├── UsageError            2   the call itself is wrong
    │   ├── Overtaken             somebody decided about the same meanwhile
    │   └── EncoderMissing        no such model of sentence vectors is at hand
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
    ├── ArchiveError          4   something is wrong with what is kept
    │   ├── ArchiveMissing        there is no archive there
    │   ├── ArchiveForeign        a file or database that is no archive of ours
    │   ├── ArchiveNewer          written by a newer Retold
    │   ├── ArchiveOlder          not upgraded yet, and may not be upgraded now
    │   ├── ArchiveLocked         another process kept it for longer than we waited
    │   ├── ArchiveReadOnly       it may be read, not written
    │   ├── ArchiveFull           no space left
    │   ├── ArchiveDamaged        what was read is not what was written
    │   ├── ArchiveUnreachable    the server does not answer
    │   ├── ArchiveDenied         wrong password, or a right is lacking
    │   └── EngineMissing         what the archive runs on is not installed
    └── NetworkRefused        5   an address or a fetch that is refused
        ├── Disallowed            the site's robots.txt asks programs to stay away
        └── FetchFailed           the network answered with an error, or not at all

The number is the exit code of the command line (see docs/reference/exit-codes.md).
"""

from __future__ import annotations

__all__ = [
    "ArchiveDamaged",
    "ArchiveDenied",
    "ArchiveError",
    "ArchiveForeign",
    "ArchiveFull",
    "ArchiveLocked",
    "ArchiveMissing",
    "ArchiveNewer",
    "ArchiveOlder",
    "ArchiveReadOnly",
    "ArchiveUnreachable",
    "BadRecord",
    "Damaged",
    "Disallowed",
    "EmptyInput",
    "EncoderMissing",
    "EngineMissing",
    "FetchFailed",
    "InputRefused",
    "MissingInput",
    "NetworkRefused",
    "NoArticle",
    "NotFetched",
    "NotText",
    "NothingFound",
    "Overtaken",
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


class Overtaken(UsageError):
    """Somebody decided about the same meanwhile; nothing was changed."""


class EncoderMissing(UsageError):
    """A model of sentence vectors that is not at hand, or that nothing here can run."""


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


class ArchiveMissing(ArchiveError):
    """There is no archive there."""


class ArchiveForeign(ArchiveError):
    """A file or database that is no archive of ours; it is left as it is."""


class ArchiveNewer(ArchiveError):
    """Written by a newer Retold than this one."""


class ArchiveOlder(ArchiveError):
    """Its tables are those of an older Retold, and they may not be upgraded now."""


class ArchiveLocked(ArchiveError):
    """Another process or person kept it for longer than we were ready to wait."""


class ArchiveReadOnly(ArchiveError):
    """It may be read, but not written."""


class ArchiveFull(ArchiveError):
    """No space is left where it lies."""


class ArchiveDamaged(ArchiveError):
    """What was read is not what was written."""


class ArchiveUnreachable(ArchiveError):
    """The server that keeps it does not answer."""


class ArchiveDenied(ArchiveError):
    """The password is wrong, or a right is lacking."""


class EngineMissing(ArchiveError):
    """What the archive runs on is not installed, or not known."""


class NetworkRefused(RetoldError):
    """An address that is not fetched, or a fetch that is refused."""

    exit_code = 5


class Disallowed(NetworkRefused):
    """The site's robots.txt asks programs to stay away, or could not be read.

    Args:
        what, where, advice: as in `RetoldError`.
        retry_after: seconds after which it is asked again; None where it said no.
    """

    def __init__(
        self, what: str, *, where: str = "", advice: str = "", retry_after: float | None = None
    ) -> None:
        super().__init__(what, where=where, advice=advice)
        self.retry_after = retry_after


class FetchFailed(NetworkRefused):
    """The network answered with an error, or not at all.

    Args:
        what, where, advice: as in `RetoldError`.
        status: of the answer; None where there was none.
        retry_after: seconds that the server asked to wait.
        passing: whether the same request may well succeed a little later.
    """

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        advice: str = "",
        status: int | None = None,
        retry_after: float | None = None,
        passing: bool = False,
    ) -> None:
        super().__init__(what, where=where, advice=advice)
        self.status = status
        self.retry_after = retry_after
        self.passing = passing
