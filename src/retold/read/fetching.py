"""Fetching a page: public addresses only, small, soon, and honestly named.

The address is checked where the connection is made, on the very address that is connected to:
names are resolved once, every address they resolve to must be public, and the first of them is
used. A name that resolves differently a moment later therefore gains nothing, and a redirect is
checked like the first address. Environment proxies are not used, because they would resolve
names on their own.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from retold.errors import FetchFailed, NetworkRefused, RetoldError
from retold.read.connecting import SAVE, Resolver, resolve, transport
from retold.read.transfer import body
from retold.settings import Settings
from retold.version import __version__

if TYPE_CHECKING:
    import httpx2

__all__ = ["Fetched", "content_type", "fetch"]

_REDIRECTS = (301, 302, 303, 307, 308)
_LONGEST_URL = 4_000


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server gave.

    Attributes:
        url: of the last hop.
        body: decompressed.
        media_type, charset: from the Content-Type header, lower case.
        time: UTC, to the second, when the answer had come.
    """

    url: str
    body: bytes
    media_type: str | None
    charset: str | None
    time: str


def fetch(url: str, settings: Settings, *, resolver: Resolver | None = None) -> Fetched:
    """One page.

    Args:
        url: http or https, without a user name.
        settings: limits, and whether private addresses are allowed.
        resolver: name and port → addresses; by default the system's.

    Raises:
        NetworkRefused: an address that is not fetched.
        FetchFailed: no answer, a broken one, or an error.
        TooLarge: over a size limit.
    """
    import httpx2

    deadline = time.monotonic() + settings.limits.fetch_seconds
    try:
        with httpx2.Client(
            transport=transport(settings, resolver or resolve, deadline),
            trust_env=False,
            follow_redirects=False,
            timeout=settings.limits.fetch_seconds,
        ) as client:
            return _follow(client, url, settings, deadline)
    except RetoldError:
        raise
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as error:
        reason = f"{type(error).__name__}: {str(error)[:200]}".rstrip(": ")
        raise FetchFailed(f"the page could not be fetched: {reason}", advice=SAVE) from None


def _follow(client: httpx2.Client, url: str, settings: Settings, deadline: float) -> Fetched:
    import httpx2

    target = _checked(url)
    for _ in range(settings.limits.redirects + 1):
        request = client.build_request("GET", target, headers=_headers())
        response = client.send(request, stream=True)
        try:
            location = response.headers.get("location")
            if response.status_code in _REDIRECTS and location:
                target = _checked(str(httpx2.URL(target).join(location)))
                continue
            if response.status_code != 200:
                raise FetchFailed(
                    f"the server answered {response.status_code} {response.reason_phrase}".strip(),
                    advice="Check the address, or " + SAVE.lower(),
                )
            content = b"".join(body(response, settings, deadline))
            media_type, charset = content_type(response.headers.get("content-type", ""))
            now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            return Fetched(target, content, media_type, charset, now)
        finally:
            response.close()
    raise FetchFailed(f"more than {settings.limits.redirects} redirects", advice=SAVE)


def _headers() -> dict[str, str]:
    return {
        "User-Agent": f"Retold/{__version__} (+reads single news reports for a person)",
        "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1",
        "Accept-Encoding": "gzip, deflate",
    }


def _checked(url: str) -> str:
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
