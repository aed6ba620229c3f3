"""THE NOUNS of what is kept and found again. Data only; the conventions of `retold.model` hold.

Their JSON is what the commands over an archive write with `--json`.
"""

from __future__ import annotations

from typing import Literal

from retold.model import Attribution, ChangeKind, Evidence, Noun, Place, Refusal, Span

__all__ = [
    "ActorsJoined",
    "ActorsParted",
    "Analysed",
    "Correction",
    "Damage",
    "EdgeConfirmed",
    "EdgeRejected",
    "FieldCorrected",
    "Found",
    "Hit",
    "KeptStory",
    "PassagesJoined",
    "PassagesParted",
    "ReportMoved",
    "ReportPinned",
    "Run",
    "StoriesFound",
    "StoriesJoined",
    "StoriesParted",
    "StoryLine",
    "StoryMember",
    "Undone",
    "What",
    "by_person",
]


class Run(Noun, frozen=True):
    """What made a derived result.

    Attributes:
        number: in the order of beginning.
        method: what it derives: "quotations", "stories", "telling".
        version: a hash of the code and tables that do it; another one makes results stale.
        settings: a hash of the settings that matter to it, and `settings_json` what they were.
        retold: version of the program that began it.
        started: UTC, ISO 8601.
    """

    number: int
    method: str
    version: str
    settings: str
    settings_json: str
    retold: str
    started: str


class Analysed(Noun, frozen=True):
    """What one report says of who said what, as it is kept.

    Attributes:
        report: its id.
        sentences: their spans.
        attribution: its quotations and actors; None when it could not be analysed.
        refused: why not.
    """

    report: str
    sentences: tuple[Span, ...]
    attribution: Attribution | None
    refused: Refusal | None = None


class Hit(Noun, frozen=True):
    """A report that a search found.

    Attributes:
        report: its id.
        number: in the order of adding.
        title, outlet, published, language, url, added: of the report.
        version, versions: which version of its page it is, of how many; 1 of 1 where its page
            is not known.
        span: the piece of the report's text that is shown.
        excerpt: that piece, unaltered.
        marks: where what was looked for stands, in the report's text.
        occurrences: in the whole text, up to 1,000 for each word or phrase.
    """

    report: str
    number: int
    title: str | None
    outlet: str | None
    published: str | None
    language: str | None
    url: str | None
    added: str
    version: int
    versions: int
    span: Span
    excerpt: str
    marks: tuple[Span, ...]
    occurrences: int


class Found(Noun, frozen=True):
    """One page of what a search found.

    Attributes:
        query: as typed.
        total: how many reports there are in all.
        hits: of this page, in order.
        next: where the next page begins, to be given back as it is; None when this is the last.
            Reports that are added meanwhile do not shift it.
    """

    query: str
    total: int
    hits: tuple[Hit, ...]
    next: str | None


class Damage(Noun, frozen=True):
    """Something that is not what was kept.

    Attributes:
        what: "database", "report", "text", "page", "index" or "derived".
        number: of the report, where it is known.
        report: its id, where it is known.
        reason: what is wrong.
    """

    what: str
    number: int | None
    report: str | None
    reason: str


class Notable(Noun, frozen=True):
    """A change that matters to a reader: what the reports have at one point.

    Attributes:
        kind: of the change.
        sides: the different words, clipped; "" for none there.
        passage: id of the passage in the telling.
    """

    kind: ChangeKind
    sides: tuple[str, ...]
    passage: str


class Gist(Noun, frozen=True):
    """What a list says of a story whose telling is kept.

    Attributes:
        root: what most of its tellings go back to: "report" (one of its reports), "named" (a source
            that is not among them), "lost" (an inferred telling), "several"; None for not known.
        name: of the root; "" where it has none.
        notable: the weightiest changes.
        changes: how many there are, each place between two reports counted; None: not counted.
    """

    root: Literal["report", "named", "lost", "several"] | None
    name: str
    notable: tuple[Notable, ...]
    changes: int | None = None


class StoryLine(Noun, frozen=True):
    """A story in a list.

    Attributes:
        id: of the story.
        title: headline of its earliest report, or how its text begins.
        first, last: when its earliest and its latest report were published, as given; None where
            no date is known.
        reports, outlets: how many.
        tellings: how many are left when copies, and reports of one outlet, are counted once.
        languages: codes, the most frequent first.
        round_up: all its reports are digests or live pages.
        kinds: of the changes between its reports; None while no telling of it is kept.
        by_hand: people decided what is in it.
        run: number of the run that made it.
        gist: its root and notable changes; None while no telling of it is kept.
    """

    id: str
    title: str
    first: str | None
    last: str | None
    reports: int
    outlets: int
    tellings: int
    languages: tuple[str, ...]
    round_up: bool
    kinds: tuple[ChangeKind, ...] | None
    by_hand: bool
    run: int
    gist: Gist | None = None


