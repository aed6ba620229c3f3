"""Attributions without a cue verb: according to S, S: Q, S's claim that Q, unlisted verbs."""

from __future__ import annotations

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.edges import (
    carry_on,
    content_before,
    content_end,
    has_quote,
    left_edge,
    phrase_end,
)
from retold.attribute.quotations.found import STRONG, Found, Range, status_of
from retold.attribute.quotations.groups import has_verb, is_noun_use, is_verb, verb_group
from retold.attribute.quotations.nouns import adjuncts, noun_phrase_right, starts_noun_phrase
from retold.attribute.quotations.subjects import first_subject, is_scare, subject_left
from retold.attribute.quotations.tokens import Period, Tokens

__all__ = [
    "read_according",
    "read_colon",
    "read_label",
    "read_noun",
    "read_unlisted_verb",
    "read_view",
]

_SIGNATURE_TOKENS = 14
_LABEL_TOKENS = 5
_QUOTED_WORDS = 3
"""Shorter quotations after other words of their clause are no speech of their own."""


def read_according(t: Tokens, number: int, period: Period, i: int) -> Found | None:
    """According to S, Q · Q, according to S."""
    lo, hi = period.lo, period.hi
    k = phrase_end(t, i, hi)
    if not k or k >= hi:
        return None
    end = noun_phrase_right(t, k, hi)
    told = end < hi and t.cue[end] & STRONG and t.part[end] & lx.FINITE
    if told and i > lo and not t.tag[i - 1] & lx.PUNCTUATION:
        return None  # "who according to A told": an insertion, read at the verb
    opens = t.tag[i - 1] & (lx.COLON | lx.SEMI | lx.COORD) if i > lo else True
    if not opens:
        # Postposed: an apposition may follow.
        left = content_before(t, left_edge(t, lo, i), i)
        if left is None:
            return None
        content = [left]
        nxt = end
        if nxt < hi and t.tag[nxt] & lx.COMMA and nxt + 1 < hi and not t.part[nxt + 1] & lx.GERUND:
            rest = carry_on(t, nxt, hi, bool(t.tag[left[1] - 1] & lx.QUOTE))
            if rest is not None and (
                t.tag[rest[0]] & lx.QUOTE or not any(is_verb(t, m) for m in range(*left))
            ):
                content.append(rest)
        why = "content before an attributing phrase"
    else:
        comma = end
        end_simple = noun_phrase_right(t, k, hi, apposition=False)
        if end_simple < hi and t.tag[end_simple] & lx.SUBJ and not t.tag[end_simple] & lx.REL:
            # "According to A they …": no comma parts the source from the clause.
            return Found(
                number, i, [(end_simple, content_end(t, end_simple, hi))], [(i, k)],
                [(k, end_simple)], (k, end_simple), "asserted", lx.SAY,
                "content after an attributing phrase", 0.75, [],
            )  # fmt: skip
        if comma >= hi or not t.tag[comma] & (lx.COMMA | lx.QUOTE):
            comma = next((m for m in range(k, hi) if t.tag[m] & (lx.COMMA | lx.QUOTE)), hi)
            end = comma
        if comma >= hi:
            return None
        start = comma + 1 if t.tag[comma] & lx.COMMA else comma
        if start >= hi:
            return None
        if end_simple < end and not any(is_verb(t, m) for m in range(start, hi)):
            end, start = end_simple, end_simple + 1
        content = [(start, content_end(t, start, hi))]
        why = "content after an attributing phrase"
    if end <= k:
        return None
    return Found(
        number,
        i,
        content,
        [(i, k)],
        [(k, end)],
        (k, end),
        "asserted",
        lx.SAY,
        why,
        0.85,
        [],
    )


