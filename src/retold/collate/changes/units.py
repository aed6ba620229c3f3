"""What a reading says, as the units that are compared.

A reading becomes a run of units: names (one unit however many words), numbers, dates, hedges,
negations, quantity words, reporting verbs, and plain content words. Words without content of
their own are left out, so that "in the world" and "on the planet" differ in one unit.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date
from enum import IntEnum

from msgspec import Struct

from retold.collate.changes.lexicon import Sign
from retold.model import ActorKind, Segmented, Sentence, Span
from retold.text.dates import Date
from retold.text.declensions import Told
from retold.text.numbers import Number

__all__ = [
    "PRONOUN",
    "Capitals",
    "Kind",
    "Mention",
    "Name",
    "Reading",
    "ReportFacts",
    "Unit",
    "capitals",
]


class Kind(IntEnum):
    """What a unit is."""

    CONTENT = 1
    NAME = 2
    REFERENCE = 3  # a pronoun or office noun that stands for an actor
    NUMBER = 4
    DATE = 5
    CUE = 6
    HEDGE = 7
    NEGATION = 8
    QUANTITY = 9
    ORDER = 10


PRONOUN = "@~"
"""Begins the key of a pronoun, which is matched with a name only when nothing else is."""


class Mention(Struct, frozen=True, gc=False):
    """A span of a report that names an actor.

    Attributes:
        start, end: its characters.
        actor, kind: id and kind of the actor.
        named: the actor has a name, not only offices.
        words: folded words of that name.
    """

    start: int
    end: int
    actor: str
    kind: ActorKind
    named: bool = False
    words: frozenset[str] = frozenset()


class Name(Struct, frozen=True, gc=False):
    """A name as written.

    Attributes:
        words: folded, without titles and particles.
        actor: actor id, "" when nobody has resolved it.
        kind: of the actor.
        plain: folded, as written.
        forms: folded, with accents and case endings, without titles.
        told: what the words beside it tell of its gender and case.
        beside: the words that touch it, folded.
        placed: a preposition or a noun of place stands beside it.
        listed: a table of places has it.
    """

    words: tuple[str, ...]
    plain: tuple[str, ...]
    actor: str
    kind: ActorKind
    placed: bool = False
    listed: bool = False
    forms: tuple[str, ...] = ()
    told: Told = Told()
    beside: tuple[str, str] = ("", "")


class Unit(Struct, gc=False):
    """One thing that a reading says.

    Attributes:
        key: equal keys say the same.
        start, end: whole words of the report's text.
        kind: see `Kind`.
        quoted: number of the stretch in quotation marks it stands in, from 1; 0 outside.
        sentence: number of its sentence inside the reading, from 0.
        number, date, sign, name: the fact, by kind.
        breaks: a clause begins with this unit.
        counted: keys of the content words behind a number: what it counts, and what of it.
        before: key of the content word right before a number ("wounding six").
        capital: begins with a capital letter.
        word, word_key: its words, folded, and their key, whatever else it stands for.
        described: a reference by what somebody is, to an actor without a name.
    """

    key: str
    start: int
    end: int
    kind: Kind
    quoted: int
    sentence: int
    number: Number | None = None
    date: Date | None = None
    sign: Sign | None = None
    name: Name | None = None
    breaks: bool = False
    counted: tuple[str, ...] = ()
    before: str = ""
    capital: bool = False
    described: bool = False
    word: str = ""
    word_key: str = ""


class ReportFacts(Struct):
    """What is known of one report before its readings are looked at.

    Attributes:
        segmented: the report.
        mentions: in order, none inside another.
        starts: their beginnings.
        quotes: stretches in quotation marks (outer, inner), in order, none inside another.
        quote_starts: beginnings of their inner spans.
        written: the day it was published.
        cues: beginnings of the cues of its quotations.
        dateline: its span, (0, 0) without one.
        folded: its text in lower case, for looking words up.
    """

    segmented: Segmented
    mentions: tuple[Mention, ...]
    starts: tuple[int, ...]
    quotes: tuple[tuple[int, int, int, int], ...]
    quote_starts: tuple[int, ...]
    written: date | None
    cues: frozenset[int]
    dateline: Span = (0, 0)
    folded: str = ""

    def mentions_between(self, start: int, end: int) -> tuple[Mention, ...]:
        """Mentions that begin in a stretch of the text."""
        return self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def quotes_between(self, start: int, end: int) -> tuple[tuple[int, int, int, int], ...]:
        """Stretches in quotation marks that touch a stretch of the text."""
        first = bisect_right(self.quote_starts, start)
        if first and self.quotes[first - 1][3] > start:
            first -= 1
        return self.quotes[first : bisect_left(self.quote_starts, end)]


class Capitals(Struct, frozen=True):
    """What capital letters in a story tell of names.

    Attributes:
        proper: folded words that stand capitalised inside sentences.
        ordinary: folded words that stand without a capital letter.
    """

    proper: frozenset[str]
    ordinary: frozenset[str]


class Reading(Struct):
    """The units of one report's sentences of a passage.

    Attributes:
        facts: of the report.
        sentences, units: in order.
        of_kind: indices of the units of each kind.
        sources: unit of a reporting verb -> the units of its source, as far as looked for.
    """

    facts: ReportFacts
    sentences: tuple[Sentence, ...]
    units: list[Unit]
    of_kind: dict[Kind, list[int]]
    sources: dict[int, list[int]] = {}

    @property
    def report(self) -> str:
        """Id of the report."""
        return self.facts.segmented.report.id

    @property
    def text(self) -> str:
        """The report's text."""
        return self.facts.segmented.report.text


def capitals(reports: Iterable[Segmented]) -> Capitals:
    """Which words of a story are written with and without a capital letter."""
    proper: set[str] = set()
    ordinary: set[str] = set()
    for segmented in reports:
        text = segmented.report.text
        for sentence in segmented.sentences:
            for word in sentence.words[1:]:
                (proper if text[word.start].isupper() else ordinary).add(word.form)
    return Capitals(frozenset(form.removesuffix("'s") for form in proper), frozenset(ordinary))
