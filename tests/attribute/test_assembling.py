"""From found quotations to chains that end at the page."""

from __future__ import annotations

from retold.attribute.chains import quotation
from retold.attribute.quotations import find_quotations
from retold.model import Credit, Dateline, Quotation, Report, Span
from retold.segment import segment

TEXT = (
    "CALLOW, March 3 (Telmark) - The Daily Tide quoted the minister as saying “the road is open”."
)


def made(report: Report, actors: dict[str, str]) -> tuple[Quotation, ...]:
    """The quotations, with actors told by the words of a span."""

    def resolve(span: Span) -> tuple[str | None, str | None]:
        words = report.text[slice(*span)]
        return actors.get(words), None if words in actors else f"nothing is known of {words}"

    raw = find_quotations(segment(report), "en")
    return tuple(quotation(report, one, resolve) for one in raw)


def with_dateline(**more: object) -> Report:
    dateline = Dateline(span=(0, 25), place="CALLOW", date="March 3", agency="Telmark")
    return Report(id="r", text=TEXT, language="en", dateline=dateline, **more)


def test_the_dateline_and_the_outlet_end_the_chain() -> None:
    (one,) = made(with_dateline(outlet="The Harbour Observer"), {"the minister": "m"})
    assert [(link.role, link.name) for link in one.chain] == [
        ("utterer", "the minister"),
        ("carrier", "The Daily Tide"),
        ("carrier", "Telmark"),
        ("outlet", "The Harbour Observer"),
    ]
    assert one.speaker == "m"
    assert one.unknown is None
    assert TEXT[slice(*one.chain[2].span or (0, 0))] == "Telmark"


def test_an_unknown_speaker_comes_with_a_reason() -> None:
    (one,) = made(with_dateline(), {})
    assert one.speaker is None
    assert one.unknown == "nothing is known of the minister"


def test_an_agent_is_not_named_twice() -> None:
    credits = (Credit("TELMARK", "footer", None), Credit("Norda", "byline", None))
    report = with_dateline(outlet="Norda", credits=credits)
    (one,) = made(report, {"the minister": "m"})
    assert [link.name for link in one.chain] == [
        "the minister",
        "The Daily Tide",
        "Telmark",
        "Norda",
    ]
    assert one.chain[-1].role == "outlet"


def test_a_quotation_without_a_source_says_so() -> None:
    report = Report(
        id="r", text="It rained.\n\n“The road is open, and it stays open.”", language="en"
    )
    (one,) = made(report, {})
    assert one.source == ()
    assert one.chain == ()
    assert one.unknown


def test_identities_differ_and_last() -> None:
    text = "Marr said the pier was shut. Keld said the road was open."
    report = Report(id="r", text=text, language="en")
    first, second = made(report, {})
    assert first.id != second.id
    assert [one.id for one in made(report, {})] == [first.id, second.id]
