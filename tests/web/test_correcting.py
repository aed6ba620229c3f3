"""Correcting in the app: each correction, what it changes, its undoing, and what is refused."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from retold.archive.getting import get
from retold.keeping.stories import refresh_stories
from retold.keeping.tellings import is_fresh, telling_of
from retold.web.app import create_app
from retold.web.serving import access_for

from .asking import ask
from .corrected import holding, members, signed, story_of, toggle
from .sending import but, form, send


@pytest.fixture
def kept(two):
    return two


@pytest.fixture
def app(two):
    return create_app(two, access_for("127.0.0.1", 8417, (), None))


def test_stories_are_merged_and_that_is_undone_and_brought_back(app, kept):
    ferry, pier = story_of(kept, "ferry-1"), story_of(kept, "pier")
    assert ferry != pier
    page = ask(app, f"/correct/story?story={ferry}").text
    assert "Pier burns" in page
    answer = signed(app, f"/correct/story?story={ferry}", "/correct/story", do="join", other=pier)
    assert answer.status == 303
    assert answer.headers["location"] == f"/story/{story_of(kept, 'pier')}"
    assert "pier" in members(kept, "ferry-1")
    listed = ask(app, "/corrections").text
    assert "Ines &lt;Ott&gt;" in listed
    assert "seen &amp; heard" in listed
    assert "these reports are one story" in listed
    shown = ask(app, f"/correct/story?story={ferry}").text
    assert "What people decided" in shown
    toggle(app, 1)
    assert members(kept, "pier") == {"pier"}
    assert "Bring back" in ask(app, "/corrections").text
    toggle(app, 1)
    assert "pier" in members(kept, "ferry-1")
    history = json.loads(ask(app, "/corrections.json").text)["shown"][0]["history"]
    assert [one["back"] for one in history] == [False, True]
    refresh_stories(kept)
    assert "pier" in members(kept, "ferry-1")


def test_reports_are_parted_off_pinned_and_moved(app, kept):
    ferry = story_of(kept, "ferry-1")
    address = f"/correct/story?story={ferry}"
    assert signed(app, address, "/correct/story", do="part", report="ferry-2").status == 303
    assert members(kept, "ferry-2") == {"ferry-2"}
    toggle(app, 1)
    assert members(kept, "ferry-2") == {"ferry-1", "ferry-2", "ferry-3"}
    two = ["ferry-1", "ferry-2"]
    assert signed(app, address, "/correct/story", do="pin", report=two).status == 303
    toggle(app, 3)
    pier = story_of(kept, "pier")
    named = f"http://127.0.0.1:8417/story/{pier}#matrix"
    moved = signed(app, address, "/correct/story", do="move", report=two, named=named)
    assert moved.headers["location"] == f"/story/{story_of(kept, 'pier')}"
    assert members(kept, "pier") == {"pier", *two}
    assert members(kept, "ferry-3") == {"ferry-3"}
    toggle(app, 6)
    toggle(app, 5)
    assert members(kept, "ferry-1") == {"ferry-1", "ferry-2", "ferry-3"}


def passages(archive, story: str) -> list[dict]:
    return [one.readings for one in telling_of(archive, story).passages]


def test_a_reading_is_parted_off_and_two_passages_are_joined(app, kept):
    story = story_of(kept, "ferry-1")
    before = telling_of(kept, story)
    whole = next(one for one in before.passages if len(one.readings) == 3)
    address = f"/correct/passage?story={story}&passage={whole.id}"
    page = form(app, address, "/correct/passage")
    readings = [value for name, value in page if name == "of"]
    leaving = next(one for one in readings if one.endswith("@ferry-2"))
    assert signed(app, address, "/correct/passage", do="part", reading=leaving).status == 303
    assert not is_fresh(kept, story)
    after = telling_of(kept, story)
    assert all(
        "ferry-2" not in one.readings
        or not set(one.readings["ferry-2"]) & set(whole.readings["ferry-2"])
        for one in after.passages
    )
    assert any("Ines <Ott>" in e.note for one in after.passages for e in one.because)
    number = whole.readings["ferry-2"][0]
    start, end = next(one for one in after.reports if one.id == "ferry-2").sentences[number]
    at = f"/correct/passage?story={story}&at={start}-{end}@ferry-2"
    shown = ask(app, at).text
    assert "A sentence that no other report has" in shown
    stay = next(one for one in readings if one.endswith("@ferry-1"))
    assert signed(app, at, "/correct/passage", do="join", other=stay).status == 303
    joined = telling_of(kept, story)
    assert any(
        number in one.readings.get("ferry-2", ()) and "ferry-1" in one.readings
        for one in joined.passages
    )
    toggle(app, 2)
    toggle(app, 1)
    assert passages(kept, story) == [one.readings for one in before.passages]


def test_an_edge_is_rejected_confirmed_and_that_is_undone(app, kept):
    story = story_of(kept, "ferry-1")
    before = {(one.from_, one.to) for one in telling_of(kept, story).stemma.edges}
    edge = ("ferry-3", "ferry-1")
    assert edge not in before
    address = f"/correct/edge?story={story}&from={edge[0]}&to={edge[1]}"
    assert signed(app, address, "/correct/edge", do="confirm").status == 303
    made = next(one for one in telling_of(kept, story).stemma.edges if (one.from_, one.to) == edge)
    assert made.support == 1.0
    assert made.evidence[0].kind == "person"
    shown = ask(app, address).text
    assert "What speaks for it now" in shown
    assert "descends from the second" in shown
    toggle(app, 1)
    assert {(one.from_, one.to) for one in telling_of(kept, story).stemma.edges} == before
    for source, to in sorted(before)[:1]:
        address = f"/correct/edge?story={story}&from={quote(source)}&to={to}"
        assert signed(app, address, "/correct/edge", do="reject").status == 303
        after = {(one.from_, one.to) for one in telling_of(kept, story).stemma.edges}
        assert (source, to) not in after
    named = f"/correct/edge?story={story}&to=ferry-2"
    sent = signed(app, named, "/correct/edge", do="confirm", named="Harbour Radio Kestrin")
    assert sent.status == 303
    stemma = telling_of(kept, story).stemma
    assert any(one.name == "Harbour Radio Kestrin" for one in stemma.witnesses)


def actors(archive, story: str) -> dict[str, str]:
    """Words of a mention → the actor's name."""
    telling = telling_of(archive, story)
    texts = {one.id: one.text for one in telling.reports}
    return {
        texts[place.report][slice(*place.span)]: actor.id
        for actor in telling.actors
        for place in actor.mentions
    }


