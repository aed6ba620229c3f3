from __future__ import annotations

import re
import subprocess
import sys


def said(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "retold", *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={"COLUMNS": "100", "PATH": ""},
    )
    return done.stdout


def test_every_command_has_its_section_and_a_whole_sentence():
    text = said("--help")
    assert "Others" not in text
    lines = [line.strip() for line in text.splitlines() if line.startswith("  ")]
    commands = [
        line for line in lines if line.startswith(("compare ", "watch ", "serve ", "trace "))
    ]
    assert len(commands) == 4
    assert all("..." not in line for line in commands)


def test_every_command_explains_itself():
    names = re.findall(r"(?m)^  ([a-z]+) {2,}\S", said("--help"))
    assert len(names) > 15
    for name in names:
        assert "Usage" in said(name, "--help")
