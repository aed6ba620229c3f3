"""What a frame gives as said: before it, after it, around it."""

from __future__ import annotations

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.clausal.phrases import noun_phrase, prepositional, subject_in
from retold.attribute.quotations.clausal.segments import Segment, has_finite, is_finite
from retold.attribute.quotations.clausal.subjects import Frame, is_manner
from retold.attribute.quotations.found import STRONG, Range
from retold.attribute.quotations.tokens import Period, Tokens

__all__ = [
    "after",
    "before",
    "infinitive",
    "is_hearsay",
    "is_plain",
    "is_subjunctive",
    "opens_frame",
    "stop",
]

_SHORT = 4
_FRAGMENT = 4
"""Words without a verb before a frame that can be a headline's claim; fewer are an adjunct."""
_INFINITIVE = 3
"""Tokens from the infinitive's marker to the end of its clause: "zu lösen sein"."""
_HELD = STRONG | lx.THINK | lx.SHOW


def is_subjunctive(t: Tokens, lo: int, hi: int, *, sure: bool = False) -> bool:
    """True when a form that marks reported speech stands in the stretch.

    Args:
        t: the tokens.
        lo, hi: the stretch.
        sure: leave out the forms that a reporter uses of what may be.
    """
    order = t.lexicon.quoting.order
    quoting = t.lexicon.quoting
    spoken = False
    for k in range(lo, hi):
        form = t.form[k]
        if form in quoting.speaking:
            return False
        if t.tag[k] & lx.CAP and not (k == lo and t.tag[k] & (lx.AUX | lx.MODAL)):
            continue
        spoken |= form in order.subjunctive or (not sure and form in order.hypothetical)
    return spoken


def is_hearsay(t: Tokens, part: Segment) -> bool:
    """True for "soll … gewesen sein": others say so."""
    order = t.lexicon.quoting.order
    if t.form[part.hi - 1] not in order.hearsay_ends:
        return False
    return any(t.form[k] in order.hearsay for k in range(part.lo, part.hi - 1))


def infinitive(t: Tokens, part: Segment) -> bool:
    """True for a clause without a subject: ", die Steuern zu senken"."""
    if part.subordinate or part.quoted or t.tag[part.first] & lx.SUB:
        return False
    endings = t.lexicon.quoting.grammar.clause_infinitives
    for k in range(part.hi - 1, part.lo - 1, -1):
        if t.tag[k] & lx.INF and k + 1 < part.hi and not t.tag[k + 1] & lx.CAP:
            last = part.hi - k <= _INFINITIVE or not has_finite(t, part.lo, part.hi)
            return last and t.form[k + 1].endswith(endings)
        near = part.hi - k <= _INFINITIVE
        if near and not t.tag[k] & lx.CAP and _joined(t, k):
            return not has_finite(t, part.lo, k)
    return False


def _joined(t: Tokens, k: int) -> bool:
    """True for an infinitive that holds its marker: "mitzuteilen"."""
    form = t.form[k]
    endings = t.lexicon.quoting.grammar.clause_infinitives
    return form.endswith(endings) and any(
        mark in form[2:-3] for mark in t.lexicon.quoting.grammar.infinitive
    )


