"""Which reports carry the words of which."""

from __future__ import annotations

from typing import Literal

from retold.model.noun import Evidence, Noun

__all__ = ["Fold", "Folded", "Reuse", "ReuseKind"]

ReuseKind = Literal[
    "identical text", "near copy", "cut copy", "copy with additions", "partial reuse"
]


class Reuse(Noun, frozen=True):
    """What one report shares with another.

    Attributes:
        report, other: ids.
        kind: as seen from `report`: "identical text" (the same words), "near copy" (each holds the
            other), "cut copy" (it is held, the other has more), "copy with additions" (it holds
            the other and has more), "partial reuse".
        of_report, of_other: share of the words of each in shared stretches, in [0, 1].
        words: of `report` in shared runs.
        because: the runs, as spans of both; and what is stated.
    """

    report: str
    other: str
    kind: ReuseKind
    of_report: float
    of_other: float
    words: int
    because: tuple[Evidence, ...]


class Fold(Noun, frozen=True):
    """One telling, and the reports that carry it.

    Attributes:
        shown: id of the report that stands for it.
        because: why that one.
        reports: ids of all, the shown one first, then as given.
        source: agency or outlet it counts as; None where neither is known.
        copies: what joined each of the others.
    """

    shown: str
    because: Evidence
    reports: tuple[str, ...]
    source: str | None
    copies: tuple[Reuse, ...]


class Folded(Noun, frozen=True):
    """Reports by telling: three different numbers.

    Attributes:
        folds: in the order of their first report.
        partial: text reused between tellings.
        reports: how many reports.
        outlets: how many outlets, a report without one counting by itself.
        independent: how many tellings of different sources; tellings of one outlet, or of one
            agency that they are credited to, are one.
    """

    folds: tuple[Fold, ...]
    partial: tuple[Reuse, ...]
    reports: int
    outlets: int
    independent: int
