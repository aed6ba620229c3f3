"""How long the pages of the app take, and how large they are.

    python benchmarks/speed/web.py [--reports 15000] [--story 200] [--sentences 40] [--no-browser]

Builds an archive of invented news (`benchmarks/newsroom.py`) with one large story
(`benchmarks/invented.py`) in it, serves it in a process of its own, and asks for each page of the
large story, its reports, and the list: bytes, seconds to the first byte and to the last, the first
time the server is asked (cold) and the median of nine further times (warm). Then the first paint in
headless Chromium, and twenty readers at once while a writer adds reports. As the least that any
page takes, the answer to an unknown address stands beside them. The large story is told before it
is served; how long that took is printed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import invented
import newsroom
from retold.archive import open_archive, stories
from retold.archive.adding import Item, add
from retold.archive.stories import Asked
from retold.keeping.stories import refresh_stories
from retold.keeping.tellings import telling_of
from retold.model import Report
from retold.version import __version__

_BATCH = 500
_WARM = 9
_READERS = 20
_ASKED = 15  # pages that each reader asks for
_BARS = {"paint": 1.0, "bytes": 500_000, "list": 0.5, "median": 0.3}


def _reports(texts: list[str]) -> Iterator[Report]:
    began = datetime(2025, 3, 4, 6, 0)
    for number, text in enumerate(texts):
        yield Report(
            id=blake2b(f"{number}\0{text}".encode(), digest_size=8).hexdigest(),
            text=text,
            title=text.split(".")[0][:90],
            outlet=f"Invented Paper {number % 70}",
            language="en",
            published=f"{(began + timedelta(minutes=7 * number)).isoformat()}Z",
        )


def _news(count: int, seed: int) -> Iterator[Report]:
    for one in newsroom.reports(count, seed):
        known = {key: value for key, value in one.items() if key in Report.__struct_fields__}
        content = json.dumps(one, sort_keys=True).encode()
        yield Report(**{**known, "id": blake2b(content, digest_size=8).hexdigest()})


def build(where: Path, given: argparse.Namespace) -> tuple[str, str, str]:
    """The archive; returns the ids of its large story and of a report in it, and a fingerprint."""
    digest = blake2b(digest_size=8)
    began = time.perf_counter()
    with open_archive(where, create=True) as archive:
        batch: list[Item] = []
        for one in _news(given.reports, 11):
            digest.update(one.text.encode())
            batch.append(Item(one))
            if len(batch) == _BATCH:
                add(archive, batch)
                batch = []
        large = list(_reports(invented.story(given.story, given.sentences)))
        for one in large:
            digest.update(one.text.encode())
        add(archive, [*batch, *(Item(one) for one in large)])
        print(f"added in {time.perf_counter() - began:.1f} s", flush=True)
        began = time.perf_counter()
        refresh_stories(archive)
        found = stories.listed(archive, Asked(least=max(2, given.story // 2)))
        total = stories.listed(archive, Asked()).total
        print(f"grouped in {time.perf_counter() - began:.1f} s: {total:,} stories", flush=True)
        story = max(found.stories, key=lambda line: line.reports)
        began, worked = time.perf_counter(), time.process_time()
        telling = telling_of(archive, story.id)
        print(
            f"told in {time.perf_counter() - began:.1f} s "
            f"({time.process_time() - worked:.1f} s of the processor): "
            f"{len(telling.reports)} reports, {len(telling.passages)} passages, "
            f"{len(telling.statements)} statements, {len(telling.stemma.edges)} descents",
            flush=True,
        )
        return story.id, telling.reports[5].id, digest.hexdigest()


@contextmanager
def served(where: Path) -> Iterator[tuple[str, int]]:
    """The server in a process of its own; its address and number."""
    command = [sys.executable, "-m", "retold", "serve", "--archive", str(where), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip().rstrip("/"), process.pid
        finally:
            process.terminate()


def worked(process: int) -> float:
    """Seconds of the processor that a process has used (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def asked(address: str) -> tuple[int, int, float, float]:
    """Status, bytes, seconds to the first byte and to the last."""
    began = time.perf_counter()
    try:
        with urllib.request.urlopen(address, timeout=120) as answer:
            first = answer.read(1)
            at = time.perf_counter() - began
            body = first + answer.read()
            return answer.status, len(body), at, time.perf_counter() - began
    except urllib.error.HTTPError as error:
        body = error.read()
        took = time.perf_counter() - began
        return error.code, len(body), took, took


def pages(story: str, report: str) -> dict[str, str]:
    """What is asked for, by name."""
    here = f"/story/{story}"
    return {
        "no such page (floor)": "/nothing",
        "list of stories": "/",
        "list, a kind of change": "/?kind=number",
        "story": here,
        "story, all rows": f"{here}?rows=all",
        "passages": f"{here}/passages",
        "passages, last page": f"{here}/passages?page=2",
        "passages, another base": f"{here}/passages?base={report}",
        "one passage": f"{here}/passage/P1",
        "statements": f"{here}/statements",
        "descent": f"{here}/descent",
        "evidence": f"{here}/evidence",
        "report": f"/report/{report}",
        "quotations": "/quotations?q=the+regional+hospital+had+been+financed",
        "style": "/static/retold.css",
    }


def times(where: Path, story: str, report: str) -> None:
    """Bytes and seconds of each page, cold and warm."""
    print(
        f"{'page':26} {'status':>6} {'bytes':>9} {'cold':>7} {'of it':>7} {'first':>7} "
        f"{'whole':>7}  seconds (of it: the server's processor)"
    )
    for name, path in pages(story, report).items():
        with served(where) as (address, process):
            before = worked(process)
            status, size, _, cold = asked(address + path)
            spent = worked(process) - before
            warm = [asked(address + path) for _ in range(_WARM)]
            first = statistics.median(one[2] for one in warm)
            whole = statistics.median(one[3] for one in warm)
            over = "  OVER" if size > _BARS["bytes"] else ""
            print(
                f"{name:26} {status:6} {size:9,} {cold:7.3f} {spent:7.3f} {first:7.3f} "
                f"{whole:7.3f}{over}",
                flush=True,
            )


def paints(where: Path, story: str, report: str) -> None:
    """First paint in headless Chromium: with a fresh server, then again."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    wanted = ("story", "passages", "statements", "descent", "evidence", "report", "list of stories")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name in wanted:
            path = pages(story, report)[name]
            found = []
            with served(where) as (address, _):
                for _ in range(4):
                    page = browser.new_page()
                    page.goto(address + path, wait_until="load")
                    # Not `wait_for_function`: what it evaluates, the pages' policy forbids.
                    while page.evaluate("performance.getEntriesByType('paint').length") < 2:
                        time.sleep(0.05)
                    found.append(
                        page.evaluate(
                            "performance.getEntriesByType('paint')"
                            ".find(one => one.name === 'first-contentful-paint').startTime"
                        )
                        / 1000
                    )
                    page.close()
            print(
                f"first paint {name:18} cold {found[0]:6.2f} s, "
                f"warm {statistics.median(found[1:]):6.2f} s (bar {_BARS['paint']} s)"
            )
        browser.close()


def crowd(where: Path, story: str, report: str) -> None:
    """Twenty readers at once while a writer adds."""
    paths = [path for name, path in pages(story, report).items() if "floor" not in name]
    done = threading.Event()
    added = [0]
    slow: list[float] = []
    errors: list[str] = []
    lock = threading.Lock()

    def write() -> None:
        with open_archive(where) as archive:
            for one in _news(100_000, 97):
                if done.is_set():
                    return
                add(archive, [Item(one)])
                added[0] += 1

    with served(where) as (address, _):
        for path in paths:
            asked(address + path)

        def read(number: int) -> None:
            for turn in range(_ASKED):
                path = paths[(7 * number + turn) % len(paths)]
                try:
                    status, _, _, took = asked(address + path)
                except OSError as error:
                    status, took = 0, 0.0
                    with lock:
                        errors.append(f"{path}: {error}")
                with lock:
                    slow.append(took)
                    if status != 200:
                        errors.append(f"{path}: {status}")
                time.sleep(0.5)

        writer = threading.Thread(target=write)
        writer.start()
        readers = [threading.Thread(target=read, args=(number,)) for number in range(_READERS)]
        for one in readers:
            one.start()
        for one in readers:
            one.join()
        done.set()
        writer.join()
    slow.sort()
    print(
        f"{_READERS} readers, half a second between their pages, {len(slow)} pages, "
        f"{added[0]} reports added meanwhile: {len(errors)} errors, "
        f"median {statistics.median(slow):.3f} s (bar {_BARS['median']}), "
        f"95 % within {slow[int(0.95 * len(slow))]:.3f} s, slowest {slow[-1]:.3f} s"
    )
    for error in errors[:5]:
        print(f"  {error}")


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, default=15_000)
    parser.add_argument("--story", type=int, default=200)
    parser.add_argument("--sentences", type=int, default=40)
    parser.add_argument("--no-browser", action="store_true")
    parser.add_argument("--keep", type=Path, help="build the archive here, or use the one there")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = given.keep or Path(folder) / "web.retold"
        note = where.with_suffix(".json")
        if not note.exists():
            note.write_text(json.dumps(build(where, given)))
        story, report, fingerprint = json.loads(note.read_text())
        with open_archive(where) as archive:
            telling_of(archive, story)  # told by another version, perhaps
        load = os.getloadavg()[0]
        print(f"retold {__version__}, data {fingerprint}, {os.cpu_count()} cores, load {load:.1f}")
        times(where, story, report)
        if not given.no_browser:
            paints(where, story, report)
        crowd(where, story, report)


if __name__ == "__main__":
    main()
