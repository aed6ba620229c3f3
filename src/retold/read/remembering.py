"""What is remembered of a fetch, so that the next one can ask whether anything changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

__all__ = ["InMemory", "Remembered", "Visit"]


@dataclass(frozen=True, slots=True)
class Visit:
    """The last fetch of an address.

    Attributes:
        status: of the answer; 0 where there was none.
        checked: when, in seconds since 1970, UTC.
        url: that answered, after redirects; what is remembered concerns no other.
        etag, last_modified: as the server gave them, to be sent back unaltered (RFC 9110,
            sections 8.8.2 and 8.8.3).
        failures: in a row.
        body: kept of a robots.txt only, which is asked for more often than it changes.
    """

    status: int
    checked: float
    url: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    failures: int = 0
    body: bytes | None = None


class Remembered(Protocol):
    """Where visits are kept."""

    def get(self, url: str) -> Visit | None:
        """The last visit, None if there was none."""

    def put(self, url: str, visit: Visit) -> None:
        """Keeps a visit in place of the one before."""


class InMemory:
    """Visits of this process; the oldest are forgotten."""

    def __init__(self, most: int = 10_000) -> None:
        self._visits: dict[str, Visit] = {}
        self._most = most

    def get(self, url: str) -> Visit | None:
        """As `Remembered` says."""
        return self._visits.get(url)

    def put(self, url: str, visit: Visit) -> None:
        """As `Remembered` says."""
        self._visits.pop(url, None)
        self._visits[url] = visit
        if len(self._visits) > self._most:
            del self._visits[next(iter(self._visits))]
