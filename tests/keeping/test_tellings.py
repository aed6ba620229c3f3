"""Tellings of kept stories, with what people decided about actors, passages and descent."""

from __future__ import annotations

import pytest

from retold.archive import open_archive, stories
from retold.archive.adding import Item, add
from retold.holdings import (
    ActorsJoined,
    ActorsParted,
    EdgeConfirmed,
    EdgeRejected,
    FieldCorrected,
    PassagesJoined,
    PassagesParted,
)
from retold.keeping import tellings
from retold.keeping.correcting import correct, undo
from retold.keeping.stories import refresh_stories
from retold.keeping.tellings import is_fresh, telling_of
from retold.model import Place, Report, Telling
from tests.archive.made import made

_LEAD = (
    "The harbour council of Brackwater voted on Tuesday to keep the ferry Halcyon at the quay "
    "until the new ropes are delivered, after eleven passengers were hurt on 27 February."
)
_SAID = (
    "“Nobody sails on a rope that I would not tie my own boat with,” said Ilse Tornqvist, the "
    "harbour master of Brackwater."
)
_COST = "The yard at Vellin asks 84,000 crowns for the work and wants to be paid by June."
_TIDE = (
    f"{_LEAD}\n\n{_SAID}\n\n{_COST}\n\nMayor Odd Brekke called the vote a relief for the islands."
)
_POST = (
    f"{_LEAD}\n\n{_SAID}\n\n{_COST}\n\nBrekke, who is mayor, spoke of a relief to every islander."
)
_COURIER = (
    "Brackwater keeps the Halcyon moored, its council decided on Tuesday; eleven passengers of "
    "the ferry had been hurt on 27 February when a rope broke.\n\n"
    f"{_SAID}\n\nVellin's yard wants 84,000 crowns. The skipper, Tornquist's cousin, was silent."
)


def _report(name: str, text: str, hour: int) -> Report:
    return Report(
        id=name,
        text=text,
        title="Halcyon stays at the quay in Brackwater",
        outlet=name.title(),
        published=f"2025-03-04T{hour:02d}:00:00Z",
        language="en",
    )


@pytest.fixture
def archive(tmp_path):
    with open_archive(made(tmp_path / "a.retold"), create=True) as one:
        reports = [_report("tide", _TIDE, 8), _report("post", _POST, 9)]
        add(one, [Item(each) for each in [*reports, _report("courier", _COURIER, 11)]])
        refresh_stories(one)
        yield one


def story(archive) -> str:
    page = stories.listed(archive, stories.Asked())
    assert [line.reports for line in page.stories] == [3]
    return page.stories[0].id


def place(text: str, name: str, words: str) -> Place:
    start = text.index(words)
    return Place(name, (start, start + len(words)))


def passage_at(telling: Telling, where: Place):
    report = next(one for one in telling.reports if one.id == where.report)
    number = next(
        number
        for number, (start, end) in enumerate(report.sentences)
        if start <= where.span[0] < end
    )
    found = (one for one in telling.passages if number in one.readings.get(where.report, ()))
    return next(found, None)


def actor_at(telling: Telling, where: Place):
    found = (one for one in telling.actors if where in one.mentions)
    return next(found, None)


def said_by_ada(because) -> bool:
    return any(one.kind == "person" and one.note.startswith("Ada decided on 2") for one in because)


def test_reports_stand_in_the_order_of_time_and_the_id_is_the_storys(archive):
    telling = telling_of(archive, story(archive))
    assert [one.id for one in telling.reports] == ["tide", "post", "courier"]
    assert telling.story == story(archive)
    assert telling.passages


def test_parted_and_joined_passages(archive):
    name = story(archive)
    a, b = place(_TIDE, "tide", _COST), place(_COURIER, "courier", "Vellin's yard wants")
    c = place(_POST, "post", "spoke of a relief to every")
    before = telling_of(archive, name)
    assert passage_at(before, a) is passage_at(before, b) is not None
    made = correct(archive, PassagesParted(a, b), by="Ada")
    assert not is_fresh(archive, name)
    parted = telling_of(archive, name)
    assert passage_at(parted, b) is None
    assert set(passage_at(parted, a).readings) == {"tide", "post"}
    assert said_by_ada(passage_at(parted, a).because)
    undo(archive, made.number, by="Ada")
    assert telling_of(archive, name) == before
    correct(archive, PassagesJoined(a, c), by="Ada")
    joined = telling_of(archive, name)
    assert passage_at(joined, c) is passage_at(joined, a)
    assert said_by_ada(passage_at(joined, a).because)
    assert [one.id for one in joined.passages] == [
        f"P{number}" for number in range(1, len(joined.passages) + 1)
    ]
    for report in joined.reports:
        numbers = [n for one in joined.passages for n in one.readings.get(report.id, ())]
        numbers += joined.only[report.id]
        assert sorted(numbers) == list(range(len(report.sentences)))


