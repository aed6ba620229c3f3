"""A telling prepared for its pages: look-ups made once, and shared by all who read."""

from __future__ import annotations

from functools import cached_property

from retold.collate.changes import Comparer
from retold.model import Passage, Telling
from retold.pipeline import comparer_of
from retold.settings import DEFAULTS
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
    """

    def __init__(self, telling: Telling) -> None:
        self.telling = telling

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
        return {one.id: self._states(one) for one in self.telling.passages}

    @cached_property
    def comparer(self) -> Comparer:
        """Compares readings with another base than the telling's."""
        return comparer_of(self.telling, DEFAULTS)

    @cached_property
    def number(self) -> dict[str, int]:
        """Passage id -> its number, from 1."""
        return self.context.passage_number

    def _states(self, passage: Passage) -> dict[str, str]:
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
