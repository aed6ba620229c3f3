"""From token ranges to quotations: kinds, floating quotations, colons that look ahead."""

from __future__ import annotations

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.found import Found
from retold.attribute.quotations.groups import has_verb
from retold.attribute.quotations.raw import Carrier, RawQuotation
from retold.attribute.quotations.subjects import first_subject
from retold.attribute.quotations.tokens import Tokens
from retold.model import QuotationKind, Span

__all__ = ["assemble"]

_SPEECH = lx.SAY | lx.TELL | lx.ASK | lx.SHOW
_STRAY = frozenset('"“”„«»‘’')
"""Marks without a partner."""
_SIGNATURE_TOKENS = 14
_FLOATING_WORDS = 4
"""Fewer words in quotation marks alone in a sentence are a heading or a scare quote."""


def assemble(t: Tokens, found: list[Found]) -> tuple[RawQuotation, ...]:
    """Completes what `find` found, and writes it as spans."""
    by_period: dict[int, list[Found]] = {}
    for one in found:
        by_period.setdefault(one.period, []).append(one)
    everything = _with_floating(t, by_period)
    written = (_write(t, one) for one in everything if any(a < b for a, b in one.content))
    made = [one for one in written if one.content]  # nothing but punctuation is no content
    made.sort(key=lambda one: (one.content[0], one.content[-1][1]))
    return tuple(made)


def _with_floating(t: Tokens, by_period: dict[int, list[Found]]) -> list[Found]:
    """Gives quotations without a cue of their own to the speaker before them."""
    everything: list[Found] = []
    speaking: Found | None = None
    waiting: Found | None = None  # its colon ends the sentence: the content comes next
    pending: Found | None = None  # it runs on into a paragraph that may name the speaker
    last_paragraph = -1
    for number, period in enumerate(t.periods):
        here = by_period.get(number, [])
        if pending is not None and here and _begins_quoted(t, here[0], period.lo):
            here[0].content[:0] = pending.content
            del everything[_last_index(everything, pending)]
            speaking = None
        pending = None
        distance = period.paragraph - last_paragraph
        claimed = {
            k for one in here for a, b in one.content for k in range(a, b) if t.tag[k] & lx.QUOTE
        }
        free = [
            k
            for k in range(period.lo, period.hi)
            if t.tag[k] & lx.QUOTE and k not in claimed and _stands_alone(t, k)
        ]
        leads = bool(free) and free[0] == period.lo
        if waiting is not None:
            if (t.tag[period.lo] & lx.QUOTE and period.lo not in claimed) or (
                not here and t.periods[waiting.period].paragraph == period.paragraph
            ):
                waiting.content.append((period.lo, _without_end(t, period.lo, period.hi)))
                leads = False
                if t.tag[period.lo] & lx.QUOTE:
                    speaking = waiting
            waiting = None
        elif leads and not (here and not here[0].nested and here[0].at < free[0]):
            content = (free[0], _without_end(t, free[0], period.hi) if not here else free[0] + 1)
            if speaking is not None and distance <= 1 and _quotes(t, speaking):
                speaking.content.append(content)
            else:
                floating = _floating(number, content)
                if speaking is not None and distance <= 1:
                    floating.speaker = speaking.speaker
                    floating.carriers = list(speaking.carriers)
                    floating.why = "a quotation alone in its sentence; the speaker before it"
                elif (signature := _signature(t, number)) is not None:
                    floating.source = [signature]
                    floating.speaker = signature
                    floating.why = "a quotation alone; a name below it"
                elif number and distance <= 1:
                    before = t.periods[number - 1]
                    subject = first_subject(t, before.lo, before.hi)
                    if subject is not None and _names(t, subject):
                        floating.source = [subject]
                        floating.speaker = subject
                        floating.why = "a quotation alone; the subject of the sentence before"
                everything.append(floating)
                speaking = floating
            runs_on = t.quote[free[0]].continues
            if runs_on and speaking is not None and speaking.speaker is None:
                pending = speaking
        for one in here:
            everything.append(one)
            if one.classes & _SPEECH and not one.nested:
                if one.content and one.content[-1][0] >= one.content[-1][1]:
                    one.content.pop()
                    waiting = one
                else:
                    speaking = one
        if speaking is not None and not here and not leads:
            speaking = None
        last_paragraph = period.paragraph
    return everything


def _quotes(t: Tokens, one: Found) -> bool:
    """True when its content begins or ends in quotation marks, so that more may follow."""
    ends = (one.content[0], one.content[-1]) if one.content else ()
    return any(t.tag[a] & lx.QUOTE or t.tag[b - 1] & lx.QUOTE for a, b in ends if a < b)


def _last_index(everything: list[Found], one: Found) -> int:
    """Where `one` stands, looked for from the end, where it was put."""
    at = len(everything) - 1
    while everything[at] is not one:
        at -= 1
    return at


def _begins_quoted(t: Tokens, one: Found, lo: int) -> bool:
    """True when a quotation with a source begins with the marks at token `lo`."""
    begins = bool(one.content) and one.content[0][0] == lo
    return begins and bool(one.source) and bool(t.tag[lo] & lx.QUOTE)


