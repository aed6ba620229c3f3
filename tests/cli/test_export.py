"""`retold export`, as a user calls it."""

from __future__ import annotations

import io
import json

import pytest

from retold.cli import app
from retold.show.formats import FORMATS
from tests.cli.conftest import FIRST, RECIPE, SECOND


@pytest.fixture
def files(tmp_path):
    made = [tmp_path / "first.txt", tmp_path / "second.txt", tmp_path / "recipe.txt"]
    for file, text in zip(made, (FIRST, SECOND, RECIPE), strict=True):
        file.write_text(text, "utf-8")
    return made


@pytest.fixture
def story(retold, files, tmp_path):
    done = retold("compare", *files[:2], "--json", "--story", "pier")
    file = tmp_path / "story.json"
    file.write_text(done.out, "utf-8")
    return file


@pytest.mark.parametrize("name", FORMATS)
def test_a_telling_and_its_reports_give_the_same(retold, files, story, name):
    from_telling = retold("export", "--format", name, story)
    from_reports = retold("export", "--format", name, "--story", "pier", *files[:2])
    assert from_telling.code == from_reports.code == 0
    assert from_telling.out == from_reports.out != ""


def test_help_names_every_format(retold):
    assert app is not None
    shown = " ".join(retold("export", "--help").out.split())
    assert all(name in shown for name in FORMATS)


def test_standard_input_may_be_a_telling_or_reports(retold, story, files, monkeypatch):
    class Stdin:
        def __init__(self, raw: bytes) -> None:
            self.buffer = io.BytesIO(raw)

    monkeypatch.setattr("sys.stdin", Stdin(story.read_bytes()))
    assert retold("export", "--format", "dot", "-").out.startswith("digraph stemma {")
    lines = "".join(json.dumps({"text": text}) + "\n" for text in (FIRST, SECOND))
    monkeypatch.setattr("sys.stdin", Stdin(lines.encode()))
    assert retold("export", "--format", "dot", "-").out.startswith("digraph stemma {")


def test_output_goes_to_a_file(retold, story, tmp_path):
    file = tmp_path / "story.csv"
    done = retold("export", "--format", "csv", story, "--output", file)
    assert (done.code, done.out) == (0, "")
    assert f"wrote {file}" in done.err
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["story.json"], "--format is missing"),
        (["--format", "docx", "story.json"], "no format 'docx'. There are graphml, dot"),
        (["--format", "dot"], "nothing to export"),
        (["--format", "dot", "--story", "x", "story.json"], "has an id"),
        (["--format", "dot", "story.json", "-o", "."], "a folder, not a file"),
        (["--format", "dot", "story.json", "-o", "none/x.dot"], "no such folder"),
        (["--format", "dot", ""], "an input has no name"),
    ],
)
def test_wrong_use_is_explained(retold, story, monkeypatch, arguments, said):
    monkeypatch.chdir(story.parent)
    done = retold("export", *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_a_damaged_telling_is_refused(retold, story):
    told = json.loads(story.read_text("utf-8"))
    told["reports"][0]["text"] = ""
    story.write_text(json.dumps(told), "utf-8")
    done = retold("export", "--format", "tei", story)
    assert done.code == 3
    assert "a damaged telling" in done.err
    assert "compare --json" in done.err


def test_one_report_is_not_enough(retold, files, tmp_path):
    assert retold("export", "--format", "dot", files[0]).code == 2
    assert retold("export", "--format", "dot", tmp_path / "missing.txt").code == 3


def test_nothing_in_common_is_exported_and_said(retold, files):
    done = retold("export", "--format", "csv", files[0], files[2])
    assert done.code == 1
    assert "no passage in common" in done.err
    assert "only in A" in done.out
