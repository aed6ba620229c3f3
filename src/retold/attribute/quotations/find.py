"""Finds quotations: one pass over the cue words of each period.

Orders of content (Q), source (S) and cue (V) that are told apart, after the list of
Asr et al. 2021 (Gender Gap Tracker): Q, S V · Q, V S · S V: Q · S V that Q · Q1, S V, Q2 ·
according to S, Q · Q, according to S · S V X as Y · S's noun that Q · V-ing Q.
"""

from __future__ import annotations

from msgspec import Struct

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.phrases import (
    Group,
    adjuncts,
    is_noun_use,
    is_reduced,
    is_scare,
    is_verb,
    noun_phrase_right,
    starts_noun_phrase,
    subject_left,
    verb_group,
)
from retold.attribute.quotations.relays import (
    as_saying,
    author,
    carried_adjunct,
    carriers_in,
    citing,
    is_outlet,
    split_source,
)
from retold.attribute.quotations.tokens import Period, Tokens

__all__ = ["Found", "find", "first_subject"]

Range = tuple[int, int]


class Found(Struct):
    """A quotation as token ranges.

    Attributes:
        period: number of its period.
        at: the token that the cue hangs on.
        content, cue, source: token ranges in order.
        speaker: the range to resolve; the source where there is one.
        carriers: (range, why), nearest to the utterer first.
        after: where the cue's own words end; what follows may carry on.
    """

    period: int
    at: int
    content: list[Range]
    cue: list[Range]
    source: list[Range]
    speaker: Range | None
    status: str
    classes: int
    why: str
    confidence: float
    carriers: list[tuple[Range, str]]
    floats: bool = True
    nested: bool = False


_STRONG = lx.SAY | lx.TELL | lx.ASK


def find(t: Tokens) -> list[Found]:
    """All quotations of a report that a cue gives as somebody's, in order of their cue."""
    found: list[Found] = []
    for number, period in enumerate(t.periods):
        found.extend(_in_period(t, number, period))
    return found


def _in_period(t: Tokens, number: int, period: Period) -> list[Found]:
    lo, hi = period.lo, period.hi
    found: list[Found] = []
    taken = lo  # content on the left of a cue begins no earlier
    last_subject: Range | None = None
    skip = lo  # tokens that are part of a cue already
    i = lo
    while i < hi:
        one = None
        if i < skip:
            pass
        elif t.cue[i] or t.form[i] in t.lexicon.relays or t.lemma[i] in t.lexicon.particles:
            one = _at_verb(t, number, period, i, taken, last_subject, found)
        elif t.form[i] in t.lexicon.according:
            one = _according(t, number, period, i, taken)
        elif t.tag[i] & lx.QUOTE and i + 2 < hi:
            one = _unlisted_verb(t, number, period, i)
        elif t.tag[i] & lx.COLON and i + 1 < hi:
            one = _label(t, number, period, i, found)
        elif t.form[i] in t.lexicon.quoting.nouns:
            one = _noun(t, number, period, i)
        if one is not None:
            found.append(one)
            if one.source and one.source[0][0] >= lo:
                last_subject = one.source[0]
            if one.cue and len(one.cue) > 1:
                skip = one.cue[-1][1]
        if t.tag[i] & lx.SEMI:
            taken = i + 1
        i += 1
    led = _colon_quotation(t, number, period, found)
    if led is not None:
        found.append(led)
    return _settle(t, period, found)


def _at_verb(
    t: Tokens,
    number: int,
    period: Period,
    i: int,
    taken: int,
    last_subject: Range | None,
    before: list[Found],
) -> Found | None:
    lo, hi = period.lo, period.hi
    classes, part = t.cue[i], t.part[i]
    k = i + 1
    for words, bit in t.lexicon.particles.get(t.lemma[i], ()):
        if tuple(t.form[k : k + len(words)]) == words:
            if classes & _STRONG and not bit & _STRONG and _clause_follows(t, k, hi):
                break
            classes = bit
            k += len(words)
            break
    if t.form[i] in t.lexicon.relays or classes & _STRONG and part & lx.PARTICIPLE:
        relayed = _relay(t, number, period, i)
        if relayed is not None:
            return relayed
    if not classes or is_noun_use(t, i):
        return None
    if k < hi and f"{t.form[i]} {t.form[k]}" in t.lexicon.quoting.grammar.compounds:
        return None
    if t.tag[i] & lx.CAP and i > lo and not t.tag[i - 1] & lx.PUNCTUATION:
        return None  # part of a name or a title
    group = verb_group(t, i, lo)
    if t.tag[i] & lx.NOUN and not _verb_like(t, i, k, hi, group):
        return None
    if group.passive:
        return _passive(t, number, period, i, k, classes, group)
    # Inversion: the content stands before the verb, the subject after it.
    inverted = _inverted(t, i, k, lo, hi, group, classes)
    if inverted is not None:
        return _postposed(t, number, period, i, (group.lo, k), inverted, inverted[1], classes, group)
    if part & lx.GERUND and not group.finite or group.infinitive or (
        part == lx.PARTICIPLE or not group.finite
    ):
        return _participle(t, number, period, i, k, classes, group, last_subject, before)
    subject = _after_quotation(t, group.edge, lo, classes) or subject_left(t, group.edge - 1, lo)
    if subject is None:
        if group.lo == lo or t.tag[group.lo - 1] & (lx.COORD | lx.COMMA):
            return _coordinated(t, number, period, i, k, classes, group, last_subject)
        return None
    return _active(t, number, period, i, k, classes, group, subject, taken)


def _clause_follows(t: Tokens, k: int, hi: int) -> bool:
    """True for "insisted on Monday that": the preposition opens an adjunct, not an object."""
    end = adjuncts(t, k, hi)
    return k < end < hi and bool(t.tag[end] & (lx.COMP | lx.QUOTE | lx.COLON))


