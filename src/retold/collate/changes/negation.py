"""Negation: compared over the predicate that it bears on.

A negation counts as changed only where the predicate it bears on stands in both readings and
the other reading neither negates it nor holds a word that denies it ("lacks", "unable",
"innocent"). Splitting a sentence, or saying the same with another verb, changes nothing.
"""

from __future__ import annotations

from retold.collate.changes.opposites import CLOSE, CLOSE_WORDS, plain_key
from retold.collate.changes.pair import POOL, Pair
from retold.collate.changes.units import PRONOUN, Kind, Reading, Unit
from retold.model import Span
from retold.text.words import words

__all__ = ["negation_changes", "predicates"]

_REACH = 3
"""Units behind a negation or hedge among which its predicate is looked for."""
_WIDE = 7
"""Reach of a negated subject ("neither the ministry nor the police had replied")."""
_BEARERS = (Kind.CONTENT, Kind.CUE, Kind.NAME, Kind.REFERENCE, Kind.NUMBER, Kind.DATE)
_NEAREST = 2
_LITTLE = 0.2
"""Quantity words below this grade ("few", "little") all but deny."""


def raised(pair: Pair, units: list[Unit], bearers: list[int]) -> list[int]:
    """What a negation bears on behind a verb that hands it down ("does not think that …").

    After Horn (1978), "Remarks on neg-raising": "thinks not" and "does not think" say the same.
    """
    first = bearers[0] if bearers else -1
    if first < 0 or pair.lexicon.raising.isdisjoint(units[first].word_key.split()):
        return []
    found: list[int] = []
    for at in range(first + 1, min(len(units), first + 1 + _WIDE)):
        if units[at].sentence != units[first].sentence:
            break
        if units[at].kind in _BEARERS:
            found.append(at)
    return found


def predicates(units: list[Unit], index: int, reach: int = _REACH) -> list[int]:
    """The units that a sign bears on, nearest first."""
    found: list[int] = []
    sentence = units[index].sentence
    for at in range(index + 1, min(len(units), index + 1 + reach)):
        unit = units[at]
        if unit.sentence != sentence or (unit.breaks and found):
            break
        if unit.kind in _BEARERS and not unit.key.startswith(PRONOUN):
            found.append(at)
    return found


def negation_changes(pair: Pair) -> None:
    """Reports claims that one reading negates and the other does not."""
    left, right = _negations(pair.a), _negations(pair.b)
    if not left and not right:
        return
    bears_a = {index: predicates(pair.a.units, index)[:_NEAREST] for index in left}
    bears_b = {index: predicates(pair.b.units, index)[:_NEAREST] for index in right}
    _settle(pair, left, right, bears_a, bears_b)
    left, right = _once(left, bears_a), _once(right, bears_b)
    for index in left:
        _lost(pair, index, bears_a[index], pair.a, pair.b, pair.to_b, pair.to_a)
    for index in right:
        _lost(pair, index, bears_b[index], pair.b, pair.a, pair.to_a, pair.to_b)


def _once(negations: list[int], bears: dict[int, list[int]]) -> list[int]:
    """One negation a predicate: "is not and has never been a member"."""
    seen: set[int] = set()
    kept = []
    for index in negations:
        predicate = bears[index][0] if bears[index] else -index - 1
        if predicate not in seen:
            seen.add(predicate)
            kept.append(index)
    return kept


def _negations(reading: Reading) -> list[int]:
    found = [i for i, unit in enumerate(reading.units) if unit.kind is Kind.NEGATION]
    return found[:POOL]


def _settle(
    pair: Pair,
    left: list[int],
    right: list[int],
    bears_a: dict[int, list[int]],
    bears_b: dict[int, list[int]],
) -> None:
    """Takes out the negations that stand for each other.

    First those that bear on one predicate, then those of which one bears on something that the
    other reading does not say in the same words.
    """
    for nearest in (1, _NEAREST):
        for index in list(left):
            wanted = {pair.to_b[at] for at in bears_a[index][:nearest]} - {-1}
            other = next((o for o in right if wanted & set(bears_b[o][:nearest])), None)
            if other is not None:
                left.remove(index)
                right.remove(other)
    for index in list(left):
        for other in right:
            if _joined_widely(pair, index, other, bears_a[index], bears_b[other]):
                left.remove(index)
                right.remove(other)
                break
    for index in list(left):
        for other in right:
            if _raised(pair, bears_a[index], bears_b[other]):
                left.remove(index)
                right.remove(other)
                break
    for index in list(left):
        loose_a = _loose(bears_a[index], pair.to_b)
        here = _place(pair, index)
        others = []
        for other in right:
            loose = loose_a + _loose(bears_b[other], pair.to_a)
            reach = _BESIDE if bears_a[index] and bears_b[other] else _BESIDE_NOTHING
            if loose == 2 or (loose == 1 and abs(here - other) <= reach):
                others.append(other)
        if others:
            right.remove(min(others, key=lambda other: abs(here - other)))
            left.remove(index)


