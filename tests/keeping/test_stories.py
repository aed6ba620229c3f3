"""Stories kept up to date: batches and orders, corrections, traces, and ends in the middle."""

from __future__ import annotations

import contextlib
import random

import pytest

from retold.archive import Archive, corrections, open_archive, stories
from retold.archive.deriving import runs_of
from retold.holdings import FieldCorrected, ReportMoved, StoriesJoined
from retold.keeping import refreshing
from retold.keeping import stories as keeping_stories
from retold.keeping.correcting import correct, joined, moved, parted, pinned, undo
from retold.keeping.stories import refresh_stories
from retold.model import Report
from retold.pipeline import grouped
from retold.settings import Settings

from ..group.meanings import ByHand
from .days import contents, days, keep, told


@pytest.fixture
def places(tmp_path):
    numbers = iter(range(1_000))
    return lambda: tmp_path / f"{next(numbers)}.retold"


def whole(place, batches) -> dict:
    with open_archive(place, create=True) as archive:
        for batch in batches:
            keep(archive, batch)
            refresh_stories(archive)
        assert stories.unplaced(archive) == 0
        return contents(archive)


def test_stories_are_those_of_one_grouping_of_all(places):
    every = [one for day in days(last=4) for one in day]
    expected: dict[str, list[str]] = {}
    for placed in grouped(every):
        expected.setdefault(placed.story, []).append(placed.report)
    at_once = whole(places(), [every])
    assert at_once == {name: sorted(some) for name, some in sorted(expected.items())}
    assert len(at_once) < len(every) / 2
    assert whole(places(), days(last=4)) == at_once


def test_batches_and_orders_do_not_matter(places):
    every = [one for day in days(last=3) for one in day]
    at_once = whole(places(), [every])
    for seed in range(2):
        draw = random.Random(seed)
        batches = []
        for day in days(last=3):
            draw.shuffle(day)
            cut = draw.randrange(len(day))
            batches += [day[:cut], day[cut:]]
        assert whole(places(), batches) == at_once
    # Days that come backwards are grouped anew from the first of them.
    assert whole(places(), list(reversed(days(last=3)))) == at_once


def test_a_second_time_nothing_is_done(places):
    with open_archive(places(), create=True) as archive:
        keep(archive, [one for day in days(last=2) for one in day])
        first = refresh_stories(archive)
        assert first.done == sum(map(len, days(last=2)))
        assert refresh_stories(archive).done == 0


def test_new_reports_cost_their_days_only(places, monkeypatch):
    with open_archive(places(), create=True) as archive:
        for day in days(last=4):
            keep(archive, day)
            refresh_stories(archive)
        seen = []
        real = keeping_stories._Regrouping._of_day

        def watched(self, day):
            found = real(self, day)
            seen.extend(one.report.id for one in found)
            return found

        monkeypatch.setattr(keeping_stories._Regrouping, "_of_day", watched)
        keep(archive, [told(9_999, "Tide", 4)])
        refresh_stories(archive)
        assert len(seen) == len(days(last=4)[-1]) + 1


class Killed(BaseException):
    """The end, as nothing in the program can catch it."""


def test_death_at_any_transaction_loses_nothing(places, monkeypatch):
    monkeypatch.setattr(keeping_stories, "_FLUSH", 12)
    batches = [[one for day in days(last=4) for one in day], [told(7, "Tide", 3)]]
    expected = whole(places(), batches)
    place = places()
    with open_archive(place, create=True) as archive:
        keep(archive, batches[0])
    real = Archive.writing
    left = 0

    def writing(self):
        nonlocal left
        left -= 1
        if left < 0:
            raise Killed
        return real(self)

    reached = []
    for allowed in range(1, 50):
        left = allowed
        with open_archive(place) as archive:
            with monkeypatch.context() as patch:
                patch.setattr(Archive, "writing", writing)
                with contextlib.suppress(Killed):
                    refresh_stories(archive)
                    break
            reached.append(stories.unplaced(archive))
    # It goes on where it was: what was put into a story stays there.
    assert reached == sorted(reached, reverse=True)
    assert any(0 < one < reached[0] for one in reached)
    with open_archive(place) as archive:
        keep(archive, batches[1])
        refresh_stories(archive)
        assert contents(archive) == expected


def test_two_processes_at_once_come_to_what_one_comes_to(places, monkeypatch):
    batches = days(last=3)
    expected = whole(places(), batches)
    place = places()
    real = keeping_stories._Regrouping._flush
    with open_archive(place, create=True) as archive, open_archive(place) as other:
        keep(archive, batches[0])
        waiting = batches[1:]

        def flush(self, dirty, state):
            if waiting and self._archive is archive:
                keep(other, waiting.pop(0))
                refresh_stories(other)
            return real(self, dirty, state)

        monkeypatch.setattr(keeping_stories._Regrouping, "_flush", flush)
        refresh_stories(archive)
        assert len(waiting) == 1
        keep(archive, waiting.pop())
        refresh_stories(archive)
        assert contents(archive) == expected


