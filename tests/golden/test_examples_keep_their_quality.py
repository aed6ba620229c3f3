"""What Retold finds in the invented stories does not fall below the floors.

The floors are kept by `python benchmarks/quality/examples.py --update-floors`, which refuses to
lower one unless it is told to.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import floors
from retold.pipeline import tell
from retold.read import read
from stories.score import COUNTS_OF_MISTAKES, score
from stories.truth import all_stories

STORIES = all_stories()
FLOORS = floors.floors("examples")


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_no_figure_falls_below_its_floor(story):
    reports, refused = read([str(path) for path in story.reports])
    assert refused == ()
    figures = score(story, tell(reports)).measures()
    assert set(FLOORS[story.name]) == set(figures)
    assert floors.below(FLOORS[story.name], figures, COUNTS_OF_MISTAKES) == []


def test_a_json_lines_file_tells_the_same_story():
    folder = Path(__file__).parents[2] / "examples" / "flood-day"
    reports, refused = read([str(folder / "reports.jsonl")])
    truth = json.loads((folder / "truth.json").read_text("utf-8"))["reports"]
    assert refused == ()
    assert {r.id: (r.outlet, r.published) for r in reports} == {
        file: (about["outlet"], about["published"]) for file, about in truth.items()
    }


def test_every_story_has_its_floors():
    assert sorted(FLOORS) == sorted(story.name for story in STORIES)


@pytest.fixture
def own_floors(tmp_path, monkeypatch):
    monkeypatch.setattr(floors, "FILE", tmp_path / "floors.json")


@pytest.mark.usefixtures("own_floors")
def test_floors_rise_and_do_not_fall_in_silence():
    assert floors.raised("x", {"a": {"F1": 0.5, "slips": 2}}, ["slips"]) == []
    assert floors.raised("x", {"a": {"F1": 0.6, "slips": 1}}, ["slips"]) == []
    assert floors.raised("x", {"a": {"F1": 0.55, "slips": 1}}, ["slips"]) == [
        "a: F1: 0.550, floor 0.600"
    ]
    assert floors.raised("x", {"a": {"F1": 0.6, "slips": 3}}, ["slips"]) == [
        "a: slips: 3.000, floor 1.000"
    ]
    assert floors.raised("x", {"b": {"F1": 0.6, "slips": 0}}, ["slips"]) == ["a: is not measured"]
    assert floors.floors("x") == {"a": {"F1": 0.6, "slips": 1.0}}


@pytest.mark.usefixtures("own_floors")
def test_floors_fall_when_it_is_allowed():
    floors.raised("x", {"a": {"F1": 0.6}})
    assert floors.raised("x", {"a": {"F1": 0.5}}, allow_regression=True)
    assert floors.floors("x") == {"a": {"F1": 0.5}}


@pytest.mark.usefixtures("own_floors")
def test_floors_of_other_benchmarks_stay():
    floors.raised("x", {"a": {"F1": 0.6}})
    floors.raised("y", {"a": {"F1": 0.12345}})
    assert floors.floors("x") == {"a": {"F1": 0.6}}
    assert json.loads(floors.FILE.read_text("utf-8"))["y"] == {"a": {"F1": 0.123}}
