"""Fetching a page: public addresses only, small, soon, and honestly named.

The address is checked where the connection is made, on the very address that is connected to:
names are resolved once, every address they resolve to must be public, and the first of them is
used. A name that resolves differently a moment later therefore gains nothing, and a redirect is
checked like the first address. Environment proxies are not used, because they would resolve
names on their own.

This is one request. Pages are fetched by `retold.read.visiting`, with robots.txt, pauses and
patience.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from retold.errors import FetchFailed, NetworkRefused, RetoldError
from retold.read.clock import Clock, SystemClock
from retold.read.connecting import SAVE, Resolver, resolve, transport
from retold.read.remembering import Visit
from retold.read.transfer import body
from retold.settings import Limits, Settings
from retold.version import __version__

if TYPE_CHECKING:
    import httpx2

__all__ = ["Fetched", "Moved", "ask", "checked", "content_type", "follow"]

_REDIRECTS = (301, 302, 303, 307, 308)
_PERMANENT = (301, 308)
# Answers that say "not now" (RFC 6585 and RFC 9110), or that a gateway gives for a server that
# does not answer just now. A plain 500 is as likely a page that is broken for good.
_PASSING = (429, 502, 503, 504)
_LONGEST_URL = 4_000
_LONGEST_VALIDATOR = 1_000


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server gave.

    Attributes:
        url: of the last hop.
        body: decompressed.
        media_type, charset: from the Content-Type header, lower case.
        time: UTC, to the second, when the answer had come.
        status: 200; or 304, without a body, for a page that has not changed.
        etag, last_modified: for the next time.
        max_age: seconds for which the answer is said to be fresh (Cache-Control); None if unsaid.
        moved: the address to use from now on, where permanent redirects led there.
    """

    url: str
    body: bytes
    media_type: str | None
    charset: str | None
    time: str
    status: int = 200
    etag: str | None = None
    last_modified: str | None = None
    max_age: int | None = None
    moved: str | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """A redirect: where to, checked, and whether for good."""

    url: str
    permanent: bool


def follow(url: str, limits: Limits, hop: Callable[[str], Fetched | Moved]) -> Fetched:
    """What is found at the end of the redirects.

    Args:
        url: the first address.
        limits: how many redirects are followed.
        hop: asks for one address.

    Raises:
        NetworkRefused: an address that is not fetched; and as `hop`.
        FetchFailed: too many redirects; and as `hop`.
    """
    target = checked(url)
    moved: str | None = None
    for_good = True
    for _ in range(limits.redirects + 1):
        answer = hop(target)
        if isinstance(answer, Fetched):
            return replace(answer, moved=moved)
        for_good = for_good and answer.permanent
        target = answer.url
        if for_good:
            moved = target
    raise FetchFailed(f"more than {limits.redirects} redirects", advice=SAVE)


def ask(
    url: str,
    settings: Settings,
    deadline: float,
    *,
    resolver: Resolver | None = None,
    since: Visit | None = None,
    most: int | None = None,
    clock: Clock | None = None,
) -> Fetched | Moved:
    """One request.

    Args:
        url: as `checked` gives it.
        settings: limits, contact, and whether private addresses are allowed.
        deadline: when the whole answer must be there, by `time.monotonic`.
        resolver: name and port → addresses; by default the system's.
        since: what is remembered of this very address; where it has not changed since, no body
            comes.
        most: take so many bytes of the body and leave the rest; None for all of it, which then
            must keep to the limits.
        clock: of this machine by default.

    Raises:
        NetworkRefused: an address that is not fetched.
        FetchFailed: no answer, a broken one, or an error.
        TooLarge: over a size limit.
    """
    import httpx2

    clock = clock or SystemClock()
    since = since if since is not None and since.url == url else None
    try:
        with httpx2.Client(
            transport=transport(settings, resolver or resolve, deadline),
            trust_env=False,
            follow_redirects=False,
            timeout=settings.limits.fetch_seconds,
        ) as client:
            request = client.build_request("GET", url, headers=_headers(settings, since))
            response = client.send(request, stream=True)
            try:
                return _answer(response, url, settings, deadline, most, clock, since)
            finally:
                response.close()
    except RetoldError:
        raise
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as error:
        reason = f"{type(error).__name__}: {str(error)[:200]}".rstrip(": ")
        passing = isinstance(error, httpx2.TransportError | OSError)
        raise FetchFailed(
            f"the page could not be fetched: {reason}", advice=SAVE, passing=passing
        ) from None


