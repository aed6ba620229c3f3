"""An invented story of three reports, put together by hand without any stage."""

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
    Quotation,
    Statement,
    Stemma,
    Telling,
    Undecided,
    Variant,
    Witness,
)
from tests.show.building import Builder, segmented

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