def _relay(t: Tokens, number: int, period: Period, i: int) -> Found | None:
    """A quoted X as saying Q · X was quoted by A as saying Q · Q, A quoted X as saying."""
    lo, hi = period.lo, period.hi
    group = verb_group(t, i, lo)
    carriers: list[tuple[Range, str]] = []
    source: Range | None
    if t.form[i] not in t.lexicon.relays and not group.passive:
        return None
    if group.passive or t.part[i] & lx.PARTICIPLE and group.lo == i and not _object_at(t, i + 1, hi):
        read = _to_have_said(t, i + 1, hi)
        if read is None and t.form[i] in t.lexicon.relays:
            read = as_saying(t, i + 1, hi)
        if read is None:
            return None
        source = subject_left(t, group.edge - 1, lo)
        if read[2] is not None:
            carriers.append((read[2], "quoted by"))
        why = "quoted as saying"
    else:
        end = noun_phrase_right(t, i + 1, hi, apposition=False)
        read = as_saying(t, end, hi) if end > i + 1 else None
        if read is None and end > i + 1:
            end = noun_phrase_right(t, i + 1, hi)
            read = as_saying(t, end, hi)
        if read is None:
            return None
        source = (i + 1, end)
        carrier = subject_left(t, group.edge - 1, lo) or _matrix_subject(t, group.edge - 1, lo)
        if carrier is not None:
            carriers.append((carrier, "quoted the utterer as saying"))
        why = "a carrier quotes the utterer"
    if source is None:
        return None
    at, stop, _ = read
    cue = [(group.lo, i + 1), (at, stop if read[2] is None or read[2][0] < at else read[2][0])]
    content: list[Range] = []
    classes = lx.SAY | t.cue[at + 1 if at + 1 < hi else at]
    complement = _complement(t, stop, hi, classes, period)
    if complement is not None and complement[0][0] < complement[0][1]:
        said = complement[0]
        if not carriers:
            said, late = _late_agent(t, *said)
            carriers.extend(late)
        content.append(said)
    else:
        head = min(source[0], group.lo, *(span[0] for span, _ in carriers[:1]))
        left = _content_before(t, _left_edge(t, lo, head), head)
        if left is not None:
            content.append(left)
        rest = _carry_on(t, adjuncts(t, stop, hi), hi, left is not None)
        if rest is not None:
            content.append(rest)
    carriers.extend(carriers_in(t, stop, content[0][0] if complement is not None else hi))
    source, inner = split_source(t, source)
    return Found(
        number, i, content, cue, [source], source, _status(group, lx.SAY), lx.SAY, why, 0.9,
        inner + carriers,
    )  # fmt: skip


def _late_agent(t: Tokens, lo: int, hi: int) -> tuple[Range, list[tuple[Range, str]]]:
    """Parts "… as saying Q by A" into the content and its carrier."""
    agents = t.lexicon.quoting.relays.agents
    for k in range(hi - 2, lo, -1):
        if t.form[k] in agents:
            if noun_phrase_right(t, k + 1, hi, apposition=False) == hi and is_outlet(t, (k + 1, hi)):
                return (lo, k), [((k + 1, hi), "quoted by")]
            break
    return (lo, hi), []


def _object_at(t: Tokens, k: int, hi: int) -> bool:
    return k < hi and starts_noun_phrase(t, k) and not t.tag[k] & lx.TIME


def _to_have_said(t: Tokens, k: int, hi: int) -> tuple[int, int, Range | None] | None:
    """X was reported [by A] to have said Q."""
    end, agent = k, None
    relays = t.lexicon.quoting.relays
    if k < hi and t.form[k] in relays.agents:
        end = noun_phrase_right(t, k + 1, hi, apposition=False)
        agent = (k + 1, end) if end > k + 1 else None
    if (
        end + 2 < hi
        and t.tag[end] & lx.INF
        and t.tag[end + 1] & lx.HAVE
        and t.part[end + 2] & lx.PARTICIPLE
        and t.cue[end + 2] & _STRONG
    ):
        return end, end + 3, agent
    return None


def _after_quotation(t: Tokens, edge: int, lo: int, classes: int) -> Range | None:
    """All that stands between a quotation that ends in a comma and the verb: the source."""
    if not classes & (_STRONG | lx.THINK):
        return None
    for k in range(edge - 1, max(lo, edge - 30) - 1, -1):
        if t.tag[k] & lx.QUOTE and not is_scare(t, k):
            start = k + 2 if t.tag[k + 1] & lx.COMMA and k + 1 < edge else k + 1
            if start >= edge or not (_ends_open(t, k) or start == k + 2):
                return None
            if not starts_noun_phrase(t, start) or t.tag[start] & lx.OBJ and not t.tag[start] & (
                lx.SUBJ | lx.POSS
            ):
                return None
            if t.tag[start] & lx.SUBJ and edge - start > 1:
                return None
            end = edge - 1 if t.tag[edge - 1] & (lx.COMMA | lx.DASH) else edge
            return start, end
        if t.tag[k] & lx.SEMI or t.cue[k] & _STRONG and is_verb(t, k) or t.part[k] & lx.GERUND:
            return None
    return None


def _ends_open(t: Tokens, k: int) -> bool:
    """True when the quotation ends in what joins it to an attribution: a comma, "?" or "!"."""
    return t.text[t.quote[k].inner[1] - 1] in ",?!"


def _verb_like(t: Tokens, i: int, k: int, hi: int, group: Group) -> bool:
    """For a form that is a noun as often: does what stands beside it speak for a verb?"""
    if group.lo < i:
        return True
    nxt = t.tag[k] if k < hi else lx.END
    before = t.tag[i - 1] if i else 0
    if before & (lx.SUBJ | lx.REL) or before & lx.INF:
        return True
    if t.part[i] & lx.PAST and not t.part[i] & lx.BASE:
        return True
    if nxt & (lx.COMP | lx.DET | lx.POSS | lx.QUOTE | lx.OBJ | lx.SUBJ | lx.COLON) and not nxt & lx.PREP:
        return bool(before & (lx.CAP | lx.COMMA | lx.QUOTE)) or not before & lx.VERB
    return bool(before & lx.CAP and nxt & lx.CAP and t.part[i] & lx.PRESENT)


def _content_before(t: Tokens, start: int, stop: int) -> Range | None:
    """The content that stands before a postposed attribution, without its final comma."""
    while stop > start and t.tag[stop - 1] & (lx.COMMA | lx.DASH):
        stop -= 1
    while start < stop and t.tag[start] & (lx.COMMA | lx.DASH | lx.COORD):
        start += 1
    if start >= stop:
        return None
    return start, stop


