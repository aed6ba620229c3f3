"""Noun phrases, verb groups and adjuncts of the outer text, by closed word classes.

No tagger and no tree: each function walks over tokens from a given point to the nearest
boundary. All are bounded by the period they are called in, and by `REACH`.
"""

from __future__ import annotations

from msgspec import Struct

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.tokens import Tokens

__all__ = ["Group", "adjuncts", "noun_phrase_right", "starts_noun_phrase", "subject_left", "verb_group"]

REACH = 60
"""Tokens that a subject may be long; keeps every walk bounded in a sentence without an end."""

_SCARE_WORDS = 6
_HARD = lx.COLON | lx.SEMI | lx.QUOTE | lx.END | lx.DASH
_VERBAL = lx.AUX | lx.MODAL


class Group(Struct):
    """A verb with what belongs to it on its left.

    Attributes:
        lo: first token of the group, the beginning of the cue.
        edge: where the subject ends; dates may stand between it and `lo`.
        passive: a participle with a form of "be".
        negated, conditional: how the saying is qualified.
        infinitive: begins with an infinitive marker, so that the subject is elsewhere.
    """

    lo: int
    edge: int
    passive: bool = False
    negated: bool = False
    conditional: bool = False
    infinitive: bool = False
    finite: bool = True


def verb_group(t: Tokens, at: int, lo: int) -> Group:
    """The group that ends in the verb at `at`."""
    tag, form = t.tag, t.form
    group = Group(at, at)
    part = t.part[at]
    i = at - 1
    finite = bool(part & lx.FINITE)
    has_be = has_have = has_modal = False
    while i >= lo:
        bits = tag[i]
        if bits & lx.INF and not has_be and not has_have and not has_modal:
            status = None
            for width in (4, 3, 2):
                j = i - width + 1
                if j >= lo:
                    status = t.lexicon.catenatives.get(tuple(form[j : i + 1]))
                    if status is not None:
                        break
            if status is None:
                group.infinitive = True
                group.lo = i
                break
            group.conditional |= status == "conditional"
            group.negated |= status == "negated"
            finite = True
            i = j - 1
            group.lo = j
            continue
        if bits & _VERBAL:
            if bits & lx.SUBJ:
                # A contraction: the subject is in the same word.
                has_be |= bool(bits & lx.BE)
                finite = True
                break
            if bits & lx.BE:
                has_be = True
            if bits & lx.HAVE:
                has_have = True
            if bits & lx.MODAL:
                has_modal = True
                group.conditional = True
            if bits & lx.NEG:
                group.negated = True
            group.lo = i
            finite = True
        elif bits & lx.NEG and not bits & lx.DET:
            group.negated = True
            group.lo = i
        elif bits & lx.TIME and i > lo and not bits & lx.DET:
            i = _date_before(t, i, lo)
            group.edge = i
            i -= 1
            continue
        elif bits & lx.ADV and not bits & (lx.CAP | lx.SUB | lx.PREP) or (
            bits & lx.ADV and bits & lx.CAP and form[i].endswith("ly")
        ):
            if bits & lx.SUBJ or (bits & lx.DET):
                break
            group.lo = i
        elif bits & lx.COMMA and i - 1 > lo and _parenthetic(t, i, lo):
            i = _comma_before(t, i, lo)
            group.lo = i
        else:
            break
        i -= 1
    group.edge = min(group.edge, group.lo)
    while group.lo < at and (tag[group.lo] & lx.COMMA):
        group.lo += 1
    group.passive = has_be and bool(part & lx.PARTICIPLE) and not part & lx.GERUND and not (
        has_have and form[at - 1] not in t.lexicon.quoting.grammar.be
        and not any(b & lx.BE for b in tag[max(group.lo, at - 3) : at])
    )
    group.finite = finite
    return group


def _date_before(t: Tokens, i: int, lo: int) -> int:
    """The first token of the date that ends at `i`: "on Tuesday", "earlier this month"."""
    k = i
    while k > lo and t.tag[k - 1] & (lx.TIME | lx.NUM) and i - k < 4:
        k -= 1
    if k > lo and t.tag[k - 1] & lx.PREP and not t.tag[k - 1] & lx.CAP:
        k -= 1
    return k


def _comma_before(t: Tokens, comma: int, lo: int) -> int:
    for k in range(comma - 1, max(lo, comma - 6) - 1, -1):
        if t.tag[k] & lx.COMMA:
            return k
    return comma


