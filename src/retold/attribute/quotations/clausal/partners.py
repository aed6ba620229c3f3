"""Who stands in a frame beside its subject: who is told, a medium, an agent, a place."""

from __future__ import annotations

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.clausal.phrases import ends_in, noun_phrase, prepositional
from retold.attribute.quotations.clausal.segments import Segment
from retold.attribute.quotations.found import Range
from retold.attribute.quotations.relays import Carriers
from retold.attribute.quotations.tokens import Tokens

__all__ = ["agent", "is_place", "medium", "quoted_one", "widened", "without_hearer"]

_UTTERER = 20


def without_hearer(t: Tokens, at: int, source: Range) -> tuple[Range, Carriers]:
    """Parts "сообщил РИА Новости глава …" into who is told and who tells.

    Where words of a carrier are passed on ("цитирует агентство слова генерала"), it carries.
    """
    relays = t.lexicon.quoting.relays
    a, b = source
    for k in range(a + 1, b):
        if t.form[k] in relays.utterances:
            end = noun_phrase(t, k + 1, min(len(t.tag), k + 1 + _UTTERER))
            if end > k + 1:
                return (k + 1, end), [((a, k), "passes the words on")]
    if a < at or t.lexicon.quoting.order.capital_nouns:
        return source, []
    last = b - 1
    if last > a and t.form[last] in relays.outlet_names and not t.tag[last - 1] & lx.CAP:
        return (a, last), [((last, b), "told")]
    k = a
    while k < b and (t.form[k] in relays.outlet_names or t.tag[k] & lx.TITLE):
        k += 1
    if not a < k < b:
        return source, []
    return (k, b), [((a, k), "told")]


def quoted_one(t: Tokens, segment: Segment, finite: int, subject: Range) -> Range | None:
    """X of "die Agentur zitierte X mit den Worten": the object beside the subject."""
    k = finite + 1
    while k < segment.hi:
        if subject[0] <= k < subject[1]:
            k = subject[1]
        elif t.tag[k] & lx.PREP:
            k = prepositional(t, k, segment.hi)
        else:
            end = noun_phrase(t, k, segment.hi)
            if end > k:
                return k, end
            k += 1
    return None


def is_place(t: Tokens, lo: int, hi: int) -> bool:
    """True for "in Norvan" between a noun phrase and its verb: part of the phrase, no date."""
    if lo >= hi or not t.tag[lo] & lx.PREP:
        return False
    return not any(t.tag[k] & (lx.TIME | lx.ADV | lx.NUM) for k in range(lo, hi))


def widened(t: Tokens, lo: int, finite: int, subject: Range | None) -> Range | None:
    """Subjects with a place: "источник в правительстве сообщил" · "В Кремле заявили"."""
    grammar = t.lexicon.quoting.grammar
    relays = t.lexicon.quoting.relays
    plural = t.form[finite].endswith(grammar.plural_endings)
    if t.form[lo] in grammar.seats and plural and lo + 1 < finite:
        end = finite
        while end > lo + 1 and t.tag[end - 1] & (lx.ADV | lx.TIME | lx.NEG | lx.PREP):
            end -= 1
        named = t.tag[lo + 1] & lx.CAP or t.form[lo + 1] in relays.houses
        whole = noun_phrase(t, lo + 1, end)
        told = all(t.form[k] in relays.listeners for k in range(whole, end))
        if named and told and whole > lo + 1 and (subject is None or subject[0] > lo):
            return lo + 1, whole
    if subject is None or subject[1] >= finite:
        return subject
    if any(not t.tag[k] & (lx.ADV | lx.TIME | lx.COORD) for k in range(lo, subject[0])):
        return subject
    k = subject[1]
    proper = t.tag[k - 1] & lx.CAP and k - 1 > subject[0]
    if proper or not t.tag[k] & lx.PREP or t.tag[k + 1] & lx.TIME:
        return subject
    end = noun_phrase(t, k + 1, finite)
    if end == finite and not any(t.form[m] in relays.documents for m in range(k, end)):
        return subject[0], end
    return subject


def medium(t: Tokens, segment: Segment, *, documents: bool = False) -> Range | None:
    """X of "heißt es in X", "hieß es aus X": who speaks where the subject is nobody.

    Args:
        t: the tokens.
        segment: where the frame stands.
        documents: it must name a document.
    """
    names = t.lexicon.quoting.relays.documents
    for k in range(segment.lo, segment.hi - 1):
        if t.form[k] in t.lexicon.quoting.relays.media and not t.tag[k + 1] & lx.TIME:
            end = prepositional(t, k, segment.hi)
            if not t.lexicon.quoting.order.capital_nouns:
                end = max(end, noun_phrase(t, k + 1, segment.hi))
            if end == k + 1 or any(t.tag[m] & lx.TIME for m in range(k + 1, end)):
                continue
            if not documents or any(ends_in(t, m, names) for m in range(k + 1, end)):
                return k + 1, end
    return None


def agent(t: Tokens, segment: Segment) -> Range | None:
    """X of "wurde von X mitgeteilt"."""
    for k in range(segment.lo, segment.hi - 1):
        if t.form[k] in t.lexicon.quoting.relays.agents:
            end = noun_phrase(t, k + 1, segment.hi)
            if end > k + 1:
                return k + 1, end
    return None
