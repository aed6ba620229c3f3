"""Weeks of watching, in a moment."""

from __future__ import annotations

from contextlib import AbstractContextManager

import pytest
from sqlalchemy import Connection

from retold.archive import Archive
from retold.errors import ArchiveError, ArchiveFull, ArchiveLocked, ArchiveUnreachable
from retold.keeping.stopping import Stopped
from tests.keeping.newsroom import DAY, HOUR, Desk, Newsroom
from tests.read.serving import Answer, Server


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
