"""Sentences as segments between commas, for languages that put one at every clause border."""

from __future__ import annotations

from msgspec import Struct

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.edges import ends_open
from retold.attribute.quotations.tokens import Period, Tokens

__all__ = ["Segment", "finite_in", "has_finite", "is_finite", "number_of", "segments"]

_BORDER = lx.COMMA | lx.COLON | lx.SEMI | lx.DASH
_NAME_WORDS = 5
_SPEAKING = lx.SAY | lx.TELL | lx.ASK | lx.THINK


class Segment(Struct):
    """Tokens `[lo, hi)` between two borders.

    Attributes:
        lo, hi: without the borders.
        border: word class of the border before it; 0 at the beginning of a sentence, or
            between a quotation and what follows it without a comma.
        opener: tags of its first word after coordinators.
        first: where that word stands.
        subordinate: opened by a conjunction, question word or relative pronoun.
        quoted: nothing but a quotation.
    """

    lo: int
    hi: int
    border: int
    opener: int
    first: int
    subordinate: bool
    quoted: bool


def segments(t: Tokens, period: Period) -> list[Segment]:
    """The segments of a period, in order."""
    made: list[Segment] = []
    lo, border = period.lo, 0
    for k in range(period.lo, period.hi):
        bits = t.tag[k]
        if bits & lx.TITLE and _is_said(t, k, period.hi):
            bits = t.tag[k] = lx.QUOTE
        elif bits & lx.QUOTE and _is_name(t, k, period.lo):
            bits = t.tag[k] = lx.TITLE | lx.CAP
        if bits & (_BORDER | lx.END) and not _in_number(t, k):
            _add(t, made, lo, k, border)
            lo, border = k + 1, bits & (_BORDER | lx.END)
        elif bits & lx.QUOTE and _is_clause(t, k, lo, period.hi):
            _add(t, made, lo, k, border)
            _add(t, made, k, k + 1, border if lo == k else 0)
            lo, border = k + 1, 0
    _add(t, made, lo, period.hi, border)
    return made


def _is_said(t: Tokens, k: int, hi: int) -> bool:
    """True for „Die Lage“, sagte X: capitals alone make no title where nouns have them.

    So is what follows a colon, and a frame between the marks of its quotation: that begins
    with no mark.
    """
    if t.text[t.start[k]].isalnum() or (k and t.tag[k - 1] & lx.COLON):
        return True
    if k + 2 >= hi or not t.tag[k + 1] & (lx.COMMA | lx.DASH):
        return False
    m = k + 3 if t.tag[k + 2] & lx.DASH and k + 3 < hi else k + 2
    return bool(t.cue[m] & _SPEAKING and t.part[m] & lx.FINITE) and not t.tag[m] & lx.CAP


def _is_name(t: Tokens, k: int, lo: int) -> bool:
    """True for газета «Северный курьер»: a name after the noun for what is so called."""
    if k <= lo or (t.form[k - 1] not in t.lexicon.quoting.relays.outlets):
        return False
    start, end = t.quote[k].inner
    if t.text[end - 1] in ",.?!…" or not t.text[start].isupper():
        return False
    return t.text.count(" ", start, end) < _NAME_WORDS


def _in_number(t: Tokens, k: int) -> bool:
    """True for the colon of "17:00" and the comma of "0,3"."""
    if not 0 < k < len(t.tag) - 1 or not t.tag[k - 1] & t.tag[k + 1] & lx.NUM:
        return False
    return t.end[k - 1] == t.start[k] and t.end[k] == t.start[k + 1]


def _is_clause(t: Tokens, k: int, lo: int, hi: int) -> bool:
    """True for a quotation that stands beside its frame, not inside a clause."""
    if ends_open(t, k) or (k + 1 < hi and t.tag[k + 1] & (_BORDER | lx.END) and k == lo):
        return True
    return k == lo and k + 1 < hi and bool(t.cue[k + 1] & _SPEAKING)