def test_another_version_groups_anew_and_old_links_still_lead(places, monkeypatch):
    with open_archive(places(), create=True) as archive:
        keep(archive, [one for day in days(last=3) for one in day])
        refresh_stories(archive)
        before = contents(archive)
        runs = {line.run for line in stories.listed(archive, stories.Asked(limit=100)).stories}
        monkeypatch.setattr(refreshing, "version_of", lambda method: "another")
        refresh_stories(archive)
        assert contents(archive) == before
        page = stories.listed(archive, stories.Asked(limit=100))
        assert len(runs) == 1
        assert runs.isdisjoint(line.run for line in page.stories)


@pytest.fixture
def archive(places):
    with open_archive(places(), create=True) as one:
        for day in days(last=3):
            keep(one, day)
            refresh_stories(one)
        yield one


def two(archive) -> list[str]:
    """Two stories of the first day with more than one report, which is closed."""
    page = stories.listed(archive, stories.Asked(least=3, order="oldest"))
    return [line.id for line in page.stories[:2]]


def reports_of(archive, story) -> list[str]:
    return [one.report for one in stories.get(archive, story).members]


def test_joined_stories_are_one_at_once_and_hold(archive):
    before = contents(archive)
    one, other = two(archive)
    made = correct(archive, joined(archive, [one, other]), by="Ada")
    found = stories.get(archive, other)
    assert found.line.id in (one, other)
    assert found.line.id == stories.get(archive, one).line.id
    assert found.line.by_hand
    assert {m.report for m in found.members} == {*before[one], *before[other]}
    keep(archive, days(first=4, last=4)[0])
    refresh_stories(archive)
    assert {m.report for m in stories.get(archive, one).members} >= {*before[one], *before[other]}
    undo(archive, made.number, by="Ada")
    refresh_stories(archive)
    assert sorted(reports_of(archive, one)) == before[one]
    assert sorted(reports_of(archive, other)) == before[other]
    assert not stories.get(archive, one).line.by_hand


def test_joining_leaves_a_trace(archive):
    one, other = two(archive)
    correct(archive, joined(archive, [one, other]), by="Ada")
    left = stories.get(archive, one).line.id
    gone = other if left == one else one
    found = stories.get(archive, gone)
    assert found.asked == gone
    assert found.line.id == left
    assert found.formerly == (gone,)


def test_parted_reports_are_a_story_of_their_own_and_hold(archive):
    one = two(archive)[0]
    before = reports_of(archive, one)
    made = correct(archive, parted(archive, one, before[:1]), by="Ada", note="another ferry")
    assert reports_of(archive, one) == before[1:]
    with archive.reading() as connection:
        own = stories.of_reports(connection, before[:1])[before[0]]
    assert reports_of(archive, own) == before[:1]
    keep(archive, days(first=4, last=4)[0])
    refresh_stories(archive)
    assert reports_of(archive, own) == before[:1]
    undo(archive, made.number, by="Ada")
    refresh_stories(archive)
    assert reports_of(archive, one) == before
    assert stories.get(archive, own).line.id == one


def test_a_moved_report_goes_alone(archive):
    one, other = two(archive)
    here, there = reports_of(archive, one), reports_of(archive, other)
    correct(archive, moved(archive, here[0], other), by="Ada")
    assert sorted(reports_of(archive, other)) == sorted([*there, here[0]])
    assert reports_of(archive, one) == here[1:]
    correct(archive, moved(archive, here[0], None), by="Ada")
    assert sorted(reports_of(archive, other)) == sorted(there)


def test_decisions_about_the_open_days_are_told_to_grouping(archive):
    page = stories.listed(archive, stories.Asked(least=2))
    one, other = (line.id for line in page.stories[:2])
    reports = [reports_of(archive, one)[-1], reports_of(archive, other)[-1]]
    made = correct(archive, StoriesJoined(tuple(reports)), by="Ada")
    refresh_stories(archive)
    for seed in (301, 302, 303):
        keep(archive, [told(seed, "Lantern", 4)])
    refresh_stories(archive)
    assert stories.get(archive, one).line.id == stories.get(archive, other).line.id
    undo(archive, made.number, by="Ada")
    refresh_stories(archive)
    assert stories.get(archive, one).line.id != stories.get(archive, other).line.id


def test_the_later_decision_holds_but_a_pin_holds_against_all(archive):
    one = two(archive)[0]
    reports = reports_of(archive, one)
    correct(archive, parted(archive, one, reports[:1]), by="Ada")
    correct(archive, StoriesJoined(tuple(reports)), by="Ben")
    assert reports_of(archive, one) == reports
    correct(archive, pinned(archive, one, ()), by="Ada")
    correct(archive, ReportMoved(reports[0], None, tuple(reports[1:])), by="Ben")
    assert reports_of(archive, one) == reports


def test_decisions_wait_for_reports_that_are_not_here(archive):
    late = told(4242, "Tide", 2)
    one = two(archive)[0]
    mine = reports_of(archive, one)[0]
    correct(archive, StoriesJoined((mine, late.id)), by="Ada")
    keep(archive, [late])
    refresh_stories(archive)
    assert late.id in reports_of(archive, one)


