"""Stories of an archive: all at once, 1,000 reports more, and lists of them.

    python benchmarks/speed/stories.py [--reports N] [--days D] [--archive WHERE]

Reports are made here (`benchmarks/newsroom.py`), as many a day as a monitor gets: N over D days,
then 1,000 more on the day after. They are added, and put into stories; then the same 1,000 are
added to stories that are as many but already there. Lists are read with and without filters, first
page and a page in the middle. CPU seconds stand beside wall clock. The trivial baseline is to group
everything anew.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.newsroom import FIRST, reports

from retold.archive import open_archive, stories
from retold.archive.adding import Item, add
from retold.keeping.stories import refresh_stories
from retold.keeping.tellings import telling_of
from retold.model import Report

_MORE = 1_000


def timed(name: str, work: Callable[[], Any]) -> Any:
    """Run, and print what it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = work()
    print(
        f"{name:<58} {time.perf_counter() - wall:9.3f} s {time.process_time() - cpu:9.3f} s CPU",
        flush=True,
    )
    return found


def made(count: int, days: int) -> list[Report]:
    """Reports, spread evenly over the days."""
    found = []
    for number, record in enumerate(reports(count, 7)):
        clock = datetime.fromisoformat(record["published"]).time()
        day = (FIRST + timedelta(days=days * number // count)).date()
        published = f"{day}T{clock.isoformat('seconds')}Z"
        one = Report(
            id=f"{number}",
            text=record["text"],
            title=record["title"],
            url=record["url"],
            outlet=record["outlet"],
            published=published,
            language=record["language"],
        )
        found.append(one)
    return found


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--days", type=int, default=0, help="default: one for each 1,000 reports")
    parser.add_argument("--archive", help="a new place; default: a folder that is thrown away")
    asked = parser.parse_args()
    days = asked.days or max(1, asked.reports // 1_000)
    every = made(asked.reports + _MORE, days)
    if not asked.days:
        last = (FIRST + timedelta(days=days)).date()
        every[asked.reports :] = [
            _on(one, f"{last}{(one.published or '')[10:]}") for one in every[asked.reports :]
        ]
    print(f"{asked.reports:,} reports over {days} days, then {_MORE:,} on the day after")
    with tempfile.TemporaryDirectory() as folder:
        where = asked.archive or str(Path(folder) / "speed.retold")
        with open_archive(where, create=True) as archive:

            def keep(some: list[Report]) -> None:
                for start in range(0, len(some), 500):
                    add(archive, [Item(one) for one in some[start : start + 500]])

            timed(f"add {asked.reports:,}", lambda: keep(every[: asked.reports]))
            timed("stories of all (the baseline)", lambda: refresh_stories(archive))
            timed("add 1,000", lambda: keep(every[asked.reports :]))
            timed("stories of 1,000 more", lambda: refresh_stories(archive))
            timed("stories of none", lambda: refresh_stories(archive))
            one = every[-1]
            keep([_on(_as(one, "one more"), one.published or "")])
            timed("stories of 1 more on that day", lambda: refresh_stories(archive))
            page = timed("list: first page", lambda: stories.listed(archive, stories.Asked()))
            print(f"{page.total:,} stories")
            big = stories.Asked(least=2)
            timed("list: two reports or more", lambda: stories.listed(archive, big))
            after = page.next
            for _ in range(9):
                after = stories.listed(archive, stories.Asked(after=after)).next
            timed("list: tenth page", lambda: stories.listed(archive, stories.Asked(after=after)))
            outlet = stories.Asked(outlets=[one.outlet or ""])
            timed("list: an outlet", lambda: stories.listed(archive, outlet))
            words = stories.Asked(words=one.text.split()[0])
            timed("list: a word", lambda: stories.listed(archive, words))
            line = stories.listed(archive, big).stories[0]
            timed(f"telling of {line.reports} reports", lambda: telling_of(archive, line.id))
            timed("the same again", lambda: telling_of(archive, line.id))
            size = sum(f.stat().st_size for f in Path(folder).iterdir())
    print(f"archive {size / 1e6:,.0f} MB; memory at most ", end="")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def _as(report: Report, name: str) -> Report:
    return _with(report, id=name, text=f"{report.text} {name}.")


def _on(report: Report, published: str) -> Report:
    return _with(report, published=published)


def _with(report: Report, **changed: str) -> Report:
    known = {name: getattr(report, name) for name in report.__struct_fields__}
    return Report(**{**known, **changed})


if __name__ == "__main__":
    main()
