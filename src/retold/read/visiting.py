"""Fetching as a guest: robots.txt, pauses, patience, and no more than was asked for.

A page that a person names is fetched as a browser would: robots.txt is for programs that find
their own way, and is not asked. What a list, feed or sitemap leads to is. Both keep the pause
between two fetches from one host, and both try again what fails in passing.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from retold.errors import FetchFailed
from retold.read.backoff import backoff
from retold.read.clock import Clock, SystemClock
from retold.read.remembering import InMemory, Remembered, Visit
from retold.read.robots import LARGEST, Robots
from retold.settings import Settings

if TYPE_CHECKING:
    from retold.read.connecting import Resolver
    from retold.read.fetching import Fetched, Moved

__all__ = ["Visitor"]

_FIRST_RETRY = 1.0
_LONGEST_RETRY = 30.0
_MOST_HOSTS = 10_000


class Visitor:
    """Fetches for one run; knows when it was last at a host, and what the host asked for.

    Args:
        settings: limits, pauses, contact, network.
        clock: tells the time and waits; of this machine by default.
        resolver: name and port → addresses; by default the system's.
        remembered: where robots.txt files are kept; by default for this process.
        draw: numbers from 0 to 1 for the random part of a wait. By default they differ from run
            to run, because many machines with one seed would come back together.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock | None = None,
        resolver: Resolver | None = None,
        remembered: Remembered | None = None,
        draw: Callable[[], float] | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock or SystemClock()
        self._resolver = resolver
        self._draw = draw or random.Random().random
        self._robots = Robots(self._robots_txt, self._clock, remembered or InMemory())
        self._ready: dict[str, float] = {}

    def fetch(self, url: str, *, since: Visit | None = None, by_hand: bool = False) -> Fetched:
        """One page, with patience.

        Args:
            url: http or https.
            since: what is remembered of the page; where it has not changed since, the answer
                has status 304 and no body.
            by_hand: a person named this very page, so robots.txt is not asked.

        Raises:
            Disallowed: by robots.txt.
            NetworkRefused, FetchFailed, TooLarge: see `retold.read.fetching.ask`.
        """
        obeys = self._settings.robots and not by_hand
        return self._patiently(lambda: self._once(url, since, obeys))

    def _patiently(self, attempt: Callable[[], Fetched]) -> Fetched:
        """What an attempt gives; one that fails in passing is made again, within the limits."""
        limits = self._settings.limits
        waited = 0.0
        for number in range(1, limits.fetch_attempts + 1):
            try:
                return attempt()
            except FetchFailed as error:
                wait = max(
                    backoff(number, first=_FIRST_RETRY, most=_LONGEST_RETRY, draw=self._draw()),
                    error.retry_after or 0.0,
                )
                waited += wait
                last = number == limits.fetch_attempts or waited > limits.retry_seconds
                if last or not error.passing:
                    raise
            self._clock.sleep(wait)
        raise FetchFailed("no attempt is allowed", advice="Raise limits.fetch_attempts")

    def _once(self, url: str, since: Visit | None, obeys: bool) -> Fetched:
        """One attempt. Waiting and robots.txt are no part of the time that the page may take."""
        from retold.read.fetching import ask, follow

        settings = self._settings
        left = settings.limits.fetch_seconds
        last_host: str | None = None

        def hop(target: str) -> Fetched | Moved:
            nonlocal left, last_host
            if obeys:
                self._robots.require(target)
            host = _host(target)
            if host != last_host:
                self._wait(target, host, obeys)
            last_host = host
            begun = time.monotonic()
            try:
                return ask(
                    target,
                    settings,
                    begun + left,
                    resolver=self._resolver,
                    since=since,
                    clock=self._clock,
                )
            except FetchFailed as error:
                self._hold(host, error)
                raise
            finally:
                left -= time.monotonic() - begun
                self._note(host)

        return follow(url, settings.limits, hop)

    def left(self, url: str) -> float:
        """Seconds until the host of an address may be asked again, as far as is known."""
        try:
            host = _host(url)
            asked = self._robots.known_delay(url) if self._settings.robots else 0.0
        except ValueError:
            return 0.0  # no valid address: it is refused before any connection
        return max(0.0, self._left(host, asked))

    def _left(self, host: str, asked: float) -> float:
        # `_ready` already holds the common pause; a site may ask for more of it.
        more = max(0.0, min(asked, self._settings.limits.crawl_delay) - self._settings.fetch_pause)
        ready = self._ready.get(host)
        return 0.0 if ready is None else ready + more - self._clock.monotonic()

    def _wait(self, url: str, host: str, obeys: bool) -> None:
        """Until a host may be asked again.

        Raises:
            FetchFailed: it asked for a longer wait than one fetch may take.
        """
        wait = self._left(host, self._robots.delay(url) if obeys else 0.0)
        if wait > self._settings.limits.retry_seconds + self._settings.limits.crawl_delay:
            raise FetchFailed(
                f"the server asked to wait for another {wait:.0f} s",
                advice="Try again later",
                retry_after=wait,
            )
        if wait > 0:
            self._clock.sleep(wait)

    def _note(self, host: str) -> None:
        """That a host was asked just now."""
        ready = self._clock.monotonic() + self._settings.fetch_pause
        self._ready[host] = max(ready, self._ready.pop(host, ready))
        if len(self._ready) > _MOST_HOSTS:
            del self._ready[next(iter(self._ready))]

    def _hold(self, host: str, error: FetchFailed) -> None:
        """A host that asks for patience is left alone by every fetch of this run, a day at most."""
        if error.retry_after and error.status in (429, 503):
            until = self._clock.monotonic() + min(error.retry_after, 86_400.0)
            self._ready[host] = max(until, self._ready.get(host, until))

    def _robots_txt(self, url: str, since: Visit | None) -> Fetched:
        """A robots.txt, as much of it as is read."""
        from retold.read.fetching import ask, follow

        settings = self._settings

        def attempt() -> Fetched:
            deadline = time.monotonic() + settings.limits.fetch_seconds
            try:
                return follow(
                    url,
                    settings.limits,
                    lambda target: ask(
                        target,
                        settings,
                        deadline,
                        resolver=self._resolver,
                        since=since,
                        most=LARGEST,
                        clock=self._clock,
                    ),
                )
            finally:
                self._note(_host(url))

        return self._patiently(attempt)


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
