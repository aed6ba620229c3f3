"""The console blocks of the README and the docs, and how to run them.

Run as a script (`scripts/readme`) it writes the present output into them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"(?m)^```console\n(?P<body>.*?)^```$", re.DOTALL)


def commands(body: str) -> list[str]:
    """The commands of a block, without their prompt."""
    return [line[2:] for line in body.splitlines() if line.startswith("$ ")]


def output(command: str, folder: Path) -> str:
    """What a command prints, both streams, in a folder that has the demo and the examples."""
    environment = {
        **os.environ,
        "TZ": "UTC",  # times are shown as the reader's clock has them
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "100",
        "PYTHONIOENCODING": "utf-8",
    }
    done = subprocess.run(
        command, shell=True, cwd=folder, env=environment, capture_output=True, check=False
    )
    text = (done.stdout + done.stderr).decode("utf-8", "replace")
    return text if text.endswith("\n") or not text else text + "\n"


def prepared(folder: Path) -> Path:
    """A folder with the demo story and the examples, as a reader of the README has them."""
    subprocess.run(
        [sys.executable, "-m", "retold", "demo"], cwd=folder, check=True, capture_output=True
    )
    (folder / "examples").symlink_to(ROOT / "examples")
    return folder


def renewed(readme: str, folder: Path) -> str:
    """The README with every block's output as it is now."""

    def block(match: re.Match[str]) -> str:
        parts = [f"$ {command}\n{output(command, folder)}" for command in commands(match["body"])]
        return "```console\n" + "".join(parts) + "```"

    return BLOCK.sub(block, readme)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        folder = prepared(Path(made))
        for page in PAGES:
            page.write_text(renewed(page.read_text("utf-8"), folder), encoding="utf-8")
