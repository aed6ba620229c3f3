"""The clause that names who speaks: its verb, the verb's parts, its subject."""

from __future__ import annotations

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.clausal.segments import Segment, is_finite, number_of
from retold.attribute.quotations.clausal.subjects import Frame, find_subject
from retold.attribute.quotations.found import STRONG, Range
from retold.attribute.quotations.raw import Status
from retold.attribute.quotations.tokens import Tokens

__all__ = ["Frame", "read_frame"]

_PARTICLE_SEGMENTS = 4
_CORRELATES = 3


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
    if i and t.tag[i - 1] & (lx.DET | lx.POSS):
        # "Das bekannte Museum gibt …" against "Das teilte Ministerin X mit".
        noun = i + 1 < segment.hi and t.tag[i + 1] & (lx.CAP | lx.NUM)
        attribute = noun and any(k != i and is_finite(t, k) for k in range(segment.lo, segment.hi))
        if attribute or not t.tag[i - 1] & (lx.SUBJ | lx.REL):
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
    find_subject(t, parts, frame, last)
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
    if i > parts[n].lo:
        for words, bit in options:
            if t.form[i - 1] == words[-1]:
                return i - 1, bit  # "bekannt gab", at the end of its clause
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
        if part & lx.BASE and (t.form[i - 1],) in t.lexicon.catenatives and i > segment.lo:
            return i - 1, False, False, False  # "отказался подтвердить"
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
                modal = bool(bits & lx.MODAL) and not (bits & lx.AUX and part & lx.PARTICIPLE)
                fits = bits & lx.AUX and part & lx.PARTICIPLE
                if closed and (fits or modal):
                    if part & lx.PAST and t.form[k] in t.lexicon.quoting.grammar.be:
                        return None
                    passive = bool(part & lx.PARTICIPLE) and _is_passive(t, segment, i, k)
                    return k, passive, modal, False
    if not part & lx.FINITE:
        return None
    if i and t.tag[i - 1] & lx.INF:
        return None
    if part & lx.PARTICIPLE and not final:
        for k in range(i - 1, segment.lo - 1, -1):
            if t.tag[k] & lx.COORD:
                break
            if t.tag[k] & helpers and is_finite(t, k):
                return None  # "hat wiederholt Fehler gemacht"
    return i, False, False, False


def _is_passive(t: Tokens, segment: Segment, i: int, helper: int) -> bool:
    """True where the helper, or one between it and the participle, makes a passive."""
    beside = i + 1 if i + 1 < segment.hi else i
    return bool((t.tag[helper] | t.tag[beside]) & lx.BE)


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
    # Where the verb comes second its negation follows it; elsewhere it stands before it.
    beyond = hi + _CORRELATES if t.lexicon.quoting.order.verb_second else hi
    around = range(max(segment.lo, lo - 1), min(segment.hi, beyond))
    if any(t.tag[k] & lx.NEG and not t.tag[k] & lx.DET for k in around):
        return "negated"
    if finite != i and (t.form[finite],) in t.lexicon.catenatives:
        return "negated" if t.lexicon.catenatives[(t.form[finite],)] == "negated" else "conditional"
    if conditional:
        return "conditional"
    return "thought" if classes & lx.THINK and not classes & STRONG else "asserted"
