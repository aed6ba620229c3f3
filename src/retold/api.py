"""The door for Python and notebooks: what the command line does, as functions.

>>> import retold
>>> comparison = retold.compare("a.txt", "b.html", {"text": "TOKYO, Oct. 1 …", "outlet": "…"})
>>> comparison            # in a notebook: the comparison, side by side
>>> comparison.telling.passages[0].changes
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from retold.errors import UsageError
from retold.model import Refusal, Report, Telling
from retold.pipeline import tell
from retold.read import from_records, read
from retold.settings import DEFAULTS, Settings
from retold.text.counting import count

__all__ = ["Comparison", "compare"]

Input = str | Path | Mapping[str, Any] | Report


class Comparison:
    """A telling that shows itself.

    Attributes:
        telling: the nouns; see `retold.model.Telling`.
    """

    def __init__(self, telling: Telling) -> None:
        self.telling = telling

    def page(self) -> str:
        """One self-contained HTML page."""
        from retold.show.page import page

        return page(self.telling)

    def json(self) -> bytes:
        """The telling as JSON, as `retold compare --json` writes it."""
        from retold.show.records import telling_json

        return telling_json(self.telling)

    def export(self, name: str) -> str:
        """The story in a format of the field, as `retold export --format NAME` writes it.

        Args:
            name: one of `retold.show.formats.FORMATS`, such as "graphml" or "tei".

        Raises:
            UsageError: there is no such format.
        """
        from retold.show.formats import FORMATS

        if name not in FORMATS:
            raise UsageError(f"no format {name!r}", advice=f"There are {', '.join(FORMATS)}")
        return FORMATS[name](self.telling)

    def text(self, width: int = 100) -> str:
        """The comparison as a terminal shows it, without colour.

        Args:
            width: columns.
        """
        from retold.show.terminal import render

        return render(self.telling, width)

    def _repr_html_(self) -> str:
        from retold.show.notebook import fragment

        return fragment(self.telling)

    def __repr__(self) -> str:
        telling = self.telling
        return (
            f"<Comparison of {count(len(telling.reports), 'report')}: "
            f"{count(len(telling.passages), 'passage')}, "
            f"{count(len(telling.quotations), 'quotation')}, {len(telling.refused)} refused>"
        )


def compare(*inputs: Input, settings: Settings = DEFAULTS, story: str | None = None) -> Comparison:
    """Compare two or more reports of one story.

    Args:
        inputs: each a file name or URL (`str` or `Path`, as on the command line), a mapping
            with at least "text" (and "id", "title", "url", "outlet", "published",
            "language"), or a `Report`.
        settings: of the run.
        story: an id for the story.

    Raises:
        UsageError: fewer than two reports could be read; the message says why. With two or
            more, what was refused is listed in `telling.refused`.
        TypeError: an input of another type.
    """
    refused: list[Refusal] = []
    reports = _reports(inputs, settings, refused)
    if len(reports) < 2:
        raise UsageError(
            f"{count(len(reports), 'report')} to compare",
            advice="; ".join(f"{one.source}: {one.reason}" for one in refused)
            or "Comparing takes two or more reports of one story",
        )
    return Comparison(tell(reports, settings, story=story, refused=refused))


def _reports(inputs: Sequence[Input], settings: Settings, refused: list[Refusal]) -> list[Report]:
    reports: list[Report] = []
    for one in inputs:
        if isinstance(one, Report):
            reports.append(one)
        elif isinstance(one, Mapping):
            reports.extend(report for report, _ in from_records([one], refused.append, settings))
        elif isinstance(one, str | Path):
            found, not_read = read([str(one)], settings)
            reports.extend(found)
            refused.extend(not_read)
        else:
            raise TypeError(f"a {type(one).__name__} is no report")
    return reports
