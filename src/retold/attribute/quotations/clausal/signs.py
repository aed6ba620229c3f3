"""Attributions without a verb: laut X · X zufolge · so X · die Behauptung, …"""

from __future__ import annotations

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.clausal.contents import before, infinitive, is_subjunctive, stop
from retold.attribute.quotations.clausal.partners import is_place
from retold.attribute.quotations.clausal.phrases import ends_in, is_oblique, noun_phrase, subject_in
from retold.attribute.quotations.clausal.segments import (
    Segment,
    finite_in,
    has_finite,
    is_finite,
    number_of,
)
from retold.attribute.quotations.clausal.subjects import is_apposition
from retold.attribute.quotations.edges import phrase_end
from retold.attribute.quotations.found import Found, Range
from retold.attribute.quotations.tokens import Period, Tokens

__all__ = ["read_noun", "read_phrase", "read_quasi"]

_BACK = 14
_LEAST = 3
_VIEW = 7


def read_phrase(
    t: Tokens, number: int, period: Period, parts: list[Segment], i: int
) -> Found | None:
    """Laut X Q · X zufolge Q · Q1, so X, Q2: the clause around the phrase is the content."""
    n = number_of(parts, i)
    if n < 0:
        return None
    read = (
        _after_phrase(t, parts, n, i)
        or _with_view(t, parts, n, i)
        or _before_postposition(t, parts, n, i)
    )
    if read is None:
        return None
    cue, source, lo, hi = read
    here = parts[n]
    if t.lexicon.quoting.order.verb_second and lo == here.first and source[1] == hi < here.hi:
        # One constituent stands before the verb: "Nach Angaben des Amts in Norvan wird …".
        finite = finite_in(t, hi, here.hi)
        if finite < here.hi and is_place(t, hi, finite):
            source, hi = (source[0], finite), finite
    content = _clause_around(t, period, parts, n, lo, hi)
    if not content:
        return None
    return Found(
        number, i, content, [cue], [source], source, "asserted", lx.SAY,
        "a phrase that names its source", 0.8, [],
    )  # fmt: skip


def _after_phrase(
    t: Tokens, parts: list[Segment], n: int, i: int
) -> tuple[Range, Range, int, int] | None:
    k = phrase_end(t, i, parts[n].hi)
    if not k:
        return None
    end = noun_phrase(t, k, parts[n].hi)
    if end == k:
        return None
    m = n
    while end == parts[m].hi and m + 1 < len(parts) and is_apposition(t, parts[m + 1]):
        m += 1
        end = parts[m].hi
    return (i, k), (k, end), i, end


def _with_view(
    t: Tokens, parts: list[Segment], n: int, i: int
) -> tuple[Range, Range, int, int] | None:
    """Nach Ansicht von X · nach ihren Angaben · nach Polizeiangaben · nach einem Bericht von X."""
    quoting = t.lexicon.quoting
    if t.form[i] not in quoting.with_view:
        return None
    end = noun_phrase(t, i + 1, parts[n].hi)
    for k in range(i + 1, min(end, i + _VIEW)):
        view = ends_in(t, k, quoting.view)
        if not view and not ends_in(t, k, quoting.relays.documents):
            continue
        owned = k + 1 < end and view
        if owned:
            start = k + 2 if t.form[k + 1] in quoting.relays.authors else k + 1
            if start < end:
                return (i, k + 1), (start, end), i, end
        if t.tag[i + 1] & lx.POSS and view:
            return (i, k + 1), (i + 1, i + 2), i, k + 1
        return (i, i + 1), (i + 1, end), i, end
    return None


def _before_postposition(
    t: Tokens, parts: list[Segment], n: int, i: int
) -> tuple[Range, Range, int, int] | None:
    if t.form[i] not in t.lexicon.quoting.after_source:
        return None
    quoting = t.lexicon.quoting
    for k in range(max(parts[n].lo, i - _BACK), i):
        if noun_phrase(t, k, i) == i and (k == parts[n].lo or not t.tag[k - 1] & lx.CAP):
            if t.form[i] in quoting.with_view and not any(
                ends_in(t, m, quoting.view) or ends_in(t, m, quoting.relays.documents)
                for m in range(k, i)
            ):
                return None
            if t.tag[k] & lx.POSS and ends_in(t, i - 1, quoting.view):
                return (k + 1, i + 1), (k, k + 1), k, i + 1
            return (i, i + 1), (k, i), k, i + 1
    return None


