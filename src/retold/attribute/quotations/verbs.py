"""Finite cues: S V that Q · S V: Q · Q, S V · Q, V S · Q1, S V, Q2."""

from __future__ import annotations

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.complements import (
    clause_follows,
    pass_hearer,
    read_complement,
    relative_around,
)
from retold.attribute.quotations.edges import (
    carry_on,
    content_before,
    ends_open,
    has_quote,
    is_attached,
    is_content,
    left_edge,
    phrase_end,
    relative_end,
)
from retold.attribute.quotations.found import STRONG, Found, Range, status_of
from retold.attribute.quotations.groups import (
    Group,
    is_heading,
    is_noun_use,
    is_reduced,
    is_verb,
    verb_group,
)
from retold.attribute.quotations.nouns import (
    adjuncts,
    noun_phrase_right,
    opens_office,
    starts_noun_phrase,
)
from retold.attribute.quotations.participles import read_coordinated, read_participle, read_passive
from retold.attribute.quotations.relaying import read_relay
from retold.attribute.quotations.subjects import antecedent, is_scare, subject_left
from retold.attribute.quotations.tokens import Period, Tokens

__all__ = ["at_verb"]


def at_verb(
    t: Tokens,
    number: int,
    period: Period,
    i: int,
    last_subject: Range | None,
    before: list[Found],
) -> Found | None:
    """The attribution that hangs on the verb form at token `i`, or None."""
    one = _read(t, number, period, i, last_subject, before)
    if one is None or not t.cue[i] & lx.DIRECT or t.cue[i] & STRONG:
        return one
    return one if any(has_quote(t, a, b) for a, b in one.content) else None


def _read(
    t: Tokens,
    number: int,
    period: Period,
    i: int,
    last_subject: Range | None,
    before: list[Found],
) -> Found | None:
    lo, hi = period.lo, period.hi
    classes, part = t.cue[i], t.part[i]
    k = i + 1
    for words, bit in t.lexicon.particles.get(t.lemma[i], ()):
        if tuple(t.form[k : k + len(words)]) == words:
            if classes & STRONG and not bit & STRONG and clause_follows(t, k, hi):
                break
            if t.form[k + len(words) - 1] in t.lexicon.quoting.nouns and not (
                k + len(words) < hi and t.tag[k + len(words)] & lx.COMP
            ):
                continue  # "expressed concern about": an object, not a clause
            classes = bit
            k += len(words)
            break
    if t.form[i] in t.lexicon.relays or (classes & STRONG and part & lx.PARTICIPLE):
        relayed = read_relay(t, number, period, i)
        if relayed is not None:
            return relayed
    if not classes or (is_noun_use(t, i) and not _closes_quotation(t, i, lo, hi)):
        return None
    if classes & lx.DIRECT:
        classes |= lx.SAY
    if k < hi and f"{t.form[i]} {t.form[k]}" in t.lexicon.quoting.grammar.compounds:
        return None
    if i > lo and t.form[i - 1] in t.lexicon.quoting.relays.documents and is_reduced(t, i, lo):
        return None  # "a statement posted on the site"
    named = t.tag[i] & lx.CAP and i > lo and not t.tag[i - 1] & lx.PUNCTUATION
    if named and not (classes & STRONG and part == lx.PRESENT and is_heading(t, lo, hi)):
        return None  # part of a name or a title
    group = verb_group(t, i, lo)
    if t.tag[i] & lx.NOUN and not _verb_like(t, i, k, hi, group):
        return None
    if group.passive:
        return read_passive(t, number, period, i, k, classes, group)
    # Inversion: the content stands before the verb, the subject after it.
    inverted = _inverted(t, i, k, lo, hi, group, classes)
    if inverted is not None:
        return _postposed(
            t, number, period, i, (group.lo, k), inverted, inverted[1], classes, group
        )
    if (
        (part & lx.GERUND and not group.finite)
        or group.infinitive
        or (part == lx.PARTICIPLE or not group.finite)
    ):
        return read_participle(t, number, period, i, k, classes, group, last_subject, before)
    inserted = _according_before(t, group.edge, lo)
    if inserted is not None:
        group.edge = inserted[0]
    subject = _after_quotation(t, group.edge, lo, classes) or subject_left(t, group.edge - 1, lo)
    if subject is None:
        if classes & lx.ASK and part & lx.PARTICIPLE and group.lo == i:
            return read_participle(t, number, period, i, k, classes, group, last_subject, before)
        if group.lo == lo or t.tag[group.lo - 1] & (lx.COORD | lx.COMMA):
            return read_coordinated(t, number, period, i, k, classes, group, last_subject, before)
        return None
    one = _active(t, number, period, i, k, classes, group, subject)
    if one is not None and inserted is not None:
        one.carriers.append((inserted[1], "says that the utterer said so"))
    return one


def _according_before(t: Tokens, edge: int, lo: int) -> tuple[int, Range] | None:
    """ "who according to A told": where the insertion begins, and A."""
    for p in range(edge - 2, max(lo, edge - 10) - 1, -1):
        k = phrase_end(t, p, edge) if t.form[p] in t.lexicon.according else 0
        if k and p > lo and noun_phrase_right(t, k, edge, apposition=False) == edge:
            return None if t.tag[p - 1] & lx.COMMA else (p, (k, edge))
    return None


