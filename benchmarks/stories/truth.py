"""Stories with a truth: what is known, and where in the reports it stands."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from retold.model import Telling, TellingReport

__all__ = ["Located", "Story", "all_stories", "load"]

ROOT = Path(__file__).resolve().parents[2]
SHARED_KEYS = {"id", "readings", "moved", "note"}


@dataclass(frozen=True)
class Story:
    """One story on disk.

    Attributes:
        name: of its folder.
        truth: the parsed `truth.json`, brought to one form (`loaded`).
        reports: the report files, in the order of their names.
    """

    name: str
    truth: dict[str, Any]
    reports: tuple[Path, ...]

    @property
    def fingerprint(self) -> str:
        """Hash of all bytes the figures rest on."""
        state = blake2b(digest_size=8)
        for path in self.reports:
            state.update(path.read_bytes())
        state.update(json.dumps(self.truth, sort_keys=True).encode())
        return state.hexdigest()

    def language(self, file: str) -> str:
        """ISO 639-1 code of a report; English where the truth says nothing."""
        about: dict[str, str] = self.truth["reports"].get(file, {})
        return about.get("language", "en")


def _readings(passage: dict[str, Any]) -> dict[str, list[str]]:
    if "readings" in passage:
        readings: dict[str, list[str]] = passage["readings"]
        return readings
    return {key: words for key, words in passage.items() if key not in SHARED_KEYS}


def _sides(change: dict[str, Any], readings: dict[str, list[str]], files: list[str]) -> None:
    """Older truths name no reports: side a is the first report's, side b the others'."""
    present = [file for file in files if file in readings]
    change.setdefault("a_in", present[:1])
    change.setdefault("b_in", present[1:])
    change["kind"] = change.get("kind", "").replace(" ", "-")


def load(name: str, truth_file: Path, reports: list[Path]) -> Story:
    """A story with its truth in the form of `examples/README.md`, all fields there."""
    truth = json.loads(truth_file.read_text("utf-8"))
    files = [path.name for path in reports]
    truth.setdefault("reports", {file: {} for file in files})
    for passage in truth["passages"]:
        passage["readings"] = _readings(passage)
    readings = {passage["id"]: passage["readings"] for passage in truth["passages"]}
    for key in ("free", "optional_pairs", "debatable_quotations", "one_actor", "never_changes"):
        truth.setdefault(key, [])
    truth.setdefault("stands_for", {})
    truth.setdefault("never_one_actor", [])
    if "headline_of_B" in truth:
        truth["free"].append({"report": files[-1], "words": truth["headline_of_B"]["words"]})
    truth["not_quotations"] = [
        entry for entry in truth.get("not_quotations", []) if isinstance(entry, dict)
    ]
    for change in truth["changes"] + truth["never_changes"]:
        _sides(change, readings[change["passage"]], files)
    stemma = truth["stemma"]
    if "best" in stemma:
        stemma["edges"] = [{"from": a, "to": b} for a, b in stemma["best"]["edges"]]
        ends = {end for edge in stemma["edges"] for end in edge.values()}
        stemma["witnesses"] = [
            {
                "id": end,
                "kind": "report" if end in files else "lost" if end == "lost" else "named",
                "name": end,
            }
            for end in sorted(ends)
        ]
        stemma.setdefault("undecidable", [])
    return Story(name, truth, tuple(sorted(reports)))


def all_stories() -> list[Story]:
    """The examples and the demo."""
    stories = []
    for truth_file in sorted((ROOT / "examples").glob("*/truth.json")):
        folder = truth_file.parent
        reports = [path for path in (folder / "reports").iterdir() if path.is_file()]
        stories.append(load(folder.name, truth_file, sorted(reports)))
    demo = ROOT / "src" / "retold" / "demo"
    truth_file = ROOT / "tests" / "golden" / "demo" / "truth.json"
    stories.append(load("demo", truth_file, sorted(demo.glob("*.txt"))))
    return stories


@dataclass
class Located:
    """A telling seen through the file names and words of a truth.

    Attributes:
        unresolved: words of the truth that stand in no text of the telling.
    """

    story: Story
    telling: Telling
    report: dict[str, TellingReport] = field(init=False)
    file: dict[str, str] = field(init=False)
    unresolved: list[str] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        """Reports by file name, and file names by report id."""
        self.report = {Path(str(r.source)).name: r for r in self.telling.reports}
        self.file = {r.id: file for file, r in self.report.items()}

    def spans(self, file: str, words: str) -> list[tuple[int, int]]:
        """All places of the words in a report, as whole words."""
        if file not in self.report or not words:
            return []
        spaced = r"\s+".join(re.escape(word) for word in words.split())
        before = r"(?<!\w)" if words[0].isalnum() else ""
        after = r"(?!\w)" if words[-1].isalnum() else ""
        text = self.report[file].text
        return [match.span() for match in re.finditer(before + spaced + after, text)]

    def span(self, file: str, words: str) -> tuple[int, int] | None:
        """The one place of identifying words; None, noted in `unresolved`, where there is none."""
        found = self.spans(file, words)
        if not found:
            self.unresolved.append(f"{file}: {words}")
            return None
        return found[0]

    def sentence(self, file: str, words: str) -> int | None:
        """Number of the sentence in which the words begin."""
        span = self.span(file, words)
        if span is None:
            return None
        for number, (start, end) in enumerate(self.report[file].sentences):
            if start <= span[0] < end:
                return number
        return None
