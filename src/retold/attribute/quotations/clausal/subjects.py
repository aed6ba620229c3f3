"""Who a frame names: the subject of its verb, with its appositions; else who carries it."""

from __future__ import annotations

from msgspec import Struct

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.clausal.partners import (
    agent,
    is_place,
    medium,
    quoted_one,
    widened,
    without_hearer,
)
from retold.attribute.quotations.clausal.phrases import (
    is_oblique,
    noun_phrase,
    subject_in,
)
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

__all__ = [
    "Frame",
    "find_subject",
    "follows_clause",
    "is_apposition",
    "is_manner",
    "main_subject",
]

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
        passive, gerund: the verb is one.
        carriers: agents that the frame names beside its subject.
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
    carriers: list[tuple[Range, str]] = []


def find_subject(t: Tokens, parts: list[Segment], frame: Frame, last: Range | None) -> None:
    """Sets source and speaker of a frame, and the segments that its subject takes in.

    Args:
        t: the tokens.
        parts: segments of the period.
        frame: changed in place.
        last: source of the frame before.
    """
    segment = parts[frame.first]
    finite, order = frame.finite, t.lexicon.quoting.order
    if t.lemma[frame.at] in t.lexicon.quoting.impersonal:
        _set(t, frame, medium(t, segment), parts, extend=False)
        frame.verb_first = frame.at == segment.first
        return
    if frame.passive:
        named = agent(t, segment) or medium(t, segment, documents=True)
        if t.form[frame.at] in t.lexicon.relays:
            # "X wurde von A mit den Worten zitiert": who is quoted speaks.
            utterer = subject_in(t, segment.first, finite, skip=False)
            utterer = utterer or subject_in(t, finite + 1, frame.at)
            if named is not None:
                frame.carriers.append((named, "quotes the utterer"))
            named = utterer
        _set(t, frame, named, parts)
        frame.verb_first = finite == segment.first
        return
    if frame.gerund:
        _set(t, frame, last or main_subject(t, parts, frame.first), parts)
        frame.shared = True
        return
    if frame.manner or segment.subordinate:
        left = subject_in(t, segment.first + 1, min(frame.at, finite))
        relative = segment.opener & lx.REL and not is_oblique(t, segment.first)
        if left is None and not order.verb_second and not relative:
            left = subject_in(t, frame.at + 1, segment.hi)
        if left is None and segment.opener & lx.REL:
            left = segment.first, segment.first + 1
            _set(t, frame, left, parts)
            frame.speaker = _antecedent(t, parts, frame.first) or left
            return
        if left is None and frame.manner:
            left = subject_in(t, frame.at + 1, segment.hi) or medium(t, segment)
        _set(t, frame, left, parts)
        return
    start = _clause_start(t, segment, finite)
    if start + 1 == finite and t.form[start] in t.lexicon.quoting.quasi and start == segment.lo:
        frame.cue.insert(0, (start, start + 1))
        start = finite  # ", so urteilte X"
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
        clause = follows_clause(t, parts, frame.first) or _is_inserted(t, parts, frame.first)
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
    if not order.verb_second:
        before_verb = widened(t, start, finite, before_verb)
    if before_verb is not None and order.verb_second:
        k = before_verb[1]
        while k < finite and t.tag[k] & (lx.ADV | lx.TIME | lx.BRACKET | lx.PREP | lx.NUM | lx.CAP):
            k += 1
        if k < finite and not t.tag[k] & lx.QUOTE:
            before_verb = None
        elif k < finite or is_place(t, before_verb[1], finite):
            before_verb = before_verb[0], finite
    if before_verb is not None:
        word, alone = t.form[before_verb[0]], before_verb[1] - before_verb[0] == 1
        grammar = t.lexicon.quoting.grammar
        if word in grammar.oblique or (alone and after and word in grammar.demonstratives):
            before_verb = None
    if before_verb is None and after is None:
        apposed = _apposed(t, parts, frame.first) if not frame.shared else None
        if apposed is not None:
            frame.first, source = apposed
            frame.lo = parts[frame.first].lo
            _set(t, frame, source, parts, extend=False)
            return
    subject = before_verb or after
    if subject is None and order.verb_second:
        _set(t, frame, medium(t, segment), parts, extend=False)
        return
    _set(t, frame, subject, parts)
    if t.form[frame.at] in t.lexicon.relays and frame.source is not None and order.verb_second:
        utterer = quoted_one(t, segment, finite, frame.source)
        if utterer is not None:
            frame.carriers.append((frame.source, "quotes the utterer"))
            frame.source = frame.speaker = utterer


def _set(
    t: Tokens, frame: Frame, source: Range | None, parts: list[Segment], *, extend: bool = True
) -> None:
    if source is not None and t.form[source[0]] in t.lexicon.quoting.expletives:
        source = medium(t, parts[frame.first])
        extend = False
    if source is not None and extend and source[0] >= parts[frame.first].lo:
        n = number_of(parts, source[0])
        if source[1] == parts[n].hi:
            source = _with_apposition(t, parts, n, source, frame)
        source, carriers = without_hearer(t, frame.at, source)
        frame.carriers.extend(carriers)
    frame.source = frame.speaker = source


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
    if not t.lexicon.quoting.order.capital_nouns and not any(
        t.tag[k] & lx.CAP for k in range(segment.lo, segment.hi)
    ):
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
        edges = t.tag[part.lo] | t.tag[part.hi - 1]
        if part.quoted or (edges & lx.QUOTE and not part.subordinate):
            return True
        if is_manner(t, part):
            continue
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


def is_manner(t: Tokens, part: Segment) -> bool:
    """True for a clause that attributes: "wie die Polizei mitteilte"."""
    if t.form[part.first] not in t.lexicon.quoting.manner or not part.subordinate:
        return False
    return any(t.cue[k] & STRONG for k in range(part.first, part.hi))


def _is_inserted(t: Tokens, parts: list[Segment], n: int) -> bool:
    """True for "Der Zug, sagte X, sei zu schnell": the verb of what is said follows the frame."""
    if not 0 < n < len(parts) - 1:
        return False
    nxt = parts[n + 1]
    finite = is_finite(t, nxt.lo) and not t.cue[nxt.lo] & STRONG
    return finite and not parts[n - 1].subordinate


def _complements(t: Tokens, part: Segment) -> bool:
    opener = t.tag[part.first]
    return bool(opener & lx.COMP) and not opener & (lx.REL | lx.QUESTION)


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
    return subject_in(t, parts[0].first, parts[0].hi, skip=False) if n else None


def _antecedent(t: Tokens, parts: list[Segment], n: int) -> Range | None:
    """The noun phrase at the end of the segment before a relative clause."""
    if not n:
        return None
    before = parts[n - 1]
    for k in range(before.lo, before.hi):
        if noun_phrase(t, k, before.hi) == before.hi:
            return k, before.hi
    return None
