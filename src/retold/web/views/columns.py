"""The reports of a story as columns: the earliest first, those of the same words as one."""

from __future__ import annotations

from retold.archive.moments import nominal
from retold.model import Noun
from retold.web.prepared import Prepared

__all__ = ["Column", "columns", "moment"]


class Column(Noun, frozen=True):
    """A telling: a report, and those that have every passage of it in the same words.

    Attributes:
        report: its id.
        letter, name: as everywhere on the story's pages.
        title, published, language: of the report.
        copies: (id, letter, name) of those.
    """

    report: str
    letter: str
    name: str
    title: str | None
    published: str | None
    language: str | None
    copies: tuple[tuple[str, str, str], ...]


def columns(found: Prepared, *, fold: bool = True) -> tuple[Column, ...]:
    """The columns, in the order of time.

    Args:
        found: the telling.
        fold: whether reports that have every passage in the same words share a column, which is
            the earliest's.
    """
    look = found.look
    under: dict[str, list[str]] = {}
    same: dict[object, str] = {}
    for report in look.reports:
        words = found.wording.get(report)
        first = same.setdefault(words, report) if fold and words else report
        if first == report:
            under[report] = []
        else:
            under[first].append(report)
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
        for one in under
    )


def moment(found: Prepared, report: str) -> int | None:
    """When a report counts as published, UTC seconds since 1970; None where that is not known."""
    one = found.look.reports.get(report)
    if one is None:
        return None
    since, until = nominal(one.published, one.dating)
    return None if since is None or until is None else (since + until - 1) // 2
