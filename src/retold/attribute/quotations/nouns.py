"""Noun phrases and adjuncts to the right of a point, by closed word classes.

Each walk ends at the nearest boundary and after `REACH` tokens at most."""

from __future__ import annotations

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.groups import is_reduced, is_verb
from retold.attribute.quotations.tokens import Tokens

__all__ = [
    "REACH",
    "adjuncts",
    "apposes",
    "noun_phrase_right",
    "opens_office",
    "starts_noun_phrase",
]

REACH = 60
"""Tokens that a subject may be long; keeps every walk bounded in a sentence without an end."""

_OFFICE = 3  # nouns that an office has at most: "building site manager"
_NO_NOUN = lx.DET | lx.POSS | lx.NUM | lx.SUBJ | lx.OBJ | lx.TIME


def starts_noun_phrase(t: Tokens, i: int) -> bool:
    """True when the token can open a noun phrase."""
    bits = t.tag[i]
    if bits & (lx.DET | lx.POSS | lx.CAP | lx.NUM | lx.SUBJ | lx.OBJ | lx.TITLE):
        return True
    if bits & (lx.PUNCTUATION | lx.PREP | lx.SUB | lx.COORD | lx.AUX | lx.MODAL | lx.QUOTE):
        return False
    if bits & lx.ADV:
        return bool(bits & lx.NOUN)
    # A form that only looks like a verb ("undecided") may be an adjective.
    return not bits & lx.VERB or bool(bits & lx.NOUN) or not t.part[i]


def opens_office(t: Tokens, i: int, hi: int) -> bool:
    """True for "managing director Ines Ott" and "leading economist Ines Ott".

    A form that else opens a clause ("sitting on a bench") stands before an office, or before a few
    nouns that a name follows.
    """
    if i >= hi or not t.part[i] & lx.GERUND or t.cue[i]:
        return False
    for k in range(i + 1, min(hi, i + 2 + _OFFICE)):
        if t.tag[k] & lx.CAP:
            return k > i + 1
        if t.tag[k] & lx.TITLE:
            return True
        if not starts_noun_phrase(t, k) or t.tag[k] & _NO_NOUN:
            return False
    return False


def noun_phrase_right(t: Tokens, i: int, hi: int, *, apposition: bool = True) -> int:
    """The end of the noun phrase that begins at `i`; `i` itself when there is none.

    Args:
        t: the tokens.
        i: its first token.
        hi: where the search must stop.
        apposition: take ", a spokesman for B" along.
    """
    tag, form = t.tag, t.form
    if i >= hi:
        return i
    hi = min(hi, i + REACH)
    if tag[i] & (lx.SUBJ | lx.OBJ) and not tag[i] & (lx.DET | lx.NUM | lx.POSS):
        return i + 1
    if not (starts_noun_phrase(t, i) or opens_office(t, i, hi)):
        return i
    relays = t.lexicon.quoting.relays
    k = i
    in_relative = False
    proper = bool(tag[i] & lx.CAP)
    while k < hi:
        bits = tag[k]
        if bits & lx.PUNCTUATION or bits & lx.QUOTE:
            break
        if bits & lx.REL and bits & lx.SUBJ and k > i:
            in_relative = True
        elif bits & (lx.SUB | lx.COMP) and not bits & lx.PREP and k > i:
            break
        elif bits & lx.PREP and k > i and not bits & lx.CAP:
            if (
                not bits & lx.JOIN
                or _dates(t, k, hi)
                or (bits & lx.INF and not _caps(t, k + 1, hi))
            ):
                break
            if bits & lx.LOOSE and not in_relative:
                if _is_occasion(t, k, hi):
                    break
                if proper:
                    break
        elif bits & lx.TIME and k > i and _is_date(t, k, hi):
            break
        elif bits & (lx.DET | lx.POSS) and k > i and not in_relative:
            before = tag[k - 1]
            if not before & (lx.PREP | lx.COORD | lx.DET):
                break
        elif (
            bits & (lx.SUBJ | lx.OBJ) and k > i and not in_relative and not bits & (lx.NUM | lx.DET)
        ):
            break
        elif bits & lx.ADV and k > i and not bits & lx.CAP and not in_relative:
            nxt = tag[k + 1] if k + 1 < hi else lx.END
            if nxt & (lx.PUNCTUATION | lx.PREP | lx.QUOTE | lx.DET | lx.POSS | lx.SUBJ):
                break
        elif bits & lx.COORD and k > i:
            nxt = tag[k + 1] if k + 1 < hi else lx.END
            if bits & lx.CONTRAST or (
                nxt & (lx.VERB | lx.ADV | lx.SUBJ | lx.SUB) and not nxt & lx.CAP
            ):
                break
        elif k > i and not in_relative and is_verb(t, k):
            carried = form[k] in relays.carrying and k + 1 < hi and form[k + 1] in relays.agents
            if not carried:
                break
        k += 1
    while k > i and tag[k - 1] & (lx.COORD | lx.PREP | lx.ADV) and not tag[k - 1] & lx.CAP:
        k -= 1
    if k == i:
        return i
    return _apposition_right(t, k, hi) if apposition else k


def _is_date(t: Tokens, k: int, hi: int) -> bool:
    """True for a word of time that ends a noun phrase; not in "the Morning Lantern"."""
    before = t.tag[k - 1]
    if before & (lx.DET | lx.PREP) or t.form[k - 1].endswith(t.lexicon.possessive):
        return False
    if not t.tag[k] & lx.CAP:
        return not before & lx.CAP
    following = t.tag[k + 1] if k + 1 < hi else lx.END
    return before & lx.CAP != 0 or not following & lx.CAP