class StoryMember(Noun, frozen=True):
    """A report in its story.

    Attributes:
        report, number: id and number of the report.
        title, outlet, published, language, url, source: of the report, with what people corrected.
        copy_of: id of an earlier report of the story that has most of the same words.
        round_up: a digest or live page.
        probably: the link is one across languages that is likely and not certain.
        by_hand: people decided where it is, or where others are beside it.
        because: why it is in this story.
    """

    report: str
    number: int
    title: str | None
    outlet: str | None
    published: str | None
    language: str | None
    url: str | None
    source: str | None
    copy_of: str | None
    round_up: bool
    probably: bool
    by_hand: bool
    because: tuple[Evidence, ...]


class KeptStory(Noun, frozen=True):
    """A story with its reports.

    Attributes:
        asked: the id that was asked for: `line.id`, or one that the story had before.
        line: as in a list.
        members: the earliest first.
        formerly: ids that lead to this story.
    """

    asked: str
    line: StoryLine
    members: tuple[StoryMember, ...]
    formerly: tuple[str, ...]


class StoriesFound(Noun, frozen=True):
    """One page of stories.

    Attributes:
        total: how many there are in all.
        stories: of this page, in order.
        next: where the next page begins, to be given back as it is; None when this is the last.
            Stories that begin meanwhile do not shift it.
    """

    total: int
    stories: tuple[StoryLine, ...]
    next: str | None


# --- what people correct ----------------------------------------------------------------
#
# A correction names reports by their id and places by their spans, never stories or passages by a
# number of some run: so it holds when everything derived is made anew.


class StoriesJoined(Noun, frozen=True, tag="join-stories", tag_field="kind"):
    """These reports, and with them the stories they are in, are one story."""

    reports: tuple[str, ...]


class StoriesParted(Noun, frozen=True, tag="part-stories", tag_field="kind"):
    """No report of `reports` is in one story with one of `others`."""

    reports: tuple[str, ...]
    others: tuple[str, ...]


class ReportMoved(Noun, frozen=True, tag="move", tag_field="kind"):
    """`report` is in the story of `to` (a report), and in no story with `away_from`."""

    report: str
    to: str | None
    away_from: tuple[str, ...]


class ReportPinned(Noun, frozen=True, tag="pin", tag_field="kind"):
    """`reports` stay together, and with them whatever joins them later; nothing parts them."""

    reports: tuple[str, ...]


class PassagesJoined(Noun, frozen=True, tag="join-passages", tag_field="kind"):
    """The sentences at these places are readings of one passage."""

    a: Place
    b: Place


class PassagesParted(Noun, frozen=True, tag="part-passages", tag_field="kind"):
    """The sentences at these places are not readings of one passage."""

    a: Place
    b: Place


class ActorsJoined(Noun, frozen=True, tag="join-actors", tag_field="kind"):
    """The names at these places are one actor's."""

    a: Place
    b: Place


class ActorsParted(Noun, frozen=True, tag="part-actors", tag_field="kind"):
    """The names at these places are those of two actors."""

    a: Place
    b: Place


class EdgeConfirmed(Noun, frozen=True, tag="confirm-edge", tag_field="kind"):
    """`to` descends from `source`; each is a report's id or the name of an unseen witness."""

    source: str
    to: str


class EdgeRejected(Noun, frozen=True, tag="reject-edge", tag_field="kind"):
    """`to` does not descend from `source`."""

    source: str
    to: str


class FieldCorrected(Noun, frozen=True, tag="field", tag_field="kind"):
    """What is known of a report: the value that a person gives; None for "not known"."""

    report: str
    field: Literal["title", "outlet", "published", "language", "byline"]
    value: str | None


class Undone(Noun, frozen=True, tag="undo", tag_field="kind"):
    """An earlier correction is taken back; so may this be."""

    correction: int


What = (
    StoriesJoined
    | StoriesParted
    | ReportMoved
    | ReportPinned
    | PassagesJoined
    | PassagesParted
    | ActorsJoined
    | ActorsParted
    | EdgeConfirmed
    | EdgeRejected
    | FieldCorrected
    | Undone
)


class Correction(Noun, frozen=True):
    """What a person corrected: dated, signed, never changed afterwards.

    Attributes:
        number: in the order of making.
        made: UTC, ISO 8601.
        by: who signs it.
        what: see the nouns above.
        note: why, in that person's words.
        holds: whether it is in force; an undone one is not.
    """

    number: int
    made: str
    by: str
    what: What
    note: str | None
    holds: bool


def by_person(correction: Correction, what: str, *places: Place) -> Evidence:
    """The evidence that a correction is: who decided it, and when.

    Args:
        correction: in force.
        what: "that …".
        places: that it is about.
    """
    note = f"{correction.by} decided on {correction.made[:10]} {what}"
    if correction.note:
        note += f": {correction.note}"
    return Evidence(kind="person", weight=1.0, note=note, spans=places)
