"""Finds quotations: one pass over the cue words of each period.

Orders of content (Q), source (S) and cue (V) that are told apart, after the list of
Asr et al. 2021 (Gender Gap Tracker): Q, S V · Q, V S · S V: Q · S V that Q · Q1, S V, Q2 ·
according to S, Q · Q, according to S · S V X as Y · S's noun that Q · V-ing Q.
"""

from __future__ import annotations

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.chaining import settle
from retold.attribute.quotations.clausal import find_clausal
from retold.attribute.quotations.found import Found, Range
from retold.attribute.quotations.signs import (
    read_according,
    read_colon,
    read_label,
    read_noun,
    read_unlisted_verb,
    read_view,
)
from retold.attribute.quotations.tokens import Period, Tokens
from retold.attribute.quotations.verbs import at_verb

__all__ = ["find"]

_CUES = 24
"""Cue words tried in one sentence: bounds the time for texts that are nothing but cues."""


def find(t: Tokens) -> list[Found]:
    """All quotations of a report that a cue gives as somebody's, in order of their cue."""
    if t.lexicon.quoting.order.comma_opens_clause:
        return find_clausal(t)
    found: list[Found] = []
    for number, period in enumerate(t.periods):
        found.extend(_in_period(t, number, period))
    return found


def _in_period(t: Tokens, number: int, period: Period) -> list[Found]:
    lo, hi = period.lo, period.hi
    found: list[Found] = []
    last_subject: Range | None = None
    skip = lo  # tokens that are part of a cue already
    i = lo
    tried = 0
    while i < hi and tried < _CUES:
        one = None
        if i < skip:
            pass
        elif t.cue[i] or t.form[i] in t.lexicon.relays or t.lemma[i] in t.lexicon.particles:
            tried += 1
            one = at_verb(t, number, period, i, last_subject, found)
        elif t.form[i] in t.lexicon.according:
            tried += 1
            one = read_according(t, number, period, i)
        elif t.form[i] in t.lexicon.quoting.view:
            one = read_view(t, number, period, i)
        elif t.tag[i] & lx.QUOTE and i + 2 < hi:
            tried += 1
            one = read_unlisted_verb(t, number, period, i)
        elif t.tag[i] & lx.COLON and i + 1 < hi:
            one = read_label(t, number, period, i, found)
        if one is None and t.form[i] in t.lexicon.quoting.nouns and i >= skip:
            one = read_noun(t, number, period, i)
        if one is not None:
            found.append(one)
            if one.source and one.source[0][0] >= lo:
                last_subject = one.source[0]
            if one.cue and len(one.cue) > 1:
                skip = one.cue[-1][1]
        i += 1
    led = read_colon(t, number, period, found)
    if led is not None:
        found.append(led)
    return settle(t, period, found)
