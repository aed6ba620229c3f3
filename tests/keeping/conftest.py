"""A newsroom that is watched, and the clock that makes weeks a moment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.keeping.newsroom import Desk, Newsroom, Weeks
from tests.read.serving import Server


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
