"""Pairs of readings and the kinds of change that must, and must not, be seen in them."""

import pytest

from .comparing import actor, compared, serious

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
