"""Noun phrases in languages that mark case, by closed word classes and endings."""

from __future__ import annotations

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.clausal.segments import is_finite
from retold.attribute.quotations.found import Range
from retold.attribute.quotations.nouns import REACH
from retold.attribute.quotations.tokens import Tokens

__all__ = ["ends_in", "is_oblique", "noun_phrase", "prepositional", "subject_in"]

_STOP = lx.PUNCTUATION | lx.QUOTE
_LONG = 4


def is_oblique(t: Tokens, k: int) -> bool:
    """True when the word cannot begin a subject: its form is no nominative."""
    grammar = t.lexicon.quoting.grammar
    form = t.form[k]
    if form in grammar.oblique:
        return True
    return (
        len(form) > _LONG
        and not t.tag[k] & (lx.DET | lx.NUM)
        and form.endswith(grammar.oblique_endings)
    )


def noun_phrase(t: Tokens, i: int, hi: int) -> int:
    """The end of the noun phrase that begins at `i`; `i` when there is none."""
    hi = min(hi, i + REACH)
    if i >= hi:
        return i
    tag = t.tag
    grammar = t.lexicon.quoting.grammar
    capitals = t.lexicon.quoting.order.capital_nouns
    if tag[i] & (lx.SUBJ | lx.OBJ) and not tag[i] & (lx.DET | lx.NUM | lx.POSS):
        return i + 1
    head = False
    k = i
    while k < hi:
        bits = tag[k]
        after = tag[k + 1] if k + 1 < hi else lx.END
        if bits & _STOP:
            break
        if bits & lx.TIME and (k == i or not tag[k - 1] & lx.DET):
            break
        if bits & (lx.DET | lx.POSS):
            joined = k == i or tag[k - 1] & (lx.PREP | lx.COORD | lx.DET)
            if not joined and not (head and t.form[k] in grammar.genitives):
                break
        elif bits & lx.PREP and not bits & lx.CAP:
            if k == i or not head or not bits & lx.JOIN or after & (lx.TIME | _STOP):
                break
            if bits & lx.LOOSE and not _in_phrase(t, i, k):
                break
        elif bits & (lx.SUBJ | lx.OBJ | lx.NEG | lx.COMP) and not bits & lx.CAP:
            break
        elif bits & lx.COORD:
            if not head or after & (lx.ADV | lx.SUB | lx.PREP | _STOP | lx.OBJ | lx.SUBJ):
                break
            if k + 1 < hi and is_finite(t, k + 1):
                break
        elif bits & lx.BRACKET or bits & lx.NUM:
            pass
        elif bits & lx.CAP or _compound(t, k):
            head = True
        elif bits & lx.ADV:
            if head or not after & (lx.NUM | lx.DET | lx.CAP) or k == i:
                break
        elif k > i and is_finite(t, k):
            break
        elif capitals:
            joined = k == i or tag[k - 1] & (lx.DET | lx.POSS | lx.PREP | lx.COORD | lx.NUM)
            if not joined and head:
                break
        else:
            if k > i and head and is_oblique(t, k) and _ended(t, k):
                break
            head = True
        k += 1
    while k > i and tag[k - 1] & (lx.COORD | lx.PREP | lx.ADV) and not tag[k - 1] & lx.CAP:
        k -= 1
    if not head and not (k > i and tag[i] & (lx.ALONE | lx.SUBJ)):
        # "der 81-jährige sagte": an adjective that stands for its noun.
        stands = k > i + 1 and tag[i] & lx.DET and k < hi and is_finite(t, k)
        return k if stands and capitals else i
    return k


def _compound(t: Tokens, k: int) -> bool:
    """True for "ai-Bericht", "selm.example": a noun whose first letter is no capital."""
    word = t.text[t.start[k] : t.end[k]]
    return not word[0].isupper() and (word != word.lower() or "." in word[1:-1])


def _in_phrase(t: Tokens, i: int, k: int) -> bool:
    """True when a preposition that always joins stands before in the phrase."""
    return any(t.tag[m] & lx.JOIN and not t.tag[m] & lx.LOOSE for m in range(i, k))


def _ended(t: Tokens, k: int) -> bool:
    """True for a form that begins another argument, not a genitive: "сказал следователь суду"."""
    return t.form[k].endswith(t.lexicon.quoting.grammar.dative_endings)


def prepositional(t: Tokens, k: int, hi: int) -> int:
    """The end of the prepositional phrase at `k`."""
    end = noun_phrase(t, k + 1, hi)
    if end == k + 1:
        while end < hi and t.tag[end] & (lx.TIME | lx.NUM | lx.DET):
            end += 1
        return max(end, k + 1)
    if t.lexicon.quoting.order.capital_nouns:
        return end
    # Without capitals the phrase ends after its first word that is no adjective.
    m = k + 1
    while (
        m < end and t.form[m].endswith(t.lexicon.quoting.grammar.adjective_endings) and m + 1 < end
    ):
        m += 1
    m += 1
    lower = not t.tag[m - 1] & lx.CAP
    while m < end and (t.tag[m] & (lx.TITLE | lx.NUM) or (lower and _acronym(t, m))):
        m += 1
    while m < end and not t.tag[m] & lx.CAP and is_oblique(t, m):
        m += 1
    return min(m, end)


def _acronym(t: Tokens, k: int) -> bool:
    word = t.text[t.start[k] : t.end[k]]
    return len(word) > 1 and word.isupper()


def subject_in(t: Tokens, lo: int, hi: int, *, skip: bool = True) -> Range | None:
    """The first noun phrase of the stretch that can be a subject.

    Args:
        t: the tokens.
        lo, hi: the stretch.
        skip: pass adverbs, prepositional phrases and objects on the way.
    """
    k = lo
    stop = min(hi, lo + REACH)
    while k < stop:
        bits = t.tag[k]
        if bits & (lx.COMMA | lx.QUOTE | lx.COLON | lx.SEMI | lx.DASH):
            return None
        if bits & lx.SUBJ and not bits & (lx.DET | lx.NUM):
            return k, k + 1
        if bits & lx.TITLE and k > lo and is_oblique(t, k - 1):
            k += 1  # "агентству «Норван»"
            continue
        plain = not bits & (lx.PREP | lx.ADV | lx.NEG | lx.OBJ | lx.COMP | lx.COORD | lx.BRACKET)
        if plain and not bits & lx.TIME and (bits & lx.CAP or not is_finite(t, k)):
            end = noun_phrase(t, k, hi)
            if end > k and not is_oblique(t, k):
                return k, end
            if end > k and skip:
                k = end if t.lexicon.quoting.order.capital_nouns else k + 1
                continue
        if not skip and not bits & (lx.COORD | lx.ADV):
            return None
        if bits & lx.PREP and not bits & lx.ADV:
            k = prepositional(t, k, hi)
        else:
            k += 1
    return None


def ends_in(t: Tokens, k: int, words: frozenset[str]) -> bool:
    """True when the noun is one of the words or, in capitals, a compound with one."""
    form = t.form[k]
    if form in words:
        return True
    if not t.lexicon.quoting.order.capital_nouns or not t.tag[k] & lx.CAP:
        return False
    return any(form.endswith(word) for word in words)