def after(
    t: Tokens, period: Period, parts: list[Segment], frame: Frame
) -> tuple[Range, str, float] | None:
    """The content that follows a frame."""
    classes = frame.classes
    inside = _inside(t, parts, frame)
    wanted = _wanted(t, parts, frame)
    if wanted is not None:
        return wanted
    n = frame.last + 1
    while n < len(parts) and _inserted(parts, n) and n + 1 < len(parts):
        n += 1
    if n >= len(parts):
        last = period.hi - 1
        if inside is None and t.tag[last] & lx.COLON and classes & _HELD:
            return (period.hi, period.hi), "a colon ends the sentence", 0.8
        return inside
    part = parts[n]
    said = t.tag[part.lo] & lx.QUOTE or (classes & STRONG and not frame.passive)
    if part.border & lx.COLON and classes & (_HELD | lx.ACT) and said:
        return (part.lo, stop(t, parts, n, frame)), "after a colon", 0.9
    if inside is not None:
        return inside
    if t.tag[part.lo] & lx.QUOTE and classes & _HELD:
        return (part.lo, stop(t, parts, n, frame)), "a quotation after the frame", 0.9
    opener = t.tag[part.first]
    if part.subordinate and opener & lx.COMP:
        if opener & lx.QUESTION and (not classes & _HELD or frame.passive):
            return None
        noun = t.tag[parts[n - 1].hi - 1] & lx.CAP
        if opener & lx.REL and noun and (frame.source or (0, 0))[1] != parts[n - 1].hi:
            return None  # ", welche …": a relative clause after its noun
        return (part.first, stop(t, parts, n, frame)), "a clause after a complementiser", 0.85
    if part.subordinate or part.first > part.lo:
        return None
    if infinitive(t, part):
        if classes & (lx.WANT | STRONG | lx.THINK | lx.ACT):
            return (part.lo, stop(t, parts, n, frame)), "an infinitive clause", 0.7
        return None
    if not classes & _HELD or part.border & lx.SEMI or is_finite(t, part.lo):
        return None
    spoken = is_subjunctive(t, part.lo, part.hi)
    if not spoken and n + 1 < len(parts) and not has_finite(t, part.lo, part.hi):
        # Its verb may stand after a relative clause: "der Plan, den er kenne, sei gut".
        spoken = any(is_subjunctive(t, one.lo, one.hi) for one in parts[n + 1 : n + 4])
    bare = classes & (STRONG | lx.BARE) and has_finite(t, part.lo, part.hi)
    bare = bare and t.lexicon.quoting.order.verb_second and is_plain(t, parts, frame)
    if spoken or bare:
        return (part.lo, stop(t, parts, n, frame)), "a main clause after the frame", 0.75
    return None


def is_plain(t: Tokens, parts: list[Segment], frame: Frame) -> bool:
    """True for a frame that leaves its verb without an object: what is said can be one."""
    segment = parts[frame.first]
    if frame.passive or segment.subordinate:
        return False
    held = [*frame.cue, *([frame.source] if frame.source else [])]
    k = frame.finite + 1
    while k < segment.hi:
        inside = next((b for a, b in held if a <= k < b), 0)
        bits = t.tag[k]
        if inside:
            k = inside
        elif bits & lx.PREP:
            k = prepositional(t, k, segment.hi)
        elif bits & lx.CONTRAST:
            return False
        elif bits & (lx.ADV | lx.TIME | lx.OBJ | lx.SUBJ | lx.BRACKET | lx.NEG | lx.COMP):
            k += 1
        elif bits & (lx.CAP | lx.DET | lx.POSS | lx.NUM):
            return False
        else:
            k += 1
    return True


def _wanted(t: Tokens, parts: list[Segment], frame: Frame) -> tuple[Range, str, float] | None:
    """Призвал жителей не выходить: an infinitive in the clause of its verb."""
    if t.lexicon.quoting.order.verb_second or not frame.classes & lx.WANT:
        return None
    endings = t.lexicon.quoting.grammar.clause_infinitives
    hi = parts[frame.last].hi
    for k in range(frame.at + 1, hi):
        if t.tag[k] & (lx.QUOTE | lx.CAP):
            continue
        if t.form[k].endswith(endings) and len(t.form[k]) > _SHORT:
            start = k - 1 if t.tag[k - 1] & lx.NEG else k
            end = stop(t, parts, frame.last, None)
            return (start, max(end, hi)), "an infinitive", 0.6
    return None


def _inserted(parts: list[Segment], n: int) -> bool:
    """True for a relative clause between frame and content."""
    opener = parts[n].opener
    return parts[n].subordinate and bool(opener & lx.REL) and not opener & lx.COMP


def _inside(t: Tokens, parts: list[Segment], frame: Frame) -> tuple[Range, str, float] | None:
    """Words in quotation marks in the frame's own clause: "nannte den Plan „überflüssig“"."""
    quotes = [
        k
        for n in range(frame.first, frame.last + 1)
        for k in range(max(parts[n].lo, frame.finite + 1), parts[n].hi)
        if t.tag[k] & lx.QUOTE and not any(a <= k < b for a, b in [frame.source or (0, 0)])
    ]
    if not quotes:
        return None
    return (quotes[0], quotes[-1] + 1), "words in quotation marks after the verb", 0.7


