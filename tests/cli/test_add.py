"""`retold add` and `retold upgrade`: what they say, and with which exit code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from .conftest import FIRST, SECOND


@pytest.fixture
def place(tmp_path, monkeypatch):
    place = tmp_path / "news.retold"
    monkeypatch.setenv("RETOLD_ARCHIVE", str(place))
    return place


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.txt").write_text(FIRST)
    (folder / "b.txt").write_text(SECOND)
    return folder


def test_reports_are_added_once(retold, place, files):
    done = retold("add", files, "--later")
    assert done.code == 0
    assert done.out == (
        f"2 added, 0 new versions, 0 already there, 0 refused. {place} holds 2 reports\n"
    )
    assert retold("add", files, "--later").out.startswith(
        "0 added, 0 new versions, 2 already there"
    )
    assert retold("search", "pillars").code == 0


def test_what_is_refused_is_listed_and_the_rest_goes_in(retold, place, files, tmp_path):
    done = retold("add", files, tmp_path / "nothing", "--json")
    assert done.code == 3
    said = json.loads(done.out)
    assert (said["added"], said["reports"], said["archive"]) == (2, 2, str(place))
    assert [one["error"] for one in said["refused"]] == ["MissingInput"]
    assert "nothing: no such file" in done.err
    assert retold("add", tmp_path / "nothing").code == 3


def test_many_refusals_are_counted(retold, place, tmp_path):
    file = tmp_path / "broken.jsonl"
    file.write_text('{"text": "A report that can be read, about the ferry."}\n' + "{no\n" * 70)
    done = retold("add", file)
    assert done.code == 3
    assert "… and 20 more refused" in done.err
    assert "70 refused" in done.out


def test_the_archives_errors_have_their_code(retold, tmp_path, files):
    done = retold("add", files, "--archive", files / "a.txt")
    assert done.code == 4
    assert "not an archive of Retold" in done.err
    assert (files / "a.txt").read_text() == FIRST
    done = retold("add", files, "--archive", tmp_path / "no" / "folder")
    assert done.code == 4
    assert "no such folder" in done.err
    assert retold("add", "", "--archive", tmp_path / "new").code == 2
    assert not (tmp_path / "new").exists()


def test_an_archive_is_upgraded_when_asked(retold, place, files):
    assert retold("upgrade").code == 4
    retold("add", files)
    done = retold("upgrade")
    assert done.code == 0
    assert "is up to date" in done.out


def test_interrupted_it_says_what_is_kept_and_goes_on(place, tmp_path):
    file = tmp_path / "many.jsonl"
    with file.open("w") as out:
        for number in range(6_000):
            out.write(json.dumps({"text": f"Report {number} about the ferry. " * 33}) + "\n")
    command = [sys.executable, "-m", "retold", "add", str(file), "--workers", "1", "--later"]
    process = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ,
        # What a shell runs in the background ignores it, and so would what that begins.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    log = place.with_name(place.name + "-wal")
    while not log.exists() or log.stat().st_size < 100_000:
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130, said
    assert "kept before it stopped:" in said
    assert "Traceback" not in said
    done = subprocess.run([*command, "--json"], capture_output=True, text=True, check=True)
    sums = json.loads(done.stdout)
    assert sums["resumed"] > 0
    assert sums["reports"] == sums["resumed"] + sums["added"] == 6_000
