"""Invented tellings, put together by hand: the nouns' contract without any other stage."""

from __future__ import annotations

from retold.model import (
    Actor,
    Alternative,
    Change,
    Collation,
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
    Report,
    Segmented,
    Sentence,
    Statement,
    Stemma,
    Telling,
    TellingReport,
    Undecided,
    Variant,
    Witness,
)
from retold.show.summary import summarise

SEAS = {
    "corvane": (
        "Marevia will not hand back seized trawlers, deputy minister says",
        "Corvane",
        [
            ["PORT SELM, March 4. /CORVANE/. Marevia will not return the 14 trawlers that it "
             "seized in the Gulf of Anser, Deputy Fisheries Minister Ilan Doresh said on Tuesday."],
            ["\"We warned the owners three times. Whoever empties our waters at night may not "
             "expect to be greeted with bread and salt,\" the Marevian News Bureau (MNB) quoted "
             "him as saying."],
            ["The senior official also noted that the crews, 112 people in all, were in good "
             "health.", "He stressed that the catch had been handed over to schools."],
            ["Doresh added that the ministry was considering \"a lawful and proportionate fine\" "
             "for each vessel but had not taken a decision."],
            ["The neighbouring state of Kallorn has repeatedly called the closure unlawful."],
        ],
    ),
    "harbour": (
        "Marevian official: no welcome for “those who empty our sea”",
        "Harbour Observer",
        [
            ["Marevia does not intend to give back the 14 fishing vessels detained in the Gulf of "
             "Anser.", "This was stated on Tuesday by Elan Doresch, the deputy minister of "
             "fisheries of Marevia."],
            ["“The owners were warned by us three times. He who empties our sea by night should "
             "not wait to be met with bread and salt,” MNB quotes him as saying."],
            ["The deputy minister also said that the crews, 121 people in total, are healthy."],
            ["According to Doresch, the ministry is weighing “a legal and proportionate penalty” "
             "for every ship but has not yet made a decision."],
            ["“Nobody called us on the radio, not once,” said Tove Marrin, a skipper from Kallorn "
             "who owns two of the vessels."],
        ],
    ),
    "tide": (
        "MAREVIA KEEPS TRAWLERS AND ADDS A FINE",
        "Daily Tide",
        [
            ["Marevia does not intend to give back the 14 fishing vessels detained in the Gulf of "
             "Anser, the country's fisheries minister Elan Doresch has said."],
            ["Doresch said that the owners were warned three times, and that he who empties our "
             "sea by night should not wait to be met with bread and salt."],
            ["The crews, 121 people in total, are healthy."],
            ["The ministry has made a decision on “a legal and proportionate penalty” for every "
             "ship, according to Doresch."],
            ["Prices have begun to move.", "A crate of herring cost 31 crowns at the Kallorn fish "
             "market on Wednesday, a fifth more than last week, traders said."],
        ],
    ),
}  # fmt: skip


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