def _parenthetic(t: Tokens, comma: int, lo: int) -> bool:
    """True when ", however," or the like ends at `comma`."""
    start = _comma_before(t, comma, lo)
    if start == comma:
        return False
    words = " ".join(t.form[start + 1 : comma])
    return words in t.lexicon.quoting.grammar.parenthetic


def starts_noun_phrase(t: Tokens, i: int) -> bool:
    """True when the token can open a noun phrase."""
    bits = t.tag[i]
    if bits & (lx.DET | lx.POSS | lx.CAP | lx.NUM | lx.SUBJ | lx.OBJ | lx.TITLE):
        return True
    if bits & (lx.PUNCTUATION | lx.PREP | lx.SUB | lx.COORD | lx.AUX | lx.MODAL | lx.QUOTE):
        return False
    return not bits & (lx.ADV | lx.VERB) or bool(bits & lx.NOUN)


def is_verb(t: Tokens, i: int) -> bool:
    """True when the token is probably a finite verb where it stands."""
    bits = t.tag[i]
    if i and t.tag[i - 1] & lx.INF:
        return False
    if bits & _VERBAL:
        return True
    if not bits & lx.VERB:
        return False
    if bits & lx.CAP and i and not t.tag[i - 1] & lx.PUNCTUATION:
        return False
    if t.part[i] and not t.part[i] & (lx.FINITE | lx.BASE):
        return False
    if bits & lx.NOUN and not _verb_beside(t, i):
        return False
    return not is_noun_use(t, i)


def _verb_beside(t: Tokens, i: int) -> bool:
    """For a form that is a noun as often: do its neighbours speak for a verb?"""
    before = t.tag[i - 1] if i else 0
    if before & (lx.SUBJ | lx.MODAL | lx.INF | lx.REL | lx.ADV) and not before & (lx.DET | lx.NUM):
        return not (before & lx.ADV and i >= 2 and t.tag[i - 2] & (lx.DET | lx.POSS))
    after = t.tag[i + 1] if i + 1 < len(t.tag) else lx.END
    if before & (lx.DET | lx.POSS | lx.PREP | lx.NUM | lx.COORD):
        return False
    return bool(after & (lx.DET | lx.POSS | lx.OBJ | lx.SUBJ | lx.COMP | lx.QUOTE)) or bool(
        t.part[i] & lx.PAST and not t.part[i] & lx.BASE
    )


def is_noun_use(t: Tokens, i: int) -> bool:
    """True when a form that could be a verb stands where a noun does."""
    if i == 0:
        return False
    before = t.tag[i - 1]
    if before & (lx.POSS | lx.DET) and not before & (lx.SUBJ | lx.REL):
        return True
    if before & lx.PREP and not before & lx.INF:
        return True
    form = t.form[i - 1]
    if form.endswith("'s") or form.endswith("s'"):
        return not before & lx.AUX
    if not t.tag[i] & lx.NOUN:
        return False
    if before & (lx.NUM | lx.COORD):
        return bool(before & lx.NUM)
    # An adjective before it: a lower-case word of no other class that itself follows a
    # determiner, possessive, preposition or verb.
    if not before & ~lx.VERB and i >= 2:
        return bool(t.tag[i - 2] & (lx.DET | lx.POSS | lx.PREP)) and not t.part[i] & lx.PAST
    return False


def _has_verb(t: Tokens, lo: int, hi: int) -> bool:
    return any(is_verb(t, k) for k in range(lo, hi))


def _clause_start(t: Tokens, j: int, lo: int) -> int:
    """The nearest hard boundary on the left of `j`: the index after it."""
    stop = max(lo, j - REACH)
    for k in range(j, stop - 1, -1):
        if t.tag[k] & _HARD and not is_scare(t, k):
            return k + 1
    return stop


def is_scare(t: Tokens, k: int) -> bool:
    """A few words in quotation marks that belong to the clause around them."""
    part = t.quote.get(k)
    if part is None:
        return False
    start, end = part.inner
    return t.text[end - 1] not in ",.?!…" and t.text.count(" ", start, end) < _SCARE_WORDS


