"""Who is quoted, and through whom the words reached the page: the stage after sentences.

    attribute(segmented, settings) -> Attribution
    attribute_with_actors(segmented, settings) -> Attribution, ActorsOfReport

`quotations` finds the words given as somebody's and the words that name their source and
carriers; `actors` finds out who they are; `chains` joins the two.
"""

from __future__ import annotations

from retold.attribute.actors import ActorsOfReport, find_actors
from retold.attribute.chains import quotation
from retold.attribute.quotations import find_quotations
from retold.model import Attribution, Segmented
from retold.settings import DEFAULTS, Settings

__all__ = ["attribute", "attribute_with_actors"]


def attribute(segmented: Segmented, settings: Settings = DEFAULTS) -> Attribution:
    """What one report says of who said what.

    Args:
        segmented: the report and its sentences.
        settings: `language` stands in where the report has none.
    """
    return attribute_with_actors(segmented, settings)[0]


def attribute_with_actors(
    segmented: Segmented, settings: Settings = DEFAULTS
) -> tuple[Attribution, ActorsOfReport]:
    """As `attribute`, with what was found of the actors, for `join_actors`."""
    report = segmented.report
    raw = find_quotations(segmented, report.language or settings.language)
    named = sorted(
        {
            span
            for one in raw
            for span in (*one.source, one.speaker, *(carrier.span for carrier in one.carriers))
            if span is not None
        }
    )
    actors = find_actors(segmented, named)
    attribution = Attribution(
        report=report.id,
        quotations=tuple(quotation(report, one, actors.resolve) for one in raw),
        actors=actors.actors,
    )
    return attribution, actors
