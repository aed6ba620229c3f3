"""The stories as the tests of this room read them: by hand, without Retold."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]

# After these a full stop ends no sentence in the stories.
_ABBREVIATION = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Nov|a\.m|p\.m|[A-Z])|\b\d{1,2})\.$")
_END = re.compile(r"[.!?][\"”’»“)]*\s+(?=[\"“‘«»„(]?[A-ZÄÖÜА-ЯЁ0-9])")


@dataclass(frozen=True)
class Invented:
    name: str
    folder: Path
    reports: Path
    truth: dict[str, Any]

    @property
    def files(self) -> list[str]:
        return sorted(path.name for path in self.reports.iterdir() if path.suffix != ".py")

    def raw(self, file: str) -> bytes:
        return (self.reports / file).read_bytes()

    def text(self, file: str) -> str:
        """What stands in the file; of a page, what a reader sees of its article."""
        decoded = decode(self.raw(file))
        if file.endswith(".html"):
            article = re.search(r"(?s)<article.*?</article>", decoded)
            assert article, f"{file} has no article"
            paragraphs = re.sub(r"</(?:p|h\d|figcaption|aside)>", "\n\n", article.group())
            return html.unescape(re.sub(r"<[^>]+>", "", paragraphs))
        return decoded

    def sentences(self, file: str) -> list[str]:
        """All sentences of more than three words."""
        text = self.text(file)
        cut = [text[start:end] for start, end in spans(text)]
        return [sentence for sentence in cut if len(re.findall(r"\w+", sentence)) >= 4]


def spans(text: str) -> tuple[tuple[int, int], ...]:
    """Cut roughly, at full stops before a capital; paragraphs stand alone."""
    found = []
    for line in re.finditer(r"[^\r\n]+", text):
        at = line.start()
        for end in _END.finditer(text, line.start(), line.end()):
            if not _ABBREVIATION.search(text[at : end.start() + 1]):
                found.append((at, end.end()))
                at = end.end()
        found.append((at, line.end()))
    return tuple(span for span in found if text[slice(*span)].strip())


def decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("windows-1252")


def _loaded() -> list[Invented]:
    found = [
        Invented(truth.parent.name, truth.parent, truth.parent / "reports", _json(truth))
        for truth in sorted((ROOT / "examples").glob("*/truth.json"))
    ]
    demo = ROOT / "tests" / "golden" / "demo"
    reports = ROOT / "src" / "retold" / "demo"
    return [*found, Invented("demo", demo, reports, _json(demo / "truth.json"))]


def _json(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return loaded


STORIES = _loaded()
EXAMPLES = [story for story in STORIES if story.name != "demo"]
