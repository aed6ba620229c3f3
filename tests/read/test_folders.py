"""Folders, and compressed files: the same reports as without, within the limits."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
from pathlib import Path
from random import Random

import pytest

from retold.model import Refusal, Report
from retold.read import read
from retold.settings import Limits, Settings
from tests.read.pages import page

ONE = "The harbour council said on Monday that the ferry would sail again after repairs."
TWO = "The opposition asked for an inquiry into the contract with the yard, the mayor said."
LINES = "".join(json.dumps({"text": f"{n}. {ONE}"}) + "\n" for n in range(2000)).encode()


def given(raw: bytes, **limits: int) -> tuple[tuple[Report, ...], tuple[Refusal, ...]]:
    return read(["-"], Settings(limits=Limits(**limits)), stdin=io.BytesIO(raw))


def test_a_folder_is_its_files_sorted_and_hidden_ones_are_left_out(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c.html.gz", ".hidden.txt", ".git/x.txt", "b/.y"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        text = f"{name}: {ONE}"
        file.write_bytes(gzip.compress(page().encode()) if name == "c.html.gz" else text.encode())
    (tmp_path / "b" / "picture.jpg").write_bytes(b"\xff\xd8\xff\xe0\0\x10JFIF")
    (tmp_path / "empty").mkdir()
    reports, refused = read([str(tmp_path)])
    shown = [Path(str(one.source)).relative_to(tmp_path).as_posix() for one in reports]
    assert shown == ["a.txt", "b/1.txt", "b/2.txt", "c.html.gz"]
    assert [(Path(one.source).name, one.error) for one in refused] == [("picture.jpg", "NotText")]


def test_loops_pipes_and_unreadable_things_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ONE)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "nothing").symlink_to(tmp_path / "gone")
    (tmp_path / "again.txt").symlink_to(tmp_path / "a.txt")
    os.mkfifo(tmp_path / "pipe")
    deep = tmp_path / "deep"
    for _ in range(60):
        deep = deep / "d"
    deep.mkdir(parents=True)
    (deep / "z.txt").write_text(TWO)
    reports, refused = read([str(tmp_path)])
    assert [Path(str(one.source)).name for one in reports] == ["a.txt", "again.txt", "z.txt"]
    assert [(Path(one.source).name, one.error) for one in refused] == [("nothing", "MissingInput")]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems forbid such names")
def test_a_file_whose_name_is_no_utf8(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/a\xff.txt"
    Path(os.fsdecode(name)).write_text(ONE)
    (report,), _ = read([str(tmp_path)])
    assert report.source is not None
    assert report.source.endswith("a\ufffd.txt")


@pytest.mark.parametrize("kind", ["gzip", "members", "zstandard"])
def test_compressed_is_as_if_it_were_not(kind: str) -> None:
    def packed(raw: bytes) -> bytes:
        if kind == "zstandard":
            return bytes(pytest.importorskip("zstandard").compress(raw))
        if kind == "gzip":
            return gzip.compress(raw)
        half = len(raw) // 2
        return gzip.compress(raw[:half]) + gzip.compress(raw[half:]) + b"\0" * 300

    for raw in (ONE.encode(), ONE.encode("utf-16"), page().encode(), LINES):
        plain, _ = given(raw)
        reports, refused = given(packed(raw))
        assert reports == plain
        assert refused == ()


def test_bombs_are_refused_and_nothing_large_is_held() -> None:
    bomb = gzip.compress(b"\0" * 60_000_000)
    _, (refusal,) = given(bomb)
    assert refusal.error == "TooLarge"
    assert refusal.where.startswith("byte ")
    _, (refusal,) = given(gzip.compress(bomb))
    assert refusal.error in ("NotText", "TooLarge")
    lines = b'{"text": "' + b"a" * 60_000_000 + b'"}\n'
    _, (refusal,) = given(gzip.compress(lines))
    assert refusal.error == "TooLarge"
    zstandard = pytest.importorskip("zstandard")
    _, (refusal,) = given(zstandard.compress(lines))
    assert refusal.error == "TooLarge"


def test_a_file_that_breaks_off_keeps_its_whole_lines() -> None:
    data = gzip.compress(LINES)
    reports, refused = given(data[: len(data) // 2])
    assert 500 < len(reports) < 1600
    assert refused[-1].error == "Damaged"
    assert refused[-1].where.startswith("byte ")
    assert len(refused) <= 2  # the line that breaks off, and the place
    _, (refusal,) = given(gzip.compress(ONE.encode())[:-12])
    assert refusal.error == "Damaged"
    zstandard = pytest.importorskip("zstandard")
    data = zstandard.compress(LINES)
    _, refused = given(data[: len(data) // 2])
    assert refused[-1].error == "Damaged"
    _, (refusal,) = given(zstandard.compress(ONE.encode())[:-5])
    assert refusal.error == "Damaged"


def test_after_a_damaged_member_reading_goes_on() -> None:
    members = [
        gzip.compress(json.dumps({"id": str(n), "text": ONE}).encode() + b"\n") for n in range(5)
    ]
    members[2] = members[2][:30] + b"\xff\xff\xff" + members[2][33:]
    reports, refused = given(b"".join(members))
    assert {"0", "1", "3", "4"} <= {one.id for one in reports}
    assert "Damaged" in {one.error for one in refused}
    reports, refused = given(b"".join(members[:2]) + b"rubbish after the end")
    assert [one.id for one in reports] == ["0", "1"]
    assert [one.error for one in refused] == ["Damaged"]


def test_mutants_of_gzip() -> None:
    random = Random(7)
    data = gzip.compress(LINES[:4000]) + gzip.compress(LINES[4000:8000])
    for _ in range(150):
        mutant = bytearray(data)
        for _ in range(random.randint(1, 4)):
            mutant[random.randrange(len(mutant))] ^= 1 << random.randrange(8)
        del mutant[random.randrange(1, len(mutant) * 4) :]
        reports, refused = given(bytes(mutant))
        assert reports or refused
        assert all(one.error != "InputRefused" for one in refused), refused
