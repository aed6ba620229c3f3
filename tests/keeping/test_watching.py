"""Weeks of watching, in a moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Connection

from retold.archive import Archive
from retold.errors import ArchiveError, ArchiveFull, ArchiveLocked, ArchiveUnreachable
from retold.keeping.stopping import Stopped
from tests.keeping.newsroom import DAY, HOUR, Desk, Newsroom, Weeks
from tests.read.serving import Answer, Server


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture
def server(running: Server) -> Server:
    running.forget()
    return running


@pytest.fixture
def clock() -> Weeks:
    return Weeks()


@pytest.fixture
def room(server: Server, clock: Weeks) -> Newsroom:
    return Newsroom(server, clock)


@pytest.fixture
def desk(tmp_path: Path, clock: Weeks) -> Iterator[Desk]:
    one = Desk(tmp_path, clock)
    yield one
    one.restart()


def test_pages_of_a_feed_are_added_with_their_bytes(desk: Desk, room: Newsroom) -> None:
    room.publish(1, 2, 3)
    watched = desk.watch([room.address], once=True)
    assert (watched.polled, watched.added, watched.failed, watched.refused) == (1, 3, 0, 0)
    kept = desk.reports()
    assert [one.report.title for one in kept] == [f"Ferry {n} sails" for n in (1, 2, 3)]
    assert all(one.has_raw for one in kept)
    assert all(one.report.published and one.report.fetched for one in kept)
    assert kept[0].report.outlet == "The Harbour Tide"
    assert [one.event for one in desk.log] == [
        "started",
        "polled",
        *["added"] * 3,
        "stopped",
    ]
    # The same again: nothing is due, then nothing has changed.
    desk.watch([room.address], once=True)
    desk.clock.time += DAY
    desk.watch([room.address], once=True)
    assert desk.events("polled")[-1].status == 304
    assert len(desk.reports()) == 3
    assert [room.asked(f"/news/{n}") for n in (1, 2, 3)] == [1, 1, 1]
    assert room.asked("/robots.txt") <= 2


def test_a_feed_that_carries_its_texts_needs_no_pages(desk: Desk, room: Newsroom) -> None:
    room.whole = True
    room.publish(1, 2)
    desk.watch([room.address], once=True)
    assert len(desk.reports()) == 2
    assert room.asked("/news/1") == 0


@pytest.mark.parametrize("end", ["…", " [...]", "[…]", " (…)"])
def test_the_page_is_fetched_when_the_text_breaks_off(
    end: str, desk: Desk, room: Newsroom, server: Server
) -> None:
    room.whole = True
    room.publish(1)
    raw = room.raw().decode().replace("the yard's contract.</p>", f"the yard's{end}</p>")
    server.answers["/feed"] = Answer(raw.encode())
    desk.watch([room.address], once=True)
    (kept,) = desk.reports()
    assert "the yard's contract." in kept.report.text
    assert kept.report.outlet == "The Harbour Tide"


def test_weeks_of_watching(desk: Desk, room: Newsroom) -> None:
    """Three weeks with two articles a day: all are there, and the feed was not asked too often."""
    number = 0
    for day in range(21):
        room.publish(number + 1, number + 2)
        number += 2
        desk.watch([room.address], DAY)
        if day % 5 == 0:
            desk.restart()
        assert room.asked("/feed") <= (day + 1) * 60
    desk.watch([room.address], DAY)
    assert len(desk.reports()) == number
    assert all(room.asked(f"/news/{n}") == 1 for n in range(1, number + 1))
    assert not desk.events("failed")
    assert room.asked("/robots.txt") <= 30


def test_a_silent_feed_is_asked_less_and_less_within_limits(desk: Desk, room: Newsroom) -> None:
    room.publish(1)
    desk.watch([room.address], 7 * DAY)
    pauses = [event.next for event in desk.events("polled")]
    longest = desk.settings.watching.longest
    assert pauses[0] < longest <= max(p for p in pauses if p) <= longest * 1.1
    assert len(pauses) < 7 * 14


def test_a_busy_feed_is_asked_more_often(desk: Desk, room: Newsroom) -> None:
    for number in range(1, 25):
        room.publish(number)
        desk.watch([room.address], 20 * 60.0)
    pauses = [event.next or 0 for event in desk.events("polled")]
    shortest = desk.settings.watching.shortest
    assert min(pauses) >= shortest
    assert pauses[-1] <= 2 * shortest


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


def test_a_page_that_changed_is_a_version(desk: Desk, room: Newsroom, server: Server) -> None:
    room.publish(1)
    desk.watch([room.address], HOUR)
    server.answers["/news/1"] = room.page(1, room.text(1) + " The mayor resigned on Tuesday.")
    room.articles[0] = 1
    raw = room.raw()
    later = raw.replace(b"<title>Ferry 1 sails", b"<title>Ferry 1 sails, mayor resigns")
    server.answers["/feed"] = Answer(later)
    desk.watch([room.address], DAY)
    kept = desk.reports()
    assert len(kept) == 2
    assert kept[0].page == kept[1].page
    assert [event.what for event in desk.events("added")] == ["new", "version"]
    # The feed says "changed" once more, the page does not.
    server.answers["/feed"] = Answer(raw.replace(b"Ferry 1 sails", b"Ferry 1!"))
    desk.watch([room.address], DAY)
    assert len(desk.events("unchanged")) == 1
    assert len(desk.reports()) == 2


def test_one_page_in_two_feeds_is_fetched_once(desk: Desk, room: Newsroom, server: Server) -> None:
    room.publish(1)
    server.answers["/politics"] = room.feed
    desk.watch([room.address, server.url("/politics", room.host)], DAY)
    assert room.asked("/news/1") == 1


def test_a_slow_host_does_not_hold_up_the_others(
    desk: Desk, room: Newsroom, server: Server
) -> None:
    room.publish(*range(1, 11))
    server.answers["/quick"] = lambda asked: Answer(
        room.raw().replace(b"tide.example", b"quick.example")
    )

    def rules(asked: object) -> Answer:
        slow = getattr(asked, "host", "") == room.host
        return Answer(b"User-agent: *\nCrawl-delay: 60\n" if slow else b"")

    server.answers["/robots.txt"] = rules
    desk.watch([room.address, server.url("/quick", "quick.example")], 120.0)
    pages = [one.host for one in server.asked if one.path.startswith("/news")]
    assert pages.count("quick.example") == 10
    assert 1 <= pages.count(room.host) <= 2


def test_entries_that_went_by_unseen_are_told(desk: Desk, room: Newsroom) -> None:
    room.most = 5
    room.publish(*range(1, 6))
    desk.watch([room.address], once=True)
    assert not desk.events("polled")[-1].gap
    room.publish(*range(6, 20))
    desk.clock.time += DAY
    desk.watch([room.address], once=True)
    assert desk.events("polled")[-1].gap


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


def test_a_stop_ends_after_the_item_at_hand(desk: Desk, room: Newsroom, server: Server) -> None:
    room.publish(*range(1, 6))
    page = server.answers["/news/3"]

    def stopping(asked: object) -> Answer:
        desk.stop.ask()
        return page(asked)  # type: ignore[operator, arg-type]

    server.answers["/news/3"] = stopping
    desk.watch([room.address], DAY)
    assert [one.report.title for one in desk.reports()] == [f"Ferry {n} sails" for n in (1, 2, 3)]
    assert desk.log[-1].event == "stopped"


def test_the_clock_of_this_machine_stops_at_once() -> None:
    from retold.keeping.stopping import Stop, StoppableClock

    stop = Stop()
    clock = StoppableClock(stop)
    clock.sleep(0.0)
    stop.ask()
    with pytest.raises(Stopped):
        clock.sleep(1_000.0)


def test_a_clock_that_was_wrong_does_not_put_a_feed_off_for_years(
    desk: Desk, room: Newsroom
) -> None:
    room.publish(1)
    desk.clock.time += 3_650 * DAY
    desk.watch([room.address], once=True)
    desk.clock.time -= 3_650 * DAY
    room.publish(2)
    desk.watch([room.address], HOUR)
    assert len(desk.reports()) == 2


def test_hostile_names_write_no_file(desk: Desk, room: Newsroom, server: Server) -> None:
    """300 names that have led programs out of their folder, as titles and addresses of entries."""
    steps = ["../", "..\\", "/", "\\", "C:\\", "//host/", "%2e%2e%2f", "....//", "..;/", "~/", "."]
    names = ["etc/passwd", "x.retold", "CON", "a\0b", "a%00b", "-rf", "$(id)", "`id`", "a\r\nb"]
    names += ["‮gpj.exe", "ﬁle", "аrchive", "a" * 3_000, "<b>", "';--", "e\u0301\ufdd0"]
    names += ["..", "news.retold-wal", "NUL.txt", "a:b"] + [f"n{i}" for i in range(8)]
    hostile = [step + name for step in steps for name in names][:300]
    assert len(set(hostile)) == 300
    items = "".join(
        f"<item><title><![CDATA[{one}]]></title><link><![CDATA[http://{room.host}:{server.port}/"
        f"{one}]]></link><guid><![CDATA[{one}]]></guid></item>"
        for one in (name.replace("\0", "").replace("\r\n", " ") for name in hostile)
    )
    server.answers["/feed"] = Answer(f"<rss><channel>{items}</channel></rss>".encode())
    before = set(desk.folder.parent.rglob("*"))
    desk.watch([room.address], once=True)
    assert len(desk.log) > 250
    written = set(desk.folder.parent.rglob("*")) - before
    assert {path.parent for path in written} == {desk.folder}
    assert all(path.name.startswith("news.retold") for path in written)


def test_what_is_done_between_the_looks(desk: Desk, room: Newsroom) -> None:
    from retold.archive.feeds import follow
    from retold.keeping.watching import watch

    called: list[float] = []

    def idle() -> None:
        called.append(desk.clock.time)
        raise ZeroDivisionError("a mistake")

    room.publish(1, 2)
    with desk.open() as archive:
        feeds = follow(archive, [(room.address, None)], 0)
        desk.clock.until = desk.clock.time + DAY
        watch(desk.tools(archive), feeds, desk.stop, idle=idle)
    assert len(called) <= 2  # after what was added, and not at every wait
    assert desk.events("failed")[0].error == "ZeroDivisionError"
    assert len(desk.events("polled")) > 3


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


@pytest.mark.parametrize("error", [ArchiveUnreachable, ArchiveLocked, ArchiveFull])
def test_an_archive_that_does_not_answer_is_waited_for(
    error: type[ArchiveError], desk: Desk, room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is somebody's business, and ends the watch; the others pass."""
    room.publish(1, 2, 3)
    real = Archive.writing
    left = 40

    def writing(archive: Archive) -> AbstractContextManager[Connection]:
        nonlocal left
        left -= 1
        if left and not left % 3:  # also where robots.txt is remembered, in the midst of a fetch
            raise error("not now")
        return real(archive)

    with desk.open():
        monkeypatch.setattr(Archive, "writing", writing)
    if error is ArchiveFull:
        with pytest.raises(ArchiveFull):
            desk.watch([room.address], DAY)
    else:
        left = 41
        desk.watch([room.address], DAY)
        assert desk.events("failed")
        assert all(one.feed is None for one in desk.events("failed"))
    monkeypatch.setattr(Archive, "writing", real)
    desk.watch([room.address], DAY)
    assert len(desk.reports()) == 3
    assert desk.feeds()[0].failures == 0


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
