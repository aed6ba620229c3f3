"""What watching keeps, on each engine."""

from __future__ import annotations

import msgspec

from retold.archive import Archive
from retold.archive.feeds import (
    Entry,
    Fetch,
    all_feeds,
    feed_at,
    follow,
    key_of,
    known,
    last_fetch,
    next_due,
    revive,
    save,
    waiting,
)

ODD = "https://tide.example/\0feed?q=Паром"


def test_feeds_are_followed_once_and_keep_their_state(archive: Archive) -> None:
    given = [("https://tide.example/feed", "The Tide"), (ODD, None)]
    first = follow(archive, given, 100)
    assert [(one.number, one.given, one.url, one.title, one.due) for one in first] == [
        (1, "https://tide.example/feed", "https://tide.example/feed", "The Tide", 100),
        (2, ODD, ODD, None, 100),
    ]
    changed = msgspec.structs.replace(
        first[0], url="https://tide.example/new", due=900, failures=3, error="no\0answer", pause=5
    )
    with archive.writing() as connection:
        save(connection, changed)
    again = follow(archive, [*given[::-1], given[0], ("https://other.example/", None)], 200)
    assert again[:2] == [first[1], changed]
    assert again[2].number == 3
    with archive.reading() as connection:
        assert all_feeds(connection) == [changed, first[1], again[2]]
        assert feed_at(connection, "https://tide.example/new") == changed
        assert feed_at(connection, "https://tide.example/feed") == changed
        assert feed_at(connection, "https://no.example/") is None


def test_feeds_given_up_are_taken_up_again(archive: Archive) -> None:
    (feed,) = follow(archive, [("https://tide.example/feed", None)], 100)
    gone = msgspec.structs.replace(feed, state="gone", url="https://x.example/", failures=9)
    with archive.writing() as connection:
        save(connection, gone)
    (back,) = revive(archive, [gone], 500)
    assert back == msgspec.structs.replace(feed, due=500)
    with archive.reading() as connection:
        assert all_feeds(connection) == [back]


def test_entries_wait_in_the_order_they_came(archive: Archive) -> None:
    one, two = follow(archive, [("https://a.example/", None), ("https://b.example/", None)], 0)
    entries = [
        Entry(
            key=key_of("url", str(number)),
            feed=(one, two)[number % 2].number,
            url=f"https://a.example/{number}",
            fingerprint=b"\0\1",
            state="waiting",
            seen=10,
            due=10 if number < 5 else 10_000,
            beside={"title": "Паром \ud800", "dating": {"precision": "day"}},
        )
        for number in range(7)
    ]
    with archive.writing() as connection:
        save(connection, *entries)
    numbers = [one.number, two.number]
    with archive.reading() as connection:
        found = waiting(connection, numbers, 50, 1_000_000, 100)
        assert [entry.url for entry in found] == [entry.url for entry in entries[:5]]
        assert found[0] == msgspec.structs.replace(entries[0], number=1)
        assert len(waiting(connection, numbers, 50, 1_000_000, 3)) == 3
        assert len(waiting(connection, numbers[:1], 50, 1_000_000, 100)) == 3
        # Planned by a clock that went wrong: due.
        assert len(waiting(connection, numbers, 50, 9_000, 100)) == 7
        assert next_due(connection, numbers, 50) == 10_000
        assert next_due(connection, numbers, 10_000) is None
    with archive.writing() as connection:
        save(connection, msgspec.structs.replace(found[0], state="added", report="r1", beside=None))
    with archive.reading() as connection:
        assert len(waiting(connection, numbers, 50, 1_000_000, 100)) == 4
        there = known(connection, [entry.key for entry in entries] + [b"none"])
    assert len(there) == 7
    assert there[entries[0].key].report == "r1"


def test_a_fetch_is_remembered_and_replaced(archive: Archive) -> None:
    url = "https://tide.example/robots.txt" + "x" * 3_900
    with archive.reading() as connection:
        assert last_fetch(connection, url) is None
    first = Fetch(url, 200, 5, url, '"e"', "Tue, 04 Mar 2031 08:15:00 GMT", 0, b"\0body\xff")
    second = Fetch(url, 0, 9, failures=2)
    for one in (first, second):
        with archive.writing() as connection:
            save(connection, one)
        with archive.reading() as connection:
            assert last_fetch(connection, url) == one
