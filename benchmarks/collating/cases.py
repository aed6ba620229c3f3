"""Labelled pairs of tellings: two translations of one document, cut by chance."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

import shared
from retold.model import Report, Segmented, Sentence
from retold.text.words import words

Pair = tuple[int, int]


Table = npt.NDArray[np.float64]


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
    for text in foreign:
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
            others = random_.sample([other for other in known if other != name], 8)
            foreign = [
                (record := random_.choice(known[other]))["ref"][sorted(record["ref"])[0]]
                for other in others  # one each, or two foreign ones would belong together
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
                        foreign[side * 4 : side * 4 + 4],
                        random_,
                        run_together,
                    )
                    for side, (kind, who) in enumerate((one, two))
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