def subject_left(t: Tokens, j: int, lo: int) -> tuple[int, int] | None:
    """The noun phrase that ends at token `j`, as a token range, or None.

    Args:
        t: the tokens.
        j: the token before the verb group.
        lo: where the search must stop.
    """
    if j < lo:
        return None
    tag = t.tag
    if tag[j] & lx.COMMA or tag[j] & lx.DASH:
        return _with_apposition(t, j, lo)
    bits = tag[j]
    if bits & lx.VERB and not bits & (lx.NOUN | lx.CAP | lx.SUBJ) and is_verb(t, j) and t.part[j] & lx.FINITE:
        return None
    if bits & _HARD or bits & (lx.PREP | lx.SUB | lx.COORD | lx.MODAL) and not bits & (
        lx.SUBJ | lx.REL | lx.OBJ | lx.CAP
    ):
        return None
    if bits & lx.SUBJ and not (bits & (lx.NUM | lx.DET)):
        return j, j + 1
    if bits & lx.REL and not bits & lx.SUBJ:
        return j, j + 1
    return _chunk(t, j, _clause_start(t, j, lo))


def _chunk(t: Tokens, j: int, lo: int) -> tuple[int, int] | None:
    """The simple noun phrase that ends at `j`."""
    tag = t.tag
    k = j
    while k >= lo:
        bits = tag[k]
        if bits & lx.COMMA:
            if not _joins_names(t, k, lo, j):
                break
        elif bits & lx.CAP:
            pass
        elif bits & lx.COORD:
            if not _joins_phrases(t, k, lo):
                break
        elif bits & lx.REL and k < j and (bits & lx.SUBJ or t.form[k] in ("which", "that")):
            if not _has_verb(t, k + 1, j + 1):
                break
        elif bits & lx.SUB and not bits & lx.PREP:
            break
        elif bits & lx.SUBJ and not bits & (lx.DET | lx.NUM):
            break
        elif bits & lx.QUOTE and not _in_relative(t, k, lo):
            break
        elif k < j and is_verb(t, k) and not _in_relative(t, k, lo) and not is_reduced(t, k, lo):
            break
        k -= 1
    lo_np = k + 1
    if lo_np > j:
        return None
    return _strip_left(t, lo_np, j + 1)


def is_reduced(t: Tokens, k: int, lo: int) -> bool:
    """True for "people briefed on it": a participle after its noun, a preposition after it."""
    return bool(
        t.part[k] & lx.PARTICIPLE
        and k > lo
        and k + 1 < len(t.tag)
        and t.tag[k + 1] & (lx.PREP | lx.TIME)
        and not t.tag[k - 1] & (lx.PUNCTUATION | lx.SUBJ | lx.QUOTE | lx.ADV)
        and not t.tag[k] & _VERBAL
    )


def _in_relative(t: Tokens, k: int, lo: int) -> bool:
    """True when a relative pronoun opened the clause that the verb at `k` is in."""
    for i in range(k - 1, max(lo, k - 12) - 1, -1):
        bits = t.tag[i]
        if bits & (lx.COMMA | _HARD):
            return False
        if bits & lx.REL and bits & lx.SUBJ or t.form[i] in ("who", "which"):
            return i > lo
    return False


def _joins_phrases(t: Tokens, k: int, lo: int) -> bool:
    """True when the coordinator at `k` joins two noun phrases, not two clauses."""
    if k - 1 < lo or t.form[k] in ("but", "yet", "nor"):
        return False
    before = t.tag[k - 1]
    if before & lx.COMMA and k - 3 >= lo and t.tag[k - 2] & lx.CAP:
        # "Alland, Borland, and Corland": a list of names.
        return any(
            t.tag[i] & lx.COMMA and t.tag[i + 1] & lx.CAP and t.tag[i - 1] & lx.CAP
            for i in range(max(lo + 1, k - 6), k - 1)
        ) and not any(is_verb(t, i) for i in range(max(lo, k - 8), k))
    if before & (_HARD | lx.COMMA):
        return False
    for i in range(k - 1, max(lo, k - 8) - 1, -1):
        bits = t.tag[i]
        if is_verb(t, i):
            return False
        if bits & (_HARD | lx.COMMA | lx.SUB) and not bits & lx.PREP:
            break
    return True


def _joins_names(t: Tokens, k: int, lo: int, j: int) -> bool:
    """True for the comma of "A, B and C" before a coordinator, and of "Springfield, Ill."."""
    following = t.tag[k + 1] if k < j else 0
    if k - 1 >= lo and t.tag[k - 1] & lx.CAP and following & lx.CAP and k + 2 <= j:
        # "the United States, Japan, and South Korea": the list goes on to a coordinator.
        for i in range(k + 2, min(j, k + 5)):
            if t.tag[i] & lx.COMMA and t.tag[i + 1] & (lx.COORD | lx.CAP):
                return not _has_verb(t, max(lo, k - 4), k)
            if t.tag[i] & lx.COORD:
                return not _has_verb(t, max(lo, k - 4), k)
            if not t.tag[i] & lx.CAP:
                break
    return bool(
        following & lx.COORD
        and t.form[k + 1] not in ("but", "yet", "nor")
        and k - 1 >= lo
        and t.tag[k - 1] & lx.CAP
        and k + 2 <= j
        and t.tag[k + 2] & lx.CAP
        and not _has_verb(t, max(lo, k - 4), k)
    )