def _clause_around(
    t: Tokens, period: Period, parts: list[Segment], n: int, lo: int, hi: int
) -> list[Range]:
    """The clause in which `[lo, hi)` stands, without it."""
    first = n
    if not parts[n].subordinate:
        while first > 0 and not parts[first].border & (lx.SEMI | lx.COLON):
            first -= 1
            if parts[first].subordinate and not has_finite(t, parts[first].lo, parts[first].hi):
                break  # "…, dass, laut X, …"
    start = parts[first].first
    last = number_of(parts, hi - 1)
    if last + 1 < len(parts):
        alone = hi == parts[last].hi
        end = stop(t, parts, last + 1 if alone else last, None)
        end = max(end, parts[last].hi)
    else:
        end = parts[last].hi
    if last + 2 < len(parts) and hi == parts[last].hi and _attribute(t, parts[last + 1]):
        hi = parts[last + 1].hi  # "источника, близкого к следствию,"
    content = [(a, b) for a, b in ((start, lo), (hi, end)) if _words(t, a, b)]
    if sum(b - a for a, b in content) < _LEAST:
        return []
    return content


def _attribute(t: Tokens, part: Segment) -> bool:
    """True for an adjective or participle with its words, in a case that no subject has."""
    order = t.lexicon.quoting.order
    if order.capital_nouns or part.subordinate or has_finite(t, part.lo, part.hi):
        return False
    return not t.tag[part.lo] & lx.CAP and is_oblique(t, part.lo)


def _words(t: Tokens, a: int, b: int) -> int:
    return sum(1 for k in range(a, b) if not t.tag[k] & lx.PUNCTUATION)


def read_quasi(t: Tokens, number: int, parts: list[Segment], i: int, taken: int) -> Found | None:
    """Q, so X · Q1, so X, Q2."""
    n = number_of(parts, i)
    if n <= 0 or parts[n].lo != i or i + 1 >= parts[n].hi:
        return None
    end = noun_phrase(t, i + 1, parts[n].hi)
    if end == i + 1 or is_oblique(t, i + 1) or has_finite(t, i + 1, parts[n].hi):
        return None
    last = n
    while end == parts[last].hi and last + 1 < len(parts) and is_apposition(t, parts[last + 1]):
        last += 1
        end = parts[last].hi
    verb = last + 1 < len(parts) and has_finite(t, parts[last + 1].lo, parts[last + 1].hi)
    left = before(t, parts, n, taken, goes_on=verb)
    if left is None:
        return None
    content = [left]
    if last + 1 < len(parts):
        part = parts[last + 1]
        quoted = t.tag[left[1] - 1] & lx.QUOTE
        goes_on = t.tag[part.lo] & lx.QUOTE if quoted else not part.subordinate
        if goes_on and part.first == part.lo and not part.border & lx.SEMI:
            content.append((part.lo, stop(t, parts, last + 1, None)))
    source = (i + 1, end)
    return Found(
        number, i, content, [(i, i + 1)], [source], source, "asserted", lx.SAY,
        "content before a name with the word that stands for a verb", 0.8, [],
    )  # fmt: skip


def read_noun(t: Tokens, number: int, parts: list[Segment], i: int) -> Found | None:
    """Die Behauptung des Ministers, Q · ihre Forderung, Q."""
    n = number_of(parts, i)
    if n < 0 or n + 1 >= len(parts):
        return None
    here, part = parts[n], parts[n + 1]
    opener = t.tag[part.first]
    clause = part.subordinate and opener & lx.COMP and not opener & (lx.QUESTION | lx.REL)
    follows = part.subordinate or is_finite(t, part.lo)
    spoken = not follows and is_subjunctive(t, part.lo, part.hi)
    if not (clause or spoken or infinitive(t, part)) or not part.border & lx.COMMA:
        return None
    source: Range | None = None
    k = i + 1
    genitive = k < here.hi and (
        t.form[k] in t.lexicon.quoting.grammar.genitives
        or t.form[k] in t.lexicon.quoting.relays.authors
    )
    if genitive:
        start = k + 1 if t.form[k] in t.lexicon.quoting.relays.authors else k
        end = noun_phrase(t, start, here.hi)
        if end > start:
            source = (start, end)
            k = end
    if k < here.hi - 2:
        return None  # other words stand between noun and clause
    j = i - 1
    while j >= here.lo and i - j < _LEAST and not t.tag[j] & (lx.POSS | lx.PREP | lx.VERB):
        j -= 1
    if source is None and j >= here.lo and t.tag[j] & lx.POSS:
        source = (j, j + 1)
    if source is None:
        finite = finite_in(t, here.first, here.hi)
        if finite < here.hi and t.tag[finite] & lx.AUX:
            # "Wir sind der Meinung, dass", "Er hatte die These vertreten, …"
            own = subject_in(t, here.first, finite) or subject_in(t, finite + 1, i)
            source = own if own is not None and not own[0] <= i < own[1] else None
    return Found(
        number, i, [(part.first, stop(t, parts, n + 1, None, inside=True))], [(i, i + 1)],
        [source] if source else [], source, "asserted", lx.SAY,
        "a noun that takes a clause", 0.55, [],
    )  # fmt: skip
