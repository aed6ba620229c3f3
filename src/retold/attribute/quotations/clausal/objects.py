"""Speech without a clause: "Dies teilte X mit." · "X forderte den Rücktritt des Ministers." """

from __future__ import annotations

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.clausal.segments import Segment
from retold.attribute.quotations.clausal.subjects import Frame
from retold.attribute.quotations.found import STRONG, Found, Range
from retold.attribute.quotations.tokens import Tokens

__all__ = ["read_back", "read_object"]

_LEAST = 2


def read_back(t: Tokens, number: int, parts: list[Segment], frame: Frame) -> Found | None:
    """Q. Das berichtet X. · Q. Об этом сообщает X."""
    segment = parts[frame.first]
    quoting = t.lexicon.quoting
    if not number or frame.source is None or not frame.classes & STRONG or frame.passive:
        return None
    points = segment.first
    if t.tag[points] & lx.PREP and not t.tag[points] & lx.DET:
        points += 1
    if t.form[points] not in quoting.grammar.demonstratives or points + 1 != frame.finite:
        return None
    if frame.source[0] <= points:
        return None
    before, here = t.periods[number - 1], t.periods[number]
    if here.paragraph - before.paragraph > 1:
        return None
    hi = before.hi
    while hi > before.lo + 1 and t.tag[hi - 1] & lx.END:
        hi -= 1
    return Found(
        number, frame.at, [(before.lo, hi)], sorted(frame.cue), [frame.source], frame.speaker,
        frame.status, frame.classes, "the sentence before is named as said", 0.6, [],
    )  # fmt: skip


def read_object(t: Tokens, number: int, parts: list[Segment], frame: Frame) -> Found | None:
    """X forderte den Rücktritt · X sprach von einem Unfall: a saying told by its object."""
    if frame.source is None or frame.passive or frame.manner or frame.gerund or frame.shared:
        return None
    if not frame.classes & lx.ACT or parts[frame.first].subordinate:
        return None
    hi = parts[frame.last].hi
    pieces: list[Range] = []
    lo = frame.finite + 1
    for a, b in sorted([frame.source, *frame.cue]):
        if a >= lo:
            pieces.append((lo, a))
            lo = b
    pieces.append((lo, hi))
    content = [
        (a, b)
        for a, b in pieces
        if sum(1 for k in range(a, b) if not t.tag[k] & lx.PUNCTUATION) >= _LEAST
        and any(t.tag[k] & lx.CAP for k in range(a, b))
    ]
    if not content:
        return None
    return Found(
        number, frame.at, content, sorted(frame.cue), [frame.source], frame.speaker,
        frame.status, frame.classes, "an object", 0.35, [],
    )  # fmt: skip