def _strip_left(t: Tokens, lo: int, hi: int) -> tuple[int, int] | None:
    """Drops leading adverbs, dates and prepositional phrases from a chunk."""
    tag = t.tag
    while lo < hi:
        bits = tag[lo]
        form = t.form[lo]
        if bits & (lx.COORD | lx.COMMA) or (
            bits & (lx.ADV | lx.INF)
            and not bits & (lx.DET | lx.SUBJ)
            and (not bits & lx.CAP or form.endswith("ly") or bits & lx.ADV)
        ):
            lo += 1
        elif bits & lx.TIME and lo + 1 < hi and tag[lo + 1] & (lx.DET | lx.CAP | lx.SUBJ | lx.POSS):
            lo += 1
        elif bits & (lx.PREP | lx.SUB) and not bits & (lx.DET | lx.POSS):
            nxt = _after_prepositional(t, lo, hi)
            if nxt is None:
                return None
            lo = nxt
        else:
            return lo, hi
    return None


def _after_prepositional(t: Tokens, lo: int, hi: int) -> int | None:
    """Where a new noun phrase begins after the prepositional phrase at `lo`."""
    tag = t.tag
    k = lo + 1
    seen_head = False
    while k < hi:
        bits = tag[k]
        opens = bits & (lx.DET | lx.POSS) or bits & lx.SUBJ
        if seen_head and opens and not tag[k - 1] & lx.PREP:
            return k
        if (
            seen_head
            and bits & lx.CAP
            and not tag[k - 1] & (lx.CAP | lx.PREP | lx.COORD | lx.DET | lx.POSS)
            and not t.form[k - 1].endswith("'s")
        ):
            return k
        if seen_head and bits & lx.CAP and tag[k - 1] & lx.TIME and not bits & lx.TIME:
            return k
        if not bits & (lx.DET | lx.POSS | lx.PREP | lx.ADV):
            seen_head = True
        k += 1
    return None


def _with_apposition(t: Tokens, comma: int, lo: int) -> tuple[int, int] | None:
    """The phrase "Name, what he is," that ends with the comma or dash at `comma`."""
    tag = t.tag
    glyph = lx.COMMA if tag[comma] & lx.COMMA else lx.DASH
    start = lo if glyph == lx.DASH else _clause_start(t, comma - 1, lo)
    start = max(start, comma - REACH)
    cuts = [k for k in range(start, comma) if tag[k] & glyph]
    if not cuts:
        return None
    cuts.append(comma)
    edges = [start - 1, *cuts]
    best: tuple[int, int] | None = None
    # Segments from right to left: the head is the last one that looks like a noun phrase and
    # is followed by an apposition.
    for number in range(len(edges) - 3, -1, -1):
        seg_lo, seg_hi = edges[number] + 1, edges[number + 1]
        if seg_lo >= seg_hi:
            continue
        after = edges[number + 1] + 1
        if not _apposes(t, after, edges[number + 2]):
            if best is None and number == len(edges) - 3:
                return None
            break
        head = _head_of_segment(t, seg_lo, seg_hi)
        if head is None:
            if _apposes(t, seg_lo, seg_hi) and number:
                continue
            break
        best = (head[0], comma)
        if not _apposes(t, seg_lo, seg_hi) or number == 0:
            break
        if tag[seg_lo] & lx.CAP and not tag[seg_lo] & lx.DET:
            break
    return best


def _apposes(t: Tokens, lo: int, hi: int) -> bool:
    """True when the segment can be an apposition, relative clause or participle phrase."""
    if lo >= hi:
        return False
    bits = t.tag[lo]
    if bits & lx.REL or t.form[lo] in ("whose", "who", "which"):
        return True
    if bits & lx.SUBJ and not bits & (lx.NUM | lx.DET):
        return False
    if bits & lx.PREP and not bits & lx.CAP and not bits & lx.SUB or bits & lx.JOIN and bits & lx.PREP:
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
        if t.tag[k] & lx.REL and t.form[k] in ("who", "which", "that", "whose", "where"):
            return False
        if is_verb(t, k) and not (t.part[k] & lx.PARTICIPLE and k > lo):
            return True
    return False


