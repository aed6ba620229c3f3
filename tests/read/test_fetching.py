"""Fetching: no connection to an address that is not public, however it is spelt."""

from __future__ import annotations

import gzip
import socket
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from retold.errors import FetchFailed, NetworkRefused, RetoldError, TooLarge
from retold.read import read
from retold.read.addresses import is_public
from retold.settings import Limits, Settings
from tests.read.serving import fetch

PAGE = b"""<!DOCTYPE html><html lang="en"><head><title>Ferry sails</title></head><body><article>
<h1>Ferry sails again</h1>
<p>The harbour council said on Monday that the ferry between Port Vale and Skerray would sail
again after four months of repairs to its two engines.</p>
<p>The repairs cost more than the council had planned, and the opposition asked for an inquiry
into the contract with the yard.</p></article></body></html>"""
ZEROS = gzip.compress(b"\0" * 30_000_000)

# Each is this machine, its network, or nothing public, in a spelling that has fooled filters.
HOSTS = """
127.0.0.1 127.0.0.2 127.1 127.0.1 127.255.255.255 2130706433 0x7f000001 0x7f.0.0.1 0x7f.1
017700000001 0177.0.0.1 0177.1 0177.0.0x1 127.0.0.1. localhost localhost. LOCALHOST LocalHost
0.0.0.0 0 0.0.0.1 0x0 00 10.0.0.1 10.1 10.255.255.255 167772161 0x0a000001 012.0.0.1 0xa.0.0.1
172.16.0.1 172.31.255.255 2886729729 0xac100001 192.168.0.1 192.168.1.1 3232235777 0xc0a80101
0300.0250.0.1 0300.0250.1 192.168.257 100.64.0.1 100.127.255.254 1681915905 169.254.169.254
2852039166 0xa9fea9fe 0251.0376.0251.0376 169.254.43518 169.16689662 169.254.170.2
0xa9.0xfe.0xa9.0xfe 192.0.0.1 192.0.0.170 192.0.2.1 192.88.99.1 198.18.0.1 198.19.255.255
198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 4294967295
0xffffffff 3758096385 [::1] [0:0:0:0:0:0:0:1] [0000:0000:0000:0000:0000:0000:0000:0001] [::]
[0::0] [::0001] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:7f00:0001]
[0:0:0:0:0:ffff:127.0.0.1] [::FFFF:10.0.0.1] [::ffff:a00:1] [::ffff:192.168.0.1]
[::ffff:c0a8:1] [::ffff:169.254.169.254] [::ffff:a9fe:a9fe] [::ffff:0.0.0.0] [::ffff:8.8.8.8]
[::127.0.0.1] [::7f00:1] [::ffff:0:127.0.0.1] [::10.0.0.1] [fe80::1] [fe80::a9fe:a9fe]
[febf::1] [fec0::1] [feff::1] [fc00::1] [fd00::1] [fd00:ec2::254] [fdff:ffff::1] [ff02::1]
[ff05::2] [ff0e::1] [2002:7f00:1::] [2002:7f00:1::1] [2002:a00:1::] [2002:c0a8:101::]
[2002:a9fe:a9fe::] [2002:808:808::] [64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b::a00:1]
[64:ff9b::192.168.1.1] [64:ff9b::a9fe:a9fe] [64:ff9b:1::1] [64:ff9b:1:7f00::1] [2001::1]
[2001:0:7f00:1::1] [2001:10::1] [2001:20::1] [2001:2::1] [2001:db8::1] [3fff::1] [100::1]
[5f00::1] [2606:4700:4700::5efe:7f00:1] [2606:4700::5efe:10.0.0.1] [4000::1] [e000::1]
①②⑦.⓪.⓪.① １２７.０.０.１ 127。0。0。1 127．0．0．1 127｡0｡0｡1 ⑯⑨.②⑤④.①⑥⑨.②⑤④
ⓛⓞⓒⓐⓛⓗⓞⓢⓣ ｌｏｃａｌｈｏｓｔ
127.0.0.1%00.example.com %31%32%37.0.0.1 %6c%6f%63%61%6c%68%6f%73%74 [::1%25lo]
[fe80::1%25eth0]
""".split()  # noqa: SIM905 (a table to be read)
URLS = [f"http://{host}:{{port}}/page" for host in HOSTS] + [
    "http://user@127.0.0.1:{port}/page",
    "http://user:pw@127.0.0.1:{port}/page",
    "http://example.com@127.0.0.1:{port}/page",
    "http://example.com:80@127.0.0.1:{port}/page",
    "http://@127.0.0.1:{port}/page",
    "http://:@127.0.0.1:{port}/page",
    "http://127.0.0.1:{port}#@example.com/",
    "http://127.0.0.1:{port}?@example.com/",
    "http://127.0.0.1:{port}\\@example.com/",
    "http://example.com\\@127.0.0.1:{port}/",
    "http:///127.0.0.1:{port}/",
    "http:127.0.0.1:{port}/",
    "http:/127.0.0.1:{port}/",
    "http://127.0.0.1:{port}\t/",
    "http://127.0.0.1\n:{port}/",
    "HTTP://127.0.0.1:{port}/",
    "https://127.0.0.1:{port}/",
    "ftp://127.0.0.1:{port}/",
    "gopher://127.0.0.1:{port}/",
    "file:///etc/passwd",
    "dict://127.0.0.1:{port}/",
    "http://",
    "http://[",
    "http://[::1",
    "http://127.0.0.1:99999/",
    "http://127.0.0.1:port/",
]


