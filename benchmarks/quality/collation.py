"""Collation against labelled alignments, beside what a plain lexical matcher gives.

python benchmarks/quality/collation.py [--errors] [--seeds N] [part ...]

Parts: retranslation, joined, superpal, meter, seeds (all by default).
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import shared

from retold.collate import align
from retold.model import Report, Segmented, Sentence
from retold.text.words import words

Pair = tuple[int, int]
Aligner = Callable[[Segmented, Segmented], set[Pair]]


class Telling(NamedTuple):
    """Sentences in order, and for each the source segments it carries."""

    sentences: list[str]
    segments: list[frozenset[str]]


class Case(NamedTuple):
    """Two tellings of one document."""

    name: str
    a: Telling
    b: Telling


# --- two translations of one document --------------------------------------------------


def documents() -> dict[str, list[dict[str, object]]]:
    """Segments of each document, in order."""
    found: dict[str, list[dict[str, object]]] = defaultdict(list)
    for record in shared.records("collation/retranslation.jsonl.gz"):
        found[record["pair"] + "/" + record["doc"]].append(record)
    return found


def telling(
    segments: Sequence[tuple[str, str]],
    foreign: Sequence[str],
    random_: random.Random,
    run_together: bool,
) -> Telling:
    """Drops one sentence in six, swaps neighbours (8 %), puts four foreign ones in.

    With `run_together`, one in seven neighbours becomes one sentence with the next.
    """
    kept = [segment for segment in segments if random_.random() >= 1 / 6]
    units = [(text, frozenset([number])) for number, text in kept]
    at = 0
    while at < len(units) - 1:
        if random_.random() < 0.08:
            units[at], units[at + 1] = units[at + 1], units[at]
            at += 1
        at += 1
    if run_together:
        merged: list[tuple[str, frozenset[str]]] = []
        at = 0
        while at < len(units):
            text, carried = units[at]
            if at < len(units) - 1 and random_.random() < 1 / 7:
                at += 1
                text, carried = _glued(text, units[at][0]), carried | units[at][1]
            merged.append((text, carried))
            at += 1
        units = merged
    for text in random_.sample(list(foreign), 4):
        units.insert(random_.randrange(len(units) + 1), (text, frozenset()))
    return Telling([text for text, _ in units], [carried for _, carried in units])


def _glued(first: str, second: str) -> str:
    first = first.rstrip().rstrip(".!?")
    return f"{first}, and {second[:1].lower()}{second[1:]}"


def cases(seeds: int, run_together: bool) -> Iterator[tuple[str, Case]]:
    """Human × human, human × machine and machine × machine, each document once a seed."""
    known = documents()
    for seed in range(seeds):
        for name, records in known.items():
            random_ = random.Random(f"{name}/{seed}/{run_together}")
            foreign = [
                record["ref"][sorted(record["ref"])[0]]
                for other, rest in known.items()
                if other != name
                for record in rest
            ]
            people = sorted(records[0]["ref"])
            machines = sorted(records[0]["sys"])
            choices = [("human-machine", ("ref", people[0]), ("sys", random_.choice(machines)))]
            if len(people) > 1:
                choices.append(("human-human", ("ref", people[0]), ("ref", people[1])))
            left, right = random_.sample(machines, 2)
            choices.append(("machine-machine", ("sys", left), ("sys", right)))
            for group, one, two in choices:
                tellings = [
                    telling(
                        [(record["seg"], record[kind][who]) for record in records],
                        foreign,
                        random_,
                        run_together,
                    )
                    for kind, who in (one, two)
                ]
                yield group, Case(f"{name} {one[1]} {two[1]} {seed}", *tellings)


def gold(case: Case) -> set[Pair]:
    """Pairs of sentences that share a segment."""
    return {
        (i, j)
        for i, left in enumerate(case.a.segments)
        for j, right in enumerate(case.b.segments)
        if left & right
    }


# --- aligners --------------------------------------------------------------------------


def cut(name: str, sentences: Sequence[str], joint: str = "\n") -> Segmented:
    """A report whose sentences are known."""
    made = []
    text = ""
    for number, sentence in enumerate(sentences):
        text += joint if text else ""
        start = len(text)
        text += sentence
        lead = len(sentence) - len(sentence.lstrip())
        span = (start + lead, start + max(lead, len(sentence.rstrip())))
        made.append(Sentence(span, words(text, *span), number))
    return Segmented(Report(name, text, language="en"), tuple(made))


def retold_pairs(a: Segmented, b: Segmented) -> set[Pair]:
    """Pairs of sentences that are in one passage."""
    return {
        (i, j)
        for passage in align([a, b]).passages
        for i in passage.readings.get(a.report.id, ())
        for j in passage.readings.get(b.report.id, ())
    }


def lexical_pairs(a: Segmented, b: Segmented) -> set[Pair]:
    """The trivial baseline: word and character TF-IDF cosine, mutual best."""
    texts = [
        segmented.report.text[slice(*sentence.span)].lower()
        for segmented in (a, b)
        for sentence in segmented.sentences
    ]
    size = len(a.sentences)
    total = np.zeros((len(texts), len(texts)))
    for bags in (
        [Counter(word.form for word in words(text)) for text in texts],
        [Counter(text[k : k + 4] for k in range(len(text) - 3)) for text in texts],
    ):
        df = Counter(term for bag in bags for term in bag)
        number = {term: k for k, term in enumerate(df)}
        matrix = np.zeros((len(texts), len(number)))
        for row, bag in enumerate(bags):
            for term, count in bag.items():
                matrix[row, number[term]] = count * np.log((1 + len(texts)) / df[term])
        matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
        total += 0.5 * matrix @ matrix.T
    cross = total[:size, size:]
    if not cross.size:
        return set()
    best_b, best_a = cross.argmax(axis=1), cross.argmax(axis=0)
    return {(i, int(j)) for i, j in enumerate(best_b) if best_a[j] == i and cross[i, j] >= 0.15}


class Score:
    """Precision, recall and F1 over all pairs of all cases."""

    def __init__(self) -> None:
        self.hit = self.said = self.true = 0

    def add(self, predicted: set[Pair], truth: set[Pair]) -> None:
        """Counts one case."""
        self.hit += len(predicted & truth)
        self.said += len(predicted)
        self.true += len(truth)

    def __str__(self) -> str:
        precision = self.hit / max(self.said, 1)
        recall = self.hit / max(self.true, 1)
        f1 = 2 * self.hit / max(self.said + self.true, 1)
        return f"P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}"


def retranslation(seeds: int, errors: bool) -> None:
    """One to one, and n:m, on sentences as they are cut in the data."""
    name = "collation/retranslation.jsonl.gz"
    print(f"retranslation, cut sentences  [{shared.fingerprint(name)}]  seeds {seeds}")
    for run_together in (False, True):
        ours: dict[str, Score] = defaultdict(Score)
        plain: dict[str, Score] = defaultdict(Score)
        for group, case in cases(seeds, run_together):
            a, b = cut("A", case.a.sentences), cut("B", case.b.sentences)
            truth = gold(case)
            found = retold_pairs(a, b)
            for key in (group, "all"):
                ours[key].add(found, truth)
            baseline = lexical_pairs(a, b)
            for key in (group, "all"):
                plain[key].add(baseline, truth)
            if errors:
                show_errors(case, found, truth)
        print("  n:m" if run_together else "  one to one")
        for key in sorted(ours):
            print(f"    {key:16} {ours[key]}    lexical baseline {plain[key]}")


def show_errors(case: Case, found: set[Pair], truth: set[Pair]) -> None:
    """What is wrong in one case."""
    for i, j in sorted(found ^ truth):
        what = "missed" if (i, j) in truth else "wrong "
        print(
            f"  {what} {case.name} {i}:{j}\n    A {case.a.sentences[i]}\n    B {case.b.sentences[j]}"
        )


PARTS: dict[str, Callable[[int, bool], None]] = {"retranslation": retranslation}


def main() -> None:
    """Runs the parts named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=list(PARTS))
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--seeds", type=int, default=2)
    given = parser.parse_args()
    for part in given.parts:
        start = time.perf_counter()
        PARTS[part](given.seeds, given.errors)
        print(f"  ({time.perf_counter() - start:.0f} s)")


if __name__ == "__main__":
    main()
