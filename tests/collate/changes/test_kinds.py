"""Pairs of readings and the kinds of change that must, and must not, be seen in them."""

import pytest

from retold.collate.changes import changes
from retold.model import Actor, Collation, Passage, Place, Report
from retold.segment import segment
from retold.settings import DEFAULTS


def compared(a, b, language="en", actors=(), published=(None, None)):
    reports = [
        segment(Report(id=name, text=text, language=language, published=day))
        for name, text, day in zip("ab", (a, b), published, strict=True)
    ]
    readings = {one.report.id: tuple(range(len(one.sentences))) for one in reports}
    passage = Passage("P1", readings, "a", (), 1.0, ())
    collation = Collation((passage,), {"a": (), "b": ()})
    found = changes(collation, reports, actors, (), DEFAULTS).passages[0].changes
    return [(change.kind, a[slice(*change.a.span)], b[slice(*change.b.span)]) for change in found]


def serious(a, b, **how):
    return [change for change in compared(a, b, **how) if change[0] != "wording"]


def actor(name, kind, *places):
    return Actor(
        id=f"id of {name}",
        name=name,
        kind=kind,
        mentions=tuple(Place(report, span) for report, span in places),
    )


SEEN = [
    # numbers
    (
        "The fund raised £1.66m for the pier.",
        "The fund raised £1.6million for the pier.",
        ("number", "£1.66m", "£1.6million"),
    ),
    (
        "The fine may reach up to £80,000, it said.",
        "The fine may reach £72,000, it said.",
        ("number", "up to £80,000", "£72,000"),
    ),
    (
        "Ferries carried 240 cars on Sunday.",
        "Ferries carried 204 cars on Sunday.",
        ("number", "240 cars"[:3], "204"),
    ),
    ("Lindau won 3-2 at home.", "Lindau won 3-1 at home.", ("number", "2", "1")),
    (
        "It cost $5 million to mend.",
        "It cost £5 million to mend.",
        ("number", "$5 million", "£5 million"),
    ),
    ("Fees rose 4 per cent.", "Fees rose 14 percent.", ("number", "4 per cent", "14 percent")),
    # dates
    (
        "The quay reopens on Monday, the port said.",
        "The quay reopens on Tuesday, the port said.",
        ("date", "Monday", "Tuesday"),
    ),
    (
        "It burned down in March 2019.",
        "It burned down in May 2019.",
        ("date", "March 2019", "May 2019"),
    ),
    ("Talks begin at 3pm.", "Talks begin at 4.30pm.", ("number", "3pm", "4.30pm")),
    # names and places
    (
        "The firm, based in Norwich, folded.",
        "The firm, based in Ipswich, folded.",
        ("place", "Norwich", "Ipswich"),
    ),
    (
        "The judge told Peter Hallam to sit down.",
        "The judge told Martin Gosse to sit down.",
        ("name", "Peter Hallam", "Martin Gosse"),
    ),
    (
        "Kattab was released on bail.",
        "Khattab was released on bail.",
        ("name", "Kattab", "Khattab"),
    ),
    # negation
    (
        "Officials said the dam was not damaged.",
        "Officials said the dam was damaged.",
        ("negation", "was not damaged", "was damaged"),
    ),
    (
        "The minister refused to answer questions.",
        "The minister answered questions.",
        ("negation", "refused to answer", "answered"),
    ),
    ("She didn't sign the lease.", "She signed the lease.", ("negation", "didn't sign", "signed")),
    # modality and quantity
    (
        "The strike may begin at dawn.",
        "The strike will begin at dawn.",
        ("modality", "may", "will"),
    ),
    (
        "The clerk allegedly took the seal.",
        "The clerk took the seal.",
        ("modality", "allegedly", ""),
    ),
    (
        "Most of the sheds were lost.",
        "Some of the sheds were lost.",
        ("quantity", "Most of", "Some of"),
    ),
    # attribution
    (
        "The bridge is safe, the mayor said.",
        "The bridge is safe, the mayor claimed.",
        ("attribution", "said", "claimed"),
    ),
    (
        "The envoy opined that the line was crossed.",
        "The envoy expressed confidence that the line was crossed.",
        ("attribution", "opined", "expressed confidence"),
    ),
    (
        "The pilot pointed out that the fuel was low.",
        "The pilot emphasized that the fuel was low.",
        ("attribution", "pointed out", "emphasized"),
    ),
    # quotation marks
    (
        "The mayor called it a betrayal of the town.",
        "The mayor called it a “betrayal of the town”.",
        ("quotation-marks", "betrayal of the town", "betrayal of the town"),
    ),
    # order
    (
        "Rebels struck before the truce.",
        "Rebels struck after the truce.",
        ("order", "before", "after"),
    ),
    (
        "Ardova beat Kelmark in the final.",
        "Kelmark beat Ardova in the final.",
        ("order", "Ardova beat Kelmark", "Kelmark beat Ardova"),
    ),
]


