from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from retold.archive import Archive, open_archive

from .made import made
from .postgres import Server, running

ENGINES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with running() as one:
        yield one


@pytest.fixture(params=ENGINES)
def place(request, tmp_path) -> str:
    """Where an archive may be made, on each engine."""
    if request.param == "sqlite":
        return str(tmp_path / "news.retold")
    return request.getfixturevalue("server").database()


@pytest.fixture
def places(request, tmp_path, place) -> Callable[[], str]:
    """More places like `place`."""
    if not place.startswith("postgresql"):
        names = iter(range(10_000))
        return lambda: str(tmp_path / f"more{next(names)}.retold")
    return request.getfixturevalue("server").database


@pytest.fixture(scope="module", params=ENGINES)
def shared_place(request, tmp_path_factory) -> str:
    """A place on each engine that the tests of a file share; for what is only read."""
    if request.param == "sqlite":
        return str(tmp_path_factory.mktemp("shared") / "news.retold")
    return request.getfixturevalue("server").database()


@pytest.fixture
def archive(place) -> Iterator[Archive]:
    with open_archive(made(place), create=True) as one:
        yield one