class Server:
    """A server of this machine that counts its connections."""

    def __init__(self) -> None:
        outer = self
        self.connections = 0

        class Handler(BaseHTTPRequestHandler):
            def setup(self) -> None:
                outer.connections += 1
                super().setup()

            def log_message(self, *args: Any) -> None:
                pass

            def do_GET(self) -> None:
                outer.answer(self)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.seen: dict[str, str] = {}
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}/{path}"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.seen = dict(handler.headers.items())
        path = handler.path.strip("/")
        kind, body, headers = "text/html; charset=utf-8", PAGE, {}
        status = 200
        if path.startswith("to/"):
            status, headers = 302, {"Location": path[3:].replace("~", "/")}
        elif path == "loop":
            status, headers = 301, {"Location": "/loop"}
        elif path == "nowhere":
            status = 302
        elif path.isdigit():
            status = int(path)
        elif path == "gzip":
            body, headers = gzip.compress(PAGE), {"Content-Encoding": "gzip"}
        elif path == "deflate":
            body, headers = zlib.compress(PAGE), {"Content-Encoding": "deflate"}
        elif path == "rawdeflate":
            body, headers = zlib.compress(PAGE, wbits=-15), {"Content-Encoding": "deflate"}
        elif path == "bomb":
            body, headers = ZEROS, {"Content-Encoding": "gzip"}
        elif path == "nested":
            body, headers = gzip.compress(ZEROS), {"Content-Encoding": "gzip, gzip"}
        elif path in ("br", "zstd"):
            headers = {"Content-Encoding": path}
        elif path == "damaged":
            body, headers = gzip.compress(PAGE)[:40] + b"xxxx" * 9, {"Content-Encoding": "gzip"}
        elif path == "cp1251":
            kind = "text/plain; charset=windows-1251"
            body = "Паром снова вышел в море после ремонта, сообщил в понедельник совет.".encode(
                "cp1251"
            )
        elif path == "records":
            kind = "application/x-ndjson"
            body = b'{"text":"The ferry sailed.","id":"A"}\n{"text":"It came back.","id":"B"}\n'
        elif path == "big":
            body = b"a" * 200_000
        elif path == "slow":
            threading.Event().wait(3)
        elif path == "empty":
            body = b""
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        for name, value in headers.items():
            handler.send_header(name, value)
        if path != "endless":
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        try:
            if path == "endless":
                for _ in range(400):
                    handler.wfile.write(b"a" * 10_000)
            else:
                handler.wfile.write(body)
        except OSError:
            pass


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.server.shutdown()
    running.server.server_close()


OPEN = Settings(allow_private_network=True, fetch_pause=0.0, limits=Limits(fetch_seconds=10))


def test_table_is_long_enough() -> None:
    assert len(set(URLS)) >= 120


