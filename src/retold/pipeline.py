"""THE VERBS, in order: the only file that knows the order. Read this file second.

    read → segment → attribute → group → collate → trace → show

Each is a pure function from nouns to nouns in a room of its own; this file passes what one
makes to the next. Nothing here reads files or prints.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from retold.attribute import attribute, attribute_with_actors
from retold.attribute.actors import join_actors
from retold.attribute.actors.decisions import decided as decided_actors
from retold.collate import align
from retold.collate.changes import Comparer, changes
from retold.collate.decisions import decided as decided_passages
from retold.collate.statements import statements
from retold.errors import InputRefused, UsageError
from retold.group import NONE, Constraints, group
from retold.holdings import Correction
from retold.model import (
    Actor,
    Attribution,
    Collation,
    Placed,
    Quotation,
    Refusal,
    Report,
    Segmented,
    Stemma,
    Telling,
    TellingReport,
)
from retold.segment import segment
from retold.settings import DEFAULTS, Settings
from retold.show.summary import summarise
from retold.text.counting import count
from retold.trace import trace
from retold.trace.decisions import decided as decided_edges
from retold.version import __version__

__all__ = [
    "Collated",
    "attributed",
    "collated",
    "comparer_of",
    "grouped",
    "refusal_of",
    "story_id",
    "tell",
    "traced",
]


@dataclass(frozen=True, slots=True)
class Collated:
    """A story's reports after collation, with what the later verbs need of the earlier ones.

    Attributes:
        segmented: in the order of the reports.
        actors: shared by all reports.
        quotations: of all reports, in the order of the reports, then of the text.
        collation: passages with their changes.
        comparer: what found the changes, and remembers them.
        refused: reports over a limit, left out.
    """

    segmented: tuple[Segmented, ...]
    actors: tuple[Actor, ...]
    quotations: tuple[Quotation, ...]
    collation: Collation
    comparer: Comparer
    refused: tuple[Refusal, ...]


def attributed(report: Report, settings: Settings = DEFAULTS) -> tuple[Segmented, Attribution]:
    """One report's sentences, and who said what in it.

    Raises:
        InputRefused: the report is over a limit of `settings.limits`.
    """
    segmented = segment(report, settings)
    return segmented, attribute(segmented, settings)


def grouped(
    reports: Sequence[Report],
    constraints: Constraints = NONE,
    today: int | None = None,
    settings: Settings = DEFAULTS,
) -> Iterator[Placed]:
    """Which reports tell the same story: one placing for each, day by day.

    Args:
        reports: in any order.
        constraints: what people decided.
        today: an ordinal; reports dated later are taken as undated. None: dates are believed.
        settings: of the run.

    Raises:
        UsageError: two reports have one id.
        EncoderMissing: the settings name an encoder that is not at hand.
    """
    _require_distinct_ids(reports)
    if settings.encoder is None:
        return group(reports, constraints, today)
    # The engines load what databases need: half of the time of a cold command.
    from retold.engines.encoders import encoder_of
    from retold.group.grouper import Grouper

    return group(reports, constraints, today, Grouper(constraints, encoder=encoder_of(settings)))


def collated(
    reports: Sequence[Report],
    settings: Settings = DEFAULTS,
    decisions: Sequence[Correction] = (),
) -> Collated:
    """One story's reports lined up, with the changes between their readings.

    A report over a limit of `settings.limits` is left out and listed; the others go on.

    Args:
        reports: of the story.
        settings: of the run.
        decisions: what people decided about its actors and passages, the oldest first.

    Raises:
        UsageError: two reports have one id.
    """
    _require_distinct_ids(reports)
    segmented = []
    found = []
    refused = []
    for report in reports:
        try:
            segmented.append(segment(report, settings))
        except InputRefused as error:
            refused.append(refusal_of(report, error))
        else:
            found.append(attribute_with_actors(segmented[-1], settings))
    actors, attributions = join_actors(
        [one[0] for one in found], segmented, [one[1] for one in found]
    )
    actors, attributions = decided_actors(actors, attributions, segmented, decisions)
    quotations = tuple(
        quotation for attribution in attributions for quotation in attribution.quotations
    )
    aligned = align(segmented, actors, settings, quotations)
    aligned = decided_passages(aligned, segmented, decisions)
    comparer = Comparer(segmented, actors, quotations, settings)
    return Collated(
        segmented=tuple(segmented),
        actors=actors,
        quotations=quotations,
        collation=changes(aligned, segmented, actors, quotations, settings, comparer),
        comparer=comparer,
        refused=tuple(refused),
    )


def comparer_of(telling: Telling, settings: Settings = DEFAULTS) -> Comparer:
    """What compares any two readings of a telling, as its changes were found.

    Args:
        telling: its reports are cut into sentences anew.
        settings: of the run.
    """
    segmented = []
    for one in telling.reports:
        try:
            segmented.append(segment(one, settings))
        except InputRefused:  # under other limits than it was told with
            continue
    return Comparer(segmented, telling.actors, telling.quotations, settings)


def traced(
    story: Collated, settings: Settings = DEFAULTS, decisions: Sequence[Correction] = ()
) -> Stemma:
    """Which of a collated story's reports descends from which; people have the last word."""
    found = trace(story.segmented, story.collation, story.quotations, story.actors, settings)
    return decided_edges(found, decisions)


