"""An invented newsroom with a feed, its pages, and a clock that lets weeks pass in a moment."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email.utils import formatdate
from hashlib import sha256
from pathlib import Path
from typing import Any

from retold.archive import Archive, open_archive
from retold.archive.feeds import Feed, follow
from retold.keeping.events import Event
from retold.keeping.remembering import InArchive
from retold.keeping.stopping import Stop, Stopped
from retold.keeping.tools import Tools
from retold.keeping.watching import Watched, watch
from retold.read.visiting import Visitor
from retold.settings import Limits, Settings
from tests.archive.made import made
from tests.read.serving import Answer, Asked, Hands, Server, here

HOUR = 3_600.0
DAY = 24 * HOUR
OPEN = Settings(
    allow_private_network=True, contact="desk@tide.example", limits=Limits(fetch_seconds=5)
)
_WORDS = (
    "The harbour council of Port Vale said on {day} that ferry number {n} would sail again after "
    "repairs to its engines. Skipper Anna Holm had asked for new ropes. The repairs cost more than "
    "the council had planned, and the opposition asked for an inquiry into the yard's contract."
)


class Weeks(Hands):
    """A clock that ends the watch at some time."""

    def __init__(self, until: float = 0.0) -> None:
        super().__init__()
        self.until = self.time + until

    def sleep(self, seconds: float) -> None:
        if self.time + seconds > self.until:
            self.time = self.until
            raise Stopped
        super().sleep(seconds)


class Newsroom:
    """A feed at /feed and its articles, at a server of this machine."""

    def __init__(self, server: Server, clock: Hands, host: str = "tide.example") -> None:
        self.server = server
        self.clock = clock
        self.host = host
        self.articles: list[int] = []
        self.whole = False
        self.most = 20
        self.extra = ""
        server.answers["/feed"] = self.feed
        server.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /secret\n")

    @property
    def address(self) -> str:
        return self.server.url("/feed", self.host)

    def publish(self, *numbers: int) -> None:
        for number in numbers:
            self.articles.insert(0, number)
            self.server.answers[f"/news/{number}"] = self.page(number)

    def text(self, number: int) -> str:
        return _WORDS.format(n=number, day=("Monday", "Friday")[number % 2])

    def page(self, number: int, text: str | None = None) -> Any:
        body = (
            f'<!DOCTYPE html><html lang="en"><head><title>Ferry {number} sails</title></head>'
            f"<body><article><h1>Ferry {number} sails</h1><p>{text or self.text(number)}</p>"
            "</article></body></html>"
        ).encode()
        etag = f'"{sha256(body).hexdigest()[:8]}"'

        def answer(asked: Asked) -> Answer:
            if asked.headers.get("if-none-match") == etag:
                return Answer(status=304, headers={"ETag": etag})
            return Answer(body, headers={"ETag": etag, "Content-Type": "text/html"})

        return answer

    def raw(self) -> bytes:
        items = []
        for number in self.articles[: self.most]:
            url = self.server.url(f"/news/{number}", self.host)
            content = (
                f"<content:encoded><![CDATA[<p>{self.text(number)}</p>]]></content:encoded>"
                if self.whole
                else ""
            )
            date = formatdate(1_930_000_000 + number * 60, usegmt=True)
            items.append(
                f"<item><title>Ferry {number} sails</title><link>{url}</link><description>Ferry "
                f"{number}</description><pubDate>{date}</pubDate>{content}</item>"
            )
        return (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
            'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
            f"<title>The Harbour Tide</title>{self.extra}{''.join(items)}</channel></rss>"
        ).encode()

    def feed(self, asked: Asked) -> Answer:
        body = self.raw()
        etag = f'"{sha256(body).hexdigest()[:8]}"'
        if asked.headers.get("if-none-match") == etag:
            return Answer(status=304, headers={"ETag": etag})
        return Answer(body, headers={"ETag": etag, "Content-Type": "application/rss+xml"})

    def asked(self, path: str) -> int:
        return self.server.paths().count(path)


class Desk:
    """Someone who watches: an archive, a clock, and a log."""

    def __init__(self, folder: Path, clock: Weeks, settings: Settings = OPEN) -> None:
        self.folder = folder
        self.where: Path | str = folder / "news.retold"
        self.clock = clock
        self.settings = settings
        self.log: list[Event] = []
        self.stop = Stop()
        self._archive: Archive | None = None

    @contextmanager
    def open(self) -> Iterator[Archive]:
        """Opened once, because opening costs more than what a test does with it."""
        if self._archive is None:
            self._archive = open_archive(made(self.where), create=True)
        yield self._archive

    def restart(self) -> None:
        """As after the end of the process."""
        if self._archive is not None:
            self._archive.close()
        self._archive = None
        self.stop = Stop()

    def tools(self, archive: Archive) -> Tools:
        draw = random.Random(5).random
        visitor = Visitor(
            self.settings,
            clock=self.clock,
            resolver=here,
            remembered=InArchive(archive),
            draw=draw,
        )
        return Tools(archive, visitor, self.settings, self.clock, draw, self.log.append)

    def watch(
        self, addresses: Sequence[str], seconds: float = 0.0, *, once: bool = False
    ) -> Watched:
        self.clock.until = self.clock.time + (seconds if not once else DAY)
        with self.open() as archive:
            given = [(one, None) for one in addresses]
            feeds = follow(archive, given, int(self.clock.now()))
            return watch(self.tools(archive), feeds, self.stop, once=once)

    def events(self, kind: str) -> list[Event]:
        return [one for one in self.log if one.event == kind]

    def feeds(self) -> list[Feed]:
        from retold.archive.feeds import all_feeds

        with self.open() as archive, archive.reading() as connection:
            return all_feeds(connection)

    def reports(self) -> list[Any]:
        from retold.archive.getting import each

        with self.open() as archive:
            return list(each(archive))
