"""Sentences that tell part of the same: made summaries beside whole translations.

python benchmarks/quality/overlaps.py [--errors] [--fit] [--seeds N]

A summary is made of the clauses of one translation of a document, one to three a sentence, from
anywhere in it, and compared with the whole of another translation: each clause should find the
sentence it comes from. Half of the documents are kept from fitting. As a controls, what is linked
in two whole translations beyond what is known to belong together, and with another document.
`--fit` prints the weights of
`retold.collate.overlaps`.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import shared
from collating.aligners import (
    Score,
    lexical_pairs,
    linked_pairs,
    overlap_pairs,
    retold_pairs,
    text_of,
)
from collating.cases import Pair, cases, cut, documents, gold
from retold.collate import align
from retold.collate.features import extract
from retold.collate.overlaps import compared, told
from retold.collate.segments import Segments
from retold.collate.story import join
from retold.language import table
from retold.language.words import Words
from retold.model import Segmented

_CLAUSES = re.compile(
    r",\s+|;\s+|\s+[–—-]\s+"
    r"|\s+(?=(?:and|but|who|which|that|while|as|after|before|when|because|where)\s)"
)
_LEAST = 5  # words of a clause
_TAKEN = 2 / 3  # of the sentences are in the summary


def summaries(seeds: int, held: bool) -> Iterator[tuple[str, Segmented, Segmented, set[Pair]]]:
    """Summary, translation, and which sentences of them have a clause in common."""
    known = documents()
    for seed in range(seeds):
        for number, (name, records) in enumerate(sorted(known.items())):
            if (number % 2 == 1) != held:
                continue
            random_ = random.Random(f"{name}/{seed}/summary")
            people, machines = sorted(records[0]["ref"]), sorted(records[0]["sys"])
            other = ("sys", random_.choice(machines))
            if len(people) > 1 and random_.random() < 0.5:
                other = ("ref", people[1])
            own = [record["ref"][people[0]] for record in records]
            whole = [record[other[0]][other[1]] for record in records]
            clauses = [
                [part for part in _CLAUSES.split(text) if len(part.split()) >= _LEAST]
                for text in own
            ]
            pool = [at for at, parts in enumerate(clauses) if parts]
            random_.shuffle(pool)
            pool = pool[: max(2, int(_TAKEN * len(own)))]
            made: list[str] = []
            truth = set()
            while pool:
                taken = [pool.pop() for _ in range(min(len(pool), random_.choice((1, 2, 2, 3))))]
                parts = [random_.choice(clauses[at]).rstrip(".") for at in taken]
                truth |= {(len(made), at) for at in taken}
                made.append(", and ".join(parts) + ".")
            if made:
                yield f"{name}/{seed}", cut("A", made), cut("B", whole), truth


def rows(a: Segmented, b: Segmented, truth: set[Pair]) -> tuple[npt.NDArray[np.float64], ...]:
    """What is known of the pairs compared, what is fixed, and whether they are true."""
    function_words = {"en": frozenset(table(Words, "en").function_words)}
    features = extract([a, b], ["en", "en"], (), function_words)
    joined = join(features, (1, 0))  # the fuller one first, as `align` takes them
    known = compared(joined, joined.looked, Segments(features))
    sides = [[joined.at(int(place)) for place in places] for places in joined.looked[:2]]
    pairs = [tuple(at for _, at in sorted(both)) for both in zip(*sides, strict=True)]
    columns = (known.alike, known.part, known.rival, known.rival_of_mate)
    right = np.array([pair in truth for pair in pairs], dtype=float)
    fixed = known.chances + told(known, joined, joined.looked)
    return np.column_stack((*columns, np.ones(len(pairs)))), fixed, right


def fit(seeds: int) -> None:
    """Newton's method for a logistic regression with a fixed part."""
    made = [rows(a, b, truth) for _, a, b, truth in summaries(seeds, held=False)]
    x, fixed, y = (np.concatenate(parts) for parts in zip(*made, strict=True))
    weights = np.zeros(x.shape[1])

    def loss(of: npt.NDArray[np.float64]) -> float:
        odds = x @ of + fixed
        return float((np.logaddexp(0.0, odds) - y * odds).sum() + 5e-4 * of @ of)

    for _ in range(50):
        likely = 1.0 / (1.0 + np.exp(-np.clip(x @ weights + fixed, -500.0, 500.0)))
        bend = (x * (likely * (1.0 - likely))[:, None]).T @ x + 1e-3 * np.eye(len(weights))
        step = np.linalg.solve(bend, x.T @ (y - likely) - 1e-3 * weights)
        size = 1.0
        while size > 1e-6 and loss(weights + size * step) > loss(weights):
            size /= 2.0
        weights += size * step
    names = ("_ALIKE", "_PART", "_RIVAL", "_RIVAL_OF_MATE", "_CONSTANT")
    print(f"fitted on {len(y)} pairs, {int(y.sum())} of them true")
    print("    " + "  ".join(f"{n} {w:.2f}" for n, w in zip(names, weights, strict=True)))


