"""Cues without a subject of their own: participles, second verbs, passives."""

from __future__ import annotations

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.complements import pass_hearer, read_complement
from retold.attribute.quotations.edges import content_end, has_quote, object_end
from retold.attribute.quotations.found import STRONG, Found, Range, status_of
from retold.attribute.quotations.groups import Group, is_verb
from retold.attribute.quotations.nouns import noun_phrase_right, starts_noun_phrase
from retold.attribute.quotations.relays import author, is_outlet
from retold.attribute.quotations.subjects import first_subject, matrix_subject, subject_left
from retold.attribute.quotations.tokens import Period, Tokens

__all__ = ["carrying_subject", "read_coordinated", "read_participle", "read_passive"]


def read_participle(
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
    if classes & lx.ASK and part & lx.PARTICIPLE and not group.infinitive:
        return _asked(t, number, period, i, k, classes, group)
    if not part & (lx.GERUND | lx.BASE):
        return None
    if not part & lx.GERUND and not group.infinitive:
        return None
    if not classes & (STRONG | lx.ACT | lx.AS | lx.CALL | lx.SHOW):
        return None
    after, hearer = pass_hearer(t, k, hi, classes)
    complement = read_complement(t, after, hi, classes, period)
    if complement is None or complement[0][0] >= complement[0][1]:
        return None
    idle = ("an object", "an infinitive") if group.infinitive else ("an infinitive",)
    if complement[1] in idle and not has_quote(t, *complement[0]):
        return None
    source: Range | None = None
    carriers: list[tuple[Range, str]] = []
    left = group.lo - 1
    if (
        part & lx.GERUND
        and left >= lo
        and not t.tag[left] & (lx.COMMA | lx.PREP | lx.COORD | lx.DASH)
    ):
        source = subject_left(t, group.edge - 1, lo)
        if source is not None and _is_issued(t, source, lo):
            carriers = carrying_subject(t, source[0], lo)
            source = author(t, source) if carriers else None
    if source is None and left >= lo and t.tag[left] & (lx.PREP | lx.SUB):
        source = _subject_after(t, complement[0], hi)
    if source is None:
        source = _speaker_before(group.lo, before)
    if source is None:
        source = matrix_subject(t, group.edge - 1, lo) or last_subject
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
        status_of(group, classes),
        classes,
        "a participle; " + why,
        confidence - 0.15,
        ([(hearer, "hearer")] if hearer else []) + carriers,
    )


def _asked(
    t: Tokens, number: int, period: Period, i: int, k: int, classes: int, group: Group
) -> Found | None:
    """Asked [by A] whether Q, S said …: the asker is often not named."""
    source: list[Range] = []
    if k < period.hi and t.form[k] in t.lexicon.quoting.relays.agents:
        end = noun_phrase_right(t, k + 1, period.hi)
        if end > k + 1:
            source, k = [(k + 1, end)], end
    complement = read_complement(t, k, period.hi, classes, period)
    if complement is None or not t.tag[complement[0][0]] & lx.COMP:
        return None
    lo, hi = complement[0]
    hi = next((m for m in range(lo, hi) if t.tag[m] & lx.COMMA), hi)
    return Found(
        number, i, [(lo, hi)], [(group.lo, i + 1)], source, source[0] if source else None,
        status_of(group, classes), classes, "a question that was asked", 0.4, [],
    )  # fmt: skip


def _is_issued(t: Tokens, source: Range, lo: int) -> bool:
    """True for a document that is the object of a verb: who issues it is the source."""
    if not any(t.form[k] in t.lexicon.quoting.relays.documents for k in range(*source)):
        return False
    return source[0] - 1 >= lo and is_verb(t, source[0] - 1)


def carrying_subject(t: Tokens, document: int, lo: int) -> list[tuple[Range, str]]:
    """The outlet that carries the document that begins at token `document`."""
    subject = first_subject(t, lo, document)
    if subject is None or not is_outlet(t, subject):
        return []
    return [(subject, "carries the document")]


def _speaker_before(lo: int, before: list[Found]) -> Range | None:
    """The source of the quotation whose content ends right before token `lo`."""
    for one in reversed(before):
        if one.source and one.content and 0 <= lo - one.content[-1][1] <= 2:
            return one.source[0]
    return None