_BESIDE = 1
"""Two negations of which only one bears on something new must stand so near to be one."""
_BESIDE_NOTHING = 3
"""The same where one bears on a hedge only ("is not expected")."""


def _joined_widely(
    pair: Pair, index: int, other: int, bears_a: list[int], bears_b: list[int]
) -> bool:
    """Whether a negated subject ("neither … had replied") meets a negated verb."""
    words_ = pair.a.units[index].word, pair.b.units[other].word
    if not any(word in pair.lexicon.data.subject_negations for word in words_):
        return False
    if (bears_a and pair.to_b[bears_a[0]] == other - 1) or (
        bears_b and pair.to_a[bears_b[0]] == index - 1
    ):
        return True  # "no rain expected", "rain is not expected"
    wide_a = {pair.to_b[at] for at in predicates(pair.a.units, index, _WIDE)} - {-1}
    wide_b = set(predicates(pair.b.units, other, _WIDE))
    near_a = {pair.to_b[at] for at in bears_a} - {-1}
    return bool(wide_a & set(bears_b) or near_a & wide_b)


def _raised(pair: Pair, bears_a: list[int], bears_b: list[int]) -> bool:
    """Whether one negation bears on what the other hands down to the clause behind its verb."""
    down_a = {pair.to_b[at] for at in raised(pair, pair.a.units, bears_a)} - {-1}
    down_b = set(raised(pair, pair.b.units, bears_b))
    near_a = {pair.to_b[at] for at in bears_a} - {-1}
    return bool(down_a & set(bears_b) or near_a & down_b)


def _loose(bearers: list[int], partner: list[int]) -> bool:
    return not bearers or partner[bearers[0]] < 0


def _place(pair: Pair, index: int) -> int:
    for at in range(index - 1, -1, -1):
        if pair.to_b[at] >= 0:
            return pair.to_b[at]
    return 0


def _lost(
    pair: Pair,
    index: int,
    bearers: list[int],
    one: Reading,
    two: Reading,
    partner: list[int],
    back: list[int],
) -> None:
    """Reports a negation that the other reading does not have."""
    units, others = one.units, two.units
    predicate, counter = _predicate(pair, bearers, units, others, partner, back)
    reach = [*bearers, *raised(pair, units, bearers)]
    if predicate < 0 or _denied(pair, reach, units, others, back):
        return
    if _alternative(pair, two, counter):
        return
    if index in (pair.explained_a if one is pair.a else pair.explained_b):
        return
    if _lifted(pair, index, one) and not _lifted(pair, counter, two):
        return
    sign = units[index].sign
    if sign is not None and sign.sense == "denial":
        _unsaid(pair, index, counter, one, two, back)
        return  # who is charged with a thing may deny it: two claims, not one turned round
    last = max(predicate, index)
    span = _group(pair, one, index)[0], units[last].end
    target = _governed(pair, two, counter, back)
    ours = one is pair.a
    span_a, span_b = (span, target) if ours else (target, span)
    shown = pair.words_a(span) if ours else pair.words_b(span)
    places = ("one report", "the other") if ours else ("the other report", "the first")
    note = f"Negated in {places[0]} (“{shown}”), not in {places[1]}."
    pair.add("negation", span_a, span_b, 1.0, note, unit=units[index])
    (pair.explained_a if ours else pair.explained_b).add(index)


def _unsaid(
    pair: Pair, index: int, counter: int, one: Reading, two: Reading, back: list[int]
) -> None:
    """Reports a verb of denial for which the other reading has a verb of saying."""
    unit = one.units[index]
    other = next(
        (
            at
            for at in range(counter - 1, max(-1, counter - 1 - _REACH), -1)
            if two.units[at].kind is Kind.CUE and back[at] < 0
        ),
        -1,
    )
    if other < 0:
        return
    ours = one is pair.a
    span, target = (unit.start, unit.end), (two.units[other].start, two.units[other].end)
    span_a, span_b = (span, target) if ours else (target, span)
    note = (
        f"Denied in one report, said in the other: “{pair.words_a(span_a)}”, "
        f"“{pair.words_b(span_b)}”."
    )
    pair.add("negation", span_a, span_b, 1.0, note, unit=unit)
    (pair.explained_a if ours else pair.explained_b).add(index)
    (pair.explained_b if ours else pair.explained_a).add(other)


