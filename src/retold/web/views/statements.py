"""The statements of a story: a quotation as it lives across reports, with the chains to them."""

from __future__ import annotations

from collections.abc import Mapping

from retold.errors import NothingFound
from retold.holdings import KeptStory, StoryLine
from retold.model import Noun, Quotation, Statement
from retold.web.prepared import Prepared
from retold.web.views.collation import page_of

__all__ = ["Form", "StatementShown", "StatementsView", "statements_view"]

_PAGE = 12
_FORMS = 6


class Form(Noun, frozen=True):
    """The same words, in one or more reports.

    Attributes:
        quotation: in the first of them.
        words: its contents, joined.
        letters: of all reports that have it so, the earliest first; `reports`: their ids.
    """

    quotation: Quotation
    words: str
    letters: tuple[str, ...]
    reports: tuple[str, ...]


class StatementShown(Noun, frozen=True):
    """A statement.

    Attributes:
        id: of the statement; of the quotation where it is in one report only.
        statement: None where it is in one report only.
        speaker: name; None for "cannot tell".
        first: when its earliest report was published, as given.
        variants: quotations.
        forms: the different wordings, that of the most reports first.
        more: forms that are not shown.
    """

    id: str
    statement: Statement | None
    speaker: str | None
    first: str | None
    variants: int
    forms: tuple[Form, ...]
    more: int


class StatementsView(Noun, frozen=True):
    """A page of them: those of the most reports first.

    Attributes:
        story: they are of.
        page, pages: from 1.
        total: statements in all, those of one report among them.
        only: the one statement that is shown with all its forms; None for a page of them.
        statements: of this page.
    """

    story: StoryLine
    page: int
    pages: int
    total: int
    only: str | None
    statements: tuple[StatementShown, ...]


def statements_view(
    story: KeptStory, found: Prepared, query: Mapping[str, str], *, whole: bool = False
) -> StatementsView:
    """The page for an address.

    Args:
        story: as it is kept.
        found: its telling.
        query: of the address.
        whole: whether all are shown with all their forms, and have no page of their own.

    Raises:
        NothingFound: there is no such statement.
        UsageError: a page that is none.
    """
    every = _every(found)
    only = query.get("one", "")
    if only:
        one = [each for each in every if _id(*each) == only]
        if not one:
            raise NothingFound(f"there is no statement {only[:40]!r} in this story")
        return StatementsView(
            story.line, 1, 1, len(every), only, (_shown(found, *one[0], most=None),)
        )
    size = 4 * _PAGE if whole else _PAGE
    pages = max(1, -(-len(every) // size))
    page = page_of(query.get("page", ""), pages)
    shown = every[(page - 1) * size : page * size]
    return StatementsView(
        story=story.line,
        page=page,
        pages=pages,
        total=len(every),
        only=None,
        statements=tuple(_shown(found, *one, most=None if whole else _FORMS) for one in shown),
    )


def _id(statement: Statement | None, group: tuple[Quotation, ...]) -> str:
    return group[0].id if statement is None else statement.id


def _every(found: Prepared) -> list[tuple[Statement | None, tuple[Quotation, ...]]]:
    every = [one for speaker in found.context.speakers for one in speaker.statements]
    weights = {
        one.id: max((change.weight for change in one.differs), default=0.0)
        for one in found.telling.statements
    }
    every.sort(
        key=lambda one: (
            -len({each.report for each in one[1]}),
            -weights.get(_id(*one), 0.0),
            found.context.quotation_number[one[1][0].id],
        )
    )
    return every


def _shown(
    found: Prepared,
    statement: Statement | None,
    group: tuple[Quotation, ...],
    *,
    most: int | None,
) -> StatementShown:
    look = found.look
    forms: dict[str, list[Quotation]] = {}
    for one in _in_order(found, group):
        text = look.reports[one.report].text
        words = " \u2026 ".join(" ".join(text[slice(*span)].split()) for span in one.content)
        forms.setdefault(words, []).append(one)
    ordered = sorted(forms.items(), key=lambda item: (-len(item[1]), look.order[item[1][0].report]))
    speaker = statement.speaker if statement is not None else group[0].speaker
    actor = look.actors.get(speaker or "")
    dates = [look.reports[one.report].published for one in _in_order(found, group)]
    return StatementShown(
        id=_id(statement, group),
        statement=statement,
        speaker=None if actor is None else actor.name,
        first=next((date for date in dates if date), None),
        variants=len(group),
        forms=tuple(
            Form(
                quotation=same[0],
                words=words,
                letters=tuple(dict.fromkeys(look.names[one.report].letter for one in same)),
                reports=tuple(dict.fromkeys(one.report for one in same)),
            )
            for words, same in ordered[:most]
        ),
        more=0 if most is None else max(0, len(ordered) - most),
    )


def _in_order(found: Prepared, group: tuple[Quotation, ...]) -> list[Quotation]:
    """The earliest report's first."""
    return sorted(group, key=lambda each: found.look.order.get(each.report, 0))
