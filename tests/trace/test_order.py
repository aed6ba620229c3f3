"""The order of versions."""

from __future__ import annotations

import random
from itertools import pairwise, permutations

import numpy as np

from retold.trace.order import MOST_EXACT, in_order, path


def _edited(rng: random.Random, versions: int) -> list[list[list[str]]]:
    """Versions of a growing text, each a few edits from the one before."""
    text = [[f"k{rng.randrange(900)}o" for _ in range(12)] for _ in range(6)]
    found = [[list(sentence) for sentence in text]]
    for _ in range(versions - 1):
        text = [list(sentence) for sentence in text]
        text[rng.randrange(len(text))][rng.randrange(12)] = f"n{rng.randrange(900)}u"
        text.insert(rng.randrange(len(text)), [f"k{rng.randrange(900)}o" for _ in range(12)])
        found.append(text)
    return found


def test_shuffled_versions_come_back_in_order() -> None:
    rng = random.Random(3)
    for versions in (3, 5, MOST_EXACT, MOST_EXACT + 3):
        texts = _edited(rng, versions)
        shuffled = list(range(versions))
        rng.shuffle(shuffled)
        order = in_order([texts[place] for place in shuffled], seed=1)
        assert [shuffled[row] for row in order.rows] == list(range(versions))
        assert min(order.support) > 0.5


def test_a_passage_that_comes_and_goes_is_crossed_once() -> None:
    # The second version is a copy of neither neighbour; the path must not jump over it.
    one = [["a", "b", "c", "d", "e"], ["f", "g", "h", "i", "j"]]
    two = [["a", "b", "c", "d", "e"], ["f", "g", "h", "x", "y"]]
    three = [["a", "b", "z", "q", "w"], ["f", "g", "h", "x", "y"], ["k", "l", "m", "n"]]
    assert in_order([three, one, two], seed=0).rows in ((1, 2, 0), (0, 2, 1))


def test_the_exact_path_is_the_shortest_of_all() -> None:
    rng = np.random.default_rng(5)
    for n in (3, 4, 6):
        half = rng.random((n, n))
        costs, ends = half + half.T, rng.random(n)
        found = path(costs[None], ends)[0]

        def price(rows: tuple[int, ...], costs: object = costs, ends: object = ends) -> float:
            steps = sum(float(costs[a, b]) for a, b in pairwise(rows))  # type: ignore[index]
            return steps + float(ends[rows[0]] - ends[rows[-1]])  # type: ignore[index]

        best = min(price(rows) for rows in permutations(range(n)))
        assert abs(price(tuple(found)) - best) < 1e-6


def test_two_empty_versions_are_no_mistake() -> None:
    assert sorted(in_order([[], []], seed=0).rows) == [0, 1]
    assert sorted(in_order([[], [["a"]], []], seed=0).rows) == [0, 1, 2]
