"""What a report's own first and last lines say: title, byline, dateline, credits."""

from __future__ import annotations

from dataclasses import dataclass

from retold.model import Credit, Dateline

__all__ = ["Headings", "headings"]


@dataclass(frozen=True, slots=True)
class Headings:
    """What stands above and below a report's body; None for "not found"."""

    title: str | None = None
    byline: str | None = None
    dateline: Dateline | None = None
    credits: tuple[Credit, ...] = ()


def headings(text: str, *, may_be_title: bool) -> Headings:
    """What the first and last lines of `text` say."""
    return Headings()
