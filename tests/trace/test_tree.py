"""Looking for the tree: counts against slow twins, lengths, support."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.trace.calibration import _table, calibrated
from retold.trace.characters import Characters, characters
from retold.trace.coding import EVERY, Coded, between, coded
from retold.trace.parsimony import lengths, search, steps
from retold.trace.places import neighbourhood, views
from retold.trace.support import found
from retold.trace.tree import Tree
from tests.trace.building import collation, copy, original, report


def tradition(rng: random.Random, count: int, keep: float = 1.0) -> Coded:
    line = [original(rng, 10)]
    for _ in range(count - 1):
        line.append(copy(rng.choice(line), rng, 0.05, keep))
    texts = {f"t{number:02}": text for number, text in enumerate(line)}
    reports = [report(name, text) for name, text in texts.items()]
    lined_up = collation(texts)
    return coded(characters(lined_up, reports, ()), len(lined_up.passages))


def any_tree(rng: random.Random, n: int) -> Tree:
    tree = Tree(n, 0, 1)
    for leaf in range(2, n):
        tree.add(leaf, rng.choice(sorted(tree.parent)))
    return tree


def by_hand(tree: Tree, signs: Coded) -> float:
    """Fewest changes by trying all states at every fork (Sankoff 1975), one character a time."""
    total = 0.0
    for column in range(signs.bits.shape[1]):
        cells = signs.bits[:, column].tolist()
        states = [1 << place for place in range(64)]
        used = [one for one in states if any(cell & one for cell in cells if cell < 2**64 - 1)]
        cost: dict[int, list[float]] = {}
        for node in tree.under(tree.root):
            if node < tree.n:
                cost[node] = [0.0 if cells[node] & one else 1e9 for one in used]
            else:
                cost[node] = [
                    sum(
                        min(below + (here != there) for there, below in enumerate(cost[child]))
                        for child in tree.children[node]
                    )
                    for here in range(len(used))
                ]
        total += min(cost[tree.root]) * float(signs.weights[column])
    return total


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), n=st.integers(4, 9), keep=st.sampled_from([1.0, 0.6]))
def test_changes_are_counted_as_by_trying_all_states(seed, n, keep):
    rng = random.Random(seed)
    signs = tradition(rng, n, keep)
    tree = any_tree(rng, n)
    assert steps(tree, signs) == by_hand(tree, signs)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), n=st.integers(4, 9), keep=st.sampled_from([1.0, 0.6]))
def test_a_place_costs_what_the_grafted_tree_costs(seed, n, keep):
    rng = random.Random(seed)
    signs = tradition(rng, n, keep)
    tree = any_tree(rng, n)
    seen = views(tree, signs)
    before = steps(tree, signs)
    for node in sorted(tree.parent):
        near = neighbourhood(tree, seen, node)
        costs = ((near.bits & seen.below[node]) == 0) @ signs.weights
        for place, expected in zip(near.nodes[1:], costs[1:] - costs[0], strict=True):
            free, sister = tree.prune(node)
            tree.graft(node, place, free)
            assert np.isclose(steps(tree, signs) - before, expected)
            tree.prune(node)
            tree.graft(node, sister, free)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), n=st.integers(4, 9))
def test_what_is_certain_is_possible_and_shares_are_shares(seed, n):
    signs = tradition(random.Random(seed), n, 0.7)
    tree = search(signs, 0)
    for edge in lengths(tree, signs).values():
        assert 0 <= edge.least <= edge.most
    weighed = found(tree, signs, sorted(tree.children), 0)
    assert all(0.0 <= share <= 1.0 for share in weighed.branches.values())
    assert ((weighed.places >= 0) & (weighed.places <= 1)).all()


def test_the_search_finds_no_worse_than_the_tree_the_texts_came_down():
    rng = random.Random(1)
    text = original(rng)
    left, right = copy(text, rng, 0.05), copy(text, rng, 0.05)
    texts = {f"l{k}": copy(left, rng, 0.02) for k in range(4)}
    texts |= {f"r{k}": copy(right, rng, 0.02) for k in range(4)}
    lined_up = collation(texts)
    signs = coded(characters(lined_up, [report(*one) for one in texts.items()], ()), 30)
    true = Tree(8, 0, 4)
    for leaf in (1, 2, 3):
        true.add(leaf, 0)
    for leaf in (5, 6, 7):
        true.add(leaf, 4)
    assert steps(search(signs, 0), signs) <= steps(true, signs)


def test_a_long_phrase_put_for_another_pairs_no_words():
    base = dict(enumerate([["alfa", "brava", "kilo", "delta", "echo", "fox", "golf"]]))
    other = dict(enumerate([["alfa", "whisky", "xray", "yankee", "echo", "fox", "hotel"]]))
    texts = {"a": base, "b": other}
    signs: Characters = characters(
        collation(texts), [report(name, text) for name, text in texts.items()], ()
    )
    assert signs.phrase[1].tolist() == [0, 1, 2, 3, 0, 0, 0]


def test_words_that_only_change_places_stand_for_nothing():
    texts = {
        "a": {0: ["red", "and", "then", "blue", "paint"]},
        "b": {0: ["blue", "and", "then", "red", "paint"]},
    }
    signs = characters(collation(texts), [report(name, text) for name, text in texts.items()], ())
    assert signs.phrase[1].tolist() == [1, 0, 0, 1, 0]


def test_calibrated_supports_rise_with_the_share():
    assert sorted(_table()) == ["branch", "end", "exemplar"]
    for kind in _table():
        values = [calibrated(kind, share / 100) for share in range(101)]
        assert values == sorted(values)
        assert 0 < values[0] <= values[-1] < 1


# Six witnesses: 1, 2 and 5 copy one telling; 0, 3 and 4 told it again each by himself.
COPIES = np.array(
    [[a != b and not {a, b} <= {1, 2, 5} for b in range(6)] for a in range(6)], dtype=np.bool_
)


def coded_from(*columns: str) -> Coded:
    """A passage a column; a letter is a state, "?" a gap."""
    bits = [[EVERY if c == "?" else np.uint64(1 << ord(c) - 97) for c in col] for col in columns]
    count = len(columns)
    return Coded(
        bits=np.array(bits, dtype=np.uint64).T.copy(),
        weights=np.arange(1.0, count + 1),
        starts=np.arange(count),
        numbers=np.arange(count),
        present=np.ones((6, count), dtype=np.bool_),
        alone=np.zeros((6, 0), dtype=np.bool_),
        usual=np.zeros((6, 0), dtype=np.bool_),
        alone_weights=np.zeros(0),
        alone_passages=np.zeros(0, dtype=np.int64),
        words=np.ones(6),
    )


def test_copies_of_one_telling_are_one_where_tellings_are_compared() -> None:
    code = coded_from(
        "abbaab",  # the copies against all others
        "aababb",  # copies that differ among themselves: 0 and 3 against 4, or 3 and 4
        "abbaa?",  # a gap in one copy
        "abbbab",  # 0 and 4 against the copies and 3
        "a??bba",  # copies are what those of them have that have it
    )
    among = between(code, COPIES)
    assert among.numbers.tolist() == [3, 4]
    assert among.starts.tolist() == [0, 1]
    assert among.weights.tolist() == [4.0, 5.0]
    assert np.array_equal(among.bits, code.bits[:, 3:])


def test_chains_of_copies_have_no_bounds_and_stay_as_they_are() -> None:
    far = np.array([[abs(a - b) > 2 for b in range(6)] for a in range(6)], dtype=np.bool_)
    code = coded_from("abbaab", "abbbab", "aabbbb")
    among = between(code, far)
    assert np.array_equal(among.bits, code.bits)
    assert among.starts.tolist() == code.starts.tolist()
