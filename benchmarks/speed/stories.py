"""Stories of an archive: all at once, 1,000 reports more, and lists of them.

    python benchmarks/speed/stories.py [--reports N] [--days D] [--padded TIMES]

Reports are made here (`benchmarks/newsroom.py`), as many a day as a monitor gets: N over D days,
then 1,000 more on the day after. They are added, and put into stories. With `--padded` the archive
is made so many times as large before the 1,000 are added, by rows that are copies of its own, a
year earlier each (SQL, not grouped): what then costs more is the size of what is kept. Lists are
read with and without filters, first page and tenth. CPU seconds stand beside wall clock. The
trivial baseline is to group everything anew.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.newsroom import FIRST, reports

from retold.archive import Archive, open_archive, stories
from retold.archive.adding import Item, add
from retold.archive.getting import count
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


def pad(archive: Archive, time_: int, size: int) -> None:
    """The first `size` reports and their stories once more, some years earlier."""
    years = 365 * time_
    with archive.writing() as connection:
        for table, changed in (
            ("report", {"number": "number+{n}", "id": "id||'~{t}'", "content": "randomblob(16)"}),
            ("listing", {"number": "number+{n}", "moment": "moment-{s}", "since": "since-{s}"}),
            (
                "story",
                {
                    "number": "number+{m}",
                    "id": "id||'~{t}'",
                    "first": "first-{s}",
                    "last": "last-{s}",
                },
            ),
            (
                "member",
                {
                    "report": "report+{n}",
                    "day": "day-{y}",
                    "grouped": "grouped||'~{t}'",
                    "story": "story+{m}",
                },
            ),
            ("reason", {"report": "report+{n}"}),
        ):
            key = "report" if table in ("member", "reason") else "number"
            columns = [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")]
            values = {
                "n": time_ * size,
                "m": time_ * 10 * size,
                "t": time_,
                "s": years * 86_400,
                "y": years,
            }
            chosen = ", ".join(changed.get(one, f'"{one}"').format(**values) for one in columns)
            names = ", ".join(f'"{one}"' for one in columns)
            connection.exec_driver_sql(
                f"INSERT INTO {table} ({names}) SELECT {chosen} FROM {table} WHERE {key} <= {size}"
            )
        connection.exec_driver_sql(f"UPDATE grouping_state SET reports = {(time_ + 1) * size}")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--days", type=int, default=0, help="default: one for each 1,000 reports")
    parser.add_argument("--padded", type=int, default=1, metavar="TIMES")
    asked = parser.parse_args()
    days = asked.days or max(1, asked.reports // 1_000)
    every = made(asked.reports + _MORE, days)
    if not asked.days:
        last = (FIRST + timedelta(days=days)).date()
        every[asked.reports :] = [
            _on(one, f"{last}{(one.published or '')[10:]}") for one in every[asked.reports :]
        ]
    print(f"{asked.reports:,} reports over {days} days, then {_MORE:,} on the day after")
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        archive = stack.enter_context(open_archive(Path(folder) / "speed.retold", create=True))

        def keep(some: list[Report]) -> None:
            for start in range(0, len(some), 500):
                add(archive, [Item(one) for one in some[start : start + 500]])

        timed(f"add {asked.reports:,}", lambda: keep(every[: asked.reports]))
        timed("stories of all (the baseline)", lambda: refresh_stories(archive))
        for time_ in range(1, asked.padded):
            pad(archive, time_, asked.reports)
        print(f"{count(archive):,} reports kept")
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
