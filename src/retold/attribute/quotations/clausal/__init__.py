"""Finds quotations in languages that part every clause with a comma: German, Russian.

There a sentence is a row of segments. One holds the cue verb and its subject: the *frame*; what
is said stands in the segments before it, after it or around it. What the languages do
differently is data: whether the verb comes second, whether it splits ("teilte … mit"), which
words mark case, which forms mark speech by their mood, which postpositions attribute.

The rooms: `segments`, `phrases` (noun phrases), `frames` (the verb), `subjects` and `partners`
(who stands beside it), `contents` (where what is said begins and ends), `signs` (attributions
without a verb), `objects` (speech without a clause), `mood` (speech carried on over sentences).
"""

from __future__ import annotations

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.chaining import settle
from retold.attribute.quotations.clausal.contents import (
    after,
    before,
    is_plain,
    is_subjunctive,
    opens_frame,
    stop,
)
from retold.attribute.quotations.clausal.frames import Frame, read_frame
from retold.attribute.quotations.clausal.mood import carry_mood
from retold.attribute.quotations.clausal.objects import read_back, read_object
from retold.attribute.quotations.clausal.segments import (
    Segment,
    has_finite,
    is_finite,
    segments,
)
from retold.attribute.quotations.clausal.signs import read_noun, read_phrase, read_quasi
from retold.attribute.quotations.found import STRONG, Found, Range
from retold.attribute.quotations.tokens import Period, Tokens

__all__ = ["find_clausal"]

_CUES = 24
"""Cue words tried in one sentence, which bounds the time for texts that are nothing but cues."""


def find_clausal(t: Tokens) -> list[Found]:
    """All quotations of a report that a frame or their mood gives as somebody's."""
    found: list[Found] = []
    for number, period in enumerate(t.periods):
        parts = segments(t, period)
        here = settle(t, period, _in_period(t, number, period, parts))
        found.extend(here)
        carry_mood(t, number, period, parts, here, found)
    return found


def _in_period(t: Tokens, number: int, period: Period, parts: list[Segment]) -> list[Found]:
    found: list[Found] = []
    last: Range | None = None
    taken = period.lo
    tried = 0
    claimed = -1
    quoting = t.lexicon.quoting
    for i in range(period.lo, period.hi):
        if tried >= _CUES:
            break
        one: Found | None = None
        lemma = t.lemma[i]
        if t.cue[i] or lemma in t.lexicon.particles or lemma in quoting.impersonal:
            tried += 1
            one = _at_verb(t, number, period, parts, i, last, taken) if i > claimed else None
        if one is None and (t.form[i] in t.lexicon.according or t.form[i] in quoting.after_source):
            tried += 1
            one = read_phrase(t, number, period, parts, i)
        if one is None and t.form[i] in quoting.quasi:
            one = read_quasi(t, number, parts, i, taken)
        if one is None and t.form[i] in quoting.nouns:
            one = read_noun(t, number, parts, i)
        if one is None or any(_same(one, other) for other in found):
            continue
        found.append(one)
        if one.source and one.source[0][0] >= period.lo:
            last = one.source[0]
        if len(one.cue) > 1:
            claimed = max(claimed, one.at)
        if one.why.startswith("content before"):
            taken = max([b for _, b in [*one.cue, *one.source]] + [taken])
    return found


def _same(one: Found, other: Found) -> bool:
    """True when the content is another's already: a noun beside its verb, a verb beside a noun."""
    return bool(one.content) and bool(other.content) and one.content[0] == other.content[0]


def _at_verb(
    t: Tokens,
    number: int,
    period: Period,
    parts: list[Segment],
    i: int,
    last: Range | None,
    taken: int,
) -> Found | None:
    frame = read_frame(t, parts, i, last)
    if frame is None:
        return None
    if frame.manner:
        return _around(t, number, parts, frame, taken)
    can_follow = frame.classes & (STRONG | lx.THINK | lx.SHOW) and not _leads(t, parts, frame)
    if frame.verb_first and frame.first > 0 and can_follow:
        found = _postposed(t, number, parts, frame, taken)
        if found is not None:
            return found
    complement = after(t, period, parts, frame)
    if complement is None:
        return read_back(t, number, parts, frame) or read_object(t, number, parts, frame)
    content, why, confidence = complement
    if frame.source is None and not (frame.passive or why.startswith("a clause")):
        confidence -= 0.2
    return _found(number, frame, [content], why, confidence)


