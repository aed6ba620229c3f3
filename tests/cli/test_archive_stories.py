"""`retold stories`, `show`, `correct`, `corrections`, and `export --story`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from retold.pipeline import tell
from retold.read import read
from tests.archive.test_opening import older

from .conftest import FIRST, RECIPE, SECOND

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def place(tmp_path, monkeypatch):
    place = tmp_path / "news.retold"
    monkeypatch.setenv("RETOLD_ARCHIVE", str(place))
    return place


@pytest.fixture
def filled(retold, place, tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    for name, text in (("a", FIRST), ("b", SECOND), ("c", RECIPE)):
        (folder / f"{name}.txt").write_text(text)
    done = retold("add", folder)
    assert done.code == 0
    assert "stories: 3 reports put into stories\n" in done.out
    return place


def listed(retold, *filters) -> list[dict]:
    done = retold("stories", "--json", *filters)
    return json.loads(done.out)["stories"]


def reports_of(retold, story) -> list[str]:
    return [one["id"] for one in json.loads(retold("show", story, "--json").out)["reports"]]


def test_stories_are_listed_and_shown(retold, filled):
    done = retold("stories")
    assert done.code == 0
    assert done.out.startswith("2 stories\n")
    assert "2 reports · no outlet named · 2 independent tellings · en · " in done.out
    (line,) = listed(retold, "--least", "2")
    shown = retold("show", line["id"])
    assert shown.code == 0
    assert "Passages side by side" in shown.out
    assert " · a.txt · Ferry service at Orsholm" in shown.out
    why = retold("show", line["id"], "--reports").out
    assert "Shares the names " in why
    assert "Passages" not in why
    members = json.loads(retold("show", line["id"], "--reports", "--json").out)["members"]
    assert any(reason["kind"] == "name" for one in members for reason in one["because"])
    assert retold("stories", "pillars").out.startswith("1 story\n")
    assert retold("stories", "nothing-of-the-kind").code == 1
    assert [one["id"] for one in listed(retold, "--change", "number")] == [line["id"]]


def test_pages_follow_one_another(retold, filled):
    first = json.loads(retold("stories", "--json", "--limit", "1").out)
    second = json.loads(retold("stories", "--json", "--limit", "1", "--after", first["next"]).out)
    ids = {one["id"] for page in (first, second) for one in page["stories"]}
    assert len(ids) == 2
    assert second["next"] is None
    assert retold("stories", "--after", "nonsense").code == 2


def test_a_page_is_written_and_a_format_too(retold, filled, tmp_path):
    (line,) = listed(retold, "--least", "2")
    page = tmp_path / "story.html"
    done = retold("show", line["id"], "--html", page)
    assert (done.code, done.out) == (0, "")
    assert "<html" in page.read_text("utf-8")
    done = retold("export", "--format", "dot", "--story", line["id"])
    assert done.code == 0
    assert done.out.startswith("digraph")
    assert retold("export", "--format", "dot", "--story", "nobody").code == 1


def test_a_story_is_shown_alike_the_first_time_and_later(retold, filled):
    (line,) = listed(retold, "--least", "2")
    assert retold("show", line["id"]).out == retold("show", line["id"]).out


def test_who_reads_an_older_archive_is_told_that_it_was_copied_and_upgraded(retold, place):
    older(str(place))
    done = retold("search", "old")
    assert done.code == 0
    assert ".before-" in done.err
    assert retold("search", "old").err == ""


def test_unknown_stories_and_bad_filters_are_said(retold, filled):
    done = retold("show", "nobody")
    assert done.code == 1
    assert "there is no story 'nobody'" in done.err
    assert retold("stories", "--since", "tomorrow").code == 2
    assert retold("stories", "--change", "colour").code == 2


def test_reports_without_a_story_are_said(retold, place, tmp_path):
    (tmp_path / "a.txt").write_text(FIRST)
    retold("add", tmp_path / "a.txt", "--later")
    done = retold("stories")
    assert done.code == 1
    assert "1 report is in no story yet" in done.err
    retold("refresh")
    assert retold("stories").code == 0


def test_corrections_are_made_listed_and_undone(retold, filled):
    one, other = (line["id"] for line in listed(retold))
    done = retold("correct", "join-stories", one, other, "--by", "Ada", "--note", "one day")
    assert done.code == 0
    assert "Ada: the stories of reports " in done.out
    assert [line["reports"] for line in listed(retold)] == [3]
    gone = {one, other} - {line["id"] for line in listed(retold)}
    assert (
        f"{gone.pop()} is part of this story now"
        in retold("show", one).out + retold("show", other).out
    )
    assert retold("correct", "undo", "1", "--by", "Ben").code == 0
    assert sorted(line["reports"] for line in listed(retold)) == [1, 2]
    rows = [json.loads(row) for row in retold("corrections", "--json").out.splitlines()]
    assert [(row["what"]["kind"], row["by"], row["holds"]) for row in rows] == [
        ("join-stories", "Ada", False),
        ("undo", "Ben", True),
    ]
    assert "[undone]" in retold("corrections").out
    assert retold("correct", "undo", "1", "--by", "Ada").code == 2
    assert retold("correct", "undo", "99", "--by", "Ada").code == 1
    assert retold("correct", "undo", "2").code == 2


def test_parting_moving_and_pinning(retold, filled):
    (line,) = listed(retold, "--least", "2")
    reports = reports_of(retold, line["id"])
    assert retold("correct", "part-stories", line["id"], reports[0], "--by", "Ada").code == 0
    assert len(listed(retold)) == 3
    assert retold("correct", "part-stories", line["id"], reports[0], "--by", "Ada").code == 2
    other = next(
        one["id"] for one in listed(retold) if reports_of(retold, one["id"]) == [reports[0]]
    )
    assert retold("correct", "move", reports[1], "--to", other, "--by", "Ada").code == 0
    (line,) = listed(retold, "--least", "2")
    assert sorted(reports_of(retold, line["id"])) == sorted(reports)
    assert retold("correct", "pin", line["id"], "--by", "Ada").code == 0
    assert retold("correct", "move", reports[0], "--by", "Ada").code == 0
    assert retold("correct", "move", "nobody", "--by", "Ada").code == 1
    assert len(listed(retold, "--least", "2")) == 1


def test_places_are_spans_or_words(retold, filled):
    (line,) = listed(retold, "--least", "2")
    a, b = reports_of(retold, line["id"])
    first = FIRST if "14 cracked" in retold("search", "pillars").out else SECOND
    assert first
    said = retold(*("correct", "join-actors", f"{a}:Orsholm ", f"{b}:0-5", "--by", "Ada", "--json"))
    assert said.code == 2  # more than once
    said = retold(*("correct", "part-passages", f"{a}:Quarry", f"{b}:0-5", "--by", "Ada", "--json"))
    assert said.code == 2
    for wrong in (f"{a}:5-5", f"{a}:0-999999", "nobody:0-5", a, f"{a}:"):
        assert retold("correct", "join-passages", wrong, f"{b}:0-5", "--by", "A").code == 2
    said = retold(
        *("correct", "part-passages", f"{a}:cracked pillars", f"{b}:cracked pillars"),
        *("--by", "Ada", "--json"),
    )
    assert said.code == 0
    what = json.loads(said.out)["what"]
    assert what["kind"] == "part-passages"
    assert what["a"]["report"] == a
    telling = json.loads(retold("show", line["id"], "--json").out)
    assert (
        any(
            reason["kind"] == "person"
            for passage in telling["passages"]
            for reason in passage["because"]
        )
        or len(telling["passages"]) < 4
    )


def test_fields_and_edges(retold, filled):
    (line,) = listed(retold, "--least", "2")
    a, b = reports_of(retold, line["id"])
    assert retold("correct", "field", a, "outlet", "Norda Daily", "--by", "Ada").code == 0
    assert "Norda Daily" in retold("show", line["id"]).out
    assert retold("correct", "field", a, "published", "soon", "--by", "Ada").code == 2
    assert retold("correct", "field", "nobody", "outlet", "x", "--by", "Ada").code == 1
    assert retold("correct", "confirm-edge", a, b, "--by", "Ada").code == 0
    edges = json.loads(retold("show", line["id"], "--json").out)["stemma"]["edges"]
    assert (a, b) in {(edge["from"], edge["to"]) for edge in edges}
    assert retold("correct", "reject-edge", a, b, "--by", "Ada").code == 0
    edges = json.loads(retold("show", line["id"], "--json").out)["stemma"]["edges"]
    assert (a, b) not in {(edge["from"], edge["to"]) for edge in edges}
    assert retold("correct", "confirm-edge", a, "nobody", "--by", "Ada").code == 1


@pytest.mark.parametrize("name", ["ferry-fine", "flood-day"])
def test_an_example_is_one_story_and_its_telling_is_that_of_compare(retold, place, name):
    folder = EXAMPLES / name
    given = folder / "reports.jsonl" if name == "flood-day" else folder / "reports"
    assert retold("add", given).code == 0
    (line,) = listed(retold, "--least", "2")
    reports, _ = read([str(given)])
    assert line["reports"] == len(reports)
    shown = json.loads(retold("show", line["id"], "--json").out)
    assert {one["id"] for one in shown["reports"]} == {one.id for one in reports}
    assert len(shown["passages"]) == len(tell(reports).passages)
    assert shown["story"] == line["id"]
