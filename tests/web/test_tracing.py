"""The list says what each story goes back to; what was never told is told in the background."""

from __future__ import annotations

import json
import time

import lxml.html

from retold.archive import open_archive, stories
from retold.archive.adding import Item, add
from retold.keeping.stories import refresh_stories
from retold.keeping.tellings import telling_of
from retold.web import shelf
from retold.web.app import create_app
from retold.web.serving import access_for

from .asking import ask
from .stories import several_scripts
from .test_correcting import story_of


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
    until = time.monotonic() + 60
    while line(app, story)["gist"] is None and time.monotonic() < until:
        time.sleep(0.1)
    gist = line(app, story)["gist"]
    assert gist["changes"] > 0
    assert gist["root"] is not None
    while "being traced" in ask(app, "/").text and time.monotonic() < until:
        time.sleep(0.1)
    after = lxml.html.fromstring(ask(app, "/").text)
    assert "in all" in after.xpath(f"//*[@id='gist-{story}']")[0].text_content()
    assert not after.xpath("//*[@hx-trigger]")


def test_what_cannot_be_told_is_not_tried_at_each_look(two, monkeypatch):
    tried: list[list[str]] = []

    def fail(apart, archive, names, settings) -> None:
        tried.append(names)

    monkeypatch.setattr(shelf, "trace_apart", fail)
    app = served(two)
    story = story_of(two, "ferry-1")
    for _ in range(3):
        assert ask(app, "/").status == 200
        time.sleep(0.05)
    assert tried == [[story]]
    assert "not yet traced" in ask(app, "/").text
    # With another report it is another story to tell.
    add(two, [Item(several_scripts()[3])])
    refresh_stories(two)
    ask(app, "/")
    time.sleep(0.2)
    assert len(tried) == (2 if stories.get(two, story).line.reports == 4 else 1)


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