def _is_content(t: Tokens, start: int, stop: int) -> bool:
    """Whether a stretch before an attribution is a clause or quotation, not an adjunct."""
    if any(t.tag[k] & lx.QUOTE for k in range(start, stop)):
        return True
    first = t.tag[start]
    if first & (lx.PREP | lx.SUB) and not first & lx.DET:
        # "In Tokyo, he said": an adjunct unless a whole clause follows it.
        comma = next((k for k in range(start, stop) if t.tag[k] & lx.COMMA), stop)
        return comma < stop and any(is_verb(t, k) for k in range(comma, stop))
    if t.part[start] & (lx.GERUND | lx.PARTICIPLE) and stop - start < 12:
        return False
    return any(is_verb(t, k) for k in range(start, stop)) or stop - start >= 8


def _inverted(
    t: Tokens, i: int, k: int, lo: int, hi: int, group: Group, classes: int
) -> Range | None:
    """The subject after the verb in Q, V S; None where the order is another."""
    if not t.lexicon.quoting.order.inverts or group.lo < i or not classes & (lx.SAY | lx.ASK | lx.THINK):
        return None
    if not t.part[i] & lx.FINITE or k >= hi:
        return None
    if i > lo:
        before = t.tag[i - 1]
        if not before & (lx.QUOTE | lx.COMMA | lx.DASH):
            return None
        if before & (lx.COMMA | lx.DASH) and not _is_content(t, lo, i - 1):
            return None
    elif t.tag[k] & lx.QUOTE:
        return None
    bits = t.tag[k]
    if not starts_noun_phrase(t, k) or bits & (lx.OBJ | lx.POSS) and not bits & lx.SUBJ and not (
        bits & lx.POSS
    ):
        return None
    if bits & lx.OBJ and not bits & lx.SUBJ:
        return None
    end = noun_phrase_right(t, k, hi)
    if end == k:
        return None
    nxt = t.tag[end] if end < hi else lx.END
    if nxt & (lx.AUX | lx.MODAL | lx.QUOTE):
        return None
    if i > lo and not t.tag[i - 1] & lx.QUOTE and bits & lx.DET and classes & lx.TELL:
        return None
    if end < hi and not t.tag[i - 1] & lx.QUOTE and not (
        nxt & (lx.PUNCTUATION | lx.QUOTE | lx.PREP | lx.TIME | lx.ADV | lx.BRACKET | lx.SUB)
    ):
        return None
    if i == lo and not nxt & (lx.COLON | lx.COMMA | lx.QUOTE | lx.END):
        return None
    return k, end


def _postposed(
    t: Tokens,
    number: int,
    period: Period,
    i: int,
    cue: Range,
    source: Range,
    after: int,
    classes: int,
    group: Group,
    *,
    hearer: Range | None = None,
) -> Found | None:
    """Q, S V or Q, V S, with what may carry the content on after it."""
    lo, hi = period.lo, period.hi
    stop = min(cue[0], source[0])
    left = _content_before(t, _left_edge(t, lo, stop), stop)
    content = []
    if left is not None:
        content.append(left)
    k = adjuncts(t, after, hi)
    right = _carry_on(t, k, hi, left is not None and bool(t.tag[left[1] - 1] & lx.QUOTE))
    if right is not None:
        content.append(right)
    if not content:
        return None
    return Found(
        number,
        i,
        content,
        [cue],
        [source],
        source,
        _status(group, classes),
        classes,
        "content before the attribution",
        0.9 if any(t.tag[a] & lx.QUOTE or t.tag[b - 1] & lx.QUOTE for a, b in content) else 0.75,
        [(hearer, "hearer")] if hearer else [],
    )


def _left_edge(t: Tokens, lo: int, stop: int) -> int:
    """Where the content on the left begins: after an earlier sentence part that is closed."""
    for k in range(stop - 2, lo - 1, -1):
        if t.tag[k] & lx.SEMI:
            return k + 1
    return lo


def _carry_on(t: Tokens, k: int, hi: int, quoted_left: bool) -> Range | None:
    """The second half of a broken quotation, from token `k` on."""
    while k < hi and t.tag[k] & (lx.COMMA | lx.DASH | lx.COLON | lx.END):
        k += 1
    if k >= hi:
        return None
    if t.tag[k] & lx.QUOTE:
        return k, _content_end(t, k, hi)
    if quoted_left:
        return None
    if t.tag[k - 1] & lx.COMMA and _ends_content(t, k - 1, hi):
        return None
    if t.tag[k - 1] & lx.COMMA and not t.cue[k] and not t.form[k] in ("who", "which", "whose"):
        if t.part[k] & lx.GERUND or t.tag[k] & (lx.COORD | lx.PREP | lx.SUB) and not (
            t.tag[k] & lx.COMP and t.form[k] in t.lexicon.quoting.grammar.complementisers
            and not t.tag[k] & lx.QUESTION
        ):
            return None
        return k, _content_end(t, k, hi)
    return None


def _status(group: Group, classes: int) -> str:
    if group.negated:
        return "negated"
    if group.conditional:
        return "conditional"
    if classes & (_STRONG | lx.SHOW | lx.AS | lx.CALL | lx.ACT):
        return "asserted"
    return "thought"


def _active(
    t: Tokens,
    number: int,
    period: Period,
    i: int,
    k: int,
    classes: int,
    group: Group,
    subject: Range,
    taken: int,
) -> Found | None:
    lo, hi = period.lo, period.hi
    cue = (group.lo, k)
    k, hearer = _hearer(t, k, hi, classes)
    complement = _complement(t, k, hi, classes, period)
    if subject[0] > lo and classes & (_STRONG | lx.THINK) and _attached(t, subject[0] - 1, lo):
        return _postposed(
            t, number, period, i, cue, subject, k, classes, group, hearer=hearer
        )
    if complement is None or _parenthetical(t, subject, group, complement, lo, hi):
        left_lo = _left_edge(t, lo, subject[0])
        before = t.tag[subject[0] - 1] if subject[0] > lo else 0
        if subject[0] > left_lo and classes & (_STRONG | lx.THINK | lx.SHOW):
            left = _content_before(t, left_lo, subject[0])
            inserted = k < hi and bool(t.tag[k] & (lx.COMMA | lx.DASH)) and bool(classes & _STRONG)
            if left is not None and before & (lx.COMMA | lx.QUOTE | lx.DASH) and (
                inserted or _is_content(t, *left)
            ):
                return _postposed(
                    t, number, period, i, cue, subject, k, classes, group, hearer=hearer
                )
        if complement is None:
            return None
    content, why, confidence = complement
    if t.tag[subject[0]] & lx.REL or subject[0] > lo and t.tag[subject[0] - 1] & lx.REL:
        content = content[0], _relative_end(t, *content)
    return Found(
        number,
        i,
        [content] if content[0] < content[1] else [],
        [cue],
        [subject],
        subject,
        _status(group, classes),
        classes,
        why,
        confidence,
        [(hearer, "hearer")] if hearer else [],
    )


