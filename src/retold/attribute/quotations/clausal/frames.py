"""The clause that names who speaks: its verb, the verb's parts, its subject."""

from __future__ import annotations

from msgspec import Struct

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.clausal.phrases import noun_phrase, prepositional, subject_in
from retold.attribute.quotations.clausal.segments import (
    Segment,
    finite_in,
    has_finite,
    is_finite,
    number_of,
)
from retold.attribute.quotations.found import STRONG, Range
from retold.attribute.quotations.raw import Status
from retold.attribute.quotations.tokens import Tokens

__all__ = ["Frame", "follows_clause", "is_apposition", "main_subject", "read_frame"]

_PARTICLE_SEGMENTS = 4
_CORRELATES = 3


class Frame(Struct):
    """A clause with a cue verb.

    Attributes:
        at: the cue verb.
        finite: the finite verb of its clause.
        cue: token ranges: the verb, its auxiliary or its separated particle.
        first, last: numbers of the first and last segment that belong to it.
        lo: where the clause begins.
        source, speaker: as in `Found`.
        classes: of the cue.
        status: how the saying is qualified.
        verb_first: no word of the clause stands before its verb.
        manner: "as A said".
        shared: its subject is that of the clause before.
    """

    at: int
    finite: int
    cue: list[Range]
    first: int
    last: int
    lo: int
    source: Range | None
    speaker: Range | None
    classes: int
    status: Status
    verb_first: bool = False
    manner: bool = False
    shared: bool = False
    passive: bool = False
    gerund: bool = False


def read_frame(t: Tokens, parts: list[Segment], i: int, last: Range | None) -> Frame | None:
    """The frame whose cue verb is token `i`, or None when the form is no such verb there.

    Args:
        t: the tokens.
        parts: segments of the period.
        i: the verb.
        last: source of the frame before, which a second verb shares.
    """
    n = number_of(parts, i)
    if n < 0:
        return None
    segment = parts[n]
    if t.tag[i] & lx.CAP and i != parts[0].first:
        return None  # a noun, or part of a name
    if i and t.tag[i - 1] & (lx.DET | lx.POSS) and not t.tag[i - 1] & (lx.SUBJ | lx.REL):
        return None
    classes = t.cue[i]
    cue: list[Range] = [(i, i + 1)]
    separated = _particle(t, parts, n, i)
    if separated is not None:
        particle, classes = separated
        cue.append((particle, particle + 1))
    if not classes and t.lemma[i] in t.lexicon.quoting.impersonal and _nobody(t, segment, i):
        classes = lx.SAY
    if not classes:
        return None
    manner = t.form[segment.first] in t.lexicon.quoting.manner and segment.first < i
    read = _finite(t, segment, i, manner=manner)
    if read is None:
        return None
    finite, passive, conditional, gerund = read
    if finite != i:
        cue.insert(0, (finite, finite + 1)) if finite < i else cue.append((finite, finite + 1))
    if manner:
        cue.insert(0, (segment.first, segment.first + 1))
    frame = Frame(
        i, finite, cue, n, n, segment.lo, None, None, classes,
        _status(t, segment, i, finite, classes, conditional=conditional),
        manner=manner, passive=passive, gerund=gerund,
    )  # fmt: skip
    if separated is not None:
        frame.last = max(frame.last, number_of(parts, separated[0]))
    _find_subject(t, parts, frame, last)
    return frame


def _nobody(t: Tokens, segment: Segment, i: int) -> bool:
    """True when the subject of the verb at `i` names nobody: "heißt es"."""
    return any(
        t.form[k] in t.lexicon.quoting.expletives
        for k in (i - 1, i + 1)
        if segment.lo <= k < segment.hi
    )


