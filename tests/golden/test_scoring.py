"""The scoring itself: full marks for the truth, none for nothing, and each mistake is seen."""

from __future__ import annotations

import msgspec
import pytest

from retold.model import Edge, Place
from stories.score import COUNTS_OF_MISTAKES, score
from stories.truth import all_stories
from tests.golden.by_hand import STORIES
from tests.golden.oracle import telling

TRUTHS = {story.name: story for story in all_stories()}
each = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)


@each
def test_the_truth_gets_full_marks(story):
    result = score(TRUTHS[story.name], telling(story))
    for measure, figure in result.measures().items():
        best = 0 if measure in COUNTS_OF_MISTAKES else 1
        assert figure == best, (measure, result.errors)


@each
def test_an_empty_telling_gets_none(story):
    nothing = msgspec.structs.replace(
        telling(story),
        passages=(),
        quotations=(),
        actors=(),
        stemma=msgspec.structs.replace(telling(story).stemma, edges=(), witnesses=()),
    )
    figures = score(TRUTHS[story.name], nothing).measures()
    for measure in ("pairs F1", "quotations found", "names F1", "changes found", "edges right"):
        assert figures[measure] == 0, measure


def _demo():
    story = next(story for story in STORIES if story.name == "demo")
    return TRUTHS["demo"], telling(story)


def _measures(**replaced):
    truth, whole = _demo()
    return score(truth, msgspec.structs.replace(whole, **replaced)).measures()


def test_a_link_too_many_lowers_precision():
    _, whole = _demo()
    first, second, *rest = whole.passages
    both = {
        report: tuple(sorted({*first.readings[report], *second.readings[report]}))
        for report in first.readings
    }
    glued = msgspec.structs.replace(first, readings=both)
    assert _measures(passages=(glued, *rest))["pairs precision"] < 1


def test_a_wrong_kind_speaker_and_carrier_are_each_seen():
    _, whole = _demo()
    wrong = tuple(
        msgspec.structs.replace(
            quotation,
            kind="indirect" if quotation.kind == "direct" else "direct",
            speaker="MNB",
            chain=quotation.chain[:1],
        )
        for quotation in whole.quotations
    )
    figures = _measures(quotations=wrong)
    assert figures["quotations found"] == 1
    assert figures["kind"] == figures["speaker"] == 0
    assert 0 < figures["carriers"] < 1


def test_a_quotation_of_nobody_is_spurious():
    _, whole = _demo()
    report = next(report for report in whole.reports if report.id == "daily-tide.txt")
    at = report.text.index("The vessels were detained")
    invented = msgspec.structs.replace(
        whole.quotations[0], id="x", report=report.id, content=((at, at + 20),)
    )
    assert _measures(quotations=(*whole.quotations, invented))["quotations not spurious"] < 1


def test_merged_strangers_are_seen():
    _, whole = _demo()
    minister = next(actor for actor in whole.actors if "Ilan Doresh" in actor.names)
    skipper = next(actor for actor in whole.actors if "Tove Marrin" in actor.names)
    rest = tuple(actor for actor in whole.actors if actor not in (minister, skipper))
    one = msgspec.structs.replace(minister, mentions=minister.mentions + skipper.mentions)
    assert _measures(actors=(*rest, one))["false merges"] == 2


def test_a_change_that_is_none_is_seen():
    _, whole = _demo()
    passage = next(p for p in whole.passages if any(c.kind == "name" for c in p.changes))
    by_id = {report.id: report.text for report in whole.reports}
    places = [
        Place(file, (at := by_id[file].index(words), at + len(words)))
        for file, words in (
            ("corvane.txt", "will not return"),
            ("daily-tide.txt", "does not intend to give back"),
        )
    ]
    flipped = msgspec.structs.replace(passage.changes[0], kind="negation", a=places[0], b=places[1])
    others = tuple(p for p in whole.passages if p is not passage)
    changed = msgspec.structs.replace(passage, changes=(flipped,))
    assert _measures(passages=(*others, changed))["never changes"] == 1


def test_a_wrong_edge_lowers_precision_and_a_stated_one_does_not():
    _, whole = _demo()
    wrong = Edge("daily-tide.txt", "corvane.txt", 1.0, ())
    stated = msgspec.structs.replace(wrong, basis="stated")
    for edge, precise in ((wrong, False), (stated, True)):
        stemma = msgspec.structs.replace(whole.stemma, edges=(*whole.stemma.edges, edge))
        assert (_measures(stemma=stemma)["edges precision"] == 1) is precise
