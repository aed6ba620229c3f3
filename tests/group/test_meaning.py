"""A model of sentence vectors beside the words: what it may decide, and what it must say."""

from __future__ import annotations

import random

import msgspec
import numpy as np
import pytest

from retold.engines.encoders.base import on_grid
from retold.errors import UsageError
from retold.group import group
from retold.group.grouper import Grouper
from retold.group.kept import Kept
from retold.group.meaning import BEGINNING, Meanings, alike, beginning
from retold.group.nearest import Nearest
from retold.model import Report

from .meanings import ByHand
from .texts import FERRY, GERMAN, ORCHARD, report

COTTAGE = report(
    "skarv-post",
    "SKARV, 4 March. The wooden cottage beside the lighthouse burned to the ground before dawn on "
    "Tuesday. Nobody was inside. The fire brigade came over from Lanke by boat and needed two "
    "hours, said its chief, Ane Holm. The house, built in 1871, had been let to summer guests "
    "since the light was automated.",
    title="Fire destroys keeper's cottage on Skarv",
    outlet="Skarv Post",
    published="2031-03-04",
)
BLAZE = report(
    "nordwire",
    "Flames have consumed a listed holiday house on Skarv in the small hours. By the time engines "
    "had crossed the strait only the chimney stood. No one was hurt. Police "
    "think a heater left running by the last tenants may have set it alight, a spokeswoman told "
    "Nordwire. Heritage officials spoke of a great loss for the coast.",
    title="Historic island dwelling lost in blaze",
    outlet="Nordwire",
    published="2031-03-04",
)
BREAD = report(
    "ledger",
    "Bread is back on the shelves. The bakers' union of Oberau accepted 4.5 percent more pay on "
    "Tuesday, ending a walkout of nine days. Employers said prices would rise in April. Union "
    "secretary Pell Arno called the result honourable.",
    title="Bakers' strike ends after pay deal",
    outlet="Ledger",
    published="2031-03-04",
)
NEWS = [COTTAGE, BLAZE, BREAD, *FERRY, *ORCHARD]
KNOWS = {
    "fire": ("cottage", "blaze"),
    "strike": ("Bread",),
    "ferry": ("visor", "Sigrid"),
    "canker": ("canker", "Vellin"),
}


def placed(reports, encoder=None):
    found = group(reports, grouper=Grouper(encoder=encoder))
    return {one.report: one for one in found}


def notes(one):
    return [why.note for why in one.because if "meaning" in why.note]


def test_a_story_in_other_words_is_found_and_the_reason_is_said():
    assert placed(NEWS)["nordwire"].story != placed(NEWS)["skarv-post"].story
    found = placed(NEWS, ByHand(KNOWS))
    assert found["nordwire"].story == found["skarv-post"].story
    assert found["ledger"].story != found["skarv-post"].story
    said = "are alike in meaning (cosine 1.00 by the model by hand) with report skarv-post"
    assert any(said in note for note in notes(found["nordwire"]))


def test_words_that_a_model_contradicts_are_not_enough():
    one, other = FERRY[0], FERRY[2]
    assert len({each.story for each in placed([one, other]).values()}) == 1
    against = ByHand({"fines": (one.title,), "company": (other.title,)})
    found = placed([one, other], against)
    assert found[one.id].story != found[other.id].story
    assert any("Beginnings differ in meaning" in note for note in notes(found[other.id]))


def test_meaning_alone_joins_nothing():
    """Two events of one kind, with no name, number or rare word in common."""
    found = placed([COTTAGE, BREAD], ByHand({"all": ("cottage", "Bread")}))
    assert found["skarv-post"].story != found["ledger"].story


def test_a_model_has_no_say_in_a_language_that_it_does_not_read():
    unable = ByHand(KNOWS, reads=())
    plain = placed([*NEWS, GERMAN])
    assert placed([*NEWS, GERMAN], unable) == plain
    assert not any(one.text[:80] in text for one in NEWS for text in unable.asked)
    english = placed([*NEWS, GERMAN], ByHand(KNOWS))
    assert not notes(english[GERMAN.id])


def test_a_language_without_invented_news_is_one_that_no_model_reads():
    meanings = Meanings(ByHand(KNOWS))
    assert meanings.scale("en", "en") is not None
    assert meanings.scale("xx", "xx") is None
    assert meanings.scale(None, None) is None
    assert meanings.of(msgspec.structs.replace(COTTAGE, language="xx")) is None


def test_a_model_of_two_languages_is_heard_across_them():
    both = Meanings(ByHand(KNOWS, reads=("en", "de")))
    assert both.scale("de", "en") == both.scale("en", "de") is not None
    assert Meanings(ByHand(KNOWS)).scale("de", "en") is None
    abroad = report(
        "anzeiger",
        "Auf der Insel ist in der Nacht ein altes Holzhaus abgebrannt. Verletzt wurde niemand. Die "
        "Feuerwehr setzte mit Booten über, konnte aber nichts mehr retten. Es geht um das cottage "
        "von Skarv, das der Gemeinde gehört.",
        title="Altes Haus auf Skarv abgebrannt",
        language="de",
        published="2031-03-04",
    )
    apart = placed([abroad, COTTAGE])
    assert apart["anzeiger"].story != apart["skarv-post"].story
    found = placed([abroad, COTTAGE], ByHand(KNOWS, reads=("en", "de")))
    assert found["anzeiger"].story == found["skarv-post"].story
    assert notes(found["anzeiger"])


