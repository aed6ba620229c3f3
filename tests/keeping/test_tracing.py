"""The first stories of the list are told ahead, in a bounded time."""

from __future__ import annotations

import pytest

from retold.archive import open_archive, stories
from retold.keeping import tracing
from retold.keeping.refreshing import Done
from retold.keeping.tracing import trace_first, trace_stories
from tests.web.corrected import keep_two, story_of


@pytest.fixture
def two(tmp_path):
    with open_archive(tmp_path / "a.retold", create=True) as archive:
        keep_two(archive)
        yield archive


def test_the_list_has_roots_and_counts_afterwards(two):
    before = stories.listed(two, stories.Asked()).stories
    assert [one.gist for one in before] == [None, None]
    heard: list[Done] = []
    done = trace_first(two, progress=heard.append)
    assert (done.done, done.left, done.refused) == (1, 1, 0)
    assert heard == [done]
    (told,) = [one for one in stories.listed(two, stories.Asked()).stories if one.reports > 1]
    assert told.gist is not None
    assert told.gist.changes
    assert told.kinds
    assert trace_first(two).left == 0


def test_no_story_is_begun_behind_the_time(two):
    done = trace_first(two, seconds=0.0)
    assert (done.done, done.left) == (0, 1)


def test_large_stories_wait_until_somebody_looks(two, monkeypatch):
    monkeypatch.setattr(tracing, "LARGEST", 2)
    assert trace_first(two).left == 0


def test_what_is_gone_is_counted_and_the_others_are_told(two):
    here = story_of(two, "ferry-1")
    done = trace_stories(two, ["none", here])
    assert (done.done, done.refused) == (2, 1)
    assert stories.get(two, here).line.gist is not None
