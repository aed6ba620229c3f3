"""Tellings of any shape and any text, for hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from retold.model import (
    Change,
    Edge,
    Evidence,
    Passage,
    Place,
    Quotation,
    Report,
    Segmented,
    Sentence,
    Stemma,
    Telling,
    Witness,
)
from tests.show.tellings import Builder

NAUGHTY = (
    "=1+1", "@SUM(A1)", "-2", "\t=x", "＝1", "a\"b'c\\N", "&amp;", "<b>]]>", "[x](y);{z}", "\x00",
    "\x1b[2J", "\u202egnp", "\u2066x", "\ud800", "\udfff", "\ufeff", "\uffff", "\U0001fffe", "'--",
    "end;", "Begin", "MATRIX", "#NEXUS", "né", "東京で 会見", "กรุงเทพ", "🇰🇵👩‍🚀", "\u0301x",
    "\r\n", "\u2028", "\u0085", "%s{0}", "_:b1", "prov:x", "a_b",
)  # fmt: skip
TEXT = st.one_of(
    st.sampled_from(NAUGHTY),
    st.text(st.characters(exclude_categories=()), max_size=6),
    st.sampled_from(["the mayor", "said on Monday,", "“14 boats”", "lost;", "not", "Orsholm"]),
)
SENTENCE = st.lists(TEXT, min_size=1, max_size=6).map(" ".join).map(lambda said: f"x{said}.")


def _segmented(number: int, sentences: list[str], name: str) -> Segmented:
    text, spans = "", []
    for at, sentence in enumerate(sentences):
        spans.append(Sentence((len(text), len(text) + len(sentence)), (), at))
        text += f"{sentence}\n"
    report = Report(
        id=f"{name}{number}", text=text, title=name, outlet=name or None, url=name, published=name,
        language=name,
    )  # fmt: skip
    return Segmented(report, tuple(spans))


@st.composite
def tellings(draw: st.DrawFn) -> Telling:
    texts = draw(st.lists(st.lists(SENTENCE, min_size=1, max_size=4), min_size=2, max_size=5))
    reports = [_segmented(number, said, draw(TEXT)) for number, said in enumerate(texts)]
    make = Builder(*reports)
    passages = []
    for line in range(draw(st.integers(0, 3))):
        have = {
            one.report.id: (line,)
            for one in reports
            if line < len(one.sentences) and draw(st.booleans())
        }
        if len(have) < 2:
            continue
        keys = list(have)
        a, b = (Place(key, make.reports[key].sentences[line].span) for key in (keys[0], keys[-1]))
        changes = (Change("number", a, b, 0.9, draw(TEXT)), Change("order", b, a, 0.1, "Moved."))
        passages.append(
            Passage(f"P{line}{draw(TEXT)}", have, draw(st.sampled_from(keys)), (keys[-1],), 0.5, (),
                    changes)
        )  # fmt: skip
    evidence = (Evidence("textual", 0.5, draw(TEXT)),)
    others = [
        Witness(f"{kind}-{number}", kind, draw(TEXT), evidence)
        for number, kind in enumerate(
            draw(st.lists(st.sampled_from(["named", "lost"]), max_size=4))
        )
    ]
    witnesses = [*(Witness(one.report.id, "report", "") for one in reports), *others]
    ends = st.tuples(st.integers(0, len(witnesses) - 1), st.integers(0, len(witnesses) - 1))
    pairs = draw(st.lists(ends, max_size=8, unique=True))
    edges = tuple(
        Edge(witnesses[a].id, witnesses[b].id, draw(st.sampled_from([0.0, 0.25, 0.5, 1.0])),
             evidence, draw(st.sampled_from(["textual", "stated"])))
        for a, b in pairs
        if a != b
    )  # fmt: skip
    quotations = tuple(
        Quotation(f"q{number}", one.report.id, "direct", (one.sentences[0].span,), (), (), None, (),
                  0.5, unknown="no name")
        for number, one in enumerate(reports)
    )  # fmt: skip
    return make.telling(
        tuple(passages), quotations, (), (), Stemma(tuple(witnesses), edges, (), ())
    )
