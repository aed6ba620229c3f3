"""Visits kept in the archive, so that robots.txt is not asked for again after a restart."""

from __future__ import annotations

from retold.archive import Archive
from retold.archive.feeds import Fetch, last_fetch, save
from retold.read.remembering import Visit

__all__ = ["InArchive", "fetch_of", "visit_of"]


class InArchive:
    """`retold.read.remembering.Remembered`, in an archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def get(self, url: str) -> Visit | None:
        """As `Remembered` says."""
        with self._archive.reading() as connection:
            found = last_fetch(connection, url)
        return None if found is None else visit_of(found)

    def put(self, url: str, visit: Visit) -> None:
        """As `Remembered` says."""
        with self._archive.writing() as connection:
            save(connection, fetch_of(url, visit))


def visit_of(fetch: Fetch) -> Visit:
    """As fetching knows it."""
    return Visit(
        status=fetch.status,
        checked=float(fetch.checked),
        url=fetch.answered,
        etag=fetch.etag,
        last_modified=fetch.last_modified,
        failures=fetch.failures,
        body=fetch.body,
    )


def fetch_of(url: str, visit: Visit) -> Fetch:
    """As the archive keeps it."""
    return Fetch(
        url=url,
        status=visit.status,
        checked=int(visit.checked),
        answered=visit.url,
        etag=visit.etag,
        last_modified=visit.last_modified,
        failures=visit.failures,
        body=visit.body,
    )
