"""Telling the stories that a list begins with, so that it says where they go back to.

A telling costs up to seconds, so it is made when somebody looks at a story. Of most stories a list
would say nothing then; those at its beginning are told ahead, as far as a little time goes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from retold.archive import Archive, stories
from retold.errors import RetoldError
from retold.holdings import StoryLine
from retold.keeping.refreshing import Done
from retold.keeping.tellings import told
from retold.settings import DEFAULTS, Settings

__all__ = ["LARGEST", "WHAT", "trace_first", "trace_stories", "untraced"]

WHAT = "tellings"
LARGEST = 40
"""Reports of a story that is told ahead: one of 200 takes some seconds alone."""

_PAGE = 30
_SECONDS = 10.0


def untraced(lines: Sequence[StoryLine]) -> list[StoryLine]:
    """Those of some stories that have several reports and no telling."""
    return [one for one in lines if one.reports > 1 and one.kinds is None]


def trace_first(
    archive: Archive,
    settings: Settings = DEFAULTS,
    *,
    seconds: float = _SECONDS,
    progress: Callable[[Done], object] = lambda _: None,
) -> Done:
    """Tell the stories on the first page of the list; see `trace_stories`."""
    lines = stories.listed(archive, stories.Asked(limit=_PAGE)).stories
    wanted = [one.id for one in untraced(lines) if one.reports <= LARGEST]
    return trace_stories(archive, wanted, settings, seconds=seconds, progress=progress)


def trace_stories(
    archive: Archive,
    story_ids: Sequence[str],
    settings: Settings = DEFAULTS,
    *,
    seconds: float = _SECONDS,
    progress: Callable[[Done], object] = lambda _: None,
) -> Done:
    """Tell stories, and keep what is found.

    Args:
        archive: open for writing.
        story_ids: the most wanted first.
        settings: of the run.
        seconds: of computing, after which no further one is begun: a busy machine tells as many.
        progress: told after each.

    Returns:
        `done` were told, of `left`; of those `refused` could not be.
    """
    until = time.thread_time() + seconds
    done = refused = 0
    for name in story_ids:
        if time.thread_time() >= until:
            break
        try:
            told(archive, name, settings)
        except RetoldError:  # its page says why
            refused += 1
        done += 1
        progress(Done(WHAT, done, len(story_ids), refused))
    return Done(WHAT, done, len(story_ids), refused)
