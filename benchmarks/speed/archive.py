"""Adding to an archive: time, memory, size, and whether it stays as fast when it grows.

Run: python benchmarks/speed/archive.py [--reports N] [--archive WHERE]

Reports are made here (`benchmarks/invented.py`): stories of eight tellings, 8 to 40 sentences
each, about 5,000 characters. With `--archive postgresql://…` the same on an empty database.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from hashlib import blake2b
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.invented import story

from retold.archive import Archive, open_archive
from retold.archive.getting import count
from retold.keeping.adding import add

TELLINGS = 8


def generate(file: Path, reports: int, seed: int) -> tuple[int, str]:
    """Write JSON Lines; characters of text, and a fingerprint."""
    characters = 0
    digest = blake2b(digest_size=8)
    with file.open("w") as out:
        for number in range(0, reports, TELLINGS):
            sentences = random.Random(f"{seed}-{number}").randint(8, 40)
            for telling, text in enumerate(story(TELLINGS, sentences, seed=seed * 10**7 + number)):
                if number + telling >= reports:
                    break
                outlet = (number * 7 + telling) % 400
                record = {
                    "text": text,
                    "title": text[:70].partition("\n")[0],
                    "url": f"https://www.outlet{outlet}.example/{seed}/{number}/{telling}.html",
                    "outlet": f"Outlet {outlet}",
                    "published": f"20{10 + number // 97 % 15}-{number % 12 + 1:02}-"
                    f"{number % 28 + 1:02}T{number % 24:02}:{telling * 7:02}:00Z",
                }
                line = json.dumps(record, ensure_ascii=False)
                digest.update(line.encode())
                characters += len(text.encode())
                out.write(line + "\n")
    return characters, digest.hexdigest()


def used() -> float:
    """CPU seconds of this process and its children that have ended."""
    mine = resource.getrusage(resource.RUSAGE_SELF)
    theirs = resource.getrusage(resource.RUSAGE_CHILDREN)
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime


def size(where: str) -> int:
    """Bytes of an archive's file and its log."""
    files = [Path(where), Path(where + "-wal")]
    return sum(file.stat().st_size for file in files if file.exists())


def timed(archive: Archive, file: Path, what: str) -> None:
    """Add a file and print what it cost."""
    start, cpu = time.perf_counter(), used()
    sums = add(archive, [str(file)])
    wall, cpu = time.perf_counter() - start, used() - cpu
    records = sums.added + sums.versions + sums.known
    print(
        f"{what:<44} {wall:8.1f} s  {cpu:8.1f} s CPU  {1000 * cpu / records:6.2f} ms CPU a report"
        f"  (added {sums.added:,}, there {sums.known:,}, refused {sums.refused:,})"
    )


def main() -> None:
    """Run all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--archive")
    given = parser.parse_args()
    small = given.reports // 10
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        where = given.archive or str(folder / "news.retold")
        first, rest = folder / "first.jsonl", folder / "rest.jsonl"
        more = [folder / f"more{n}.jsonl" for n in range(2)]
        characters, fingerprint = generate(first, small, 1)
        characters += generate(rest, given.reports - small, 2)[0]
        for number, file in enumerate(more):
            characters += generate(file, 1000, 10 + number)[0]
        print(f"{given.reports + 2000:,} reports, {characters:,} bytes of text, data {fingerprint}")
        with open_archive(where, create=True) as archive:
            timed(archive, first, f"the first {small:,}")
            timed(archive, more[0], f"1,000 more at {count(archive):,}")
            timed(archive, rest, f"the other {given.reports - small:,}")
            timed(archive, more[1], f"1,000 more at {count(archive):,}")
            timed(archive, more[1], "the same 1,000 again")
        if given.archive is None:
            # A trivial baseline for the size: the records as they came.
            print(f"archive {size(where):,} bytes, {size(where) / characters:.2f} x the text")
            records = sum(file.stat().st_size for file in (first, rest, *more))
            print(f"JSON Lines {records / characters:.2f} x")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    theirs = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(f"most memory: {own / 1024:.0f} MB here, {theirs / 1024:.0f} MB in each reading process")


if __name__ == "__main__":
    main()
