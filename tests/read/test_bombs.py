"""Transfers that unpack to more than they should, and redirects to where nobody should go."""

from __future__ import annotations

import gzip
import socket
import tracemalloc
import zlib
from collections.abc import Iterator
from functools import cache

import pytest

from retold.errors import FetchFailed, NetworkRefused, TooLarge
from retold.read.addresses import is_public
from retold.read.connecting import resolve
from retold.read.visiting import Visitor
from retold.settings import Limits, Settings
from tests.read.serving import Answer, Hands, Server, fetch, here
from tests.read.test_fetching import URLS

LIMITS = Limits(fetch_seconds=5, decompressed_bytes=4_000_000, page_bytes=1_000_000)
OPEN = Settings(allow_private_network=True, limits=LIMITS)
ZEROS = b"\0" * 20_000_000
BARE = zlib.compress(ZEROS, wbits=-15)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    one = Server()
    yield one
    one.close()


@cache
def bombs() -> dict[str, tuple[str, bytes]]:
    once = gzip.compress(ZEROS)
    members = gzip.compress(b"<html>" + b"x" * 100) + once
    incompressible = gzip.compress(bytes(range(256)) * 40_000)
    return {
        "gzip": ("gzip", once),
        "x-gzip": ("x-gzip", once),
        "upper case": ("GZIP", once),
        "spaces": ("  gzip ", once),
        "deflate": ("deflate", zlib.compress(ZEROS)),
        "bare deflate": ("deflate", BARE),
        "gzip in gzip": ("gzip, gzip", gzip.compress(once)),
        "deflate in gzip": ("deflate, gzip", gzip.compress(zlib.compress(ZEROS))),
        "gzip in deflate": ("gzip, deflate", zlib.compress(once)),
        "identity and gzip": ("identity, gzip", once),
        "nested, said once": ("gzip", gzip.compress(once)),
        "second member": ("gzip", members),
        "slow ratio": ("gzip", incompressible),
        "brotli": ("br", b"\x1b\x00\x00\x04" + b"\xff" * 1_000),
        "zstandard": ("zstd", b"\x28\xb5\x2f\xfd" + b"\0" * 1_000),
        "compress": ("compress", b"\x1f\x9d\x90" + b"\0" * 1_000),
        "unknown": ("xyz", b"\0" * 1_000),
        "nothing packed": ("gzip", b"<html>plain</html>"),
        "cut off": ("gzip", once[: len(once) // 2]),
    }


@pytest.mark.parametrize("name", list(bombs()))
def test_a_bomb_is_refused_within_memory(name: str, server: Server) -> None:
    encoding, body = bombs()[name]
    server.answers["/bomb"] = Answer(
        body, headers={"Content-Encoding": encoding, "Content-Type": "text/html"}
    )
    del body
    tracemalloc.start()
    try:
        served = fetch(server.url("/bomb"), OPEN)
    except (TooLarge, FetchFailed):
        assert name not in ("nested, said once", "second member")
    else:  # what was said to be packed once is unpacked once, and what follows it is left
        assert name in ("nested, said once", "second member")
        assert len(served.body) < 200_000
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < LIMITS.decompressed_bytes + 64_000_000


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_for_rules_is_cut_off(encoding: str, server: Server) -> None:
    body = gzip.compress(ZEROS) if encoding == "gzip" else BARE
    server.answers["/robots.txt"] = Answer(body, headers={"Content-Encoding": encoding})
    server.answers["/a"] = Answer(b"page")
    tracemalloc.start()
    guest = Visitor(OPEN, clock=Hands(), resolver=here)
    assert guest.fetch(server.url("/a")).body == b"page"
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 32_000_000


def test_the_matrix_is_long_enough() -> None:
    assert len(TARGETS) >= 120


# Those that are addresses of their own; the others would be read as paths of the first server.
TARGETS = [
    url
    for url in URLS
    if "://" in url and url != "http://" and not url.startswith(("http:///", "file"))
]


@pytest.mark.parametrize("url", TARGETS)
def test_no_redirect_leads_to_a_private_address(
    url: str, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first hop is taken for public; then every spelling of a private one, as Location."""
    target = url.format(port=server.port)
    if not target.isprintable() or " " in target:
        target = target.replace("\t", "%09").replace("\n", "%0A")
    raw = target.encode("utf-8").decode("latin-1")
    server.answers["/to"] = Answer(status=302, headers={"Location": raw})
    server.answers["/robots.txt"] = Answer(status=404)
    connect = socket.create_connection
    opened: list[str] = []

    def connected(address: tuple[str, int], *args: object, **how: object) -> socket.socket:
        opened.append(address[0])
        if address[0] != "127.0.0.7":
            raise OSError("no connection is to be made")
        return connect(("127.0.0.1", server.port), timeout=5)

    def resolver(host: str, port: int) -> list[str]:
        if host == "news.example":
            return ["127.0.0.7"]
        plain = host.lower().strip("[]").rstrip(".")
        if any(c.isalpha() for c in plain) and not set(plain) & set(":x") and plain != "localhost":
            raise OSError("no such name")
        return resolve(host, port)

    monkeypatch.setattr(socket, "create_connection", connected)
    monkeypatch.setattr(
        "retold.read.connecting.is_public",
        lambda address: address == "127.0.0.7" or is_public(address),
    )
    server.asked.clear()
    for by_hand in (True, False):
        limits = Limits(fetch_seconds=5, fetch_attempts=1)
        guest = Visitor(Settings(limits=limits), clock=Hands(), resolver=resolver)
        with pytest.raises(NetworkRefused):
            guest.fetch(server.url("/to", "news.example"), by_hand=by_hand)
    assert set(opened) == {"127.0.0.7"}
    assert server.paths() == ["/to", "/robots.txt", "/to"]
