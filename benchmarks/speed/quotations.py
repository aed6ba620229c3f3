"""Reports a second and core: quotations alone, and with actors and chains.

    python benchmarks/speed/quotations.py [--repeat N]

Sentences are cut beforehand. The trivial baseline finds stretches in quotation marks with one
regular expression. The second table doubles a report's length: t(2n)/t(n) near 2 is linear.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import shared
from retold.attribute import attribute
from retold.attribute.quotations import find_quotations
from retold.model import Report, Segmented
from retold.segment import segment

NAME = "quotes/polnear-dev.jsonl.gz"


def best(action: Callable[[], object], repeat: int) -> float:
    """Seconds of the fastest of several runs."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def cut(text: str) -> Segmented:
    """A report with its sentences."""
    return segment(Report(id="r", text=text, language="en"))


def main() -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    texts = [record["text"] for record in shared.records(NAME)]
    reports = [cut(text) for text in texts]
    size = sum(map(len, texts))
    attribute(reports[0])
    print(f"{NAME}  blake2b {shared.fingerprint(NAME)}  {len(texts)} reports, {size} characters")
    marks = re.compile(r"[\"“][^\"“”\n]*[\"”]")
    for name, action in (
        ("quotations", lambda: [find_quotations(report, "en") for report in reports]),
        ("quotations, actors, chains", lambda: [attribute(report) for report in reports]),
        ("baseline: one expression", lambda: [marks.findall(text) for text in texts]),
    ):
        seconds = best(action, options.repeat)
        print(
            f"  {name:28} {len(texts) / seconds:9.0f} reports/s  {size / seconds / 1e6:7.2f} MB/s"
        )
    whole = "\n\n".join(texts)
    before = 0.0
    print("\n  characters    seconds   t(2n)/t(n)")
    for length in (50_000, 100_000, 200_000, 400_000):
        report = cut(whole[:length])
        seconds = best(lambda report=report: find_quotations(report, "en"), options.repeat)
        ratio = f"{seconds / before:.2f}" if before else ""
        print(f"  {length:10}   {seconds:8.3f}   {ratio}")
        before = seconds


if __name__ == "__main__":
    main()
