"""What a link must exceed, so that two groups of reports become one story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from retold.group.clustering import cluster
from retold.group.groups import Group


def stories(scores: Mapping[tuple[int, int], float]) -> list[list[int]]:
    """The rows of the stories that scores of pairs (smaller row first) lead to."""
    rows = sorted({row for pair in scores for row in pair})

    def links(asked: Sequence[tuple[Sequence[int], Sequence[int]]]) -> list[float]:
        return [
            sum(scores[min(a, b), max(a, b)] for a in some for b in others)
            / (len(some) * len(others))
            for some, others in asked
        ]

    pairs = [(score, high, low) for (low, high), score in scores.items()]
    return [group.rows for group in cluster([Group([row]) for row in rows], pairs, links)]


def test_what_only_resembles_two_near_reports_stays_out() -> None:
    assert stories({(0, 1): 4.5, (0, 2): 1.3, (1, 2): 1.3}) == [[0, 1], [2]]


def test_what_is_half_as_near_as_two_near_reports_comes_in() -> None:
    assert stories({(0, 1): 4.5, (0, 2): 2.6, (1, 2): 2.4}) == [[0, 1, 2]]


def test_two_reports_that_are_hardly_near_ask_for_little() -> None:
    assert stories({(0, 1): 0.8, (0, 2): 0.5, (1, 2): 0.5}) == [[0, 1, 2]]
