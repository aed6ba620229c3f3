"""What follows a cue: the person told, and the content."""

from __future__ import annotations

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.edges import content_end, has_quote, object_end, relative_end
from retold.attribute.quotations.found import STRONG, Range
from retold.attribute.quotations.groups import has_verb, is_reduced, is_verb
from retold.attribute.quotations.nouns import adjuncts, noun_phrase_right
from retold.attribute.quotations.tokens import Period, Tokens

__all__ = ["clause_follows", "pass_hearer", "read_complement", "relative_around"]


def pass_hearer(t: Tokens, k: int, hi: int, classes: int) -> tuple[int, Range | None]:
    """Passes the person told, after a verb that names one."""
    if not classes & (lx.TELL | lx.ASK) or k >= hi:
        return k, None
    bits = t.tag[k]
    if bits & (lx.OBJ | lx.POSS | lx.CAP | lx.DET) or not bits & (
        lx.PUNCTUATION | lx.QUOTE | lx.COMP | lx.PREP | lx.SUB
    ):
        end = noun_phrase_right(t, k, hi, apposition=False)
        if (
            bits & lx.POSS
            and bits & lx.OBJ
            and end > k + 1
            and (end < hi and t.tag[end] & (lx.AUX | lx.MODAL))
        ):
            end = k + 1
        if end > k and not (classes & lx.SAY and not classes & lx.TELL and bits & lx.DET):
            return end, (k, end)
    return k, None


def read_complement(
    t: Tokens, k: int, hi: int, classes: int, period: Period
) -> tuple[Range, str, float] | None:
    """The content after the cue."""
    start = k
    k = adjuncts(t, k, hi) if classes & (STRONG | lx.THINK | lx.SHOW) else k
    if k >= hi:
        return None
    bits = t.tag[k]
    if bits & lx.COLON:
        if k + 1 >= hi:
            return (k + 1, k + 1), "a colon ends the sentence", 0.8
        return (k + 1, content_end(t, k + 1, hi)), "after a colon", 0.9
    if bits & (lx.COMMA | lx.DASH):
        m = k + 1
        if m < hi and t.tag[m] & lx.QUOTE and classes & (STRONG | lx.SHOW | lx.THINK):
            return (m, content_end(t, m, hi)), "a quotation after a comma", 0.85
        clause = m < hi and t.tag[m] & lx.COMP and not t.tag[m] & lx.QUESTION
        if clause and classes & lx.SAY:
            return (m, content_end(t, m, hi)), "a clause after a comma", 0.6
        if m >= hi:
            return None
        if classes & STRONG and t.tag[m] & (lx.PREP | lx.ADV):
            for c in range(m, min(hi - 1, m + 12)):
                if t.tag[c] & lx.COLON:
                    return (c + 1, content_end(t, c + 1, hi)), "after a colon", 0.8
                if t.tag[c] & (lx.COMMA | lx.QUOTE) or is_verb(t, c):
                    break
        # ", in a speech on Tuesday, that …": an inserted adjunct.
        close = next((c for c in range(m, min(hi, m + 15)) if t.tag[c] & bits), None)
        if (
            close is not None
            and close + 1 < hi
            and (
                (t.tag[close + 1] & lx.COMP and not t.tag[close + 1] & lx.QUESTION)
                or t.tag[close + 1] & lx.QUOTE
            )
            and (t.tag[m] & (lx.PREP | lx.ADV | lx.SUB) or t.part[m] & lx.GERUND)
            and classes & STRONG
        ):
            return (close + 1, content_end(t, close + 1, hi)), "after an insertion", 0.7
        return None
    if bits & (lx.END | lx.SEMI):
        return None
    if bits & lx.QUOTE:
        return (k, content_end(t, k, hi)), "a quotation after the cue", 0.9
    if bits & lx.COMP and bits & lx.REL and _stands_alone(t, k, hi):
        return None
    if bits & lx.COMP and not bits & lx.PREP:
        question = bits & lx.QUESTION
        if question and not classes & (STRONG | lx.THINK | lx.SHOW | lx.ACT):
            return None
        return (k, content_end(t, k, hi)), "a clause after a complementiser", 0.85
    if bits & lx.INF:
        chained = k + 1 < hi and t.cue[k + 1] & STRONG
        if chained and (t.form[k - 1], t.form[k]) in t.lexicon.catenatives:
            return None  # "declined to say": one cue, read at its last verb
        if classes & (lx.WANT | lx.TELL):
            return (k, content_end(t, k, hi)), "an infinitive", 0.5
        return None
    end = content_end(t, k, hi)
    if classes & lx.CALL and has_quote(t, k, end):
        return (k, end), "a name given to somebody", 0.7
    if (
        classes & lx.AS
        and not bits & lx.PREP
        and any(t.form[m] in t.lexicon.quoting.relays.as_words for m in range(k, min(end, k + 25)))
    ):
        return (k, end), "described as", 0.65
    if (bits & (lx.AUX | lx.MODAL) and not bits & lx.SUBJ) or (
        bits & lx.VERB and not bits & (lx.CAP | lx.NOUN) and is_verb(t, k)
    ):
        return None
    document = _is_document(t, start, period.lo)
    clause = _holds_clause(
        t, k, end, quotes=not classes & lx.SHOW or document, bare=bool(classes & lx.BARE)
    )
    if classes & (lx.SAY | lx.THINK | lx.SHOW | lx.TELL) and clause:
        return (k, end), "a clause after the cue", 0.75
    if k > start and not has_quote(t, k, end):
        return None
    if classes & lx.SHOW and not document and not classes & lx.ACT:
        return None
    if classes & (lx.CALL | lx.ACT | lx.SHOW) or has_quote(t, k, end):
        if bits & (lx.VERB | lx.AUX | lx.MODAL) and not bits & (lx.CAP | lx.NOUN):
            return None
        phrase = bits & (lx.PREP | lx.COORD | lx.SUB) and not bits & lx.DET
        if phrase and not has_quote(t, start, end):
            return None
        if not has_quote(t, k, end):
            end = object_end(t, k, end)
            named = classes & lx.CALL and not classes & lx.ACT
            stop = noun_phrase_right(t, k, end, apposition=False)
            if named and (stop >= end or is_verb(t, stop)):
                return None  # "a group called A": no name is given to an object
        return (k, end), "an object", 0.55 if has_quote(t, k, end) else 0.35
    return None