def tell(
    reports: Sequence[Report],
    settings: Settings = DEFAULTS,
    *,
    story: str | None = None,
    refused: Sequence[Refusal] = (),
    decisions: Sequence[Correction] = (),
    least: int = 2,
) -> Telling:
    """Everything Retold says of one story: the main job.

    Args:
        reports: two or more (see `least`); their order is kept, and changes nothing else.
        settings: of the run.
        story: an id for it; by default a content hash of its reports.
        refused: inputs that could not be read, to be listed in the telling.
        decisions: what people decided about the story, the oldest first.
        least: reports that it takes; 1 for a story that nobody else tells.

    Raises:
        UsageError: fewer reports, or two with one id.
        InputRefused: fewer reports are left, because one is over a limit.
    """
    whole = collated(reports, settings, decisions)
    if len(whole.segmented) < least and whole.refused:
        first = whole.refused[0]
        raise InputRefused(first.reason, where=first.source, advice=first.advice)
    if len(whole.segmented) < least:
        raise UsageError(
            f"{count(len(whole.segmented), 'report')} to compare",
            advice="Comparing takes two or more reports of one story",
        )
    stemma = traced(whole, settings, decisions)
    said = statements(
        whole.quotations,
        whole.collation,
        whole.actors,
        whole.segmented,
        settings,
        whole.comparer,
    )
    return Telling(
        retold=__version__,
        story=story if story is not None else story_id(reports),
        reports=tuple(_told(one) for one in whole.segmented),
        summary=summarise(whole.segmented, whole.collation, whole.quotations, whole.actors, stemma),
        passages=whole.collation.passages,
        only=whole.collation.only,
        quotations=whole.quotations,
        actors=whole.actors,
        statements=said,
        stemma=stemma,
        refused=(*refused, *whole.refused),
        overlaps=whole.collation.overlaps,
    )


def story_id(reports: Sequence[Report]) -> str:
    """A content hash of a story's reports, the same for every order of them."""
    digest = blake2b(digest_size=8)
    for report_id in sorted(report.id for report in reports):
        digest.update(report_id.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()


def refusal_of(report: Report, error: InputRefused) -> Refusal:
    """How a report that cannot be used is listed."""
    return Refusal(
        source=report.source or report.id,
        where=error.where,
        error=type(error).__name__,
        reason=error.what,
        advice=error.advice,
    )


def _told(segmented: Segmented) -> TellingReport:
    report = segmented.report
    known = {name: getattr(report, name) for name in report.__struct_fields__}
    return TellingReport(
        **known, sentences=tuple(sentence.span for sentence in segmented.sentences)
    )


def _require_distinct_ids(reports: Sequence[Report]) -> None:
    seen: set[str] = set()
    for report in reports:
        if report.id in seen:
            raise UsageError(
                f"two reports have the id {report.id!r}",
                advice="Give each report an id of its own, or none",
            )
        seen.add(report.id)
