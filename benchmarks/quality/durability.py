"""What an archive survives: any order, kill -9 while adding and upgrading, many at once.

Run: python benchmarks/quality/durability.py [--kills N] [--upgrades N] [--seconds S]

SQLite, in a temporary folder. Points in time are drawn from a fixed seed; where they fall in the
work differs from run to run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.invented import story
from sqlalchemy import insert

from retold.archive import adding, migrations, open_archive
from retold.archive.exporting import canonical
from retold.archive.getting import count
from retold.archive.tables import about
from retold.engines import engine_for
from retold.keeping.adding import add
from retold.model import Report
from retold.text.content import content_id

BATCH = 7


def child(work: Callable[[int], None]) -> tuple[int, int]:
    """A process that does the work and may write to a pipe; its id, and the pipe's end."""
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    code = 1
    try:
        os.close(reading)
        work(writing)
        code = 0
    finally:
        os._exit(code)


def said(pipe: int) -> list[int]:
    """The numbers that were written to a pipe, whole lines only."""
    parts = []
    while part := os.read(pipe, 65_536):
        parts.append(part)
    os.close(pipe)
    lines = b"".join(parts).split(b"\n")[:-1]
    return [int(line) for line in lines]


def records(file: Path, reports: int) -> None:
    """JSON Lines of invented reports."""
    with file.open("w") as out:
        for number in range(reports // 5):
            for telling, text in enumerate(story(5, 8, seed=number)):
                url = f"https://example.org/{number}/{telling}"
                out.write(json.dumps({"text": text, "url": url}) + "\n")


def sound(where: Path) -> str:
    """What SQLite itself finds wrong."""
    with closing(sqlite3.connect(where)) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


def kills_while_adding(folder: Path, kills: int) -> None:
    """Kill an adding again and again, then let it end."""
    rng = random.Random(1)
    file = folder / "reports.jsonl"
    records(file, 30 * kills)
    whole, where = folder / "whole.retold", folder / "killed.retold"
    with open_archive(whole, create=True) as archive:
        add(archive, [str(file)], workers=1)
        expected = b"".join(canonical(archive))

    def work(pipe: int) -> None:
        with open_archive(where, create=True) as archive:
            add(
                archive,
                [str(file)],
                workers=1,
                batch=BATCH,
                progress=lambda at: os.write(pipe, b"%d\n" % (at.sums.added + at.sums.resumed)),
            )

    lost = half = unsound = done = steps = 0
    for number in range(kills):
        process, pipe = child(work)
        time.sleep(rng.uniform(0.01, 0.25))
        os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
        acknowledged = said(pipe)
        steps += len(acknowledged)
        done += os.WIFEXITED(status)
        if not where.exists():
            continue
        with open_archive(where) as archive:
            there = count(archive)
            half += there % BATCH != 0 and there != 30 * kills
            lost += bool(acknowledged) and there < acknowledged[-1]
            half += len(list(canonical(archive))) != there
        if number % 20 == 0:
            unsound += sound(where) != "ok"
    with open_archive(where, create=True) as archive:
        sums = add(archive, [str(file)], workers=1)
        same = b"".join(canonical(archive)) == expected
    print(
        f"killed while adding: {kills} times ({done} had ended) among "
        f"{steps:,} acknowledged batches, lost {lost}, half {half}, "
        f"damaged {unsound}; then run to its end ({sums.resumed:,} passed over): "
        f"{'the same export' if same else 'ANOTHER EXPORT'}"
    )


def older(where: Path, reports: int) -> None:
    """An archive as its first version made it."""
    engine = engine_for(str(where), patience=5)
    with engine.creating() as connection:
        migrations.upgrade(connection, "0001")
        row = {"number": 1, "name": "retold", "made": "2025-01-01T00:00:00Z", "made_by": "0.1"}
        connection.execute(insert(about).values(row))
        items = []
        for number in range(reports):
            text = story(1, 10, seed=number)[0]
            report = Report(id="", text=text, url=f"https://example.org/{number}")
            named = Report(id=content_id(report), text=text, url=report.url)
            items.append(adding.prepare(adding.Item(named)))
        followers, adding.FOLLOWERS = adding.FOLLOWERS, ()
        adding.write(connection, items)
        adding.FOLLOWERS = followers
    engine.close()


def kills_while_upgrading(folder: Path, kills: int) -> None:
    """Kill an upgrade at a point, look at what is there, and let it end."""
    rng = random.Random(2)
    old = folder / "old.retold"
    older(old, 300)

    def texts(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
        return connection.execute(
            "SELECT id, sha256, packed FROM report JOIN blob ON text = blob.number ORDER BY 1"
        ).fetchall()

    with closing(sqlite3.connect(old)) as connection:
        expected = texts(connection)
    where = folder / "upgraded.retold"

    def upgrade(pipe: int) -> None:
        with open_archive(where):
            pass

    start = time.perf_counter()
    where.write_bytes(old.read_bytes())
    process, pipe = child(upgrade)
    os.waitpid(process, 0)
    os.close(pipe)
    takes = time.perf_counter() - start
    before = after = wrong = 0
    for _ in range(kills):
        for one in folder.glob("upgraded.retold*"):
            one.unlink()
        where.write_bytes(old.read_bytes())
        process, pipe = child(upgrade)
        time.sleep(rng.uniform(0, takes))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(pipe)
        with closing(sqlite3.connect(where)) as connection:
            query = f"SELECT version_num FROM {migrations.TABLE}"
            version = connection.execute(query).fetchone()[0]
            wrong += texts(connection) != expected or version not in ("0001", migrations.newest())
        before += version == "0001"
        after += version == migrations.newest()
        with open_archive(where) as archive:
            wrong += archive.schema != migrations.newest() or count(archive) != 300
        wrong += sound(where) != "ok"
    print(
        f"killed while upgrading: {kills} times within {1000 * takes:.0f} ms, "
        f"as before {before}, upgraded {after}, wrong {wrong}"
    )


def crowd(where: str, seconds: float) -> None:
    """Four write, four read; where there is no archive yet, on either engine."""
    with open_archive(where, create=True):
        pass
    end = time.monotonic() + seconds

    def write(name: int) -> Callable[[int], None]:
        def work(pipe: int) -> None:
            number = 0
            with open_archive(where) as archive:
                while time.monotonic() < end:
                    reports = [Report(id=f"{name}.{number}.{n}", text="A text.") for n in range(5)]
                    adding.add(archive, [adding.Item(report) for report in reports])
                    number += 1
                    os.write(pipe, b"%d\n" % (5 * number))

        return work

    def read(pipe: int) -> None:
        times = 0
        with open_archive(where, read_only=True) as archive:
            last = 0
            while time.monotonic() < end:
                now = count(archive)
                assert now >= last
                last = now
                times += 1
        os.write(pipe, b"%d\n" % times)

    writers = [child(write(name)) for name in range(4)]
    readers = [child(read) for _ in range(4)]
    failed = 0
    for process, _ in (*writers, *readers):
        failed += os.waitpid(process, 0)[1] != 0
    written = [(said(pipe) or [0])[-1] for _, pipe in writers]
    looked = sum((said(pipe) or [0])[-1] for _, pipe in readers)
    with open_archive(where) as archive:
        there = count(archive)
    print(
        f"4 writers, 4 readers, {seconds:g} s: {sum(written):,} reports acknowledged "
        f"(by each {min(written):,} to {max(written):,}), {there:,} there, {looked:,} looks, "
        f"{failed} failed, {'a server' if '://' in where else sound(Path(where))}"
    )


_ORDER = """
import random, sys
from hashlib import blake2b
from retold.archive import open_archive
from retold.archive.exporting import canonical
from retold.keeping.adding import add
place, file, seed, workers = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
with open(file) as lines:
    records = lines.readlines()
with open_archive(place, create=True) as archive:
    for turn in range(3):
        random.Random(10 * seed + turn).shuffle(records)
        with open(file, "w") as out:
            out.writelines(records)
        add(archive, [file], workers=workers, batch=50 + 113 * seed)
    print(blake2b(b"".join(canonical(archive)), digest_size=8).hexdigest())
"""


def orders(folder: Path, reports: int) -> None:
    """The same reports three times, shuffled, in other batches, by one and two processes."""
    found = []
    for seed in range(3):
        for workers in (1, 2):
            file = folder / "same.jsonl"
            records(file, reports)
            with file.open("a") as out:
                for number in range(reports // 20):  # other texts under ids that are taken
                    text = f"Report {number} of the harbour. " * 3
                    out.write(json.dumps({"text": text, "id": f"{number % 9}"}) + "\n")
            place = str(folder / f"{seed}.{workers}")
            done = subprocess.run(
                [sys.executable, "-c", _ORDER, place, str(file), str(seed), str(workers)],
                capture_output=True,
                text=True,
                check=True,
                env={**os.environ, "PYTHONHASHSEED": str(seed)},
            )
            found.append(done.stdout.strip())
    print(
        f"{reports + reports // 20:,} reports three times in 6 orders, batch sizes, hash seeds and "
        f"numbers of processes: {len(set(found))} different export(s) ({found[0]})"
    )


def main() -> None:
    """Run all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--upgrades", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--reports", type=int, default=2000)
    given = parser.parse_args()
    print(f"SQLite {sqlite3.sqlite_version}, tables {migrations.newest()}")
    with tempfile.TemporaryDirectory() as name:
        orders(Path(name), given.reports)
        kills_while_upgrading(Path(name), given.upgrades)
        kills_while_adding(Path(name), given.kills)
        crowd(str(Path(name) / "crowd.retold"), given.seconds)


if __name__ == "__main__":
    main()