def stop(
    t: Tokens, parts: list[Segment], n: int, frame: Frame | None, *, inside: bool = False
) -> int:
    """Where content that begins with segment `n` ends.

    Args:
        t: the tokens.
        parts: segments of the period.
        n: the first segment of the content.
        frame: what gives it.
        inside: the clause around the content goes on after it with its verb.
    """
    first = parts[n]
    end = first.hi
    if first.quoted:
        nxt = parts[n + 1] if n + 1 < len(parts) else None
        ends_sentence = t.text[t.quote[first.lo].inner[1] - 1] in ".?!…"
        joined = nxt is not None and any(t.tag[k] & lx.QUOTE for k in range(nxt.lo, nxt.hi))
        if ends_sentence or not joined:
            return first.hi
    inner = _coordinated(t, first)
    if inner is not None:
        return inner
    subordinate = inside or (
        frame is not None and not frame.manner and parts[frame.first].subordinate
    )
    for m in range(n + 1, len(parts)):
        part = parts[m]
        if part.border & lx.SEMI:
            break
        if subordinate and not part.subordinate and _resumes(t, part):
            break
        if opens_frame(t, part):
            break
        inner = _coordinated(t, part)
        if inner is not None:
            return inner
        end = part.hi
    return end


def _resumes(t: Tokens, part: Segment) -> bool:
    """True where the main clause follows a subordinate one: with its verb, where that is second."""
    if t.lexicon.quoting.order.verb_second:
        return is_finite(t, part.lo)
    return part.first == part.lo and has_finite(t, part.lo, part.hi)


def opens_frame(t: Tokens, part: Segment) -> bool:
    """True for a segment that attributes on its own: ", sagte X", "wie X sagte", "und X sagte"."""
    quoting = t.lexicon.quoting
    first, form = part.first, t.form[part.first]
    if is_manner(t, part):
        return True
    if form in quoting.quasi and first == part.lo and first + 1 < part.hi:
        end = noun_phrase(t, first + 1, part.hi)
        return end > first + 1 and not has_finite(t, first + 1, part.hi)
    if t.part[first] & lx.GERUND and not t.part[first] & lx.FINITE and t.cue[first] & STRONG:
        return True
    if part.subordinate or is_subjunctive(t, part.lo, part.hi):
        return False
    speaking = STRONG | lx.ACT
    if t.cue[first] & speaking and is_finite(t, first) and not t.tag[first] & lx.CAP:
        return first > part.lo or subject_in(t, first + 1, part.hi) is not None
    if first > part.lo or quoting.order.verb_second:
        subject = subject_in(t, first, part.hi, skip=False)
        if subject is not None and subject[1] < part.hi:
            k = subject[1]
            return bool(t.cue[k] & speaking) and is_finite(t, k)
    return False


def _coordinated(t: Tokens, part: Segment) -> int | None:
    """Where "und die Fraktion forderte …" begins inside a segment."""
    for k in range(part.first + 1, part.hi - 2):
        if t.tag[k] & lx.COORD:
            subject = subject_in(t, k + 1, part.hi, skip=False)
            m = k + 1 if subject is None else subject[1]
            if (
                m < part.hi
                and t.cue[m] & STRONG
                and t.part[m] & lx.FINITE
                and is_finite(t, m)
                and not is_subjunctive(t, m, m + 1)
                and (subject is not None or m == k + 1)
                and m + 1 < part.hi
            ):
                return k
    return None


def before(
    t: Tokens, parts: list[Segment], n: int, taken: int, *, goes_on: bool = False
) -> Range | None:
    """The content that ends right before segment `n`.

    Args:
        t: the tokens.
        parts: segments of the period.
        n: the first segment of the frame.
        taken: content begins no earlier.
        goes_on: it is carried on after the frame, so that a word or two may begin it.
    """
    if n == 0:
        return None
    last = n - 1
    first = last
    if parts[last].lo < taken:
        taken = parts[0].lo  # a frame right after a frame: "…, sagte X, wie Y berichtet"
    while first > 0 and parts[first].lo > taken:
        if parts[first].border & lx.SEMI:
            break
        if parts[first].border & lx.COLON and parts[first].quoted:
            break
        if parts[first - 1].lo < taken:
            break
        first -= 1
    while first < last and is_manner(t, parts[first]):
        first += 1
    if is_manner(t, parts[first]):
        return None
    lo = max(parts[first].first if parts[first].border else parts[first].lo, taken)
    hi = parts[last].hi
    if lo >= hi:
        return None
    quoted = any(t.tag[k] & lx.QUOTE for k in range(lo, hi))
    if not (quoted or goes_on or has_finite(t, lo, hi) or hi - lo >= _FRAGMENT):
        return None
    return lo, hi