def relative_around(
    t: Tokens, subject: Range, k: int, period: Period, classes: int
) -> list[Range] | None:
    """What is given as said where a relative clause stands around the attribution.

    "a rocket which the ministry said was fired": "which" and "was fired".

    Args:
        t: the tokens.
        subject: of the cue; a relative pronoun stands before it.
        k: behind the cue.
        period: the sentence.
        classes: of the cue.
    """
    pronoun = subject[0] - 1
    if not classes & (lx.SAY | lx.THINK) or pronoun <= period.lo:
        return None
    if not t.tag[pronoun] & lx.REL or t.tag[pronoun - 1] & (lx.VERB | lx.PREP):
        return None
    hi = period.hi
    verb = adjuncts(t, k, hi)
    while verb < hi and t.tag[verb] & lx.ADV and not t.tag[verb] & lx.SUBJ:
        verb += 1
    if verb >= hi or t.tag[verb] & lx.SUBJ or not is_verb(t, verb):
        return None
    end = relative_end(t, verb, content_end(t, verb, hi))
    of_subject = not has_verb(t, period.lo, pronoun)
    return [(pronoun, pronoun + 1), (verb, _before_main_verb(t, verb, end, of_subject))]


def _before_main_verb(t: Tokens, lo: int, hi: int, of_subject: bool) -> int:
    """Where the verb of the sentence follows a relative clause without a comma; else `hi`.

    Args:
        t: the tokens.
        lo: the verb of the relative clause.
        hi: where that ends at the latest.
        of_subject: whether what it hangs on still lacks its verb.
    """
    for m in range(lo + 1, hi):
        bits, before = t.tag[m], t.tag[m - 1]
        if bits & (lx.COMMA | lx.COORD | lx.SUB | lx.SUBJ | lx.QUOTE) and not bits & lx.PREP:
            return hi
        if before & (lx.AUX | lx.MODAL | lx.NEG | lx.INF):
            continue  # one group of verbs
        if bits & (lx.AUX | lx.MODAL) or (of_subject and is_verb(t, m)):
            return m
    return hi


def _stands_alone(t: Tokens, k: int, hi: int) -> bool:
    """True for "said that, he …": a pronoun, no conjunction."""
    if k + 1 >= hi or t.tag[k + 1] & (lx.END | lx.SEMI):
        return True
    return bool(t.tag[k + 1] & lx.COMMA) and k + 2 < hi and bool(t.tag[k + 2] & lx.SUBJ)


def _is_document(t: Tokens, k: int, lo: int) -> bool:
    """True when the subject before the verb at `k - 1` is a document or a survey."""
    relays = t.lexicon.quoting.relays
    return any(
        t.form[m] in relays.documents or t.form[m] in relays.surveys
        for m in range(max(lo, k - 25), k)
    )


def _holds_clause(t: Tokens, lo: int, hi: int, *, quotes: bool, bare: bool) -> bool:
    """True when a clause without a complementiser begins at `lo`.

    Args:
        t: the tokens.
        lo, hi: what may be the clause.
        quotes: words in quotation marks may hold its verb.
        bare: the cue takes nothing but clauses, so that any verb will do.
    """
    if t.tag[lo] & lx.SUBJ and not t.tag[lo] & (lx.NUM | lx.DET):
        return True
    if t.tag[lo] & lx.ADV and lo + 1 < hi and is_verb(t, lo + 1):
        return True
    if bare:
        return any(is_verb(t, k) or t.tag[k] & lx.QUOTE for k in range(lo + 1, hi))
    k = noun_phrase_right(t, lo, hi)
    while k < hi and t.tag[k] & (lx.COMMA | lx.DASH | lx.BRACKET | lx.ADV | lx.NEG):
        k += 1
    if k < hi and not is_verb(t, k):
        k = adjuncts(t, k, hi)
    if k <= lo or k >= hi:
        return False
    return (is_verb(t, k) and not is_reduced(t, k, lo)) or (quotes and bool(t.tag[k] & lx.QUOTE))


def clause_follows(t: Tokens, k: int, hi: int) -> bool:
    """True for "insisted on Monday that": the preposition opens an adjunct, not an object."""
    end = adjuncts(t, k, hi)
    return k < end < hi and bool(t.tag[end] & (lx.COMP | lx.QUOTE | lx.COLON))
