"""`retold compare` and `retold demo` as a user meets them."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def told(done) -> dict:
    return json.loads(done.out)


def test_two_reports_side_by_side(retold, first, second):
    done = retold("compare", first, second)
    assert done.code == 0
    for words in ("14", "41", "Lena Obrist", "Shops near the pier closed early."):
        assert words in done.out
    assert "\x1b" not in done.out, "no colour into a pipe"


def test_json_says_the_same_and_spans_count_in_the_text(retold, first, second):
    done = retold("compare", first, second, "--json", "--story", "pier")
    telling = told(done)
    assert done.code == 0
    assert telling["story"] == "pier"
    texts = {report["id"]: report["text"] for report in telling["reports"]}
    assert [report["source"] for report in telling["reports"]] == [str(first), str(second)]
    assert first.read_text("utf-8") == telling["reports"][0]["text"]
    numbers = [
        tuple(texts[change[side]["report"]][slice(*change[side]["span"])] for side in "ab")
        for passage in telling["passages"]
        for change in passage["changes"]
        if change["kind"] == "number"
    ]
    assert [set(pair) for pair in numbers] == [{"14", "41"}]
    speakers = {actor["id"]: actor["name"] for actor in telling["actors"]}
    direct = [one for one in telling["quotations"] if one["kind"] == "direct"]
    assert [speakers[one["speaker"]] for one in direct] == ["Lena Obrist", "Lena Obrist"]


def test_the_same_input_gives_the_same_bytes_in_every_process(first, second):
    def output(seed: str) -> bytes:
        return subprocess.run(
            [sys.executable, "-m", "retold", "compare", str(first), str(second), "--json"],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout

    assert output("1") == output("2")


def test_the_order_of_reports_changes_numbers_and_order_only(retold, first, second):
    one = told(retold("compare", first, second, "--json"))
    other = told(retold("compare", second, first, "--json"))

    def readings(telling):
        return sorted(sorted(map(str, one["readings"].items())) for one in telling["passages"])

    assert readings(one) == readings(other)
    assert one["story"] == other["story"]
    assert {actor["id"] for actor in one["actors"]} == {actor["id"] for actor in other["actors"]}


def test_the_page_is_written_and_loads_nothing(retold, first, second, tmp_path):
    page = tmp_path / "out.html"
    done = retold("compare", first, second, "--html", page)
    assert done.code == 0
    assert str(page) in done.err
    html = page.read_text("utf-8")
    assert "<script" not in html
    assert "Content-Security-Policy" in html


def test_what_cannot_be_used_is_listed_and_the_rest_goes_on(retold, first, second, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.touch()
    binary = tmp_path / "binary.txt"
    binary.write_bytes(bytes(range(256)) * 8)
    missing = tmp_path / "missing.txt"
    done = retold("compare", first, empty, binary, missing, second, "--json")
    telling = told(done)
    assert done.code == 3
    assert len(telling["reports"]) == 2
    assert [one["error"] for one in telling["refused"]] == [
        "EmptyInput",
        "NotText",
        "MissingInput",
    ]
    assert done.err.count("refused") == 3


def test_nothing_in_common_is_an_answer_of_its_own(retold, first, recipe):
    done = retold("compare", first, recipe, "--json")
    assert done.code == 1
    assert told(done)["passages"] == []


def test_one_report_twice_is_compared_and_shows_no_change(retold, first):
    done = retold("compare", first, first, "--json")
    telling = told(done)
    assert done.code == 0
    assert telling["passages"]
    assert [passage["changes"] for passage in telling["passages"]] == [[]] * len(
        telling["passages"]
    )
    assert telling["reports"][0]["id"] != telling["reports"][1]["id"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["compare"], 2),
        (["compare", "--nonsense"], 2),
        (["unknown"], 2),
        (["compare", "no-such-file.txt", "nor-this.txt"], 3),
        (["compare", "http://10.0.0.1/page", "http://[::1]/page"], 5),
    ],
)
def test_wrong_use_has_its_exit_code_and_a_message(retold, arguments, code):
    done = retold(*arguments)
    assert done.code == code
    assert done.err.strip()
    assert "Traceback" not in done.err


def test_a_page_that_cannot_be_written_is_said_before_the_work(retold, first, second, tmp_path):
    done = retold("compare", first, second, "--html", tmp_path / "no" / "such.html")
    assert done.code == 2
    assert "no such folder" in done.err


def test_settings_come_from_a_file_and_unknown_ones_are_refused(retold, first, second, tmp_path):
    settings = tmp_path / "settings.toml"
    settings.write_text("[limits]\npage_bytes = 10\n")
    assert retold("compare", first, second, "--settings", settings).code == 3
    settings.write_text("colour = 'red'\n")
    done = retold("compare", first, second, "--settings", settings)
    assert done.code == 2
    assert "colour" in done.err


@pytest.mark.parametrize("code", ["zz", "xx", "english", "e", "", "../de", "12"])
def test_what_is_no_language_code_is_refused(retold, first, second, tmp_path, code):
    done = retold("compare", first, second, "--language", code)
    assert done.code == 2
    assert "en, es" in done.err
    settings = tmp_path / "settings.toml"
    settings.write_text(f"language = '{code}'\n")
    assert retold("compare", first, second, "--settings", settings).code == 2


@pytest.mark.parametrize(("code", "note"), [("en", ""), ("EN", ""), ("eng", ""), ("cy", "Welsh")])
def test_a_language_without_words_is_taken_and_said(retold, first, second, code, note):
    done = retold("compare", first, second, "--language", code)
    assert done.code == 0
    assert ("no words of" in done.err) is bool(note)
    assert note in done.err


def test_reports_come_through_standard_input_as_json_lines(retold, monkeypatch):
    from tests.cli.conftest import FIRST, SECOND

    lines = "".join(
        json.dumps({"id": name, "text": text}) + "\n"
        for name, text in (("one", FIRST), ("two", SECOND))
    )
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    telling = told(retold("compare", "-", "--json"))
    assert [report["id"] for report in telling["reports"]] == ["one", "two"]


def test_the_demo_shows_the_whole_in_one_go(retold, tmp_path):
    done = retold("demo", tmp_path / "demo")
    assert done.code == 0
    assert (tmp_path / "demo" / "story.html").is_file()
    assert len(list((tmp_path / "demo").glob("*.txt"))) == 3


def test_a_reader_that_goes_away_is_no_error(first, second):
    command = f"{sys.executable} -m retold compare {first} {second} --json | head -c 10"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("way", ["> /dev/full", "--json > /dev/full", "--html /dev/full"])
def test_a_full_disk_is_said_in_a_line(first, second, way):
    command = f"{sys.executable} -m retold compare {first} {second} {way}"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "cannot be written (No space left on device)" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="the shell of POSIX")
@pytest.mark.parametrize(
    ("closed", "code"), [("<&-", 0), (">&-", 0), ("2>&-", 0), ("<&- >&- 2>&-", 0)]
)
def test_closed_streams_are_no_error(first, second, tmp_path, closed, code):
    page = tmp_path / "page.html"
    command = f"{sys.executable} -m retold compare {first} {second} --html {page} --json {closed}"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert page.read_text("utf-8").startswith("<!")


def test_an_input_without_a_name_is_wrong_use(retold, second):
    done = retold("compare", "", second)
    assert done.code == 2
    assert "no name" in done.err


def test_a_report_over_a_limit_says_so_when_one_is_left(retold, first, tmp_path):
    long = tmp_path / "long.txt"
    long.write_text("A word.\n" * 30, encoding="utf-8")
    settings = tmp_path / "retold.toml"
    settings.write_text("[limits]\nreport_sentences = 20\n", encoding="utf-8")
    done = retold("compare", first, long, "--settings", settings)
    assert done.code == 3
    assert "long.txt" in done.err
    assert "more than 20 sentences" in done.err
