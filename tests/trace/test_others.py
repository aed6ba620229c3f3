"""Whole stemmata beside the one that is drawn."""

from __future__ import annotations

import pytest

from retold.model import Alternative, Stemma
from retold.trace import trace
from tests.trace.building import Text, collation, report


def traced(texts: dict[str, Text]) -> Stemma:
    """The descent of some texts."""
    return trace([report(name, text) for name, text in texts.items()], collation(texts))


def torn() -> dict[str, Text]:
    """Six reports; of the last, some passages go with one pair and some with the other."""
    texts: dict[str, Text] = {name: {} for name in "abcdef"}
    for number in range(14):
        words = [f"w{number}x{place}" for place in range(12)]
        left, right = words[:], words[:]
        left[2] = f"left{number}"
        right[7] = f"right{number}"
        readings = {"a": left, "b": left, "c": right, "d": right, "e": words, "f": words}
        readings["e"] = left if number % 7 < 4 else right
        for place, (name, reading) in enumerate(sorted(readings.items())):
            own = reading[:]
            own[10] = f"own{name}{number}" if number % 6 == place else own[10]
            texts[name][number] = own
    return texts


@pytest.fixture(scope="module")
def stemma() -> Stemma:
    """Of a story that drawings tell in two ways."""
    return traced(torn())


def whole(stemma: Stemma) -> list[Alternative]:
    """The alternatives that say in what they differ."""
    return [one for one in stemma.alternatives if one.dropped]


def test_where_passages_go_both_ways_the_other_way_is_a_stemma_of_its_own(stemma: Stemma) -> None:
    assert whole(stemma)
    for other in whole(stemma):
        assert 0.05 <= other.support <= 1
        assert {end for edge in other.edges for end in edge} >= set("abcdef")


def test_what_is_added_and_dropped_turns_the_one_stemma_into_the_other(stemma: Stemma) -> None:
    drawn = {(edge.from_, edge.to) for edge in stemma.edges if edge.basis == "textual"}
    for other in whole(stemma):
        assert set(other.dropped) <= drawn
        assert not set(other.added) & drawn
        assert set(other.edges) <= drawn - set(other.dropped) | set(other.added)


def test_every_end_of_an_alternative_is_a_witness_that_is_named(stemma: Stemma) -> None:
    for other in whole(stemma):
        known = {one.id for one in (*stemma.witnesses, *other.witnesses)}
        assert {end for edge in other.edges for end in edge} <= known


def test_alternatives_are_few_and_the_best_supported_comes_first(stemma: Stemma) -> None:
    shares = [one.support for one in whole(stemma)]
    assert len(shares) <= 3
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) <= 1


def test_nothing_else_is_possible_where_all_passages_agree() -> None:
    texts = torn()
    texts["e"] = texts["f"]
    assert not whole(traced(texts))
