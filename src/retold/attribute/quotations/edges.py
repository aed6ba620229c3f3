"""Where content begins and ends."""

from __future__ import annotations

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.found import STRONG, Range
from retold.attribute.quotations.groups import is_reduced, is_verb
from retold.attribute.quotations.nouns import noun_phrase_right, starts_noun_phrase
from retold.attribute.quotations.relays import carried_adjunct
from retold.attribute.quotations.subjects import is_scare
from retold.attribute.quotations.tokens import Tokens

__all__ = [
    "carry_on",
    "content_before",
    "content_end",
    "ends_open",
    "has_quote",
    "is_attached",
    "is_content",
    "left_edge",
    "object_end",
    "phrase_end",
    "relative_end",
]

_LONG = 12
"""So many tokens without a verb that is known are a clause with one that is not."""


def content_before(t: Tokens, start: int, stop: int) -> Range | None:
    """The content that stands before a postposed attribution, without its final comma."""
    while stop > start and t.tag[stop - 1] & (lx.COMMA | lx.DASH):
        stop -= 1
    while start < stop and t.tag[start] & (lx.COMMA | lx.DASH | lx.COORD):
        start += 1
    if start >= stop:
        return None
    return start, stop


def is_content(t: Tokens, start: int, stop: int, *, final: bool = False) -> bool:
    """Whether a stretch before an attribution is a clause or quotation, not an adjunct.

    Args:
        t: the tokens.
        start, stop: the stretch.
        final: nothing follows the attribution, so that what it gives must stand before it.
    """
    if any(t.tag[k] & lx.QUOTE for k in range(start, stop)):
        return True
    first = t.tag[start]
    if first & (lx.PREP | lx.SUB) and not first & (lx.DET | lx.REL):
        # "In Tokyo, he said": an adjunct unless a whole clause follows it.
        comma = next((k for k in range(start, stop) if t.tag[k] & lx.COMMA), stop)
        return any(is_verb(t, k) for k in range(start if final else comma, stop))
    if t.part[start] & (lx.GERUND | lx.PARTICIPLE) and stop - start < 12:
        return False
    if final and stop - start > 2:
        return True
    return any(is_verb(t, k) for k in range(start, stop)) or stop - start >= _LONG


def left_edge(t: Tokens, lo: int, stop: int) -> int:
    """Where the content on the left begins: after an earlier sentence part that is closed."""
    for k in range(stop - 2, lo - 1, -1):
        if t.tag[k] & lx.SEMI or (t.tag[k] & lx.COLON and t.tag[k + 1] & lx.QUOTE):
            return k + 1
    return lo


def carry_on(t: Tokens, k: int, hi: int, quoted_left: bool) -> Range | None:
    """The second half of a broken quotation, from token `k` on."""
    while k < hi and t.tag[k] & (lx.COMMA | lx.DASH | lx.COLON | lx.END):
        k += 1
    if k >= hi:
        return None
    if t.tag[k] & lx.QUOTE:
        return k, content_end(t, k, hi)
    if quoted_left:
        return None
    if t.tag[k - 1] & lx.COMMA and _ends_content(t, k - 1, hi):
        return None
    if t.tag[k - 1] & lx.COMMA and not t.cue[k] and (t.tag[k] & (lx.REL | lx.SUB) != lx.REL):
        if t.part[k] & lx.GERUND or (
            t.tag[k] & (lx.COORD | lx.PREP | lx.SUB)
            and not (
                t.tag[k] & lx.COMP
                and t.form[k] in t.lexicon.quoting.grammar.complementisers
                and not t.tag[k] & lx.QUESTION
            )
        ):
            return None
        return k, content_end(t, k, hi)
    return None


