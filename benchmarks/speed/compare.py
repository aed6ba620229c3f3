"""How long the main job takes: warm inside Python, cold as a command, and as stories grow.

Run: python benchmarks/speed/compare.py [--quick] [FILE FILE ...]

Stories are invented (`benchmarks/invented.py`, seed 7); with files, the first two parts compare
those instead. Times are CPU seconds of the process (what a busy machine disturbs least), medians
of several runs; for the command the wall clock is shown beside. The command runs with compiled
modules, as after an installation: an environment that forbids writing them
(PYTHONDONTWRITEBYTECODE) compiles every module anew in every call, which takes as long as all
the rest, and is shown as well.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from invented import story
from retold import pipeline
from retold.pipeline import tell
from retold.read import read, read_text

_PEAK = """
import resource, sys, time
sys.path.insert(0, sys.argv[1])
from invented import story
from retold.pipeline import tell
from retold.read import read_text
reports = [read_text(text, id=str(n)) for n, text in enumerate(story(int(sys.argv[2]), 40))]
start = time.process_time()
tell(reports)
print(time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
_STAGES = (
    "segment",
    "attribute_with_actors",
    "join_actors",
    "align",
    "changes",
    "trace",
    "statements",
    "summarise",
)


def median_ms(job: Callable[[], object], runs: int) -> float:
    """Median CPU time of a job in milliseconds, after one run that is not counted."""
    job()
    times = []
    for _ in range(runs):
        start = time.process_time()
        job()
        times.append(1000 * (time.process_time() - start))
    return statistics.median(times)


def warm(files: list[str]) -> None:
    """Two reports of about 40 sentences, verb by verb."""
    reports = list(read(files)[0])
    count = [len(one.sentences) for one in tell(reports).reports]
    runs = 15
    whole = median_ms(lambda: tell(reports), runs)
    print(f"two reports of {count[0]} and {count[1]} sentences, tell() warm: {whole:.1f} ms")
    took = dict.fromkeys(_STAGES, 0.0)
    originals = {name: getattr(pipeline, name) for name in _STAGES}

    def timed(name: str) -> Callable[..., object]:
        def run(*given: object, **named: object) -> object:
            start = time.process_time()
            try:
                return originals[name](*given, **named)
            finally:
                took[name] += 1000 * (time.process_time() - start)

        return run

    for name in _STAGES:
        setattr(pipeline, name, timed(name))
    for _ in range(runs):
        tell(reports)
    for name, original in originals.items():
        setattr(pipeline, name, original)
    print("    " + ", ".join(f"{name} {took[name] / runs:.1f}" for name in _STAGES))


def _called(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """CPU and wall seconds of a command in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def cold(files: list[str], runs: int) -> None:
    """The command in a new process, and what its imports take."""
    command = [sys.executable, "-m", "retold", "compare", *files]
    plain = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as folder:
        compiled = {**plain, "PYTHONPYCACHEPREFIX": folder}
        _called(command, compiled)  # compiles
        for name, what, environment in (
            ("the command, cold", command, compiled),
            ("    Python alone", [sys.executable, "-c", ""], compiled),
            ("    import numpy", [sys.executable, "-c", "import numpy"], compiled),
            (
                "    the command without compiled modules",
                command,
                {**plain, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": folder + "/none"},
            ),
        ):
            times = sorted(_called(what, environment) for _ in range(runs))
            cpu, wall = times[len(times) // 2]
            print(f"{name}: {1000 * cpu:.0f} ms CPU, {1000 * wall:.0f} ms on the clock")
        told = subprocess.run(
            command,
            check=True,
            capture_output=True,
            env={**compiled, "PYTHONPROFILEIMPORTTIME": "1"},
        )
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


def main(files: list[str], quick: bool) -> None:
    """Print all parts."""
    with tempfile.TemporaryDirectory() as folder:
        if not files:
            for number, text in enumerate(story(2, 46)):
                file = Path(folder) / f"{number}.txt"
                file.write_text(text, encoding="utf-8")
                files.append(str(file))
        warm(files)
        cold(files, 5 if quick else 9)
    big(quick)
    curve(quick)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("files", nargs="*", metavar="FILE")
    arguments.add_argument("--quick", action="store_true", help="smaller stories, fewer runs")
    given = arguments.parse_args()
    main(given.files, given.quick)