@pytest.mark.parametrize(("a", "b", "wanted"), SEEN)
def test_seen(a, b, wanted):
    assert wanted in serious(a, b)


@pytest.mark.parametrize(("a", "b", "wanted"), SEEN)
def test_seen_from_the_other_side(a, b, wanted):
    kind, left, right = wanted
    assert (kind, right, left) in serious(b, a)


MORE = [
    (
        "He upheld the sentence.",
        "He overturned the sentence.",
        ("negation", "upheld", "overturned"),
    ),
    ("None of the boats was lost.", "All of the boats were lost.", ("negation", "None", "All of")),
    (
        "Nine members voted against the levy.",
        "Nine members voted for the levy.",
        ("negation", "against", "for"),
    ),
    (
        "The strike breaks a lawful contract.",
        "The strike breaks an unlawful contract.",
        ("negation", "lawful", "unlawful"),
    ),
    (
        "The guard denied that he had slept.",
        "The guard said that he had slept.",
        ("negation", "denied", "said"),
    ),
    (
        "They have yet to find the bell.",
        "They have found the bell.",
        ("negation", "have yet to find", "have found"),
    ),
    (
        "The chapel dates from the 1880s.",
        "The chapel dates from the 1890s.",
        ("date", "1880s", "1890s"),
    ),
    (
        "It reopens in early March.",
        "It reopens in late March.",
        ("date", "early March", "late March"),
    ),
    (
        "Roads will shut until the autumn.",
        "Roads will shut until the spring.",
        ("date", "autumn", "spring"),
    ),
    (
        "One dead, three missing at the weir.",
        "Three dead, two missing at the weir.",
        ("number", "One", "Three"),
    ),
    (
        "One dead, three missing at the weir.",
        "Three dead, two missing at the weir.",
        ("number", "three", "two"),
    ),
    (
        "He rang twice, the clerk said.",
        "He rang three times, the clerk said.",
        ("number", "twice", "three times"),
    ),
    ("At least 12 sheep drowned.", "Twelve sheep drowned.", ("quantity", "At least 12", "Twelve")),
    ("One of the guards slept.", "Several of the guards slept.", ("quantity", "One", "Several of")),
    (
        "Shots came from the north-east.",
        "Shots came from the north-west.",
        ("place", "east", "west"),
    ),
    (
        "Jonas and Petra sold the mill.",
        "Petra and Jonas sold the mill.",
        ("order", "Jonas and Petra", "Petra and Jonas"),
    ),
    (
        "It exports timber, tin and rubber.",
        "It exports rubber, timber and tin.",
        ("order", "timber, tin and rubber", "rubber, timber and tin"),
    ),
    (
        "The bus was empty, local media reported.",
        "The bus was empty, police reported.",
        ("attribution", "local media", "police"),
    ),
    (
        "The bus was empty when it burned, drivers said.",
        "The bus was empty when it burned.",
        ("attribution", "drivers said", ""),
    ),
    (
        "The reserve is ready and seems to be big.",
        "The reserve is ready and is big.",
        ("modality", "seems to", "is"),
    ),
]


@pytest.mark.parametrize(("a", "b", "wanted"), MORE)
def test_more_seen(a, b, wanted):
    assert wanted in serious(a, b)
    kind, left, right = wanted
    assert (kind, right, left) in serious(b, a)


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


def test_days_of_writing_tell_dates_apart():
    a, b = "It sank yesterday, the port said.", "It sank on 1 October, the port said."
    assert serious(a, b) == []
    assert serious(a, b, published=("2023-10-04", "2023-10-04")) == [
        ("date", "yesterday", "1 October")
    ]
    assert serious(a, b, published=("2023-10-02T08:00:00Z", "2023-10-02")) == []


def test_counts_inside_mentions_are_counts():
    a, b = "Three people were hurt at the quay.", "Four people were hurt at the quay."
    known = [
        actor("three people", "unknown", ("a", (0, 12))),
        actor("x", "unknown", ("b", (0, 11))),
    ]
    assert serious(a, b, actors=known) == [("number", "Three", "Four")]


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


def test_other_languages():
    found = serious(
        "Die Brücke sei nicht gesperrt, sagte Jutta Kersing am Montag.",
        "Die Brücke sei gesperrt, sagte Jutta Kersing am Dienstag.",
        language="de",
    )
    assert [change[0] for change in found] == ["negation", "date"]
    found = serious(
        "Министр Сарев заявил, что 12 человек погибли.",
        "Министр Сарёв подчеркнул, что 14 человек погибли.",
        language="ru",
    )
    assert [change[0] for change in found] == ["number", "attribution"]


def test_an_unknown_language_still_compares_numbers():
    assert ("number", "12", "13") in compared("Abc def 12 ghi.", "Abc def 13 ghi.", language=None)
