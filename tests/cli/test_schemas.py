"""Every command writes JSON of a published schema, or says that it writes something else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pytest
from jsonschema import Draft202012Validator

from retold.cli.app import app
from retold.cli.schemas import NAMES, WRITTEN
from retold.cli.schemas import schema as published

from .conftest import FIRST, RECIPE, SECOND, Run

# "schema" of the line, then the arguments; {story}, {report} and {other} are those of the archive.
_CASES = [
    ("telling", "compare a.txt b.txt --json"),
    ("telling", "demo there --json"),
    ("quotes", "quotes a.txt b.txt --json"),
    ("group", "group a.txt b.txt recipe.txt --json"),
    ("story", "group a.txt b.txt recipe.txt --json --stories"),
    ("copies", "copies a.txt b.txt --json"),
    ("collation", "collate a.txt b.txt --json"),
    ("stemma", "trace a.txt b.txt --json"),
    ("add", "add a.txt broken.jsonl --json"),
    ("add", "add c.txt --json --later"),
    ("refresh", "refresh --json"),
    ("verify", "verify --json"),
    ("upgrade", "upgrade --json"),
    ("search", "search pier --limit 1 --json"),
    ("stories", "stories --limit 1 --json"),
    ("telling", "show {story} --json"),
    ("story-reports", "show {story} --reports --json"),
    ("correction", "correct field {report} title Piers --by Ada --json"),
    ("correction", "correct join-stories {story} {elsewhere} --by Ada --json"),
    ("correction", "correct move {report} --by Ada --note why --json"),
    ("correction", "correct pin {story} --by Ada --json"),
    ("correction", "correct confirm-edge {report} {other} --by Ada --json"),
    ("correction", "correct join-passages {report}:0-9 {other}:0-9 --by Ada --json"),
    ("correction", "correct undo 1 --by Ada --json"),
    ("correction", "corrections --json"),
    ("event", "watch http://127.0.0.1:9/feed --once --json"),
    ("feed", "watch --list --json"),
]


@pytest.fixture(scope="module")
def validators() -> dict[str, Draft202012Validator]:
    made = {}
    for name in NAMES:
        shape = published(name)
        Draft202012Validator.check_schema(shape)
        made[name] = Draft202012Validator(_closed(shape))
    return made


def _closed(shape: Any) -> Any:
    """The schema, but no field that it does not name: what is written is to be published."""
    if isinstance(shape, list):
        return [_closed(one) for one in shape]
    if not isinstance(shape, dict):
        return shape
    closed = {key: _closed(value) for key, value in shape.items()}
    if isinstance(shape.get("properties"), dict) and shape.get("type") == "object":
        closed.setdefault("additionalProperties", False)
    return closed


def test_every_command_is_listed_with_what_it_writes() -> None:
    assert set(WRITTEN) == set(app.commands)
    shown = {name for names in WRITTEN.values() for name in names}
    assert shown | {"report", "refused"} == set(NAMES)
    for name, command in app.commands.items():
        parts = command.commands.values() if isinstance(command, click.Group) else [command]
        for one in parts:
            has = any("--json" in parameter.opts for parameter in one.params)
            assert has == (bool(WRITTEN[name]) or name == "schema"), (name, one.name)


def test_every_schema_of_every_command_is_tried() -> None:
    tried = {(text.split()[0], name) for name, text in _CASES}
    assert tried == {(command, name) for command, names in WRITTEN.items() for name in names}


def test_help_and_reference_name_every_schema(retold: Run) -> None:
    said = " ".join(retold("schema", "--help").out.split())
    reference = (Path(__file__).parents[2] / "docs/reference/json.md").read_text()
    for name in NAMES:
        assert f" {name}," in said or f" {name}." in said, name
        assert f"`{name}`" in reference, name
    assert "Names are" in retold("schema", "nothing").err


def test_what_is_written_is_what_was_published(
    retold: Run,
    validators: dict[str, Draft202012Validator],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RETOLD_ARCHIVE", str(tmp_path / "news.retold"))
    texts = {"a.txt": FIRST, "b.txt": SECOND, "recipe.txt": RECIPE, "c.txt": RECIPE + "Eat it."}
    for name, text in texts.items():
        Path(name).write_text(text)
    Path("broken.jsonl").write_text('{"text": "A ferry sank at the quay of Orsholm."}\n{"text": 1')
    retold("add", "a.txt", "b.txt", "recipe.txt")
    found = json.loads(retold("stories", "--json").out)["stories"]
    story, elsewhere = sorted(found, key=lambda one: -one["reports"])[:2]
    members = json.loads(retold("show", story["id"], "--reports", "--json").out)["members"]
    values = {
        "story": story["id"],
        "elsewhere": elsewhere["id"],
        "report": members[0]["report"],
        "other": members[-1]["report"],
    }
    for name, text in _CASES:
        done = retold(*text.format(**values).split())
        lines = done.out.splitlines() or done.err.splitlines()
        whole = [json.loads(line) for line in lines if line.startswith(("{", "["))]
        assert whole, (text, done)
        for one in whole:
            wrong = [error.message[:300] for error in validators[name].iter_errors(one)]
            assert not wrong, (text, wrong)
