"""Pairs of readings in which no change of a kind must be seen, and why."""

import pytest

from retold.collate.changes import changes
from retold.model import Collation, Passage, Report
from retold.segment import segment
from retold.settings import DEFAULTS

from .comparing import actor, compared, serious

DECOYS = [
    (
        "The ministry lacks the money to mend it.",
        "The ministry does not have the money to mend it.",
    ),
    ("The minister refused to answer questions.", "The minister did not answer questions."),
    ("He was found not guilty of fraud.", "He was found innocent of fraud."),
    (
        "He admitted 15 counts of theft and four of fraud.",
        "He admitted 19 counts of theft and fraud.",
    ),
    ("Twelve boats sank, Orla Brandt said.", "12 boats sank, Ms Brandt told reporters."),
    ("Half of the pupils passed.", "50 per cent of the pupils passed."),
    ("Melk lies 5 miles from the border.", "Melk lies 8 km from the border."),
    (
        "Police arrested Hallam in Kerrow on Friday.",
        "Hallam was arrested by police in Kerrow on Friday.",
    ),
    ("In Russia the vote was quiet.", "In the Russian Federation the vote was quiet."),
    ("The DPRK fired a rocket.", "North Korea fired a rocket."),
    ("He called it “a farce”.", 'He called it "a farce".'),
    ("The trial will not start today.", "The trial won't start today."),
    (
        "The programme was organised by the harbour board.",
        "The program was organized by the harbor board.",
    ),
    ("Sales fell by a third, the chain said.", "The chain said sales fell by a third."),
    ("Between 22 and 25 people came.", "From 22 to 25 people came."),
    ("The agency IAEA sent a team.", "The International Atomic Energy Agency sent a team."),
    ("The talks take place on 3 October.", "The talks take place on Tuesday, October 3."),
    ("She reported the theft in 2019.", "In 2019 she reported the theft."),
    ("He denied that he had slept.", "He said that he had not slept."),
    ("It is not impossible that it sank.", "It is possible that it sank."),
    ("The vote is unlikely to be held soon.", "The vote is not likely to be held soon."),
    ("Neither the crew nor the owner had replied.", "The crew and the owner had not replied."),
    ("The court ruled today that it was void.", "The court ruled yesterday that it was void."),
    ("Šárka Novotná found the letter.", "Sarka Novotna found the letter."),
    ("J. R. Penhallow drew the stand.", "John Penhallow drew the stand."),
    ("Saint Osyth's Hospital will close.", "St Osyth's Hospital will close."),
    ("About 90 tons were taken away.", "Around 90 tons were taken away."),
    ("Some 6,200 people live there.", "6,200 people live there."),
    ("All 19 men and nine women deny it.", "All 28 deny it."),
    ("In Geneva the envoys met.", "The envoys met in Geneva."),
    ("The two men were freed.", "Both men were freed."),
    ("The jury, 12 strong, was out for 5 hours.", "The jury of 12 was out for five hours."),
    ("The train left at 14:30 from Kiel.", "The train left at 2.30pm from Kiel."),
    ("He was jailed for a year and a half.", "He was jailed for 18 months."),
]


@pytest.mark.parametrize(("a", "b"), DECOYS)
def test_not_seen(a, b):
    assert serious(a, b) == []
    assert serious(b, a) == []


@pytest.mark.parametrize(
    ("a", "b", "wanted"),
    [
        (
            "He showed virulent antipathy.",
            "He showed malicious antipathy.",
            ("virulent", "malicious"),
        ),
        ("It is a bulwark of peace.", "It is a stronghold of peace.", ("bulwark", "stronghold")),
        ("Peace in the world is near.", "Peace on the planet is near.", ("world", "planet")),
        (
            "They act from caprice alone.",
            "They act from self-will alone.",
            ("caprice", "self-will"),
        ),
    ],
)
def test_wording(a, b, wanted):
    assert ("wording", *wanted) in compared(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The harbour was closed.", "The harbor was closed."),
        ("The ships are leaving.", "The ship is leaving."),
        ("He's gone to Rome.", "He has gone to Rome."),
        ("On Friday the court met in Kiel.", "The court met in Kiel on Friday."),
        ("The dog bit the man.", "The man was bitten by the dog."),
    ],
)
def test_no_change_at_all(a, b):
    found = [change for change in compared(a, b) if change[1:] != ("bit", "bitten")]
    assert found == []


def test_one_actor_under_two_spellings():
    a, b = "Im Dal Sok left the room.", "Im Dahl Sok left the room."
    known = [actor("Im Dal Sok", "person", ("a", (0, 10)), ("b", (0, 11)))]
    assert serious(a, b, actors=known) == [("name", "Im Dal Sok", "Im Dahl Sok")]


def test_actors_decide_which_names_are_one():
    a, b = "Later the Premier met Anna Vos.", "Later the Premier met Lotte Kramm."
    one = [actor("Anna Vos", "person", ("a", (22, 30)), ("b", (22, 33)))]
    assert serious(a, b, actors=one) == []
    assert serious(a, b) == [("name", "Anna Vos", "Lotte Kramm")]


def test_a_dateline_says_nothing_of_the_news():
    a = "TARVIK, March 3 (Norpress) - The nurses of the north went home."
    b = "TARVIK (Telmar) — The nurses of the north went home."
    assert compared(a, b) == []


def test_a_name_is_not_changed_where_both_reports_know_both():
    a = "Anna Vos left early.\n\nThe mayor praised Anna Vos at length.\n\nLotte Kramm wept."
    b = "Lotte Kramm wept.\n\nThe mayor praised Lotte Kramm at length.\n\nAnna Vos left early."
    reports = [
        segment(Report(id=name, text=text, language="en"))
        for name, text in zip("ab", (a, b), strict=True)
    ]
    passage = Passage("P1", {"a": (1,), "b": (1,)}, "a", (), 1.0, ())
    found = changes(Collation((passage,), {}), reports, (), (), DEFAULTS).passages[0].changes
    assert [change for change in found if change.kind == "name"] == []