def _closes_quotation(t: Tokens, i: int, lo: int, hi: int) -> bool:
    """True for "'Q,' the voice in the ad states.": a quotation waits for its verb."""
    nxt = t.tag[i + 1] if i + 1 < hi else lx.END
    if not t.part[i] & lx.PRESENT or not nxt & (lx.END | lx.COMMA | lx.QUOTE):
        return False
    return any(is_attached(t, k, lo) for k in range(max(lo, i - 10), i - 1))


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
    if (
        nxt & (lx.COMP | lx.DET | lx.POSS | lx.QUOTE | lx.OBJ | lx.SUBJ | lx.COLON)
        and not nxt & lx.PREP
    ):
        return not before & lx.VERB or bool(before & (lx.CAP | lx.COMMA | lx.QUOTE | lx.NOUN))
    if nxt & lx.INF and t.tag[i] & lx.VERB and t.cue[i] & lx.WANT:
        return not before & (lx.DET | lx.POSS | lx.PREP | lx.VERB | lx.ADV) or bool(before & lx.CAP)
    if nxt & (lx.COMMA | lx.END):
        # ", records show": after its content, at the end of the clause.
        return not before & (lx.DET | lx.POSS | lx.PREP | lx.NUM | lx.COORD | lx.PUNCTUATION)
    return bool(before & lx.CAP and nxt & lx.CAP and t.part[i] & lx.PRESENT)


def _after_quotation(t: Tokens, edge: int, lo: int, classes: int) -> Range | None:
    """All that stands between a quotation that ends in a comma and the verb: the source."""
    if not classes & (STRONG | lx.THINK):
        return None
    for k in range(edge - 1, max(lo, edge - 30) - 1, -1):
        if t.tag[k] & lx.QUOTE and not is_scare(t, k):
            start = k + 2 if t.tag[k + 1] & lx.COMMA and k + 1 < edge else k + 1
            if start >= edge or not (ends_open(t, k) or start == k + 2):
                return None
            if not starts_noun_phrase(t, start) or (
                t.tag[start] & lx.OBJ and not t.tag[start] & (lx.SUBJ | lx.POSS)
            ):
                return None
            if t.tag[start] & lx.SUBJ and edge - start > 1:
                return None
            end = edge - 1 if t.tag[edge - 1] & (lx.COMMA | lx.DASH) else edge
            return start, end
        if t.tag[k] & lx.SEMI or (t.cue[k] & STRONG and is_verb(t, k)) or t.part[k] & lx.GERUND:
            return None
    return None


def _inverted(
    t: Tokens, i: int, k: int, lo: int, hi: int, group: Group, classes: int
) -> Range | None:
    """The subject after the verb in Q, V S; None where the order is another."""
    if (
        not t.lexicon.quoting.order.inverts
        or group.lo < i
        or not classes & (lx.SAY | lx.ASK | lx.THINK)
    ):
        return None
    if not t.part[i] & lx.FINITE or k >= hi:
        return None
    if i > lo:
        before = t.tag[i - 1]
        if not before & (lx.QUOTE | lx.COMMA | lx.DASH):
            return None
        attached = before & lx.QUOTE or t.tag[i - 2] & lx.QUOTE
        if not attached and not (classes & lx.BARE and is_content(t, lo, i - 1)):
            return None
    elif t.tag[k] & lx.QUOTE:
        return None
    bits = t.tag[k]
    if bits & lx.TIME or not (starts_noun_phrase(t, k) or opens_office(t, k, hi)):
        return None
    if bits & lx.OBJ and not bits & (lx.SUBJ | lx.POSS):
        return None
    end = noun_phrase_right(t, k, hi)
    if end == k:
        return None
    nxt = t.tag[end] if end < hi else lx.END
    if nxt & (lx.AUX | lx.MODAL | lx.QUOTE):
        return None
    if i > lo and not t.tag[i - 1] & lx.QUOTE and bits & lx.DET and classes & lx.TELL:
        return None
    if not t.tag[i - 1] & lx.QUOTE and _goes_on(t, end, hi):
        return None
    if i == lo and not nxt & (lx.COLON | lx.COMMA | lx.QUOTE | lx.END):
        return None
    return k, end


def _subordinate(t: Tokens, start: int, lo: int) -> bool:
    """True when the clause opens its sentence with a conjunction: its main clause follows."""
    k = start - 1
    while k > lo and t.tag[k] & lx.ADV and not t.tag[k] & lx.SUB:
        k -= 1
    return k == lo and bool(t.tag[k] & lx.SUB) and not t.tag[k] & (lx.REL | lx.QUESTION)


