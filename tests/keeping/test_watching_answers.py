"""What feeds, pages and servers answer to a watch, and what it makes of that."""

from __future__ import annotations

import msgspec
import pytest

from tests.keeping.newsroom import DAY, HOUR, Desk, Newsroom
from tests.read.serving import Answer, Server


@pytest.mark.parametrize(
    "extra",
    [
        "<ttl>90</ttl>",
        '<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">daily'
        '</sy:updatePeriod><sy:updateFrequency xmlns:sy="x">16</sy:updateFrequency>',
    ],
)
def test_what_a_feed_asks_for_is_kept_to(extra: str, desk: Desk, room: Newsroom) -> None:
    room.extra = extra
    room.publish(1)
    desk.watch([room.address], DAY)
    assert all((event.next or 0) >= 90 * 60 for event in desk.events("polled"))


def test_a_broken_feed_is_left_alone_longer_and_longer(
    desk: Desk, room: Newsroom, server: Server
) -> None:
    server.answers["/broken"] = Answer(status=500)
    room.publish(1)
    broken = server.url("/broken", "other.example")
    desk.watch([broken, room.address], 21 * DAY)
    waits = [event.next or 0 for event in desk.events("failed")]
    assert waits[0] <= desk.settings.watching.shortest
    assert max(waits) <= DAY
    assert min(waits[-5:]) >= DAY / 2
    assert len(waits) < 60
    assert len(desk.events("polled")) > 20
    # It comes back, and all is well at once.
    server.answers["/broken"] = room.feed
    desk.watch([broken], 2 * DAY)
    feed = desk.feeds()[0]
    assert (feed.failures, feed.error) == (0, None)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(b""), "an empty answer"),
        (Answer(b"<html><body>Sign in</body></html>"), "no feed but a page"),
        (Answer(b"<rss><channel><item><title>Ferry"), ""),
        (Answer(b"\x00\x01\x02" * 99), ""),
        (Answer(b"{" * 5_000), ""),
        (Answer(b'<!DOCTYPE r [<!ENTITY a "b">]><rss>&a;</rss>'), "declares"),
        (Answer(b"<opml><body/></opml>"), ""),
        (Answer(status=404), "404"),
        (Answer(status=403), "403"),
        (Answer(drop=True), ""),
        (Answer(b"x" * 5_000, headers={"Content-Encoding": "br"}), "br"),
        (Answer(b"x" * 5_000, cut=100), ""),
        (Answer(status=301, headers={"Location": "/broken"}), "redirects"),
        (Answer(status=302, headers={"Location": "file:///etc/passwd"}), "http"),
    ],
)
def test_no_answer_ends_the_watch(
    answer: Answer, reason: str, desk: Desk, room: Newsroom, server: Server
) -> None:
    server.answers["/broken"] = answer
    room.publish(1)
    desk.watch([server.url("/broken", "other.example"), room.address], once=True)
    assert len(desk.reports()) == 1
    (failed,) = desk.events("failed")
    assert reason in (failed.reason or "")
    assert failed.failures == 1


def test_a_feed_that_is_gone_is_not_asked_again(desk: Desk, room: Newsroom, server: Server) -> None:
    server.answers["/feed"] = Answer(status=410)
    desk.watch([room.address], 30 * DAY)
    assert room.asked("/feed") == 1
    (gone,) = desk.events("gone")
    assert (gone.feed, gone.status) == (room.address, 410)
    assert desk.feeds()[0].state == "gone"


def test_a_permanent_redirect_is_remembered_and_a_temporary_one_is_not(
    desk: Desk, room: Newsroom, server: Server
) -> None:
    room.publish(1)
    server.answers["/old"] = Answer(status=301, headers={"Location": "/feed"})
    server.answers["/other"] = Answer(status=302, headers={"Location": "/feed"})
    old, other = server.url("/old", room.host), server.url("/other", room.host)
    desk.watch([old, other], 3 * DAY)
    assert room.asked("/old") == 1
    assert room.asked("/other") > 1
    assert [feed.url for feed in desk.feeds()] == [room.address, other]
    assert len(desk.events("moved")) == 1
    assert len(desk.reports()) == 1


def test_feeds_that_move_to_one_address_are_asked_once(
    desk: Desk, room: Newsroom, server: Server
) -> None:
    room.publish(1)
    server.answers["/old"] = Answer(status=308, headers={"Location": "/feed"})
    desk.watch([room.address, server.url("/old", room.host)], 2 * DAY)
    assert [feed.state for feed in desk.feeds()] == ["watched", "same"]
    assert room.asked("/old") == 1


def test_a_redirect_to_no_feed_is_not_remembered(
    desk: Desk, room: Newsroom, server: Server
) -> None:
    server.answers["/old"] = Answer(status=301, headers={"Location": "/parked"})
    server.answers["/parked"] = Answer(b"<html><body>Buy this name</body></html>")
    desk.watch([server.url("/old", room.host)], DAY)
    assert desk.feeds()[0].url == server.url("/old", room.host)


