"""Commands that run one stage on JSON Lines."""

from __future__ import annotations

import json

import jsonschema
import pytest

from tests.cli.conftest import FIRST, RECIPE, SECOND


@pytest.fixture
def stories(tmp_path):
    """Two stories in one file, their reports interleaved, and one broken line."""
    records = [
        {"id": "a1", "text": FIRST, "story": "pier"},
        {"id": "b1", "text": RECIPE, "story": "cake"},
        {"id": "a2", "text": SECOND, "story": "pier"},
        {"id": "b2", "text": RECIPE.replace("fifty", "forty"), "story": "cake"},
    ]
    lines = [json.dumps(record) for record in records]
    path = tmp_path / "stories.jsonl"
    path.write_text("\n".join([*lines[:2], "{broken", *lines[2:]]) + "\n", encoding="utf-8")
    return path


def schema_of(retold, name: str) -> dict:
    return json.loads(retold("schema", name).out)


@pytest.mark.parametrize(
    ("command", "schema", "units"),
    [
        ("quotes", "quotes", 4),
        ("copies", "copies", 2),
        ("collate", "collation", 2),
        ("trace", "stemma", 2),
    ],
)
def test_each_stage_writes_what_its_schema_says(retold, stories, command, schema, units):
    done = retold(command, stories)
    assert done.code == 3, "one line was refused"
    assert "line 3" in done.err
    published = schema_of(retold, schema)
    written = [json.loads(line) for line in done.out.splitlines()]
    assert len(written) == units
    for one in written:
        jsonschema.validate(one, published)


def test_a_telling_is_what_its_schema_says(retold, first, second):
    telling = json.loads(retold("compare", first, second, "--json").out)
    jsonschema.validate(telling, schema_of(retold, "telling"))


def test_stories_are_collated_apart(retold, stories):
    done = retold("collate", stories)
    collations = {one["story"]: one for one in map(json.loads, done.out.splitlines())}
    assert list(collations) == ["pier", "cake"]
    assert {report["id"] for report in collations["cake"]["reports"]} == {"b1", "b2"}
    changes = [
        change["kind"]
        for passage in collations["cake"]["passages"]
        for change in passage["changes"]
    ]
    assert changes == ["number"]


def test_nobody_quoted_is_nothing_found(retold, recipe):
    done = retold("quotes", recipe)
    assert done.code == 1
    assert json.loads(done.out)["quotations"] == []


def test_an_unknown_schema_is_wrong_use(retold):
    done = retold("schema", "nonsense")
    assert done.code == 2
    assert "telling" in done.err
