"""How long the search for descent takes, and how it grows.

Run: python benchmarks/speed/trace.py [--sizes 20,50,100,200,400,1000,5000]

Invented traditions of 40 sentences, 100 drawings, one process; processor seconds beside wall time
and the growth of the peak memory. Both ways of copying: without cuts every report has everything.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from retold.trace import trace
from tradition.copying import CUTTING, SCRIBAL, copied, story
from tradition.shapes import Shape


def grown(size: int) -> Shape:
    """A shape of surviving reports, each copied from an earlier one, early ones more often."""
    rng = random.Random(size)
    parents = {
        f"r{number:05}": f"r{int(rng.random() * number**0.8):05}" for number in range(1, size)
    }
    return Shape(f"{size}", parents, {}, sorted({*parents, *parents.values()}))


def megabytes() -> float:
    """Peak memory so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="20,50,100,200,400,1000,5000")
    given = parser.parse_args()
    for name, rates in (("copying", SCRIBAL), ("cutting", CUTTING)):
        print(f"{name}: {rates}")
        for size in map(int, given.sizes.split(",")):
            shape = grown(size)
            texts = copied(shape, rates, random.Random(1))
            reports, collation = story({node: texts[node] for node in shape.survivors})
            before, wall, used = megabytes(), time.perf_counter(), time.process_time()
            stemma = trace(reports, collation)
            used, wall = time.process_time() - used, time.perf_counter() - wall
            print(
                f"  {size:5} reports  {used:6.2f} s of processor  {wall:6.2f} s wall  "
                f"+{megabytes() - before:4.0f} MB  {len(stemma.edges)} edges"
            )


if __name__ == "__main__":
    main()
