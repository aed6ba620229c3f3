"""Texts and stories made to hurt: time by stage, and how it grows when the size doubles.

Run: python benchmarks/speed/pathological.py [--characters 100000] [--count 500] [NAME ...]

Each shape of `benchmarks/shapes.py` runs at half the size and at the size, each in a process of
its own with a time limit. Times are CPU seconds. The last line counts the shapes whose time grows
more than 2.6 times, looking only at those that take a tenth of a second or more.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from shapes import CHARACTERS, SHAPES

_HERE = str(Path(__file__).resolve().parents[1])
STAGES = (
    "segment",
    "attribute_with_actors",
    "join_actors",
    "align",
    "changes",
    "trace",
    "statements",
    "summarise",
)
_SECONDS = 120

_ONE = """
import json, resource, sys, time
sys.path.insert(0, sys.argv[1])
from shapes import SHAPES
from retold import pipeline
from retold.read import read_text
from retold.show.page import page
from retold.show.records import telling_json
from retold.show.terminal import render

took = {}
def timed(name, job):
    def run(*given, **named):
        start = time.process_time()
        try:
            return job(*given, **named)
        finally:
            took[name] = took.get(name, 0.0) + time.process_time() - start
    return run
for name in json.loads(sys.argv[4]):
    setattr(pipeline, name, timed(name, getattr(pipeline, name)))
reports = [
    read_text(text, id=str(number), language="en")
    for number, text in enumerate(SHAPES[sys.argv[2]](int(sys.argv[3])))
]
start = time.process_time()
telling = pipeline.tell(reports)
took["tell"] = time.process_time() - start
timed("terminal", render)(telling, 100)
timed("page", page)(telling)
timed("json", telling_json)(telling)
took["MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
json.dump(took, sys.stdout)
"""


def measured(name: str, size: int) -> dict[str, float] | str:
    """CPU seconds of each stage, and peak memory; or what went wrong."""
    try:
        done = subprocess.run(
            [sys.executable, "-c", _ONE, _HERE, name, str(size), json.dumps(STAGES)],
            capture_output=True,
            text=True,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return f"more than {_SECONDS} s"
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1]
        if "EmptyInput" in last or "InputRefused" in last:
            return "refused: " + last.partition(": ")[2][:70]
        return last[:90]
    return dict(json.loads(done.stdout))


def main(names: list[str], characters: int, count: int) -> int:
    """Print a line a shape; 1 when one fails or grows too fast."""
    bad = 0
    print(f"{'shape':34} {'size':>7} {'tell':>6} {'all':>6} {'MB':>5} {'t(2n)/t(n)':>10}  dearest")
    for name in names or list(SHAPES):
        size = characters if name in CHARACTERS else count
        half, whole = measured(name, size // 2), measured(name, size)
        if isinstance(half, str) or isinstance(whole, str):
            why = whole if isinstance(whole, str) else half
            bad += not str(why).startswith("refused")
            print(f"{name:34} {size:7} {why}")
            continue
        parts = {key: value for key, value in whole.items() if key not in ("tell", "MB")}
        shown = ("terminal", "page", "json")
        total, before = (one["tell"] + sum(one[key] for key in shown) for one in (whole, half))
        growth = total / max(before, 1e-9)
        slow = growth > 2.6 and total >= 0.1
        bad += slow
        dearest = sorted(parts, key=lambda key: -parts[key])[:3]
        print(
            f"{name:34} {size:7} {whole['tell']:6.2f} {total:6.2f} {whole['MB']:5.0f} "
            f"{growth:10.2f}{'!' if slow else ' '} "
            + ", ".join(
                f"{key} {parts[key]:.2f} (×{parts[key] / max(half.get(key, 0.0), 1e-6):.1f})"
                for key in dearest
            )
        )
    print(f"grow more than 2.6 times, fail, or run over {_SECONDS} s: {bad}")
    return 1 if bad else 0


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("names", nargs="*", metavar="NAME")
    arguments.add_argument("--characters", type=int, default=100_000)
    arguments.add_argument("--count", type=int, default=500)
    given = arguments.parse_args()
    raise SystemExit(main(given.names, given.characters, given.count))
