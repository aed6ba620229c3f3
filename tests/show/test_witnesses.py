"""In what another stemma differs, said once for each source."""

from __future__ import annotations

from retold.model import Alternative
from retold.show.witnesses import differences

CALLED = {"a": "A", "b": "B", "c": "C", "n": "Harbour Board"}


def test_those_that_have_one_source_are_named_together():
    other = Alternative(edges=(("n", "c"), ("n", "a"), ("a", "b")), support=0.2, note="")
    assert differences(other, CALLED) == ["A and C from Harbour Board", "B from A"]


def test_what_they_had_instead_keeps_them_apart():
    edges = (("a", "b"), ("n", "a"), ("n", "c"))
    other = Alternative(
        edges=edges, support=0.2, note="", added=(("n", "a"), ("n", "c")), dropped=(("a", "c"),)
    )
    assert differences(other, CALLED) == [
        "A from Harbour Board",
        "C from Harbour Board (not from A)",
    ]
