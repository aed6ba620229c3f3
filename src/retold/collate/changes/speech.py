"""Who says it and how: reporting verbs and their sources."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from retold.collate.changes.lexicon import Lexicon
from retold.collate.changes.pair import POOL, Gap, Pair
from retold.collate.changes.units import Kind, Reading, Unit
from retold.model import Span
from retold.text.words import words

__all__ = ["attribution_changes", "source_of"]


def attribution_changes(pair: Pair, gaps: list[Gap]) -> None:
    """Reports reporting verbs of another stance, other sources, and sources in one reading only."""
    _relink(pair)
    _typos(pair, gaps)
    for gap in gaps:
        left = [i for i in gap.a if pair.a.units[i].kind is Kind.CUE]
        right = [j for j in gap.b if pair.b.units[j].kind is Kind.CUE]
        for index, other in zip(left, right, strict=False):
            _replaced(pair, index, other)
    left, right = pair.free_a(Kind.CUE), pair.free_b(Kind.CUE)
    for index, other in zip(left, right, strict=False):
        _replaced(pair, index, other)
    for gap in gaps:
        _unlisted(pair, gap)
    for ours, free in ((True, pair.free_a(Kind.CUE)), (False, pair.free_b(Kind.CUE))):
        reading, others = (pair.a, pair.b) if ours else (pair.b, pair.a)
        partner = pair.to_b if ours else pair.to_a
        alone = not _cues(others)
        for index in free:
            sign = reading.units[index].sign
            if sign is None or sign.sense not in _SAYING:
                continue
            source = source_of(reading, index, pair.lexicon)
            carried = [at for at in source if reading.units[at].kind is Kind.NAME]
            fewer = _cues(others) < _cues(reading)
            known = pair.explained_a if ours else pair.explained_b
            gone = bool(carried or (source and fewer)) and all(
                partner[at] < 0 and at not in known for at in source
            )
            if ((alone and len(free) == 1) or gone) and _strong(pair, reading, index, source):
                _dropped(pair, index, source, ours=ours)
    for index, other in enumerate(pair.to_b):
        if other >= 0 and pair.a.units[index].kind is Kind.CUE:
            _other_source(pair, index, other)


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


_SAYING = frozenset(("neutral", "emphasis", "factive", "doubt", "opinion", "confidence", "warning"))
"""Stances of verbs that say where a claim is from."""


def _cues(reading: Reading) -> int:
    return sum(
        1
        for unit in reading.units
        if unit.kind is Kind.CUE or (unit.sign is not None and unit.sign.sense == "denial")
    )


def _strong(pair: Pair, reading: Reading, index: int, source: list[int]) -> bool:
    """Whether a word reports for certain: set off by punctuation, or "say", or "… that".

    "She conceded to him" and "built according to plan" report nothing.
    """
    unit, text = reading.units[index], reading.text
    if unit.start in reading.facts.cues:
        return True
    if unit.word_key in pair.lexicon.plain_sayings:
        return True
    if text[unit.start : unit.end].casefold().split()[-1] in pair.lexicon.data.that_words:
        return True
    after = text[unit.end : unit.end + _NEAR].casefold().split()
    if after and after[0] in pair.lexicon.data.that_words:
        return True
    end = max([index, *source])
    behind = text[reading.units[end].end : reading.units[end].end + 1]
    start = min([index, *source])
    before = text[: reading.units[start].start].rstrip()[-1:]
    if unit.end < reading.units[end].end or end == index:
        return behind in _STOPS or (before != "" and before in ',“”"«»')
    return False


_NEAR = 12


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
        if not any(pair.a.units[index].kind is Kind.CUE for index in gap.a) and not any(
            pair.b.units[other].kind is Kind.CUE for other in gap.b
        ):
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
    while (
        at >= 0 and units[at].sentence == units[index].sentence and len(before) < _WORDS_OF_SOURCE
    ):
        between = text[units[at].end : units[at + 1].start]
        if any(mark in between for mark in _STOPS) or units[at].kind not in _SOURCES:
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
        if any(mark in between for mark in _STOPS) or units[at].kind not in _SOURCES:
            break
        if units[at].breaks or len(behind) == _WORDS_OF_SOURCE:
            break
        behind.append(at)
        at += 1
    return behind


_STOPS = ',;:.!?“”"«»„—–()'
_SOURCES = (Kind.NAME, Kind.REFERENCE, Kind.CONTENT)
_WORDS_OF_SOURCE = 4


def _other_source(pair: Pair, index: int, other: int) -> None:
    """Reports another source with the same verb, where neither can be the other's office.

    "The minister" and "Mr Brandt" may be one man; "his doctor" and "his manager" are not, nor
    is a colonel "an officer" to the reader who is told no more.
    """
    one, two = source_of(pair.a, index, pair.lexicon), source_of(pair.b, other, pair.lexicon)
    if _carrier_lost(pair, index, one, ours=True) or _carrier_lost(pair, other, two, ours=False):
        return
    if _owner(pair, index, other):
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
    before = words(mine.text, max(begins, first.start - _NEAR), first.start)
    said = words(
        theirs.text, max(theirs.sentences[there.sentence].span[0], there.start - _NEAR), there.start
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
    if sign is None or sign.sense not in _SAYING:
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
    if carrying and _cues(reading) > _cues(others):
        carriers = [at for at in source if partner[at] < 0 and at not in explained]
    if not carriers or len(carriers) < len(source):
        return False
    known = {unit.key for unit in others.units}
    if any(reading.units[at].key in known for at in carriers):
        return False
    _dropped(pair, index, source, ours=ours)
    return True


def _indefinite(pair: Pair, reading: Reading, source: list[int]) -> bool:
    """Whether an indefinite article stands before a source."""
    start = reading.units[source[0]].start
    before = reading.text[max(0, start - _NEAR) : start].casefold().split()
    article = before[-1] if before else ""
    if article in pair.lexicon.data.indefinite:
        return True
    if article in pair.lexicon.articles:
        return False  # "the witness" may be whom the other report names
    return any(reading.units[at].key in pair.lexicon.anonymous for at in source)


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


def _dropped(pair: Pair, index: int, source: list[int], *, ours: bool) -> None:
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
    if partner[index] >= 0:
        there = (pair.b if ours else pair.a).units[partner[index]]
        point = there.start, there.end
    span_a, span_b = (span, point) if ours else (point, span)
    shown = pair.words_a(span) if ours else pair.words_b(span)
    note = f"Attributed in one report (“{shown}”), given without this source in the other."
    pair.add("attribution", span_a, span_b, 0.6, note, unit=unit)
    explained = pair.explained_a if ours else pair.explained_b
    explained.add(index)
    explained.update(at for at in source if partner[at] < 0)


def _quoted(other: Reading, partner: list[int]) -> bool:
    """Whether most of what is shared stands in quotation marks in the other reading."""
    shared = [at for at in partner if at >= 0]
    return 2 * sum(1 for at in shared if other.units[at].quoted) > len(shared)
