"""Fetching as a guest: robots.txt, pauses, conditional requests, patience."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from email.utils import formatdate
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.errors import Disallowed, FetchFailed, NetworkRefused
from retold.read.backoff import backoff
from retold.read.remembering import InMemory, Visit
from retold.read.robots import LARGEST
from retold.read.visiting import Visitor
from retold.settings import Limits, Settings
from tests.read.serving import Answer, Asked, Hands, Server, here

OPEN = Settings(allow_private_network=True, limits=Limits(fetch_seconds=5))
ROBOTS = b"""# The Harbour Courier asks its guests
User-agent: *
Disallow: /private/
Allow: /private/open
Disallow: /*.pdf$
Crawl-delay: 3

User-agent: GreedyBot
Disallow: /
"""


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture
def server(running: Server) -> Server:
    running.forget()
    running.answers["/a"] = Answer(b"page a")
    running.answers["/b"] = Answer(b"page b")
    return running


def visitor(clock: Hands, settings: Settings = OPEN, **how: Any) -> Visitor:
    seeded = random.Random(7).random
    return Visitor(settings, clock=clock, resolver=here, draw=seeded, **how)


@given(
    failures=st.integers(1, 10_000),
    first=st.floats(0.1, 1_000),
    most=st.floats(1, 100_000),
    draw=st.floats(0, 1),
)
def test_backoff_stays_within_its_bounds(
    failures: int, first: float, most: float, draw: float
) -> None:
    wait = backoff(failures, first=first, most=most, draw=draw)
    whole = min(most, first * 2.0 ** min(failures - 1, 60))
    assert whole / 2 <= wait <= whole <= most
    longer = backoff(failures + 1, first=first, most=most, draw=draw)
    assert longer >= wait
    later = backoff(failures, first=first, most=most, draw=1.0)
    assert later == whole


def test_rules_are_kept_to_and_asked_for_once(server: Server) -> None:
    server.answers["/robots.txt"] = Answer(ROBOTS)
    server.answers["/private/open/1"] = Answer(b"open")
    clock = Hands()
    guest = visitor(clock)
    assert guest.fetch(server.url("/a")).body == b"page a"
    assert guest.fetch(server.url("/private/open/1")).body == b"open"
    for path in ("/private/x", "/report.pdf"):
        with pytest.raises(Disallowed):
            guest.fetch(server.url(path))
    assert server.paths() == ["/robots.txt", "/a", "/private/open/1"]
    assert server.asked[0].headers["user-agent"].startswith("Retold/")


def test_a_page_that_a_person_names_does_not_ask(server: Server) -> None:
    server.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /")
    assert visitor(Hands()).fetch(server.url("/a"), by_hand=True).body == b"page a"
    assert server.paths() == ["/a"]
    with pytest.raises(Disallowed):
        visitor(Hands()).fetch(server.url("/a"))
    licensed = Settings(allow_private_network=True, robots=False)
    assert visitor(Hands(), licensed).fetch(server.url("/a")).body == b"page a"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 451])
def test_no_rules_allow_everything(status: int, server: Server) -> None:
    server.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /", status)
    assert visitor(Hands()).fetch(server.url("/a")).body == b"page a"


@pytest.mark.parametrize(
    "answer", [Answer(b"", status) for status in (429, 500, 502, 503, 504)] + [Answer(drop=True)]
)
def test_rules_that_cannot_be_read_disallow_for_a_while(answer: Answer, server: Server) -> None:
    server.answers["/robots.txt"] = answer
    clock = Hands()
    guest = visitor(clock)
    for _ in range(3):
        with pytest.raises(Disallowed):
            guest.fetch(server.url("/a"))
    assert "/a" not in server.paths()
    asked = len(server.asked)
    assert asked <= OPEN.limits.fetch_attempts
    clock.time += 700
    with pytest.raises(Disallowed):
        guest.fetch(server.url("/a"))
    assert len(server.asked) > asked
    server.answers["/robots.txt"] = Answer(ROBOTS)
    clock.time += 1_000  # the second pause is twice as long
    with pytest.raises(Disallowed):
        guest.fetch(server.url("/a"))
    clock.time += 300
    assert guest.fetch(server.url("/a")).body == b"page a"


def test_rules_outlive_a_failing_server_and_a_run(server: Server) -> None:
    clock, kept = Hands(), InMemory()
    server.answers["/robots.txt"] = Answer(ROBOTS, headers={"ETag": '"r1"'})
    visitor(clock, remembered=kept).fetch(server.url("/a"))
    visitor(clock, remembered=kept).fetch(server.url("/a"))
    assert server.paths().count("/robots.txt") == 1
    clock.time += 86_401

    def unchanged(asked: Asked) -> Answer:
        assert asked.headers["if-none-match"] == '"r1"'
        return Answer(status=304)

    server.answers["/robots.txt"] = unchanged
    guest = visitor(clock, remembered=kept)
    with pytest.raises(Disallowed):
        guest.fetch(server.url("/private/x"))
    assert server.paths().count("/robots.txt") == 2
    clock.time += 86_401
    server.answers["/robots.txt"] = Answer(status=500)
    with pytest.raises(Disallowed, match="asks programs"):
        guest.fetch(server.url("/private/x"))
    assert guest.fetch(server.url("/a")).body == b"page a"


def test_only_the_first_part_of_a_huge_file_is_read(server: Server) -> None:
    filler = b"# nothing\n" * (LARGEST // 10)
    body = b"User-agent: *\nDisallow: /b\n" + filler + b"\nDisallow: /a\n"
    for headers, sent in (
        ({}, body),
        ({"Content-Encoding": "gzip"}, gzip.compress(body)),
    ):
        server.forget()
        server.answers["/a"] = Answer(b"page a")
        server.answers["/robots.txt"] = Answer(sent, headers=headers)
        guest = visitor(Hands())
        assert guest.fetch(server.url("/a")).body == b"page a"
        with pytest.raises(Disallowed):
            guest.fetch(server.url("/b"))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0" * 1000,
        b"\xff\xfe" + "User-agent: *".encode("utf-16-le"),
        b"<html><body>Page not found</body></html>",
        b"User-agent: *\nDisallow: /" + b"*a" * 50_000 + b"\n",
        b"User-agent: *\n" + b"Disallow: /*a*a*a*a*a*a*a*b$\n" * 10_000,
        b"Disallow" * 60_000,
        b"User-agent: \n" * 30_000,
        b"User-agent: *\nCrawl-delay: nan\nRequest-rate: 1/0\nCrawl-delay: -5\n",
        random.Random(3).randbytes(100_000),
    ],
)
def test_odd_rules_do_no_harm(body: bytes, server: Server) -> None:
    path = "/" + "a" * 3_000
    server.answers["/robots.txt"] = Answer(body)
    server.answers[path] = Answer(b"odd")
    assert visitor(Hands()).fetch(server.url(path)).body == b"odd"


def test_rules_hold_for_every_hop_of_a_redirect(server: Server) -> None:
    def rules(asked: Asked) -> Answer:
        closed = asked.host == "closed.example"
        return Answer(b"User-agent: *\nDisallow: /a\n" if closed else b"")

    server.answers["/robots.txt"] = rules
    server.answers["/to"] = Answer(
        status=302, headers={"Location": server.url("/a", "closed.example")}
    )
    with pytest.raises(Disallowed):
        visitor(Hands()).fetch(server.url("/to", "open.example"))
    assert [(one.host, one.path) for one in server.asked] == [
        ("open.example", "/robots.txt"),
        ("open.example", "/to"),
        ("closed.example", "/robots.txt"),
    ]


def test_redirected_rules_hold_for_the_host_that_was_asked(server: Server) -> None:
    def rules(asked: Asked) -> Answer:
        if asked.host == "www.example":
            return Answer(b"User-agent: retold\nDisallow: /a\n")
        return Answer(status=301, headers={"Location": server.url("/robots.txt", "www.example")})

    server.answers["/robots.txt"] = rules
    guest = visitor(Hands())
    with pytest.raises(Disallowed):
        guest.fetch(server.url("/a", "bare.example"))
    assert guest.fetch(server.url("/b", "bare.example")).body == b"page b"


@pytest.mark.parametrize("host", ["127.0.0.1", "inside.example", "10.0.0.7", "[::1]"])
def test_no_rules_are_fetched_from_private_addresses(host: str, server: Server) -> None:
    guest = Visitor(Settings(), clock=Hands(), resolver=lambda name, port: [name.strip("[]")])
    if host == "inside.example":
        guest = Visitor(Settings(), clock=Hands(), resolver=here)
    with pytest.raises(NetworkRefused) as refusal:
        guest.fetch(server.url("/a", host))
    assert not isinstance(refusal.value, FetchFailed)
    assert server.asked == []


def test_rules_that_lead_to_a_private_address_are_not_followed(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retold.read.connecting.is_public", lambda address: address != "127.0.0.9")
    server.answers["/robots.txt"] = Answer(
        status=302, headers={"Location": server.url("/b", "inside.example")}
    )

    def resolver(host: str, port: int) -> list[str]:
        return ["127.0.0.9"] if host == "inside.example" else ["127.0.0.1"]

    with pytest.raises(NetworkRefused):
        Visitor(Settings(), clock=Hands(), resolver=resolver).fetch(
            server.url("/a", "news.example")
        )
    assert server.paths() == ["/robots.txt"]


def test_one_host_is_given_time(server: Server) -> None:
    server.answers["/robots.txt"] = Answer(status=404)
    clock = Hands()
    settings = Settings(allow_private_network=True, fetch_pause=5.0)
    guest = visitor(clock, settings)
    times = []
    for path, host in (("/a", "one.example"), ("/a", "two.example"), ("/b", "one.example")):
        guest.fetch(server.url(path, host))
        times.append((host, clock.time))
    at = {host: [] for host in ("one.example", "two.example")}
    for host, time in times:
        at[host].append(time)
    assert at["one.example"][1] - at["one.example"][0] >= 5.0
    assert clock.slept == [5.0, 5.0]  # after each robots.txt; by then the first host is ready


def test_a_site_may_ask_for_more_time_within_reason(server: Server) -> None:
    for asked, waited in ((b"3", 3.0), (b"0.2", 1.0), (b"86400", 60.0)):
        server.answers["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: " + asked)
        clock = Hands()
        guest = visitor(clock)
        guest.fetch(server.url("/a"))
        before = clock.time
        guest.fetch(server.url("/b"))
        assert clock.time - before == waited
    server.answers["/robots.txt"] = Answer(b"User-agent: *\nRequest-rate: 2/20")
    clock = Hands()
    guest = visitor(clock)
    guest.fetch(server.url("/a"))
    before = clock.time
    guest.fetch(server.url("/b"))
    assert clock.time - before == 10.0


def test_what_has_not_changed_comes_without_a_body(server: Server) -> None:
    changed = "Tue, 04 Mar 2031 08:15:00 GMT"

    def page(asked: Asked) -> Answer:
        headers = {"ETag": 'W/"1"', "Last-Modified": changed}
        if asked.headers.get("if-none-match") == 'W/"1"':
            assert asked.headers["if-modified-since"] == changed
            return Answer(status=304, headers=headers)
        return Answer(b"page", headers=headers)

    server.answers["/page"] = page
    guest = visitor(Hands())
    first = guest.fetch(server.url("/page"))
    assert (first.status, first.etag, first.last_modified) == (200, 'W/"1"', changed)
    since = Visit(200, 0.0, first.url, first.etag, first.last_modified)
    again = guest.fetch(server.url("/page"), since=since)
    assert (again.status, again.body) == (304, b"")
    # What is remembered of one address says nothing of another.
    server.answers["/moved"] = Answer(status=302, headers={"Location": "/page"})
    elsewhere = Visit(200, 0.0, server.url("/moved"), first.etag, first.last_modified)
    assert guest.fetch(server.url("/moved"), since=elsewhere).body == b"page"


def test_an_unasked_304_is_an_error(server: Server) -> None:
    server.answers["/page"] = Answer(status=304)
    with pytest.raises(FetchFailed, match="304"):
        visitor(Hands()).fetch(server.url("/page"))


def test_headers_that_cannot_be_sent_back_are_not_remembered(server: Server) -> None:
    server.answers["/page"] = Answer(b"x", headers={"ETag": '"' + "a" * 3_000 + '"'})
    assert visitor(Hands()).fetch(server.url("/page")).etag is None


def test_permanent_redirects_are_told(server: Server) -> None:
    server.answers["/old"] = Answer(status=301, headers={"Location": "/mid"})
    server.answers["/mid"] = Answer(status=308, headers={"Location": "/now"})
    server.answers["/now"] = Answer(status=302, headers={"Location": "/a"})
    served = visitor(Hands()).fetch(server.url("/old"))
    assert (served.url, served.moved) == (server.url("/a"), server.url("/now"))
    assert visitor(Hands()).fetch(server.url("/now")).moved is None


@pytest.mark.parametrize("first", [Answer(status=503), Answer(status=429), Answer(drop=True)])
def test_what_fails_in_passing_is_tried_again(first: Answer, server: Server) -> None:
    answers = [first, first, Answer(b"at last")]
    server.answers["/page"] = lambda asked: answers.pop(0)
    clock = Hands()
    assert visitor(clock).fetch(server.url("/page"), by_hand=True).body == b"at last"
    assert len(server.asked) == 3
    assert 0.5 <= clock.slept[0] <= 1.0
    assert sum(clock.slept) < 10


@pytest.mark.parametrize("status", [400, 403, 404, 410, 500, 501])
def test_what_will_not_pass_is_not_tried_again(status: int, server: Server) -> None:
    server.answers["/page"] = Answer(status=status)
    with pytest.raises(FetchFailed) as failure:
        visitor(Hands()).fetch(server.url("/page"), by_hand=True)
    assert failure.value.status == status
    assert len(server.asked) == 1


def test_attempts_end(server: Server) -> None:
    server.answers["/page"] = Answer(status=503)
    with pytest.raises(FetchFailed):
        visitor(Hands()).fetch(server.url("/page"), by_hand=True)
    assert len(server.asked) == 3


@pytest.mark.parametrize("as_date", [False, True])
def test_a_server_says_when_to_come_back(as_date: bool, server: Server) -> None:
    clock = Hands()
    wait = formatdate(clock.time + 20, usegmt=True) if as_date else "20"
    answers = [Answer(status=429, headers={"Retry-After": wait}), Answer(b"now")]
    server.answers["/page"] = lambda asked: answers.pop(0)
    assert visitor(clock).fetch(server.url("/page"), by_hand=True).body == b"now"
    assert sum(clock.slept) == 20.0


def test_a_long_wait_is_not_waited_for_and_keeps_the_host_alone(server: Server) -> None:
    server.answers["/page"] = Answer(status=503, headers={"Retry-After": "7200"})
    clock = Hands()
    guest = visitor(clock)
    for path in ("/page", "/a", "/b"):
        with pytest.raises(FetchFailed) as failure:
            guest.fetch(server.url(path), by_hand=True)
        assert failure.value.retry_after is not None
    assert server.paths() == ["/page"]
    assert sum(clock.slept) == 0
    clock.time += 7_201
    assert guest.fetch(server.url("/a"), by_hand=True).body == b"page a"


@pytest.mark.parametrize("value", ["", "soon", "-3", "1e9", "Tue, 99 Foo 2031", "9" * 400, "٣"])
def test_odd_waits_are_survived(value: str, server: Server) -> None:
    headers = {"Retry-After": value.encode("utf-8").decode("latin-1")}
    server.answers["/page"] = Answer(status=503, headers=headers)
    clock = Hands()
    with pytest.raises(FetchFailed):
        visitor(clock).fetch(server.url("/page"), by_hand=True)
    assert sum(clock.slept) <= OPEN.limits.retry_seconds


def test_the_contact_is_sent_and_cannot_smuggle_headers(server: Server) -> None:
    for contact, shown in (
        ("desk@courier.example", "(+desk@courier.example)"),
        ("a\r\nCookie: x=1", "(+aCookie: x=1)"),
        ("Бюро", "(reads news reports for a person)"),
    ):
        settings = Settings(allow_private_network=True, contact=contact)
        visitor(Hands(), settings).fetch(server.url("/a"), by_hand=True)
        headers = server.asked[-1].headers
        assert headers["user-agent"].endswith(shown)
        assert "cookie" not in headers


def test_a_transfer_cut_off_is_tried_again(server: Server) -> None:
    answers = [Answer(b"x" * 1000, cut=500), Answer(b"x" * 1000)]
    server.answers["/page"] = lambda asked: answers.pop(0)
    assert len(visitor(Hands()).fetch(server.url("/page"), by_hand=True).body) == 1000


@pytest.mark.parametrize("seconds", [0.02, 60.0])
def test_a_slow_answer_ends_with_the_time_it_may_take(seconds: float, server: Server) -> None:
    """It is not asked again at once: three times as slow helps nobody."""
    settings = Settings(allow_private_network=True, limits=Limits(fetch_seconds=0.3))
    server.answers["/slow"] = Answer(b"x" * 5_000, trickle=seconds)
    with pytest.raises(FetchFailed, match="no complete answer"):
        visitor(Hands(), settings).fetch(server.url("/slow"), by_hand=True)
    assert server.paths() == ["/slow"]
