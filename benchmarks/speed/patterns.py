"""Every regular expression of the package against texts made to hurt it.

Run: python benchmarks/speed/patterns.py [--kilobytes 100] [--slow 0.2]

Patterns are collected as they are compiled: all modules are imported and the main job is run on
an invented story in every language that brings tables. Prints the slowest pairs of pattern and
shape, and exits with 1 when one takes longer than `--slow` seconds per 100 KB.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import re
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

SEEDS = [
    "a", " ", "\n", "\t", ".", ",", "'", '"', "“", "”", "«", "(", ")", "/", "-", "0", "A", "é",
    "я", "北", "a ", "A ", "A. ", "a.", "1,", "1 ", "'a", '"a ', "(a", "said ", "Mr. ", "<a ",
    "http://a.", "a-", "A.B", "\u0301", "\u200b", "— ", "&amp;", "Jan 1, ", "/TASS/ ", "the A of ",
]  # fmt: skip


def collected() -> list[re.Pattern[str]]:
    """All patterns on text that the package compiles."""
    found: dict[tuple[str, int], re.Pattern[str]] = {}
    original = re.compile

    def noting(pattern, flags=0):  # type: ignore[no-untyped-def]
        made = original(pattern, flags)
        caller = sys._getframe(1).f_globals.get("__name__", "")
        if caller.startswith("retold") and isinstance(made.pattern, str):
            found[made.pattern, made.flags] = made
        return made

    re.compile = noting  # type: ignore[assignment]
    try:
        import retold

        for module in pkgutil.walk_packages(retold.__path__, "retold."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
        from invented import story
        from retold.language import available
        from retold.pipeline import tell
        from retold.read import read_text
        from retold.settings import Settings

        for code in (*available(), "xx"):
            settings = Settings(language=None if code == "xx" else code)
            reports = [
                read_text(text, settings, id=str(number), language=code)
                for number, text in enumerate(story(2, 10))
            ]
            tell(reports, settings)
    finally:
        re.compile = original
    return [found[key] for key in sorted(found)]


def timed(pattern: re.Pattern[str], text: str) -> float:
    """Seconds to find all matches, and to try a match at the end of a long run."""
    start = time.perf_counter()
    for _ in pattern.finditer(text):
        pass
    return time.perf_counter() - start


def main(kilobytes: int, slow: float) -> int:
    """Print the slowest pairs; 1 when any is over the limit."""
    patterns = collected()
    size = 1000 * kilobytes
    shapes = [(seed * (size // len(seed)))[:size] for seed in SEEDS]
    shapes += [shape[:-1] + "\x00" for shape in shapes]
    rows = []
    for pattern in patterns:
        for seed, shape in zip(SEEDS * 2, shapes, strict=True):
            took = timed(pattern, shape)
            if took > slow * kilobytes / 100:
                took = min(took, timed(pattern, shape))  # once more: the machine may be busy
            rows.append((took, seed, pattern.pattern))
    rows.sort(reverse=True)
    over = [row for row in rows if row[0] > slow * kilobytes / 100]
    print(f"{len(patterns)} patterns × {len(shapes)} shapes of {kilobytes} KB")
    print(f"over {slow} s per 100 KB: {len(over)}")
    for took, seed, pattern in rows[: max(5, len(over))]:
        print(f"    {took:7.3f} s  {seed!r:12} {pattern[:110]!r}")
    return 1 if over else 0


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--kilobytes", type=int, default=100)
    arguments.add_argument("--slow", type=float, default=0.2)
    given = arguments.parse_args()
    raise SystemExit(main(given.kilobytes, given.slow))