def _head_of_segment(t: Tokens, lo: int, hi: int) -> tuple[int, int] | None:
    """The noun phrase at the end of a segment that an apposition follows."""
    if t.tag[hi - 1] & (lx.ADV | lx.PREP | lx.SUB) and not t.tag[hi - 1] & lx.CAP:
        return None
    return _chunk(t, hi - 1, lo)


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
    if not starts_noun_phrase(t, i):
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
            if not bits & lx.JOIN or _dates(t, k, hi) or bits & lx.INF and not _caps(t, k + 1, hi):
                break
            if form[k] in ("in", "at", "on", "with", "by", "about", "from") and not in_relative:
                if _is_occasion(t, k, hi):
                    break
                if proper and form[k] in ("in", "on", "at", "with", "about", "by", "from"):
                    break
        elif bits & lx.TIME and k > i and not tag[k - 1] & (lx.DET | lx.CAP | lx.PREP):
            break
        elif bits & lx.TIME and bits & lx.CAP and k > i and not tag[k - 1] & (lx.DET | lx.PREP):
            break
        elif bits & (lx.DET | lx.POSS) and k > i and not in_relative:
            before = tag[k - 1]
            if not before & (lx.PREP | lx.COORD | lx.DET):
                break
        elif bits & (lx.SUBJ | lx.OBJ) and k > i and not in_relative and not bits & (lx.NUM | lx.DET):
            break
        elif bits & lx.ADV and k > i and not bits & lx.CAP and not in_relative:
            nxt = tag[k + 1] if k + 1 < hi else lx.END
            if nxt & (lx.PUNCTUATION | lx.PREP | lx.QUOTE | lx.DET | lx.POSS | lx.SUBJ):
                break
        elif bits & lx.COORD and k > i:
            nxt = tag[k + 1] if k + 1 < hi else lx.END
            if form[k] == "but" or nxt & (lx.VERB | lx.ADV | lx.SUBJ | lx.SUB) and not nxt & lx.CAP:
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
        if bits & lx.QUOTE or bits & lx.COORD or t.cue[lo] and t.part[lo] & lx.GERUND:
            break
        stop = lo
        while stop < hi and not tag[stop] & (lx.COMMA | lx.END | lx.SEMI | lx.QUOTE | lx.COLON | lx.DASH):
            stop += 1
        if not _apposes(t, lo, stop) or bits & (lx.ADV | lx.SUBJ) and not bits & (lx.REL | lx.DET):
            break
        if bits & lx.PREP and not bits & lx.CAP and t.form[lo] not in ("of", "from"):
            break
        if t.part[lo] & lx.GERUND:
            break
        end = stop
        k = stop
    return end


def adjuncts(t: Tokens, i: int, hi: int) -> int:
    """Passes adverbs, dates and prepositional phrases; returns where the complement begins."""
    tag, form = t.tag, t.form
    while i < hi:
        bits = tag[i]
        if bits & lx.TIME and not bits & lx.DET:
            i += 1
        elif bits & lx.NUM and i and tag[i - 1] & lx.TIME:
            i += 1
        elif bits & lx.COMP and not bits & lx.PREP:
            return i
        elif bits & lx.DET and bits & lx.TIME and i + 1 < hi and tag[i + 1] & lx.TIME:
            i += 2
        elif bits & lx.DET and i + 2 < hi and tag[i + 1] & lx.TIME and tag[i + 2] & (
            lx.ADV | lx.TIME | lx.PUNCTUATION | lx.COMP | lx.QUOTE
        ):
            i += 2
        elif bits & lx.ADV and not bits & (lx.COMP | lx.SUBJ | lx.NEG | lx.DET):
            i += 1
        elif bits & lx.BRACKET:
            i += 1
        elif bits & lx.PREP and not bits & lx.INF and not bits & lx.CAP:
            nxt = _prepositional_end(t, i, hi)
            if nxt == i:
                return i
            i = nxt
        elif bits & lx.INF and i + 1 < hi and tag[i + 1] & (lx.DET | lx.CAP | lx.POSS | lx.OBJ) or (
            form[i] == "to" and i + 1 < hi and form[i + 1] in t.lexicon.quoting.relays.listeners
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