def measure(seeds: int, errors: bool) -> None:
    """Made summaries of documents kept from fitting, and the control."""
    scores: dict[str, Score] = {}
    bins: dict[int, list[bool]] = {}
    for name, a, b, truth in summaries(seeds, held=True):
        found = {
            "retold, passages": retold_pairs(a, b),
            "retold, with overlaps": linked_pairs(a, b),
            "TF-IDF, mutual best": lexical_pairs(a, b),
            **{f"word overlap >= {k}": overlap_pairs(a, b, k) for k in (0.3, 0.4, 0.5)},
        }
        for method, pairs in found.items():
            scores.setdefault(method, Score()).add(pairs, truth)
        for overlap in align([a, b]).overlaps:
            i, j = overlap.numbers if overlap.a.report == "A" else overlap.numbers[::-1]
            bins.setdefault(min(9, int(10 * overlap.confidence)), []).append((i, j) in truth)
        if errors:
            for i, j in sorted(found["retold, with overlaps"] ^ truth):
                what = "missed" if (i, j) in truth else "wrong "
                print(f"  {what} {name} {i}:{j}\n    {text_of(a, i)}\n    {text_of(b, j)}")
    for method, score in scores.items():
        print(f"    {method:22} {score}")
    for bin_, right in sorted(bins.items()):
        share = sum(right) / len(right)
        print(f"    confidence from {bin_ / 10:.1f}  {len(right):4d} overlaps  right {share:.2f}")
    known = beyond = 0
    for _, case in cases(seeds, run_together=False):
        a, b = cut("A", case.a.sentences), cut("B", case.b.sentences)
        more = linked_pairs(a, b) - gold(case) - retold_pairs(a, b)
        known += len(gold(case))
        beyond += len(more)
        if errors:
            for i, j in sorted(more):
                print(f"  beyond {case.name} {i}:{j}\n    {text_of(a, i)}\n    {text_of(b, j)}")
    print(f"    control, whole translations: {beyond} overlaps beside {known} true pairs")
    made = list(summaries(seeds, held=True))
    sentences = spurious = 0
    for at, (name, a, _, _) in enumerate(made):
        other, _, b, _ = made[(at + 2) % len(made)]
        if name.split("/")[1] != other.split("/")[1]:
            sentences += len(a.sentences)
            spurious += len({i for i, _ in linked_pairs(a, b) - retold_pairs(a, b)})
    print(f"    control, another document: {spurious} of {sentences} summary sentences overlap")


def main() -> None:
    """Measures, or fits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--seeds", type=int, default=1)
    given = parser.parse_args()
    name = "collation/retranslation.jsonl.gz"
    print(f"made summaries  [{shared.fingerprint(name)}]  seeds {given.seeds}")
    if given.fit:
        fit(given.seeds)
    else:
        measure(given.seeds, given.errors)


if __name__ == "__main__":
    main()
