"""How it is said: reporting verbs, and whether the claim has them at all."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from retold.collate.changes.pair import POOL, Gap, Pair
from retold.collate.changes.sources import (
    NEAR,
    SAYING,
    STOPS,
    cues_of,
    other_source,
    source_dropped,
    source_of,
)
from retold.collate.changes.units import Kind, Reading
from retold.text.words import words

__all__ = ["attribution_changes"]


def attribution_changes(pair: Pair, gaps: list[Gap]) -> None:
    """Reports reporting verbs of another stance, other sources, and sources in one reading only."""
    _relink(pair)
    _typos(pair, gaps)
    for gap in gaps:
        if not gap.both(Kind.CUE):
            continue
        left = [i for i in gap.a if pair.a.units[i].kind is Kind.CUE]
        right = [j for j in gap.b if pair.b.units[j].kind is Kind.CUE]
        for index, other in zip(left, right, strict=False):
            _replaced(pair, index, other)
    left, right = pair.free_a(Kind.CUE), pair.free_b(Kind.CUE)
    for index, other in zip(left, right, strict=False):
        _replaced(pair, index, other)
    for gap in gaps:
        if gap.either(Kind.CUE):
            _unlisted(pair, gap)
    for ours, free in ((True, pair.free_a(Kind.CUE)), (False, pair.free_b(Kind.CUE))):
        reading, others = (pair.a, pair.b) if ours else (pair.b, pair.a)
        partner = pair.to_b if ours else pair.to_a
        alone = not cues_of(others)
        for index in free:
            sign = reading.units[index].sign
            if sign is None or sign.sense not in SAYING:
                continue
            source = source_of(reading, index, pair.lexicon)
            carried = [at for at in source if reading.units[at].kind is Kind.NAME]
            fewer = cues_of(others) < cues_of(reading)
            known = pair.explained_a if ours else pair.explained_b
            gone = bool(carried or (source and fewer)) and all(
                partner[at] < 0 and at not in known for at in source
            )
            if ((alone and len(free) == 1) or gone) and _strong(pair, reading, index, source):
                source_dropped(pair, index, source, ours=ours)
    for index, other in enumerate(pair.to_b):
        if other >= 0 and pair.a.units[index].kind is Kind.CUE:
            other_source(pair, index, other)


def _unlisted(pair: Pair, gap: Gap) -> None:
    """Reports a reporting verb put for a verb that no table lists ("said", "shrugged")."""
    left = [i for i in gap.a if i not in pair.explained_a]
    right = [j for j in gap.b if j not in pair.explained_b]
    if len(left) != 1 or len(right) != 1:
        return
    one, two = pair.a.units[left[0]], pair.b.units[right[0]]
    if {one.kind, two.kind} != {Kind.CUE, Kind.CONTENT} or one.capital or two.capital:
        return
    reading, index = (pair.a, left[0]) if one.kind is Kind.CUE else (pair.b, right[0])
    source = source_of(reading, index, pair.lexicon)
    if not _strong(pair, reading, index, source):
        return
    span_a, span_b = pair.span_a(left[0], left[0]), pair.span_b(right[0], right[0])
    note = (
        f"What is said is reported with “{pair.words_a(span_a)}” in one report, "
        f"with “{pair.words_b(span_b)}” in the other."
    )
    pair.add("attribution", span_a, span_b, 0.4, note, unit=one)
    pair.explained_a.add(left[0])
    pair.explained_b.add(right[0])


"""Stances of verbs that say where a claim is from."""


def _strong(pair: Pair, reading: Reading, index: int, source: list[int]) -> bool:
    """Whether a word reports for certain: set off by punctuation, or "say", or "… that".

    "She conceded to him" and "built according to plan" report nothing.
    """
    unit, text = reading.units[index], reading.text
    if unit.start in reading.facts.cues:
        return True
    if unit.word_key in pair.lexicon.carrying and cues_of(reading) > 1:
        return True  # "the agency quoted her as saying"
    if unit.word_key in pair.lexicon.plain_sayings:
        return True
    if text[unit.start : unit.end].casefold().split()[-1] in pair.lexicon.data.that_words:
        return True
    after = text[unit.end : unit.end + NEAR].casefold().split()
    if after and after[0] in pair.lexicon.data.that_words:
        return True
    first, last = min([index, *source]), max([index, *source])
    behind = text[reading.units[last].end : reading.units[last].end + 1]
    begins = reading.sentences[unit.sentence].span[0]
    start = reading.units[first].start
    for word in reversed(words(text, max(begins, start - NEAR), start)):
        if word.form not in pair.lexicon.light or text[word.end : start].strip():
            break
        start = word.start
    if not text[begins:start].strip(_OPENING):
        return behind in _HEADING  # "The doctor said: …"
    return text[begins:start].rstrip()[-1:] in _SET_OFF and (not behind or behind in STOPS)


_OPENING = " “”\"«»„‘’'—–-"
_HEADING = ',:“"«„'
_SET_OFF = ',“”"«»’—–-'
"""What stands before a source at the end of its sentence: "…, the doctor said"."""


def _relink(pair: Pair) -> None:
    """Gives a reporting verb the partner with the same word, where both are neutral."""
    for other in pair.free_b(Kind.CUE):
        word = pair.b.units[other].word_key
        for index, partner in enumerate(pair.to_b):
            unit = pair.a.units[index]
            if unit.kind is not Kind.CUE or partner < 0:
                continue
            if unit.word_key != word:
                continue
            if pair.b.units[partner].word_key != word:
                pair.to_a[partner] = -1
                pair.link(index, other)
                break


def _typos(pair: Pair, gaps: list[Gap]) -> None:
    """Explains "councluded" by "concluded"."""
    for gap in gaps:
        if not gap.either(Kind.CUE):
            continue
        for index in gap.a[:POOL]:
            for other in gap.b[:POOL]:
                one, two = pair.a.units[index], pair.b.units[other]
                if Kind.CUE not in (one.kind, two.kind) or one.kind is two.kind:
                    continue
                forms = one.word, two.word
                if min(map(len, forms)) > _LONG and Levenshtein.distance(*forms) <= 1:
                    pair.explained_a.add(index)
                    pair.explained_b.add(other)


_LONG = 5


def _replaced(pair: Pair, index: int, other: int) -> None:
    if index in pair.explained_a or other in pair.explained_b:
        return
    one, two = pair.a.units[index], pair.b.units[other]
    if one.sign is None or two.sign is None:
        return
    pair.explained_a.add(index)
    pair.explained_b.add(other)
    if one.sign.sense == two.sign.sense:
        return  # "promised", "vowed"
    span_a, span_b = pair.span_a(index, index), pair.span_b(other, other)
    moves = 0.3 + abs(one.sign.grade - two.sign.grade)
    note = (
        f"What is said is reported with “{pair.words_a(span_a)}” in one report, "
        f"with “{pair.words_b(span_b)}” in the other."
    )
    pair.add("attribution", span_a, span_b, moves, note, unit=one)