def _found(number: int, frame: Frame, content: list[Range], why: str, confidence: float) -> Found:
    return Found(
        number, frame.at, content, sorted(frame.cue), [frame.source] if frame.source else [],
        frame.speaker, frame.status, frame.classes, why, confidence, list(frame.carriers),
    )  # fmt: skip


def _postposed(
    t: Tokens, number: int, parts: list[Segment], frame: Frame, taken: int
) -> Found | None:
    """Q, sagte X · Q1, sagte X, Q2."""
    n = frame.last + 1
    while n < len(parts) and parts[n].subordinate and parts[n].opener & lx.REL:
        n += 1
    # Where a predicate needs no verb ("Дорога открыта"), two words can be a clause.
    goes_on = n < len(parts) and _carries(t, parts[n]) and frame.source is not None
    goes_on |= frame.source is not None and not t.lexicon.quoting.order.verb_second
    left = before(t, parts, frame.first, taken, goes_on=goes_on)
    if left is None:
        return None
    content = [left]
    quoted = bool(t.tag[left[1] - 1] & lx.QUOTE)
    marked = quoted or any(t.tag[k] & lx.QUOTE for k in range(*left))
    if t.lexicon.quoting.order.verb_second and not (marked or is_subjunctive(t, *left)):
        uttered = frame.classes & (STRONG | lx.BARE) and not frame.passive
        if not uttered or not is_plain(t, parts, frame):
            return None
    if n < len(parts):
        part = parts[n]
        carries = t.tag[part.lo] & lx.QUOTE if quoted else _carries(t, part)
        if not quoted and is_finite(t, left[1] - 1) and t.lexicon.quoting.order.verb_second:
            carries = part.border & lx.COMMA and not opens_frame(t, part)  # "Er habe, sagte X, …"
        if carries and not part.border & lx.SEMI:
            content.append((part.lo, stop(t, parts, n, None)))
    return _found(number, frame, content, "content before the frame", 0.9 if quoted else 0.75)


def _leads(t: Tokens, parts: list[Segment], frame: Frame) -> bool:
    """True for a frame that a colon or "dass" follows: its content is there."""
    if not t.lexicon.quoting.order.verb_second or frame.last + 1 >= len(parts):
        return False
    nxt = parts[frame.last + 1]
    if nxt.border & lx.COLON:
        return True
    return nxt.subordinate and bool(nxt.opener & lx.COMP) and not nxt.opener & lx.QUESTION


def _carries(t: Tokens, part: Segment) -> bool:
    """True when a clause goes on after ", sagte X,": no new clause with a conjunction."""
    if part.first > part.lo or not part.border & (lx.COMMA | lx.DASH) or opens_frame(t, part):
        return False
    if part.subordinate:
        return bool(part.opener & lx.COMP)
    return has_finite(t, part.lo, part.hi) or bool(t.tag[part.lo] & lx.QUOTE)


def _around(t: Tokens, number: int, parts: list[Segment], frame: Frame, taken: int) -> Found | None:
    """Wie X sagte, Q · Q, wie X sagte · Q1, wie X sagte, Q2."""
    content: list[Range] = []
    left = before(t, parts, frame.first, taken)
    if left is not None:
        content.append(left)
    n = frame.last + 1
    while n < len(parts) and parts[n].subordinate and parts[n].opener & lx.REL:
        n += 1
    if n < len(parts):
        part = parts[n]
        quoted = left is not None and t.tag[left[1] - 1] & lx.QUOTE
        goes_on = t.tag[part.lo] & lx.QUOTE if quoted else part.first == part.lo
        if goes_on and not part.border & lx.SEMI:
            content.append((part.lo, stop(t, parts, n, None)))
    if not content:
        return None
    return _found(number, frame, content, "content beside a clause of manner", 0.8)
