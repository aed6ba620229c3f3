"""Running the server: on this machine's own address, unless a token guards another one."""

from __future__ import annotations

import gc
import ipaddress
import secrets
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from retold.archive import Archive
from retold.errors import UsageError
from retold.keeping.stopping import Stop
from retold.settings import Settings
from retold.web.app import create_app
from retold.web.guard import Access

__all__ = ["PORT", "access_for", "serve"]

PORT = 8417
_WAITING = 128
# Objects until garbage is looked for (by default 700): a telling is some hundred thousand objects
# that all stay, and going through them again and again takes three times as long as reading it.
_GARBAGE = (20_000, 20, 20)
_LOCAL = ("127.0.0.1", "localhost", "[::1]")


def access_for(host: str, port: int, names: Sequence[str], token: str | None) -> Access:
    """Who may ask a server at an address.

    Args:
        host: the address it listens at.
        port: of it.
        names: further names under which people reach it.
        token: what they have to know; needed unless the address is this machine's own.

    Raises:
        UsageError: another address without a token, or a token that is easily guessed.
    """
    local = host == "localhost" or _is_loopback(host)
    if not local and not token:
        raise UsageError(
            f"at {host} others can reach the archive",
            advice="Give a --token that they have to know, such as "
            f"{secrets.token_urlsafe(16)}, or serve at 127.0.0.1",
        )
    if token is not None and (len(token) < 16 or not token.isascii() or not token.isprintable()):
        raise UsageError(
            "a token has 16 ASCII characters or more",
            advice=f"For example {secrets.token_urlsafe(16)}",
        )
    shown = f"[{host}]" if ":" in host else host
    known = {*names, *(() if host in ("0.0.0.0", "::") else (shown,)), *(_LOCAL if local else ())}
    hosts = {f"{name.lower()}:{port}" for name in known}
    # What stands in front of us, for TLS, is reached at a port of its own.
    hosts |= {name.lower() for name in names}
    if port in (80, 443):
        hosts |= {name.lower() for name in known}
    return Access(frozenset(hosts), token)


def serve(
    archive: Archive,
    settings: Settings,
    *,
    host: str,
    port: int,
    names: Sequence[str],
    token: str | None,
    say: Callable[[str], object],
    stop: Stop,
) -> None:
    """Serve until it is told to stop.

    Args:
        archive: open.
        settings: of what is derived.
        host: the address to listen at.
        port: of it; 0 for any free one.
        names: see `access_for`.
        token: see `access_for`.
        say: told the address, once it answers.
        stop: ends it; signals are the caller's.

    Raises:
        UsageError: see `access_for`; the address cannot be listened at.
    """
    import uvicorn

    class Server(uvicorn.Server):
        """Ends when it is asked to, and leaves signals alone."""

        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            yield

        async def on_tick(self, counter: int) -> bool:
            return await super().on_tick(counter) or stop.asked

    access_for(host, port, names, token)  # before anything is opened
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(_WAITING)  # so that whoever is told the address may connect at once
    except OSError as error:
        raise UsageError(
            f"nothing can be served at {host} port {port} ({error.strerror or error})",
            advice="Give another --port; 0 takes any that is free",
        ) from None
    port = listening.getsockname()[1]
    access = access_for(host, port, names, token)
    app = create_app(archive, access, settings)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=3,
    )
    name = next(iter(names), "127.0.0.1" if host in ("0.0.0.0", "::") else host)
    shown = f"[{name}]" if ":" in name else name
    gc.set_threshold(*_GARBAGE)
    gc.freeze()  # what is loaded by now stays
    say(f"http://{shown}:{port}/" + (f"?token={token}" if token else ""))
    with listening:
        Server(config).run(sockets=[listening])


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