def _relative_end(t: Tokens, lo: int, hi: int) -> int:
    """Where a relative clause ends: at the comma that the main verb follows."""
    for k in range(lo + 1, hi - 1):
        if t.tag[k] & lx.COMMA:
            m = k + 1
            while m < hi - 1 and t.tag[m] & (lx.ADV | lx.AUX | lx.MODAL):
                m += 1
            if t.tag[m] & lx.VERB and is_verb(t, m) or t.tag[k + 1] & (lx.AUX | lx.MODAL):
                return k
    return hi


def _attached(t: Tokens, k: int, lo: int) -> bool:
    """True when a quotation that waits for its attribution ends at token `k`."""
    if t.tag[k] & lx.COMMA and k > lo:
        return bool(t.tag[k - 1] & lx.QUOTE) and not is_scare(t, k - 1)
    return bool(t.tag[k] & lx.QUOTE) and _ends_open(t, k)


def _parenthetical(
    t: Tokens, subject: Range, group: Group, complement: tuple[Range, str, float], lo: int, hi: int
) -> bool:
    """True for ", she said," in the middle: what follows carries on what went before."""
    start = complement[0][0]
    if start - 1 < group.lo or not t.tag[start - 1] & lx.COMMA:
        return False
    if subject[0] <= lo or not t.tag[subject[0] - 1] & (lx.COMMA | lx.QUOTE | lx.DASH):
        return False
    left = _content_before(t, lo, subject[0])
    if left is None:
        return False
    return not t.tag[start] & lx.QUOTE or _has_quote(t, *left)


def _hearer(t: Tokens, k: int, hi: int, classes: int) -> tuple[int, Range | None]:
    """Passes the person told, after a verb that names one."""
    if not classes & (lx.TELL | lx.ASK) or k >= hi:
        return k, None
    bits = t.tag[k]
    if bits & (lx.OBJ | lx.POSS | lx.CAP | lx.DET) or not bits & (
        lx.PUNCTUATION | lx.QUOTE | lx.COMP | lx.PREP | lx.SUB
    ):
        end = noun_phrase_right(t, k, hi, apposition=False)
        if bits & lx.POSS and bits & lx.OBJ and end > k + 1 and (
            end < hi and t.tag[end] & (lx.AUX | lx.MODAL)
        ):
            end = k + 1
        if end > k and not (classes & lx.SAY and not classes & lx.TELL and bits & lx.DET):
            return end, (k, end)
    return k, None


def _complement(
    t: Tokens, k: int, hi: int, classes: int, period: Period
) -> tuple[Range, str, float] | None:
    """The content after the cue."""
    start = k
    k = adjuncts(t, k, hi) if classes & (_STRONG | lx.THINK | lx.SHOW) else k
    if k >= hi:
        return None
    bits = t.tag[k]
    if bits & lx.COLON:
        if k + 1 >= hi:
            return (k + 1, k + 1), "a colon ends the sentence", 0.8
        return (k + 1, _content_end(t, k + 1, hi)), "after a colon", 0.9
    if bits & (lx.COMMA | lx.DASH):
        m = k + 1
        if m < hi and t.tag[m] & lx.QUOTE and classes & (_STRONG | lx.SHOW | lx.THINK):
            return (m, _content_end(t, m, hi)), "a quotation after a comma", 0.85
        if m < hi and t.tag[m] & lx.COMP and t.form[m] in t.lexicon.quoting.grammar.complementisers:
            if not t.tag[m] & lx.QUESTION and classes & lx.SAY:
                return (m, _content_end(t, m, hi)), "a clause after a comma", 0.6
        if classes & _STRONG and t.tag[m] & (lx.PREP | lx.ADV):
            for c in range(m, min(hi - 1, m + 12)):
                if t.tag[c] & lx.COLON:
                    return (c + 1, _content_end(t, c + 1, hi)), "after a colon", 0.8
                if t.tag[c] & (lx.COMMA | lx.QUOTE) or is_verb(t, c):
                    break
        # ", in a speech on Tuesday, that …": an inserted adjunct.
        close = next((c for c in range(m, min(hi, m + 15)) if t.tag[c] & bits), None)
        if close is not None and close + 1 < hi and (
            t.tag[close + 1] & lx.COMP and not t.tag[close + 1] & lx.QUESTION
            or t.tag[close + 1] & lx.QUOTE
        ) and (t.tag[m] & (lx.PREP | lx.ADV | lx.SUB) or t.part[m] & lx.GERUND) and classes & _STRONG:
            return (close + 1, _content_end(t, close + 1, hi)), "after an insertion", 0.7
        return None
    if bits & (lx.END | lx.SEMI):
        return None
    if bits & lx.QUOTE:
        return (k, _content_end(t, k, hi)), "a quotation after the cue", 0.9
    if bits & lx.COMP and not bits & lx.PREP:
        question = bits & lx.QUESTION
        if question and not classes & (_STRONG | lx.THINK | lx.SHOW | lx.ACT):
            return None
        return (k, _content_end(t, k, hi)), "a clause after a complementiser", 0.85
    if bits & lx.INF:
        if classes & (lx.WANT | lx.ACT | lx.TELL):
            return (k, _content_end(t, k, hi)), "an infinitive", 0.5
        return None
    end = _content_end(t, k, hi)
    if classes & lx.CALL and _has_quote(t, k, end):
        return (k, end), "a name given to somebody", 0.7
    if classes & lx.AS and not bits & lx.PREP and any(t.form[m] in ("as", "for") for m in range(k, min(end, k + 25))):
        return (k, end), "described as", 0.65
    if bits & (lx.AUX | lx.MODAL) and not bits & lx.SUBJ or bits & lx.VERB and not bits & (lx.CAP | lx.NOUN) and is_verb(t, k):
        return None
    document = _is_document(t, start, period.lo)
    clause = _holds_clause(t, k, end, quotes=not classes & lx.SHOW or document)
    if classes & (lx.SAY | lx.THINK | lx.SHOW | lx.TELL) and clause:
        return (k, end), "a clause after the cue", 0.75
    if k > start and not _has_quote(t, k, end):
        return None
    if classes & lx.SHOW and not document and not classes & lx.ACT:
        return None
    if classes & (lx.CALL | lx.ACT | lx.AS | lx.SHOW) or _has_quote(t, k, end):
        if bits & (lx.VERB | lx.AUX | lx.MODAL) and not bits & (lx.CAP | lx.NOUN):
            return None
        if bits & (lx.PREP | lx.COORD | lx.SUB) and not bits & lx.DET:
            if not _has_quote(t, start, end):
                return None
        if not _has_quote(t, k, end):
            end = _object_end(t, k, end)
            if not classes & lx.ACT and noun_phrase_right(t, k, end, apposition=False) >= end:
                return None  # "a group called A": no name is given to an object
        return (k, end), "an object", 0.55 if _has_quote(t, k, end) else 0.35
    return None


