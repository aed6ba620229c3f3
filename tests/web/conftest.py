from __future__ import annotations

import os
import shutil

import pytest

from retold.archive import open_archive
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
