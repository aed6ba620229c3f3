"""`retold watch` as a user meets it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from retold.cli import run
from tests.keeping.newsroom import Newsroom, Weeks
from tests.read.serving import Answer, Server


@pytest.fixture
def room() -> Iterator[Newsroom]:
    server = Server()
    room = Newsroom(server, Weeks(), host="127.0.0.1")
    room.publish(1, 2)
    yield room
    server.close()


@pytest.fixture
def how(tmp_path: Path) -> list[str]:
    settings = tmp_path / "settings.toml"
    settings.write_text("allow_private_network = true\nfetch_pause = 0.0\ncontact = 'a@b'\n")
    return ["--archive", str(tmp_path / "n.retold"), "--settings", str(settings)]


def opml(folder: Path, *urls: str) -> str:
    file = folder / "feeds.opml"
    outlines = "".join(f'<outline text="x" xmlUrl="{url}"/>' for url in urls)
    file.write_text(f"<opml version='2.0'><body>{outlines}</body></opml>")
    return str(file)


def test_once_then_list(
    room: Newsroom, how: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server = room.server
    server.answers["/gone"] = Answer(status=410)
    feeds = opml(tmp_path, room.address, server.url("/gone"))
    assert run(["watch", feeds, "--once", "--json", *how]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    events = [json.loads(line) for line in err.splitlines()]
    assert [one["event"] for one in events if one["event"] != "refreshed"] == [
        *("started", "polled", "gone", "added", "added", "stopped")
    ]
    assert server.asked[-1].headers["user-agent"].endswith("(+a@b)")
    assert run(["watch", "--list", *how[:2]]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert lines[1].startswith("watched")
    assert lines[2].startswith("gone")
    assert lines[2].endswith("(the server answered 410 Gone)")
    assert run(["watch", "--list", "--json", *how[:2]]) == 0
    first = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (first["url"], first["entries"]) == (room.address, 2)
    # Nothing is due; then the one that was gone is asked once more.
    asked = len(server.asked)
    assert run(["watch", "--once", *how]) == 0
    assert len(server.asked) == asked
    server.answers["/gone"] = room.feed
    assert run(["watch", "--once", "--again", *how]) == 0
    assert server.paths()[-1] == "/gone"


def test_the_log_is_appended_to(
    room: Newsroom, how: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "watch.log"
    log.write_text("before\n")
    assert run(["watch", room.address, "--once", "--log", str(log), *how]) == 0
    assert run(["watch", room.address, "--once", "--log", str(log), *how]) == 0
    lines = log.read_text().splitlines()
    assert lines[0] == "before"
    assert sum(line.endswith(" started feeds=1") for line in lines) == 2
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["nowhere.opml"], 3, "no such file"),
        (["{folder}"], 3, "a folder, not a list of feeds"),
        ([""], 3, "no such file"),
        (["{opml}"], 3, "it names no feed"),
        ([], 4, "no archive"),
        (["--list"], 4, "no archive"),
        (["http://a.example/feed", "--log", "{folder}"], 2, "log"),
        (["http://127.0.0.1:9/feed", "--once"], 3, "not a public address"),
        (["ftp://a.example/"], 5, "only http and https are fetched, not 'ftp'"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: list[str],
    code: int,
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = {"opml": opml(tmp_path), "folder": str(tmp_path)}
    given = [one.format(**names) for one in arguments]
    assert run(["watch", *given, "--archive", str(tmp_path / "n.retold")]) == code
    assert said in capsys.readouterr().err


def test_an_archive_that_watches_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("The harbour council said on Monday that the ferry would sail again.")
    where = str(tmp_path / "n.retold")
    assert run(["add", str(file), "--archive", where]) == 0
    assert run(["watch", "--archive", where]) == 2
    assert "watches no feed" in capsys.readouterr().err
    # Its path where feeds are named is a mistake, and not a file of bytes.
    assert run(["watch", where, "--archive", str(tmp_path / "other.retold")]) == 3
    said = capsys.readouterr().err
    assert "an archive of Retold, not a list of feeds. To watch the feeds that it knows" in said
    assert not (tmp_path / "other.retold").exists()
    assert run(["watch", "--list", "--archive", where]) == 1
