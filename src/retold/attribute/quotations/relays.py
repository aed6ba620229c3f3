"""Through whom words came: the relay grammar.

    A quoted X as saying Q · X was quoted by A as saying Q · X said in a statement carried by A
    X told A · A reported, citing X, that Q · X, quoted by A, said Q · according to A, X said Q
    A said that B quoted X as saying Q · Q, X told A, according to B

X utters, the others carry; each pattern names who stands nearer to the utterer.
"""

from __future__ import annotations

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.found import Range
from retold.attribute.quotations.nouns import adjuncts, noun_phrase_right
from retold.attribute.quotations.tokens import Tokens
from retold.language.agencies import by_form

__all__ = [
    "Carriers",
    "as_saying",
    "author",
    "carried_adjunct",
    "carriers_in",
    "citing",
    "is_outlet",
    "split_source",
]

_MARK_LETTERS = 4
"""Longer marks of agencies are seldom ordinary words ("Yonhap"); shorter ones often are."""
_SPEAKING = lx.SAY | lx.TELL | lx.ASK | lx.AS | lx.CALL | lx.ACT
Carriers = list[tuple[Range, str]]


def is_outlet(t: Tokens, span: Range) -> bool:
    """True when the words look like a carrier of news: "the state news agency", "Radio Z"."""
    relays = t.lexicon.quoting.relays
    if t.form[span[1] - 1] in relays.surveys and not t.tag[span[1] - 1] & lx.CAP:
        return False  # "a Telmark poll"
    for k in range(*span):
        form, word = t.form[k], t.text[t.start[k] : t.end[k]]
        if form in relays.outlets:
            return True
        if k in t.quote and t.tag[k] & lx.TITLE:
            word = t.text[slice(*t.quote[k].inner)]  # «Интерфакс»
            form = word.lower()
        if t.tag[k] & lx.CAP:
            last = _without_possessive(form).rpartition("-")[2]
            if last in relays.outlet_names or _signs(word):
                return True
    return False


def _signs(word: str) -> bool:
    """True for the name or mark of a news agency; marks count as they are written."""
    agency = by_form().get(word.upper())
    return agency is not None and (word in agency.marks or len(word) > _MARK_LETTERS)


def _without_possessive(form: str) -> str:
    return form.removesuffix("'s").rstrip("'")


def as_saying(t: Tokens, k: int, hi: int) -> tuple[int, int, Range | None] | None:
    """Reads "[by A] as saying [by A]" from token `k` on.

    Returns:
        Where "as saying" begins and ends, and the agent A; None when it is not there.
    """
    relays = t.lexicon.quoting.relays
    agent: Range | None = None
    k, agent = _agent(t, k, hi)
    # A date or comma may stand between ("quoted on Monday as saying", "the mayor, A, as saying").
    at = k
    if at < hi and t.tag[at] & lx.COMMA:
        at += 1
    if at < hi and t.form[at] not in relays.as_words:
        at = adjuncts(t, at, hi)
        if at < hi and t.form[at - 1] in relays.as_words:
            at -= 1
    if at + 1 >= hi or t.form[at] not in relays.as_words or not t.part[at + 1] & lx.GERUND:
        return None
    if not t.cue[at + 1] & _SPEAKING:
        return None
    end = at + 2
    if agent is None:
        stop, agent = _agent(t, end, hi)
        end = stop if agent is not None else end
        if agent is None and end < hi and t.form[end] in relays.media:
            stop = noun_phrase_right(t, end + 1, hi, apposition=False)
            if stop > end + 1 and is_outlet(t, (end + 1, stop)):
                agent, end = (end + 1, stop), stop
    return at, end, agent


def _agent(t: Tokens, k: int, hi: int) -> tuple[int, Range | None]:
    relays = t.lexicon.quoting.relays
    if k < hi and t.form[k] in relays.agents | relays.media:
        end = noun_phrase_right(t, k + 1, hi, apposition=False)
        if end > k + 1 and (t.form[k] in relays.agents or is_outlet(t, (k + 1, end))):
            return end, (k + 1, end)
    return k, None


