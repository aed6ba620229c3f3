"""Pauses stay within their limits, whatever feeds bring and ask for."""

from __future__ import annotations

import json
import shlex
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.keeping.events import Event, as_json, as_line
from retold.keeping.schedule import (
    A_WEEK,
    asked_pause,
    next_pause,
    wait_for_feed,
    wait_for_page,
)
from retold.settings import Watching

LIMITS = Watching()


@given(
    st.lists(st.integers(0, 50), max_size=60), st.integers(0, 10_000_000), st.integers(0, 100_000)
)
def test_pauses_stay_within_limits(brought: list[int], asked: int, pause: int) -> None:
    for new in brought:
        before = pause
        pause = next_pause(pause, new, asked, LIMITS)
        assert LIMITS.shortest <= pause <= LIMITS.longest
        assert pause >= min(asked, LIMITS.longest)
        if before and new and asked <= before // 2:
            assert pause <= max(before // 2, LIMITS.shortest)
        if before and not new:
            assert pause >= min(before, LIMITS.longest)


@given(st.integers(1, 100_000), st.none() | st.floats(0, 1e12), st.floats(0, 1))
def test_waits_after_failures_end(failures: int, asked: float | None, draw: float) -> None:
    for wait_for in (wait_for_feed, wait_for_page):
        wait = wait_for(failures, asked, LIMITS, lambda: draw)
        assert 1 <= wait <= max(LIMITS.failing, A_WEEK)
        assert asked is None or wait >= int(min(asked, A_WEEK))
        if asked is None:
            assert wait <= LIMITS.failing
            later = wait_for(failures + 1, asked, LIMITS, lambda: draw)
            assert later >= wait
            if failures > 12:
                assert wait >= LIMITS.failing // 2


@pytest.mark.parametrize(
    ("raw", "max_age", "seconds"),
    [
        (b"<rss/>", None, 0),
        (b"<rss><ttl>60</ttl></rss>", None, 3_600),
        (b"<rss><ttl> 60 </ttl></rss>", 7_200, 7_200),
        (b"<ttl>sixty</ttl>", None, 0),
        (b"<ttl>-5</ttl>", 60, 60),
        (b"<sy:updatePeriod>hourly</sy:updatePeriod>", None, 3_600),
        (
            b"<sy:updatePeriod>\nhourly\t</sy:updatePeriod><sy:updateFrequency>2"
            b"</sy:updateFrequency>",
            None,
            1_800,
        ),
        (
            b"<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
            0,
            86_400,
        ),
        (b"x" * 30_000 + b"<ttl>60</ttl>", None, 0),
        (b"<ttl>" * 4_000, None, 0),
    ],
)
def test_what_a_feed_asks_for(raw: bytes, max_age: int | None, seconds: int) -> None:
    assert asked_pause(raw, max_age) == seconds


@given(st.text(), st.text(alphabet="\n\r\x1b\u202e \"'\\=\0\ud800a"))
def test_an_event_is_one_line_that_hides_nothing(url: str, reason: str) -> None:
    event = Event("2031-03-04T08:15:00Z", "failed", url=url, reason=reason, failures=3)
    line = as_line(event)
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in line)
    assert line.startswith("2031-03-04T08:15:00Z failed ")
    assert line.splitlines() == [line]
    assert " failures=3" in line
    written = as_json(event)
    assert written.isascii()
    assert json.loads(written)["failures"] == 3


def test_values_with_blanks_are_quoted() -> None:
    event = Event("2031-03-04T08:15:00Z", "failed", reason="no answer = none", gap=True)
    line = as_line(event)
    assert line == '2031-03-04T08:15:00Z failed gap=yes reason="no answer = none"'
    assert shlex.split(line)[-1] == "reason=no answer = none"