def content_end(t: Tokens, k: int, hi: int) -> int:
    """Where content that begins at `k` ends."""
    tag = t.tag
    if tag[k] & lx.QUOTE and _closed_sentence(t, k):
        nxt = tag[k + 1] if k + 1 < hi else lx.END
        if nxt & lx.QUOTE:
            return content_end(t, k + 1, hi)
        if not (nxt & lx.COORD and k + 2 < hi and tag[k + 2] & lx.QUOTE):
            return k + 1
    i = k + 1
    while i < hi:
        bits = tag[i]
        if bits & lx.END and i + 1 >= hi:
            return i
        if bits & lx.SEMI:
            return i
        if bits & lx.COMMA and i + 1 < hi and _ends_content(t, i, hi):
            return i
        if bits & lx.QUOTE and i + 1 < hi and ends_open(t, i) and _resumes(t, i, hi):
            return i + 1
        if bits & lx.PREP and i + 3 < hi and carried_adjunct(t, i, hi):
            return i
        if t.form[i] in t.lexicon.according and phrase_end(t, i, hi):
            return i
        if bits & lx.COORD and i + 1 < hi and _new_attribution(t, i + 1, hi):
            return i
        if bits & lx.DASH and i + 1 < hi and _aside(t, i, hi):
            return i
        i += 1
    return hi


def _resumes(t: Tokens, quote: int, hi: int) -> bool:
    """True when the reporter takes over after a quotation that ends in a comma."""
    bits = t.tag[quote + 1]
    if bits & (lx.COORD | lx.QUOTE | lx.PUNCTUATION):
        return bool(bits & lx.COORD) and _new_attribution(t, quote + 2, hi)
    if is_verb(t, quote + 1) and not is_reduced(t, quote + 1, quote - 1):
        return True
    return bool(t.part[quote + 1] & lx.GERUND or bits & (lx.REL | lx.CAP | lx.SUBJ | lx.DET))


def _closed_sentence(t: Tokens, k: int) -> bool:
    """True for a quotation that ends a sentence or a clause inside its marks."""
    part = t.quote.get(k)
    if part is None:
        return False
    end = part.inner[1]
    return t.text[end - 1] in ".?!…," or not part.closed


def ends_open(t: Tokens, k: int) -> bool:
    """True when the quotation ends in what joins it to an attribution: a comma, "?" or "!"."""
    return t.text[t.quote[k].inner[1] - 1] in ",?!"


def is_attached(t: Tokens, k: int, lo: int) -> bool:
    """True when a quotation that waits for its attribution ends at token `k`."""
    if t.tag[k] & lx.COMMA and k > lo:
        return bool(t.tag[k - 1] & lx.QUOTE) and (k - 1 == lo or not is_scare(t, k - 1))
    return bool(t.tag[k] & lx.QUOTE) and ends_open(t, k)


def phrase_end(t: Tokens, i: int, hi: int) -> int:
    """The end of the attributing phrase ("according to") at `i`; 0 when there is none."""
    for words in t.lexicon.according.get(t.form[i], ()):
        if tuple(t.form[i : i + len(words)]) == words:
            return i + len(words)
    return 0


def _ends_content(t: Tokens, comma: int, hi: int) -> bool:
    """Does the comma end the clause that is given as somebody's?"""
    i = comma + 1
    if t.form[i] in t.lexicon.according and phrase_end(t, i, hi):
        return True
    if t.form[i] in t.lexicon.quoting.grammar.relatives and not t.tag[i] & lx.SUB:
        return not any(t.tag[m] & lx.COMMA for m in range(i, hi))
    if t.part[i] & lx.GERUND and t.cue[i] & (STRONG | lx.ACT | lx.RELAY | lx.AS | lx.CALL):
        return True
    if t.tag[i] & lx.ADV and i + 1 < hi and t.part[i + 1] & lx.GERUND and t.cue[i + 1] & STRONG:
        return True
    if t.tag[i] & (lx.COORD | lx.SUB) and not t.tag[i] & lx.COMP and i + 1 < hi:
        return _new_attribution(t, i + 1, hi)
    if starts_noun_phrase(t, i):
        # ", she said" or ", the ministry said": an attribution follows.
        end = noun_phrase_right(t, i, hi, apposition=False)
        while end < hi and t.tag[end] & (lx.ADV | lx.AUX) and end > i:
            end += 1
        if i < end < hi and t.cue[end] & STRONG and t.part[end] & lx.FINITE:
            nxt = t.tag[end + 1] if end + 1 < hi else lx.END
            return bool(nxt & (lx.PUNCTUATION | lx.TIME | lx.PREP))
    return False


