"""The page on which passages are joined and parted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retold.archive import Archive
from retold.errors import NothingFound
from retold.holdings import KeptStory
from retold.model import Noun, Passage, Span
from retold.text.terms import terms
from retold.web.prepared import Prepared
from retold.web.views.decisions import DecisionView, decisions_about
from retold.web.views.places import place_of, written

__all__ = ["Choice", "PassageForm", "passage_form"]

_CANDIDATES = 60


class Choice(Noun, frozen=True):
    """Sentences that can be chosen.

    Attributes:
        value: what the form sends: see `places_of`.
        letter, name: of their report.
        report, language: of it.
        sentences: their numbers, from 1.
        words: of them.
        passage: number of the passage they are in; None when they are in none.
    """

    value: str
    letter: str
    name: str
    report: str
    language: str | None
    sentences: tuple[int, ...]
    words: str
    passage: int | None


class PassageForm(Noun, frozen=True):
    """What can be decided about a passage, or about a sentence that is in none.

    Attributes:
        story: id of the story, and `title` its title.
        number: of the passage; None for a sentence that is in none.
        readings: of it.
        asked: words by which other passages were looked for.
        others: one reading of each that it can be joined with, the likest first.
        left_out: how many others are not shown.
        decisions: about it, in force.
    """

    story: str
    title: str
    number: int | None
    readings: tuple[Choice, ...]
    asked: str
    others: tuple[Choice, ...]
    left_out: int
    decisions: tuple[DecisionView, ...]


def passage_form(
    archive: Archive, story: KeptStory, found: Prepared, passage: str, at: str, asked: str
) -> PassageForm:
    """The page for a passage.

    Args:
        archive: open.
        story: that it is in.
        found: its telling.
        passage: its id; or empty for
        at: a sentence, as `place_of` has it.
        asked: words to look for among the others.

    Raises:
        NothingFound: there is no such passage or sentence now.
    """
    own = _passage(found, passage, at)
    if isinstance(own, Passage):
        readings = tuple(
            _choice(found, report, numbers, found.number[own.id])
            for report, numbers in own.readings.items()
        )
        inside = {(one, number) for one, numbers in own.readings.items() for number in numbers}
    else:
        readings = (_choice(found, own[0], (own[1],), None),)
        inside = {own}
    alone = own[0] if not isinstance(own, Passage) else None
    words = set(terms(" ".join(one.words for one in readings)))
    wanted = terms(asked)
    scored = []
    for order, one in enumerate(_others(found, inside, alone)):
        has = terms(one.words)
        if all(word in has for word in wanted):
            share = len(words.intersection(has)) / (1 + min(len(words), len(set(has))))
            scored.append((-share, order, one))
    scored.sort(key=lambda entry: entry[:2])
    decided = decisions_about(
        archive, sorted({one.report for one in readings}), ("join-passages", "part-passages")
    )
    return PassageForm(
        story=story.line.id,
        title=story.line.title,
        number=found.number[own.id] if isinstance(own, Passage) else None,
        readings=readings,
        asked=asked,
        others=tuple(one for *_, one in scored[:_CANDIDATES]),
        left_out=max(0, len(scored) - _CANDIDATES),
        decisions=tuple(one for one in decided if _touches(one, readings, found)),
    )


def _passage(found: Prepared, passage: str, at: str) -> Passage | tuple[str, int]:
    """The passage that is meant, or the report and number of a sentence that is in none."""
    look = found.look
    if at:
        place = place_of(at)
        number = look.sentence(place.report, place.span[0])
        if number is None:
            raise NothingFound(
                "this sentence is not in the story any more",
                advice="Go to the story, and choose it anew",
            )
        passage = look.passage_of.get((place.report, number), "")
        if not passage:
            return place.report, number
    for one in found.telling.passages:
        if one.id == passage:
            return one
    raise NothingFound("there is no such passage now", advice="Go to the story, and choose it anew")


def _others(found: Prepared, inside: set[tuple[str, int]], alone: str | None) -> Iterator[Choice]:
    """A reading of every other passage, and every sentence that is in none."""
    for passage in found.telling.passages:
        report, numbers = next(iter(passage.readings.items()))
        if (report, numbers[0]) not in inside:
            yield _choice(found, report, numbers, found.number[passage.id])
    for report, numbers in found.telling.only.items():
        if report == alone:
            continue  # two sentences of one report are no passage
        for number in numbers:
            if (report, number) not in inside:
                yield _choice(found, report, (number,), None)


def _choice(found: Prepared, report: str, numbers: Sequence[int], passage: int | None) -> Choice:
    told = found.look.reports[report]
    name = found.look.names[report]
    return Choice(
        value=written(report, _runs([told.sentences[number] for number in numbers], numbers)),
        letter=name.letter,
        name=name.name,
        report=report,
        language=told.language,
        sentences=tuple(number + 1 for number in numbers),
        words=" … ".join(told.text[slice(*told.sentences[number])] for number in numbers),
        passage=passage,
    )


def _runs(spans: Sequence[Span], numbers: Sequence[int]) -> list[Span]:
    """Spans of sentences, those of neighbours in one."""
    runs: list[Span] = []
    for order, (span, number) in enumerate(zip(spans, numbers, strict=True)):
        if order and number == numbers[order - 1] + 1:
            runs[-1] = (runs[-1][0], span[1])
        else:
            runs.append(span)
    return runs


def _touches(one: DecisionView, readings: Sequence[Choice], found: Prepared) -> bool:
    spans = {
        (each.report, found.look.reports[each.report].sentences[number - 1])
        for each in readings
        for number in each.sentences
    }
    return any(
        place.report.report == report and place.span[0] < span[1] and span[0] < place.span[1]
        for place in one.places
        for report, span in spans
    )
