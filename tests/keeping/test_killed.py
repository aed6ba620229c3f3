"""Killed with SIGKILL while deriving and while people correct: nothing acknowledged is lost."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from retold.archive import corrections, open_archive, stories
from retold.archive.adding import Item, add
from retold.archive.exporting import canonical
from retold.archive.getting import ids
from retold.archive.tables_derived import derived
from retold.archive.verifying import verify
from retold.keeping.refreshing import refresh_quotations
from retold.keeping.stories import refresh_stories
from retold.read import read_text

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")

_DERIVES = """
import sys
from retold.archive import open_archive
from retold.keeping.refreshing import refresh_quotations
from retold.keeping.stories import refresh_stories
with open_archive(sys.argv[1]) as archive:
    print("begun", flush=True)
    refresh_quotations(archive, workers=1)
    print("quotations", flush=True)
    refresh_stories(archive)
"""
_CORRECTS = """
import sys
from retold.archive import open_archive
from retold.archive.getting import ids
from retold.holdings import FieldCorrected, StoriesJoined
from retold.keeping.correcting import correct
with open_archive(sys.argv[1]) as archive:
    with archive.reading() as connection:
        names = [name for _, name in ids(connection)]
    for n in range(1000):
        a, b = names[n % len(names)], names[(n + 1) % len(names)]
        what = FieldCorrected(a, "title", f"T{n}") if n % 2 else StoriesJoined((a, b))
        print(correct(archive, what, by="Ada").number, flush=True)
"""


def killed(program: str, where: Path, *, lines: int, after: float) -> list[str]:
    """Run it, kill it some time after it has said so many lines; what it said."""
    command = [sys.executable, "-c", program, str(where)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(lines)]
        time.sleep(after)
        process.kill()
        return [line.strip() for line in (*said, *process.stdout) if line.endswith("\n")]


@pytest.fixture
def first(tmp_path: Path) -> Path:
    path = tmp_path / "first.retold"
    told = (
        "BRACKWATER. The ferry number {0} will not sail, harbour master Ilse Tornqvist said on "
        "day {0}. “The grain deal has nothing to do with it,” she told reporters at quay {1}."
    )
    with open_archive(path, create=True) as archive:
        texts = [told.format(n // 2, n) for n in range(24)]
        add(
            archive,
            [
                Item(read_text(text, published=f"2031-03-{1 + n // 6:02}"))
                for n, text in enumerate(texts)
            ],
        )
    return path


def outcome(path: Path) -> list[object]:
    with open_archive(path) as archive:
        refresh_quotations(archive, workers=1)
        refresh_stories(archive)
        assert list(verify(archive)) == []
        with archive.reading() as connection:
            names = [name for _, name in ids(connection)]
            rows = connection.execute(
                select(derived.c.subject, derived.c.sha256).order_by(derived.c.subject)
            ).all()
            found = stories.of_reports(connection, names)
        return [*canonical(archive), *map(tuple, rows), found]


def test_a_refresh_that_is_killed_goes_on(first: Path, tmp_path: Path) -> None:
    whole, where = tmp_path / "whole.retold", tmp_path / "killed.retold"
    whole.write_bytes(first.read_bytes())
    where.write_bytes(first.read_bytes())
    expected = outcome(whole)
    chance = random.Random(5)
    for lines in (1, 1, 2):
        killed(_DERIVES, where, lines=lines, after=chance.uniform(0, 0.15))
        with open_archive(where) as archive:
            assert list(verify(archive)) == []
    assert outcome(where) == expected


def test_what_a_person_decided_stays(first: Path) -> None:
    outcome(first)
    chance = random.Random(6)
    for lines in (1, 4):
        said = killed(_CORRECTS, first, lines=lines, after=chance.uniform(0, 0.1))
        with open_archive(first) as archive:
            there = [one.number for one in corrections.listed(archive)]
            assert there == list(range(1, len(there) + 1))
            assert set(map(int, said)) <= set(there)
            assert list(verify(archive)) == []
