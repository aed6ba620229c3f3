"""Killed with kill -9 while deriving and while correcting; disks that fill up; crowds on a server.

    python benchmarks/quality/crashes.py [--kills N] [--disks N] [--seconds S] [--tmpfs]

Kills while adding and upgrading are in `benchmarks/quality/durability.py`. Points in time are
drawn from a fixed seed, within the time that the work takes when it is left alone; where they fall
in the work differs from run to run. A disk's end is a limit on the size of files, put at points
spread over all that an adding writes; with `--tmpfs` (as root) a small file system also.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.newsroom import write
from benchmarks.quality.durability import child, said, sound
from sqlalchemy import select

from retold.archive import Archive, corrections, open_archive, stories
from retold.archive.exporting import canonical
from retold.archive.getting import count, ids
from retold.archive.tables_derived import derived, quotation
from retold.archive.verifying import verify
from retold.cli.refreshing import bring_up_to_date
from retold.errors import RetoldError
from retold.holdings import FieldCorrected, ReportMoved, StoriesJoined, What
from retold.keeping.adding import add
from retold.keeping.correcting import correct
from retold.keeping.storylines import apply_corrections
from retold.settings import DEFAULTS

REPORTS = 150


def started(folder: Path) -> Path:
    """An archive with reports and nothing derived."""
    file, where = folder / "some.jsonl", folder / "some.retold"
    write(file, REPORTS, 5)
    with open_archive(where, create=True) as archive:
        add(archive, [str(file)], workers=1)
    return where


def copied(where: Path, to: Path) -> Path:
    """A copy of a closed archive."""
    for one in to.parent.glob(f"{to.name}*"):
        one.unlink()
    to.write_bytes(where.read_bytes())
    return to


def digest(archive: Archive) -> str:
    """All that is kept and derived, whatever the order it was made in."""
    whole = blake2b(digest_size=8)
    for line in canonical(archive):
        whole.update(line)
    with archive.reading() as connection:
        rows = connection.execute(
            select(derived.c.method, derived.c.subject, derived.c.sha256).order_by(
                derived.c.method, derived.c.subject
            )
        )
        whole.update(repr([tuple(row) for row in rows]).encode())
        quoted = connection.execute(
            select(quotation.c.report, quotation.c.ordinal).order_by(
                quotation.c.report, quotation.c.ordinal
            )
        )
        whole.update(repr([tuple(row) for row in quoted]).encode())
    whole.update(repr(together(archive)).encode())
    return whole.hexdigest()


def together(archive: Archive) -> list[list[str]]:
    """Which reports are in one story."""
    with archive.reading() as connection:
        names = [name for _, name in ids(connection)]
        found = stories.of_reports(connection, names)
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(found.get(name, "none"), []).append(name)
    return sorted(sorted(group) for group in groups.values())


def killed(work: Callable[[int], None], after: float) -> list[int]:
    """Do the work in another process, kill it after so many seconds; what it said."""
    process, pipe = child(work)
    time.sleep(after)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return said(pipe)


def kills_while_deriving(first: Path, kills: int) -> None:
    """Kill `refresh` at points; after each, look at what is there; then let it end."""
    rng = random.Random(3)
    with open_archive(first) as archive:
        reports = b"".join(canonical(archive))
    whole = copied(first, first.with_name("derived.retold"))
    where = first.with_name("killed.retold")

    def work(place: Path) -> Callable[[int], None]:
        def derive(pipe: int) -> None:
            with open_archive(place) as archive:
                bring_up_to_date(archive, DEFAULTS, workers=1)

        return derive

    start = time.perf_counter()
    process, pipe = child(work(whole))
    os.waitpid(process, 0)
    os.close(pipe)
    takes = time.perf_counter() - start
    with open_archive(whole) as archive:
        expected = digest(archive)
    wrong = lost = other = unsound = 0
    for number in range(kills):
        if number % 5 == 0:  # so that later kills fall into what is half done already
            copied(first, where)
        killed(work(where), rng.uniform(0, takes))
        with open_archive(where) as archive:
            wrong += bool(list(verify(archive)))
            lost += b"".join(canonical(archive)) != reports
        unsound += sound(where) != "ok"
        if number % 5 == 4 or number == kills - 1:
            with open_archive(where) as archive:
                bring_up_to_date(archive, DEFAULTS, workers=1)
                other += digest(archive) != expected
    print(
        f"killed while deriving: {kills} times within {takes:.1f} s, findings of verify {wrong}, "
        f"damaged {unsound}, other reports {lost}, other results when it was let to end {other}",
        flush=True,
    )


def kills_while_correcting(first: Path, kills: int) -> None:
    """Kill people's decisions at points; what was acknowledged has to stay and to show."""
    rng = random.Random(4)
    where = copied(first.with_name("derived.retold"), first.with_name("corrected.retold"))
    with open_archive(where) as archive, archive.reading() as connection:
        names = [name for _, name in ids(connection)]

    def work(seed: int) -> Callable[[int], None]:
        def decide(pipe: int) -> None:
            chance = random.Random(seed)
            with open_archive(where) as archive:
                while True:
                    made = correct(archive, a_correction(chance, names), by="Ada", note=f"{seed}")
                    os.write(pipe, b"%d\n" % made.number)

        return decide

    lost = gaps = wrong = acknowledged = unsound = 0
    for number in range(kills):
        numbers = killed(work(number), rng.uniform(0.2, 1.2))
        acknowledged += len(numbers)
        with open_archive(where) as archive:
            there = [one.number for one in corrections.listed(archive)]
            wrong += bool(list(verify(archive)))
        lost += not set(numbers) <= set(there)
        gaps += there != list(range(1, len(there) + 1))
        unsound += sound(where) != "ok"
    # The same decisions without a kill lead to the same stories.
    quiet = copied(first.with_name("derived.retold"), first.with_name("quiet.retold"))
    with open_archive(where) as archive, open_archive(quiet) as other:
        apply_corrections(archive)
        made = corrections.listed(archive)
        for one in made:
            corrections.correct(other, one.what, by=one.by, note=one.note)
        apply_corrections(other)
        same = together(archive) == together(other)
    print(
        f"killed while correcting: {kills} times among {acknowledged} acknowledged decisions "
        f"({len(made)} there), lost {lost}, half {gaps}, findings of verify {wrong}, damaged "
        f"{unsound}; {'the same' if same else 'OTHER'} stories as without a kill",
        flush=True,
    )