def _goes_on(t: Tokens, k: int, hi: int) -> bool:
    """True when a finite verb follows in the clause: what looked like a subject is content."""
    if k < hi and not t.tag[k] & (
        lx.PUNCTUATION | lx.QUOTE | lx.PREP | lx.TIME | lx.ADV | lx.BRACKET | lx.SUB
    ):
        return True
    for m in range(k, hi):
        if t.tag[m] & (lx.PUNCTUATION | lx.QUOTE | lx.REL | lx.COMP):
            return False
        if t.tag[m] & lx.SUB and not t.tag[m] & lx.ADV:
            return False
        if is_verb(t, m):
            return True
    return False


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
    left = content_before(t, left_edge(t, lo, stop), stop)
    content = []
    if left is not None:
        content.append(left)
    k = adjuncts(t, after, hi)
    right = carry_on(t, k, hi, left is not None and bool(t.tag[left[1] - 1] & lx.QUOTE))
    if right is not None:
        adjunct = left is not None and t.part[left[0]] & (lx.GERUND | lx.PARTICIPLE)
        if left is not None and adjunct and not has_quote(t, *left):
            content.pop()  # "Emerging from the talks, he said, the minister …"
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
        status_of(group, classes),
        classes,
        "content before the attribution",
        0.9 if any(t.tag[a] & lx.QUOTE or t.tag[b - 1] & lx.QUOTE for a, b in content) else 0.75,
        [(hearer, "hearer")] if hearer else [],
    )


def _active(
    t: Tokens,
    number: int,
    period: Period,
    i: int,
    k: int,
    classes: int,
    group: Group,
    subject: Range,
) -> Found | None:
    lo, hi = period.lo, period.hi
    cue = (group.lo, k)
    verb_end = k
    k, hearer = pass_hearer(t, k, hi, classes)
    complement = read_complement(t, k, hi, classes, period)
    if complement is None and hearer is not None and classes & lx.ACT and not classes & lx.TELL:
        complement = read_complement(t, verb_end, hi, classes & ~lx.ASK, period)  # "questions X"
    if subject[0] > lo and classes & (STRONG | lx.THINK) and is_attached(t, subject[0] - 1, lo):
        return _postposed(t, number, period, i, cue, subject, k, classes, group, hearer=hearer)
    if complement is None or _parenthetical(t, subject, group, complement, lo, hi):
        left_lo = left_edge(t, lo, subject[0])
        before = t.tag[subject[0] - 1] if subject[0] > lo else 0
        if t.tag[subject[0]] & lx.REL:
            before = 0  # a relative clause follows its noun, not what it gives as said
        if subject[0] > left_lo and classes & (STRONG | lx.THINK | lx.SHOW):
            left = content_before(t, left_lo, subject[0])
            inserted = k < hi and bool(t.tag[k] & (lx.COMMA | lx.DASH)) and bool(classes & STRONG)
            if (
                left is not None
                and before & (lx.COMMA | lx.QUOTE | lx.DASH)
                and (inserted or is_content(t, *left, final=k >= hi or bool(t.tag[k] & lx.END)))
                and not (group.conditional and not has_quote(t, *left))
            ):
                return _postposed(
                    t, number, period, i, cue, subject, k, classes, group, hearer=hearer
                )
        if complement is None and k < hi and t.tag[k] & lx.COMMA and classes & STRONG:
            rest = carry_on(t, k, hi, quoted_left=False)
            if rest is not None:
                complement = rest, "a clause after a comma", 0.5
        if complement is None:
            around = relative_around(t, subject, verb_end, period, classes)
            if around is None:
                return None
            return Found(
                number,
                i,
                around,
                [cue],
                [subject],
                subject,
                status_of(group, classes),
                classes,
                "a relative clause around the attribution",
                0.7,
                [],
            )
    content, why, confidence = complement
    if t.tag[subject[0]] & lx.REL or (subject[0] > lo and t.tag[subject[0] - 1] & lx.REL):
        content = content[0], relative_end(t, *content)
    elif _subordinate(t, subject[0], lo) and not t.tag[content[0]] & lx.QUOTE:
        # "While A said that Q, B …": the comma ends what A said.
        end = next((m for m in range(content[0], content[1]) if t.tag[m] & lx.COMMA), content[1])
        content = content[0], max(end, content[0] + 1)
    return Found(
        number,
        i,
        [content] if content[0] < content[1] else [],
        [cue],
        [subject],
        antecedent(t, subject, lo),
        status_of(group, classes),
        classes,
        why,
        confidence,
        [(hearer, "hearer")] if hearer else [],
    )


def _parenthetical(
    t: Tokens, subject: Range, group: Group, complement: tuple[Range, str, float], lo: int, hi: int
) -> bool:
    """True for ", she said," in the middle: what follows carries on what went before."""
    start = complement[0][0]
    if start - 1 < group.lo or not t.tag[start - 1] & lx.COMMA:
        return False
    if subject[0] <= lo or not t.tag[subject[0] - 1] & (lx.COMMA | lx.QUOTE | lx.DASH):
        return False
    left = content_before(t, lo, subject[0])
    if left is None:
        return False
    if not t.tag[start] & lx.QUOTE or has_quote(t, *left):
        return True
    # "While that is so, he said, 'this …'": a clause that leads on to the quotation.
    first = t.tag[left[0]]
    return bool(first & lx.SUB) and not first & (lx.PREP | lx.ADV | lx.TIME)
