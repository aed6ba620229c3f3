"""Opposites: words put for words that deny them, which turn a claim round."""

from __future__ import annotations

from collections.abc import Collection

from retold.collate.changes.pair import POOL, Gap, Pair
from retold.collate.changes.units import Kind, Reading, Unit
from retold.model import Span
from retold.text.words import words

__all__ = ["CLOSE", "CLOSE_WORDS", "light_opposites", "opposite_changes", "plain_key"]


def opposite_changes(pair: Pair, gaps: list[Gap]) -> None:
    """Reports words put for their opposites ("denied", "admitted"), which turn a claim round."""
    opposites_of = pair.lexicon.opposites_of
    for gap in gaps:
        if not gap.a or not gap.b:
            continue
        for index in gap.a[:POOL]:
            one = pair.a.units[index]
            wanted = opposites_of.get(one.word_key) or opposites_of.get(plain_key(one))
            if not wanted and one.kind is not Kind.CONTENT:
                continue
            for other in gap.b[:POOL]:
                two = pair.b.units[other]
                listed = wanted and (two.word_key in wanted or plain_key(two) in wanted)
                if not listed and one.word[-_ROOT:] != two.word[-_ROOT:]:
                    continue
                if index in pair.explained_a or other in pair.explained_b:
                    continue
                if not _opposite(pair, one, two):
                    continue
                span_a, span_b = pair.span_a(index, index), pair.span_b(other, other)
                note = (
                    f"“{pair.words_a(span_a)}” in one report, its opposite "
                    f"“{pair.words_b(span_b)}” in the other."
                )
                pair.add("negation", span_a, span_b, 1.0, note, unit=one)
                pair.explained_a.add(index)
                pair.explained_b.add(other)


def light_opposites(pair: Pair) -> None:
    """Reports "against" put for "for": opposites of which one is a word without content."""
    for ours in (True, False):
        one, two = (pair.a, pair.b) if ours else (pair.b, pair.a)
        partner = pair.to_b if ours else pair.to_a
        explained = pair.explained_a if ours else pair.explained_b
        for index, unit in enumerate(one.units):
            if partner[index] >= 0 or index in explained:
                continue
            left = partner[index - 1] if index else -1
            right = partner[index + 1] if index + 1 < len(partner) else len(two.units)
            if (index and left < 0) or right != left + 1:
                continue
            wanted = pair.lexicon.opposites_of.get(unit.word_key, ())
            if not wanted:
                continue
            target = _word_between(pair, two, left, right, wanted)
            if target is None:
                continue
            span = unit.start, unit.end
            span_a, span_b = (span, target) if ours else (target, span)
            note = (
                f"“{pair.words_a(span_a)}” in one report, its opposite "
                f"“{pair.words_b(span_b)}” in the other."
            )
            pair.add("negation", span_a, span_b, 1.0, note, unit=unit)
            explained.add(index)


def _word_between(
    pair: Pair, reading: Reading, left: int, right: int, wanted: Collection[str]
) -> Span | None:
    """The word of `wanted` that stands between two neighbouring units."""
    start = reading.units[left].end if left >= 0 else reading.sentences[0].span[0]
    last = right == len(reading.units)
    end = reading.sentences[-1].span[1] if last else reading.units[right].start
    if not 0 < end - start <= CLOSE_WORDS:
        return None
    for word in words(reading.text, start, end):
        if pair.lexicon.key(word.form) in wanted:
            return word.start, word.end
    return None


CLOSE_WORDS = 40
"""Characters between two neighbours in which a light word is looked for."""


def _opposite(pair: Pair, one: Unit, two: Unit) -> bool:
    """Whether two units deny each other, with no other negation beside either."""
    keys = [
        (one.word_key, two.word_key),
        (plain_key(one), plain_key(two)),
    ]
    if not any(key in pair.lexicon.opposites for key in keys):
        forms = one.word, two.word
        short, long = sorted(forms, key=len)
        prefixes = pair.lexicon.negating_prefixes
        if (
            len(short) < _ROOT
            or one.capital
            or two.capital
            or not any(long == prefix + short for prefix in prefixes)
        ):
            return False
    return _negated(pair, pair.a, one) == _negated(pair, pair.b, two)


def _negated(pair: Pair, reading: Reading, unit: Unit) -> bool:
    """Whether a negation stands close before a unit in its sentence."""
    if unit.kind is Kind.NEGATION:
        return False
    return any(
        other.kind is Kind.NEGATION
        and other.sentence == unit.sentence
        and (
            0 <= unit.start - other.end <= CLOSE
            or (other.end <= unit.start and _handed_down(pair, reading, at, unit))
        )
        for at, other in enumerate(reading.units)
    )


def _handed_down(pair: Pair, reading: Reading, negation: int, unit: Unit) -> bool:
    """Whether a negation belongs to a unit behind the verb it stands with ("not expected to")."""
    units = reading.units
    verb = units[negation + 1] if negation + 1 < len(units) else unit
    return verb.start < unit.start and not pair.lexicon.raising.isdisjoint(verb.word_key.split())


_ROOT = 4
CLOSE = 12
"""Characters between a negation and the word that it denies."""


def plain_key(unit: Unit) -> str:
    """The key of a unit's words, whatever kind it is."""
    return unit.key.removeprefix("cue:")
