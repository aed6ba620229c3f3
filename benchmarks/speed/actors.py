"""How long finding and joining actors takes.

    python benchmarks/speed/actors.py

Prints CPU time (the machine may be shared): loading the look-ups cold, one report of 40
sentences warm, the curve over report length, and the joining of a story of 200 reports.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from invented import story
from retold.attribute import attribute
from retold.attribute.actors import find_actors, join_actors
from retold.model import Report, Segmented
from retold.segment import segment

COLD = (
    "import time; import retold.attribute.actors; from retold.attribute.actors.lexicon import "
    "lexicon; t = time.process_time(); lexicon('en'); print((time.process_time() - t) * 1000)"
)


def milliseconds(report: Segmented, times: int) -> float:
    """CPU time of finding the actors of one report, the best of several runs."""
    best = float("inf")
    for _ in range(times):
        started = time.process_time()
        find_actors(report)
        best = min(best, time.process_time() - started)
    return best * 1000


def main() -> None:
    """Print all figures."""
    cold = subprocess.run([sys.executable, "-c", COLD], capture_output=True, text=True, check=True)
    sys.stdout.write(f"look-ups of English, cold: {float(cold.stdout):.1f} ms\n")
    for sentences in (40, 80, 160, 320, 640):
        text = story(1, sentences)[0]
        report = segment(Report(id="r", text=text, language="en"))
        count = sum(len(sentence.words) for sentence in report.sentences)
        taken = milliseconds(report, 5)
        sys.stdout.write(
            f"find_actors, {len(report.sentences)} sentences, {count} words: {taken:.2f} ms, "
            f"{taken / count * 1000:.2f} µs a word\n"
        )
    for reports in (50, 100, 200):
        texts = story(reports, 40)
        cut = [
            segment(Report(id=f"r{number}", text=text, language="en"))
            for number, text in enumerate(texts)
        ]
        found = [attribute(report) for report in cut]
        started = time.process_time()
        actors, _ = join_actors(found, cut)
        taken = time.process_time() - started
        sys.stdout.write(
            f"join_actors, {reports} reports of 40 sentences: {taken:.2f} s, {len(actors)} actors\n"
        )


if __name__ == "__main__":
    main()
