"""What is kept becomes stale when what a method makes has changed, and only then."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from retold.keeping import methods
from tests.keeping.outcomes import accept, accepted, outcomes

METHODS = ("quotations", "stories", "telling")
_ROOMS = ("language", "text", "attribute", "group", "collate", "trace", "keeping")


def test_each_method_makes_what_was_accepted() -> None:
    found = outcomes()
    known = {method: one["outcome"] for method, one in accepted().items()}
    assert found == known, (
        "these methods make something else of the examples; what archives keep of them has to "
        "become stale: run `python -m tests.keeping.outcomes --accept` and commit outcomes.toml"
    )


@pytest.fixture
def versions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], dict[str, str]]]:
    """Of a copy of the project, which a test may change."""
    real = Path(methods.__file__).parent.parent
    for room in _ROOMS:
        shutil.copytree(real / room, tmp_path / room, ignore=shutil.ignore_patterns("*.pyc"))
    monkeypatch.setattr(methods, "_HERE", tmp_path)
    monkeypatch.setattr(methods, "OUTCOMES", tmp_path / "keeping/outcomes.toml")

    def found() -> dict[str, str]:
        for one in (methods.version_of, methods._tables, methods._code):
            one.cache_clear()
        return {one: methods.version_of(one) for one in METHODS}

    yield found
    for one in (methods.version_of, methods._tables, methods._code):
        one.cache_clear()


def append(file: Path, text: str) -> None:
    file.write_text(file.read_text("utf-8") + text, "utf-8")


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {method for method in METHODS if before[method] != after[method]}


def test_other_results_are_another_version(
    versions: Callable[[], dict[str, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = versions()
    assert len(set(before.values())) == 3
    assert {len(one) for one in before.values()} == {16}
    file = tmp_path / "keeping/outcomes.toml"
    file.write_text(file.read_text().replace("raised = 0", "raised = 1", 1))
    assert changed(before, versions()) == {"quotations"}
    monkeypatch.setattr("tests.keeping.outcomes.OUTCOMES", file)
    accept({"telling": "another"})
    assert accepted()["telling"] == {"outcome": "another", "raised": 0}


def test_tables_are_part_of_it(versions: Callable[[], dict[str, str]], tmp_path: Path) -> None:
    before = versions()
    append(tmp_path / "group/weights.toml", "\n")
    assert changed(before, versions()) == {"stories"}
    (tmp_path / "language/de").mkdir(exist_ok=True)
    (tmp_path / "language/de/new.toml").write_text("words = []")
    assert changed(before, versions()) == set(METHODS)


def test_code_is_not_but_for_what_goes_on_from_a_state(
    versions: Callable[[], dict[str, str]], tmp_path: Path
) -> None:
    before = versions()
    for room in ("text", "attribute", "collate", "trace", "group/copies"):
        for file in (tmp_path / room).rglob("*.py"):
            append(file, "# A comment.\n\n\n")
    one = tmp_path / "attribute/__init__.py"
    append(one, "MORE = 1\n")
    grouper = tmp_path / "group/grouper.py"
    grouper.write_text(grouper.read_text().replace('"""', '"""Said otherwise: ', 1))
    assert changed(before, versions()) == set()
    append(grouper, "MORE = 1\n")
    assert changed(before, versions()) == {"stories"}
