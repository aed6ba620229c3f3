"""Watching into a database that a team shares: the same as into a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.archive.postgres import Server as Database
from tests.archive.postgres import running
from tests.keeping.newsroom import DAY, HOUR, Desk, Newsroom, Weeks
from tests.read.serving import Answer, Server


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    with running() as one:
        yield one


def test_a_week_of_watching(database: Database, tmp_path: Path) -> None:
    server = Server()
    clock = Weeks()
    room = Newsroom(server, clock)
    desk = Desk(tmp_path, clock)
    desk.where = database.database()
    broken = server.url("/broken", "other.example")
    server.answers["/broken"] = Answer(status=500)
    try:
        for day in range(7):
            room.publish(2 * day + 1, 2 * day + 2)
            desk.watch([room.address, broken], DAY)
            desk.restart()
        desk.watch([room.address], 12 * HOUR)
        assert sorted(str(one.report.title) for one in desk.reports()) == sorted(
            f"Ferry {n} sails" for n in range(1, 15)
        )
        feed, other = desk.feeds()
        assert (feed.failures, feed.entries) == (0, 14)
        assert other.failures > 3
    finally:
        desk.restart()
        server.close()
