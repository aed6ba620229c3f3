"""Tellings put together by hand."""

from __future__ import annotations

from retold.model import (
    Actor,
    Change,
    Collation,
    Passage,
    Place,
    Quotation,
    Refusal,
    Report,
    Segmented,
    Sentence,
    Statement,
    Stemma,
    Telling,
    TellingReport,
)
from retold.show.summary import summarise


def segmented(
    id: str, title: str | None, outlet: str | None, paragraphs: list[list[str]], **known: object
) -> Segmented:
    """A report from its paragraphs of sentences; the title is the first line of the text."""
    text = ""
    spans: list[tuple[int, int, int]] = []
    for number, paragraph in enumerate([[title] if title else [], *paragraphs]):
        for sentence in paragraph:
            if text and not text.endswith("\n"):
                text += " "
            spans.append((len(text), len(text) + len(sentence), number))
            text += sentence
        if paragraph:
            text += "\n\n"
    report = Report(id=id, text=text, title=title, outlet=outlet, **known)  # type: ignore[arg-type]
    return Segmented(
        report, tuple(Sentence((start, end), (), number) for start, end, number in spans)
    )


def told(one: Segmented) -> TellingReport:
    known = {name: getattr(one.report, name) for name in one.report.__struct_fields__}
    return TellingReport(**known, sentences=tuple(sentence.span for sentence in one.sentences))


class Builder:
    """Places by their words, so that a telling can be written down and read."""

    def __init__(self, *reports: Segmented) -> None:
        self.reports = {one.report.id: one for one in reports}

    def at(self, report: str, words: str, *, after: bool = False, empty: bool = False) -> Place:
        text = self.reports[report].report.text
        start = text.index(words, self.reports[report].sentences[1].span[0])
        end = start + len(words)
        if empty:
            start = end = end if after else start
        return Place(report, (start, end))

    def change(
        self,
        kind: str,
        a: Place,
        b: Place,
        weight: float = 0.5,
        note: str = "The words differ.",
    ) -> Change:
        return Change(kind, a, b, weight, note)  # type: ignore[arg-type]

    def telling(
        self,
        passages: tuple[Passage, ...],
        quotations: tuple[Quotation, ...],
        actors: tuple[Actor, ...],
        statements: tuple[Statement, ...],
        stemma: Stemma,
        refused: tuple[Refusal, ...] = (),
    ) -> Telling:
        reports = tuple(self.reports.values())
        inside = {(key, n) for one in passages for key, ns in one.readings.items() for n in ns}
        only = {
            one.report.id: tuple(
                n for n in range(len(one.sentences)) if (one.report.id, n) not in inside
            )
            for one in reports
        }
        return Telling(
            retold="0.1.0",
            story="a1b2c3d4e5f60718",
            reports=tuple(told(one) for one in reports),
            summary=summarise(reports, Collation(passages, only), quotations, actors, stemma),
            passages=passages,
            only=only,
            quotations=quotations,
            actors=actors,
            statements=statements,
            stemma=stemma,
            refused=refused,
        )
