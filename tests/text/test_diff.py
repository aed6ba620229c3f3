import itertools

from hypothesis import given
from hypothesis import strategies as st

from retold.text.diff import WINDOW, shared, shared_anywhere

lists = st.lists(st.sampled_from("abcdef"), max_size=30)


@given(lists, lists)
def test_pairs_are_equal_and_increasing(a, b):
    pairs = shared(a, b)
    assert all(a[i] == b[j] for i, j in pairs)
    assert all(x < y and u < v for (x, u), (y, v) in itertools.pairwise(pairs))


def _longest(a, b):
    rows = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            rows[i + 1][j + 1] = rows[i][j] + 1 if x == y else max(rows[i][j + 1], rows[i + 1][j])
    return rows[-1][-1]


@given(lists, lists)
def test_as_long_as_the_slow_twin_finds(a, b):
    assert len(shared(a, b)) == _longest(a, b)


@given(lists, lists)
def test_moved_items_are_matched_once_each(a, b):
    partner = shared_anywhere(a, b)
    used = [other for other in partner if other >= 0]
    assert len(used) == len(set(used))
    assert all(a[index] == b[other] for index, other in enumerate(partner) if other >= 0)
    both = sum(min(a.count(item), b.count(item)) for item in set(a))
    assert len(used) == both


def test_a_moved_block_stays_together():
    a = ["x", "y", "z", "p", "q", "r"]
    b = ["p", "q", "r", "x", "y", "z"]
    partner = shared_anywhere(a, b)
    assert partner == [3, 4, 5, 0, 1, 2]


def test_long_runs_are_cut_and_still_aligned():
    a = [f"w{n}" for n in range(4 * WINDOW)]
    b = [*a[:10], "new", *a[10:]]
    assert len(shared(a, b)) == len(a)
    inserted = a[: 2 * WINDOW] + ["q"] * 700 + a[2 * WINDOW :]
    assert len(shared(["p", *a, "p"], ["o", *inserted, "o"])) > 0.95 * len(a)
