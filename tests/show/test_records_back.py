"""A telling is read back as it was written, and a damaged one is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from retold.errors import BadRecord
from retold.show.records import is_telling, telling_json, telling_of
from tests.show.formats.random_tellings import tellings
from tests.show.tellings import seas


@settings(max_examples=60, deadline=None)
@given(telling=tellings())
def test_what_was_written_is_read_back(telling):
    raw = telling_json(telling)
    assert is_telling(raw)
    assert telling_of(raw, "-") == telling


@pytest.mark.parametrize(
    "raw", [b"", b"{}", b"[]", b'{"text": "x"}\n{"text": "y"}', b"\xff\xfe{", b"[" * 100_000]
)
def test_other_json_is_no_telling(raw):
    assert not is_telling(raw)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda told: told.update(new=1), "unknown field"),
        (lambda told: told["reports"][0].update(text="short"), "is no span"),
        (lambda told: told["reports"].pop(), "is no span"),
        (lambda told: told["reports"].append(told["reports"][0]), "two reports have one id"),
        (lambda told: told["only"].update(tide=[99]), "has no sentence 99"),
        (lambda told: told["passages"][0]["readings"].update(nobody=[0]), "has no sentence 0"),
        (lambda told: told["quotations"][0].update(report="nobody"), "is no span"),
        (lambda told: told["passages"][0]["changes"][0]["a"].update(span=[5, 2]), "is no span"),
    ],
)
def test_a_damaged_telling_is_refused(change, said):
    told = json.loads(telling_json(seas()))
    change(told)
    with pytest.raises(BadRecord, match=said) as raised:
        telling_of(json.dumps(told).encode(), "story.json")
    assert raised.value.where == "story.json"
    assert raised.value.advice