def _particle(t: Tokens, parts: list[Segment], n: int, i: int) -> tuple[int, int] | None:
    """The separated particle of the verb at `i`, and the class that it makes."""
    options = t.lexicon.particles.get(t.lemma[i])
    if not options:
        return None
    if not t.lexicon.quoting.order.verb_second:
        for words, bit in options:
            if tuple(t.form[i + 1 : i + 1 + len(words)]) == words:
                return i + 1, bit
        return None
    for m in range(n, min(len(parts), n + _PARTICLE_SEGMENTS)):
        lo, hi = parts[m].lo, parts[m].hi
        if m > n and parts[m].quoted:
            return None
        for k in range(hi - 1, max(lo, i) - 1, -1):
            if k <= i or t.tag[k] & lx.CAP:
                continue
            # At the end of the segment, or before "und" and another verb.
            ends = k == hi - 1 or t.tag[k + 1] & (lx.COORD | lx.QUOTE)
            if not ends:
                continue
            for words, bit in options:
                if t.form[k] == words[-1]:
                    return k, bit
        if parts[m].subordinate and parts[m].opener & lx.COMP and not parts[m].opener & lx.REL:
            return None
    return None


def _finite(
    t: Tokens, segment: Segment, i: int, *, manner: bool
) -> tuple[int, bool, bool, bool] | None:
    """(finite verb, passive, conditional, gerund) of the cue at `i`; None when it is no verb."""
    part, order = t.part[i], t.lexicon.quoting.order
    if part & lx.GERUND and not part & lx.FINITE:
        return i, False, False, True
    if not order.verb_second:
        if part & lx.FINITE:
            passive = part == lx.PARTICIPLE
            return i, passive, False, False
        if part & lx.PARTICIPLE:
            return i, True, False, False
        return None
    final = segment.subordinate or manner
    near = range(i + 1, min(segment.hi, i + 4)) if final else range(i - 1, segment.lo - 1, -1)
    helpers = lx.AUX | lx.MODAL
    if part & (lx.PARTICIPLE | lx.BASE):
        for k in near:
            bits = t.tag[k]
            if bits & helpers and is_finite(t, k):
                closed = final or all(
                    t.tag[m] & (lx.AUX | lx.COORD | lx.VERB)
                    for m in range(i + 1, _clause_end(t, i, segment))
                )
                modal = bool(bits & lx.MODAL) and not bits & lx.AUX
                fits = (part & lx.PARTICIPLE and bits & lx.AUX) or (part & lx.BASE and modal)
                if closed and (fits or (part & lx.PARTICIPLE and modal)):
                    if part & lx.PAST and t.form[k] in t.lexicon.quoting.grammar.be:
                        return None
                    passive = bool(part & lx.PARTICIPLE) and bool(bits & lx.BE)
                    return k, passive, modal, False
    if not part & lx.FINITE:
        return None
    if i and t.tag[i - 1] & lx.INF:
        return None
    return i, False, False, False


def _clause_end(t: Tokens, i: int, segment: Segment) -> int:
    """Where the clause of the verb at `i` ends: at a coordinator or the segment's end."""
    for k in range(i + 1, segment.hi):
        if t.tag[k] & (lx.COORD | lx.QUOTE):
            return k
    return segment.hi


def _status(
    t: Tokens, segment: Segment, i: int, finite: int, classes: int, *, conditional: bool
) -> Status:
    lo, hi = min(i, finite), max(i, finite)
    around = range(max(segment.lo, lo - 1), min(segment.hi, hi + _CORRELATES))
    if any(t.tag[k] & lx.NEG and not t.tag[k] & lx.DET for k in around):
        return "negated"
    if conditional:
        return "conditional"
    return "thought" if classes & lx.THINK and not classes & STRONG else "asserted"