def test_a_corrected_date_moves_a_report(archive):
    one = stories.listed(archive, stories.Asked(least=3, order="oldest")).stories[0].id
    report = reports_of(archive, one)[0]
    made = corrections.correct(archive, FieldCorrected(report, "published", "2025-02-01"), by="Ada")
    refresh_stories(archive)
    assert report not in {m.report for m in stories.get(archive, one).members[1:]}
    with archive.reading() as connection:
        at = stories.of_reports(connection, [report])[report]
    assert reports_of(archive, at) == [report]
    corrections.undo(archive, made.number, by="Ada")
    refresh_stories(archive)
    assert report in reports_of(archive, one)


def test_a_corrected_headline_is_in_the_list_at_once(archive):
    name = two(archive)[0]

    def line():
        return stories.get(archive, name).line

    before = line()
    first = reports_of(archive, name)[0]
    made = correct(archive, FieldCorrected(first, "title", "Ferry stays in harbour"), by="Ada")
    assert line().title == "Ferry stays in harbour"
    refresh_stories(archive)
    assert line().title == "Ferry stays in harbour"
    undo(archive, made.number, by="Ada")
    assert line().title == before.title
    # Signed without a look at stories, it is there when they are brought up to date.
    corrections.correct(archive, FieldCorrected(first, "outlet", "The Quiet Gull"), by="Ada")
    corrections.correct(archive, FieldCorrected(first, "title", "Ferry sails again"), by="Ada")
    assert line().title == before.title
    refresh_stories(archive)
    assert (line().title, line().outlets) == ("Ferry sails again", before.outlets)


def test_bad_dates_titles_and_identical_reports_are_sound(places):
    plain = told(1, "Tide", 1)
    odd = [
        Report(id="undated", text=told(2, "Tide", 1).text, outlet="Tide"),
        Report(id="future", text=plain.text + " More.", outlet="Post", published="2999-01-01"),
        Report(id="no-date", text="Nothing in it.", title="", published="yesterday"),
        Report(id="year", text="In the year one.", published="0001-01-01"),
        Report(id="empty", text="", title=" "),
        Report(id="nul", text="a\0b \ud800 c", title="\ud800"),
        *(
            Report(id=f"same{n}", text=plain.text, title=plain.title, published="2025-03-01")
            for n in range(60)
        ),
    ]
    with open_archive(places(), create=True) as archive:
        keep(archive, [plain, *odd])
        refresh_stories(archive)
        assert stories.unplaced(archive) == 0
        with archive.reading() as connection:
            at = stories.of_reports(connection, [plain.id, "same0", "same59"])
        assert len(set(at.values())) == 1
        line = stories.get(archive, at["same0"]).line
        assert line.reports >= 61
        assert line.tellings == 1


def test_a_report_without_a_date_goes_where_its_story_is(archive):
    one = stories.listed(archive, stories.Asked(least=3, order="oldest")).stories[0]
    number = stories.get(archive, one.id).members[0].report
    like = next(each for day in days(last=3) for each in day if each.id == number)
    late = Report(id="late", text=like.text + " Nobody knows when.", title=like.title)
    keep(archive, [late])
    refresh_stories(archive)
    assert "late" in reports_of(archive, one.id)


def test_only_undated_reports(places):
    with open_archive(places(), create=True) as archive:
        keep(archive, [Report(id=name, text=told(5, name, 1).text) for name in ("a", "b")])
        refresh_stories(archive)
        keep(archive, [Report(id="c", text=told(5, "c", 1).text)])
        refresh_stories(archive)
        page = stories.listed(archive, stories.Asked())
        assert [(one.reports, one.first) for one in page.stories] == [(3, None)]


def test_stories_made_with_an_encoder_are_stale_without_it_and_with_another(places, monkeypatch):
    one, other = ByHand({"a": ("The ",)}), ByHand({"b": ("The ",)})
    known = {None: None, "one": one, "other": other}
    monkeypatch.setattr(keeping_stories, "encoder_of", lambda settings: known[settings.encoder])
    every = days(last=4)
    with open_archive(places(), create=True) as archive:
        for batch in every[:3]:
            keep(archive, batch)
            refresh_stories(archive, Settings(encoder="one"))
        asked = len(one.asked)
        refresh_stories(archive, Settings(encoder="one"))
        assert len(one.asked) == asked
        keep(archive, every[3])
        refresh_stories(archive, Settings(encoder="one"))
        # The vectors of the days before came out of the checkpoint, and so did the stories.
        assert 0 < len(one.asked) - asked < asked / 2
        with_one = contents(archive)
        runs = len(runs_of(archive, keeping_stories.METHOD))
        refresh_stories(archive)
        assert len(runs_of(archive, keeping_stories.METHOD)) == runs + 1
        assert contents(archive) == whole(places(), every)
        refresh_stories(archive, Settings(encoder="other"))
        assert other.asked
        assert len(runs_of(archive, keeping_stories.METHOD)) == runs + 2
        refresh_stories(archive, Settings(encoder="one"))
        assert contents(archive) == with_one