def _object_end(t: Tokens, lo: int, hi: int) -> int:
    """Where an object ends: before a comma that opens no list, a date, a subordinate clause."""
    for k in range(lo + 1, hi):
        bits = t.tag[k]
        if bits & lx.COMMA and k + 1 < hi:
            ahead = range(k + 1, min(hi, k + 14))
            listed = any(
                t.tag[m] & lx.COORD and t.tag[m - 1] & lx.COMMA | (t.tag[m] & lx.COORD) for m in ahead
            )
            if not listed or t.tag[k + 1] & (lx.SUB | lx.REL | lx.ADV | lx.COORD | lx.SUBJ):
                return k
        elif bits & lx.SUB and not bits & (lx.COMP | lx.REL) and not t.form[k] in t.lexicon.quoting.relays.as_words:
            return k
        elif bits & lx.TIME and not bits & lx.DET and not t.tag[k - 1] & (lx.PREP | lx.CAP | lx.DET):
            return k
        elif bits & lx.PREP and k + 1 < hi and t.tag[k + 1] & lx.TIME and not t.tag[k + 1] & lx.DET:
            return k
    return hi


def _is_document(t: Tokens, k: int, lo: int) -> bool:
    """True when the subject before the verb at `k - 1` is a document or a survey."""
    relays = t.lexicon.quoting.relays
    return any(
        t.form[m] in relays.documents or t.form[m] in relays.surveys for m in range(max(lo, k - 6), k)
    )


def _has_quote(t: Tokens, lo: int, hi: int) -> bool:
    return any(t.tag[k] & lx.QUOTE for k in range(lo, hi))


def _holds_clause(t: Tokens, lo: int, hi: int, *, quotes: bool) -> bool:
    if t.tag[lo] & lx.SUBJ and not t.tag[lo] & (lx.NUM | lx.DET):
        return True
    return any(
        is_verb(t, k) and (quotes or not is_reduced(t, k, lo)) or quotes and t.tag[k] & lx.QUOTE
        for k in range(lo + 1, hi)
    )


def _content_end(t: Tokens, k: int, hi: int) -> int:
    """Where content that begins at `k` ends."""
    tag = t.tag
    if tag[k] & lx.QUOTE and _closed_sentence(t, k):
        nxt = tag[k + 1] if k + 1 < hi else lx.END
        if nxt & lx.QUOTE:
            return _content_end(t, k + 1, hi)
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
        if bits & lx.PREP and i + 3 < hi and carried_adjunct(t, i, hi):
            return i
        if t.form[i] in t.lexicon.according and _matches(t, i, hi):
            return i
        if bits & lx.COORD and i + 1 < hi and _new_attribution(t, i + 1, hi):
            return i
        if bits & lx.DASH and i + 1 < hi and _aside(t, i, hi):
            return i
        i += 1
    return hi


def _closed_sentence(t: Tokens, k: int) -> bool:
    """True for a quotation that ends a sentence or a clause inside its marks."""
    part = t.quote.get(k)
    if part is None:
        return False
    end = part.inner[1]
    return t.text[end - 1] in ".?!…," or not part.closed


def _matches(t: Tokens, i: int, hi: int) -> int:
    for words in t.lexicon.according.get(t.form[i], ()):
        if tuple(t.form[i : i + len(words)]) == words:
            return i + len(words)
    return 0


def _ends_content(t: Tokens, comma: int, hi: int) -> bool:
    """Does the comma end the clause that is given as somebody's?"""
    i = comma + 1
    if t.form[i] in t.lexicon.according and _matches(t, i, hi):
        return True
    if t.form[i] in t.lexicon.quoting.grammar.relatives and not t.tag[i] & lx.SUB:
        return not any(t.tag[m] & lx.COMMA for m in range(i, hi))
    if t.part[i] & lx.GERUND and t.cue[i] & (_STRONG | lx.ACT | lx.RELAY | lx.AS | lx.CALL):
        return True
    if t.tag[i] & lx.ADV and i + 1 < hi and t.part[i + 1] & lx.GERUND and t.cue[i + 1] & _STRONG:
        return True
    if t.tag[i] & (lx.COORD | lx.SUB) and not t.tag[i] & lx.COMP and i + 1 < hi:
        return _new_attribution(t, i + 1, hi)
    if starts_noun_phrase(t, i):
        # ", she said" or ", the ministry said": an attribution follows.
        end = noun_phrase_right(t, i, hi, apposition=False)
        while end < hi and t.tag[end] & (lx.ADV | lx.AUX) and end > i:
            end += 1
        if i < end < hi and t.cue[end] & _STRONG and t.part[end] & lx.FINITE:
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
    if k < hi and t.cue[k] & (_STRONG | lx.ACT | lx.CALL | lx.AS) and t.part[k] & lx.PAST and not (
        t.tag[k - 1] & lx.BE
    ):
        return True
    if t.tag[i] & (lx.CAP | lx.SUBJ | lx.DET):
        end = noun_phrase_right(t, i, hi, apposition=False)
        while i < end < hi and t.tag[end] & (lx.ADV | lx.AUX):
            end += 1
        return i < end < hi and bool(t.cue[end] & _STRONG) and bool(t.part[end] & lx.FINITE)
    return False


