from __future__ import annotations

import msgspec

from retold.model import Actor, Collation, Edge, Passage, Stemma, Witness
from retold.show.summary import summarise
from tests.show.tellings import many, nasty, seas, segmented

NOTHING = Stemma((), (), (), ())


def two() -> tuple:
    return (
        segmented("a", None, "Dawn", [["One thing."]]),
        segmented("b", None, "Dusk", [["Another thing."], ["A third."]]),
    )


def test_the_paragraph_of_three_reports():
    assert seas().summary.replace("\u00a0", " ") == (
        "A (Corvane), B (Harbour Observer) and C (Daily Tide) share 4 passages, all of them in "
        "every report. The wording differs in all 4 of them, at 11 points: 1 number, 2 names, "
        "1 negation, 1 change of quotation marks, 1 attribution and 5 changes of wording. The "
        "weightiest: “had not taken a decision” in A against “has made a decision” in C; “112” in "
        "A against “121” in B and C; “Deputy Fisheries Minister” in A against “fisheries "
        "minister” in C. There are 3 sentences only in A, 2 only in B and 3 only in C. "
        "7 quotations were found: 5 of Elan Doresch, 1 of Tove Marrin and 1 whose speaker cannot "
        "be told. By what the reports say themselves, A names Marevian News Bureau "
        "(MNB) as a source. By the wording (support 66 % to 93 %), B and C descend from a "
        "lost telling; the lost telling descends from Marevian News Bureau (MNB). "
        "Cannot tell (B and C): Which of the two came first does not show in the wording."
    )


def test_nothing_in_common_is_said_plainly():
    only = {"a": (0,), "b": (0, 1)}
    assert summarise(two(), Collation((), only), (), (), NOTHING) == (
        "A (Dawn) and B (Dusk) have no passage in common. There is 1 sentence only in A and 2 "
        "only in B. No quotation was found. Who took the wording from whom cannot be told."
    )


def test_the_same_words_are_no_difference():
    passage = Passage("P1", {"a": (0,), "b": (0,)}, "a", (), 1.0, ())
    said = summarise(two(), Collation((passage,), {"a": (), "b": (1,)}), (), (), NOTHING)
    assert said.startswith(
        "A (Dawn) and B (Dusk) share 1 passage. No difference in wording was found in what they "
        "share. There is 1 sentence only in B."
    )


def test_one_report_and_none():
    assert "nothing to compare" in summarise(two()[:1], Collation((), {}), (), (), NOTHING)
    assert "no report" in summarise((), Collation((), {}), (), (), NOTHING)


def test_many_reports_are_counted_not_listed():
    said = many(200).summary
    assert said.startswith("The 200 reports (A, B, C … in the order given) share 6 passages")
    assert len(said) < 2_000


def test_words_of_a_report_are_clean_and_clipped():
    said = nasty("\x1b[31m\u202e" + "very long words " * 40).summary
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert len(said) < 1_500


def test_the_last_of_many_speakers_is_named_too():
    telling = seas()

    def said(number: int) -> str:
        actors = tuple(Actor(f"p{at}", f"Person {at}", "person", ()) for at in range(number))
        one = telling.quotations[0]
        quotations = tuple(
            msgspec.structs.replace(one, id=f"z{at}", speaker=f"p{at}") for at in range(number)
        )
        return summarise(two(), Collation((), {}), quotations, actors, NOTHING)

    assert "1 of Person 3 and 1 of Person 4." in said(5)
    assert "1 of Person 3 and 2 of others." in said(6)


def test_speakers_that_are_called_the_same_are_named_once():
    telling = seas()
    called = ("the mayor", "Tove Marrin", "the mayor", "the mayor")
    actors = tuple(Actor(f"p{at}", name, "person", ()) for at, name in enumerate(called))
    one = telling.quotations[0]

    def said(*speakers: str) -> str:
        quotations = tuple(
            msgspec.structs.replace(one, id=f"z{at}", speaker=name)
            for at, name in enumerate(speakers)
        )
        return summarise(two(), Collation((), {}), quotations, actors, NOTHING)

    assert "3 quotations were found: 2 of 2 speakers called the mayor and 1 of Tove Marrin." in (
        said("p0", "p1", "p2")
    )
    assert "found, all of 3 speakers called the mayor." in said("p0", "p2", "p3")
    assert "found, all of the mayor." in said("p3", "p3")
    assert "1 quotation was found, of Tove Marrin." in said("p1")


def test_a_lost_telling_names_nobody():
    named = Witness("n", "named", "Harbour Board")
    lost = Witness("l", "lost", "lost telling")
    edges = (Edge("n", "b", 1.0, (), "stated"), Edge("n", "l", 1.0, (), "stated"))
    stemma = Stemma((named, lost), edges, (), ())
    assert (
        "By what the reports say themselves, B names Harbour Board as a source; a lost telling "
        "goes back to Harbour Board."
    ) in summarise(two(), Collation((), {}), (), (), stemma)
