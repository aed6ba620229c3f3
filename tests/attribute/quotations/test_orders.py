"""Where content, source and cue stand to each other."""

from __future__ import annotations

import pytest

from tests.attribute.quotations.helpers import content, cue, one, source

ORDERS = [
    # text, content, source, cue, kind
    ("“The pier is shut,” Odile Marr said.", ["The pier is shut"], "Odile Marr", "said", "direct"),
    ("“The pier is shut,” said Odile Marr.", ["The pier is shut"], "Odile Marr", "said", "direct"),
    ("Odile Marr said: “The pier is shut.”", ["The pier is shut."], "Odile Marr", "said", "direct"),
    ("Marr said, “The pier is shut.”", ["The pier is shut."], "Marr", "said", "direct"),
    ("Marr said that the pier was shut.", ["that the pier was shut"], "Marr", "said", "indirect"),
    ("Marr said the pier was shut.", ["the pier was shut"], "Marr", "said", "indirect"),
    ("The pier was shut, Marr said.", ["The pier was shut"], "Marr", "said", "indirect"),
    ("The pier was shut, said Marr.", ["The pier was shut"], "Marr", "said", "indirect"),
    *(
        (f"“The pier is shut,” said {who}.", ["The pier is shut"], who, "said", "direct")
        # What else opens a clause ("sitting on a bench") is part of an office.
        for who in (
            "managing director Odile Marr",
            "acting mayor Odile Marr",
            "leading economist Odile Marr",
            "building site manager Odile Marr",
        )
    ),
    (
        "The harbour announced the recall of 48,000 wooden trains.",
        ["the recall of 48,000 wooden trains"],
        "The harbour",
        "announced",
        "indirect",
    ),
    (
        "“The pier,” Marr said, “is shut.”",
        ["The pier", "is shut."],
        "Marr",
        "said",
        "direct",
    ),
    (
        "“The pier is shut,” Marr said. “Nobody may pass.”",
        ["The pier is shut", "Nobody may pass."],
        "Marr",
        "said",
        "direct",
    ),
    (
        "According to the harbour master, the pier was shut.",
        ["the pier was shut"],
        "the harbour master",
        "According to",
        "indirect",
    ),
    (
        "The pier was shut, according to the harbour master.",
        ["The pier was shut"],
        "the harbour master",
        "according to",
        "indirect",
    ),
    (
        "Marr said the pier was “a ruin” and unsafe.",
        ["the pier was “a ruin” and unsafe"],
        "Marr",
        "said",
        "mixed",
    ),
    (
        "Marr called the pier “a ruin”.",
        ["the pier “a ruin”"],
        "Marr",
        "called",
        "mixed",
    ),
    (
        "Marr told reporters that the pier was shut.",
        ["that the pier was shut"],
        "Marr",
        "told",
        "indirect",
    ),
    (
        "The storm, Marr said, would last a week.",
        ["The storm", "would last a week"],
        "Marr",
        "said",
        "indirect",
    ),
    (
        "Marr's claim that the pier was unsafe surprised nobody.",
        ["that the pier was unsafe surprised nobody"],
        "Marr's",
        "claim",
        "indirect",
    ),
]


@pytest.mark.parametrize(("text", "said", "who", "by", "kind"), ORDERS)
def test_order(text: str, said: list[str], who: str, by: str, kind: str) -> None:
    found = one(text)
    assert content(text, found) == said
    assert source(text, found) == who
    assert cue(text, found) == by
    assert found.kind == kind


SOURCES = [
    ("Odile Marr, the harbour master of Callow, said the pier was shut.",
     "Odile Marr, the harbour master of Callow"),
    ("Odile Marr, who has run the port since 2011, said the pier was shut.",
     "Odile Marr, who has run the port since 2011"),
    ("“It is shut,” said Odile Marr, a former pilot.", "Odile Marr, a former pilot"),
    ("“It is shut,” Mr. Tobin, now 81 and retired in Callow, Mass., said by telephone.",
     "Mr. Tobin, now 81 and retired in Callow, Mass"),
    ("On Tuesday, the harbour master said the pier was shut.", "the harbour master"),
    ("The harbour master on Tuesday said the pier was shut.", "The harbour master"),
    ("People briefed on the survey said the pier was shut.", "People briefed on the survey"),
    ("A spokesman for the port of Callow said the pier was shut.",
     "A spokesman for the port of Callow"),
    ("Officials in Alland, Borland, and Corland said the strait was shut.",
     "Officials in Alland, Borland, and Corland"),
    ("In an interview, Marr said the pier was shut.", "Marr"),
    ("He went on to say that the pier was shut.", "He"),
    ("The report said the pier was unsafe.", "The report"),
    ("Experts say the pier is unsafe.", "Experts"),
    ("“It is shut,” Will wrote.", "Will"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "who"), SOURCES)
def test_source(text: str, who: str) -> None:
    assert source(text, one(text)) == who


STATUSES = [
    ("Marr said that the pier was shut.", "asserted"),
    ("Marr did not say that the pier was shut.", "negated"),
    ("Marr never said that the pier was shut.", "negated"),
    ("Marr declined to say whether the pier was shut.", "negated"),
    ("Marr is expected to say that the pier is shut.", "conditional"),
    ("Marr would say that the pier was shut.", "conditional"),
    ("Marr believes that the pier is shut.", "thought"),
    ("Marr hopes that the pier will open.", "thought"),
]


@pytest.mark.parametrize(("text", "status"), STATUSES)
def test_status(text: str, status: str) -> None:
    assert one(text).status == status


@pytest.mark.parametrize(
    ("text", "said", "who"),
    [
        ("Keld left, saying the note had been a mistake.", "the note had been a mistake", "Keld"),
        ("Keld left and said that the note was a mistake.", "that the note was a mistake", "Keld"),
        ("Keld was described by Marr as “a fool”.", "Keld", "Marr"),
        ("Asked about it, Keld said: “I am tired.”", "I am tired.", "Keld"),
    ],
)  # fmt: skip
def test_cues_without_a_subject(text: str, said: str, who: str) -> None:
    found = one(text)
    assert content(text, found)[0] == said
    assert source(text, found) == who


@pytest.mark.parametrize("clause", ["sitting on a bench", "citing sources", "waving at Odile Marr"])
def test_a_clause_behind_the_verb_is_no_subject(clause: str) -> None:
    text = f"“The pier is shut,” Marr said {clause}."
    assert source(text, one(text)) == "Marr"


AROUND = [
    ("It was a rocket which Marr said was fired there.", ["which", "was fired there"]),
    ("The driver, who Marr said was 34, fled.", ["who", "was 34"]),
    ("The dam that Marr believes failed first was old.", ["that", "failed first"]),
    ("The plan, which Marr said on Monday would fail, is old.", ["which", "would fail"]),
]


@pytest.mark.parametrize(("text", "said"), AROUND)
def test_a_relative_clause_around_the_attribution(text: str, said: list[str]) -> None:
    found = one(text)
    assert (content(text, found), source(text, found)) == (said, "Marr")


def test_a_relative_clause_around_a_whole_clause_is_none() -> None:
    text = "It was a letter that Marr said he had never seen."
    assert content(text, one(text)) == ["he had never seen"]