def _participle(
    t: Tokens,
    number: int,
    period: Period,
    i: int,
    k: int,
    classes: int,
    group: Group,
    last_subject: Range | None,
    before: list[Found],
) -> Found | None:
    """S did this, saying Q · S took the floor to say Q · a statement saying Q."""
    lo, hi = period.lo, period.hi
    part = t.part[i]
    if not part & (lx.GERUND | lx.BASE):
        return None
    if not part & lx.GERUND and not group.infinitive:
        return None
    if not classes & (_STRONG | lx.ACT | lx.AS | lx.CALL | lx.SHOW):
        return None
    after, hearer = _hearer(t, k, hi, classes)
    complement = _complement(t, after, hi, classes, period)
    if complement is None or complement[0][0] >= complement[0][1]:
        return None
    if group.infinitive and complement[1] in ("an object", "an infinitive") and not _has_quote(
        t, *complement[0]
    ):
        return None
    source: Range | None = None
    carriers: list[tuple[Range, str]] = []
    left = group.lo - 1
    if part & lx.GERUND and left >= lo and not t.tag[left] & (lx.COMMA | lx.PREP | lx.COORD | lx.DASH):
        source = subject_left(t, group.edge - 1, lo)
        if source is not None and _is_issued(t, source, lo):
            carriers = _carrying_subject(t, source[0], lo)
            source = author(t, source) if carriers else None
    if source is None and left >= lo and t.tag[left] & (lx.PREP | lx.SUB):
        source = _subject_after(t, complement[0], hi)
    if source is None:
        source = _matrix_subject(t, group.edge - 1, lo) or last_subject
    if source is None:
        return None
    content, why, confidence = complement
    return Found(
        number,
        i,
        [content],
        [(group.lo, k)],
        [source],
        source,
        _status(group, classes),
        classes,
        "a participle; " + why,
        confidence - 0.15,
        ([(hearer, "hearer")] if hearer else []) + carriers,
    )


def _is_issued(t: Tokens, source: Range, lo: int) -> bool:
    """True for a document that is the object of a verb: who issues it is the source."""
    if not any(t.form[k] in t.lexicon.quoting.relays.documents for k in range(*source)):
        return False
    return source[0] - 1 >= lo and is_verb(t, source[0] - 1)


def _carrying_subject(t: Tokens, document: int, lo: int) -> list[tuple[Range, str]]:
    """The outlet that carries the document that begins at token `document`."""
    subject = first_subject(t, lo, document)
    if subject is None or not is_outlet(t, subject):
        return []
    return [(subject, "carries the document")]


def _subject_after(t: Tokens, content: Range, hi: int) -> Range | None:
    """After saying Q, S did that: the subject of the clause that follows."""
    for k in range(content[0], min(hi - 1, content[0] + 40)):
        if t.tag[k] & lx.COMMA and starts_noun_phrase(t, k + 1):
            end = noun_phrase_right(t, k + 1, hi, apposition=False)
            return (k + 1, end) if end > k + 1 else None
    return None


def _matrix_subject(t: Tokens, j: int, lo: int) -> Range | None:
    """The subject of the clause that a participle hangs on: before its nearest finite verb."""
    for k in range(j, lo, -1):
        if t.tag[k] & (lx.QUOTE | lx.SEMI):
            return None
        if is_verb(t, k) and not t.tag[k - 1] & (lx.AUX | lx.MODAL | lx.INF):
            group = verb_group(t, k, lo)
            if group.infinitive:
                continue
            subject = subject_left(t, group.edge - 1, lo)
            if subject is not None:
                return subject
    return None


def _coordinated(
    t: Tokens,
    number: int,
    period: Period,
    i: int,
    k: int,
    classes: int,
    group: Group,
    last_subject: Range | None,
) -> Found | None:
    """… and said that Q: the subject is that of the verb before."""
    hi = period.hi
    if not classes & (_STRONG | lx.ACT | lx.AS | lx.CALL | lx.THINK) or not t.part[i] & lx.FINITE:
        return None
    after, hearer = _hearer(t, k, hi, classes)
    complement = _complement(t, after, hi, classes, period)
    if complement is None or complement[0][0] >= complement[0][1]:
        return None
    source = _matrix_subject(t, group.edge - 1, period.lo) or last_subject
    if source is None:
        return None
    content, why, confidence = complement
    return Found(
        number,
        i,
        [content],
        [(group.lo, k)],
        [source],
        source,
        _status(group, classes),
        classes,
        "a second verb of one subject; " + why,
        confidence - 0.1,
        [(hearer, "hearer")] if hearer else [],
    )


def _passive(
    t: Tokens, number: int, period: Period, i: int, k: int, classes: int, group: Group
) -> Found | None:
    """X was described by S as Y · it was reported that Q · X is said to be Y."""
    lo, hi = period.lo, period.hi
    subject = subject_left(t, group.edge - 1, lo)
    if subject is None:
        return None
    source: list[Range] = []
    agents = t.lexicon.quoting.relays.agents
    earlier = _said_before(t, number, period, i, k, classes, group, subject)
    if earlier is not None:
        return earlier
    end = _content_end(t, k, hi) if k < hi else k
    for m in range(k, min(end, k + 12)):
        if t.form[m] in agents and m + 1 < hi:
            stop = noun_phrase_right(t, m + 1, hi)
            if stop > m + 1:
                source = [(m + 1, stop)]
                end = max(end, stop) if m > k else end
                break
    start = source[0][1] if source and source[0][0] == k + 1 else k
    if start < hi and t.tag[start] & lx.COMP and not t.tag[start] & lx.PREP and (
        classes & (_STRONG | lx.THINK)
    ):
        content = [(start, _content_end(t, start, hi))]
    elif classes & (lx.AS | lx.CALL | lx.ACT):
        content = [subject]
        rest = source[0][1] if source and source[0][0] <= k + 1 else k
        if rest < end:
            content.append((rest, end))
    else:
        return None
    if not source and not classes & _STRONG:
        if not classes & (lx.AS | lx.CALL) or not _has_quote(t, content[0][0], content[-1][1]):
            return None
    return Found(
        number,
        i,
        content,
        [(group.lo, k)],
        source,
        source[0] if source else None,
        _status(group, classes),
        classes,
        "a passive",
        0.4,
        [],
    )