def a_correction(chance: random.Random, names: list[str]) -> What:
    """Something that a person may decide."""
    a, b = chance.sample(names, 2)
    which = chance.randrange(3)
    if which == 0:
        return StoriesJoined((a, b))
    if which == 1:
        return ReportMoved(a, b, ())
    return FieldCorrected(a, "title", f"Title {chance.randrange(1000)}")


def full_disks(first: Path, points: int) -> None:
    """An adding with files that may not grow beyond a point, at points over all it writes."""
    file = first.with_name("more.jsonl")
    write(file, 600, 6)
    before = first.stat().st_size
    whole = copied(first, first.with_name("enough.retold"))
    with open_archive(whole) as archive:
        add(archive, [str(file)], workers=1, batch=50)
        expected = b"".join(canonical(archive))
    grows = whole.stat().st_size - before
    where = first.with_name("full.retold")
    ends: Counter[str] = Counter()
    wrong = lost = resumed = 0
    for number in range(points):
        copied(first, where)
        limit = before + grows * number // points

        def work(pipe: int, limit: int = limit) -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            kept = 0

            def tell(at: object) -> None:
                nonlocal kept
                kept = at.sums.added + at.sums.versions + at.sums.known  # type: ignore[attr-defined]
                os.write(pipe, b"%d\n" % kept)

            try:
                with open_archive(where) as archive:
                    add(archive, [str(file)], workers=1, batch=50, progress=tell)
            except RetoldError as error:
                os._exit(20 if type(error).__name__ == "ArchiveFull" and error.advice else 21)

        process, pipe = child(work)
        _, status = os.waitpid(process, 0)
        acknowledged = said(pipe)
        code = os.waitstatus_to_exitcode(status)
        ends[{0: "enough space", 20: "ArchiveFull"}.get(code, f"ANOTHER END ({code})")] += 1
        with open_archive(where) as archive:
            lost += count(archive) < REPORTS + (acknowledged or [0])[-1]
            wrong += bool(list(verify(archive)))
            add(archive, [str(file)], workers=1, batch=50)
            resumed += b"".join(canonical(archive)) == expected
    print(
        f"disk full at {points} points of {grows:,} bytes: {dict(ends)}, acknowledged and lost "
        f"{lost}, findings of verify {wrong}, whole when there was space again {resumed}",
        flush=True,
    )


def small_disk(folder: Path) -> None:
    """A file system of 4 MB, through the command."""
    mount = folder / "small"
    mount.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(mount)],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        print(f"a small file system cannot be mounted here: {made.stderr.strip()}")
        return
    try:
        file, where = folder / "large.jsonl", mount / "news.retold"
        write(file, 2000, 7)
        command = [sys.executable, "-m", "retold", "add", "--later", "--archive", str(where)]
        command.append(str(file))
        full = subprocess.run(command, capture_output=True, text=True, check=False)
        with open_archive(where) as archive:
            kept, found = count(archive), list(verify(archive))
        subprocess.run(["mount", "-o", "remount,size=60m", str(mount)], check=True)
        more = subprocess.run(command, capture_output=True, text=True, check=False)
        print(
            f"a full file system: exit code {full.returncode}, {full.stderr.strip()[-160:]!r}, "
            f"{kept} kept, findings {len(found)}; with more space: exit code {more.returncode}, "
            f"{more.stdout.strip()[:120]}"
        )
    finally:
        subprocess.run(["umount", str(mount)], check=False)


def crowd(seconds: float) -> None:
    """Four write and four read on a PostgreSQL server."""
    from benchmarks.quality import durability
    from tests.archive.postgres import running

    with running() as server:
        durability.crowd(server.database(), seconds)


def main() -> None:
    """Run all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--disks", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--tmpfs", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        first = started(Path(name))
        full_disks(first, given.disks)
        kills_while_deriving(first, given.kills)
        kills_while_correcting(first, given.kills)
        if given.tmpfs:
            small_disk(Path(name))
    crowd(given.seconds)


if __name__ == "__main__":
    main()
