"""The process may die anywhere: what is acknowledged stays, what is not comes again."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection

from retold.archive import Archive
from tests.keeping.newsroom import HOUR, Desk, Newsroom, Weeks
from tests.read.serving import Answer, Server

# So many real ends by SIGKILL; `RETOLD_KILLS=50` for more.
KILLS = int(os.environ.get("RETOLD_KILLS", "2"))


class Killed(BaseException):
    """The end, as nothing in the program can catch it."""


@pytest.fixture
def server() -> Iterator[Server]:
    one = Server()
    yield one
    one.close()


def newsroom(server: Server, clock: Weeks) -> Newsroom:
    room = Newsroom(server, clock)
    room.publish(1, 2, 3)
    server.answers["/old"] = Answer(status=301, headers={"Location": "/feed"})
    server.answers["/news/2"] = Answer(status=404)
    return room


@pytest.mark.parametrize("after_commit", [False, True])
def test_death_at_any_transaction_loses_nothing(
    after_commit: bool, tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Archive.writing
    left = 0

    def writing(self: Archive) -> AbstractContextManager[Connection]:
        @contextmanager
        def counted() -> Iterator[Connection]:
            nonlocal left
            left -= 1
            with real(self) as connection:
                yield connection
                if left == 0 and not after_commit:
                    raise Killed
            if left == 0:
                raise Killed

        return counted()

    monkeypatch.setattr(Archive, "writing", writing)
    died = 0
    for point in itertools.count(1):
        server.forget()
        clock = Weeks()
        room = newsroom(server, clock)
        (tmp_path / str(point)).mkdir()
        desk = Desk(tmp_path / str(point), clock)
        desk.reports()  # the archive is made
        left = point
        addresses = [server.url("/old", room.host)]
        try:
            desk.watch(addresses, HOUR)
        except Killed:
            died += 1
        else:
            break
        finally:
            left = 0
        desk.restart()
        # Meanwhile the server is as it was: it would say "unchanged" to who asks that way.
        desk.watch(addresses, 2 * HOUR)
        titles = sorted(str(one.report.title) for one in desk.reports())
        assert titles == ["Ferry 1 sails", "Ferry 3 sails"], point
        assert desk.feeds()[0].url == room.address
        desk.restart()
    assert died >= 6


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_kill_9(tmp_path: Path, server: Server) -> None:
    """Killed while pages come in, several times over; then let to finish."""
    room = Newsroom(server, Weeks(), host="127.0.0.1")
    room.most = 200
    room.publish(*range(1, 41))
    archive = tmp_path / "news.retold"
    settings = tmp_path / "settings.toml"
    settings.write_text("fetch_pause = 0.0\nallow_private_network = true\ncontact = 'x'\n")
    command = [sys.executable, "-m", "retold", "watch", room.address, "--archive", str(archive)]
    command += ["--settings", str(settings), "--once"]
    for number in range(KILLS):
        asked = len(server.asked)
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            until = time.monotonic() + 20
            while len(server.asked) < asked + 3 + number % 17 and time.monotonic() < until:
                if process.poll() is not None:
                    break
                time.sleep(0.001)
            process.kill()
    done = subprocess.run(command, stderr=subprocess.PIPE, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    desk = Desk(tmp_path, Weeks())
    kept = desk.reports()
    desk.restart()
    assert sorted(one.report.title or "" for one in kept) == sorted(
        f"Ferry {n} sails" for n in range(1, 41)
    )


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_clean_stop(number: int, code: int, tmp_path: Path, server: Server) -> None:
    room = Newsroom(server, Weeks(), host="127.0.0.1")
    room.publish(1)
    log = tmp_path / "watch.log"
    settings = tmp_path / "settings.toml"
    settings.write_text("fetch_pause = 0.0\nallow_private_network = true\n")
    command = [sys.executable, "-m", "retold", "watch", room.address, "--archive"]
    command += [str(tmp_path / "news.retold"), "--settings", str(settings), "--log", str(log)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        try:
            until = time.monotonic() + 120
            while not (log.exists() and " added url=" in log.read_text()):
                assert process.poll() is None
                assert time.monotonic() < until
                time.sleep(0.01)
            process.send_signal(number)
            _, said = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == code, said
    lines = log.read_text().splitlines()
    assert lines[0].endswith("started feeds=1")
    assert lines[-1].endswith("stopped feeds=1")
    assert any(" added url=" in line for line in lines)
    assert b"--contact" in said
