"""How long reading takes, and that it stays linear.

Run: python benchmarks/speed/read.py [--rounds N]

Texts and pages are made here (`benchmarks/page_styles.py`), so the figures need no other data.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from functools import partial
from hashlib import blake2b
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.page_styles import STYLES, Article, render

from retold.language.identify import identify
from retold.read import read_bytes, read_text
from retold.read.decoding import decode
from retold.read.guard import shape_of
from retold.read.headings import headings

SENTENCE = (
    "The harbour council said on Monday that the ferry between Port Vale and Skerray would sail "
    "again after four months of repairs to its two engines, which cost 1.66 million crowns. "
)
PARAGRAPHS = [f"{number}. {SENTENCE}" for number in range(40)]
SHAPES = {
    "sentences": SENTENCE,
    "short lines": "a b\n",
    "one word": "a",
    "open tags": "<p a='",
    "quotes": "\"'<",
    "datelines": "PORT VALE, March 4 (Reuters) - ",
    "Cyrillic": "паром вышел в море ",
    "blanks": " ",
}


def best(work: Callable[[], object], rounds: int) -> float:
    """Milliseconds of the fastest round."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1000 * min(times)


def main() -> None:
    """Run all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    article = Article(
        "Ferry sails again", "The Courier", "2031-03-04T08:15:00+09:00", "Reuters", PARAGRAPHS
    )
    pages = {style: render(article, style).encode() for style in STYLES}
    text = "\n".join(article.paragraphs)
    mark = blake2b(b"".join(pages.values()), digest_size=8).hexdigest()
    print(f"made pages {mark}, {len(text)} characters of text, best of {rounds}")

    start = time.perf_counter()
    read_text(text)
    print(f"first text, tables loaded      {1000 * (time.perf_counter() - start):8.1f} ms")
    print(f"text                           {best(lambda: read_text(text), rounds):8.2f} ms")
    print(f"  its language                 {best(lambda: identify(text), rounds):8.2f} ms")
    start = time.perf_counter()
    read_bytes(pages["linked"], "page.html")
    print(f"first page, parsers imported   {1000 * (time.perf_counter() - start):8.1f} ms")
    for style, raw in pages.items():
        took = best(partial(read_bytes, raw, "page.html"), rounds)
        print(f"page, {style:24} {took:8.2f} ms")

    print("time for twice the text, t(2n)/t(n), n = 200,000 characters (goal: at most 2.6)")
    stages: dict[str, Callable[[str], object]] = {
        "shape of a page": shape_of,
        "first and last lines": lambda t: headings(t, may_be_title=True),
        "decoding": lambda t: decode(t.encode()),
        "language": identify,
    }
    for name, stage in stages.items():
        for shape, unit in SHAPES.items():
            if shape == "blanks" and name == "decoding":
                continue
            once, twice = ((unit * (n // len(unit) + 1))[:n] for n in (200_000, 400_000))
            small = best(partial(stage, once), rounds)
            large = best(partial(stage, twice), rounds)
            print(f"  {name:22} {shape:12} {small:8.2f} ms  ratio {large / max(small, 0.05):5.2f}")


if __name__ == "__main__":
    main()
