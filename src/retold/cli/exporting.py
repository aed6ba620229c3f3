"""`retold export`: a story in a format of the field."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from retold.cli import refusing
from retold.cli.files import require_writable, write
from retold.errors import UsageError
from retold.model import Telling
from retold.settings import Settings
from retold.show.formats import FORMATS
from retold.show.records import is_telling, telling_of

__all__ = ["export"]


def export(
    inputs: Sequence[str],
    settings: Settings,
    *,
    name: str | None,
    output: Path | None,
    story: str | None,
    archive: str | None = None,
) -> int:
    """Write one story; returns the exit code.

    Args:
        inputs: a telling (a file, or "-"), or the reports of one story; none for a story of an
            archive.
        settings: of the run, where reports are read.
        name: of the format.
        output: where to write; None is stdout.
        story: an id for the story, where reports are read; the story's own in an archive.
        archive: path or URL.
    """
    if not inputs and story is None:
        raise UsageError(
            "nothing to export",
            advice="Give a telling (retold compare --json), reports, or --story of an archive",
        )
    if "" in inputs:
        raise UsageError("an input has no name", advice="Name a file or URL; - is standard input")
    if name not in FORMATS:
        what = "--format is missing" if name is None else f"no format {name!r}"
        raise UsageError(what, advice=f"There are {', '.join(FORMATS)}")
    if output is not None:
        require_writable(output)
    kept = not inputs and story is not None
    if kept and story is not None:
        telling: Telling | int = _kept(archive, story, settings)
    else:
        telling = _telling(inputs, settings, story)
    if isinstance(telling, int):
        return telling
    _write(FORMATS[name](telling).encode("utf-8"), output)
    if telling.refused and not kept:
        return 3
    if not telling.passages:
        sys.stderr.write("retold: these reports have no passage in common\n")
        return 1
    return 0


def _kept(archive: str | None, story: str, settings: Settings) -> Telling:
    """The telling of a story of an archive."""
    from retold.cli.opening import open_archive
    from retold.keeping import tellings

    with open_archive(archive) as opened:
        return tellings.telling_of(opened, story, settings)


def _telling(inputs: Sequence[str], settings: Settings, story: str | None) -> Telling | int:
    """The story, or the exit code where there is none."""
    stdin = None
    if len(inputs) == 1:
        raw = _raw(inputs[0])
        if raw is not None and is_telling(raw):
            if story is not None:
                raise UsageError("--story with a telling, which has an id", advice="Leave it out")
            return telling_of(raw, inputs[0])
        if raw is not None and inputs[0] == "-":
            stdin = BytesIO(raw)
    from retold.pipeline import tell  # a telling is exported without them
    from retold.read import read

    reports, refused = read(inputs, settings, stdin=stdin, notify=refusing.notify)
    refusing.say(refused)
    if len(reports) < 2:
        left = "no report is left" if not reports else "one report is left"
        sys.stderr.write(
            f"retold: {left} to compare. Give a telling, or two or more reports of one story\n"
        )
        return refusing.code_of_failure(refused)
    telling = tell(reports, settings, story=story, refused=refused)
    refusing.say(telling.refused[len(refused) :])
    return telling


def _raw(source: str) -> bytes | None:
    """What may be a telling: standard input, or a file that begins as one."""
    if source == "-":
        return sys.stdin.buffer.read()
    try:
        with Path(source).open("rb") as file:
            head = file.read(64)
            return head + file.read() if head.lstrip().startswith(b"{") else None
    except (OSError, ValueError):
        return None  # an address, a folder, or nothing: reading says what is wrong


def _write(made: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(made)
        return
    write(output, [made])
    sys.stderr.write(f"retold: wrote {output}\n")