def _find_subject(t: Tokens, parts: list[Segment], frame: Frame, last: Range | None) -> None:
    segment = parts[frame.first]
    finite, order = frame.finite, t.lexicon.quoting.order
    if frame.passive:
        _set(t, frame, _agent(t, parts, frame), parts)
        frame.verb_first = finite == segment.first
        return
    if frame.gerund:
        _set(t, frame, last or main_subject(t, parts, frame.first), parts)
        frame.shared = True
        return
    if frame.manner or segment.subordinate:
        left = subject_in(t, segment.first + 1, min(frame.at, finite))
        if left is None and not order.verb_second:
            left = subject_in(t, frame.at + 1, segment.hi)
        if left is None and segment.opener & lx.REL:
            left = segment.first, segment.first + 1
            _set(t, frame, left, parts)
            frame.speaker = _antecedent(t, parts, frame.first) or left
            return
        if left is None and frame.manner:
            left = subject_in(t, frame.at + 1, segment.hi)
        _set(t, frame, left, parts)
        return
    start = _clause_start(t, segment, finite)
    frame.lo = start if start > segment.first else segment.lo
    after = subject_in(t, finite + 1, segment.hi)
    if after is not None and after[0] <= frame.at < after[1]:
        after = None
    if start == finite:
        if start > segment.lo and t.tag[start - 1] & lx.COORD:
            own = subject_in(t, segment.first, finite_in(t, segment.first, finite), skip=False)
            _set(t, frame, after if after and frame.first == 0 else own or last or after, parts)
            frame.shared = True
            if frame.source is None or (segment.first == finite and last is None):
                _set(t, frame, main_subject(t, parts, frame.first), parts)
            return
        frame.verb_first = True
        clause = follows_clause(t, parts, frame.first)
        before = _apposed(t, parts, frame.first) if after is None or not clause else None
        if before is None and not clause:
            frame.verb_first = False
        if before is not None:
            frame.verb_first = False
            frame.first, source = before
            frame.lo = parts[frame.first].lo
            _set(t, frame, source, parts, extend=False)
            return
        _set(t, frame, after, parts)
        return
    before_verb = subject_in(t, start, finite, skip=not order.verb_second)
    if before_verb is not None and order.verb_second:
        k = before_verb[1]
        while k < finite and t.tag[k] & (lx.ADV | lx.TIME | lx.BRACKET | lx.PREP | lx.NUM | lx.CAP):
            k += 1
        if k < finite and not t.tag[k] & lx.QUOTE:
            before_verb = None
        elif k < finite:
            before_verb = before_verb[0], finite
    if before_verb is not None and t.form[before_verb[0]] in t.lexicon.quoting.grammar.oblique:
        before_verb = None
    if before_verb is None and after is None:
        apposed = _apposed(t, parts, frame.first) if not frame.shared else None
        if apposed is not None:
            frame.first, source = apposed
            frame.lo = parts[frame.first].lo
            _set(t, frame, source, parts, extend=False)
            return
    _set(t, frame, before_verb or after, parts)


def _set(
    t: Tokens, frame: Frame, source: Range | None, parts: list[Segment], *, extend: bool = True
) -> None:
    if source is not None and t.form[source[0]] in t.lexicon.quoting.expletives:
        source = _medium(t, parts, frame)
        extend = False
    if source is not None and extend and source[0] >= parts[frame.first].lo:
        n = number_of(parts, source[0])
        if source[1] == parts[n].hi:
            source = _with_apposition(t, parts, n, source, frame)
    frame.source = frame.speaker = source


def _medium(t: Tokens, parts: list[Segment], frame: Frame) -> Range | None:
    """X of "heißt es in X", "hieß es aus X": who speaks where the subject is nobody."""
    segment = parts[frame.first]
    for k in range(segment.lo, segment.hi - 1):
        if t.form[k] in t.lexicon.quoting.relays.media and not t.tag[k + 1] & lx.TIME:
            end = prepositional(t, k, segment.hi)
            if end > k + 1 and not any(t.tag[m] & lx.TIME for m in range(k + 1, end)):
                return k + 1, end
    return None


def _with_apposition(t: Tokens, parts: list[Segment], n: int, source: Range, frame: Frame) -> Range:
    """Takes ", Sprecher der Polizei," along."""
    m = n + 1
    while m < len(parts) and is_apposition(t, parts[m]) and m - n < _CORRELATES:
        source = source[0], parts[m].hi
        frame.last = max(frame.last, m)
        m += 1
    return source


def is_apposition(t: Tokens, segment: Segment) -> bool:
    """True for a noun phrase alone between commas."""
    if not segment.border & lx.COMMA or segment.subordinate or segment.quoted:
        return False
    if segment.first != segment.lo or segment.opener & (lx.PREP | lx.QUOTE | lx.OBJ):
        return False
    end = noun_phrase(t, segment.lo, segment.hi)
    if end == segment.lo or has_finite(t, segment.lo, segment.hi):
        return False
    if end == segment.lo + 1 and not segment.opener & lx.CAP:
        return False
    return end == segment.hi or bool(t.tag[end] & lx.PREP)


