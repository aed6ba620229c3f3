"""Look-alike stories: alike in most words, each with words of its own."""

from __future__ import annotations

from collections.abc import Sequence

from retold.group.comparing import Pairs
from retold.group.decision import shipped
from retold.group.distinct import distinct
from retold.group.features import features
from retold.group.frequencies import Frequencies
from retold.group.kept import Kept, moment
from retold.group.parting import parted
from retold.group.reading import tokens
from retold.group.vectors import vector

_KNOWN = Frequencies("en")
_QUILL = (
    "A ferry ran aground off Quill Head before dawn with forty pilgrims on board, said the guard.",
    "The coast guard took forty pilgrims off a ferry that had run aground near Quill Head at dawn.",
    "Before dawn a ferry ran onto rocks at Quill Head. The pilgrims came ashore, all forty.",
    "Forty pilgrims came ashore in boats after rocks off Quill Head had holed their ferry at dawn.",
)
_SANDHOLM = (
    "A choir on its way to a wedding was brought ashore when a ferry ran aground on Sandholm.",
    "The wedding had to wait: the ferry with the choir lay aground on Sandholm until noon.",
    "The coast guard freed a ferry aground at Sandholm; the choir of a wedding sang.",
    "Aground on Sandholm for hours, a choir sang on the ferry what it had rehearsed for a wedding.",
)


def kept(text: str, published: str | None) -> Kept:
    of = features(None, tokens(text, "en"), text, "en")
    return Kept(
        id=text,
        key=text,
        day=0,
        moment=moment(published),
        language="en",
        outlet=None,
        vector=vector(of, _KNOWN),
    )


def tellings(ways: Sequence[str], published: str | None = None) -> list[Kept]:
    return [kept(way, published) for way in ways]


QUILL = tellings(_QUILL)
SANDHOLM = tellings(_SANDHOLM)


def told_apart(some: list[Kept], others: list[Kept]) -> bool:
    rows = dict(enumerate([*some, *others]))
    first = range(len(some))
    return distinct(first, range(len(some), len(rows)), rows, Pairs(shipped()))


def stories(reports: list[Kept]) -> list[list[Kept]]:
    rows = dict(enumerate(reports))
    return [
        [rows[row] for row in some] for some in parted(range(len(rows)), rows, Pairs(shipped()))
    ]


def test_two_events_of_one_kind_are_told_apart():
    assert told_apart(QUILL, SANDHOLM)
    assert told_apart(SANDHOLM, QUILL)


def test_halves_of_one_story_are_not():
    assert not told_apart(QUILL, QUILL[::-1])


def test_a_few_reports_prove_nothing():
    assert not told_apart(QUILL[:3], SANDHOLM)


def test_new_words_on_another_day_are_no_other_story():
    one = tellings(_QUILL, "2031-03-04")
    assert told_apart(one, tellings(_SANDHOLM, "2031-03-04"))
    assert not told_apart(one, tellings(_SANDHOLM, "2031-03-06"))


def test_two_events_that_were_woven_together_are_parted():
    woven = [one for both in zip(QUILL, SANDHOLM, strict=True) for one in both]
    assert [[one.id for one in some] for some in stories(woven)] == [[*_QUILL], [*_SANDHOLM]]


def test_one_event_is_not_parted():
    more = [kept("Update. " + one.id + " No one was hurt.", None) for one in QUILL]
    assert len(stories([*QUILL, *more])) == 1