def test_a_server_that_asks_for_patience_gets_it(
    desk: Desk, room: Newsroom, server: Server
) -> None:
    server.answers["/feed"] = Answer(status=503, headers={"Retry-After": str(int(3 * HOUR))})
    desk.watch([room.address], 2 * HOUR)
    assert room.asked("/feed") == 1
    room.publish(1)
    server.answers["/feed"] = room.feed
    desk.watch([room.address], 2 * HOUR)
    assert len(desk.reports()) == 1


def test_a_page_that_fails_in_passing_is_waited_for(
    desk: Desk, room: Newsroom, server: Server
) -> None:
    room.publish(1, 2)
    good = server.answers["/news/1"]
    server.answers["/news/1"] = Answer(status=500)
    desk.watch([room.address], HOUR)
    assert [one.report.title for one in desk.reports()] == ["Ferry 2 sails"]
    assert desk.events("retry")
    server.answers["/news/1"] = good
    desk.watch([room.address], 5 * HOUR)
    assert len(desk.reports()) == 2


def test_a_page_is_given_up_in_the_end(desk: Desk, room: Newsroom, server: Server) -> None:
    room.publish(1)
    server.answers["/news/1"] = Answer(status=500)
    desk.watch([room.address], 30 * DAY)
    assert room.asked("/news/1") == desk.settings.watching.attempts
    (refused,) = desk.events("refused")
    assert refused.status == 500


@pytest.mark.parametrize("status", [401, 403, 404, 410, 451])
def test_a_page_that_is_not_there_is_asked_for_once(
    status: int, desk: Desk, room: Newsroom, server: Server
) -> None:
    room.publish(1)
    server.answers["/news/1"] = Answer(status=status)
    watched = desk.watch([room.address], 3 * DAY)
    assert room.asked("/news/1") == 1
    assert watched.refused == 1


def test_robots_txt_is_kept_to(desk: Desk, room: Newsroom, server: Server) -> None:
    room.publish(1, 2)
    server.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /news/1\n")
    desk.watch([room.address], DAY)
    assert room.asked("/news/1") == 0
    assert len(desk.reports()) == 1
    assert desk.events("refused")[0].error == "Disallowed"


def test_an_empty_feed_is_no_error(desk: Desk, room: Newsroom) -> None:
    desk.watch([room.address], once=True)
    assert desk.events("polled")[0].entries == 0


def test_private_addresses_in_a_feed_are_not_fetched(
    desk: Desk, room: Newsroom, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from retold.read.visiting import Visitor

    monkeypatch.setattr("retold.read.connecting.is_public", lambda address: address != "127.0.0.9")
    room.publish(1)
    raw = room.raw().replace(b"tide.example", b"inside.example")
    server.answers["/feed"] = Answer(raw)
    desk.settings = msgspec.structs.replace(desk.settings, allow_private_network=False)

    def resolver(host: str, port: int) -> list[str]:
        return ["127.0.0.9"] if host == "inside.example" else ["127.0.0.1"]

    made = desk.tools

    def tools(archive: object) -> object:
        guest = Visitor(desk.settings, clock=desk.clock, resolver=resolver)
        return replace(made(archive), visitor=guest)  # type: ignore[arg-type]

    monkeypatch.setattr(desk, "tools", tools)
    desk.watch([room.address], once=True)
    assert desk.events("refused")[0].error == "NetworkRefused"
    assert "/news/1" not in server.paths()


@pytest.mark.parametrize("link", ["/news/1", "news/1", "../news/1", "//{host}/news/1", "/news/1#x"])
def test_addresses_relative_to_the_feed(
    link: str, desk: Desk, room: Newsroom, server: Server
) -> None:
    room.publish(1)
    link = link.replace("{host}", f"{room.host}:{server.port}")
    server.answers["/feed"] = Answer(
        f"<rss><channel><item><title>Ferry</title><link>{link}</link></item></channel></rss>".encode()
    )
    desk.watch([room.address], once=True)
    assert len(desk.reports()) == 1


def test_a_slow_feed_does_not_end_the_watch(desk: Desk, room: Newsroom, server: Server) -> None:
    limits = msgspec.structs.replace(desk.settings.limits, fetch_seconds=0.5)
    desk.settings = msgspec.structs.replace(desk.settings, limits=limits)
    server.answers["/slow"] = Answer(b"<rss>" * 1_000, trickle=0.05)
    room.publish(1)
    desk.watch([server.url("/slow", "other.example"), room.address], once=True)
    assert len(desk.reports()) == 1
    assert "no complete answer" in (desk.events("failed")[0].reason or "")


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="alternate" type="application/rss+xml" title="x" href="/feed?a=1&amp;b=2">',
        "<LINK REL='alternate' HREF='feed?a=1&amp;b=2' TYPE='application/atom+xml' />",
    ],
)
def test_a_page_instead_of_a_feed_says_where_the_feed_is(
    link: str, desk: Desk, server: Server
) -> None:
    page = f"<!DOCTYPE html><html><head>{link}<link rel=icon href=x></head><body>Hi</body></html>"
    server.answers["/"] = Answer(page.encode(), headers={"Content-Type": "text/html"})
    address = server.url("/", "tide.example")
    desk.watch([address], once=True)
    reason = desk.events("failed")[0].reason or ""
    assert reason == f"no feed but a page. The page names {address}feed?a=1&b=2"
