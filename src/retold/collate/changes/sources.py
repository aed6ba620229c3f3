"""Where a claim is from: the source of a reporting verb, lost, put in or exchanged."""

from __future__ import annotations

from retold.collate.changes.lexicon import Lexicon
from retold.collate.changes.pair import Pair
from retold.collate.changes.units import Kind, Reading, Unit
from retold.model import ChangeKind, Span
from retold.text.words import words

__all__ = ["NEAR", "SAYING", "STOPS", "cues_of", "other_source", "source_dropped", "source_of"]


SAYING = frozenset(
    (
        *("neutral", "emphasis", "insistence", "factive", "admission", "revelation"),
        *("confirmation", "doubt", "opinion", "prediction", "fear", "confidence", "warning"),
        *("boast", "regret"),
    )
)


def cues_of(reading: Reading) -> int:
    """How many reporting verbs a reading has."""
    return sum(
        1
        for unit in reading.units
        if unit.kind is Kind.CUE or (unit.sign is not None and unit.sign.sense == "denial")
    )


NEAR = 12


def source_of(reading: Reading, index: int, lexicon: Lexicon) -> list[int]:
    """The units that stand as the source of a reporting verb, beside it without punctuation.

    Before the verb ("the doctor said"), else behind it ("said the doctor", "according to").
    """
    found = reading.sources.get(index)
    if found is None:
        found = reading.sources[index] = _source_of(reading, index, lexicon)
    return found


def _source_of(reading: Reading, index: int, lexicon: Lexicon) -> list[int]:
    units, text = reading.units, reading.text
    before: list[int] = []
    at = index - 1
    behind_only = units[index].word_key in lexicon.sourcing
    while (
        not behind_only
        and at >= 0
        and units[at].sentence == units[index].sentence
        and len(before) < _WORDS_OF_SOURCE
    ):
        between = text[units[at].end : units[at + 1].start]
        if any(mark in between for mark in STOPS) or units[at].kind not in _SOURCES:
            break
        before.append(at)
        at -= 1
    word = lexicon.key(text[units[index].start : units[index].end].casefold())
    if before or word in lexicon.addressing:
        return before[::-1]
    behind: list[int] = []
    at = index + 1
    while at < len(units) and units[at].sentence == units[index].sentence:
        between = text[units[at - 1].end : units[at].start]
        if any(mark in between for mark in STOPS) or units[at].kind not in _SOURCES:
            break
        if units[at].breaks or len(behind) == _WORDS_OF_SOURCE:
            break
        behind.append(at)
        at += 1
    return behind


STOPS = ',;:.!?“”"«»„—–()'

_SOURCES = (Kind.NAME, Kind.REFERENCE, Kind.CONTENT)

_WORDS_OF_SOURCE = 4


def other_source(pair: Pair, index: int, other: int) -> None:
    """Reports another source with the same verb, where neither can be the other's office.

    "The minister" and "Mr Brandt" may be one man; "his doctor" and "his manager" are not, nor
    is a colonel "an officer" to the reader who is told no more.
    """
    one, two = source_of(pair.a, index, pair.lexicon), source_of(pair.b, other, pair.lexicon)
    if _carrier_lost(pair, index, one, ours=True) or _carrier_lost(pair, other, two, ours=False):
        return
    if _owner(pair, index, other):
        return
    if _one_of_two(pair, index, one, two, ours=True):
        return
    if _one_of_two(pair, other, two, one, ours=False):
        return
    if not one or not two or any(pair.to_b[at] >= 0 for at in one):
        return
    if any(pair.to_a[at] >= 0 for at in two):
        return
    if any(at in pair.explained_a for at in one) or any(at in pair.explained_b for at in two):
        return
    if _words_of(pair, pair.a, one) & _words_of(pair, pair.b, two):
        return
    named_a = any(_may_be_named(pair.a.units[at]) for at in one)
    named_b = any(_may_be_named(pair.b.units[at]) for at in two)
    if named_a and named_b:
        return
    if named_a != named_b and not _indefinite(pair, *((pair.b, two) if named_a else (pair.a, one))):
        return
    span_a, span_b = pair.span_a(one[0], one[-1]), pair.span_b(two[0], two[-1])
    note = (
        f"The source is “{pair.words_a(span_a)}” in one report, "
        f"“{pair.words_b(span_b)}” in the other."
    )
    pair.add("attribution", span_a, span_b, 0.8, note, unit=pair.a.units[index])
    pair.explained_a.update(one)
    pair.explained_b.update(two)


