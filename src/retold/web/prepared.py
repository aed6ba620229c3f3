"""A telling prepared for its pages: look-ups made once, and shared by all who read."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from retold.collate.changes import Comparer
from retold.model import Passage, Telling
from retold.pipeline import comparer_of
from retold.settings import DEFAULTS, Settings
from retold.show.html.context import Context, context
from retold.show.names import STRONG
from retold.show.view import Index

__all__ = ["ABSENT", "CLAIM", "LANGUAGE", "SAME", "WORDING", "Prepared"]

SAME, WORDING, CLAIM, LANGUAGE, ABSENT = "=", "~", "!", "?", "-"
"""How a report has a passage, against the reading that its changes are counted from: without a
difference, in other words, with another claim, in another language (not compared), not at all."""


class Prepared:
    """A telling with what its pages need; made once, only read afterwards.

    Attributes:
        telling: as it is kept.
        remembered: what pages made from the telling alone, by name.
    """

    def __init__(self, telling: Telling, settings: Settings = DEFAULTS) -> None:
        self.telling = telling
        self._settings = settings
        self.remembered: dict[str, Any] = {}

    @property
    def look(self) -> Index:
        """Look-ups over the telling."""
        return self.context.look

    @cached_property
    def context(self) -> Context:
        """What the parts of HTML are made with."""
        return context(self.telling)

    @cached_property
    def states(self) -> dict[str, dict[str, str]]:
        """Passage id -> report id -> how the report has it; those without it are left out."""
        return {one.id: self.states_of(one) for one in self.telling.passages}

    @cached_property
    def comparer(self) -> Comparer:
        """Compares readings with another base than the telling's."""
        return comparer_of(self.telling, self._settings)

    @cached_property
    def number(self) -> dict[str, int]:
        """Passage id -> its number, from 1."""
        return self.context.passage_number

    @cached_property
    def wording(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """Report id -> the passages it has, each with its words; equal for copies."""
        found: dict[str, list[tuple[str, str]]] = {}
        for passage in self.telling.passages:
            for report, numbers in passage.readings.items():
                one = self.look.reports[report]
                words = " ".join(one.text[slice(*one.sentences[at])] for at in numbers)
                found.setdefault(report, []).append((passage.id, " ".join(words.split())))
        return {report: tuple(words) for report, words in found.items()}

    @cached_property
    def anchors(self) -> dict[str, str]:
        """Witness id -> what it is called in addresses: letters for reports, else numbers."""
        names = self.look.names
        return {
            one.id: names[one.id].letter if one.id in names else f"{one.kind}-{number}"
            for number, one in enumerate(self.telling.stemma.witnesses, 1)
        }

    def states_of(self, passage: Passage) -> dict[str, str]:
        """Report id -> how the report has a passage, by its changes."""
        base = self.look.reports.get(passage.base)
        found: dict[str, str] = {}
        for report in passage.readings:
            one = self.look.reports.get(report)
            other = one is not None and base is not None and one.language != base.language
            found[report] = LANGUAGE if other else SAME
        for change in passage.changes:
            if change.b.report in found:
                claim = change.kind in STRONG or found[change.b.report] == CLAIM
                found[change.b.report] = CLAIM if claim else WORDING
        return found
