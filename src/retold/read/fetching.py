"""Fetching a page: public addresses only, small, soon, and honestly named.

The address is checked where the connection is made, on the very address that is connected to:
names are resolved once, every address they resolve to must be public, and the first of them is
used. A name that resolves differently a moment later therefore gains nothing, and a redirect is
checked like the first address. Environment proxies are not used, because they would resolve
names on their own.
"""

from __future__ import annotations

import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from retold.errors import FetchFailed, NetworkRefused, RetoldError, TooLarge
from retold.read.addresses import is_public
from retold.settings import Settings
from retold.version import __version__

if TYPE_CHECKING:
    import httpx2

__all__ = ["Fetched", "fetch", "resolve"]

_ALLOW = "To fetch from your own network, set allow_private_network"
_SAVE = "Save the page in a browser and give the file"
_CHUNK = 65_536
# Below this size no ratio is suspicious: an empty page of markup compresses 200 to 1.
_RATIO_FROM = 1_000_000
_REDIRECTS = (301, 302, 303, 307, 308)
_LONGEST_URL = 4_000

Resolver = Callable[[str, int], list[str]]


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
            transport=_transport(settings, resolver or resolve, deadline),
            trust_env=False,
            follow_redirects=False,
            timeout=settings.limits.fetch_seconds,
        ) as client:
            return _follow(client, url, settings, deadline)
    except RetoldError:
        raise
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as error:
        reason = f"{type(error).__name__}: {str(error)[:200]}".rstrip(": ")
        raise FetchFailed(f"the page could not be fetched: {reason}", advice=_SAVE) from None


