"""What a negation, a source, an order and an office reach over."""

import pytest

from .comparing import actor, compared, serious

SEEN = [
    # classes of opposites, phrases among them
    ("The pilots called off the strike.", "The pilots went ahead with the strike.", "negation"),
    ("The council approved the quay.", "The council turned down the quay.", "negation"),
    ("Divers were unable to lift it.", "Divers were able to lift it.", "negation"),
    # a verb in the place of the negation
    ("Dockers refused to unload rice.", "Dockers agreed to unload rice.", "negation"),
    # a negation under a verb that hands it down meets none
    ("She does not think that the pump failed.", "She thinks that the pump failed.", "negation"),
    # sources
    ("Her lawyer said it was a gift.", "She said it was a gift.", "attribution"),
    ("The baker's brother said it was rye.", "The baker said it was rye.", "attribution"),
    (
        "Sources close to the talks said it was over.",
        "Finance minister Alba Reyes said it was over.",
        "attribution",
    ),
    (
        "The fire began below, police and witnesses said.",
        "The fire began below, police said.",
        "attribution",
    ),
    (
        "The envoy will leave, the Interfor news agency reported, citing the palace.",
        "The envoy will leave, the palace said.",
        "attribution",
    ),
    ("The firm insisted it was safe.", "The firm admitted it was safe.", "attribution"),
    # deeds that are only promised, or hoped for
    ("The yards pledged to cut night shifts.", "The yards cut night shifts.", "modality"),
    ("It is thought that the boy fell.", "The boy fell.", "modality"),
    # parties around one deed
    ("The baker accused the miller of theft.", "The miller accused the baker of theft.", "order"),
    (
        "Marlin Foods sold the cannery to Orsk Holding.",
        "Orsk Holding sold the cannery to Marlin Foods.",
        "order",
    ),
    # names, places, numbers, dates
    ("Foreign Minister Ilir Cobo left.", "Defence Minister Ilir Cobo left.", "name"),
    ("A medal was given to Florence Marsh.", "A medal was given to Florence March.", "name"),
    ("Two Danish engineers were flown home.", "Two Dutch engineers were flown home.", "place"),
    ("Rents have risen fourfold here.", "Rents have risen threefold here.", "number"),
    ("He served from 2004 to 2009 as chief.", "He served from 2004 to 2011 as chief.", "date"),
]

NOT_SEEN = [
    ("She does not think that the pump failed.", "She thinks that the pump did not fail."),
    ("A spokesman for the zoo said it slept.", "The zoo said it slept."),
    ("The boat was hit by the tug off the cape.", "The tug hit the boat off the cape."),
    ("Prices rose in Lisbon again.", "Prices rose in the Portuguese capital again."),
    ("A couple of hikers saw the bear.", "Two hikers saw the bear."),
    ("Do not shelter there and do not swim.", "Do not shelter there or swim."),
    ("The road was built to plan in June.", "The road was built according to plan in June."),
]


@pytest.mark.parametrize(("a", "b", "kind"), SEEN)
def test_seen_from_both_sides(a, b, kind):
    assert [found[0] for found in serious(a, b)] == [kind]
    assert [found[0] for found in serious(b, a)] == [kind]


@pytest.mark.parametrize(("a", "b"), NOT_SEEN)
def test_not_seen(a, b):
    assert serious(a, b) == []
    assert serious(b, a) == []


def test_the_verb_that_agrees_is_shown_beside_the_one_that_refuses():
    found = serious("Dockers refused to unload rice.", "Dockers agreed to unload rice.")
    assert found == [("negation", "refused to unload", "agreed to unload")]


def test_of_an_actor_without_a_name_the_words_are_compared():
    a, b = "Several members of the choir left.", "Most members of the choir left."
    actors = [
        actor("Several members of the choir", "office", ("a", (0, 28))),
        actor("Most members of the choir", "office", ("b", (0, 25))),
    ]
    assert compared(a, b, actors=actors) == [("quantity", "Several", "Most")]


def test_a_pronoun_stands_for_the_name_when_nothing_else_does():
    a, b = "The pier, Ilse Marrow said, is shut.", "The pier, she said, is shut."
    actors = [actor("Ilse Marrow", "person", ("a", (10, 21)), ("b", (10, 13)))]
    assert compared(a, b, actors=actors) == []
