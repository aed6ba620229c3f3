"""The labelled changes have the form that their README promises."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import blake2b
from pathlib import Path
from typing import Any, get_args

import pytest

from retold.model import ChangeKind

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks" / "quality" / "changes_labelled"
KINDS = set(get_args(ChangeKind))
FILES = sorted(FOLDER.glob("*.jsonl"))


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


ALL = [record for path in FILES for record in records(path)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_labelled_word_occurs_once(path: Path) -> None:
    for record in records(path):
        assert record["id"] == f"{path.stem}-{record['pattern']}"
        for label in (*record["changes"], *record["decoys"]):
            assert label["kind"] in KINDS
            assert label["a"] or label["b"], record["id"]
            for side in "ab":
                words = label[side]
                assert not words or record[side].count(words) == 1, (record["id"], words)
                assert words == words.strip(), (record["id"], words)
        for change in record["changes"]:
            assert change["a"] != change["b"], record["id"]
            assert set(change.get("also", ())) <= KINDS - {change["kind"]}, record["id"]
        for decoy in record["decoys"]:
            assert decoy["note"], record["id"]


def test_ids_are_unique() -> None:
    assert len({record["id"] for record in ALL}) == len(ALL)


WHOLE = {"desk": "tune", "sources": "tune", "long": "tune", "desk_later": "held"}
"""Files written at one time, which are of one split."""


def test_a_third_is_held_by_the_hash_of_the_id() -> None:
    for path in FILES:
        for record in records(path):
            first = blake2b(record["id"].encode(), digest_size=8).digest()[0]
            by_hash = "held" if first % 3 == 2 else "tune"
            assert record["split"] == WHOLE.get(path.stem, by_hash)
    held = sum(record["split"] == "held" for record in ALL)
    assert 0.28 <= held / len(ALL) <= 0.39


def test_every_kind_is_covered_in_both_splits() -> None:
    counts = Counter(
        (change["kind"], record["split"]) for record in ALL for change in record["changes"]
    )
    assert len(ALL) >= 330
    assert sum(len(record["decoys"]) for record in ALL) >= 120
    for kind in KINDS:
        assert counts[kind, "tune"] + counts[kind, "held"] >= 30
        assert counts[kind, "held"] >= 8