def _signature(t: Tokens, number: int) -> tuple[int, int] | None:
    """A line below a quotation that holds a name and nothing else."""
    if number + 1 >= len(t.periods):
        return None
    period, below = t.periods[number], t.periods[number + 1]
    lo, hi = below.lo, _without_end(t, below.lo, below.hi)
    dashed = bool(t.tag[lo] & lx.DASH)
    lo += dashed
    if below.paragraph - period.paragraph != 1 or not 0 < hi - lo <= _SIGNATURE_TOKENS:
        return None
    if not t.tag[lo] & lx.CAP or t.tag[lo] & (lx.QUOTE | lx.COLON) or has_verb(t, lo, hi):
        return None
    capitals = sum(1 for k in range(lo, hi) if t.tag[k] & (lx.CAP | lx.NUM | lx.COMMA))
    return (lo, hi) if dashed or 2 * capitals > hi - lo else None


def _names(t: Tokens, subject: tuple[int, int]) -> bool:
    """True for a name or personal pronoun: what can speak."""
    first = t.tag[subject[0]]
    if first & lx.SUBJ:
        return not first & lx.OBJ  # "he", not "it"
    return any(t.tag[k] & lx.CAP and not t.tag[k] & lx.DET for k in range(*subject))


def _stands_alone(t: Tokens, k: int) -> bool:
    """True for a quotation that is long enough, or a sentence, to be one by itself."""
    return _words(t, k) >= _FLOATING_WORDS or t.text[t.quote[k].inner[1] - 1] in ".?!"


def _words(t: Tokens, k: int) -> int:
    a, b = t.quote[k].inner
    return t.text.count(" ", a, b) + 1


def _without_end(t: Tokens, lo: int, hi: int) -> int:
    while hi > lo + 1 and t.tag[hi - 1] & lx.END:
        hi -= 1
    return hi


def _floating(number: int, content: tuple[int, int]) -> Found:
    return Found(
        number, content[0], [content], [], [], None, "asserted", lx.SAY,
        "a quotation alone in its sentence", 0.4, [],
    )  # fmt: skip


def _write(t: Tokens, one: Found) -> RawQuotation:
    content = [_characters(t, a, b) for a, b in one.content if a < b]
    return RawQuotation(
        kind=_kind(t, one),
        content=tuple(span for span in content if span[0] < span[1]),
        cue=tuple(t.span(a, b) for a, b in one.cue),
        source=tuple(_name(t, a, b) for a, b in one.source),
        speaker=None if one.speaker is None else _name(t, *one.speaker),
        carriers=tuple(Carrier(_carrier(t, *span), why) for span, why in one.carriers),
        status=one.status,
        confidence=round(one.confidence, 2),
        speech=bool(one.classes & _SPEECH),
        nested=one.nested,
        why=(one.why,),
    )


def _name(t: Tokens, a: int, b: int) -> Span:
    while b > a + 1 and t.tag[b - 1] & (lx.COMMA | lx.DASH):
        b -= 1
    start, end = t.span(a, b)
    if b == a + 1 and t.tag[a] & lx.SUBJ and t.tag[a] & lx.AUX:
        end = start + len(t.form[a].partition("'")[0])  # "he" of "he's"
    return start, end


def _carrier(t: Tokens, a: int, b: int) -> Span:
    """A carrier's name without the acronym in brackets after it."""
    while b > a + 1 and t.tag[b - 1] & lx.BRACKET:
        b -= 1
    return _name(t, a, b)


def _characters(t: Tokens, a: int, b: int) -> Span:
    """The span of a content, without the quotation marks at its edges."""
    while a < b and t.tag[a] & (lx.COMMA | lx.DASH | lx.COLON):
        a += 1
    while b > a and t.tag[b - 1] & (lx.COMMA | lx.DASH | lx.COLON | lx.SEMI):
        b -= 1
    if a >= b:
        return (0, 0)
    while a < b - 1 and t.form[a] in _STRAY:
        a += 1
    while b - 1 > a and t.form[b - 1] in _STRAY:
        b -= 1
    start, end = t.span(a, b)
    if a in t.quote and t.tag[a] & lx.QUOTE and (b == a + 1 or _all_quotes(t, a, b)):
        start = t.quote[a].inner[0]
        end = t.quote[b - 1].inner[1]
        if t.text[end - 1] == "," and end - 1 > start:
            end -= 1
    return start, end


def _all_quotes(t: Tokens, a: int, b: int) -> bool:
    return all(t.tag[k] & (lx.QUOTE | lx.PUNCTUATION) for k in range(a, b)) and bool(
        t.tag[b - 1] & lx.QUOTE
    )


def _kind(t: Tokens, one: Found) -> QuotationKind:
    quotes = bare = 0
    for a, b in one.content:
        for k in range(a, b):
            if t.tag[k] & lx.QUOTE:
                quotes += 1
            elif not t.tag[k] & lx.PUNCTUATION:
                bare += 1
    if not quotes:
        return "indirect"
    return "mixed" if bare else "direct"
