"""The page of a report."""

from __future__ import annotations

from collections.abc import Container

from retold.archive import Archive, corrections, quoting
from retold.archive.getting import get, versions
from retold.archive.stories import of_reports
from retold.holdings import Analysed
from retold.model import Attribution, Noun, Stemma, Telling, TellingReport
from retold.version import __version__
from retold.web.views.decisions import DecisionView, decisions_about
from retold.web.views.travels import Copy, Travel

__all__ = ["ReportView", "Version", "report_view", "telling_of_one"]


class Version(Noun, frozen=True):
    """A version of the page that a report is one of."""

    report: str
    number: int
    title: str | None
    when: str
    this: bool


class ReportView(Noun, frozen=True):
    """A report with what is kept about it.

    Attributes:
        report: with what people corrected, and its sentences.
        added: UTC, ISO 8601.
        canonical_url: by which versions of its page are known.
        has_raw: whether the bytes it was read from are kept.
        versions: of its page, the oldest first; itself among them.
        story: that it is in; None for none yet.
        attribution: who says what in it; None when it was not analysed.
        decided: what people decided about it, in force.
        travels: where each of its passages came from and went to; None while its story is worked
            out.
        copies: reports of its story that have most of its words.
    """

    report: TellingReport
    added: str
    canonical_url: str | None
    has_raw: bool
    versions: tuple[Version, ...]
    story: str | None
    attribution: Attribution | None
    decided: tuple[DecisionView, ...] = ()
    travels: tuple[Travel, ...] | None = None
    copies: tuple[Copy, ...] = ()


def report_view(
    archive: Archive, report_id: str, shown: Container[str] | None = None
) -> ReportView:
    """The page for a report.

    Args:
        archive: open.
        report_id: of the report.
        shown: ids of the reports that may be named as versions of its page; None for all.

    Raises:
        NothingFound: there is none.
    """
    first = get(archive, report_id)
    others = versions(archive, report_id)
    with archive.reading() as connection:
        (kept,) = corrections.as_corrected(connection, [first])
        found = quoting.analysed(connection, [report_id]).get(report_id)
        story = of_reports(connection, [report_id]).get(report_id)
    analysed = found[0] if found else Analysed(report_id, (), None)
    known = {name: getattr(kept.report, name) for name in kept.report.__struct_fields__}
    return ReportView(
        report=TellingReport(**known, sentences=analysed.sentences),
        added=kept.added,
        canonical_url=kept.canonical_url,
        has_raw=kept.has_raw,
        versions=tuple(
            Version(
                report=one.report.id,
                number=number,
                title=one.report.title,
                when=one.report.fetched or one.report.published or one.added,
                this=one.number == kept.number,
            )
            for number, one in enumerate(others, 1)
            if shown is None or one.report.id in shown
        ),
        story=story,
        attribution=analysed.attribution,
        decided=decisions_about(archive, [report_id], shown=shown),
    )


def telling_of_one(view: ReportView) -> Telling:
    """The report as a telling of one, for what shows tellings."""
    report = view.report
    if not report.sentences:
        length = len(report.text)
        start = length - len(report.text.lstrip())
        end = len(report.text.rstrip())
        known = {name: getattr(report, name) for name in report.__struct_fields__}
        report = TellingReport(**{**known, "sentences": ((start, end),) if start < end else ()})
    attribution = view.attribution or Attribution(report.id, (), ())
    return Telling(
        retold=__version__,
        story=report.id,
        reports=(report,),
        summary="",
        passages=(),
        only={report.id: tuple(range(len(report.sentences)))},
        quotations=attribution.quotations,
        actors=attribution.actors,
        statements=(),
        stemma=Stemma((), (), (), ()),
    )
