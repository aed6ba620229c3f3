"""Split sentences in stories of several reports."""

from __future__ import annotations

from retold.collate import align
from tests.collate.test_alignment import cut

LEAD = "The ferry Sankt Olaf ran aground on a sandbank off Velden on Monday evening"
DOGS = "eleven sledge dogs swam to the shore and were fed by a retired baker"
TAIL = "The harbour master expects the tide to lift the vessel before dawn."


def readings(*reports: list[str]) -> list[dict[str, tuple[int, ...]]]:
    names = "abcdef"
    made = [cut(name, sentences) for name, sentences in zip(names, reports, strict=False)]
    return [passage.readings for passage in align(made).passages]


def test_two_sentences_join_the_one_that_tells_both():
    found = readings(
        [f"{LEAD}, and {DOGS}.", TAIL],
        [f"{LEAD}.", f"{DOGS.capitalize()}.", TAIL],
        [f"{LEAD}, and {DOGS}.", TAIL],
    )
    assert {"a": (0,), "b": (0, 1), "c": (0,)} in found
    assert {"a": (1,), "b": (2,), "c": (1,)} in found


def test_many_that_read_apart_are_not_joined_for_one():
    apart = [f"{LEAD}.", f"{DOGS.capitalize()}.", TAIL]
    others = ["It was sunny.", "Nobody was hurt.", "The dogs bark."]
    found = readings(
        [f"{LEAD}, and {DOGS}.", TAIL], apart, apart[:2], *([*apart, other] for other in others)
    )
    assert all(len(numbers) == 1 for passage in found for numbers in passage.values())


def test_what_only_the_neighbours_share_does_not_join():
    found = readings(
        [f"{LEAD}.", "Velden lies at the mouth of the Ostra.", TAIL],
        [f"{LEAD}.", TAIL],
        [f"{LEAD}.", TAIL],
    )
    assert all(1 not in passage.get("a", ()) for passage in found)