def read_view(t: Tokens, number: int, period: Period, i: int) -> Found | None:
    """In S's view Q · Q, in S's view."""
    lo, hi = period.lo, period.hi
    source = _possessor(t, i, lo)
    if source is None or source[0] <= lo - 1 or i + 1 >= hi:
        return None
    opening = source[0] - 1
    if opening < lo or not t.tag[opening] & lx.PREP or not t.tag[opening] & lx.LOOSE:
        return None
    start = i + 2 if t.tag[i + 1] & lx.COMMA else i + 1
    if opening == lo or t.tag[opening - 1] & lx.COORD:
        if start >= hi or not has_verb(t, start, hi):
            return None
        content = (start, content_end(t, start, hi))
    else:
        left = content_before(t, left_edge(t, lo, opening), opening)
        if left is None or not t.tag[opening - 1] & lx.COMMA or not has_verb(t, *left):
            return None
        content = left
    return Found(
        number, i, [content], [(opening, opening + 1), (i, i + 1)], [source], source, "thought",
        lx.THINK, "somebody's view", 0.6, [],
    )  # fmt: skip


def _possessor(t: Tokens, i: int, lo: int) -> Range | None:
    """The possessor of the noun at `i`."""
    j = i
    while j > lo and not t.tag[j - 1] & (lx.PUNCTUATION | lx.PREP | lx.QUOTE) and i - j < 6:
        j -= 1
        if t.tag[j] & (lx.POSS | lx.DET):
            break
    if t.tag[j] & lx.POSS:
        return j, j + 1
    for m in range(j, i):
        if t.form[m].endswith(t.lexicon.possessive):
            return j, m + 1
    return None


def read_unlisted_verb(t: Tokens, number: int, period: Period, i: int) -> Found | None:
    """ "Q," S V, with a verb that is in no list: rare, new or mistyped."""
    lo, hi = period.lo, period.hi
    part = t.quote[i]
    signed = _signed(t, number, period, i)
    if signed is not None:
        return signed
    if t.text[part.inner[1] - 1] not in ",?!" and not t.tag[i + 1] & lx.COMMA:
        return None
    if is_scare(t, i) or (i > lo and t.text.count(" ", *part.inner) < _QUOTED_WORDS):
        return None  # a few words of the clause around them
    k = i + 2 if t.tag[i + 1] & lx.COMMA else i + 1
    if k >= hi:
        return None
    inverted = _unlisted_inversion(t, number, period, i, k) if i == lo else None
    if inverted is not None:
        return inverted
    if not starts_noun_phrase(t, k) or (t.tag[k] & lx.OBJ and not t.tag[k] & lx.SUBJ):
        return None
    verb = None
    for m in range(k + 1, min(hi, k + 24)):
        if t.tag[m] & (lx.QUOTE | lx.SEMI | lx.SUB) and not t.tag[m] & lx.PREP:
            break
        if t.cue[m] & STRONG and t.part[m] & lx.FINITE and not is_noun_use(t, m):
            return None
        if (
            verb is None
            and not t.tag[m] & ~(lx.VERB | lx.NOUN)
            and (t.part[m] & lx.PAST or t.form[m].endswith(t.lexicon.verb_endings))
            and not is_noun_use(t, m)
            and not t.tag[m - 1] & (lx.AUX | lx.PREP)
        ):
            verb = m
    if verb is None:
        return None
    group = verb_group(t, verb, lo)
    source = subject_left(t, group.edge - 1, i + 1)
    left = content_before(t, left_edge(t, lo, i + 1), i + 1)
    if source is None or left is None:
        return None
    content = [left]
    rest = carry_on(t, adjuncts(t, verb + 1, hi), hi, True)
    if rest is not None:
        content.append(rest)
    return Found(
        number, verb, content, [(group.lo, verb + 1)], [source], source, status_of(group, lx.SAY),
        lx.SAY, "a verb after a quotation", 0.6, [],
    )  # fmt: skip


def _signed(t: Tokens, number: int, period: Period, i: int) -> Found | None:
    """ "Q" — S: a quotation with a name after a dash, and nothing else."""
    lo = i + 2
    hi = period.hi
    while hi > lo and t.tag[hi - 1] & lx.END:
        hi -= 1
    colon = t.tag[i + 1] & lx.COLON
    if not t.tag[i + 1] & (lx.DASH | lx.COLON) or not 0 < hi - lo <= _SIGNATURE_TOKENS:
        return None
    if (
        not (t.tag[lo] & lx.CAP or (colon and hi - lo < _LABEL_TOKENS))
        or has_verb(t, lo, hi)
        or has_quote(t, lo, hi)
    ):
        return None
    return Found(
        number, i, [(period.lo, i + 1)], [], [(lo, hi)], (lo, hi), "asserted", lx.SAY,
        "a name after a dash", 0.75, [],
    )  # fmt: skip