def resolve(host: str, port: int) -> list[str]:
    """Addresses of a name, by the system's resolver, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


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
                    advice="Check the address, or " + _SAVE.lower(),
                )
            body = b"".join(_body(response, settings, deadline))
            media_type, charset = _content_type(response.headers.get("content-type", ""))
            now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            return Fetched(target, body, media_type, charset, now)
        finally:
            response.close()
    raise FetchFailed(f"more than {settings.limits.redirects} redirects", advice=_SAVE)


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
        raise NetworkRefused("a URL with a user name is not fetched", advice=_SAVE)
    if not parsed.host:
        raise NetworkRefused("a URL without a host", advice="Check the address")
    return str(parsed)


def _content_type(header: str) -> tuple[str | None, str | None]:
    kind, _, rest = header.partition(";")
    charset = None
    for parameter in rest.split(";"):
        name, found, value = parameter.partition("=")
        if found and name.strip().lower() == "charset":
            charset = value.strip().strip("\"'").lower()[:40] or None
    return kind.strip().lower()[:100] or None, charset


# --- bodies ----------------------------------------------------------------------------


def _body(response: httpx2.Response, settings: Settings, deadline: float) -> Iterator[bytes]:
    """The body, decompressed piece by piece, never more than the limits in memory."""
    limits = settings.limits
    length = response.headers.get("content-length", "")
    if length.isdigit() and int(length) > limits.page_bytes:
        raise _too_large(limits.page_bytes)
    inflate = _inflater(response.headers.get("content-encoding", ""))
    taken = given = 0
    for piece in response.iter_raw(_CHUNK):
        if time.monotonic() > deadline:
            raise _too_late(limits.fetch_seconds)
        taken += len(piece)
        if taken > limits.page_bytes:
            raise _too_large(limits.page_bytes)
        for part in inflate(piece):
            given += len(part)
            if given > limits.decompressed_bytes:
                raise _too_large(limits.decompressed_bytes)
            if given > _RATIO_FROM and given > limits.decompressed_ratio * taken:
                raise TooLarge(
                    f"the transfer unpacks to more than {limits.decompressed_ratio} times its size",
                    advice=_SAVE,
                )
            yield part


def _inflater(encoding: str) -> Callable[[bytes], Iterator[bytes]]:
    kind = encoding.strip().lower()
    if kind in ("", "identity"):
        return lambda piece: iter((piece,))
    if kind not in ("gzip", "x-gzip", "deflate"):
        # br and zstd were not offered; a server that sends them all the same is not followed.
        raise FetchFailed(f"a transfer in {kind[:40]!r}, which was not asked for", advice=_SAVE)
    return _Inflate(kind == "deflate").feed


class _Inflate:
    """zlib with a bound on what one step may give."""

    def __init__(self, deflate: bool) -> None:
        self._deflate = deflate
        self._stream: Any = None

    def feed(self, piece: bytes) -> Iterator[bytes]:
        while piece:
            if self._stream is None:
                self._stream = zlib.decompressobj(self._window(piece))
            elif self._stream.eof:
                return  # what follows the end is no part of the page
            try:
                part = self._stream.decompress(piece, _CHUNK)
            except zlib.error as error:
                raise FetchFailed(f"a damaged transfer: {error}", advice=_SAVE) from None
            yield part
            piece = self._stream.unconsumed_tail

    def _window(self, first: bytes) -> int:
        if not self._deflate:
            return 31
        # "deflate" is zlib by the standard and bare deflate from many servers.
        is_zlib = len(first) > 1 and first[0] & 15 == 8 and (first[0] * 256 + first[1]) % 31 == 0
        return zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"more than {limit:,} bytes", advice=_SAVE)


def _too_late(seconds: float) -> FetchFailed:
    return FetchFailed(f"no complete answer within {seconds:g} s", advice=_SAVE)


# --- connections -----------------------------------------------------------------------


def _transport(settings: Settings, resolver: Resolver, deadline: float) -> httpx2.BaseTransport:
    """A transport whose connections are made by the guard below."""
    import httpcore2
    import httpx2

    class Guard(httpcore2.NetworkBackend):
        """Resolves once, checks every address, connects to the one checked."""

        def connect_tcp(
            self,
            host: str,
            port: int,
            timeout: float | None = None,
            local_address: str | None = None,
            socket_options: Any = None,
        ) -> httpcore2.NetworkStream:
            address = _pinned(host, port, settings, resolver, deadline)
            stream = httpcore2.SyncBackend().connect_tcp(
                address, port, timeout=_left(deadline, settings), local_address=local_address
            )
            return Timed(stream)

    class Timed(httpcore2.NetworkStream):
        """A stream whose reads and writes all end with the fetch's time."""

        def __init__(self, stream: httpcore2.NetworkStream) -> None:
            self._stream = stream

        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            return self._stream.read(max_bytes, _left(deadline, settings))

        def write(self, buffer: bytes, timeout: float | None = None) -> None:
            self._stream.write(buffer, _left(deadline, settings))

        def close(self) -> None:
            self._stream.close()

        def start_tls(
            self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
        ) -> httpcore2.NetworkStream:
            left = _left(deadline, settings)
            return Timed(self._stream.start_tls(ssl_context, server_hostname, left))

        def get_extra_info(self, info: str) -> Any:
            return self._stream.get_extra_info(info)

    pool = httpcore2.ConnectionPool(
        ssl_context=httpx2.create_ssl_context(trust_env=False), network_backend=Guard()
    )

    class Transport(httpx2.BaseTransport):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            url = request.url
            try:
                answer = pool.handle_request(
                    httpcore2.Request(
                        method=request.method,
                        url=httpcore2.URL(
                            scheme=url.raw_scheme,
                            host=url.raw_host,
                            port=url.port,
                            target=url.raw_path,
                        ),
                        headers=request.headers.raw,
                        content=request.stream,
                        extensions=request.extensions,
                    )
                )
            except _core_errors() as error:
                raise httpx2.TransportError(str(error) or type(error).__name__) from None
            return httpx2.Response(
                answer.status, headers=answer.headers, stream=Stream(answer.stream)
            )

        def close(self) -> None:
            pool.close()

    class Stream(httpx2.SyncByteStream):
        def __init__(self, stream: Any) -> None:
            self._stream = stream

        def __iter__(self) -> Iterator[bytes]:
            try:
                yield from self._stream
            except _core_errors() as error:
                raise httpx2.TransportError(str(error) or type(error).__name__) from None

        def close(self) -> None:
            self._stream.close()

    return Transport()


def _core_errors() -> tuple[type[Exception], ...]:
    import httpcore2

    return (
        httpcore2.TimeoutException,
        httpcore2.NetworkError,
        httpcore2.ProtocolError,
        httpcore2.UnsupportedProtocol,
    )


def _pinned(host: str, port: int, settings: Settings, resolver: Resolver, deadline: float) -> str:
    """The address to connect to.

    Raises:
        NetworkRefused: one of the name's addresses is not public.
        FetchFailed: the name has none.
    """
    found = _within(deadline, settings, lambda: resolver(host, port))
    if not found:
        raise FetchFailed(f"no address for {host[:100]}", advice="Check the address")
    if not settings.allow_private_network:
        for address in found:
            if not is_public(address):
                raise NetworkRefused(
                    f"{host[:100]} is {address}, which is not a public address", advice=_ALLOW
                )
    return found[0]


def _within(deadline: float, settings: Settings, look_up: Callable[[], list[str]]) -> list[str]:
    """A look-up in a thread, because the system's resolver takes no time limit."""
    answer: list[str] = []
    problem: list[Exception] = []

    def run() -> None:
        try:
            answer.extend(look_up())
        except (OSError, ValueError) as error:
            problem.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(_left(deadline, settings))
    if thread.is_alive():
        raise _too_late(settings.limits.fetch_seconds)
    if problem:
        raise FetchFailed(
            f"the name could not be resolved: {problem[0]}", advice="Check the address"
        )
    return answer


def _left(deadline: float, settings: Settings) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise _too_late(settings.limits.fetch_seconds)
    return left
