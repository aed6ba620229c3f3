"""Adding to an archive by `retold add`: time, memory, size, and whether it stays as fast.

    python benchmarks/speed/archive.py [--reports N] [--archive WHERE] [--folder F] [--derive]

Reports are made here (`benchmarks/newsroom.py`; no HTML has to be read). A tenth of them is added,
then 1,000 more, then the rest, then 1,000 more and the same 1,000 again; each by a process of its
own as a user would start it, with `--later`. With `--derive`, `retold refresh` then finds the
quotations and stories of all of them. Memory is the highest sum of the processes' own pages (those
that they share counted in parts), looked at five times a second. With `--archive postgresql://…`
the same on an empty database. With `--folder` files are kept there, and used again.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.newsroom import write

_ADD_MINUTES = 20
_MEMORY = 2_000_000_000
_SIZE = 2.5


def memory(process: int) -> int:
    """Bytes that a process and its descendants hold, shared pages in parts."""
    held = 0
    waiting = [process]
    while waiting:
        one = waiting.pop()
        try:
            rolled = Path(f"/proc/{one}/smaps_rollup").read_text()
            held += 1024 * int(rolled.partition("\nPss:")[2].split()[0])
            for task in Path(f"/proc/{one}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
        except (OSError, ValueError, IndexError):
            continue
    return held


def used() -> float:
    """CPU seconds of the children that have ended."""
    theirs = resource.getrusage(resource.RUSAGE_CHILDREN)
    return theirs.ru_utime + theirs.ru_stime


def size(where: str) -> int:
    """Bytes of an archive: its file and log, or the database."""
    if where.startswith("postgresql"):
        import psycopg

        with psycopg.connect(where) as connection:
            row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
            return int(row[0]) if row else 0
    files = [Path(where), Path(where + "-wal")]
    return sum(file.stat().st_size for file in files if file.exists())


def timed(what: str, *arguments: str) -> tuple[float, float, int]:
    """Run `retold …`; wall and CPU seconds, and the most memory."""
    command = [sys.executable, "-m", "retold", *arguments]
    start, cpu, most = time.perf_counter(), used(), 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        while running.poll() is None:
            most = max(most, memory(running.pid))
            time.sleep(0.2)
        said = running.stdout.read() if running.stdout else ""
    wall, cpu = time.perf_counter() - start, used() - cpu
    print(f"{what:<34} {wall:9.1f} s {cpu:9.1f} s CPU {most / 1e6:7.0f} MB", flush=True)
    print("   ", " | ".join(said.strip().splitlines())[:300], flush=True)
    if running.returncode not in (0, 1):
        sys.exit(f"{what}: exit code {running.returncode}")
    return wall, cpu, most


def made(file: Path, count: int, seed: int) -> tuple[int, str]:
    """The file's bytes of text and fingerprint; it is written unless it is there."""
    beside = file.with_suffix(".facts")
    if beside.exists():
        found = json.loads(beside.read_text())
        return found[0], found[1]
    facts = write(file, count, seed)
    beside.write_text(json.dumps(facts))
    return facts


def main() -> None:
    """Run all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--archive")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--derive", action="store_true")
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = given.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(exist_ok=True, parents=True)
        run(given, folder)


def run(given: argparse.Namespace, folder: Path) -> None:
    """Add all, and print what it cost."""
    small = given.reports // 10
    where = given.archive or str(folder / "news.retold")
    files = [
        ("first", small, 1),
        ("more1", 1000, 11),
        ("rest", given.reports - small, 2),
        ("more2", 1000, 12),
    ]
    text = 0
    marks = []
    for name, count, seed in files:
        characters, mark = made(folder / f"{name}.jsonl", count, seed)
        text += characters
        marks.append(mark)
    print(f"{given.reports + 2000:,} reports, {text:,} bytes of text, data {' '.join(marks)}")
    costs = {}
    there = 0
    for name, count, _ in (*files, ("more2", 0, 12)):
        what = f"{count:,} at {there:,}" if count else "the last 1,000 again"
        source = str(folder / f"{name}.jsonl")
        costs[what] = timed(what, "add", "--later", "--archive", where, source)
        there += count
    whole = [costs[f"{small:,} at 0"], costs[f"{given.reports - small:,} at {small + 1000:,}"]]
    wall, cpu = (sum(one[at] for one in whole) / 60 for at in (0, 1))
    print(f"{given.reports:,} reports: {wall:.1f} min, {cpu:.1f} min CPU (bar {_ADD_MINUTES} min)")
    before = costs[f"1,000 at {small:,}"]
    after = costs[f"1,000 at {given.reports + 1000:,}"]
    print(
        f"1,000 more, at the whole against at a tenth: {after[0] / before[0]:.2f} wall, "
        f"{after[1] / before[1]:.2f} CPU (bar 0.80 to 1.20)"
    )
    print(f"archive {size(where):,} bytes, {size(where) / text:.2f} x the text (bar {_SIZE})")
    # The trivial way to keep them: the records as they came.
    records = sum((folder / f"{name}.jsonl").stat().st_size for name, _, _ in files)
    print(f"JSON Lines {records / text:.2f} x")
    if given.derive:
        costs["derive"] = timed("quotations and stories", "refresh", "--archive", where)
        print(f"with them {size(where):,} bytes, {size(where) / text:.2f} x (bar {_SIZE})")
    most = max(one[2] for one in costs.values())
    print(f"most memory: {most / 1e6:.0f} MB (bar {_MEMORY / 1e6:.0f})")


if __name__ == "__main__":
    main()
