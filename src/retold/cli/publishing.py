"""`retold export --site`: stories of an archive as a static site."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from retold.archive import Archive, quoting, stories
from retold.cli.opening import open_archive
from retold.errors import ArchiveReadOnly, UsageError
from retold.model import ChangeKind
from retold.settings import Settings
from retold.show.marks import visible
from retold.show.names import count
from retold.web.site import write_site

__all__ = ["publish"]

_MOST_SHOWN = 20


def publish(
    where: Path,
    archive: str | None,
    settings: Settings,
    *,
    story: str | None,
    words: Sequence[str],
    outlets: Sequence[str],
    language: str | None,
    people: Sequence[str],
    kinds: Sequence[ChangeKind],
    since: str | None,
    until: str | None,
    least: int,
) -> int:
    """Write a site; returns the exit code.

    Args:
        where: the folder.
        archive: path or URL.
        settings: of what is derived.
        story: only this one; without it those that the rest of the arguments ask for, as
            `retold stories` does.
        words: of a query.
        outlets, language, people, kinds, since, until, least: filters.
    """
    filtered = bool(words or outlets or language or people or kinds or since or until or least > 1)
    if story is not None and filtered:
        raise UsageError("--story names one story, filters choose several", advice="Leave one out")
    asked = stories.Asked(
        words=" ".join(words),
        outlets=outlets,
        languages=() if language is None else (language,),
        since=since,
        until=until,
        further=[quoting.named(name) for name in people],
        kinds=kinds,
        least=least,
    )
    with _opened(archive) as kept, _bar() as progress:
        sums = write_site(
            kept, where, asked if story is None else [story], settings, progress=progress
        )
    for name in sums.failed[:_MOST_SHOWN]:
        sys.stderr.write(
            f"retold: story {visible(name)} could not be put side by side; its page says why\n"
        )
    if len(sums.failed) > _MOST_SHOWN:
        sys.stderr.write(f"retold: … and {len(sums.failed) - _MOST_SHOWN:,} more\n")
    sys.stderr.write(
        f"retold: wrote {count(sums.stories, 'story', 'stories')} with "
        f"{count(sums.reports, 'report')}: open {where / 'index.html'}\n"
    )
    return 3 if sums.failed else 0


def _opened(archive: str | None) -> Archive:
    """For writing where that may be: tellings that are made are kept."""
    try:
        return open_archive(archive)
    except ArchiveReadOnly:
        return open_archive(archive, read_only=True)


@contextmanager
def _bar() -> Iterator[Callable[[str, int, int], object]]:
    if not sys.stderr.isatty():
        yield lambda _, __, ___: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("stories", total=None)
        yield lambda what, done, total: bar.update(
            task, description=what, completed=done, total=total
        )
