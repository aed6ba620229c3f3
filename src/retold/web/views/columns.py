"""The reports of a story as columns: the earliest first, copies under the report they copy."""

from __future__ import annotations

from retold.archive.moments import nominal
from retold.holdings import KeptStory
from retold.model import Noun
from retold.web.prepared import Prepared

__all__ = ["Column", "columns", "moment"]


class Column(Noun, frozen=True):
    """A telling: a report, and those of the story that have most of its words.

    Attributes:
        report: its id.
        letter, name: as everywhere on the story's pages.
        title, published, language: of the report.
        copies: (id, letter, name) of the reports drawn together with it.
    """

    report: str
    letter: str
    name: str
    title: str | None
    published: str | None
    language: str | None
    copies: tuple[tuple[str, str, str], ...]


def columns(story: KeptStory, found: Prepared, *, fold: bool = True) -> tuple[Column, ...]:
    """The columns, in the order of time.

    Args:
        story: whose members say which copies which.
        found: the telling.
        fold: whether copies go under the report they copy.
    """
    look = found.look
    copy_of = {one.report: one.copy_of for one in story.members if one.copy_of} if fold else {}
    under: dict[str, list[str]] = {}
    for report in look.reports:
        first = report
        for _ in look.reports:  # copies of copies; never longer than the story
            above = copy_of.get(first)
            if above is None or above not in look.reports or above == report:
                break
            first = above
        under.setdefault(first, [])
        if first != report:
            under[first].append(report)
    shown = [report for report in look.reports if report in under]
    return tuple(
        Column(
            report=one,
            letter=look.names[one].letter,
            name=look.names[one].name,
            title=look.reports[one].title,
            published=look.reports[one].published,
            language=look.reports[one].language,
            copies=tuple(
                (each, look.names[each].letter, look.names[each].name) for each in under[one]
            ),
        )
        for one in shown
    )


def moment(found: Prepared, report: str) -> int | None:
    """When a report counts as published, UTC seconds since 1970; None where that is not known."""
    one = found.look.reports.get(report)
    if one is None:
        return None
    since, until = nominal(one.published, one.dating)
    return None if since is None or until is None else (since + until - 1) // 2
