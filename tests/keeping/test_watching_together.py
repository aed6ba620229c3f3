"""Several watches on one archive, each a process of its own: a feed is asked by one at a time."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from retold.archive import open_archive
from retold.engines.claims import Claims
from retold.errors import ArchiveError
from tests.archive.conftest import ENGINES
from tests.archive.made import made
from tests.archive.postgres import Server as Database
from tests.archive.postgres import running
from tests.keeping.newsroom import Newsroom
from tests.read.serving import Answer, Asked, Hands, Server

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")

_WATCHES = """
import sys
from retold.archive import open_archive
from retold.archive.feeds import follow
from retold.keeping.stopping import Stop, StoppableClock
from retold.keeping.tools import tools
from retold.keeping.watching import watch
from retold.settings import Settings

where, once, *addresses = sys.argv[1:]
stop = Stop()
clock = StoppableClock(stop)
settings = Settings(allow_private_network=True, contact="desk@tide.example", fetch_pause=0.0)
with open_archive(where) as archive:
    feeds = follow(archive, [(one, None) for one in addresses], int(clock.now()))
    tell = lambda one: print(one.event, one.feeds, one.elsewhere, one.url or one.feed, flush=True)
    watch(tools(archive, settings, clock, tell), feeds, stop, once=once == "once")
"""


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    with running() as one:
        yield one


@pytest.fixture(params=ENGINES)
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        place = str(tmp_path / "news.retold")
    else:
        place = request.getfixturevalue("database").database()
    with open_archive(made(place), create=True):
        return place


@pytest.fixture
def server() -> Iterator[Server]:
    one = Server()
    yield one
    one.close()


@pytest.fixture
def begun() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    processes: list[subprocess.Popen[str]] = []

    def begin(where: str, how: str, *addresses: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", _WATCHES, where, how, *addresses]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        processes.append(process)
        return process

    yield begin
    for one in processes:
        one.kill()
        one.communicate()


def test_a_feed_is_asked_by_one_of_two_watches_until_that_one_dies(
    where: str, server: Server, begun: Callable[..., subprocess.Popen[str]]
) -> None:
    room = Newsroom(server, Hands(), host="127.0.0.1")
    room.publish(1, 2)
    answering, ready = threading.Event(), threading.Event()

    def slow(asked: Asked) -> Answer:
        if not ready.is_set():
            answering.set()
            ready.wait(60)
        return room.feed(asked)

    server.answers["/feed"] = slow
    other = server.url("/other")
    server.answers["/other"] = Answer(status=500)

    first = begun(where, "always", room.address)
    assert answering.wait(60)
    # The first is in the midst of asking: the second has nothing to do, and says why.
    said, _ = begun(where, "once", room.address).communicate(timeout=60)
    assert said.split("\n")[:3] == ["started 1 None None", "shared 0 1 None", "stopped 1 None None"]
    # A feed that nobody has is asked all the same.
    said, _ = begun(where, "once", room.address, other).communicate(timeout=60)
    assert "shared 1 1 None" in said
    assert f"failed None None {other}" in said
    assert server.paths().count("/feed") == 1

    first.kill()
    first.wait()
    ready.set()
    said, _ = begun(where, "once", room.address).communicate(timeout=60)
    assert "shared" not in said
    assert server.paths().count("/feed") == 2
    for number in (1, 2):
        assert server.paths().count(f"/news/{number}") == 1
        assert f"added None None {server.url(f'/news/{number}')}" in said


def test_claims_of_two_holders_of_one_process(where: str) -> None:
    with open_archive(where) as archive, open_archive(where) as again:
        one, two = archive.claims(), again.claims()
        assert one.take([1, 2, 3]) == {1, 2, 3}
        assert two.take([2, 3, 4]) == {4}
        assert one.take([3, 4]) == {3}
        two.close()
        assert one.take([4]) == {4}
        one.close()
        one.close()
        assert two.take(range(1, 5)) == {1, 2, 3, 4}
        two.close()


def test_claims_end_with_the_session_that_had_them(database: Database) -> None:
    with open_archive(made(database.database()), create=True) as archive:
        one, two = archive.claims(), archive.claims()
        assert one.take([1]) == {1}
        database.run(
            "SELECT pg_terminate_backend(l.pid) FROM pg_locks l WHERE locktype = 'advisory'"
        )
        assert _in_time(two, 1)
        assert one.take([1, 2]) == {2}
        one.close()
        two.close()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    place = str(tmp_path / "news.retold")
    with open_archive(made(place), create=True) as archive:
        (tmp_path / "news.retold.feeds").mkdir()
        with pytest.raises(ArchiveError, match=r"."):
            archive.claims().take([1])


def _in_time(claims: Claims, number: int) -> bool:
    """The server takes a moment to end a session."""
    return any(claims.take([number]) or threading.Event().wait(0.05) for _ in range(100))
