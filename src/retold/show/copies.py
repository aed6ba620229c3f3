"""JSON of `retold copies`."""

from __future__ import annotations

from retold.model import Fold, Folded, Reuse
from retold.show.records import Record, record

__all__ = ["CopiesRecord", "copies_record"]


class CopiesRecord(Record, frozen=True):
    """Output of `retold copies`, one for each story.

    Attributes:
        story: its id.
        reports: how many there are.
        outlets: how many outlets, a report without one counting by itself.
        independent: how many tellings of different sources.
        tellings: each with the reports that carry it, and what joined them.
        partial: text reused between tellings.
    """

    story: str
    reports: int
    outlets: int
    independent: int
    tellings: tuple[Fold, ...]
    partial: tuple[Reuse, ...]


def copies_record(story: str, folded: Folded) -> bytes:
    """Which reports of one story are copies of which."""
    return record(
        CopiesRecord(
            story,
            folded.reports,
            folded.outlets,
            folded.independent,
            folded.folds,
            folded.partial,
        )
    )
