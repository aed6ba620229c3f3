"""Lost tellings and exemplars that may be others are said to be in doubt."""

from __future__ import annotations

import random

from retold.model import Stemma
from retold.trace import trace
from tests.trace.building import collation, copy, original, report


def two_branches(rate: float, rng: random.Random) -> Stemma:
    """Four reports, two of each of two lost copies of a lost telling."""
    first = original(rng)
    left, right = copy(first, rng, rate), copy(first, rng, rate)
    texts = {
        "a": copy(left, rng, 0.03),
        "b": copy(left, rng, 0.03),
        "c": copy(right, rng, 0.03),
        "d": copy(right, rng, 0.03),
    }
    return trace([report(name, one) for name, one in texts.items()], collation(texts))


def perhaps(stemma: Stemma) -> set[str]:
    """Names of lost tellings that are shown as possible only."""
    lost = [one for one in stemma.witnesses if one.kind == "lost"]
    return {one.name for one in lost if one.name.startswith("perhaps ")}


def test_lost_tellings_with_many_common_readings_are_not_in_doubt():
    stemma = two_branches(0.05, random.Random(3))
    assert sum(one.kind == "lost" for one in stemma.witnesses) >= 2
    assert perhaps(stemma) == set()


def test_a_lost_telling_in_doubt_says_why():
    seen = 0
    for seed in range(12):
        stemma = two_branches(0.003, random.Random(seed))
        names = {one.id: one.name for one in stemma.witnesses}
        notes = {one.witnesses: one.note for one in stemma.undecided}
        for key, name in names.items():
            if name.startswith("perhaps "):
                seen += 1
                assert "drawings" in notes[key,] or "stood there itself" in notes[key,]
    assert seen