def _add(t: Tokens, made: list[Segment], lo: int, hi: int, border: int) -> None:
    if lo >= hi:
        return
    first = lo
    while first < hi - 1 and t.tag[first] & lx.COORD and not t.tag[first] & lx.QUOTE:
        first += 1
    bits = t.tag[first]
    subordinate = _opens_clause(t, first, hi)
    if not subordinate and bits & lx.PREP and first + 1 < hi:
        noun = first + 2 < hi and bool(t.tag[first + 2] & lx.CAP)
        relative = t.tag[first + 1] & lx.REL and not (t.tag[first + 1] & lx.DET and noun)
        subordinate = bool(relative) and _verb_last(t, first, hi)
    quoted = bool(t.tag[lo] & lx.QUOTE) and hi == lo + 1
    made.append(Segment(lo, hi, border, bits, first, subordinate, quoted))


def _opens_clause(t: Tokens, first: int, hi: int) -> bool:
    bits = t.tag[first]
    if bits & lx.REL and not bits & (lx.SUB | lx.COMP):
        if not bits & lx.DET:
            return True
        # "die Lage sei ernst" against "die das Werk leitet": the verb comes last.
        nxt = t.tag[first + 1] if first + 1 < hi else 0
        apart = nxt & (lx.DET | lx.POSS | lx.PREP | lx.ADV | lx.OBJ | lx.SUBJ | lx.NUM | lx.NEG)
        return bool(apart) and _verb_last(t, first, hi)
    if bits & (lx.SUB | lx.COMP):
        # "Während des Treffens", "Als Antwort": a clause only where a verb ends it.
        return (bool(bits & lx.COMP) and not bits & lx.PREP) or _verb_last(t, first, hi)
    return False


def _verb_last(t: Tokens, lo: int, hi: int) -> bool:
    if not t.lexicon.quoting.order.verb_second:
        return True
    last = hi - 1
    while last > lo and t.tag[last] & lx.BRACKET:
        last -= 1
    if is_finite(t, last):
        return True
    if last > lo and t.tag[last - 1] & lx.INF:
        return False  # "durch die Steuern zu gewinnen"
    form = t.form[last]
    return (
        not t.tag[last] & lx.CAP
        and form.endswith(t.lexicon.quoting.grammar.last_endings)
        and last > lo + 1
    )


def is_finite(t: Tokens, k: int) -> bool:
    """True when the token can be a finite verb where it stands."""
    bits = t.tag[k]
    if bits & lx.CAP and k and not t.tag[k - 1] & (lx.PUNCTUATION | lx.QUOTE):
        return False
    order, form = t.lexicon.quoting.order, t.form[k]
    if bits & (lx.AUX | lx.MODAL) or form in order.subjunctive or form in order.hypothetical:
        return not (bits & lx.CAP and bits & lx.NOUN)
    if not bits & lx.VERB or (bits & lx.NOUN and bits & lx.CAP):
        return False
    if t.part[k] and not t.part[k] & (lx.FINITE | lx.BASE):
        return False
    before = t.tag[k - 1] if k else 0
    if not before & (lx.DET | lx.POSS):
        return True
    # "der leitet" against "der gestarteten": an unlisted form is an adjective there.
    return bool(t.part[k]) and bool(before & (lx.SUBJ | lx.REL))


def finite_in(t: Tokens, lo: int, hi: int) -> int:
    """The first finite verb of the stretch; `hi` when there is none."""
    return next((k for k in range(lo, hi) if is_finite(t, k)), hi)


def has_finite(t: Tokens, lo: int, hi: int) -> bool:
    """True when a finite verb stands in the stretch."""
    return finite_in(t, lo, hi) < hi


def number_of(parts: list[Segment], at: int) -> int:
    """The segment that holds token `at`."""
    return next((n for n, one in enumerate(parts) if one.lo <= at < one.hi), -1)
