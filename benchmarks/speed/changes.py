"""How long the changes of a story take: each reading against its passage's base.

    python benchmarks/speed/changes.py [--reports 200] [--sentences 40]

Stories are made here from invented sentences; every report alters each sentence in its own way,
so that no two readings are equal and nothing can be compared once for many. Times are process
time, best of three. Beside them: `difflib` on the same words, one pair, as the usual tool.
"""

from __future__ import annotations

import argparse
import difflib
import random
import time

from retold.collate.changes import changes
from retold.model import Collation, Passage, Report
from retold.segment import segment
from retold.settings import DEFAULTS

_SUBJECTS = ("The harbour council", "Governor Ilse Marrow", "The ferry firm", "Captain Odd Tveit")
_CUES = ("said", "claimed", "told reporters", "insisted", "pointed out")
_DEEDS = ("closed", "repaired", "inspected", "sold", "did not pay for", "may reopen")
_THINGS = ("the northern bridge", "three fishing boats", "most of the old docks", "a warehouse")
_TAILS = ("after the storm", "before the vote", "in Port Ansel", "at a cost of £1.6m", "in March")


def sentence(rng: random.Random) -> str:
    """An invented sentence of about 25 words."""
    return (
        f"{rng.choice(_SUBJECTS)} {rng.choice(_CUES)} on {rng.choice(('Monday', 'Tuesday'))} that "
        f"it {rng.choice(_DEEDS)} {rng.choice(_THINGS)} and {rng.randrange(2, 90)} smaller sheds "
        f"{rng.choice(_TAILS)}, according to “the {rng.choice(('full', 'first'))} list of damage” "
        f"seen by {rng.choice(('Corvane', 'the Daily Tide'))}."
    )


def story(reports: int, sentences: int) -> tuple[Collation, list]:
    """Reports whose n-th sentences are readings of one passage."""
    made = []
    for number in range(reports):
        rng = random.Random(number)
        text = "\n\n".join(sentence(rng) for _ in range(sentences))
        made.append(segment(Report(id=f"r{number}", text=text, language="en")))
    count = min(len(one.sentences) for one in made)
    passages = tuple(
        Passage(
            f"P{at + 1}", {one.report.id: (at,) for one in made}, made[0].report.id, (), 1.0, ()
        )
        for at in range(count)
    )
    return Collation(passages, {}), made


def main() -> None:
    """Prints the curve."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--sentences", type=int, default=40)
    options = parser.parse_args()
    changes(*story(2, 2), (), (), DEFAULTS)
    for reports in sorted({2, options.reports // 4, options.reports // 2, options.reports}):
        collation, made = story(reports, options.sentences)
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            result = changes(collation, made, (), (), DEFAULTS)
            best = min(best, time.process_time() - start)
        pairs = sum(len(passage.readings) - 1 for passage in result.passages)
        found = sum(len(passage.changes) for passage in result.passages)
        print(
            f"{reports:>5} reports x {options.sentences} sentences: {best:7.3f} s, "
            f"{best / pairs * 1e3:.3f} ms a pair, {found} changes"
        )
    rng = random.Random(0)
    a, b = sentence(rng).split(), sentence(rng).split()
    start = time.process_time()
    for _ in range(200):
        difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    print(f"difflib, words only: {(time.process_time() - start) / 200 * 1e3:.3f} ms a pair")
    for count in (1_250, 2_500, 5_000):
        one = " ".join(f"word{n % 2000}" for n in range(count)) + "."
        two = " ".join(f"word{n * 7 % 2000}" for n in range(count)) + "."
        print(f"{count} shuffled words: {timed(one, two):.3f} s")
    for count in (1_000, 2_000, 4_000):
        one, two = "Never said maybe Oslo 5 May ", "said 6 June maybe not Bergen "
        print(f"{count} repeated words: {timed(one * (count // 6), two * (count // 6)):.3f} s")


def timed(a: str, b: str) -> float:
    """Seconds for one pair of texts."""
    reports = [
        segment(Report(id=name, text=text, language="en"))
        for name, text in zip("ab", (a, b), strict=True)
    ]
    readings = {one.report.id: tuple(range(len(one.sentences))) for one in reports}
    collation = Collation((Passage("P1", readings, "a", (), 1.0, ()),), {})
    start = time.process_time()
    changes(collation, reports, (), (), DEFAULTS)
    return time.process_time() - start


if __name__ == "__main__":
    main()