def _said_before(
    t: Tokens,
    number: int,
    period: Period,
    i: int,
    k: int,
    classes: int,
    group: Group,
    subject: Range,
) -> Found | None:
    """Q. This view was expressed by S."""
    table = t.lexicon.quoting
    if not (
        t.form[subject[0]] in table.grammar.demonstratives
        and t.form[subject[1] - 1] in table.nouns
        and k < period.hi
        and t.form[k] in table.relays.agents
        and number
    ):
        return None
    end = noun_phrase_right(t, k + 1, period.hi)
    before = t.periods[number - 1]
    if end == k + 1 or period.paragraph - before.paragraph > 1:
        return None
    hi = before.hi
    while hi > before.lo + 1 and t.tag[hi - 1] & lx.END:
        hi -= 1
    return Found(
        number, i, [(before.lo, hi)], [(group.lo, k)], [(k + 1, end)], (k + 1, end),
        _status(group, classes), lx.SAY, "the sentence before is named as said", 0.7, [],
    )  # fmt: skip


def _according(t: Tokens, number: int, period: Period, i: int, taken: int) -> Found | None:
    """According to S, Q · Q, according to S."""
    lo, hi = period.lo, period.hi
    k = _matches(t, i, hi)
    if not k or k >= hi:
        return None
    end = noun_phrase_right(t, k, hi)
    if i > lo + 1:
        # Postposed: an apposition may follow.
        left = _content_before(t, _left_edge(t, lo, i), i)
        if left is None:
            return None
        content = [left]
        nxt = end
        if nxt < hi and t.tag[nxt] & lx.COMMA and nxt + 1 < hi and not t.part[nxt + 1] & lx.GERUND:
            rest = _carry_on(t, nxt, hi, bool(t.tag[left[1] - 1] & lx.QUOTE))
            if rest is not None and (
                t.tag[rest[0]] & lx.QUOTE or not any(is_verb(t, m) for m in range(*left))
            ):
                content.append(rest)
        why = "content before an attributing phrase"
    else:
        comma = end
        end_simple = noun_phrase_right(t, k, hi, apposition=False)
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
        content = [(start, _content_end(t, start, hi))]
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


def _unlisted_verb(t: Tokens, number: int, period: Period, i: int) -> Found | None:
    """"Q," S V, with a verb that is in no list: rare, new or mistyped."""
    lo, hi = period.lo, period.hi
    part = t.quote[i]
    if t.text[part.inner[1] - 1] not in ",?!" and not t.tag[i + 1] & lx.COMMA:
        return None
    k = i + 2 if t.tag[i + 1] & lx.COMMA else i + 1
    if k >= hi:
        return None
    inverted = _unlisted_inversion(t, number, period, i, k)
    if inverted is not None:
        return inverted
    if not starts_noun_phrase(t, k) or t.tag[k] & lx.OBJ and not t.tag[k] & lx.SUBJ:
        return None
    verb = None
    for m in range(k + 1, min(hi, k + 24)):
        if t.tag[m] & (lx.QUOTE | lx.SEMI | lx.SUB) and not t.tag[m] & lx.PREP:
            break
        if t.cue[m] & _STRONG and t.part[m] & lx.FINITE and not is_noun_use(t, m):
            return None
        if verb is None and not t.tag[m] & ~(lx.VERB | lx.NOUN) and (
            t.part[m] & lx.PAST or t.form[m].endswith(t.lexicon.verb_endings or ("\0",))
        ) and not is_noun_use(t, m) and not t.tag[m - 1] & (lx.AUX | lx.PREP):
            verb = m
    if verb is None:
        return None
    group = verb_group(t, verb, lo)
    source = subject_left(t, group.edge - 1, i + 1)
    left = _content_before(t, _left_edge(t, lo, i + 1), i + 1)
    if source is None or left is None:
        return None
    content = [left]
    rest = _carry_on(t, adjuncts(t, verb + 1, hi), hi, True)
    if rest is not None:
        content.append(rest)
    return Found(
        number, verb, content, [(group.lo, verb + 1)], [source], source, _status(group, lx.SAY),
        lx.SAY, "a verb after a quotation", 0.6, [],
    )  # fmt: skip


def _unlisted_inversion(
    t: Tokens, number: int, period: Period, i: int, k: int
) -> Found | None:
    """"Q," V S, with a verb that is in no list of cues."""
    lo, hi = period.lo, period.hi
    past = t.part[k] & lx.PAST or t.form[k].endswith(t.lexicon.verb_endings or ("\0",))
    if not past or t.cue[k] & _STRONG or t.tag[k] & lx.CAP or k + 1 >= hi:
        return None
    if not t.tag[k + 1] & (lx.CAP | lx.DET | lx.SUBJ) or t.tag[k + 1] & lx.OBJ:
        return None
    end = noun_phrase_right(t, k + 1, hi)
    left = _content_before(t, _left_edge(t, lo, i + 1), i + 1)
    if left is None or end == k + 1:
        return None
    content = [left]
    rest = _carry_on(t, adjuncts(t, end, hi), hi, True)
    if rest is not None:
        content.append(rest)
    source = (k + 1, end)
    return Found(
        number, k, content, [(k, k + 1)], [source], source, "asserted", lx.SAY,
        "a verb after a quotation", 0.6, [],
    )  # fmt: skip


def _colon_quotation(
    t: Tokens, number: int, period: Period, found: list[Found]
) -> Found | None:
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
        content = (following, _content_end(t, following, hi)) if following < hi else (hi, hi)
        return Found(
            number, i, [content], [(i, i + 1)], [subject], subject, "asserted", lx.SAY,
            "a colon leads to a quotation", 0.6, [],
        )  # fmt: skip
    return None


def first_subject(t: Tokens, lo: int, hi: int) -> Range | None:
    """The subject of the first finite verb in a stretch."""
    for k in range(lo + 1, hi):
        if is_verb(t, k):
            group = verb_group(t, k, lo)
            if group.infinitive:
                continue
            subject = subject_left(t, group.edge - 1, lo)
            if subject is not None:
                return subject
    return None


def _label(t: Tokens, number: int, period: Period, i: int, found: list[Found]) -> Found | None:
    """NAME: what NAME says, in a headline, a transcript or an interview."""
    lo, hi = period.lo, period.hi
    if i - lo > 6 or i == lo or any(t.tag[m] & (lx.VERB | lx.COMMA) and not t.tag[m] & lx.CAP for m in range(lo, i)):
        return None
    if found or not all(t.tag[m] & (lx.CAP | lx.BRACKET | lx.PREP) for m in range(lo, i)):
        return None
    return Found(
        number,
        i,
        [(i + 1, _content_end(t, i + 1, hi))],
        [(i, i + 1)],
        [(lo, i)],
        (lo, i),
        "asserted",
        lx.SAY,
        "a name and a colon",
        0.5 if not t.tag[i + 1] & lx.QUOTE else 0.8,
        [],
    )


