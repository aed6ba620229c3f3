"""`retold stories` and `retold show`: the stories of an archive."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from retold.archive import Archive, quoting, stories
from retold.cli.opening import open_archive
from retold.errors import ArchiveReadOnly
from retold.holdings import StoriesFound
from retold.model import ChangeKind
from retold.settings import Settings
from retold.show import stories as shown
from retold.show.records import record

__all__ = ["list_stories", "show", "show_reports"]


def list_stories(
    archive: str | None,
    words: Sequence[str],
    *,
    json: bool,
    outlets: Sequence[str],
    languages: Sequence[str],
    people: Sequence[str],
    kinds: Sequence[ChangeKind],
    since: str | None,
    until: str | None,
    least: int,
    order: Literal["newest", "oldest"],
    limit: int,
    after: str | None,
) -> int:
    """Write one page of stories; returns the exit code."""
    asked = stories.Asked(
        words=" ".join(words),
        outlets=outlets,
        languages=languages,
        since=since,
        until=until,
        further=[quoting.named(name) for name in people],
        kinds=kinds,
        least=least,
        order=order,
        limit=limit,
        after=after,
    )
    with open_archive(archive, read_only=True) as kept:
        page = stories.listed(kept, asked)
        _say_what_is_not_placed(kept)
    if json:
        sys.stdout.buffer.write(record(page) + b"\n")
    else:
        sys.stdout.write(shown.stories(page, colour=_colour(), encoding=sys.stdout.encoding))
        _say_what_is_not_traced(page)
    return 0 if page.stories else 1


def show(
    archive: str | None, story: str, settings: Settings, *, html: Path | None, json: bool
) -> int:
    """Write the telling of a story; returns the exit code."""
    # Lists and reports come without all that compares, which takes a third of a second to load.
    from retold.cli.comparing import show_telling
    from retold.keeping.tellings import telling_of

    with _opened(archive) as kept:
        telling = telling_of(kept, story, settings)
        found = stories.get(kept, story)  # with the changes that the telling has found
    if not json and html is None:
        text = shown.story(found, colour=_colour(), encoding=sys.stdout.encoding, local=True)
        sys.stdout.write(text + "\n")
    show_telling(telling, html=html, json=json, table=html is None)
    return 0


def show_reports(archive: str | None, story: str, *, json: bool) -> int:
    """Write the reports of a story, and why each is in it; returns the exit code."""
    with open_archive(archive, read_only=True) as kept:
        found = stories.get(kept, story)
    if json:
        sys.stdout.buffer.write(record(found) + b"\n")
    else:
        text = shown.story(
            found, colour=_colour(), encoding=sys.stdout.encoding, reasons=True, local=True
        )
        sys.stdout.write(text)
    return 0


def _opened(archive: str | None) -> Archive:
    """For writing where that may be: what is made is kept."""
    try:
        return open_archive(archive)
    except ArchiveReadOnly:
        return open_archive(archive, read_only=True)


def _say_what_is_not_placed(archive: Archive) -> None:
    missing = stories.unplaced(archive)
    if missing:
        several = "reports are" if missing > 1 else "report is"
        sys.stderr.write(
            f"retold: {missing:,} {several} in no story yet; `retold refresh` puts each into one\n"
        )


def _say_what_is_not_traced(page: StoriesFound) -> None:
    waiting = sum(one.reports > 1 and one.kinds is None for one in page.stories)
    if waiting:
        sys.stderr.write(
            f"retold: {waiting:,} of these {'is' if waiting == 1 else 'are'} not yet traced; "
            "`retold show STORY` traces one, `retold refresh` the newest\n"
        )


def _colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
