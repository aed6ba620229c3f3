"""The changes of a whole collation: every reading against its passage's base."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from retold.collate.changes.building import reading_of
from retold.collate.changes.compare import compare
from retold.collate.changes.lexicon import Lexicon, lexicon
from retold.collate.changes.pair import Draft
from retold.collate.changes.units import (
    Mention,
    Reading,
    ReportFacts,
    capitals,
)
from retold.model import (
    Actor,
    Change,
    Collation,
    Passage,
    Place,
    Quotation,
    Segmented,
    Sentence,
    Span,
)
from retold.settings import Settings
from retold.text.marks import quoted
from retold.text.words import fold

__all__ = ["Comparer", "changes"]

_Known = dict[tuple[object, ...], tuple[list[Draft], tuple[Sentence, ...]]]
"""Words of a reading -> its changes, and the sentences in which their spans count."""


def changes(
    collation: Collation,
    reports: Sequence[Segmented],
    actors: Sequence[Actor],
    quotations: Sequence[Quotation],
    settings: Settings,
    comparer: Comparer | None = None,
) -> Collation:
    """The same collation with the changes of every passage, heaviest first.

    Each reading is compared with the reading of the passage's `base`; readings of equal words
    are compared once, and readings in another language not at all. Weights are those of
    `retold.collate.changes.weight`.

    Args:
        collation: its passages name reports by id.
        reports: all reports of the collation.
        actors: of the whole story: mentions of one actor are one name.
        quotations: of the whole story: their cues are reporting verbs for certain.
        settings: of the run; the language is taken from it where it is set.
        comparer: of the same reports, actors and quotations, when what it finds is needed again.
    """
    comparer = comparer or Comparer(reports, actors, quotations, settings)
    return replace(
        collation,
        passages=tuple(
            replace(passage, changes=comparer.changes_of(passage)) for passage in collation.passages
        ),
    )


class Comparer:
    """Compares readings of one story; no reading is read twice, and no pair compared twice."""

    def __init__(
        self,
        reports: Sequence[Segmented],
        actors: Sequence[Actor],
        quotations: Sequence[Quotation],
        settings: Settings,
    ) -> None:
        mentions: dict[str, list[Mention]] = {}
        for actor in actors:
            named = actor.kind != "office" and any(letter.isupper() for letter in actor.name)
            called = frozenset(fold(actor.name).split())
            for place in actor.mentions:
                mentions.setdefault(place.report, []).append(
                    Mention(place.span[0], place.span[1], actor.id, actor.kind, named, called)
                )
        cues: dict[str, set[int]] = {}
        for quotation in quotations:
            cues.setdefault(quotation.report, set()).update(start for start, _ in quotation.cue)
        self.language = settings.language
        self.facts = {
            segmented.report.id: _facts(
                segmented,
                mentions.get(segmented.report.id, []),
                frozenset(cues.get(segmented.report.id, ())),
            )
            for segmented in reports
        }
        self.seen = capitals(reports)
        self._readings: dict[tuple[str, str, tuple[Span, ...]], Reading] = {}
        self._known: dict[tuple[str, tuple[int, ...]], _Known] = {}
        self._latest: tuple[tuple[object, ...], tuple[object, ...]] | None = None

    def changes_of(self, passage: Passage) -> tuple[Change, ...]:
        """Changes of all readings of a passage against its base, heaviest first."""
        found: list[Change] = []
        if passage.base in passage.readings:
            ours = passage.readings[passage.base]
            for report, numbers in passage.readings.items():
                if report != passage.base:
                    found.extend(self.between(passage.base, ours, report, numbers))
        found.sort(key=lambda change: (-change.weight, change.a.span, change.b.report, change.kind))
        return tuple(found)

    def between(
        self,
        report: str,
        numbers: Sequence[int],
        other: str,
        other_numbers: Sequence[int],
    ) -> list[Change]:
        """Changes of one reading against another.

        Args:
            report, numbers: the reading that the changes are counted from: report id and
                numbers of its sentences.
            other, other_numbers: the reading that is compared with it.
        """
        one, two = self.facts.get(report), self.facts.get(other)
        if one is None or two is None:
            return []
        ours, theirs = _sentences(one, numbers), _sentences(two, other_numbers)
        if not ours or not theirs or not self._one_language(one, two):
            return []
        known = self._known.setdefault((report, tuple(numbers)), {})
        signature = self._signature(two, theirs)
        if signature not in known:
            if signature == self._base_signature(one, ours):
                known[signature] = [], theirs
            else:
                language = self.language or one.segmented.report.language
                look = lexicon(language)
                drafts = compare(
                    self._reading(one, ours, look), self._reading(two, theirs, look), look
                )
                known[signature] = drafts, theirs
        drafts, sentences = known[signature]
        return [
            Change(
                draft.kind,
                Place(report, draft.a),
                Place(other, _carried(draft.b, sentences, theirs)),
                draft.weight,
                draft.note,
            )
            for draft in drafts
        ]

    def _one_language(self, one: ReportFacts, two: ReportFacts) -> bool:
        """Words of two languages are not compared: every one of them would be a change."""
        languages = one.segmented.report.language, two.segmented.report.language
        return self.language is not None or None in languages or languages[0] == languages[1]

    def _reading(
        self, facts: ReportFacts, sentences: tuple[Sentence, ...], look: Lexicon
    ) -> Reading:
        key = look.language or "", facts.segmented.report.id, tuple([one.span for one in sentences])
        found = self._readings.get(key)
        if found is None:
            found = self._readings[key] = reading_of(facts, sentences, look, self.seen)
        return found

    def _base_signature(
        self, facts: ReportFacts, sentences: tuple[Sentence, ...]
    ) -> tuple[object, ...]:
        """As `_signature`, kept: a base is held against every other reading."""
        key = facts.segmented.report.id, tuple([one.span for one in sentences])
        if self._latest is None or self._latest[0] != key:
            self._latest = key, self._signature(facts, sentences)
        return self._latest[1]

    def _signature(self, facts: ReportFacts, sentences: tuple[Sentence, ...]) -> tuple[object, ...]:
        """What two readings share when one comparison serves both."""
        text = facts.segmented.report.text
        parts: list[object] = [facts.written, facts.segmented.report.language]
        for sentence in sentences:
            start, end = sentence.span
            parts.append(text[start:end])
            parts.extend(
                (mention.start - start, mention.end - start, mention.actor)
                for mention in facts.mentions_between(start, end)
            )
            parts.append(
                tuple(
                    (max(inner, start) - start, min(stop, end) - start)
                    for _, _, inner, stop in facts.quotes_between(start, end)
                )
            )
        return tuple(parts)


def _sentences(facts: ReportFacts, numbers: Sequence[int]) -> tuple[Sentence, ...]:
    sentences = facts.segmented.sentences
    return tuple(sentences[number] for number in numbers if 0 <= number < len(sentences))


def _carried(span: Span, there: Sequence[Sentence], here: Sequence[Sentence]) -> Span:
    """A span of one reading, in another of equal words."""
    if there is here:
        return span
    return _moved(span[0], there, here), _moved(span[1], there, here)


def _moved(at: int, there: Sequence[Sentence], here: Sequence[Sentence]) -> int:
    for one, other in zip(there, here, strict=True):
        if one.span[0] <= at <= one.span[1]:
            return at - one.span[0] + other.span[0]
    return here[-1].span[1]


def _facts(segmented: Segmented, mentions: list[Mention], cues: frozenset[int]) -> ReportFacts:
    ordered: list[Mention] = []
    for mention in sorted(mentions, key=lambda one: (one.start, -one.end, one.actor)):
        if not ordered or mention.start >= ordered[-1].end:
            ordered.append(mention)
    paragraphs: dict[int, Span] = {}
    for sentence in segmented.sentences:
        start, end = paragraphs.get(sentence.paragraph, sentence.span)
        paragraphs[sentence.paragraph] = (min(start, sentence.span[0]), max(end, sentence.span[1]))
    stretches = [
        (part.outer[0], part.outer[1], part.inner[0], part.inner[1])
        for part in quoted(segmented.report.text, paragraphs.values())
        if part.level == 0
    ]
    return ReportFacts(
        segmented=segmented,
        mentions=tuple(ordered),
        starts=tuple(mention.start for mention in ordered),
        quotes=tuple(stretches),
        quote_starts=tuple(stretch[2] for stretch in stretches),
        written=_day(segmented.report.published),
        cues=cues,
        dateline=_dateline(segmented),
        folded=segmented.report.text.lower(),
    )


_IN_CAPITALS = re.compile(r"[A-Z][A-Z .,'’-]{2,40}")
_DASH = re.compile(r"\s[—–-]{1,2}\s")
_SMALL = re.compile(r"[^\n—–-]{0,40}")


def _dateline(segmented: Segmented) -> Span:
    """The dateline's span: as read, else by its form at the head of the text."""
    report = segmented.report
    if report.dateline is not None:
        return report.dateline.span
    if not segmented.sentences:
        return 0, 0
    return _dateline_by_form(report.text, segmented.sentences[0].span[0])


def _dateline_by_form(text: str, start: int) -> Span:
    """A place in capitals, perhaps a date and an agency, and a dash; (0, 0) without one."""
    place = _IN_CAPITALS.match(text, start)
    if place is None:
        return 0, 0
    dashes = list(_DASH.finditer(text, start + 3, place.end() + 44))
    for dash in dashes:
        if dash.start() >= place.end() and _SMALL.fullmatch(text, place.end(), dash.start()):
            return start, dash.end()
    within = [dash for dash in dashes if dash.start() < place.end()]
    return (start, within[-1].end()) if within else (0, 0)


def _day(published: str | None) -> date | None:
    if not published or len(published) < 10:
        return None
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None
