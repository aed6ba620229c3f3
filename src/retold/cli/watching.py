"""`retold watch`: feeds into the archive, for weeks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

import msgspec

from retold.archive import Archive
from retold.archive.feeds import Feed, all_feeds, follow, revive
from retold.cli import refusing, setting
from retold.cli.opening import open_archive
from retold.cli.refreshing import bring_up_to_date
from retold.cli.stopping import code_of, stopped_by_signals
from retold.errors import UsageError
from retold.keeping.events import Event, as_json, as_line
from retold.keeping.stopping import Stop, StoppableClock
from retold.keeping.tools import tools
from retold.keeping.watching import watch as watch_feeds
from retold.read.subscriptions import Subscription, subscriptions
from retold.show.dates import as_read
from retold.show.marks import visible

__all__ = ["list_feeds", "watch"]


def watch(
    sources: tuple[str, ...],
    *,
    archive: str | None,
    once: bool,
    again: bool,
    log: Path | None,
    json: bool,
    settings: Path | None,
    contact: str | None,
    allow_private_network: bool,
) -> int:
    """Watch feeds; returns the exit code.

    Args:
        sources: OPML files, lists and addresses; none for all feeds of the archive.
        archive: path or URL.
        once: end when nothing is due any more.
        again: ask feeds once more that were given up.
        log: a file to append to, instead of standard error.
        json: log lines are JSON.
        settings: a file.
        contact: goes before the one of the settings.
        allow_private_network: as in the settings.
    """
    chosen = setting.chosen(settings, None, allow_private_network)
    if contact is not None:
        chosen = msgspec.structs.replace(chosen, contact=contact)
    wanted, refused = subscriptions(sources, chosen.limits)
    refusing.say(refused)
    if sources and not wanted:
        return refusing.code_of_failure(refused)
    stop = Stop()
    clock = StoppableClock(stop)
    with _written(log) as file, open_archive(archive, create=bool(wanted)) as opened:
        feeds = _feeds(opened, wanted, int(clock.now()))
        if again:
            feeds = revive(opened, feeds, int(clock.now()))
        if not feeds:
            raise UsageError("the archive watches no feed", advice="Name feeds or an OPML file")
        if chosen.contact is None:
            sys.stderr.write(
                "retold: no contact is set; with --contact MAIL-OR-URL the sites' owners can "
                "reach you\n"
            )
        write = as_json if json else as_line
        kit = tools(opened, chosen, clock, _teller(file, write))

        def refresh() -> None:
            for done in bring_up_to_date(opened, chosen, trace=False):
                if done.done:
                    kit.say("refreshed", what=done.what, new=done.done)

        with stopped_by_signals(stop) as caught:
            watched = watch_feeds(kit, feeds, stop, once=once, idle=refresh)
    return code_of(caught) or (3 if once and (watched.failed or watched.refused or refused) else 0)


def list_feeds(archive: str | None, *, json: bool) -> int:
    """Show the feeds of the archive with their state; returns the exit code.

    Args:
        archive: path or URL.
        json: one JSON object a line.
    """
    with open_archive(archive, read_only=True) as opened, opened.reading() as connection:
        feeds = all_feeds(connection)
    if json:
        for feed in feeds:
            sys.stdout.buffer.write(msgspec.json.encode(feed) + b"\n")
    else:
        for line in _table(feeds):
            sys.stdout.write(line + "\n")
    return 0 if feeds else 1


def _feeds(archive: Archive, wanted: tuple[Subscription, ...], now: int) -> list[Feed]:
    if wanted:
        return follow(archive, [(one.url, one.title) for one in wanted], now)
    with archive.reading() as connection:
        return all_feeds(connection)


def _table(feeds: list[Feed]) -> Iterator[str]:
    rows = [("state", "checked", "next", "entries", "failures", "feed")]
    for feed in feeds:
        rows.append(
            (
                feed.state,
                _moment(feed.checked),
                _moment(feed.due) if feed.state == "watched" else "—",
                str(feed.entries),
                str(feed.failures),
                visible(f"{feed.url} ({feed.error})" if feed.error else feed.url),
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        yield "  ".join([*cells, row[5]])


def _moment(seconds: int | None) -> str:
    if seconds is None:
        return "never"
    return as_read(datetime.fromtimestamp(seconds, UTC).isoformat(), local=True)


@contextmanager
def _written(log: Path | None) -> Iterator[TextIO]:
    if log is None:
        yield sys.stderr
        return
    try:
        file = log.open("a", encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise UsageError(
            f"the log cannot be written ({error.strerror})",
            where=str(log),
            advice="Name another file for --log",
        ) from error
    with file:
        yield file


def _teller(file: TextIO, write: Callable[[Event], str]) -> Callable[[Event], None]:
    def tell(event: Event) -> None:
        line = write(event) + "\n"
        encoding = file.encoding or "utf-8"
        file.write(line.encode(encoding, "backslashreplace").decode(encoding))
        file.flush()

    return tell
