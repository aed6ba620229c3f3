"""The invented texts with their expected sentence ends: `cases/<language>.txt`.

Cases are separated by lines of `%%`; `¦` stands after each sentence. A case of `other.txt`
names its language in its first line.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

CASES = Path(__file__).parent / "cases"
_LANGUAGE = "# language:"


class Case(NamedTuple):
    language: str | None
    text: str
    sentences: tuple[str, ...]


def labelled() -> list[Case]:
    """All cases, in the order of the files' names."""
    found = []
    for path in sorted(CASES.glob("*.txt")):
        for marked in path.read_text("utf-8").split("%%\n"):
            language: str | None = path.stem
            body = marked.strip("\n")
            if body.startswith(_LANGUAGE):
                first, body = body.split("\n", 1)
                language = first.removeprefix(_LANGUAGE).strip() or None
            sentences = tuple(part.strip() for part in body.split("¦") if part.strip())
            found.append(Case(language, body.replace("¦", ""), sentences))
    return found
