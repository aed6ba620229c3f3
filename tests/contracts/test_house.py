"""The house keeps its shape: who may import whom, how long a file may be, what loads when."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src" / "retold").rglob("*.py"))


def test_the_direction_of_dependencies_is_kept():
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports as l; raise SystemExit(l())",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_a_file_is_short_enough_to_hold_in_mind(source):
    assert len(source.read_text("utf-8").splitlines()) <= 400


@pytest.mark.parametrize(
    ("statement", "heavy"),
    [
        ("import retold", ["numpy", "rich", "click", "msgspec", "trafilatura"]),
        ("import retold.cli", ["numpy", "rich", "trafilatura", "httpx2"]),
        ("import retold.read", ["numpy", "trafilatura", "lxml", "httpx2", "py3langid"]),
        ("import retold.pipeline", ["scipy", "trafilatura", "httpx2", "py3langid", "rich"]),
    ],
)
def test_what_is_heavy_is_loaded_when_it_is_used(statement, heavy):
    """In a fresh process: this one has loaded everything long ago."""
    script = f"{statement}\nimport sys\nprint(*[name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def test_no_utils():
    names = {part for source in SOURCES for part in source.relative_to(ROOT / "src").parts}
    assert not {name for name in names if name.startswith(("utils", "helpers", "misc", "common"))}
