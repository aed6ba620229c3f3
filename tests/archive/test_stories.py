"""Lists of stories, their filters and pages, traces, on both engines."""

from __future__ import annotations

import pytest

from retold.archive import quoting, stories
from retold.archive.adding import Item, add
from retold.errors import NothingFound, UsageError
from retold.keeping.correcting import correct, joined, undo
from retold.keeping.refreshing import refresh_quotations
from retold.keeping.stories import refresh_stories
from retold.keeping.tellings import is_fresh, telling_of
from tests.keeping.days import keep, told

from .items import report


@pytest.fixture
def filled(archive):
    """Stories 1 to 4 on days 1 to 4; story 3 in two languages; story 4 by one outlet."""
    for seed in (1, 2, 3):
        keep(archive, [told(seed, outlet, seed) for outlet in ("Tide", "Post", "Courier")])
    keep(archive, [told(4, "Mercury", 4)])
    add(
        archive,
        [
            Item(
                report(
                    "Der Kahn fährt nicht, sagte Ilse Tornqvist. „Niemand hat uns gefragt.“",
                    title="Der Kahn bleibt",
                    outlet="Abendblatt",
                    published="2025-03-05",
                    language="de",
                )
            )
        ],
    )
    refresh_stories(archive)
    return archive


def found(archive, **asked):
    return [line.first[:10] for line in stories.listed(archive, stories.Asked(**asked)).stories]


def test_the_newest_comes_first_and_filters_hold(filled):
    days = [f"2025-03-0{day}" for day in (5, 4, 3, 2, 1)]
    assert found(filled) == days
    assert found(filled, order="oldest") == days[::-1]
    assert found(filled, least=3) == days[2:]
    assert found(filled, outlets=["the  MERCURY"]) == [days[1]]
    assert found(filled, languages=["de"]) == [days[0]]
    assert found(filled, since="2025-03-02", until="2025-03-03") == [days[2], days[3]]
    assert found(filled, words="kahn tornqvist") == [days[0]]
    word = told(2, "Tide", 2).title.split()[0]
    assert found(filled, words=word) == [days[3]]
    assert found(filled, words="nothing-like-this") == []


def test_people_are_found_once_quotations_are(filled):
    refresh_quotations(filled)
    assert found(filled, further=[quoting.named("Ilse Tornqvist")]) == ["2025-03-05"]


def test_counts_and_members(filled):
    line = stories.listed(filled, stories.Asked(order="oldest", limit=1)).stories[0]
    assert (line.reports, line.outlets, line.tellings) == (3, 3, 3)
    assert line.languages == ("en",)
    one = stories.get(filled, line.id)
    assert one.asked == line.id
    assert [m.published for m in one.members] == sorted(m.published for m in one.members)
    assert one.members[0].title == line.title
    assert any(m.because for m in one.members)
    with filled.reading() as connection:
        at = stories.of_reports(connection, [m.report for m in one.members] + ["nobody"])
    assert at == {m.report: line.id for m in one.members}


def test_pages_are_what_they_were_while_stories_come(filled):
    seen = []
    after = None
    while True:
        page = stories.listed(filled, stories.Asked(limit=2, after=after))
        seen += [line.id for line in page.stories]
        keep(filled, [told(900 + len(seen), "Tide", 9)])
        refresh_stories(filled)
        after = page.next
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 5
    assert len(found(filled)) == 8


def test_a_page_of_another_list_is_refused(filled):
    page = stories.listed(filled, stories.Asked(limit=1))
    for asked in (
        stories.Asked(limit=1, least=2, after=page.next),
        stories.Asked(after="nonsense"),
        stories.Asked(after="ä"),
        stories.Asked(limit=0),
        stories.Asked(kinds=["colour"]),
        stories.Asked(since="tomorrow"),
        stories.Asked(words="-only"),
    ):
        with pytest.raises(UsageError):
            stories.listed(filled, asked)


def test_unknown_stories_are_not_found(filled):
    for name in ("", "nothing", "\0", "\ud800"):
        with pytest.raises(NothingFound):
            stories.get(filled, name)


def test_traces_lead_from_old_ids_and_go_when_they_are_undone(filled):
    ids = [line.id for line in stories.listed(filled, stories.Asked(least=3)).stories]
    made = correct(filled, joined(filled, ids[:2]), by="Ada")
    again = correct(filled, joined(filled, ids[1:]), by="Ada")
    assert {stories.get(filled, name).line.id for name in ids} == {
        stories.get(filled, ids[0]).line.id
    }
    with filled.reading() as connection:
        assert stories.resolved(connection, ids[0]) == stories.resolved(connection, ids[1])
    undo(filled, again.number, by="Ada")
    undo(filled, made.number, by="Ada")
    assert [stories.get(filled, name).line.id for name in ids] == ids
    assert stories.get(filled, ids[0]).formerly == ()


def test_a_telling_is_kept_and_its_kinds_can_be_asked_for(filled):
    line = stories.listed(filled, stories.Asked(least=3)).stories[0]
    assert line.kinds is None
    assert not is_fresh(filled, line.id)
    made = telling_of(filled, line.id)
    assert made.story == line.id
    assert is_fresh(filled, line.id)
    assert telling_of(filled, line.id) == made
    kinds = {change.kind for passage in made.passages for change in passage.changes}
    again = stories.get(filled, line.id).line
    assert set(again.kinds) == kinds
    asked = stories.Asked(kinds=sorted(kinds))
    assert [one.id for one in stories.listed(filled, asked).stories] == [line.id]
    keep(filled, [told(3, "Lantern", 3)])
    refresh_stories(filled)
    assert not is_fresh(filled, line.id)
    assert stories.get(filled, line.id).line.kinds is None