def test_the_order_of_arrival_within_a_day_does_not_matter():
    outcomes = set()
    for seed in range(4):
        arriving = list(NEWS)
        random.Random(seed).shuffle(arriving)
        arriving.sort(key=lambda one: (one.published or "")[:10])
        grouper = Grouper(encoder=ByHand(KNOWS))
        for one in arriving:
            grouper.add(one)
            if seed % 2:
                grouper.settle()
        grouper.settle()
        outcomes.add(tuple(sorted((one.id, one.reports) for one in grouper.stories())))
    assert len(outcomes) == 1
    batch = {one.report: one.story for one in placed(NEWS, ByHand(KNOWS)).values()}
    assert {name: story for story, names in outcomes.pop() for name in names} == batch


def test_a_saved_grouper_goes_on_and_refuses_another_model():
    encoder = ByHand(KNOWS)
    ordered = sorted(NEWS, key=lambda one: (one.published or "")[:10])
    texts = [one for one in ordered if (one.published or "")[:10] == "2031-03-04"]
    whole = Grouper(encoder=encoder)
    for one in texts:
        whole.add(one)
    whole.settle()
    state = whole.save()
    asked = len(encoder.asked)
    again = Grouper.restore(state, texts, encoder=encoder)
    assert not any(BEGINNING_OF[one.id] in encoder.asked[asked:] for one in texts)
    for one in ordered[len(texts) :]:
        whole.add(one)
        again.add(one)
    whole.settle()
    again.settle()
    assert again.stories() == whole.stories()
    for other in (None, ByHand({"fire": ("blaze",)})):
        with pytest.raises(UsageError, match="was made with the encoder"):
            Grouper.restore(state, texts, encoder=other)
    plain = Grouper()
    plain.add(COTTAGE)
    with pytest.raises(UsageError, match="without an encoder"):
        Grouper.restore(plain.save(), [COTTAGE], encoder=encoder)


BEGINNING_OF = {one.id: beginning(one) for one in NEWS}


def test_identical_beginnings_are_encoded_once():
    encoder = ByHand(KNOWS)
    copies = [msgspec.structs.replace(COTTAGE, id=f"copy-{number}") for number in range(20)]
    found = placed(copies, encoder)
    assert len({one.story for one in found.values()}) == 1
    assert encoder.asked.count(beginning(COTTAGE)) == 1


def test_what_is_encoded_is_the_beginning():
    long = Report(id="a", text="word " * 10_000, title=None)
    assert len(beginning(long)) == BEGINNING
    assert beginning(COTTAGE).startswith("Fire destroys keeper's cottage on Skarv\nSKARV, 4")
    repeated = Report(id="b", text="One title.\nThen more.", title="One title.")
    assert beginning(repeated) == "One title.\nThen more."
    assert beginning(Report(id="c", text="", title="")) == ""


def kept(row, encoder, meaning=True):
    grouper = Grouper()
    grouper.add(COTTAGE)
    vector = next(iter(grouper._kept.values())).vector
    units = (encoder.encode([f"text {row}"])[0] * 2048).astype(np.int16) if meaning else None
    return Kept(
        id=str(row),
        key=str(row),
        day=0,
        moment=0.0,
        language="en",
        outlet=None,
        vector=vector,
        meaning=units,
    )


class Scattered(ByHand):
    """Every other text anywhere, the same text in the same place."""

    def encode(self, texts):
        rows = super().encode(texts)
        for row, text in zip(rows, texts, strict=True):
            if text.startswith("text "):
                row[:] = np.random.default_rng(int(text[5:]) % 50).normal(size=len(row))
        return on_grid(rows)


def every(some, others):
    one = np.repeat(np.arange(len(some)), len(others))
    other = np.tile(np.arange(len(others)), len(some))
    return alike(some, others, one, other).reshape(len(some), len(others))


def test_cosines_are_the_same_in_any_company():
    encoder = Scattered(KNOWS)
    some = [kept(row, encoder) for row in range(12)]
    table = every(some, some)
    assert (table == table.T).all()
    for row, one in enumerate(some):
        assert (every([one], some)[0] == table[row]).all()
        assert every(some[row:], [some[3]])[:, 0].tolist() == table[row:, 3].tolist()
    without = kept(0, encoder, meaning=False)
    assert np.isnan(every([without, some[1]], [some[2]])).tolist() == [[True], [False]]
    assert np.isnan(every([without], [without])).all()


def test_the_nearest_are_those_of_looking_at_all():
    encoder = Scattered(KNOWS)
    meanings = Meanings(encoder)
    nearest = Nearest(meanings)
    some = {row: kept(row, encoder) for row in range(100, 300)}
    for row, one in some.items():
        nearest.put(row, one)
    nearest.forget_before(150)
    for row in (151, 199, 299):
        cosines = every([some[row]], [some[other] for other in range(150, row)])[0]
        measured = meanings.measure(cosines, ["en"] * (row - 150), ["en"] * (row - 150))
        order = sorted(range(row - 150), key=lambda place: (-cosines[place], -place))
        wanted = [150 + place for place in order if measured[place] >= 0.5]
        assert nearest.near(row) == wanted[:4]
    assert nearest.near(150) == []
    assert nearest.near(299)
    nearest.put(299, some[161])
    assert nearest.near(299)[0] in (161, 211, 261)