def _one_of_two(pair: Pair, cue: int, source: list[int], there: list[int], *, ours: bool) -> bool:
    """Reports one of two joined sources that the other reading does not have."""
    reading = pair.a if ours else pair.b
    partner = pair.to_b if ours else pair.to_a
    explained = pair.explained_a if ours else pair.explained_b
    kept = [at for at in source if partner[at] in there]
    gone = [at for at in source if partner[at] < 0 and at not in explained]
    if not kept or not gone or len(kept) != len(there) or len(kept) + len(gone) < len(source):
        return False
    between = reading.text[reading.units[source[0]].start : reading.units[source[-1]].end]
    if pair.lexicon.coordinators.isdisjoint(between.casefold().split()):
        return False
    span = reading.units[source[0]].start, reading.units[source[-1]].end
    target = (pair.span_b if ours else pair.span_a)(there[0], there[-1])
    span_a, span_b = (span, target) if ours else (target, span)
    note = (
        f"The source is “{pair.words_a(span_a)}” in one report, "
        f"“{pair.words_b(span_b)}” in the other."
    )
    pair.add("attribution", span_a, span_b, 0.4, note, unit=reading.units[cue])
    explained.update(gone)
    return True


def _owner(pair: Pair, index: int, other: int) -> bool:
    """Reports "her lawyer said" for "she said", "the owner's brother" for "the owner".

    A spokesman is no other source: his words are those of the body that he speaks for.
    """
    for ours in (True, False):
        mine, theirs = (pair.a, pair.b) if ours else (pair.b, pair.a)
        cue, cue_there = (index, other) if ours else (other, index)
        partner = pair.to_b if ours else pair.to_a
        source = source_of(mine, cue, pair.lexicon)
        if not source or mine.units[source[-1]].start > mine.units[cue].start:
            continue
        head = mine.units[source[-1]]
        if head.kind is not Kind.CONTENT or partner[source[-1]] >= 0:
            continue
        if not pair.lexicon.spokesmen.isdisjoint(mine.units[at].key for at in source):
            continue
        target = _owning(pair, mine, source, theirs, cue_there)
        if target is None:
            continue
        span = mine.units[source[0]].start, head.end
        span_a, span_b = (span, target) if ours else (target, span)
        note = (
            f"The source is “{pair.words_a(span_a)}” in one report, "
            f"“{pair.words_b(span_b)}” in the other."
        )
        pair.add("attribution", span_a, span_b, 0.8, note, unit=mine.units[cue])
        (pair.explained_a if ours else pair.explained_b).update(source)
        return True
    return False


def _owning(pair: Pair, mine: Reading, source: list[int], theirs: Reading, cue: int) -> Span | None:
    """The source of the other reading, when it is whom the head of this one belongs to."""
    there = theirs.units[cue]
    first = mine.units[source[0]]
    begins = mine.sentences[first.sentence].span[0]
    before = words(mine.text, max(begins, first.start - NEAR), first.start)
    said = words(
        theirs.text, max(theirs.sentences[there.sentence].span[0], there.start - NEAR), there.start
    )
    owned = [word.form for word in before[-1:]] + first.word.split()[:1]
    for form in owned:
        if said and pair.lexicon.data.possessives.get(form, "") == said[-1].form:
            return said[-1].start, said[-1].end
    others = source_of(theirs, cue, pair.lexicon)
    if not others or theirs.units[others[-1]].start > there.start:
        return None
    owner = mine.units[source[-2]] if len(source) > 1 else None
    if owner is None or mine.text[owner.end - 2 : owner.end] not in _GENITIVE:
        return None
    if theirs.units[others[-1]].key != owner.key:
        return None
    return theirs.units[others[0]].start, theirs.units[others[-1]].end


_GENITIVE = ("'s", "’s", "s'", "s’")


