"""Verbs and what belongs to them on their left, by closed word classes.

No tagger: whether a form is a verb where it stands is told by its neighbours."""

from __future__ import annotations

from msgspec import Struct

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.tokens import Tokens

__all__ = ["Group", "has_verb", "is_heading", "is_noun_use", "is_reduced", "is_verb", "verb_group"]

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
            if bits & lx.SUBJ:
                break  # "nobody said"
            group.lo = i
        elif bits & lx.TIME and i > lo and not bits & lx.DET:
            i = _date_before(t, i, lo)
            group.edge = i
            i -= 1
            continue
        elif bits & lx.ADV and (not bits & (lx.SUB | lx.PREP) or (i > lo and not bits & lx.CAP)):
            if bits & lx.SUBJ or (bits & lx.DET):
                break
            group.lo = i
        elif bits & lx.COMMA and i - 1 > lo and _parenthetic(t, i, lo):
            i = _comma_before(t, i, lo)
            group.edge = i
        else:
            break
        i -= 1
    group.edge = min(group.edge, group.lo)
    while group.lo < at and (tag[group.lo] & lx.COMMA):
        group.lo += 1
    group.passive = (
        has_be
        and bool(part & lx.PARTICIPLE)
        and not part & lx.GERUND
        and not (
            has_have
            and form[at - 1] not in t.lexicon.quoting.grammar.be
            and not any(b & lx.BE for b in tag[max(group.lo, at - 3) : at])
        )
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


def is_heading(t: Tokens, lo: int, hi: int) -> bool:
    """True when nearly every longer word has a capital letter: a heading in title case."""
    longer = [t.tag[k] for k in range(lo, hi) if len(t.form[k]) > 3]
    return len(longer) > 2 and 5 * sum(1 for bits in longer if bits & lx.CAP) > 4 * len(longer)


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
        # "some said": a determiner that stands alone, before a form that is only a verb.
        alone = before & lx.ALONE and t.part[i] & (lx.PAST | lx.BASE)
        return not (alone and not t.tag[i] & lx.NOUN)
    if before & lx.PREP and not before & lx.INF:
        return True
    form = t.form[i - 1]
    if form.endswith(t.lexicon.possessive):
        return not before & lx.AUX
    if before & lx.NUM and t.part[i] & lx.PARTICIPLE and not t.part[i] & lx.BASE:
        return i + 1 < len(t.tag) and not t.tag[i + 1]  # "1,200 pledged delegates"
    if not t.tag[i] & lx.NOUN:
        return False
    if before & (lx.NUM | lx.COORD):
        return bool(before & lx.NUM)
    # An adjective before it: a lower-case word of no other class that itself follows a
    # determiner, possessive, preposition or verb.
    if not before & ~lx.VERB and i >= 2:
        return bool(t.tag[i - 2] & (lx.DET | lx.POSS | lx.PREP)) and not t.part[i] & lx.PAST
    return False


def has_verb(t: Tokens, lo: int, hi: int) -> bool:
    """True when a finite verb stands in the stretch."""
    return any(is_verb(t, k) for k in range(lo, hi))


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
