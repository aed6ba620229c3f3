"""Who speaks is no sign that two sentences tell the same."""

from __future__ import annotations

from retold.collate import align
from retold.collate.features import extract
from retold.collate.frames import Frames
from retold.collate.leftover import Leftover
from retold.model import Quotation, Segmented
from tests.collate.test_alignment import cut

SAID = "said Moana Halloran, the deputy controller of civil defence in the Ostra valley"
BEFORE = f"“Nobody can tell when the water will fall,” {SAID}."
AFTER = f"“Every sheep was counted twice at the upper gate,” {SAID}."
OTHERS = [
    "A bakery in the square handed out warm bread to the people who had walked all night.",
    "The railway to Harnau stays closed because a bridge was washed away near Velden.",
]


def quotation(report: Segmented, number: int) -> Quotation:
    text = report.report.text
    start = text.index(SAID, report.sentences[number].span[0])
    cue = (start, start + len("said"))
    source = (start + len("said "), start + len(SAID))
    content = (report.sentences[number].span[0] + 1, start - 3)
    return Quotation(
        f"q{report.report.id}{number}",
        report.report.id,
        "direct",
        (content,),
        (cue,),
        (source,),
        None,
        (),
        1.0,
    )


def test_words_of_cue_and_source_are_the_frame():
    report = cut("a", [OTHERS[0], BEFORE])
    frames = Frames([report], [quotation(report, 1)])
    words = report.sentences[1].words
    assert [words[at].form for at in frames.words("a", 1)] == SAID.lower().replace(",", "").split()
    assert frames.words("a", 0) == ()


def test_two_utterances_of_one_speaker_stay_apart():
    a, b = cut("a", [OTHERS[0], BEFORE]), cut("b", [AFTER, OTHERS[1]])
    without = align([a, b])
    assert [passage.readings for passage in without.passages] == [{"a": (1,), "b": (0,)}]
    quotations = [quotation(a, 1), quotation(b, 0)]
    assert align([a, b], quotations=quotations).passages == ()


def test_one_utterance_is_still_joined():
    a, b = cut("a", [OTHERS[0], BEFORE]), cut("b", [BEFORE, OTHERS[1]])
    quotations = [quotation(a, 1), quotation(b, 0)]
    found = align([a, b], quotations=quotations).passages
    assert [passage.readings for passage in found] == [{"a": (1,), "b": (0,)}]


def test_a_word_that_stands_twice_is_left_over_once():
    whole = cut("a", ["Ferry aground at Velden and ferry crew saved by a baker at Velden."])
    parts = cut("b", ["Ferry aground at Velden.", "Ferry crew at Velden.", "Cats slept."])
    features = extract([whole, parts], ["en", "en"], (), {"en": frozenset({"at", "and", "a"})})
    leftover = Leftover(features)
    target = [int(features.kinds[0][0])]
    first, second, other = (int(kind) for kind in features.kinds[1])
    assert leftover.log_odds([second], target, [first]) > 0.0
    assert leftover.log_odds([other], target, [first]) < 0.0
    assert leftover.log_odds([first], target, [first]) < leftover.log_odds(
        [second], target, [first]
    )