@pytest.mark.parametrize("url", URLS)
def test_private_address_is_not_connected_to(
    url: str, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The names that stand for no address are not looked up on a real network either."""
    real = socket.getaddrinfo
    opened: list[object] = []

    def local(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        letters = any(c.isalpha() for c in name) and not set(name.lower()) & set(":x")
        if letters and not name.lower().startswith("localhost"):
            raise socket.gaierror("no such name")
        return real(host, port, *args, **kwargs)

    def connect(*args: Any, **kwargs: Any) -> Any:
        opened.append(args)
        raise OSError("no connection is to be made")

    monkeypatch.setattr(socket, "getaddrinfo", local)
    monkeypatch.setattr(socket, "create_connection", connect)
    before = server.connections
    with pytest.raises(NetworkRefused):
        fetch(url.format(port=server.port), Settings())
    assert opened == []
    assert server.connections == before


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "93.184.216.34", "2606:4700:4700::1111"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


def test_a_name_that_resolves_to_a_private_address_is_refused(server: Server) -> None:
    before = server.connections
    answers: list[str] = []
    for answers[:] in (["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::1"], ["fe80::1%lo"]):
        with pytest.raises(NetworkRefused) as refusal:
            fetch(f"http://news.example:{server.port}/", Settings(), resolver=lambda h, p: answers)
        assert not isinstance(refusal.value, FetchFailed)
    assert server.connections == before


def test_a_resolver_that_changes_its_mind_gains_nothing(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first answer is public, every later one private: only the first is ever used."""
    asked: list[str] = []
    connected: list[Any] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["93.184.216.34"] if len(asked) == 1 else ["127.0.0.1"]

    def connect(address: Any, *args: Any, **kwargs: Any) -> Any:
        connected.append(address)
        raise OSError("unreachable")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(FetchFailed):
        fetch(f"http://news.example:{server.port}/", Settings(), resolver=rebinding)
    assert asked == ["news.example"]
    assert [address[0] for address in connected] == ["93.184.216.34"]


def test_a_redirect_is_checked_like_the_first_address(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first hop looks public and leads here; the second names this machine."""
    monkeypatch.setattr("retold.read.connecting.is_public", lambda address: address != "127.0.0.9")
    hops: list[str] = []

    def resolver(host: str, port: int) -> list[str]:
        hops.append(host)
        return ["127.0.0.1"] if host == "news.example" else ["127.0.0.9"]

    with pytest.raises(NetworkRefused):
        fetch(
            f"http://news.example:{server.port}/to/http:~~inside.example:{server.port}~page",
            Settings(),
            resolver=resolver,
        )
    assert hops == ["news.example", "inside.example"]


@pytest.mark.parametrize(
    "target", ["file:~~~etc~passwd", "ftp:~~127.0.0.1~", "http:~~u:p@127.0.0.1~", "http:~~[~"]
)
def test_redirects_to_what_is_not_fetched(target: str, server: Server) -> None:
    with pytest.raises(NetworkRefused):
        fetch(server.url(f"to/{target}"), OPEN)


@pytest.mark.parametrize("path", ["page", "gzip", "deflate", "rawdeflate", "to/~page"])
def test_pages_come(path: str, server: Server) -> None:
    served = fetch(server.url(path), OPEN)
    assert served.body == PAGE
    assert (served.media_type, served.charset) == ("text/html", "utf-8")
    assert served.url == server.url("page" if path.startswith("to") else path)
    assert len(served.time) == len("2031-03-04T08:15:00Z")
    assert server.seen["User-Agent"].startswith("Retold/")
    assert server.seen["Accept-Encoding"] == "gzip, deflate"
    assert "Cookie" not in server.seen


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("404", FetchFailed),
        ("500", FetchFailed),
        ("204", FetchFailed),
        ("loop", FetchFailed),
        ("nowhere", FetchFailed),
        ("bomb", TooLarge),
        ("nested", FetchFailed),
        ("br", FetchFailed),
        ("zstd", FetchFailed),
        ("damaged", FetchFailed),
        ("slow", FetchFailed),
        ("big", TooLarge),
        ("endless", TooLarge),
    ],
)
def test_what_is_refused(path: str, error: type[RetoldError], server: Server) -> None:
    small = Settings(allow_private_network=True, limits=Limits(fetch_seconds=1, page_bytes=100_000))
    with pytest.raises(error):
        fetch(server.url(path), small)


def test_reading_urls_goes_on_after_one_fails(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    paths = ["page", "404", "cp1251", "empty", "records"]
    reports, refused = read([server.url(path) for path in paths], OPEN)
    assert [report.source for report in reports] == [
        server.url(path) for path in ("page", "cp1251", "records", "records")
    ]
    page, plain, *records = reports
    assert page.title == "Ferry sails again"
    assert page.fetched is not None
    assert page.fetched.endswith("Z")
    assert page.raw_sha256 is not None
    assert (plain.encoding, plain.language) == ("cp1251", "ru")
    assert [report.id for report in records] == ["A", "B"]
    assert [(r.source, r.error) for r in refused] == [
        (server.url("404"), "FetchFailed"),
        (server.url("empty"), "EmptyInput"),
    ]