def _subject_after(t: Tokens, content: Range, hi: int) -> Range | None:
    """After saying Q, S did that: the subject of the clause that follows."""
    for k in range(content[0], min(hi - 1, content[0] + 40)):
        if t.tag[k] & lx.COMMA and starts_noun_phrase(t, k + 1):
            end = noun_phrase_right(t, k + 1, hi, apposition=False)
            return (k + 1, end) if end > k + 1 else None
    return None


def read_coordinated(
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
    """… and said that Q: the subject is that of the verb before."""
    hi = period.hi
    if not classes & (STRONG | lx.ACT | lx.AS | lx.CALL | lx.THINK) or not t.part[i] & lx.FINITE:
        return None
    after, hearer = pass_hearer(t, k, hi, classes)
    complement = read_complement(t, after, hi, classes, period)
    if complement is None or complement[0][0] >= complement[0][1]:
        return None
    source = _speaker_before(group.lo, before) or (
        matrix_subject(t, group.edge - 1, period.lo) or last_subject
    )
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
        status_of(group, classes),
        classes,
        "a second verb of one subject; " + why,
        confidence - 0.1,
        [(hearer, "hearer")] if hearer else [],
    )


def read_passive(
    t: Tokens, number: int, period: Period, i: int, k: int, classes: int, group: Group
) -> Found | None:
    """X was described by S as Y · it was reported that Q · X is said to be Y."""
    lo, hi = period.lo, period.hi
    subject = subject_left(t, group.edge - 1, lo)
    if subject is None:
        return None
    source: list[Range] = []
    agents = t.lexicon.quoting.relays.agents
    table = t.lexicon.quoting
    earlier = _said_before(t, number, period, i, k, classes, group, subject)
    if earlier is not None:
        return earlier
    end = content_end(t, k, hi) if k < hi else k
    reach = 12 if classes & (lx.AS | lx.CALL | STRONG) else 3
    for m in range(k, min(end, k + reach)):
        if t.tag[m] & (lx.COMMA | lx.COMP) and not t.tag[m] & lx.PREP and t.form[m] not in agents:
            break  # another clause begins, and its "by" is its own
        if t.form[m] in agents and m + 1 < hi and not t.tag[m + 1] & lx.TIME:
            stop = noun_phrase_right(t, m + 1, hi)
            if stop > m + 1:
                source = [(m + 1, stop)]
                end = max(end, stop) if m > k else end
                break
    start = source[0][1] if source and source[0][0] == k + 1 else k
    if (
        start < hi
        and t.tag[start] & lx.COMP
        and not t.tag[start] & lx.PREP
        and (classes & (STRONG | lx.THINK))
    ):
        content = [(start, content_end(t, start, hi))]
    elif start < hi and t.tag[start] & lx.INF and classes & (STRONG | lx.THINK):
        # "A is said to be B": nobody is named as saying so.
        if start + 1 < hi and t.cue[start + 1] & STRONG:
            return None
        clause_range = (start, object_end(t, start, content_end(t, start, hi)))
        content = [clause_range] if classes & (lx.TELL | lx.ASK) else [subject, clause_range]
    elif classes & (lx.AS | lx.CALL | lx.ACT):
        content = [subject]
        rest = source[0][1] if source and source[0][0] <= k + 1 else k
        if rest < end:
            content.append((rest, end))
    else:
        return None
    while content[-1][1] > content[-1][0] and t.tag[content[-1][1] - 1] & lx.END:
        content[-1] = (content[-1][0], content[-1][1] - 1)
    clause = start < hi and (content[0][0] == start or bool(t.tag[start] & lx.INF))
    named = classes & (lx.AS | lx.CALL) and has_quote(t, content[0][0], content[-1][1])
    seen_as = classes & lx.AS and start < hi and t.form[start] in table.relays.as_words
    clause |= bool(seen_as)
    if not source and not clause and not named:
        return None
    return Found(
        number,
        i,
        content,
        [(group.lo, k)],
        source,
        source[0] if source else None,
        status_of(group, classes),
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
        status_of(group, classes), lx.SAY, "the sentence before is named as said", 0.7, [],
    )  # fmt: skip
