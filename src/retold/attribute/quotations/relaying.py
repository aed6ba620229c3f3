"""A carrier quotes the utterer: A quoted X as saying Q · X was quoted by A as saying Q."""

from __future__ import annotations

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.complements import read_complement
from retold.attribute.quotations.edges import carry_on, content_before, is_attached, left_edge
from retold.attribute.quotations.found import STRONG, Found, Range, status_of
from retold.attribute.quotations.groups import Group, verb_group
from retold.attribute.quotations.nouns import adjuncts, noun_phrase_right, starts_noun_phrase
from retold.attribute.quotations.relays import as_saying, carriers_in, is_outlet, split_source
from retold.attribute.quotations.subjects import matrix_subject, subject_left
from retold.attribute.quotations.tokens import Period, Tokens

__all__ = ["read_relay"]


def read_relay(t: Tokens, number: int, period: Period, i: int) -> Found | None:
    """A quoted X as saying Q · X was quoted by A as saying Q · Q, A quoted X as saying."""
    lo, hi = period.lo, period.hi
    group = verb_group(t, i, lo)
    carriers: list[tuple[Range, str]] = []
    source: Range | None
    if t.form[i] not in t.lexicon.relays and not group.passive:
        return None
    if group.passive or (
        t.part[i] & lx.PARTICIPLE and group.lo == i and not _object_at(t, i + 1, hi)
    ):
        read = _to_have_said(t, i + 1, hi)
        if read is None and t.form[i] in t.lexicon.relays:
            read = as_saying(t, i + 1, hi)
        if read is None:
            return _quoted_by(t, number, period, i, group)
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
            return _quotes(t, number, period, i, group)
        source = (i + 1, end)
        second = _quoting_in_turn(t, read[0], hi)
        if second is not None:
            carriers.append((source, "quotes the utterer in turn"))
            source, read = second
        carrier = subject_left(t, group.edge - 1, lo) or matrix_subject(t, group.edge - 1, lo)
        if carrier is not None:
            carriers.append((carrier, "quoted the utterer as saying"))
        why = "a carrier quotes the utterer"
    if source is None:
        return None
    at, stop, _ = read
    cue = [(group.lo, i + 1), (at, stop if read[2] is None or read[2][0] < at else read[2][0])]
    content: list[Range] = []
    classes = lx.SAY | t.cue[at + 1 if at + 1 < hi else at]
    complement = read_complement(t, stop, hi, classes, period)
    if complement is not None and complement[0][0] < complement[0][1]:
        said = complement[0]
        if not carriers:
            said, late = _late_agent(t, *said)
            carriers.extend(late)
        content.append(said)
    else:
        head = min(source[0], group.lo, *(span[0] for span, _ in carriers))
        left = content_before(t, left_edge(t, lo, head), head)
        if left is not None:
            content.append(left)
        rest = carry_on(t, adjuncts(t, stop, hi), hi, left is not None)
        if rest is not None:
            content.append(rest)
    carriers.extend(carriers_in(t, stop, content[0][0] if complement is not None else hi))
    source, inner = split_source(t, source)
    return Found(
        number, i, content, cue, [source], source, status_of(group, lx.SAY), lx.SAY, why, 0.9,
        inner + carriers,
    )  # fmt: skip


def _quoting_in_turn(
    t: Tokens, at: int, hi: int
) -> tuple[Range, tuple[int, int, Range | None]] | None:
    """… as quoting X as saying: who X is, and where "as saying" stands."""
    if t.form[at + 1] not in t.lexicon.relays:
        return None
    end = noun_phrase_right(t, at + 2, hi, apposition=False)
    read = as_saying(t, end, hi) if end > at + 2 else None
    return None if read is None else ((at + 2, end), read)


def _quoted_by(t: Tokens, number: int, period: Period, i: int, group: Group) -> Found | None:
    """ "Q," X was quoted by A."""
    subject = subject_left(t, group.edge - 1, period.lo)
    agents = t.lexicon.quoting.relays.agents
    k = i + 1
    if subject is None or k + 1 >= period.hi or t.form[k] not in agents:
        return None
    end = noun_phrase_right(t, k + 1, period.hi)
    return _plainly(t, number, period, i, group, subject, subject, (k + 1, end))


def _quotes(t: Tokens, number: int, period: Period, i: int, group: Group) -> Found | None:
    """ "Q," A quotes X."""
    carrier = subject_left(t, group.edge - 1, period.lo)
    end = noun_phrase_right(t, i + 1, period.hi)
    if carrier is None or end == i + 1 or (end < period.hi and not t.tag[end] & lx.END):
        return None
    return _plainly(t, number, period, i, group, carrier, (i + 1, end), carrier)


def _plainly(
    t: Tokens,
    number: int,
    period: Period,
    i: int,
    group: Group,
    subject: Range,
    source: Range,
    carrier: Range,
) -> Found | None:
    """A quotation that stands before its attribution, without "as saying"."""
    lo = period.lo
    if subject[0] <= lo or not is_attached(t, subject[0] - 1, lo) or carrier[0] >= carrier[1]:
        return None
    left = content_before(t, left_edge(t, lo, subject[0]), subject[0])
    if left is None:
        return None
    return Found(
        number, i, [left], [(group.lo, i + 1)], [source], source, status_of(group, lx.SAY), lx.SAY,
        "quoted by a carrier", 0.85, [(carrier, "quoted by")],
    )  # fmt: skip


def _late_agent(t: Tokens, lo: int, hi: int) -> tuple[Range, list[tuple[Range, str]]]:
    """Parts "… as saying Q by A" into the content and its carrier."""
    agents = t.lexicon.quoting.relays.agents
    for k in range(hi - 2, lo, -1):
        if t.form[k] in agents:
            if noun_phrase_right(t, k + 1, hi, apposition=False) == hi and is_outlet(
                t, (k + 1, hi)
            ):
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
        and t.cue[end + 2] & STRONG
    ):
        return end, end + 3, agent
    return None
