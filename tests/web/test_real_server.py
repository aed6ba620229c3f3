"""What a real server makes of requests that no browser sends."""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from retold.archive import open_archive
from retold.web.guard import Guard
from retold.web.serving import access_for

from .served import Serving


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    where = tmp_path_factory.mktemp("real") / "a.retold"
    with open_archive(where, create=True) as one, Serving(one) as address:
        yield urlsplit(address)


def sent(server, request: str) -> tuple[int, str]:
    """The status and the whole answer, until the server closes."""
    with socket.create_connection((server.hostname, server.port), timeout=20) as connection:
        connection.sendall(request.replace("\n", "\r\n").encode("latin-1"))
        answer = b""
        while piece := connection.recv(65_536):
            answer += piece
    text = answer.decode("utf-8", "replace")
    return int(text.split(" ", 2)[1]), text


def test_our_own_host_is_served(server):
    status, text = sent(server, f"GET / HTTP/1.1\nHost: {server.netloc}\nConnection: close\n\n")
    assert status == 200
    assert "Nothing is kept yet" in text


@pytest.mark.parametrize(
    "request_",
    [
        "GET / HTTP/1.0\n\n",
        "GET / HTTP/1.1\nConnection: close\n\n",
        "GET / HTTP/1.1\nHost: evil.example\nConnection: close\n\n",
        "GET / HTTP/1.1\nHost: {ours}\nHost: evil.example\nConnection: close\n\n",
        "GET http://{ours}/ HTTP/1.1\nHost: evil.example\nConnection: close\n\n",
        "GET / HTTP/1.1\nHost: evil.example\nX-Forwarded-Host: {ours}\nConnection: close\n\n",
        "GET / HTTP/1.1\nHost: evil.example\nForwarded: host={ours}\nConnection: close\n\n",
    ],
)
def test_without_our_host_nothing_is(server, request_):
    status, text = sent(server, request_.format(ours=server.netloc))
    assert status in (400, 403)
    assert "Nothing is kept yet" not in text


@pytest.mark.parametrize("target", ["http://evil.example/", "//evil.example/", "*", "/%2e%2e/"])
def test_a_target_that_is_no_path_of_ours_is_none(server, target):
    request = f"GET {target} HTTP/1.1\nHost: {server.netloc}\nConnection: close\n\n"
    status, text = sent(server, request)
    assert status in (400, 403, 404)
    assert "location: //" not in text.lower()
    assert "location: http" not in text.lower()


def test_a_web_socket_is_refused():
    async def inner(scope, receive, send) -> None:
        raise AssertionError("it was let through")

    async def receive() -> dict[str, str]:
        return {"type": "websocket.connect"}

    async def send(message) -> None:
        said.append(dict(message))

    said: list[dict[str, object]] = []
    guard = Guard(inner, access_for("127.0.0.1", 8417, (), None))
    scope = {"type": "websocket", "path": "/", "headers": [(b"host", b"127.0.0.1:8417")]}
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(guard(scope, receive, send))).result()
    assert said == [{"type": "websocket.close", "code": 1008}]


def test_a_post_that_is_cut_off_or_too_long_changes_nothing(server):
    head = f"POST /demo HTTP/1.1\nHost: {server.netloc}\nSec-Fetch-Site: same-origin\n"
    form = "Content-Type: application/x-www-form-urlencoded\nConnection: close\n"
    assert sent(server, f"{head}{form}Content-Length: 999999999999\n\ntoken=x")[0] == 413
    assert sent(server, f"{head}{form}Transfer-Encoding: chunked\n\n0\n\n")[0] == 413
    assert sent(server, f"{head}{form}Content-Length: 7\n\ntoken=x")[0] == 400
