"""`retold add` and `retold upgrade`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec

from retold.archive import getting
from retold.cli import refusing
from retold.cli.opening import open_archive
from retold.cli.refreshing import bring_up_to_date, said
from retold.errors import UsageError
from retold.keeping.adding import Progress, Sums
from retold.keeping.adding import add as add_all
from retold.keeping.refreshing import Done
from retold.model import Refusal
from retold.settings import Settings
from retold.show.names import count

__all__ = ["Summary", "Upgraded", "add", "upgrade"]

_MOST_SHOWN = 50


class Summary(msgspec.Struct, frozen=True):
    """What `retold add --json` writes.

    Attributes:
        archive: path or URL, without a password.
        added: reports that were new.
        versions: of these and pages that were there: reports that are another version of a page.
        known: reports that were there already.
        resumed: records that an interrupted run had read.
        refused: records that could not be used.
        reports: that the archive holds now.
        refreshed: what was derived from them; none with `--later`.
    """

    archive: str
    added: int
    versions: int
    known: int
    resumed: int
    refused: tuple[Refusal, ...]
    reports: int
    refreshed: tuple[Done, ...]


def add(
    inputs: Sequence[str],
    settings: Settings,
    *,
    archive: str | None,
    json: bool,
    workers: int | None,
    later: bool,
) -> int:
    """Add the inputs' reports to an archive; returns the exit code.

    Args:
        inputs: what `retold.read` takes.
        settings: of the run.
        archive: where.
        json: write a summary as JSON.
        workers: processes.
        later: leave what is derived from the reports to `retold refresh`.
    """
    if "" in inputs:
        raise UsageError("an input has no name", advice="Name a file or URL; - is standard input")
    refused: list[Refusal] = []
    more = 0

    def refuse(one: Refusal) -> None:
        nonlocal more
        if json or len(refused) < _MOST_SHOWN:
            refused.append(one)
        else:
            more += 1

    sums = Sums()
    with open_archive(archive, create=True) as kept:
        try:
            with _bar() as progress:

                def tell(at: Progress) -> None:
                    nonlocal sums
                    sums = at.sums
                    progress(at)

                sums = add_all(
                    kept,
                    inputs,
                    settings,
                    refuse=refuse,
                    notify=refusing.notify,
                    progress=tell,
                    workers=workers,
                )
        except BaseException:
            refusing.say(refused, more)
            sys.stderr.write(f"retold: kept before it stopped: {_line(sums)}\n")
            raise
        refusing.say(refused, more)
        refreshed = () if later else bring_up_to_date(kept, settings, workers=workers)
        total = getting.count(kept)
        where = kept.where
    if json:
        summary = Summary(
            archive=where,
            added=sums.added,
            versions=sums.versions,
            known=sums.known,
            resumed=sums.resumed,
            refused=tuple(refused),
            reports=total,
            refreshed=refreshed,
        )
        sys.stdout.buffer.write(msgspec.json.encode(summary) + b"\n")
    else:
        sys.stdout.write(f"{_line(sums)}. {where} holds {count(total, 'report')}\n")
        sys.stdout.write("".join(f"{said(one)}\n" for one in refreshed if one.done))
    if not refused:
        return 0
    done = sums.added + sums.versions + sums.known + sums.resumed
    return 3 if done else refusing.code_of_failure(refused)


class Upgraded(msgspec.Struct, frozen=True):
    """What `retold upgrade --json` writes.

    Attributes:
        archive: path or URL, without a password.
        tables: the version of its tables.
        backup: the copy that was made before; null for none.
    """

    archive: str
    tables: str
    backup: str | None


def upgrade(archive: str | None, *, json: bool) -> int:
    """Bring an archive's tables up to date; returns the exit code."""
    with open_archive(archive, upgrade=True) as kept:
        if json:
            made = Upgraded(kept.where, kept.schema, kept.backup)
            sys.stdout.buffer.write(msgspec.json.encode(made) + b"\n")
            return 0
        sys.stdout.write(f"{kept.where} is up to date (tables {kept.schema})\n")
    return 0


def _line(sums: Sums) -> str:
    parts = [
        f"{sums.added:,} added",
        f"{sums.versions:,} new versions",
        f"{sums.known:,} already there",
        f"{sums.refused:,} refused",
    ]
    if sums.resumed:
        parts.append(f"{sums.resumed:,} passed over that an interrupted run had read")
    return ", ".join(parts)


@contextmanager
def _bar() -> Iterator[Callable[[Progress], object]]:
    """A progress bar, where someone watches."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns: list[Any] = [
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    ]
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def show(at: Progress) -> None:
            sums = at.sums
            new = sums.added + sums.versions
            done = f"{new:,} added, {sums.known:,} already there, {sums.refused:,} refused"
            bar.update(task, description=done, total=at.total or None, completed=at.done)

        yield show
