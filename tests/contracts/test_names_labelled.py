"""The labelled pairs of names have the form that their README promises."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import blake2b
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks" / "quality" / "names_labelled"
RECORDS = [json.loads(line) for line in (FOLDER / "pairs.jsonl").read_text("utf-8").splitlines()]


def test_every_name_occurs_once() -> None:
    for record in RECORDS:
        for side in "ab":
            assert record[side].count(record[f"name_{side}"]) == 1, record["id"]
        assert record["id"].startswith(record["language"] + "-")
    assert len({record["id"] for record in RECORDS}) == len(RECORDS) == 91


def test_the_split_follows_the_hash_of_the_id() -> None:
    for record in RECORDS:
        first = blake2b(record["id"].encode(), digest_size=8).digest()[0]
        assert record["split"] == ("held" if first % 2 else "tune"), record["id"]
    count = Counter((record["split"], record["one"]) for record in RECORDS)
    assert min(count.values()) >= 12
