"""Searching an archive of reports made by `benchmarks/newsroom.py`, warm.

    python benchmarks/speed/search.py WHERE [--times N]

Each question is asked N times of an open archive (as the local page does); the first time is not
counted. Shown are the median and the slowest, in milliseconds of wall time, and the mean of CPU
time in this process and, where the server runs on this machine too, in all processes of the server
(its clock ticks every 10 ms, so that a mean of few is coarse). The baseline is reading one report
by its number.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.newsroom import vocabulary

from retold.archive import Archive, open_archive, quoting
from retold.archive.getting import count, load
from retold.archive.searching import Asked, search

_BAR = 50.0


def questions(archive: Archive) -> list[tuple[str, Asked]]:
    """What is asked."""
    words = vocabulary("en")
    russian = vocabulary("ru")
    with archive.reading() as connection:
        some = load(connection, [count(archive) // 2])[0].report
    sentence = " ".join(some.text.split()[3:7]).replace('"', "")
    name = words[25].capitalize()
    return [
        ("a rare word", Asked(words[60_000])),
        ("a word of one report in a hundred", Asked(words[2_000])),
        ("the commonest word", Asked("the")),
        ("the two commonest words", Asked("the of")),
        ("five common words", Asked("the of to in and")),
        ("one of three common words", Asked("the OR of OR und")),
        ("common words without another", Asked("the -of")),
        ("a common word, the oldest first", Asked("the", order="oldest")),
        ("a common word in Russian", Asked(russian[0])),
        ("a common word in Chinese", Asked("的")),
        ("a phrase of common words", Asked('"of the"')),
        ("a phrase of a report", Asked(f'"{sentence}"')),
        ("a common and a rare word", Asked(f"the {words[60_000]}")),
        ("a beginning of five letters", Asked(f"{words[3_000][:5]}*")),
        ("a beginning of two letters", Asked("pr*")),
        ("a beginning of one letter", Asked("s*")),
        ("a word in titles", Asked("title:the")),
        ("no word, no filter", Asked()),
        ("an outlet", Asked(outlets=["Outlet 3"])),
        ("a language", Asked(languages=["en"])),
        ("a common word of an outlet", Asked("the", outlets=["Outlet 3"])),
        ("a common word in a language", Asked("the", languages=["en"])),
        ("a common word in one month", Asked("the", since="2024-03", until="2024-03")),
        ("a common word in two years", Asked("the", since="2023", until="2024")),
        (
            "all filters",
            Asked("the", outlets=["Outlet 3"], languages=["en"], since="2023-05-01"),
        ),
        ("quoted: a common word", Asked(further=[quoting.said(None, "the")])),
        ("quoted: a rare word", Asked(further=[quoting.said(None, words[9_000])])),
        ("quoted: a phrase, and a word", Asked("the", further=[quoting.said(None, '"of the"')])),
        ("a speaker", Asked(further=[quoting.said(name, None)])),
        ("a speaker with a common word", Asked(further=[quoting.said(name, "the")])),
        ("a person", Asked(further=[quoting.named(name)])),
    ]


def cost(
    times: int, work: Callable[[], object], others: Callable[[], float] = lambda: 0.0
) -> tuple[float, float, float]:
    """Median and slowest wall time, and mean CPU time, in milliseconds.

    Args:
        times: to do it.
        work: what is done.
        others: CPU seconds so far of other processes that do it too.
    """
    work()
    walls = []
    cpu = time.process_time() + others()
    for _ in range(times):
        wall = time.perf_counter()
        work()
        walls.append(1000 * (time.perf_counter() - wall))
    cpu = time.process_time() + others() - cpu
    return statistics.median(walls), max(walls), 1000 * cpu / times


def server_clock(archive: Archive) -> Callable[[], float]:
    """CPU seconds of the archive's server, all of its processes; 0 where there is none here."""
    if archive.engine.name != "PostgreSQL":
        return lambda: 0.0
    with archive.reading() as connection:
        backend = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
    try:
        parent = _fields(int(backend or 0))[1]
    except OSError:
        return lambda: 0.0
    ticks = os.sysconf("SC_CLK_TCK")

    def clock() -> float:
        # Of the processes that ended the parent has the sum.
        used = sum(int(one) for one in _fields(int(parent))[11:15])
        for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
            with suppress(OSError):
                used += sum(int(one) for one in _fields(int(child))[11:13])
        return used / ticks

    return clock


def _fields(process: int) -> list[str]:
    """What /proc says of a process, behind its name: state, parent, …"""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("where")
    parser.add_argument("--times", type=int, default=7)
    given = parser.parse_args()
    over = 0
    with open_archive(given.where, read_only=True) as archive:
        missing = quoting.unanalysed(archive)
        engine = archive.engine.name
        others = server_clock(archive)
        print(f"{count(archive):,} reports, {missing:,} of them not analysed; {engine}")
        print(f"{'':45} {'hits':>9}  median  slowest     CPU ms")

        def one() -> None:
            with archive.reading() as connection:
                load(connection, [1])

        print(
            "{:45} {:>9} {:7.1f} {:8.1f} {:8.1f}".format(
                "one report", 1, *cost(given.times, one, others)
            )
        )
        for what, asked in questions(archive):
            after = None
            for page in (1, 10):
                if page > 1:
                    for _ in range(page - 1):
                        after = search(archive, replaced(asked, after)).next
                        if after is None:
                            break
                    if after is None:
                        continue
                question = replaced(asked, after)
                found = search(archive, question)
                median, slowest, cpu = cost(
                    given.times,
                    lambda: search(archive, question),  # noqa: B023
                    others,
                )
                over += min(median, cpu) > _BAR
                mark = " *" if min(median, cpu) > _BAR else ""
                name = what if page == 1 else f"    its page {page}"
                total = f"{found.total:,}"
                print(f"{name:45} {total:>9} {median:7.1f} {slowest:8.1f} {cpu:8.1f}{mark}")
    print(f"over {_BAR:.0f} ms: {over}")


def replaced(asked: Asked, after: str | None) -> Asked:
    """The same question, another page."""
    return Asked(
        asked.words,
        asked.outlets,
        asked.languages,
        asked.since,
        asked.until,
        asked.further,
        asked.order,
        asked.limit,
        after,
    )


if __name__ == "__main__":
    main()
