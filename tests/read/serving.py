"""A server of this machine whose answers a test sets, and a clock that a test turns."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import msgspec

from retold.read.fetching import Fetched
from retold.read.visiting import Visitor
from retold.settings import Settings


@dataclass
class Answer:
    """What the server gives.

    Attributes:
        status, body, headers: of the answer.
        cut: so many bytes fewer are sent than announced; None for all.
        drop: the connection is closed without an answer.
        trickle: seconds before each byte.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None
    drop: bool = False
    trickle: float = 0.0


@dataclass(frozen=True)
class Asked:
    """A request: path, host and headers (lower case)."""

    path: str
    host: str
    headers: Mapping[str, str]


Given = Answer | Callable[[Asked], Answer]


class Server:
    """Answers by path; what it does not know is 404."""

    def __init__(self) -> None:
        outer = self
        self.asked: list[Asked] = []
        self.answers: dict[str, Given] = {}

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *args: Any) -> None:
                pass

            def do_GET(self) -> None:
                outer._answer(self)

        self._closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """An address here; any host, given a resolver that leads it here."""
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [one.path for one in self.asked]

    def forget(self) -> None:
        """Ready for the next test."""
        self.asked.clear()
        self.answers.clear()

    def close(self) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        headers = {name.lower(): value for name, value in handler.headers.items()}
        asked = Asked(handler.path, headers.get("host", "").partition(":")[0], headers)
        self.asked.append(asked)
        given = self.answers.get(handler.path, Answer(b"not here", 404))
        answer = given if isinstance(given, Answer) else given(asked)
        if answer.drop:
            handler.close_connection = True
            return
        try:
            handler.send_response(answer.status)
            for name, value in answer.headers.items():
                handler.send_header(name, value)
            if answer.status != 304:
                handler.send_header("Content-Length", str(len(answer.body)))
            handler.end_headers()
            body = answer.body if answer.status != 304 else b""
            if answer.trickle:
                for place in range(len(body)):
                    self._closing.wait(answer.trickle)
                    handler.wfile.write(body[place : place + 1])
            else:
                handler.wfile.write(body[: len(body) - (answer.cut or 0)])
            if answer.cut:
                handler.close_connection = True
        except OSError:
            pass


class Hands:
    """A clock that moves when it is slept by."""

    def __init__(self, now: float = 1_930_000_000.0) -> None:
        self.time = now
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.time

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


def fetch(
    url: str, settings: Settings, *, resolver: Callable[[str, int], list[str]] | None = None
) -> Fetched:
    """One page as a person fetches it, in one attempt."""
    limits = msgspec.structs.replace(settings.limits, fetch_attempts=1)
    once = msgspec.structs.replace(settings, limits=limits)
    return Visitor(once, clock=Hands(), resolver=resolver).fetch(url, by_hand=True)


def here(host: str, port: int) -> list[str]:
    """A resolver for which every name is this machine."""
    return ["127.0.0.1"]
