"""The pages on which people correct stories, descent and what is known of reports."""

from __future__ import annotations

from retold.archive import Archive, corrections
from retold.archive.getting import get, many_in
from retold.archive.stories import Asked, listed
from retold.holdings import KeptStory, StoryLine
from retold.model import Edge, Noun
from retold.web.prepared import Prepared
from retold.web.views.decisions import DecisionView, ReportName, decisions_about, named

__all__ = [
    "FIELDS",
    "EdgeForm",
    "FieldsForm",
    "StoryForm",
    "UndoForm",
    "edge_form",
    "fields_form",
    "story_form",
]

_STORIES = 20
_MEMBERS = 400
FIELDS = ("title", "outlet", "published", "language", "byline")


class StoryForm(Noun, frozen=True):
    """What can be decided about a story.

    Attributes:
        story: with its reports.
        members: the first of its reports, as they are called, and `left_out` how many more.
        asked: words by which other stories were looked for.
        others: stories that it can be joined with.
        decisions: about it, in force.
    """

    story: KeptStory
    members: tuple[ReportName, ...]
    left_out: int
    asked: str
    others: tuple[StoryLine, ...]
    decisions: tuple[DecisionView, ...]


class WitnessName(Noun, frozen=True):
    """A witness that can be chosen; `letter` is empty for one that is no report."""

    id: str
    kind: str
    letter: str
    name: str


class EdgeForm(Noun, frozen=True):
    """What can be decided about descent.

    Attributes:
        story: id of the story, and `title` its title.
        witnesses: of its stemma.
        source, to: what is chosen; None for nothing yet.
        edge: between them, as it is now; None where there is none.
        decisions: about descent in this story, in force.
    """

    story: str
    title: str
    witnesses: tuple[WitnessName, ...]
    source: str | None
    to: str | None
    edge: Edge | None
    decisions: tuple[DecisionView, ...]


class FieldsForm(Noun, frozen=True):
    """What is known of a report, with what people corrected.

    Attributes:
        report: id.
        values: title, outlet, published, language, byline.
        found: the same, without what people corrected.
        decisions: about them, in force.
    """

    report: str
    values: dict[str, str | None]
    found: dict[str, str | None]
    decisions: tuple[DecisionView, ...]


class UndoForm(Noun, frozen=True):
    """A decision that is to be undone, or brought back."""

    decision: DecisionView


def story_form(archive: Archive, story: KeptStory, asked: str) -> StoryForm:
    """The page for a story.

    Raises:
        UsageError: what is asked makes no sense.
    """
    found = listed(archive, Asked(words=asked, limit=_STORIES + 1))
    members = [one.report for one in story.members]
    with archive.reading() as connection:
        kept = corrections.as_corrected(connection, many_in(connection, members[:_MEMBERS]))
    kinds = ("join-stories", "part-stories", "move", "pin")
    return StoryForm(
        story=story,
        members=tuple(named(one.report) for one in kept),
        left_out=max(0, len(members) - _MEMBERS),
        asked=asked,
        others=tuple(one for one in found.stories if one.id != story.line.id)[:_STORIES],
        decisions=decisions_about(archive, members, kinds),
    )


def edge_form(
    archive: Archive, story: KeptStory, found: Prepared, source: str, to: str
) -> EdgeForm:
    """The page for descent between two witnesses; either may be empty."""
    stemma = found.telling.stemma
    names = found.look.names
    # A source that nobody has seen is known by its name: its id may be another one tomorrow.
    known = {source, *(one.id for one in stemma.witnesses if one.name == source)}
    edge = next((one for one in stemma.edges if one.to == to and one.from_ in known), None)
    members = [one.report for one in story.members]
    return EdgeForm(
        story=story.line.id,
        title=story.line.title,
        witnesses=tuple(
            WitnessName(
                one.id,
                one.kind,
                names[one.id].letter if one.id in names else "",
                names[one.id].name if one.id in names else one.name,
            )
            for one in stemma.witnesses
        ),
        source=source or None,
        to=to or None,
        edge=edge,
        decisions=decisions_about(archive, members, ("confirm-edge", "reject-edge")),
    )


def fields_form(archive: Archive, report: str) -> FieldsForm:
    """The page for the fields of a report.

    Raises:
        NothingFound: there is none.
    """
    found = get(archive, report)
    with archive.reading() as connection:
        (kept,) = corrections.as_corrected(connection, [found])
    return FieldsForm(
        report=report,
        values={name: getattr(kept.report, name) for name in FIELDS},
        found={name: getattr(found.report, name) for name in FIELDS},
        decisions=decisions_about(archive, [report], ("field",)),
    )
