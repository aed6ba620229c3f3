"""When a feed, or a page that a feed named, is looked at next."""

from __future__ import annotations

import re
from collections.abc import Callable

from retold.read.backoff import backoff
from retold.settings import Watching

__all__ = ["A_WEEK", "asked_pause", "next_pause", "wait_for_feed", "wait_for_page"]

# No server is let to keep us away for longer, whatever it says.
A_WEEK = 7 * 86_400
_HEAD = 20_000
_TTL = re.compile(rb"<ttl>\s{0,20}([0-9]{1,6})\s{0,20}</ttl>")
_PERIOD = re.compile(
    rb"<(?:sy:)?updatePeriod[^<>]{0,200}>\s{0,20}(hourly|daily|weekly|monthly|yearly)\s{0,20}<"
)
_FREQUENCY = re.compile(rb"<(?:sy:)?updateFrequency[^<>]{0,200}>\s{0,20}([0-9]{1,4})\s{0,20}<")
_SECONDS = {b"hourly": 3_600, b"daily": 86_400, b"weekly": 604_800, b"monthly": 2_592_000}
_FIRST_FAILURE = 300.0


def asked_pause(raw: bytes, max_age: int | None) -> int:
    """Seconds for which a feed asks not to be looked at again; 0 where it says nothing.

    Read are `ttl` (minutes; RSS 2.0), `sy:updatePeriod` with `sy:updateFrequency` (RSS 1.0
    module "syndication"), and how long the answer stays fresh (Cache-Control, RFC 9111).

    Args:
        raw: the feed.
        max_age: of the answer.
    """
    head = raw[:_HEAD]
    asked = max_age or 0
    if found := _TTL.search(head):
        asked = max(asked, 60 * int(found.group(1)))
    if found := _PERIOD.search(head):
        times = _FREQUENCY.search(head)
        each = _SECONDS.get(found.group(1), A_WEEK)
        asked = max(asked, each // max(1, int(times.group(1)) if times else 1))
    return asked


def next_pause(pause: int, new: int, asked: int, settings: Watching) -> int:
    """Seconds until the next look at a feed that answered.

    Halved when the feed brought something, half as much again when it did not: a pause goes
    from one limit to the other within a few looks, and back as the feed falls silent.
    `python benchmarks/speed/watching.py` measures what that costs and finds.

    Args:
        pause: before this look; 0 for the first.
        new: how much this look brought.
        asked: see `asked_pause`; kept to as far as the limits allow.
        settings: the limits.
    """
    followed = pause // 2 if new else pause + pause // 2
    wished = followed if pause else settings.first
    return max(settings.shortest, min(max(wished, asked), settings.longest))


def wait_for_feed(
    failures: int, retry_after: float | None, settings: Watching, draw: Callable[[], float]
) -> int:
    """Seconds until a feed that failed is asked again."""
    first = float(settings.shortest)
    wait = backoff(failures, first=first, most=float(settings.failing), draw=draw())
    return _at_least(wait, retry_after)


def wait_for_page(
    failures: int, retry_after: float | None, settings: Watching, draw: Callable[[], float]
) -> int:
    """Seconds until a page that failed is fetched again."""
    wait = backoff(failures, first=_FIRST_FAILURE, most=float(settings.failing), draw=draw())
    return _at_least(wait, retry_after)


def _at_least(wait: float, retry_after: float | None) -> int:
    return int(max(1.0, wait, min(retry_after or 0.0, A_WEEK)))
