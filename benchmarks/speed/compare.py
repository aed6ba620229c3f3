"""How long the main job takes: warm inside Python, cold as a command, and as stories grow.

Run: python benchmarks/speed/compare.py [--quick]

Stories are invented (`benchmarks/invented.py`, seed 7). Times are medians of several runs; on a
shared machine read the ratios.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from invented import story
from retold.pipeline import attributed, collated, tell, traced
from retold.read import read_text

_PEAK = """
import resource, sys, time
sys.path.insert(0, sys.argv[1])
from invented import story
from retold.pipeline import tell
from retold.read import read_text
reports = [read_text(text, id=str(n)) for n, text in enumerate(story(int(sys.argv[2]), 40))]
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.perf_counter()
tell(reports)
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def median_ms(job: Callable[[], object], runs: int) -> float:
    """Median wall time of a job in milliseconds, after one run that is not counted."""
    job()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        job()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def warm() -> None:
    """Two reports of 40 sentences, verb by verb."""
    reports = [read_text(text, id=str(n)) for n, text in enumerate(story(2, 44))]
    whole = collated(reports)
    count = [len(one.sentences) for one in whole.segmented]
    print(f"two reports of {count[0]} and {count[1]} sentences, warm, median of 15")
    first = median_ms(lambda: [attributed(report) for report in reports], 15)
    print(f"    segment and attribute  {first:7.1f} ms")
    print(f"    … to collated          {median_ms(lambda: collated(reports), 15):7.1f} ms")
    print(f"    trace                  {median_ms(lambda: traced(whole), 15):7.1f} ms")
    print(f"    tell, the whole        {median_ms(lambda: tell(reports), 15):7.1f} ms")


def cold(runs: int) -> None:
    """The command in a new process, and what its imports take."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, text in enumerate(story(2, 44)):
            file = Path(folder) / f"{number}.txt"
            file.write_text(text, encoding="utf-8")
            files.append(str(file))
        command = [sys.executable, "-m", "retold", "compare", *files]

        def run() -> None:
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

        bare = median_ms(lambda: subprocess.run([sys.executable, "-c", ""], check=True), runs)
        numpy = median_ms(
            lambda: subprocess.run([sys.executable, "-c", "import numpy"], check=True), runs
        )
        print(f"the command, cold, median of {runs}: {median_ms(run, runs):.0f} ms")
        print(f"    of which Python alone {bare:.0f} ms, with numpy {numpy:.0f} ms")
        environment = {**os.environ, "PYTHONPROFILEIMPORTTIME": "1"}
        told = subprocess.run(command, check=True, capture_output=True, env=environment)
        rows = []
        for line in told.stderr.decode().splitlines():
            if line.startswith("import time:") and "cumulative" not in line:
                _, total, name = line.removeprefix("import time:").split("|")
                rows.append((int(total), name.strip()))
        top = sorted(rows, reverse=True)[:12]
        print("    dearest imports (ms, with what they import): ", end="")
        print(", ".join(f"{name} {total / 1000:.0f}" for total, name in top))


def big(quick: bool) -> None:
    """Stories of many reports, each in a process of its own for its peak memory."""
    print("stories of 40-sentence reports, tell() in a new process")
    for count in (10, 50) if quick else (10, 50, 100, 200):
        done = subprocess.run(
            [sys.executable, "-c", _PEAK, str(Path(__file__).resolve().parents[1]), str(count)],
            check=True,
            capture_output=True,
            text=True,
        )
        seconds, peak = map(float, done.stdout.split())
        print(f"    {count:4} reports  {seconds:6.2f} s  peak {peak:6.0f} MB")


def curve(quick: bool) -> None:
    """Two reports of growing length: time should grow with the sentences."""
    print("two reports of n sentences, tell() warm")
    before = None
    for count in (20, 40, 80, 160, 320, 640) if quick else (20, 40, 80, 160, 320, 640, 1280, 2560):
        reports = [read_text(text, id=str(n)) for n, text in enumerate(story(2, count))]
        took = median_ms(lambda told=reports: tell(told), 3)  # type: ignore[misc]
        ratio = "" if before is None else f"  t(2n)/t(n) {took / before:.2f}"
        print(f"    {count:5} sentences  {took:9.1f} ms{ratio}")
        before = took


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--quick", action="store_true", help="smaller stories, fewer runs")
    given = arguments.parse_args()
    warm()
    cold(3 if given.quick else 7)
    big(given.quick)
    curve(given.quick)
