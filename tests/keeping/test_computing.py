from __future__ import annotations

from retold.keeping.computing import Broken, in_order

DOUBLED = "tests.keeping.working:doubled"


def run(batches, workers):
    return [(list(batch), found) for batch, found in in_order(DOUBLED, batches, workers)]


def test_results_come_in_the_order_of_the_batches():
    batches = [[n, n + 1] for n in range(0, 12, 2)]
    wanted = [(batch, [2 * n for n in batch]) for batch in batches]
    assert run(batches, 1) == run(batches, 3) == wanted


def test_an_item_that_ends_its_process_is_named_and_the_rest_is_done():
    found = run([[1, 2], [12, 13, 14], [3]], 2)
    assert found[0] == ([1, 2], [2, 4])
    assert [type(one) for one in found[1][1]] == [int, Broken, int]
    assert found[2] == ([3], [6])


def test_nothing_to_do_is_done():
    assert run([], 2) == []
