"""Time and memory of alignment: against sentences, against reports, and on hostile input.

python benchmarks/speed/collation.py [curve] [story] [hostile] [cold]

Texts are invented: sentences of pseudo-words with Zipf frequencies, retold by dropping,
swapping and replacing words, so that sizes can be chosen freely.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import accumulate

from retold.collate import align
from retold.model import Report, Segmented, Sentence
from retold.text.words import words

_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er")]


class Language:
    """Pseudo-words with the frequencies of a real vocabulary."""

    def __init__(self, seed: int, size: int = 20_000) -> None:
        random_ = random.Random(seed)
        self.words = [
            "".join(random_.choice(_SYLLABLES) for _ in range(1 + (k > 100) + random_.randrange(3)))
            for k in range(size)
        ]
        self.weights = list(accumulate(1.0 / (k + 2.7) for k in range(size)))

    def sentence(self, random_: random.Random) -> list[str]:
        """Ten to forty words."""
        return random_.choices(self.words, cum_weights=self.weights, k=random_.randrange(10, 40))

    def retold(self, sentence: list[str], random_: random.Random) -> list[str]:
        """The sentence with a third of its words replaced."""
        new = random_.choices(self.words, cum_weights=self.weights, k=len(sentence))
        return [o if random_.random() < 0.67 else n for o, n in zip(sentence, new, strict=True)]


def report(name: str, sentences: list[str]) -> Segmented:
    """A report whose sentences are known."""
    made, parts, at = [], [], 0
    for number, sentence in enumerate(sentences):
        parts.append(sentence)
        text = Sentence((at, at + len(sentence)), (), number)
        made.append(text)
        at += len(sentence) + 1
    text_ = "\n".join(parts)
    cut = tuple(Sentence(each.span, words(text_, *each.span), each.paragraph) for each in made)
    return Segmented(Report(name, text_, language="en"), cut)


def story(reports: int, sentences: int, seed: int = 0) -> list[Segmented]:
    """Reports that each tell two thirds of a common source in their own words."""
    language, random_ = Language(seed), random.Random(seed)
    source = [language.sentence(random_) for _ in range(sentences * 3 // 2)]
    made = []
    for number in range(reports):
        kept = [each for each in source if random_.random() < 0.6]
        own = [" ".join(language.retold(each, random_)) + "." for each in kept]
        while len(own) < sentences:
            own.insert(random_.randrange(len(own) + 1), " ".join(language.sentence(random_)) + ".")
        made.append(report(f"r{number:04d}", own[:sentences]))
    return made


def timed(reports: list[Segmented], repeat: int = 1) -> tuple[float, int]:
    """Best time in seconds, and the number of passages."""
    best, found = float("inf"), 0
    for _ in range(repeat):
        start = time.perf_counter()
        found = len(align(reports).passages)
        best = min(best, time.perf_counter() - start)
    return best, found


def peak() -> float:
    """Largest resident size of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def curve() -> None:
    """Two reports of 10 to 2,560 sentences, and 2 to 400 reports of 40."""
    align(story(2, 10))
    last = 0.0
    for size in (10, 20, 40, 80, 160, 320, 640, 1280, 2560):
        seconds, found = timed(story(2, size), 5 if size <= 160 else 1)
        ratio = f"  t(2n)/t(n) {seconds / last:.2f}" if last else ""
        print(f"  2 x {size:5d}: {seconds * 1000:9.1f} ms  {found:5d} passages{ratio}")
        last = seconds
    last = 0.0
    for size in (2, 5, 10, 25, 50, 100, 200, 400):
        seconds, found = timed(story(size, 40))
        print(
            f"  {size:4d} x 40: {seconds:7.2f} s  {seconds / size * 1000:6.1f} ms a report"
            f"  {found:5d} passages  peak {peak():.0f} MB"
        )


def hostile() -> None:
    """What makes aligners hang: repetition, permutation, copies, very many reports."""
    language, random_ = Language(1), random.Random(1)
    one = " ".join(language.sentence(random_)) + "."
    many = [" ".join(language.sentence(random_)) + "." for _ in range(2000)]
    shuffled = random_.sample(many, len(many))
    template = [f"The reading at station {k} was normal on that day." for k in range(2000)]
    cases: dict[str, Callable[[], list[Segmented]]] = {
        "one sentence x 5,000 in both": lambda: [
            report("a", [one] * 5000),
            report("b", [one] * 5000),
        ],
        "one sentence x 5,000 against one": lambda: [report("a", [one] * 5000), report("b", [one])],
        "2,000 permuted": lambda: [report("a", many), report("b", shuffled)],
        "2,000 that differ in a number": lambda: [
            report("a", template),
            report("b", template[::-1]),
        ],
        "20 sentences repeated 100 times": lambda: [
            report("a", many[:20] * 100),
            report("b", many[:20] * 100),
        ],
        "500 identical reports of 40": lambda: [report(f"r{k}", many[:40]) for k in range(500)],
        "5,000 reports of 8": lambda: story(5000, 8),
        "5,000 reports with nothing in common": lambda: [
            report(f"r{k}", [" ".join(language.sentence(random_)) for _ in range(3)])
            for k in range(5000)
        ],
    }
    for name, make in cases.items():
        reports = make()
        seconds, found = timed(reports)
        print(f"  {name:40} {seconds:6.2f} s  {found:5d} passages  peak {peak():.0f} MB")


def cold() -> None:
    """Import and first call, in fresh processes."""
    code = (
        "import sys,time;s=time.perf_counter();from retold.collate import align;"
        "print(f'{(time.perf_counter()-s)*1000:.0f} ms import', 'scipy' in sys.modules)"
    )
    for _ in range(3):
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        print("  " + run.stdout.strip())


PARTS: dict[str, Callable[[], None]] = {"curve": curve, "hostile": hostile, "cold": cold}

if __name__ == "__main__":
    for chosen in sys.argv[1:] or list(PARTS):
        print(chosen)
        PARTS[chosen]()
