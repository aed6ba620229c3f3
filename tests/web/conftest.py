from __future__ import annotations

import os
import shutil

import pytest

from retold.archive import open_archive
from retold.keeping.tellings import telling_of
from retold.web.app import create_app
from retold.web.serving import access_for

from .stories import keep, nasty, several_scripts
from .visited import visited


@pytest.fixture
def empty(tmp_path):
    with open_archive(tmp_path / "a.retold", create=True) as one:
        yield one


@pytest.fixture
def app(empty):
    return create_app(empty, access_for("127.0.0.1", 8417, (), None))


@pytest.fixture(scope="session")
def two_built(tmp_path_factory):
    """Files with two stories: "plain", none told, and "told", the larger one told; to be copied."""
    from .corrected import keep_two, story_of

    where = tmp_path_factory.mktemp("two")
    with open_archive(where / "plain", create=True) as one:
        keep_two(one)
    shutil.copy(where / "plain", where / "told")
    with open_archive(where / "told") as one:
        telling_of(one, story_of(one, "ferry-1"))
    return where


@pytest.fixture
def two(two_built, tmp_path):
    """An archive with two stories, none of them told."""
    yield from _copied(two_built / "plain", tmp_path / "two.retold")


@pytest.fixture
def two_told(two_built, tmp_path):
    """An archive with two stories, the larger one told."""
    yield from _copied(two_built / "told", tmp_path / "two.retold")


def _copied(built, where):
    shutil.copy(built, where)
    with open_archive(where) as one:
        yield one


@pytest.fixture(scope="session")
def kept(tmp_path_factory):
    """An archive with a story in four scripts and one whose words are markup; only read."""
    with open_archive(tmp_path_factory.mktemp("web") / "a.retold", create=True) as one:
        keep(one, [*several_scripts(), *nasty("a/b?c#d%2f..\u202e<i>&")])
        yield one


@pytest.fixture(scope="session")
def telling_app(kept):
    return visited(kept, "ferry-1", "harbour")


@pytest.fixture(scope="session")
def browser():
    """One for all: Playwright runs once in a process."""
    from playwright.sync_api import sync_playwright

    found = map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))
    where = next(filter(None, (os.environ.get("CHROMIUM"), *found)))
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=where, args=["--no-sandbox"])
        yield one
        one.close()
