"""Connections to public addresses only, checked on the very address that is connected to."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from retold.errors import FetchFailed, NetworkRefused
from retold.read.addresses import is_public
from retold.settings import Settings

if TYPE_CHECKING:
    import httpcore2
    import httpx2

__all__ = ["Resolver", "resolve", "too_late", "transport"]

SAVE = "Save the page in a browser and give the file"
_ALLOW = "To fetch from your own network, set allow_private_network (--allow-private-network)"

Resolver = Callable[[str, int], list[str]]


def resolve(host: str, port: int) -> list[str]:
    """Addresses of a name, by the system's resolver, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def transport(settings: Settings, resolver: Resolver, deadline: float) -> httpx2.BaseTransport:
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

    pool = httpcore2.ConnectionPool(network_backend=Guard())

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
            except httpcore2.TimeoutException:
                raise too_late(settings.limits.fetch_seconds) from None
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
            except httpcore2.TimeoutException:
                raise too_late(settings.limits.fetch_seconds) from None
            except _core_errors() as error:
                raise httpx2.TransportError(str(error) or type(error).__name__) from None

        def close(self) -> None:
            self._stream.close()

    return Transport()


def _core_errors() -> tuple[type[Exception], ...]:
    import httpcore2

    return (
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
                named = host[:100] if host == str(address) else f"{host[:100]} is {address}, which"
                raise NetworkRefused(f"{named} is not a public address", advice=_ALLOW)
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
        raise too_late(settings.limits.fetch_seconds)
    if problem:
        raise FetchFailed(
            f"the name could not be resolved: {problem[0]}",
            advice="Check the address",
            passing=getattr(problem[0], "errno", None) == socket.EAI_AGAIN,
        )
    return answer


def _left(deadline: float, settings: Settings) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise too_late(settings.limits.fetch_seconds)
    return left


def too_late(seconds: float) -> FetchFailed:
    """The refusal of a fetch that ran out of time."""
    return FetchFailed(f"no complete answer within {seconds:g} s", advice=SAVE)