def _caps(t: Tokens, k: int, hi: int) -> bool:
    return k < hi and bool(t.tag[k] & (lx.CAP | lx.DET | lx.POSS))


def _dates(t: Tokens, k: int, hi: int) -> bool:
    """True when the preposition at `k` opens a date."""
    return k + 1 < hi and bool(t.tag[k + 1] & lx.TIME) and not t.tag[k + 1] & lx.DET


def _is_occasion(t: Tokens, k: int, hi: int) -> bool:
    """True for "in an interview", "at a rally": where words were said, not who said them."""
    documents = t.lexicon.quoting.relays.documents
    for i in range(k + 1, min(hi, k + 6)):
        if t.tag[i] & lx.PUNCTUATION:
            return False
        if t.form[i] in documents:
            return True
    return False


def _apposition_right(t: Tokens, k: int, hi: int) -> int:
    """Extends a phrase that ends before `k` over an apposition between commas."""
    tag = t.tag
    end = k
    while k < hi and tag[k] & (lx.COMMA | lx.DASH) and k + 1 < hi:
        lo = k + 1
        bits = tag[lo]
        if bits & lx.QUOTE or bits & lx.COORD or (t.cue[lo] and t.part[lo] & lx.GERUND):
            break
        if t.form[lo] in t.lexicon.according:
            break
        stop = lo
        while stop < hi and not tag[stop] & (
            lx.COMMA | lx.END | lx.SEMI | lx.QUOTE | lx.COLON | lx.DASH
        ):
            stop += 1
        if not apposes(t, lo, stop) or (bits & (lx.ADV | lx.SUBJ) and not bits & (lx.REL | lx.DET)):
            break
        if (
            bits & lx.PREP
            and not bits & lx.CAP
            and t.form[lo] not in t.lexicon.quoting.relays.authors
        ):
            break
        if t.part[lo] & lx.GERUND:
            break
        end = stop
        k = stop
    return end


def apposes(t: Tokens, lo: int, hi: int) -> bool:
    """True when the segment can be an apposition, relative clause or participle phrase."""
    if lo >= hi:
        return False
    bits = t.tag[lo]
    if bits & lx.REL:
        return True
    if bits & lx.SUBJ and not bits & (lx.NUM | lx.DET):
        return False
    if (bits & lx.PREP and not bits & lx.CAP and not bits & lx.SUB) or (
        bits & lx.JOIN and bits & lx.PREP
    ):
        return not _has_finite(t, lo, hi)
    if bits & lx.SUB and not bits & lx.PREP:
        return False
    if t.part[lo] & (lx.GERUND | lx.PARTICIPLE):
        return True
    if bits & lx.COORD:
        return not _has_finite(t, lo, hi)
    return not _has_finite(t, lo, hi)


def _has_finite(t: Tokens, lo: int, hi: int) -> bool:
    """A finite verb outside a relative clause."""
    for k in range(lo, hi):
        if t.tag[k] & lx.REL:
            return False
        if is_verb(t, k) and not (t.part[k] & lx.PARTICIPLE and k > lo):
            return True
    return False


def adjuncts(t: Tokens, i: int, hi: int) -> int:
    """Passes adverbs, dates and prepositional phrases; returns where the complement begins."""
    start = i
    tag, form = t.tag, t.form
    while i < hi:
        bits = tag[i]
        if (bits & lx.TIME and not bits & lx.DET) or (bits & lx.NUM and i and tag[i - 1] & lx.TIME):
            i += 1
        elif bits & lx.COMP and not bits & lx.PREP:
            return i
        elif (bits & lx.DET and bits & lx.TIME and i + 1 < hi and tag[i + 1] & lx.TIME) or (
            bits & lx.DET
            and i + 2 < hi
            and tag[i + 1] & lx.TIME
            and tag[i + 2] & (lx.ADV | lx.TIME | lx.PUNCTUATION | lx.COMP | lx.QUOTE)
        ):
            i += 2
        elif (
            bits & lx.ADV and not bits & (lx.COMP | lx.SUBJ | lx.NEG | lx.DET)
        ) or bits & lx.BRACKET:
            if i + 1 < hi and tag[i + 1] & (lx.AUX | lx.MODAL):
                return i  # "said there was": the adverb opens the clause
            i += 1
        elif i > start and t.part[i] & lx.PARTICIPLE and is_reduced(t, i, start):
            i += 1  # "in a statement posted on the site"
        elif (
            (bits & lx.PREP and not bits & lx.INF and not bits & lx.CAP)
            or (bits & lx.INF and i + 1 < hi and tag[i + 1] & (lx.DET | lx.CAP | lx.POSS | lx.OBJ))
            or (bits & lx.INF and i + 1 < hi and form[i + 1] in t.lexicon.quoting.relays.listeners)
        ):
            nxt = _prepositional_end(t, i, hi)
            if nxt == i:
                return i
            i = nxt
        else:
            return i
    return i


def _prepositional_end(t: Tokens, i: int, hi: int) -> int:
    """The end of the prepositional phrase at `i`, with those that hang on it."""
    k = i + 1
    if k >= hi:
        return i
    if t.part[k] & lx.GERUND:
        k += 1
    end = noun_phrase_right(t, k, hi, apposition=False)
    if end == k and k < hi and t.tag[k] & lx.QUOTE:
        return i
    return end if end > k else i
