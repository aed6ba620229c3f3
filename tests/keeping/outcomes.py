"""What each method makes of the examples and of the labelled sentences.

    python -m tests.keeping.outcomes            shows it
    python -m tests.keeping.outcomes --accept   keeps it in src/retold/keeping/outcomes.toml

Texts only are taken, not pages: what comes out of a page is for another program to decide. Numbers
are rounded, because their last digits are the machine's.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from retold.archive.rows import Kept
from retold.keeping.methods import OUTCOMES
from retold.keeping.refreshing import analyse
from retold.model import Report
from retold.pipeline import grouped, tell
from retold.read import read, read_text
from retold.settings import DEFAULTS

ROOT = Path(__file__).parents[2]
_MARKS = re.compile(r"\{\d+:|[{}\[\]]")
_TOGETHER = 30
_DIGITS = 3


def outcomes() -> dict[str, str]:
    """Method -> hash of what it makes."""
    stories = list(_examples())
    pairs = list(_pairs())
    every = [one for story in (*stories, *pairs) for one in story]
    sentences = list(_sentences())
    return {
        "quotations": _hash(_analysed(one) for one in (*every, *sentences)),
        "stories": _hash(grouped([one for story in stories for one in story])),
        "telling": _hash(map(_told, (*stories, *pairs))),
    }


def accepted() -> dict[str, dict[str, Any]]:
    """Method -> what is kept of it."""
    return tomllib.loads(OUTCOMES.read_text("utf-8"))


def accept(found: dict[str, str]) -> None:
    """Keep them."""
    head = [line for line in OUTCOMES.read_text("utf-8").splitlines() if line.startswith("#")]
    known = accepted()
    for method, outcome in found.items():
        raised = known.get(method, {}).get("raised", 0)
        head += ["", f"[{method}]", f'outcome = "{outcome}"', f"raised = {raised}"]
    OUTCOMES.write_text("\n".join(head) + "\n", "utf-8")


def _examples() -> Iterator[list[Report]]:
    for folder in sorted(path for path in (ROOT / "examples").iterdir() if path.is_dir()):
        texts = sorted(str(one) for one in (folder / "reports").glob("*.txt"))
        if (folder / "reports.jsonl").exists():
            texts = [str(folder / "reports.jsonl")]
        if texts:
            # A path is where the project lies, no outcome.
            yield [msgspec.structs.replace(one, source=None) for one in read(texts)[0]]


def _pairs() -> Iterator[list[Report]]:
    """Labelled pairs of sentences, as two reports of many."""
    for file in sorted((ROOT / "benchmarks/quality/changes_labelled").glob("*.jsonl")):
        rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        for language in sorted({row.get("language") or "en" for row in rows}):
            some = [row for row in rows if (row.get("language") or "en") == language]
            for at in range(0, len(some), _TOGETHER):
                part = some[at : at + _TOGETHER]
                yield [
                    read_text("\n\n".join(row[side] for row in part), language=language)
                    for side in ("a", "b")
                ]


def _sentences() -> Iterator[Report]:
    text = (ROOT / "benchmarks/quality/chains_labelled/english.txt").read_text("utf-8")
    lines = [_MARKS.sub("", line) for line in text.splitlines() if line and line[0] != "#"]
    for at in range(0, len(lines), _TOGETHER):
        yield read_text("\n\n".join(lines[at : at + _TOGETHER]), language="en")


def _analysed(report: Report) -> object:
    kept = Kept(1, report, None, None, None, None, "2031-01-01T00:00:00Z", False)
    return analyse((kept, DEFAULTS))


def _told(story: Sequence[Report]) -> object:
    return msgspec.structs.replace(tell(story, least=1), retold="")  # of whatever version


def _hash(found: Iterator[Any]) -> str:
    digest = blake2b(digest_size=8)
    for one in found:
        digest.update(msgspec.json.encode(_rounded(msgspec.to_builtins(one)), order="sorted"))
    return digest.hexdigest()


def _rounded(one: Any) -> Any:
    if isinstance(one, float):
        return round(one, _DIGITS) + 0.0
    if isinstance(one, dict):
        return {key: _rounded(value) for key, value in one.items()}
    if isinstance(one, list | tuple):
        return [_rounded(part) for part in one]
    return one


def main(arguments: Sequence[str]) -> None:
    """Show or accept them."""
    found = outcomes()
    known = accepted()
    for method, outcome in found.items():
        was = known.get(method, {}).get("outcome")
        sys.stdout.write(f"{method}: {outcome} {'' if was == outcome else f'(was {was})'}\n")
    if "--accept" in arguments:
        accept(found)


if __name__ == "__main__":
    main(sys.argv[1:])
