"""`retold compare` and `retold demo`."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from retold.cli import refusing
from retold.cli.files import require_writable, write
from retold.errors import UsageError
from retold.model import Telling
from retold.pipeline import tell
from retold.read import read
from retold.settings import DEFAULTS, Settings

__all__ = ["compare", "demo", "show_telling"]


def compare(
    inputs: Sequence[str],
    settings: Settings,
    *,
    html: Path | None,
    json: bool,
    story: str | None,
    table: bool,
) -> int:
    """Compare the inputs; returns the exit code.

    Args:
        inputs: files, URLs or "-".
        settings: of the run.
        html: where to write the page.
        json: write the telling to stdout.
        story: an id for the story.
        table: show the comparison on stdout, unless JSON is written there.
    """
    if "" in inputs:
        raise UsageError("an input has no name", advice="Name a file or URL; - is standard input")
    if html is not None:
        require_writable(html)
    reports, refused = read(inputs, settings, notify=refusing.notify)
    refusing.say(refused)
    if len(reports) < 2:
        left = "no report is left" if not reports else "one report is left"
        sys.stderr.write(f"retold: {left} to compare. Give two or more reports of one story\n")
        return refusing.code_of_failure(refused)
    telling = tell(reports, settings, story=story, refused=refused)
    refusing.say(telling.refused[len(refused) :])
    show_telling(telling, html=html, json=json, table=table)
    if telling.refused:
        return 3
    if not telling.passages and not telling.overlaps:
        sys.stderr.write("retold: these reports have no passage in common\n")
        return 1
    return 0


def demo(folder: Path, *, json: bool) -> int:
    """Write the demo story into a folder and compare it; returns the exit code."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written = []
        source = files("retold") / "demo"
        for entry in sorted(source.iterdir(), key=lambda entry: entry.name):
            if entry.name.endswith(".txt"):
                target = folder / entry.name
                target.write_bytes(entry.read_bytes())
                written.append(str(target))
    except OSError as error:
        raise UsageError(
            f"the demo story cannot be written ({error.strerror})",
            where=str(folder),
            advice="Name another folder",
        ) from error
    page = folder / "story.html"
    sys.stderr.write(f"retold compare {' '.join(written)} --html {page}\n\n")
    return compare(written, DEFAULTS, html=page, json=json, story="demo", table=True)


def show_telling(telling: Telling, *, html: Path | None, json: bool, table: bool) -> None:
    """Write a telling: as a page, and as JSON or as a table.

    Args:
        telling: of a story.
        html: where to write the page.
        json: write JSON to stdout.
        table: else show the comparison there.
    """
    if html is not None:
        from retold.show.page import page

        written = page(telling).encode("utf-8", "backslashreplace")
        write(html, [written])
        sys.stderr.write(f"retold: wrote {html}\n")
    if json:
        from retold.show.records import telling_json

        sys.stdout.buffer.write(telling_json(telling) + b"\n")
    elif table:
        from retold.show.terminal import render

        width = shutil.get_terminal_size((100, 24)).columns
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        encoding = sys.stdout.encoding or "utf-8"
        text = render(telling, width, colour=colour, encoding=encoding)
        sys.stdout.buffer.write(text.encode(encoding, "backslashreplace"))
