"""`retold refresh`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import msgspec

from retold.archive import Archive
from retold.cli.opening import open_archive
from retold.keeping.refreshing import Done, refresh_quotations
from retold.keeping.stories import refresh_stories
from retold.keeping.tracing import WHAT, trace_first
from retold.settings import Settings
from retold.show.names import count

__all__ = ["Refreshed", "bring_up_to_date", "refresh"]

Refreshed = tuple[Done, ...]
"""What `retold refresh --json` writes."""


def refresh(archive: str | None, settings: Settings, *, json: bool, workers: int | None) -> int:
    """Bring what is derived from an archive's reports up to date; returns the exit code."""
    with open_archive(archive) as kept:
        done = bring_up_to_date(kept, settings, workers=workers)
    if json:
        sys.stdout.buffer.write(msgspec.json.encode(done) + b"\n")
    else:
        sys.stdout.write("".join(f"{said(one)}\n" for one in done))
    return 0


def bring_up_to_date(
    archive: Archive, settings: Settings, *, workers: int | None = None, trace: bool = True
) -> tuple[Done, ...]:
    """All that is derived, each after what it stands on.

    Args:
        archive: open for writing.
        settings: of the run.
        workers: processes.
        trace: whether to tell the stories that the list begins with, for some seconds.

    The reports' languages are those they were read with: a language set for one reading is no
    setting of what is derived.
    """
    settings = msgspec.structs.replace(settings, language=None)
    with _bar("quotations") as progress:
        quotations = refresh_quotations(archive, settings, progress=progress, workers=workers)
    with _bar("stories") as progress:
        stories = refresh_stories(archive, settings, progress=progress)
    if not trace:
        return quotations, stories
    with _bar("tracing") as progress:
        tellings = trace_first(archive, settings, progress=progress)
    return quotations, stories, tellings


def said(done: Done) -> str:
    """One line of what was done."""
    if done.what == "stories":
        return f"stories: {count(done.done, 'report')} put into stories"
    if done.what == WHAT:
        return f"tracing: {count(done.done, 'story', 'stories')} of {done.left:,} on the first page"
    refused = f", {done.refused:,} could not be analysed" if done.refused else ""
    return f"{done.what}: {count(done.done, 'report')} brought up to date{refused}"


@contextmanager
def _bar(what: str) -> Iterator[Callable[[Done], object]]:
    """A progress bar, where someone watches."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda at: bar.update(task, completed=at.done, total=at.left)