def _noun(t: Tokens, number: int, period: Period, i: int) -> Found | None:
    """S's claim that Q."""
    hi = period.hi
    k = i + 1
    if k >= hi or t.form[k] not in ("that", "whether"):
        return None
    j = i
    while j > period.lo and not t.tag[j - 1] & (lx.PUNCTUATION | lx.PREP | lx.QUOTE) and i - j < 6:
        j -= 1
        if t.tag[j] & (lx.POSS | lx.DET):
            break
    source: list[Range] = []
    if t.tag[j] & lx.POSS:
        source = [(j, j + 1)]
    else:
        for m in range(j, i):
            if t.form[m].endswith(("'s", "s'")):
                source = [(j, m + 1)]
                break
    if not source:
        return None
    return Found(
        number,
        i,
        [(k, _content_end(t, k, hi))],
        [(source[0][1], k)],
        source,
        source[0],
        "asserted",
        lx.SAY,
        "a noun that takes a clause",
        0.6,
        [],
    )


def _settle(t: Tokens, period: Period, found: list[Found]) -> list[Found]:
    """Names carriers from around each quotation; hands them on from outer to inner."""
    for one in found:
        _name_carriers(t, period, one)
    for one in found:
        outer = _nearest_outer(one, found)
        if outer is not None:
            one.nested = True
    kept = []
    for one in found:
        weak = not one.classes & (_STRONG | lx.THINK) or one.why.endswith("an object")
        if one.nested and weak and not _opens_report(t, one, found):
            continue
        if t.form[one.at] in t.lexicon.relays and t.part[one.at] & lx.GERUND and not _clausal(t, one):
            continue  # "citing drills": a ground, not words
        kept.append(one)
    order = sorted((one for one in kept if one.nested), key=lambda one: _size(one), reverse=True)
    for one in order:
        outer = _nearest_outer(one, kept)
        if outer is None or not outer.classes & (_STRONG | lx.SHOW) or outer.status == "thought":
            continue
        handed = [(source, "says that the utterer said so") for source in outer.source]
        for span, why in [*handed, *outer.carriers]:
            if not any(a < span[1] and span[0] < b for (a, b), _ in one.carriers):
                one.carriers.append((span, why))
    dropped = [one for one in kept if _only_carries(t, one, kept)]
    kept = [one for one in kept if not any(one is other for other in dropped)]
    for one in kept:
        one.nested = one.nested and _nearest_outer(one, kept) is not None
    return kept


def _opens_report(t: Tokens, one: Found, found: list[Found]) -> bool:
    """True for the first clause after "according to A": what A passes on."""
    outer = _nearest_outer(one, found)
    return (
        outer is not None
        and t.form[outer.at] in t.lexicon.according
        and bool(one.source)
        and abs(one.source[0][0] - outer.content[0][0]) <= 1
    )


def _clausal(t: Tokens, one: Found) -> bool:
    return bool(one.content) and bool(t.tag[one.content[0][0]] & (lx.COMP | lx.QUOTE))


def _name_carriers(t: Tokens, period: Period, one: Found) -> None:
    if one.source:
        source, carriers = split_source(t, one.source[0])
        if carriers:
            if one.speaker == one.source[0]:
                one.speaker = source
            one.source[0] = source
            one.carriers = carriers + one.carriers
    one.carriers = [
        (span, "told") if why == "hearer" else (span, why)
        for span, why in one.carriers
        if why != "hearer" or is_outlet(t, span)
    ]
    if not one.cue or not one.classes & (_STRONG | lx.AS | lx.CALL):
        return
    for lo, hi in _gaps(period, one):
        for span, why in carriers_in(t, lo, hi):
            if not any(a < span[1] and span[0] < b for (a, b), _ in one.carriers) and not any(
                a < span[1] and span[0] < b for a, b in one.source
            ):
                one.carriers.append((span, why))
        if one.source and hi <= one.source[0][0] and not one.carriers:
            one.carriers.extend(_in_which(t, lo, hi))
        for k in range(lo, hi):
            inner = citing(t, k, hi)
            if inner is not None and one.source and is_outlet(t, one.source[0]):
                one.carriers.insert(0, (one.source[0], "citing"))
                one.source = [inner]
                one.speaker = inner
                break


def _in_which(t: Tokens, lo: int, hi: int) -> list[tuple[Range, str]]:
    """A published a letter in which X said Q."""
    relays = t.lexicon.quoting.relays
    if hi - lo < 3 or not t.tag[hi - 1] & lx.REL:
        return []
    for k in range(hi - 2, lo, -1):
        if t.form[k] in relays.documents:
            return _carrying_subject(t, k, lo)
        if not t.tag[k] & lx.PREP:
            break
    return []


def _gaps(period: Period, one: Found) -> list[Range]:
    """What stands in the period outside the content, the source and the cue."""
    taken = sorted([*one.content, *one.source, *one.cue])
    gaps: list[Range] = []
    at = period.lo
    for a, b in taken:
        if a > at:
            gaps.append((at, a))
        at = max(at, b)
    if at < period.hi:
        gaps.append((at, period.hi))
    return gaps


def _size(one: Found) -> int:
    return sum(b - a for a, b in one.content)


def _nearest_outer(one: Found, found: list[Found]) -> Found | None:
    best: Found | None = None
    for other in found:
        if other is one or not other.content:
            continue
        if any(a <= one.at < b for a, b in other.content) and not (
            one.content and any(a <= other.at < b for a, b in one.content) and _size(one) >= _size(other)
        ) and (best is None or _size(other) < _size(best)):
            best = other
    return best


def _only_carries(t: Tokens, one: Found, found: list[Found]) -> bool:
    """True when its words are nothing but another's: its source is a link of that chain."""
    if not one.source or not one.content:
        return False
    first = one.content[0][0]
    according = t.form[one.at] in t.lexicon.according
    return (according or is_outlet(t, one.source[0])) and any(
        other.nested
        and other.source
        and other.content
        and min(other.source[0][0], other.content[0][0]) <= first + 1
        and any(span == one.source[0] for span, _ in other.carriers)
        for other in found
        if other is not one
    )