def seas(*which: str) -> Telling:
    """The trawlers, told by two or three outlets (all three when none is named)."""
    chosen = which or tuple(SEAS)
    known: dict[str, dict[str, object]] = {
        "corvane": {
            "source": "corvane.txt",
            "published": "2025-03-04",
            "dating": Dating("day", None, "dateline", "March 4"),
            "language": "en",
            "language_score": 0.99,
            "dateline": Dateline((66, 97), "PORT SELM", "March 4", "CORVANE"),
            "credits": (Credit("CORVANE", "dateline", (87, 94)),),
            "raw_sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "encoding": "utf-8",
            "extractor": "plain text",
        },
        "harbour": {
            "source": "https://harbour-observer.example/2025/03/05/no-welcome",
            "url": "https://harbour-observer.example/2025/03/05/no-welcome",
            "published": "2025-03-05T08:12+02:00",
            "dating": Dating("minute", "+02:00", "json-ld", "2025-03-05T08:12+02:00"),
            "language": "en",
            "language_score": 0.97,
            "byline": "Mara Quill",
            "raw_sha256": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
            "fetched": "2025-03-06T10:00:00Z",
            "encoding": "utf-8",
            "extractor": "trafilatura 2.1.0",
            "notes": ("the page gives two dates; the earlier one is taken",),
        },
        "tide": {"source": "daily-tide.txt", "language": "en", "language_score": None},
    }
    make = Builder(*(segmented(key, *SEAS[key], **known[key]) for key in chosen))
    at = make.at

    def changes(*wanted: tuple[str, str, str, str, str, float, str]) -> tuple[Change, ...]:
        found = [
            make.change(kind, at(a, a_words), at(b, b_words), weight, note)
            for kind, a, a_words, b, b_words, weight, note in wanted
            if a in chosen and b in chosen
        ]
        return tuple(sorted(found, key=lambda change: -change.weight))

    def passage(number: int, readings: dict[str, tuple[int, ...]], *changed: Change) -> Passage:
        kept = {key: value for key, value in readings.items() if key in chosen}
        first = next(iter(kept))
        words = SEAS[first][2][number - 1][0].split()[2:4]
        reason = Evidence(
            "textual", 0.9, f"They share the words {' and '.join(words)}.",
            (at(first, words[0]),),
        )  # fmt: skip
        return Passage(f"P{number}", kept, first, (), 0.91, (reason,), changed)

    passages = (
        passage(
            1, {"corvane": (1,), "harbour": (1, 2), "tide": (1,)},
            *changes(
                ("name", "corvane", "Ilan Doresh", "harbour", "Elan Doresch", 0.7,
                 "The name is written differently."),
                ("name", "corvane", "Ilan Doresh", "tide", "Elan Doresch", 0.7,
                 "The name is written differently."),
                ("name", "corvane", "Deputy Fisheries Minister", "tide", "fisheries minister",
                 0.8, "The office is another: “Deputy” is not in this report."),
                ("wording", "corvane", "seized", "harbour", "detained", 0.3, "Another word."),
                ("wording", "corvane", "seized", "tide", "detained", 0.3, "Another word."),
                ("wording", "corvane", "will not return", "harbour", "does not intend to give back",
                 0.3, "Other words."),
            ),
        ),
        passage(
            2, {"corvane": (2,), "harbour": (3,), "tide": (2,)},
            *changes(
                ("quotation-marks", "corvane", "\"We warned", "tide", "the owners were warned",
                 0.6, "Quotation marks stand in one report only."),
                ("attribution", "corvane", "the Marevian News Bureau (MNB) quoted him as saying",
                 "tide", "Doresch said that", 0.6, "The carrier is not in this report."),
                ("wording", "corvane", "at night", "harbour", "by night", 0.1, "Another word."),
            ),
        ),
        passage(
            3, {"corvane": (3,), "harbour": (4,), "tide": (3,)},
            *changes(
                ("number", "corvane", "112", "harbour", "121", 0.95, "Another number of people."),
                ("number", "corvane", "112", "tide", "121", 0.95, "Another number of people."),
                ("wording", "corvane", "in good health", "harbour", "healthy", 0.1, "Other words."),
            ),
        ),
        passage(
            4, {"corvane": (5,), "harbour": (5,), "tide": (4,)},
            *changes(
                ("negation", "corvane", "had not taken a decision", "tide", "has made a decision",
                 1.0, "One denies what the other says."),
                ("wording", "corvane", "a lawful and proportionate fine", "harbour",
                 "a legal and proportionate penalty", 0.4, "The quoted words differ."),
                ("wording", "corvane", "a lawful and proportionate fine", "tide",
                 "a legal and proportionate penalty", 0.4, "The quoted words differ."),
            ),
        ),
    )  # fmt: skip

    doresh = Actor(
        "d0", "Elan Doresch", "person",
        tuple(at(key, name) for key, name in
              (("corvane", "Ilan Doresh"), ("harbour", "Elan Doresch"), ("tide", "Elan Doresch"))
              if key in chosen),
        ("Elan Doresch", "Ilan Doresh", "Doresch"),
        (Evidence("name", 0.8, "The spellings are two letters apart and the office is the same."),),
    )  # fmt: skip
    marrin = Actor("d1", "Tove Marrin", "person", (), ("Tove Marrin",))
    mnb = Actor("d2", "Marevian News Bureau", "organisation", (), ("MNB",))

    def quotation(
        id: str, report: str, kind: str, content: str, cue: str, source: str,
        speaker: str | None, carriers: tuple[str, ...] = (), unknown: str | None = None,
    ) -> Quotation:  # fmt: skip
        links = [Link(speaker, source, "utterer", at(report, source).span)] if source else []
        links += [Link("d2", name, "carrier", at(report, name).span) for name in carriers]
        links.append(Link(None, SEAS[report][1], "outlet", None))
        return Quotation(
            id, report, kind,  # type: ignore[arg-type]
            (at(report, content).span,), (at(report, cue).span,) if cue else (),
            (at(report, source).span,) if source else (),
            speaker, tuple(links), 0.88, unknown=unknown,
        )  # fmt: skip

    quotations = tuple(
        one
        for one in (
            ("q1", "corvane", "direct", "We warned the owners three times. Whoever empties our "
             "waters at night may not expect to be greeted with bread and salt,", "quoted", "him",
             "d0", ("Marevian News Bureau (MNB)",)),
            ("q2", "corvane", "mixed", "a lawful and proportionate fine", "added", "Doresh", "d0"),
            ("q3", "harbour", "direct", "The owners were warned by us three times. He who empties "
             "our sea by night should not wait to be met with bread and salt,", "quotes", "him",
             "d0", ("MNB",)),
            ("q4", "harbour", "mixed", "a legal and proportionate penalty", "According to",
             "Doresch", "d0"),
            ("q5", "harbour", "direct", "Nobody called us on the radio, not once,", "said",
             "Tove Marrin", "d1"),
            ("q6", "harbour", "direct", "not once", "", "", None, (),
             "no source stands near it"),
            ("q7", "tide", "indirect", "the owners were warned three times, and that he who "
             "empties our sea by night should not wait to be met with bread and salt", "said",
             "Doresch", "d0"),
        )
        if one[1] in chosen
        for one in [quotation(*one)]  # type: ignore[arg-type]
    )  # fmt: skip
    have = {one.id for one in quotations}
    statements = tuple(
        Statement(
            f"s{number}", "d0",
            tuple(Variant(one.report, one.id) for one in quotations if one.id in group),
            passages[1].changes if number == 0 else (),
        )
        for number, group in enumerate((("q1", "q3", "q7"), ("q2", "q4")))
        if have & set(group)
    )  # fmt: skip
    lost = Witness(
        "w1",
        "lost",
        "a telling that MNB's readers share",
        (Evidence("textual", 0.7, "Harbour and Tide share wording that Corvane has not."),),
    )
    named = Witness("w0", "named", "Marevian News Bureau (MNB)", (
        Evidence("stated", 1.0, "Corvane names it.", (at("corvane", "MNB"),)),))  # fmt: skip
    shared = (Evidence("textual", 0.8, "“bread and salt” and “by night” in the same order.",
                       (at(chosen[-1], "bread and salt"),)),)  # fmt: skip
    edges = [Edge("w0", "corvane", 1.0, named.because, "stated"), Edge("w0", "w1", 0.66, ())]
    edges += [Edge("w1", key, 0.93, shared) for key in chosen if key != "corvane"]
    stemma = Stemma(
        (*(Witness(key, "report", SEAS[key][1]) for key in chosen), named, lost),
        tuple(edges),
        (Undecided(("harbour", chosen[-1]), "Which of the two came first does not show in the "
                   "wording."),),
        (Alternative((("harbour", chosen[-1]),), 0.21, "One may have copied the other; the "
                     "skipper's words speak against it."),),
    )  # fmt: skip
    return make.telling(passages, quotations, (doresh, marrin, mnb), statements, stemma)


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