def _aside(t: Tokens, dash: int, hi: int) -> bool:
    """True for a dash after which the reporter comments: "- although the photo …"."""
    bits = t.tag[dash + 1]
    if not bits & (lx.SUB | lx.COORD) or bits & lx.COMP:
        return False
    return not any(t.tag[k] & lx.DASH for k in range(dash + 1, hi))


def _new_attribution(t: Tokens, i: int, hi: int) -> bool:
    """True when a clause with a cue of its own begins at `i`, after a coordinator."""
    if i >= hi:
        return False
    if t.tag[i] & lx.COMMA:
        i += 1
    k = i
    while k < hi and t.tag[k] & (lx.ADV | lx.AUX | lx.NEG) and not t.tag[k] & (lx.DET | lx.SUBJ):
        k += 1
    if (
        k < hi
        and t.cue[k] & (STRONG | lx.ACT | lx.CALL | lx.AS)
        and t.part[k] & lx.PAST
        and not (t.tag[k - 1] & lx.BE)
    ):
        return True
    if t.tag[i] & (lx.CAP | lx.SUBJ | lx.DET):
        end = noun_phrase_right(t, i, hi, apposition=False)
        while i < end < hi and t.tag[end] & (lx.ADV | lx.AUX):
            end += 1
        return i < end < hi and bool(t.cue[end] & STRONG) and bool(t.part[end] & lx.FINITE)
    return False


def object_end(t: Tokens, lo: int, hi: int) -> int:
    """Where an object ends: before a comma that opens no list, a date, a subordinate clause."""
    for k in range(lo + 1, hi):
        bits = t.tag[k]
        if bits & lx.COMMA and k + 1 < hi:
            ahead = range(k + 1, min(hi, k + 14))
            listed = any(
                t.tag[m] & lx.COORD and t.tag[m - 1] & lx.COMMA | (t.tag[m] & lx.COORD)
                for m in ahead
            )
            if not listed or t.tag[k + 1] & (lx.SUB | lx.REL | lx.ADV | lx.COORD | lx.SUBJ):
                return k
        elif (
            (
                bits & lx.SUB
                and not bits & (lx.COMP | lx.REL)
                and t.form[k] not in t.lexicon.quoting.relays.as_words
            )
            or (
                bits & lx.TIME
                and not bits & lx.DET
                and not t.tag[k - 1] & (lx.PREP | lx.CAP | lx.DET)
            )
            or (
                bits & lx.PREP
                and k + 1 < hi
                and t.tag[k + 1] & lx.TIME
                and not t.tag[k + 1] & lx.DET
            )
        ):
            return k
    return hi


def relative_end(t: Tokens, lo: int, hi: int) -> int:
    """Where a relative clause ends: at the comma that the main verb follows."""
    for k in range(lo + 1, hi - 1):
        if t.tag[k] & lx.COMMA:
            m = k + 1
            while m < hi - 1 and t.tag[m] & (lx.ADV | lx.AUX | lx.MODAL):
                m += 1
            if (t.tag[m] & lx.VERB and is_verb(t, m)) or t.tag[k + 1] & (lx.AUX | lx.MODAL):
                return k
    return hi


def has_quote(t: Tokens, lo: int, hi: int) -> bool:
    """True when words in quotation marks stand in the stretch."""
    return any(t.tag[k] & lx.QUOTE for k in range(lo, hi))
