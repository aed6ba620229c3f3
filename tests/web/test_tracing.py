"""The list says what each story goes back to; what was never told is told in the background."""

from __future__ import annotations

import json
import threading

import lxml.html

from retold.archive import open_archive, stories
from retold.holdings import StoriesJoined
from retold.keeping.correcting import correct
from retold.keeping.tellings import telling_of
from retold.web import shelf
from retold.web.app import create_app
from retold.web.serving import access_for

from .asking import ask, until
from .corrected import story_of


def line(app, story: str) -> dict:
    found = json.loads(ask(app, "/index.json").text)["found"]["stories"]
    return next(one for one in found if one["id"] == story)


def served(archive):
    return create_app(archive, access_for("127.0.0.1", 8417, (), None))


def test_looking_at_the_list_has_its_stories_told(two):
    story, pier = story_of(two, "ferry-1"), story_of(two, "pier")
    app = served(two)
    first = ask(app, "/").text
    assert "1 story on this page is being traced." in first
    shown = lxml.html.fromstring(first)
    (status,) = shown.xpath("//*[@id='tracing']")
    assert status.get("hx-get") == "/"
    assert status.get("hx-select-oob") == f"#gist-{story}"
    assert shown.xpath(f"//*[@id='gist-{story}']")[0].text_content().strip() == "being traced"
    assert shown.xpath(f"//*[@id='gist-{pier}']")[0].text_content().strip() == ""
    gist = until(lambda: line(app, story)["gist"])
    assert gist["changes"] > 0
    assert gist["root"] is not None
    until(lambda: "being traced" not in ask(app, "/").text)
    after = lxml.html.fromstring(ask(app, "/").text)
    assert "in all" in after.xpath(f"//*[@id='gist-{story}']")[0].text_content()
    assert not after.xpath("//*[@hx-trigger]")


def test_what_cannot_be_told_is_not_tried_at_each_look(two, monkeypatch):
    tried: list[list[str]] = []
    go = threading.Event()

    def fail(apart, archive, names, settings) -> None:
        tried.append(names)
        assert go.wait(60)

    monkeypatch.setattr(shelf, "trace_apart", fail)
    app = served(two)
    story = story_of(two, "ferry-1")
    assert "being traced" in ask(app, "/").text
    go.set()
    until(lambda: "not yet traced" in ask(app, "/").text)
    # From here on one that is begun waits, and the list would say so.
    go.clear()
    for _ in range(3):
        assert "being traced" not in ask(app, "/").text
    assert tried == [[story]]
    # With another report it is another story to tell.
    correct(two, StoriesJoined(("ferry-1", "pier")), by="Ana")
    story = story_of(two, "pier")
    assert stories.get(two, story).line.reports == 4
    assert "being traced" in ask(app, "/").text
    go.set()
    until(lambda: "being traced" not in ask(app, "/").text)
    assert tried[1:] == [[story]]


def test_a_list_of_told_stories_begins_nothing(two, monkeypatch):
    telling_of(two, story_of(two, "ferry-1"))

    def never(*_: object) -> int:
        raise AssertionError

    monkeypatch.setattr(shelf, "trace_apart", never)
    text = ask(served(two), "/").text
    assert "being traced" not in text
    assert "not yet traced" not in text


def test_an_archive_that_is_only_read_is_listed_all_the_same(two):
    with open_archive(two.where, read_only=True) as reading:
        answer = ask(served(reading), "/")
    assert answer.status == 200
    assert "traced" in answer.text