def carriers_in(t: Tokens, lo: int, hi: int) -> Carriers:
    """Carriers that adjuncts name: "in a statement carried by A", "as quoted by A"."""
    relays = t.lexicon.quoting.relays
    found: Carriers = []
    k = lo
    while k < hi:
        form = t.form[k]
        if form in relays.carrying:
            at = k + 1
            while (
                at < hi
                and t.tag[at] & (lx.TIME | lx.ADV | lx.PREP)
                and (t.form[at] not in relays.agents)
            ):
                at += 1
            end, agent = _agent(t, at, hi)
            named = agent is not None and any(t.tag[m] & lx.CAP for m in range(*agent))
            if agent is not None and (named or is_outlet(t, agent)):
                found.append((agent, "carried by"))
                k = end
                continue
        elif form in relays.documents and k + 2 <= hi:
            partner = _partner(t, k, hi)
            if partner is not None:
                found.append(partner)
                k = partner[0][1]
                continue
        elif form in relays.media and (not t.tag[k] & lx.INF or t.part[k - 1] & lx.GERUND):
            end, agent = _agent(t, k, hi)
            named = agent is not None and not any(
                t.form[m] in relays.documents and not t.tag[m] & lx.CAP for m in range(*agent)
            )
            if named and agent is not None and is_outlet(t, agent):
                found.append((agent, "said in or on it"))
                k = end
                continue
        elif (
            form in relays.agents
            and t.tag[k - 1] & (lx.COMMA | lx.VERB)
            and not t.cue[k - 1] & lx.ASK
        ):
            end, agent = _agent(t, k, hi)
            if agent is not None and is_outlet(t, agent):
                found.append((agent, "by"))
                k = end
                continue
        k += 1
    return found


def _partner(t: Tokens, k: int, hi: int) -> tuple[Range, str] | None:
    """The outlet of "an interview with A", "an article for A", "a post on A"."""
    at = k + 1
    while at < hi and t.tag[at] & lx.TIME:
        at += 1
    if at >= hi or not t.tag[at] & lx.PREP or (t.tag[at] & lx.INF and not t.tag[at] & lx.JOIN):
        return None
    end = noun_phrase_right(t, at + 1, hi, apposition=False)
    if end <= at + 1 or not is_outlet(t, (at + 1, end)):
        return None
    return (at + 1, end), "published in"


def carried_adjunct(t: Tokens, k: int, hi: int) -> bool:
    """True where "in a statement carried by A" begins: no part of what was said."""
    relays = t.lexicon.quoting.relays
    for at in range(k + 1, min(hi - 1, k + 7)):
        if t.form[at] in relays.documents:
            return t.form[at + 1] in relays.carrying and any(
                t.form[m] in relays.agents for m in range(at + 2, min(hi, at + 6))
            )
        if t.tag[at] & lx.PUNCTUATION:
            return False
    return False


def author(t: Tokens, document: Range) -> Range:
    """X of "a statement by X"; the document itself where nobody is named."""
    relays = t.lexicon.quoting.relays
    for k in range(document[0] + 1, document[1] - 1):
        if t.form[k - 1] in relays.documents and t.form[k] in relays.authors:
            return k + 1, document[1]
    return document


def citing(t: Tokens, k: int, hi: int) -> Range | None:
    """The agent after "citing" at token `k`, or None."""
    form = t.form[k]
    for phrase in t.lexicon.quoting.relays.citing:
        if not phrase.startswith(form):
            continue
        words = tuple(phrase.split())
        if tuple(t.form[k : k + len(words)]) == words:
            at = k + len(words)
            end = noun_phrase_right(t, at, hi)
            return (at, end) if end > at else None
    return None


def split_source(t: Tokens, source: Range) -> tuple[Range, Carriers]:
    """Parts "A, citing X," and "X, quoted by A," into utterer and carriers."""
    relays = t.lexicon.quoting.relays
    lo, hi = source
    for k in range(lo + 1, hi):
        if t.form[k] in t.lexicon.relays and t.tag[k - 1] & lx.REL and k - 1 > lo:
            end = noun_phrase_right(t, k + 1, hi)
            head = _trim(t, lo, k - 1)
            if end > k + 1 and head[0] < head[1] and is_outlet(t, head):
                return (k + 1, end), [(head, "citing")]
        if t.tag[k] & lx.COMMA and k + 1 < hi and t.tag[k + 1] & lx.LOOSE:
            carriers = carriers_in(t, k + 1, hi)
            if carriers:
                return (lo, k), carriers  # "A, in an interview with B,"
        inner = citing(t, k, hi)
        if inner is not None:
            head = _trim(t, lo, k)
            return inner, [(head, "citing")] if head[0] < head[1] else []
        if t.form[k] in relays.carrying and k + 1 < hi and t.part[k]:
            carriers = carriers_in(t, k, hi)
            if carriers:
                head = _trim(t, lo, k)
                return (head if head[0] < head[1] else source), carriers
    return source, []


def _trim(t: Tokens, lo: int, hi: int) -> Range:
    as_words = t.lexicon.quoting.relays.as_words
    for k in range(lo + 1, hi):
        if t.tag[k] & lx.REL and t.tag[k - 1] & lx.COMMA:
            hi = k  # "A, whose remarks were carried by B"
            break
    while hi > lo and (
        t.tag[hi - 1] & (lx.COMMA | lx.DASH | lx.ADV | lx.AUX) or t.form[hi - 1] in as_words
    ):
        hi -= 1
    return lo, hi
