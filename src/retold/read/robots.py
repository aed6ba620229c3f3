"""robots.txt: what a site asks of programs (RFC 9309), parsed by protego.

    answered with 200      its rules hold for a day
    answered with 4xx      there are none: everything is allowed, for a day
    429, 5xx, no answer    everything is disallowed, and asked again after ten minutes, then twice
                           as long, up to a day; rules that were read before go on to hold

The first 500 KiB are read. Whether an address is public is checked for robots.txt as for any
fetch; its redirects are followed, also to other hosts, and the rules found there hold for the
host that was asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from retold.errors import Disallowed, FetchFailed, InputRefused
from retold.read.backoff import backoff
from retold.read.clock import Clock
from retold.read.remembering import Remembered, Visit

if TYPE_CHECKING:
    from protego import Protego

    from retold.read.fetching import Fetched

__all__ = ["AGENT", "LARGEST", "Robots", "origin_of"]

# The name under which rules address this program.
AGENT = "Retold"
# What a crawler must read at least (RFC 9309, section 2.5), and this one at most.
LARGEST = 500 * 1024
# Rules should not be used for longer than a day (section 2.4).
_A_DAY = 86_400.0
_FIRST_PAUSE = 600.0
_MOST_SITES = 500


@dataclass(frozen=True, slots=True)
class _Site:
    """What is known of a site: until when, its rules, and why there are none."""

    until: float
    rules: Protego | None
    why: str | None


class Robots:
    """The rules of the sites met, each asked for once a day.

    Args:
        get: one robots.txt of at most `LARGEST` bytes, with what is remembered of it; raises as
            `retold.read.fetching.ask`.
        clock: tells the time.
        remembered: where robots.txt files are kept between runs.
    """

    def __init__(
        self,
        get: Callable[[str, Visit | None], Fetched],
        clock: Clock,
        remembered: Remembered,
    ) -> None:
        self._get = get
        self._clock = clock
        self._remembered = remembered
        self._sites: dict[str, _Site] = {}

    def require(self, url: str) -> None:
        """Nothing, where a page may be fetched.

        Raises:
            Disallowed: it may not.
            NetworkRefused: robots.txt leads to an address that is not fetched.
        """
        site = self._site(url)
        if site.why is not None:
            raise Disallowed(
                f"the site's robots.txt could not be read, so nothing is fetched: {site.why}",
                advice="Try again later",
                retry_after=max(0.0, site.until - self._clock.now()),
            )
        if site.rules is not None and not site.rules.can_fetch(url, AGENT):
            raise Disallowed(
                "the site's robots.txt asks programs not to fetch this page",
                advice="Save the page in a browser and give the file",
            )

    def delay(self, url: str) -> float:
        """Seconds that the site asks for between two fetches; 0 where it says nothing."""
        rules = self._site(url).rules
        if rules is None:
            return 0.0
        asked = float(rules.crawl_delay(AGENT) or 0.0)
        rate = rules.request_rate(AGENT)
        return max(asked, rate.seconds / rate.requests if rate and rate.requests else 0.0)

    def known_delay(self, url: str) -> float:
        """As `delay`, without asking; 0 for a site whose rules are not known."""
        site = self._sites.get(origin_of(url))
        return 0.0 if site is None or site.until <= self._clock.now() else self.delay(url)

    def _site(self, url: str) -> _Site:
        origin = origin_of(url)
        site = self._sites.get(origin)
        if site is None or site.until <= self._clock.now():
            self._sites.pop(origin, None)
            site = self._sites[origin] = self._looked_up(f"{origin}/robots.txt")
            if len(self._sites) > _MOST_SITES:
                del self._sites[next(iter(self._sites))]
        return site

    def _looked_up(self, url: str) -> _Site:
        now = self._clock.now()
        visit = self._remembered.get(url)
        # A clock that was set back must not keep a rule for years.
        if visit is None or not visit.checked <= now < _until(visit):
            visit = self._asked(url, visit, now)
            self._remembered.put(url, visit)
        why = None
        if visit.failures and visit.body is None:
            why = f"the server answered {visit.status}" if visit.status else "no answer"
        return _Site(_until(visit), _parsed(visit.body), why)

    def _asked(self, url: str, before: Visit | None, now: float) -> Visit:
        failures = (before.failures if before else 0) + 1
        kept = before.body if before else None
        try:
            served = self._get(url, before if kept is not None else None)
        except FetchFailed as error:
            status = error.status or 0
            if status == 429 or not 200 <= status < 500:
                return Visit(status, now, failures=failures, body=kept)
            return Visit(status, now)
        except InputRefused:  # over a size limit
            return Visit(200, now, failures=failures, body=kept)
        if served.status == 304 and before is not None:
            return replace(before, status=200, checked=now, failures=0)
        return Visit(200, now, served.url, served.etag, served.last_modified, body=served.body)


def _until(visit: Visit) -> float:
    """When what a visit found is to be asked for again."""
    if not visit.failures:
        return visit.checked + _A_DAY
    return visit.checked + backoff(visit.failures, first=_FIRST_PAUSE, most=_A_DAY, draw=1.0)


def origin_of(url: str) -> str:
    """Scheme, host and port of a valid URL: what one robots.txt speaks for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _parsed(body: bytes | None) -> Protego | None:
    if body is None:
        return None
    from protego import Protego  # 10 ms

    text = body.decode("utf-8-sig", "replace").replace("\0", "")
    return Protego.parse(text)