def _words_of(pair: Pair, reading: Reading, source: list[int]) -> set[str]:
    span = reading.units[source[0]].start, reading.units[source[-1]].end
    looked = [pair.lexicon.look(word.form) for word in words(reading.text, *span)]
    return {key for key, light, _ in looked if not light}


def _may_be_named(unit: Unit) -> bool:
    return unit.kind is not Kind.CONTENT and not unit.described


def _carrier_lost(pair: Pair, index: int, source: list[int], *, ours: bool) -> bool:
    """Reports an agency or body that carries the words in one reading and is not in the other."""
    reading, others = (pair.a, pair.b) if ours else (pair.b, pair.a)
    explained = pair.explained_a if ours else pair.explained_b
    partner = pair.to_b if ours else pair.to_a
    sign = reading.units[index].sign
    if sign is None or sign.sense not in SAYING:
        return False
    carriers = [
        at
        for at in source
        if (name := reading.units[at].name) is not None
        and name.kind == "organisation"
        and partner[at] < 0
        and at not in explained
    ]
    carrying = reading.units[index].word_key in pair.lexicon.carrying
    if carrying and cues_of(reading) > cues_of(others):
        carriers = [at for at in source if partner[at] < 0 and at not in explained]
    if not carriers or len(carriers) < len(source):
        return False
    known = {unit.key for unit in others.units}
    if any(reading.units[at].key in known for at in carriers):
        return False
    source_dropped(pair, index, source, ours=ours)
    return True


def _indefinite(pair: Pair, reading: Reading, source: list[int]) -> bool:
    """Whether an indefinite article stands before a source."""
    start = reading.units[source[0]].start
    before = reading.text[max(0, start - NEAR) : start].casefold().split()
    article = before[-1] if before else ""
    if article in pair.lexicon.data.indefinite:
        return True
    if article in pair.lexicon.articles:
        return False  # "the witness" may be whom the other report names
    return any(reading.units[at].key in pair.lexicon.anonymous for at in source)


_BELIEFS = frozenset(("opinion", "prediction", "fear", "confidence"))
"""Stances that say how sure somebody is: who "hopes to leave" here "leaves" there."""


def source_dropped(pair: Pair, index: int, source: list[int], *, ours: bool) -> None:
    """Reports a reporting verb and its source that only one reading has."""
    reading = pair.a if ours else pair.b
    partner = pair.to_b if ours else pair.to_a
    unit = reading.units[index]
    shared = sum(1 for other in partner if other >= 0)
    if shared < 3 or shared * 3 < len(partner):
        return
    if not any(reading.units[at].kind is Kind.NAME for at in source) and _quoted(
        pair.b if ours else pair.a, partner
    ):
        return  # marks say that it is somebody's, a pronoun would say no more
    first, last = min([index, *source]), max([index, *source])
    span = reading.units[first].start, max(one.end for one in reading.units[first : last + 1])
    point = pair.point_b(index) if ours else pair.point_a(index)
    sentence = reading.units[index].sentence
    saying = [at for at in reading.of_kind.get(Kind.CUE, ()) if partner[at] >= 0]
    saying = [at for at in saying if reading.units[at].sentence == sentence and at >= index]
    if saying and saying[0] - index <= _WORDS_OF_SOURCE:
        there = (pair.b if ours else pair.a).units[partner[saying[0]]]
        point = there.start, there.end  # who is quoted, in the place of who quotes him
    span_a, span_b = (span, point) if ours else (point, span)
    shown = pair.words_a(span) if ours else pair.words_b(span)
    note = f"Attributed in one report (“{shown}”), given without this source in the other."
    believed = unit.sign is not None and unit.sign.sense in _BELIEFS
    kept = bool(source) and all(partner[at] >= 0 for at in source)
    kind: ChangeKind = "modality" if believed and kept else "attribution"
    pair.add(kind, span_a, span_b, 0.6, note, unit=unit)
    explained = pair.explained_a if ours else pair.explained_b
    explained.add(index)
    explained.update(at for at in source if partner[at] < 0)


def _quoted(other: Reading, partner: list[int]) -> bool:
    """Whether most of what is shared stands in quotation marks in the other reading."""
    shared = [at for at in partner if at >= 0]
    return 2 * sum(1 for at in shared if other.units[at].quoted) > len(shared)