def test_two_sentences_that_are_in_no_passage_make_one(archive):
    a = place(_TIDE, "tide", "called the vote a relief")
    b = place(_COURIER, "courier", "The skipper")
    name = story(archive)
    before = telling_of(archive, name)
    correct(archive, PassagesJoined(a, b), by="Ada", note="the same speech")
    after = telling_of(archive, name)
    whole = passage_at(after, a)
    assert whole is passage_at(after, b)
    assert {"tide", "courier"} <= set(whole.readings)
    assert whole.because[0].note.endswith(": the same speech")
    assert len(after.passages) in (len(before.passages), len(before.passages) + 1)


def test_parted_and_joined_actors(archive):
    name = story(archive)
    a = place(_TIDE, "tide", "Ilse Tornqvist")
    b = place(_TIDE, "tide", "Mayor Odd Brekke")
    before = telling_of(archive, name)
    here, there = (
        next(one for one in before.actors if any(_touch(m, where) for m in one.mentions))
        for where in (a, b)
    )
    assert here.id != there.id
    made = correct(archive, ActorsJoined(a, b), by="Ada")
    joined = telling_of(archive, name)
    one = next(each for each in joined.actors if each.id == here.id)
    assert set(one.mentions) == {*here.mentions, *there.mentions}
    assert there.id not in {each.id for each in joined.actors}
    assert said_by_ada(one.because)
    undo(archive, made.number, by="Ada")
    mention = next(m for m in here.mentions if m.report == "courier")
    first = next(m for m in here.mentions if m.report == "tide")
    correct(archive, ActorsParted(first, mention), by="Ada")
    parted = telling_of(archive, name)
    two = [actor_at(parted, first), actor_at(parted, mention)]
    assert two[0].id != two[1].id
    assert said_by_ada(two[1].because)
    known = {each.id for each in parted.actors}
    assert {q.speaker for q in parted.quotations} - {None} <= known
    speakers = {q.report: q.speaker for q in parted.quotations if q.speaker in {t.id for t in two}}
    assert speakers["tide"] == two[0].id
    assert speakers["courier"] == two[1].id


def _touch(one: Place, other: Place) -> bool:
    return (
        one.report == other.report and one.span[0] < other.span[1] and other.span[0] < one.span[1]
    )


def test_confirmed_and_rejected_edges(archive):
    name = story(archive)
    made = correct(archive, EdgeConfirmed("courier", "tide"), by="Ada")
    stemma = telling_of(archive, name).stemma
    edge = next(one for one in stemma.edges if (one.from_, one.to) == ("courier", "tide"))
    assert edge.support == 1.0
    assert said_by_ada(edge.evidence)
    assert not any((one.from_, one.to) == ("tide", "courier") for one in stemma.edges)
    correct(archive, EdgeRejected("courier", "tide"), by="Ben")
    stemma = telling_of(archive, name).stemma
    assert not any((one.from_, one.to) == ("courier", "tide") for one in stemma.edges)
    assert any("Ben decided" in one.note for one in stemma.undecided)
    undo(archive, made.number, by="Ada")
    correct(archive, EdgeConfirmed("Nordic News Agency", "post"), by="Ada")
    stemma = telling_of(archive, name).stemma
    unseen = next(one for one in stemma.witnesses if one.name == "Nordic News Agency")
    assert unseen.kind == "named"
    assert (unseen.id, "post") in {(one.from_, one.to) for one in stemma.edges}


def test_a_corrected_field_makes_a_telling_stale(archive):
    name = story(archive)
    telling_of(archive, name)
    correct(archive, FieldCorrected("tide", "outlet", "The Evening Tide"), by="Ada")
    assert not is_fresh(archive, name)
    telling = telling_of(archive, name)
    assert {one.outlet for one in telling.reports} >= {"The Evening Tide"}


def test_what_a_list_says_of_a_telling_goes_with_a_correction_and_comes_with_the_next(archive):
    name = story(archive)
    telling_of(archive, name)
    assert stories.get(archive, name).line.kinds is not None
    correct(archive, FieldCorrected("tide", "title", "Halcyon sails"), by="Ada")
    assert stories.get(archive, name).line.kinds is None
    telling_of(archive, name)
    refresh_stories(archive)
    line = stories.get(archive, name).line
    assert (line.title, line.kinds is None) == ("Halcyon sails", False)
    assert is_fresh(archive, name)


def test_copies_are_left_out_of_what_is_too_large(archive, monkeypatch):
    name = story(archive)
    add(archive, [Item(_report(f"copy{n}", _TIDE, 12)) for n in range(4)])
    refresh_stories(archive)
    monkeypatch.setattr(tellings, "MOST", 3)
    telling = telling_of(archive, name)
    assert {one.id for one in telling.reports} <= {"tide", "post", "courier", "copy0"}
    assert len(telling.reports) + len(telling.refused) == 7
    assert {one.error for one in telling.refused} == {"StoryTooLarge"}


def test_an_archive_that_cannot_be_written_shows_its_stories(archive, tmp_path):
    name = story(archive)
    with open_archive(tmp_path / "a.retold", read_only=True) as other:
        assert telling_of(other, name).story == name
        assert not is_fresh(other, name)