def _unlisted_inversion(t: Tokens, number: int, period: Period, i: int, k: int) -> Found | None:
    """ "Q," V S, with a verb that is in no list of cues."""
    lo, hi = period.lo, period.hi
    past = t.part[k] & lx.PAST or t.form[k].endswith(t.lexicon.verb_endings)
    if not past or t.cue[k] & STRONG or t.tag[k] & lx.CAP or k + 1 >= hi:
        return None
    if not t.tag[k + 1] & (lx.CAP | lx.DET | lx.SUBJ) or t.tag[k + 1] & lx.OBJ:
        return None
    end = noun_phrase_right(t, k + 1, hi)
    left = content_before(t, left_edge(t, lo, i + 1), i + 1)
    if left is None or end == k + 1:
        return None
    content = [left]
    rest = carry_on(t, adjuncts(t, end, hi), hi, True)
    if rest is not None:
        content.append(rest)
    source = (k + 1, end)
    return Found(
        number, k, content, [(k, k + 1)], [source], source, "asserted", lx.SAY,
        "a verb after a quotation", 0.6, [],
    )  # fmt: skip


def read_colon(t: Tokens, number: int, period: Period, found: list[Found]) -> Found | None:
    """S did something: Q. Any verb serves where a colon leads to a quotation."""
    lo, hi = period.lo, period.hi
    for i in range(lo + 1, hi):
        if not t.tag[i] & lx.COLON:
            continue
        following = i + 1 if i + 1 < len(t.tag) else i
        if not t.tag[following] & lx.QUOTE:
            continue
        if any(a <= following < b or a == b == following for one in found for a, b in one.content):
            return None
        subject = first_subject(t, lo, i)
        if subject is None:
            return None
        content = (following, content_end(t, following, hi)) if following < hi else (hi, hi)
        return Found(
            number, i, [content], [(i, i + 1)], [subject], subject, "asserted", lx.SAY,
            "a colon leads to a quotation", 0.6, [],
        )  # fmt: skip
    return None


def read_label(t: Tokens, number: int, period: Period, i: int, found: list[Found]) -> Found | None:
    """NAME: what NAME says, in a headline, a transcript or an interview."""
    lo, hi = period.lo, period.hi
    if (
        i - lo > 6
        or i == lo
        or any(t.tag[m] & (lx.VERB | lx.COMMA) and not t.tag[m] & lx.CAP for m in range(lo, i))
    ):
        return None
    if found or not all(t.tag[m] & (lx.CAP | lx.BRACKET | lx.PREP) for m in range(lo, i)):
        return None
    table = t.lexicon.quoting
    label = " ".join(t.form[lo:i])
    interview = label in table.asking or label in table.answering
    spoken = interview or t.tag[i + 1] & lx.QUOTE or has_verb(t, i + 1, hi)
    if label in table.rubrics or not spoken:
        return None
    return Found(
        number,
        i,
        [(i + 1, content_end(t, i + 1, hi))],
        [(i, i + 1)],
        [(lo, i)],
        (lo, i),
        "asserted",
        lx.SAY,
        "a name and a colon",
        0.5 if not t.tag[i + 1] & lx.QUOTE else 0.8,
        [],
    )


def read_noun(t: Tokens, number: int, period: Period, i: int) -> Found | None:
    """S's claim that Q."""
    hi = period.hi
    k = i + 1
    if k >= hi or not t.tag[k] & lx.COMP or t.tag[k] & lx.QUESTION:
        return None
    possessor = _possessor(t, i, period.lo)
    source = [] if possessor is None else [possessor]
    if not source:
        return None
    return Found(
        number,
        i,
        [(k, content_end(t, k, hi))],
        [(source[0][1], k)],
        source,
        source[0],
        "asserted",
        lx.SAY,
        "a noun that takes a clause",
        0.6,
        [],
    )
