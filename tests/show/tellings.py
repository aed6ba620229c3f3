"""Invented tellings, put together by hand: the nouns' contract without any other stage."""

from __future__ import annotations

from retold.model import (
    Actor,
    Alternative,
    Change,
    Credit,
    Dateline,
    Dating,
    Edge,
    Evidence,
    Link,
    Passage,
    Place,
    Quotation,
    Refusal,
    Statement,
    Stemma,
    Telling,
    Undecided,
    Variant,
    Witness,
)
from tests.show.building import Builder, segmented
from tests.show.seas import SEAS, seas

__all__ = ["SEAS", "Builder", "many", "nasty", "seas", "segmented"]


def many(number: int, sentences: int = 6) -> Telling:
    """A story of many reports: every passage in most of them, a number that rises."""
    reports = [
        segmented(
            f"r{at}", f"Water rises at Orlin, report {at}", f"Paper number {at % 40}",
            [[f"The river stood at {300 + 5 * (at % 7) + line} centimetres at gauge {line} on the "
              f"{'quay' if at % 3 else 'pier'}, the water board said."]
             for line in range(sentences)] + [[f"Reader number {at} wrote to us."]],
        )
        for at in range(number)
    ]  # fmt: skip
    make = Builder(*reports)
    passages = []
    for line in range(sentences):
        have = {f"r{at}": (line + 1,) for at in range(number) if (at + line) % 5 or at == 0}
        changes = []
        for at in range(1, number):
            if f"r{at}" not in have:
                continue
            a, b = f"{300 + line} centimetres", f"{300 + 5 * (at % 7) + line} centimetres"
            if a != b:
                changes.append(
                    make.change("number", make.at("r0", a), make.at(f"r{at}", b), 0.9, "Higher.")
                )
            if at % 3:
                changes.append(
                    make.change(
                        "place", _nth(make, "r0", "pier", line), _nth(make, f"r{at}", "quay", line)
                    )
                )
        passages.append(Passage(f"P{line + 1}", have, "r0", (), 0.8, (), tuple(changes)))
    witnesses = tuple(
        Witness(f"r{at}", "report", f"Paper number {at % 40}") for at in range(number)
    )
    edges = tuple(
        Edge(f"r{(at - 1) // 3}", f"r{at}", 0.5 + at % 5 / 10, ()) for at in range(1, number)
    )
    return make.telling(tuple(passages), (), (), (), Stemma(witnesses, edges, (), ()))


def _nth(make: Builder, report: str, word: str, line: int) -> Place:
    start, end = make.reports[report].sentences[line + 1].span
    at = make.reports[report].report.text.index(word, start, end)
    return Place(report, (at, at + len(word)))


def nasty(payload: str) -> Telling:
    """Two reports in which the payload stands wherever text from outside can stand."""
    reports = [
        segmented(
            payload + side, payload, payload,
            [[f"Before {payload} after {side}."], [f"“{payload}” said {payload}."]],
            source=payload, url=payload, byline=payload, published=payload, language=payload,
            dating=Dating("day", payload, payload, payload),
            dateline=Dateline((0, 1), payload, payload, payload),
            credits=(Credit(payload, payload, (0, 1)), Credit(payload, payload, None)),
            raw_sha256=payload, fetched=payload, encoding=payload, extractor=payload,
            notes=(payload,),
        )
        for side in ("x", "y")
    ]  # fmt: skip
    make = Builder(*reports)
    x, y = payload + "x", payload + "y"
    inside = [Place(key, (make.reports[key].sentences[1].span[0] + 7,
                          make.reports[key].sentences[1].span[1])) for key in (x, y)]  # fmt: skip
    evidence = (Evidence(payload, 0.5, payload, tuple(inside)),)
    change = Change("wording", inside[0], inside[1], 0.9, payload)
    point = Change("number", Place(x, (inside[0].span[0],) * 2), inside[1], 0.2, payload)
    passage = Passage(payload, {x: (1,), y: (1,)}, x, (y,), 0.5, evidence, (change, point))
    quoted = make.reports[x].sentences[2].span
    actor = Actor(payload, payload, "person", (inside[0],), (payload, payload + "2"), evidence)
    quotation = Quotation(
        payload, x, "direct", ((quoted[0] + 1, quoted[0] + 1 + len(payload)),), (), (),
        payload, (Link(payload, payload, "utterer", quoted), Link(None, payload, "outlet", None)),
        0.5, "negated", None,
    )  # fmt: skip
    silent = Quotation(payload + "2", y, "mixed", (quoted,), (quoted,), (quoted,), None, (), 0.1,
                       unknown=payload)  # fmt: skip
    stemma = Stemma(
        (
            Witness(x, "report", payload, evidence),
            Witness(y, "report", payload),
            Witness(payload + "n", "named", payload, evidence),
            Witness(payload + "l", "lost", payload, evidence),
        ),
        (
            Edge(payload + "n", payload + "l", 0.5, evidence, "stated"),
            Edge(payload + "l", x, 0.5, evidence),
            Edge(payload + "l", y, 0.5, evidence),
            Edge(x, y, 0.5, evidence),
        ),
        (Undecided((x, y), payload),),
        (Alternative(((y, x),), 0.1, payload),),
    )
    statement = Statement(payload, payload, (Variant(x, payload),), (change,))
    return make.telling(
        (passage,), (quotation, silent), (actor,), (statement,), stemma,
        (Refusal(payload, payload, payload, payload, payload),),
    )  # fmt: skip