def _answer(
    response: httpx2.Response,
    url: str,
    settings: Settings,
    deadline: float,
    most: int | None,
    clock: Clock,
    since: Visit | None,
) -> Fetched | Moved:
    import httpx2

    status, headers = response.status_code, response.headers
    location = headers.get("location")
    if status in _REDIRECTS and location:
        return Moved(checked(str(httpx2.URL(url).join(location))), status in _PERMANENT)
    unchanged = status == 304 and since is not None
    if status != 200 and not unchanged:
        raise FetchFailed(
            f"the server answered {status} {response.reason_phrase}".strip(),
            advice="Check the address, or " + SAVE.lower(),
            status=status,
            retry_after=_seconds(headers.get("retry-after"), clock.now()),
            passing=status in _PASSING,
        )
    content = b"" if unchanged else b"".join(body(response, settings, deadline, most))
    media_type, charset = content_type(headers.get("content-type", ""))
    return Fetched(
        url=url,
        body=content,
        media_type=media_type,
        charset=charset,
        time=datetime.fromtimestamp(clock.now(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        status=status,
        etag=_validator(headers.get("etag")),
        last_modified=_validator(headers.get("last-modified")),
        max_age=_max_age(headers.get("cache-control", "")),
    )


def _headers(settings: Settings, since: Visit | None) -> dict[str, str]:
    contact = "".join(c for c in settings.contact or "" if 32 <= ord(c) < 127)[:200].strip()
    who = f"+{contact}" if contact else "reads news reports for a person"
    headers = {
        "User-Agent": f"Retold/{__version__} ({who})",
        "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1",
        "Accept-Encoding": "gzip, deflate",
    }
    if since is not None and since.etag:
        headers["If-None-Match"] = since.etag
    if since is not None and since.last_modified:
        headers["If-Modified-Since"] = since.last_modified
    return headers


def _validator(value: str | None) -> str | None:
    """A header that may be sent back as it came; None for one that may not."""
    if not value or len(value) > _LONGEST_VALIDATOR or not value.isascii() or "\n" in value:
        return None
    return value if value.isprintable() else None


def _max_age(value: str) -> int | None:
    for directive in value.lower().split(",")[:20]:
        name, _, seconds = directive.strip().partition("=")
        seconds = seconds.strip('"')
        if name == "max-age" and seconds.isascii() and seconds.isdigit():
            return int(seconds[:9])
    return None


def _seconds(value: str | None, now: float) -> float | None:
    """Retry-After as seconds from now, never negative (RFC 9110, section 10.2.3)."""
    value = (value or "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:12])
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - now)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def checked(url: str) -> str:
    """A URL that may be fetched.

    Raises:
        NetworkRefused: another scheme, a user name, no host, or no URL at all.
    """
    import httpx2

    if len(url) > _LONGEST_URL or any(ord(c) < 33 for c in url):
        raise NetworkRefused("no valid URL", advice="Check the address")
    try:
        parsed = httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError):
        raise NetworkRefused("no valid URL", advice="Check the address") from None
    if parsed.scheme not in ("http", "https"):
        raise NetworkRefused(
            f"only http and https are fetched, not {parsed.scheme!r}",
            advice="Give a file's path, or an http address",
        )
    if parsed.userinfo or "@" in parsed.netloc.decode("ascii", "replace"):
        raise NetworkRefused("a URL with a user name is not fetched", advice=SAVE)
    if not parsed.host:
        raise NetworkRefused("a URL without a host", advice="Check the address")
    return str(parsed)


def content_type(header: str) -> tuple[str | None, str | None]:
    """Media type and charset of a Content-Type header, lower case; None for what it lacks."""
    kind, _, rest = header.partition(";")
    charset = None
    for parameter in rest.split(";"):
        name, found, value = parameter.partition("=")
        if found and name.strip().lower() == "charset":
            charset = value.strip().strip("\"'").lower()[:40] or None
    return kind.strip().lower()[:100] or None, charset
