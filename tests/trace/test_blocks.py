"""Readings that change sides by whole passages."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from retold.trace.blocks import blocks, unseen
from retold.trace.coding import Coded

STAR = {0: (3,), 1: (3,), 2: (3,), 3: (0, 1, 2)}


def three(alone_in: Sequence[tuple[int, int]], passages: int) -> Coded:
    """Three witnesses; at each character (witness, passage) one stands against the others."""
    ordered = sorted(alone_in, key=lambda one: one[1])
    alone = np.zeros((3, len(ordered)), dtype=np.bool_)
    for column, (witness, _) in enumerate(ordered):
        alone[witness, column] = True
    return Coded(
        bits=np.zeros((3, 0), dtype=np.uint64),
        weights=np.zeros(0),
        starts=np.zeros(0, dtype=np.int64),
        numbers=np.zeros(0, dtype=np.int64),
        present=np.ones((3, passages), dtype=np.bool_),
        alone=alone,
        usual=~alone,
        alone_weights=np.ones(len(ordered)),
        alone_passages=np.array([passage for _, passage in ordered], dtype=np.int64),
        words=np.full(3, 20.0 * passages),
    )


def test_a_report_made_of_two_agrees_with_one_of_them_in_every_passage() -> None:
    turning = [(passage % 2, passage) for passage in range(10) for _ in range(3)]
    found = blocks(STAR, three(turning, 10), [3])[3]
    assert found.most > 3


def test_two_that_changed_each_for_itself_did_so_in_the_same_passages_too() -> None:
    both = [(witness, passage) for passage in range(10) for witness in (0, 1)]
    found = blocks(STAR, three(both, 10), [3])[3]
    assert found.most < 0


def test_one_reading_a_passage_says_nothing() -> None:
    single = [(passage % 2, passage) for passage in range(10)]
    found = blocks(STAR, three(single, 10), [3])[3]
    assert found.most == pytest.approx(0.0, abs=0.5)


def test_between_two_reports_only_no_report_stands_in_the_middle() -> None:
    turning = [(passage % 2, passage) for passage in range(10) for _ in range(3)]
    assert blocks(STAR, three(turning, 10), [3])[3].middle < -5


@pytest.mark.parametrize(("passages", "likely"), [(2, True), (200, False)])
def test_a_branch_goes_unseen_where_little_is_shared(passages: int, *, likely: bool) -> None:
    code = three([], passages)
    four = Coded(
        **{
            **{name: getattr(code, name) for name in Coded.__slots__},
            "present": np.ones((4, passages), dtype=np.bool_),
            "words": np.full(4, 20.0 * passages),
        }
    )
    assert (unseen([[0], [1], [2], [3]], four, 0.02) >= 0.2) is likely
