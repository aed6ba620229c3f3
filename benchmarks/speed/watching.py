"""Weeks of watching in minutes: how often feeds are asked, what is found how late, what it costs.

    python benchmarks/speed/watching.py [--feeds 40] [--days 14]

Feeds are invented: each brings 0.2 to 40 articles a day, more by day than by night, as whole
texts; one in ten fails for days, one in twenty is slow to say "unchanged". Nothing is sent: the
requests are answered in this process, and the clock is turned by hand. Beside the figures stand
those of asking every feed every half an hour, the usual default of feed readers.
"""

from __future__ import annotations

import argparse
import bisect
import math
import random
import resource
import tempfile
import time
from dataclasses import dataclass
from email.utils import formatdate
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from retold.archive import open_archive
from retold.archive.feeds import follow
from retold.archive.getting import count
from retold.errors import FetchFailed
from retold.keeping.stopping import Stop, Stopped
from retold.keeping.tools import tools
from retold.keeping.watching import watch
from retold.read.fetching import Fetched
from retold.settings import Settings, Watching

DAY = 86_400
START = 1_930_003_200  # a midnight
_WINDOW = 30
_USUAL = 1_800


class Hands:
    """A clock that moves when it is slept by, and ends the watch in time."""

    def __init__(self, until: float) -> None:
        self.time = float(START)
        self.until = until

    def monotonic(self) -> float:
        """Seconds."""
        return self.time

    def now(self) -> float:
        """Seconds since 1970."""
        return self.time

    def sleep(self, seconds: float) -> None:
        """Turns the clock."""
        self.time += seconds
        if self.time > self.until:
            raise Stopped


@dataclass
class Feed:
    """Times of its articles, and of its failures."""

    articles: list[float]
    fails: tuple[float, float] | None
    requests: int = 0
    unchanged: int = 0


def made(draw: random.Random, days: int) -> Feed:
    """A feed whose articles come by chance, three times as many by day as by night."""
    rate = math.exp(draw.uniform(math.log(0.2), math.log(40.0)))
    at, articles = float(START - 5 * DAY), []
    while at < START + days * DAY:
        at += draw.expovariate(rate * 1.5 / DAY)
        hour = at % DAY / 3_600
        if 7 <= hour < 23 or draw.random() < 1 / 3:
            articles.append(at)
    begin = START + draw.random() * days * DAY
    fails = (begin, begin + draw.uniform(0.1, 3) * DAY) if draw.random() < 0.1 else None
    return Feed(articles, fails)


class Web:
    """Answers in this process, as `retold.read.fetching.ask` would."""

    def __init__(self, feeds: dict[str, Feed], clock: Hands) -> None:
        self.feeds = feeds
        self.clock = clock
        self.robots = 0

    def ask(self, url: str, settings: Settings, deadline: float, **how: Any) -> Fetched:
        """An answer; takes what `retold.read.fetching.ask` takes."""
        parts = urlsplit(url)
        if parts.path == "/robots.txt":
            self.robots += 1
            raise FetchFailed("404", status=404)
        feed = self.feeds[parts.hostname or ""]
        feed.requests += 1
        now = self.clock.time
        if feed.fails and feed.fails[0] <= now < feed.fails[1]:
            raise FetchFailed("500", status=500)
        end = bisect.bisect_right(feed.articles, now)
        begin = max(0, end - _WINDOW)
        etag = f'"{begin}-{end}"'
        since = how.get("since")
        same = since is not None and since.etag == etag
        feed.unchanged += same
        body = b"" if same else self.body(parts.hostname or "", feed.articles, begin, end)
        return Fetched(url, body, "application/rss+xml", "utf-8", "", 304 if same else 200, etag)

    @staticmethod
    def body(host: str, articles: list[float], begin: int, end: int) -> bytes:
        """A feed of some articles, the newest first."""
        items = []
        for number in range(end - 1, begin - 1, -1):
            words = sha256(f"{host}{number}".encode()).hexdigest()
            text = " ".join(words[i : i + 4] for i in range(0, 60, 2)) * 8
            items.append(
                f"<item><title>{words[:9]}</title><link>https://{host}/{number}</link><pubDate>"
                f"{formatdate(articles[number], usegmt=True)}</pubDate>"
                f"<content:encoded><![CDATA[<p>{text}.</p>]]></content:encoded></item>"
            )
        return (
            '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
            f"<title>{host}</title>{''.join(items)}</channel></rss>"
        ).encode()


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=40)
    parser.add_argument("--days", type=int, default=14)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=int, default=Watching().longest)
    given = parser.parse_args()
    settings = Settings(watching=Watching(longest=given.longest))
    draw = random.Random(given.seed)
    feeds = {f"feed{n}.example": made(draw, given.days) for n in range(given.feeds)}
    clock = Hands(START + given.days * DAY)
    web = Web(feeds, clock)
    found: dict[str, dict[str, float]] = {host: {} for host in feeds}
    gaps = 0

    def tell(event: Any) -> None:
        nonlocal gaps
        gaps += event.gap
        if event.event == "added":
            found[urlsplit(event.url).hostname or ""][event.url] = clock.time

    memory: list[int] = []
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder) / "watch.retold"
        with (
            open_archive(where, create=True) as archive,
            patch("retold.read.fetching.ask", web.ask),
        ):
            kit = tools(archive, settings, clock, tell, random.Random(7).random)
            followed = follow(archive, [(f"https://{h}/feed", None) for h in feeds], START)
            begun, cpu = time.monotonic(), time.process_time()
            for day in range(given.days):
                clock.until = START + (day + 1) * DAY
                watch(kit, followed, Stop())
                clock.time = max(clock.time, clock.until)
                memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
            wall, cpu = time.monotonic() - begun, time.process_time() - cpu
            reports = count(archive)
    polls = sum(feed.requests for feed in feeds.values())
    late = sorted(
        found[host][url] - at
        for host, feed in feeds.items()
        for number, at in enumerate(feed.articles)
        if at > START and (url := f"https://{host}/{number}") in found[host]
    )
    due = sum(START < at < clock.until for feed in feeds.values() for at in feed.articles)
    usual = given.feeds * given.days * DAY // _USUAL
    each = given.feeds * given.days
    median, most, nearly_all = (late[len(late) * n // 100] / 60 for n in (50, 90, 99))
    middle = memory[len(memory) // 2]
    print(
        f"{given.feeds} invented feeds, {given.days} days, seed {given.seed}, {settings.watching}"
    )
    print(f"requests            {polls:>8,}   {polls / each:.1f} a feed and day")
    print(f"  every half hour   {usual:>8,}   {usual / each:.1f}")
    print(f"  answered 304      {sum(f.unchanged for f in feeds.values()):>8,}")
    print(f"robots.txt          {web.robots:>8,}   {web.robots / each:.2f} a feed and day")
    print(f"articles            {due:>8,}   in the archive {len(late):,} ({len(late) / due:.2%})")
    print(f"reports             {reports:>8,}   with those from before; gaps told {gaps}")
    print(f"late, minutes       median {median:.0f}, 90 % {most:.0f}, 99 % {nearly_all:.0f}")
    print("  every half hour   median 15, 90 % 27, 99 % 30")
    print(f"time                {cpu:.1f} s CPU, {wall:.1f} s wall; {cpu / polls:.4f} s a request")
    print(
        f"memory, MB          after a day {memory[0]}, half way {middle}, at the end {memory[-1]}"
    )


if __name__ == "__main__":
    main()
