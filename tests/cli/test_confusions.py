"""What is given where something else belongs: each gets what it is, where, and what to do."""

from __future__ import annotations

import sqlite3

import pytest

from tests.cli.conftest import FIRST, SECOND

INPUTS = ("compare", "group", "quotes", "collate", "trace", "copies")


@pytest.fixture
def things(tmp_path, retold):
    """Files of many kinds, by what they are; the reports are "first" and "second"."""
    found = {name: tmp_path / name for name in ("first", "second", "empty", "binary", "folder")}
    found["first"].write_text(FIRST)
    found["second"].write_text(SECOND)
    found["empty"].write_bytes(b"")
    found["binary"].write_bytes(bytes(range(256)) * 40)
    found["folder"].mkdir()
    found["archive"] = tmp_path / "news.retold"
    assert retold("add", found["first"], "--archive", found["archive"]).code == 0
    found["newer"] = tmp_path / "newer.retold"
    found["newer"].write_bytes(found["archive"].read_bytes())
    connection = sqlite3.connect(found["newer"])
    connection.execute("UPDATE retold_schema SET version_num = '9999'")
    connection.commit()
    connection.close()
    return found


@pytest.mark.parametrize("command", INPUTS)
@pytest.mark.parametrize("archive", ["archive", "newer"])
def test_an_archive_is_no_input_and_says_how_it_is_used(things, retold, command, archive):
    done = retold(command, things[archive])
    assert done.code == 3
    assert f"refused {things[archive]}: the input is an archive of Retold. Name it with" in done.err
    assert "SQLite" not in done.err
    assert done.out == ""


def test_an_archive_is_not_added_to_another(things, retold, tmp_path):
    done = retold("add", things["archive"], "--archive", tmp_path / "other.retold")
    assert done.code == 3
    assert "`retold export` writes its reports" in done.err


@pytest.mark.parametrize("command", INPUTS)
def test_an_empty_and_a_binary_file_are_no_reports(things, retold, command):
    done = retold(command, things["empty"], things["binary"])
    assert done.code == 3
    assert f"refused {things['empty']}: the input holds no text. Check that" in done.err
    assert f"refused {things['binary']}: the input is binary data, not text. Give" in done.err


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (
            "folder",
            "a folder, not an archive of Retold; it was left as it is. Name the",
        ),
        ("binary", "not an archive of Retold; it was left as it is. Name another place"),
        ("first", "not an archive of Retold; it was left as it is. Name another place"),
        ("empty", "there is no archive. `retold add` makes one"),
        ("newer", "it was written by a newer Retold (tables 9999; this version knows"),
    ],
)
@pytest.mark.parametrize(
    "command",
    [
        ["stories"],
        ["show", "x"],
        ["search", "ferry"],
        ["verify"],
        ["refresh"],
        ["upgrade"],
        ["corrections"],
        ["export"],
        ["watch"],
        ["watch", "--list"],
    ],
    ids=" ".join,
)
def test_what_is_no_archive_of_ours_is_left_alone(things, retold, command, what, said):
    place = things[what]
    before = None if what == "folder" else place.read_bytes()
    done = retold(*command, "--archive", place)
    assert (done.code, done.out) == (4, "")
    assert f"retold: {place}: {said}" in done.err
    assert before is None or place.read_bytes() == before
    assert what != "folder" or not list(place.iterdir())


@pytest.mark.parametrize("command", ["serve", "add", "watch"])
@pytest.mark.parametrize("what", ["folder", "binary", "newer"])
def test_what_would_make_an_archive_makes_none_there(things, retold, command, what):
    given = {"serve": ["--port", "0"], "add": [things["second"]]}.get(
        command, ["http://a.example/feed", "--once"]
    )
    done = retold(command, *given, "--archive", things[what])
    assert (done.code, done.out) == (4, "")
    assert f"retold: {things[what]}: " in done.err


def test_an_address_is_no_place_for_an_archive(things, retold):
    done = retold("add", things["first"], "--archive", "https://a.example/news.retold")
    assert done.code == 4
    assert "no archive can be kept at https://. Give a path, or a URL" in done.err


@pytest.mark.parametrize("what", ["archive", "binary", "folder"])
def test_what_is_no_settings_file_is_said(things, retold, what):
    done = retold("compare", things["first"], things["second"], "--settings", things[what])
    assert done.code == 2
    assert f"retold: {things[what]}: " in done.err
    assert "codec" not in done.err
    assert done.err.endswith("Name a TOML file\n")


@pytest.mark.parametrize("address", ["https://", "ftp://a.example/x", "http://[::1/x"])
def test_what_is_no_address_to_fetch(things, retold, address):
    done = retold("compare", address, things["first"])
    assert done.code == 5
    assert f"retold: refused {address}: " in done.err
