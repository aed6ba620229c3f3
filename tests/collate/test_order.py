"""Common order and what stands outside it."""

from __future__ import annotations

from retold.collate.order import common_order, out_of_order


def test_what_the_first_lacks_comes_behind_what_it_follows():
    assert common_order([[1, 2, 3], [1, 9, 3], [8, 2]]) == [1, 8, 2, 9, 3] or common_order(
        [[1, 2, 3], [1, 9, 3], [8, 2]]
    ) == [1, 9, 8, 2, 3]


def test_reports_without_a_common_passage_follow_each_other():
    assert common_order([[1, 2], [7, 8], [5, 6]]) == [1, 2, 7, 8, 5, 6]


def test_every_item_once():
    assert common_order([[3, 1], [1, 3], [2, 3, 4]]) == [2, 3, 1, 4] or sorted(
        common_order([[3, 1], [1, 3], [2, 3, 4]])
    ) == [1, 2, 3, 4]


def test_nothing():
    assert common_order([]) == []
    assert out_of_order([]) == []


def test_one_moved_item_is_found():
    assert out_of_order([0, 1, 5, 2, 3]) == [2]
    assert out_of_order([0, 1, 2, 3]) == []
    assert len(out_of_order([3, 2, 1, 0])) == 3