def _governed(pair: Pair, reading: Reading, index: int, partner: list[int]) -> Span:
    """As `_group`, with a verb that stands in the negation's place: "agreed to unload"."""
    start, end = _group(pair, reading, index)
    before = reading.units[index - 1] if index else None
    if before is None or partner[index - 1] >= 0 or before.kind not in (Kind.CONTENT, Kind.CUE):
        return start, end
    between = reading.text[before.end : reading.units[index].start].casefold().split()
    if len(between) != 1 or between[0] not in pair.lexicon.data.infinitives:
        return start, end
    (pair.explained_a if reading is pair.a else pair.explained_b).add(index - 1)
    return before.start, end


def _group(pair: Pair, reading: Reading, index: int) -> Span:
    """A unit with the auxiliaries and light verbs before it: "would take part in the trial"."""
    unit = reading.units[index]
    first = index
    while first and reading.units[first - 1].kind in (Kind.HEDGE, Kind.QUANTITY):
        between = reading.text[reading.units[first - 1].end : reading.units[first].start]
        if len(between) > CLOSE or any(mark in between for mark in ",;:."):
            break
        first -= 1  # "is likely to recover", "all of the hostages"
    head = reading.units[first]
    start = reading.sentences[head.sentence].span[0]
    if first and reading.units[first - 1].end > start:
        start = reading.units[first - 1].end
    if 0 < head.start - start <= CLOSE_WORDS:
        for word in words(reading.text, start, head.start):
            if pair.lexicon.key(word.form) in pair.lexicon.light_verbs:
                return word.start, unit.end
    return head.start, unit.end


def _predicate(
    pair: Pair,
    bearers: list[int],
    units: list[Unit],
    others: list[Unit],
    partner: list[int],
    back: list[int],
) -> tuple[int, int]:
    """The predicate of a negation and what stands for it in the other reading; -1 for none."""
    if not bearers:
        return -1, -1
    first = bearers[0]
    if partner[first] >= 0 and units[first].kind in (Kind.CONTENT, Kind.CUE):
        return first, partner[first]
    if units[first].kind is Kind.CUE:
        # "did not accept that", "admitted that": one reporting verb for another.
        for at, unit in enumerate(others):
            follows = first + 1 < len(units) and partner[first + 1] == at + 1
            if unit.kind is not Kind.CUE or back[at] >= 0 or not follows:
                continue
            if unit.sign is not None and unit.sign.sense != "denial":
                return first, at
    for at in bearers[1:]:
        if partner[at] >= 0 and units[at].kind is Kind.CONTENT and partner[first] >= 0:
            return at, partner[at]
    return -1, -1


def _denied(
    pair: Pair, bearers: list[int], units: list[Unit], others: list[Unit], back: list[int]
) -> bool:
    """Whether the other reading denies the predicate by a word that this one does not have."""
    lexicon = pair.lexicon
    keys = [units[at].key for at in bearers]
    for at, unit in enumerate(others):
        if back[at] >= 0:
            continue
        if unit.sign is not None and unit.kind is Kind.QUANTITY and unit.sign.grade < _LITTLE:
            return True
        if unit.key in lexicon.weak_negations or plain_key(unit) in lexicon.weak_negations:
            return True
        for key in keys:
            if (unit.key, key) in lexicon.opposites:
                return True
            if any(unit.key == prefix + key for prefix in lexicon.negating_prefixes):
                return True
    return False


def _alternative(pair: Pair, reading: Reading, index: int) -> bool:
    """Whether a predicate only carries on what is denied before it ("not to shelter or swim")."""
    unit = reading.units[index]
    start = reading.sentences[unit.sentence].span[0]
    if index and reading.units[index - 1].end > start:
        start = reading.units[index - 1].end
    between = reading.text[start : unit.start].casefold().split()
    if not any(word in pair.lexicon.data.alternatives for word in between):
        return False
    return any(
        other.kind is Kind.NEGATION and other.sentence == unit.sentence
        for other in reading.units[max(0, index - _WIDE) : index]
    )


def _lifted(pair: Pair, index: int, reading: Reading) -> bool:
    """Whether a word soon behind ends what is denied ("did not see it until noon")."""
    unit = reading.units[index]
    end = reading.sentences[unit.sentence].span[1]
    words = reading.text[unit.start : min(end, unit.start + _SOON)].casefold().split()
    return any(word in words for word in pair.lexicon.data.lifting)


_SOON = 80
"""Characters behind a negation in which a lifting word is looked for: about twelve words."""