def value_of(app, address: str, name: str) -> str:
    view = json.loads(ask(app, address.replace("?", ".json?")).text)
    return next(one["value"] for one in view["actors"] if one["name"] == name)


def test_actors_are_joined_and_parted(app, kept):
    story = story_of(kept, "ferry-1")
    address = f"/correct/actors?story={story}"
    assert actors(kept, story)["Tobin Harrach"] != actors(kept, story)["Mara Lindqvold"]
    both = [value_of(app, address, "Tobin Harrach"), value_of(app, address, "Mara Lindqvold")]
    assert signed(app, address, "/correct/actors", do="join", actor=both).status == 303
    assert actors(kept, story)["Tobin Harrach"] == actors(kept, story)["Mara Lindqvold"]
    toggle(app, 1)
    assert actors(kept, story)["Tobin Harrach"] != actors(kept, story)["Mara Lindqvold"]
    view = json.loads(ask(app, address.replace("?", ".json?")).text)
    mara = next(one for one in view["actors"] if one["name"] == "Mara Lindqvold")
    before = len(view["actors"])
    parting = mara["forms"][-1]["parting"]
    assert signed(app, address, "/correct/actors", do="part", form=parting).status == 303
    telling_of(kept, story)
    assert len(json.loads(ask(app, address.replace("?", ".json?")).text)["actors"]) == before + 1
    toggle(app, 3)


def test_fields_of_a_report_are_corrected_and_found_by(app, kept):
    page = form(app, "/correct/report?report=pier", "/correct/report")
    assert dict(page)["outlet"] == "Solmund Post"
    answer = send(
        app,
        "/correct/report",
        but(page, by="Ines", outlet="Solmund Evening Post", published="2031-05-07", language="EN"),
    )
    assert answer.headers["location"] == "/report/pier"
    shown = ask(app, "/report/pier").text
    assert "Solmund Evening Post" in shown
    assert "2031-05-07" in shown
    found = json.loads(ask(app, "/search.json?outlet=Solmund+Evening+Post").text)
    assert found["found"]["total"] == 1
    assert get(kept, "pier").report.outlet == "Solmund Post"
    assert holding(kept) == [True, True]
    nothing = send(
        app,
        "/correct/report",
        but(page, by="Ines", outlet="Solmund Evening Post", published="2031-05-07", seen="2"),
    )
    assert nothing.status == 400
    assert "nothing is changed" in nothing.text
    for wrong in ({"published": "yesterday"}, {"language": "Elvish"}, {"title": "x" * 3_000}):
        refused = send(app, "/correct/report", but(page, by="Ines", note="mine", seen="2", **wrong))
        assert refused.status == 400
        assert "mine</textarea>" in refused.text
        assert next(iter(wrong.values())) in refused.text
    for number in (1, 2):
        toggle(app, number)
    assert "Solmund Evening Post" not in ask(app, "/report/pier").text


def test_a_person_is_another_or_the_same_over_all_stories(app, kept):
    address = "/correct/person?name=Mara+Lindqvold&q=Reyl"
    view = json.loads(ask(app, address.replace("?", ".json?")).text)
    (other,) = [one["value"] for one in view["others"]]
    own = view["forms"][0]["value"]
    sent = signed(app, address, "/correct/person", do="join", actor=[own, other])
    assert sent.status == 303
    person = ask(app, "/person?name=Mara+Lindqvold").text
    assert "We saved the lamps" in person
    assert "names of one actor" in person
    assert "Ines &lt;Ott&gt;" in person
    toggle(app, 1)
    assert "We saved the lamps" not in ask(app, "/person?name=Mara+Lindqvold").text
    parting = view["forms"][-1]["parting"]
    assert signed(app, address, "/correct/person", do="part", form=parting).status == 303
    assert "names of two actors" in ask(app, "/person?name=Mara+Lindqvold").text


def test_what_people_decided_stands_on_the_pages_it_acts_on(app, kept):
    story = story_of(kept, "ferry-1")
    page = form(app, "/correct/report?report=ferry-1", "/correct/report")
    send(app, "/correct/report", but(page, by="Ines Ott", note="asked them", byline="T. Ames"))
    telling_of(kept, story)
    edge = f"/correct/edge?story={story}&from=ferry-3&to=ferry-1"
    signed(app, edge, "/correct/edge", do="confirm")
    telling_of(kept, story)
    report = ask(app, "/report/ferry-1").text
    assert "asked them" in report
    assert "/correct/undo?number=1" in report
    assert "/correct/report?report=ferry-1" in report
    shown = ask(app, f"/story/{story}").text
    assert "descends from the second" in shown
    assert "Ines &lt;Ott&gt;" in shown
    assert "/correct/undo?number=2" in shown
    assert f"/correct/story?story={story}" in shown
