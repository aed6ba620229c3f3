"""One page that a feed named: fetched, read, and kept with its bytes."""

from __future__ import annotations

from typing import Literal

import msgspec

from retold.archive.adding import Item, Prepared, prepare, write
from retold.archive.feeds import Entry, last_fetch, save
from retold.errors import ArchiveError, Disallowed, FetchFailed, RetoldError
from retold.keeping.looking import known_of
from retold.keeping.remembering import fetch_of, visit_of
from retold.keeping.schedule import wait_for_page
from retold.keeping.stopping import Stopped
from retold.keeping.tools import Tools
from retold.read.documents import document
from retold.read.fetching import Fetched
from retold.read.remembering import Visit

__all__ = ["Became", "fetch_page"]

Became = Literal["added", "known", "unchanged", "retry", "refused"]
# Answers of a server that may be over in an hour (RFC 9110); 404 and 410 are not.
_MAY_PASS = frozenset([408, 425, 429])


def fetch_page(tools: Tools, entry: Entry) -> Became:
    """Fetch an entry's page and keep what it says.

    Args:
        tools: see `retold.keeping.tools.Tools`.
        entry: waiting.

    Raises:
        ArchiveError: the archive cannot be written.
        Stopped: all is to end; nothing was changed.
    """
    url = entry.url or ""
    with tools.archive.reading() as connection:
        last = last_fetch(connection, url)
    # What is not in the archive must come, whatever the server remembers.
    since = visit_of(last) if last is not None and entry.report is not None else None
    try:
        served = tools.visitor.fetch(url, since=since)
        item = None if served.status == 304 else _prepared(tools, entry, served)
    except (ArchiveError, Stopped):
        raise
    except RetoldError as error:
        return _failed(tools, entry, error)
    except Exception as error:  # a parser's own: one page must not end the watch of all
        return _failed(tools, entry, RetoldError(f"{type(error).__name__}: {str(error)[:200]}"))
    if item is None:
        _save(tools, entry, "added")
        tools.say("unchanged", url=url, id=entry.report)
        return "unchanged"
    return _keep(tools, entry, served, item)


def _prepared(tools: Tools, entry: Entry, served: Fetched) -> Prepared:
    beside = known_of(entry.beside)
    report = document(served.body, entry.url or served.url, tools.settings, served, beside)
    return prepare(Item(report, raw=served.body))


def _keep(tools: Tools, entry: Entry, served: Fetched, item: Prepared) -> Became:
    url = entry.url or ""
    now = tools.clock.now()
    visit = Visit(served.status, now, served.url, served.etag, served.last_modified)
    with tools.archive.writing() as connection:
        added = write(connection, [item])
        after = _after(entry, "added", report=added.ids[0])
        save(connection, fetch_of(url, visit), after)
    what = "new" if added.new else "version" if added.versions else "known"
    tools.say("added", url=url, status=served.status, id=added.ids[0], what=what)
    return "known" if added.known else "added"


def _failed(tools: Tools, entry: Entry, error: RetoldError) -> Became:
    status = error.status if isinstance(error, FetchFailed) else None
    retry_after = error.retry_after if isinstance(error, FetchFailed | Disallowed) else None
    failures = entry.failures + 1
    may_pass = retry_after is not None or (
        isinstance(error, FetchFailed) and (status is None or status in _MAY_PASS or status >= 500)
    )
    ends = not may_pass or failures >= tools.settings.watching.attempts
    wait = wait_for_page(failures, retry_after, tools.settings.watching, tools.draw)
    _save(
        tools,
        entry,
        "refused" if ends else "waiting",
        failures=failures,
        due=int(tools.clock.now()) + wait,
        error=error.what[:500],
    )
    tools.say(
        "refused" if ends else "retry",
        url=entry.url,
        status=status,
        failures=failures,
        next=None if ends else wait,
        error=type(error).__name__,
        reason=error.what,
    )
    return "refused" if ends else "retry"


def _save(tools: Tools, entry: Entry, state: str, **changes: object) -> None:
    with tools.archive.writing() as connection:
        save(connection, _after(entry, state, **changes))


def _after(entry: Entry, state: str, **changes: object) -> Entry:
    """The entry when its page was dealt with."""
    clean: dict[str, object] = {"failures": 0, "error": None, **changes}
    if state != "waiting":
        clean["beside"] = None
    return msgspec.structs.replace(entry, state=state, **clean)