def _clause_start(t: Tokens, segment: Segment, finite: int) -> int:
    """Where the clause of a finite verb begins: after "und" when a verb stands before that."""
    for k in range(finite - 1, segment.first, -1):
        if t.tag[k] & lx.COORD and has_finite(t, segment.first, k):
            return k + 1
    return segment.first


def follows_clause(t: Tokens, parts: list[Segment], n: int) -> bool:
    """True when what stands before segment `n` can be said: a main clause, a quotation, "dass …".

    A conjunction other than that, and a clause that opens with its verb, are conditions of the
    clause that follows them; noun phrases and relative clauses are its subject.
    """
    if not t.lexicon.quoting.order.verb_second:
        return True
    for m in range(n - 1, -1, -1):
        part = parts[m]
        if any(t.tag[k] & lx.QUOTE for k in range(part.lo, part.hi)):
            return True
        if part.subordinate:
            if _complements(t, part):
                return True
        elif _has_second_verb(t, part):
            return True
        if part.border & lx.SEMI:
            break
    return False


def _has_second_verb(t: Tokens, part: Segment) -> bool:
    """True for a main clause: a verb in it, or a word after its subject that must be one."""
    finite = finite_in(t, part.first, part.hi)
    if finite < part.hi:
        return finite > part.first
    end = noun_phrase(t, part.first, part.hi)
    rest = t.tag[end] if end < part.hi else lx.PREP
    return end > part.first and not rest & (lx.PREP | lx.ADV | lx.TIME)


def _complements(t: Tokens, part: Segment) -> bool:
    opener = t.tag[part.first]
    return bool(opener & lx.COMP) and not opener & lx.REL


def _apposed(t: Tokens, parts: list[Segment], n: int) -> tuple[int, Range] | None:
    """The subject of "A, Sprecher der Polizei, sagte": its first segment, and its words."""
    first = n
    while first > 0 and parts[first].border & (lx.COMMA | lx.DASH):
        before = parts[first - 1]
        if before.quoted or (not before.subordinate and has_finite(t, before.lo, before.hi)):
            break
        first -= 1
    for m in range(first, n):
        if parts[m].subordinate:
            continue
        source = subject_in(t, parts[m].first, parts[m].hi, skip=m == first)
        hi = parts[m].hi
        if source is None or (source[1] < hi and not t.tag[source[1]] & lx.PREP):
            continue
        while m + 1 < n and is_apposition(t, parts[m + 1]):
            m += 1
            source = source[0], parts[m].hi
        return number_of(parts, source[0]), source
    return None


def main_subject(t: Tokens, parts: list[Segment], n: int) -> Range | None:
    """The subject of the nearest main clause before, else after."""
    for m in [*range(n - 1, -1, -1), *range(n, len(parts))]:
        part = parts[m]
        if part.subordinate or part.quoted or not has_finite(t, part.lo, part.hi):
            continue
        finite = finite_in(t, part.lo, part.hi)
        return subject_in(t, part.first, finite) or subject_in(t, finite + 1, part.hi)
    return None


def _antecedent(t: Tokens, parts: list[Segment], n: int) -> Range | None:
    """The noun phrase at the end of the segment before a relative clause."""
    if not n:
        return None
    before = parts[n - 1]
    for k in range(before.lo, before.hi):
        if noun_phrase(t, k, before.hi) == before.hi:
            return k, before.hi
    return None


def _agent(t: Tokens, parts: list[Segment], frame: Frame) -> Range | None:
    """X of "wurde von X mitgeteilt"."""
    segment = parts[frame.first]
    for k in range(segment.lo, segment.hi - 1):
        if t.form[k] in t.lexicon.quoting.relays.agents:
            end = noun_phrase(t, k + 1, segment.hi)
            if end > k + 1:
                return k + 1, end
    return None
