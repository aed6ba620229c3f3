"""`retold verify`, and `retold export` of a whole archive."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec

from retold.archive import getting
from retold.archive.exporting import canonical
from retold.archive.opening import DEFAULT, VARIABLE
from retold.archive.salvaging import salvage
from retold.archive.verifying import verify as found_damaged
from retold.cli.files import require_writable, write
from retold.cli.opening import open_archive
from retold.errors import ArchiveDamaged, ArchiveError
from retold.holdings import Damage
from retold.show.marks import visible
from retold.show.names import count

__all__ = ["Checked", "export_all", "verify"]

_MOST_SHOWN = 200


class Checked(msgspec.Struct, frozen=True):
    """What `retold verify --json` writes.

    Attributes:
        archive: path or URL, without a password.
        reports: that it holds; 0 where they cannot be counted any more.
        damaged: what is not what was kept.
    """

    archive: str
    reports: int
    damaged: tuple[Damage, ...]


def verify(archive: str | None, *, json: bool) -> int:
    """Check that all that is kept is what was kept; returns the exit code."""
    with open_archive(archive, read_only=True, upgrade=False) as kept, _bar() as progress:
        damaged = tuple(found_damaged(kept, progress=progress))
        try:
            reports = getting.count(kept)
        except ArchiveError:
            reports = 0
        where = kept.where
    if json:
        sys.stdout.buffer.write(msgspec.json.encode(Checked(where, reports, damaged)) + b"\n")
    else:
        for one in damaged[:_MOST_SHOWN]:
            sys.stdout.write(f"{visible(_line(one))}\n")
        if len(damaged) > _MOST_SHOWN:
            sys.stdout.write(f"… and {len(damaged) - _MOST_SHOWN:,} more\n")
        if not damaged:
            sys.stdout.write(f"{where}: {_all(reports)} what was kept\n")
    if damaged:
        sys.stderr.write(
            f"retold: {visible(where)}: the archive is damaged. Bring back a backup, or save what "
            "is whole: retold export --salvage -o whole.jsonl, then retold add whole.jsonl to a "
            "new archive\n"
        )
        return ArchiveDamaged.exit_code
    return 0


def export_all(
    archive: str | None, *, output: Path | None, salvaging: bool, raw: bool = False
) -> int:
    """Write all reports of an archive, a line of JSON each; returns the exit code.

    Args:
        archive: where.
        output: a file; None is standard output.
        salvaging: bring out of a damaged archive what is whole.
        raw: write the bytes too that reports were read from; always when salvaging.
    """
    if output is not None:
        require_writable(output)
    lost: list[int] = []
    pageless: list[int] = []
    with ExitStack() as stack:
        if salvaging:
            place = archive or os.environ.get(VARIABLE) or DEFAULT
            lines = salvage(place, lost=lost.append, pageless=pageless.append)
        else:
            kept = stack.enter_context(open_archive(archive, read_only=True))
            lines = canonical(kept, raw=raw)
        written = _write(lines, output)
    if salvaging:
        sys.stderr.write(f"retold: {count(written, 'report')} brought out, {len(lost):,} damaged\n")
        for number in lost[:_MOST_SHOWN]:
            sys.stderr.write(f"retold: report number {number} is lost\n")
        for number in pageless[:_MOST_SHOWN]:
            sys.stderr.write(f"retold: report number {number} has lost its page, not its text\n")
        return 3 if lost or pageless else 0
    return 0 if written else 1


def _write(lines: Iterator[bytes], output: Path | None) -> int:
    if output is not None:
        return write(output, lines)
    written = 0
    for line in lines:
        sys.stdout.buffer.write(line)
        written += 1
    return written


def _line(one: Damage) -> str:
    number = "" if one.number is None else f" {one.number}"
    name = "" if one.report is None else f" ({one.report})"
    what = (
        f"report{number}{name}, its {one.what}"
        if one.what in ("text", "page")
        else (f"{one.what}{number}{name}")
    )
    return f"{what}: {one.reason}"


@contextmanager
def _bar() -> Iterator[Callable[[int, int], object]]:
    if not sys.stderr.isatty():
        yield lambda _, __: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("checking", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _all(reports: int) -> str:
    return "its one report is" if reports == 1 else f"all {count(reports, 'report')} are"
