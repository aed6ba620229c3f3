"""Statements: the same utterance as it lives across reports.

Quotations belong to one statement when their sentences are readings of one passage and their
contents share most of the shorter one's words, or when one speaker says them and they share
rare words. A statement has variants in at least two reports; a quotation that only one report
has is no statement, it is listed with the quotations.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import blake2b

from msgspec import Struct

from retold.collate.changes.lexicon import lexicon
from retold.collate.changes.passages import Comparer
from retold.model import (
    Actor,
    Change,
    Collation,
    Quotation,
    Segmented,
    Span,
    Statement,
    Variant,
)
from retold.settings import DEFAULTS, Settings

__all__ = ["statements"]

_CONTAINED = 0.5
"""Share of the shorter content's words that two variants in one passage must share. Half of
the quotations in newspapers keep less than half of their source's four-word runs, but most of
its single words."""
_CONTAINED_ELSEWHERE = 0.7
_RARE_SHARED = 3
"""Quotations that stand in no common passage must share so many rare words, and the speaker."""


class _Quoted(Struct):
    """A quotation made ready for comparison."""

    quotation: Quotation
    order: int
    sentences: tuple[int, ...]
    passages: tuple[str, ...]
    words: frozenset[str]


class _Group(Struct):
    """Variants found so far; the first stands for all."""

    members: list[_Quoted]
    reports: set[str]


def statements(
    quotations: Sequence[Quotation],
    collation: Collation,
    actors: Sequence[Actor],
    reports: Sequence[Segmented],
    settings: Settings = DEFAULTS,
    comparer: Comparer | None = None,
) -> tuple[Statement, ...]:
    """The utterances that at least two reports have, in order of first appearance.

    Args:
        quotations: of all reports.
        collation: of the same reports.
        actors: of the whole story.
        reports: in the order given by the user, which is the order of the variants.
        settings: of the run.
        comparer: the one that found the collation's changes, when it is at hand.
    """
    ready = _ready(quotations, collation, reports, settings)
    groups = _grouped(ready)
    if not groups:
        return ()
    comparer = comparer or Comparer(reports, actors, quotations, settings)
    return tuple(_statement(group, comparer) for group in groups)


def _ready(
    quotations: Sequence[Quotation],
    collation: Collation,
    reports: Sequence[Segmented],
    settings: Settings,
) -> list[_Quoted]:
    passage_of = {
        (report, number): passage.id
        for passage in collation.passages
        for report, numbers in passage.readings.items()
        for number in numbers
    }
    order = {segmented.report.id: number for number, segmented in enumerate(reports)}
    by_id = {segmented.report.id: segmented for segmented in reports}
    starts = {
        segmented.report.id: [sentence.span[0] for sentence in segmented.sentences]
        for segmented in reports
    }
    ready = []
    for quotation in quotations:
        segmented = by_id.get(quotation.report)
        if segmented is None or not quotation.content:
            continue
        numbers = _numbers(quotation.content, starts[quotation.report])
        look = lexicon(settings.language or segmented.report.language)
        words = frozenset(
            look.key(word.form)
            for number in numbers
            for word in segmented.sentences[number].words
            if word.form not in look.light and _inside(word.start, quotation.content)
        )
        passages = tuple(
            dict.fromkeys(
                passage_of[quotation.report, number]
                for number in numbers
                if (quotation.report, number) in passage_of
            )
        )
        ready.append(_Quoted(quotation, order[quotation.report], numbers, passages, words))
    return ready


def _numbers(spans: Sequence[Span], starts: Sequence[int]) -> tuple[int, ...]:
    """Numbers of the sentences that spans lie in."""
    found: dict[int, None] = {}
    for start, end in spans:
        first = max(0, bisect_right(starts, start) - 1)
        last = max(first, bisect_right(starts, end - 1) - 1)
        found.update(dict.fromkeys(range(first, last + 1)))
    return tuple(number for number in sorted(found) if number < len(starts))


def _inside(at: int, spans: Sequence[Span]) -> bool:
    return any(start <= at < end for start, end in spans)


def _grouped(ready: Sequence[_Quoted]) -> list[_Group]:
    frequency = Counter(word for one in ready for word in one.words)
    common = max(3, len(ready) // 10)
    by_passage: dict[str, list[_Group]] = {}
    by_word: dict[tuple[str, str], list[_Group]] = {}
    groups: list[_Group] = []
    # Grouping takes the first that fits: in an order that does not depend on the input's.
    for one in sorted(ready, key=lambda one: (one.quotation.report, *_appearance(one))):
        group = _in_passage(one, by_passage) or _of_speaker(one, by_word, frequency, common)
        if group is None:
            group = _Group([], set())
            groups.append(group)
            for word in sorted(one.words):
                if one.quotation.speaker and frequency[word] <= common:
                    by_word.setdefault((one.quotation.speaker, word), []).append(group)
        group.members.append(one)
        group.reports.add(one.quotation.report)
        for passage in one.passages:
            listed = by_passage.setdefault(passage, [])
            if group not in listed:
                listed.append(group)
    for group in groups:
        group.members.sort(key=_appearance)
    groups.sort(key=lambda group: _appearance(group.members[0]))
    return [group for group in groups if len(group.reports) > 1]


def _appearance(one: _Quoted) -> tuple[int, tuple[Span, ...], str]:
    """By this key quotations are in the order of the reports, then of the text."""
    return one.order, one.quotation.content, one.quotation.id


def _shared(one: _Quoted, group: _Group) -> float:
    words = group.members[0].words
    shorter = min(len(one.words), len(words))
    return len(one.words & words) / shorter if shorter else 0.0


def _in_passage(one: _Quoted, by_passage: Mapping[str, list[_Group]]) -> _Group | None:
    best, best_share = None, 0.0
    for passage in one.passages:
        for group in by_passage.get(passage, ()):
            if one.quotation.report in group.reports:
                continue
            share = _shared(one, group)
            if share >= _CONTAINED and share > best_share:
                best, best_share = group, share
    return best


def _of_speaker(
    one: _Quoted,
    by_word: Mapping[tuple[str, str], list[_Group]],
    frequency: Mapping[str, int],
    common: int,
) -> _Group | None:
    speaker = one.quotation.speaker
    if speaker is None:
        return None
    shared: Counter[int] = Counter()
    seen: dict[int, _Group] = {}
    for word in sorted(one.words):
        if frequency[word] > common:
            continue
        for group in by_word.get((speaker, word), ()):
            shared[id(group)] += 1
            seen[id(group)] = group
    best, best_share = None, 0.0
    for key, group in seen.items():
        if shared[key] < _RARE_SHARED or one.quotation.report in group.reports:
            continue
        share = _shared(one, group)
        if share >= _CONTAINED_ELSEWHERE and share > best_share:
            best, best_share = group, share
    return best


def _statement(group: _Group, comparer: Comparer) -> Statement:
    first = group.members[0]
    variants = tuple(Variant(one.quotation.report, one.quotation.id) for one in group.members)
    said_by = Counter(one.quotation.speaker for one in group.members if one.quotation.speaker)
    speaker = min(said_by, key=lambda name: (-said_by[name], name)) if said_by else None
    digest = blake2b(digest_size=8)
    for variant in variants:
        digest.update(f"{variant.report}\0{variant.quotation}\0".encode("utf-8", "replace"))
    differs: list[Change] = []
    for one in group.members[1:]:
        found = comparer.between(
            first.quotation.report, first.sentences, one.quotation.report, one.sentences
        )
        differs.extend(change for change in found if _touches(change, first, one))
    differs.sort(key=lambda change: (-change.weight, change.a.span, change.b.report, change.kind))
    return Statement(digest.hexdigest(), speaker, variants, tuple(differs))


def _touches(change: Change, first: _Quoted, other: _Quoted) -> bool:
    """Whether a change lies in the words, the cue or the source of the utterance."""
    return _meets(change.a.span, first.quotation) and _meets(change.b.span, other.quotation)


def _meets(span: Span, quotation: Quotation) -> bool:
    spans = (*quotation.content, *quotation.cue, *quotation.source)
    return any(span[0] <= end and start <= span[1] for start, end in spans)
