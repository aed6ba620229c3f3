from retold.collate.statements import statements
from retold.model import Collation, Passage, Quotation, Report
from retold.segment import segment

A = "The mayor said: “We will never sell the old harbour.” Boats left at noon."
B = "“We shall never sell our old port,” the mayor said on Friday."
C = "Mayor Ilse Roth said the town would never sell the old harbour."


def quotation(report, text, content, kind="direct", cue="said", speaker="roth"):
    start = text.index(content)
    at = text.index(cue)
    return Quotation(
        id=f"{report}:{start}",
        report=report,
        kind=kind,
        content=((start, start + len(content)),),
        cue=((at, at + len(cue)),),
        source=(),
        speaker=speaker,
        chain=(),
        confidence=0.9,
    )


def story():
    texts = {"a": A, "b": B, "c": C}
    reports = [segment(Report(id=name, text=text, language="en")) for name, text in texts.items()]
    passage = Passage("P1", dict.fromkeys(texts, (0,)), "a", (), 1.0, ())
    quotations = [
        quotation("a", A, "We will never sell the old harbour."),
        quotation("b", B, "We shall never sell our old port,"),
        quotation("c", C, "the town would never sell the old harbour", kind="indirect"),
    ]
    return reports, Collation((passage,), {}), quotations


def test_one_utterance_in_three_reports_is_one_statement():
    reports, collation, quotations = story()
    (found,) = statements(quotations, collation, (), reports)
    assert [variant.report for variant in found.variants] == ["a", "b", "c"]
    assert found.speaker == "roth"
    kinds = {(change.kind, change.b.report) for change in found.differs}
    assert ("wording", "b") in kinds
    assert ("quotation-marks", "c") in kinds


def test_a_quotation_of_one_report_is_no_statement():
    reports, collation, quotations = story()
    assert statements(quotations[:1], collation, (), reports) == ()


def test_other_words_in_one_passage_are_another_utterance():
    reports, collation, quotations = story()
    stranger = quotation("b", B, "on Friday", speaker="other")
    assert statements([quotations[0], stranger], collation, (), reports) == ()


def test_one_speaker_and_rare_words_join_without_a_passage():
    reports, _, quotations = story()
    empty = Collation((), {})
    (found,) = statements([quotations[0], quotations[2]], empty, (), reports)
    assert len(found.variants) == 2
    other = [quotations[0], quotation("c", C, "the town would never sell the old harbour",
                                      kind="indirect", speaker=None)]  # fmt: skip
    assert statements(other, empty, (), reports) == ()


def test_ids_do_not_depend_on_the_order_of_quotations():
    reports, collation, quotations = story()
    one = statements(quotations, collation, (), reports)
    assert statements(quotations[::-1], collation, (), reports) == one
