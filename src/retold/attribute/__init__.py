"""Who is quoted, and through whom the words reached the page: the stage after sentences.

    attribute(segmented, settings) -> Attribution

`quotations` finds the words given as somebody's and the words that name their source and
carriers; `actors` finds out who they are; `chains` joins the two.
"""

from __future__ import annotations

from retold.attribute.actors import find_actors
from retold.attribute.chains import quotation
from retold.attribute.quotations import find_quotations
from retold.model import Attribution, Segmented
from retold.settings import DEFAULTS, Settings

__all__ = ["attribute"]


def attribute(segmented: Segmented, settings: Settings = DEFAULTS) -> Attribution:
    """What one report says of who said what.

    Args:
        segmented: the report and its sentences.
        settings: `language` stands in where the report has none.
    """
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
    return Attribution(
        report=report.id,
        quotations=tuple(quotation(report, one, actors.resolve) for one in raw),
        actors=actors.actors,
    )
