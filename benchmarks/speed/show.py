"""How long showing a story takes, and how the time grows with it.

    python benchmarks/speed/show.py [--sentences 40] [--most 400]

The tellings are put together here from invented sentences, without the stages before `show`:
every report holds most passages, numbers and places differ from one to the next. Process time,
best of three; `x2` is the time against that for half as many reports (2.0 is linear). Beside it,
as the least that any output does: copying every character of every report once.
"""

from __future__ import annotations

import argparse
import io
import time
from collections.abc import Callable

from retold.model import (
    Actor,
    Change,
    Collation,
    Edge,
    Link,
    Passage,
    Place,
    Quotation,
    Report,
    Segmented,
    Sentence,
    Statement,
    Stemma,
    Telling,
    TellingReport,
    Variant,
    Witness,
)
from retold.show.formats import FORMATS
from retold.show.notebook import fragment
from retold.show.page import page
from retold.show.records import telling_json
from retold.show.summary import summarise
from retold.show.terminal import render

_PLACES = ("Orlin", "Port Selm", "Anser Bay")


def _sentence(at: int, line: int) -> str:
    return (
        f"The river stood at {300 + 5 * (at % 7) + line} centimetres in {_PLACES[at % 3]} on "
        f"Tuesday night, the water board said, “and it will rise” by gauge {line}."
    )


def _report(at: int, sentences: int) -> Segmented:
    lines = [_sentence(at, line) for line in range(sentences)]
    lines.append(f"Reader number {at} wrote to us about the flood.")
    spans, start = [], 0
    for line in lines:
        spans.append(Sentence((start, start + len(line)), (), len(spans) // 3))
        start += len(line) + 1
    report = Report(id=f"r{at}", text="\n".join(lines), outlet=f"Paper {at}", language="en")
    return Segmented(report, tuple(spans))


def _place(one: Segmented, line: int, words: str) -> Place:
    first, last = one.sentences[line].span
    start = one.report.text.index(words, first, last)
    return Place(one.report.id, (start, start + len(words)))


def _height(at: int, line: int) -> str:
    return f"{300 + 5 * (at % 7) + line} centimetres"


def _passage(reports: list[Segmented], line: int) -> Passage:
    have = [at for at in range(len(reports)) if at == 0 or (at + line) % 5]
    changes = []
    for at in have[1:]:
        pairs = (
            ("number", _height(0, line), _height(at, line), 0.9),
            ("place", _PLACES[0], _PLACES[at % 3], 0.6),
        )
        for kind, a, b, weight in pairs:
            if a != b:
                first, second = _place(reports[0], line, a), _place(reports[at], line, b)
                changes.append(Change(kind, first, second, weight, "They differ."))  # type: ignore[arg-type]
    changes.sort(key=lambda change: -change.weight)
    readings = {reports[at].report.id: (line,) for at in have}
    return Passage(f"P{line + 1}", readings, "r0", (), 0.9, (), tuple(changes))


def story(number: int, sentences: int) -> Telling:
    """A story of `number` reports of `sentences` sentences each."""
    reports = [_report(at, sentences) for at in range(number)]
    passages = tuple(_passage(reports, line) for line in range(sentences))
    inside = {(key, n) for one in passages for key, ns in one.readings.items() for n in ns}
    only = {
        one.report.id: tuple(
            n for n in range(len(one.sentences)) if (one.report.id, n) not in inside
        )
        for one in reports
    }
    board = Actor("a", "water board", "organisation", ())
    quotations = tuple(
        Quotation(
            f"q{one.report.id}.{line}",
            one.report.id,
            "direct",
            (_place(one, line, "and it will rise").span,),
            (_place(one, line, "said").span,),
            (_place(one, line, "the water board").span,),
            "a",
            (Link("a", "the water board", "utterer", _place(one, line, "the water board").span),),
            0.9,
        )
        for one in reports
        for line in range(0, sentences, 4)
    )
    statements = tuple(
        Statement(
            f"s{line}",
            "a",
            tuple(Variant(one.report.id, f"q{one.report.id}.{line}") for one in reports),
            (),
        )
        for line in range(0, sentences, 4)
    )
    stemma = Stemma(
        tuple(Witness(one.report.id, "report", one.report.outlet or "") for one in reports),
        tuple(Edge(f"r{(at - 1) // 3}", f"r{at}", 0.9, ()) for at in range(1, number)),
        (),
        (),
    )
    collation = Collation(passages, only)
    return Telling(
        retold="0.1.0",
        story="benchmark",
        reports=tuple(
            TellingReport(
                **{name: getattr(one.report, name) for name in one.report.__struct_fields__},
                sentences=tuple(sentence.span for sentence in one.sentences),
            )
            for one in reports
        ),
        summary=summarise(reports, collation, quotations, (board,), stemma),
        passages=passages,
        only=only,
        quotations=quotations,
        actors=(board,),
        statements=statements,
        stemma=stemma,
    )


def _copied(telling: Telling) -> str:
    out = io.StringIO()
    for report in telling.reports:
        for char in report.text:
            out.write(char)
    return out.getvalue()


OUTPUTS: dict[str, Callable[[Telling], str | bytes]] = {
    "copying": _copied,
    "json": telling_json,
    "terminal": lambda telling: render(telling, 100),
    "page": page,
    "notebook": fragment,
    **FORMATS,
}


def _best(make: Callable[[Telling], str | bytes], telling: Telling) -> tuple[float, int]:
    best, size = float("inf"), 0
    for _ in range(3):
        start = time.process_time()
        size = len(make(telling))
        best = min(best, time.process_time() - start)
    return best, size


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sentences", type=int, default=40)
    options.add_argument("--most", type=int, default=400)
    given = options.parse_args()
    print(f"{given.sentences} sentences a report; best of 3, process time")
    print(f"{'output':12}{'reports':>9}{'ms':>10}{'x2':>7}{'MB':>8}")
    sizes = [number for number in (3, 25, 50, 100, 200, 400, 800) if number <= given.most]
    tellings = {number: story(number, given.sentences) for number in sizes}
    for name, make in OUTPUTS.items():
        before: dict[int, float] = {}
        for number, telling in tellings.items():
            seconds, size = _best(make, telling)
            grown = f"{seconds / before[number // 2]:7.2f}" if number // 2 in before else f"{'':7}"
            before[number] = seconds
            print(f"{name:12}{number:9}{seconds * 1000:10.1f}{grown}{size / 1e6:8.2f}")


if __name__ == "__main__":
    main()
