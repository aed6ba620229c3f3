"""Subjects: the noun phrase on the left of a verb, with its appositions.

Each walk ends at the nearest boundary and after `REACH` tokens at most."""

from __future__ import annotations

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.found import Range
from retold.attribute.quotations.groups import has_verb, is_reduced, is_verb, verb_group
from retold.attribute.quotations.nouns import REACH, apposes
from retold.attribute.quotations.tokens import Tokens

__all__ = ["antecedent", "first_subject", "is_scare", "matrix_subject", "subject_left"]

_SCARE_WORDS = 6
_OFFICE_TOKENS = 8
_HARD = lx.COLON | lx.SEMI | lx.QUOTE | lx.END | lx.DASH


def antecedent(t: Tokens, subject: Range, lo: int) -> Range:
    """What a relative pronoun stands for; the subject itself when it is none."""
    first = subject[0]
    if not t.tag[first] & lx.REL or first <= lo:
        return subject
    j = first - 2 if t.tag[first - 1] & lx.COMMA else first - 1
    if j < lo or t.tag[j] & (_HARD | lx.COMMA | lx.PREP):
        return subject
    return _chunk(t, j, _clause_start(t, j, lo)) or subject


def is_scare(t: Tokens, k: int) -> bool:
    """A few words in quotation marks that belong to the clause around them."""
    part = t.quote.get(k)
    if part is None:
        return False
    start, end = part.inner
    return t.text[end - 1] not in ",.?!…" and t.text.count(" ", start, end) < _SCARE_WORDS


def _clause_start(t: Tokens, j: int, lo: int) -> int:
    """The nearest hard boundary on the left of `j`: the index after it."""
    stop = max(lo, j - REACH)
    for k in range(j, stop - 1, -1):
        if t.tag[k] & _HARD and not is_scare(t, k):
            return k + 1
    return stop


def subject_left(t: Tokens, j: int, lo: int) -> tuple[int, int] | None:
    """The noun phrase that ends at token `j`, as a token range, or None.

    Args:
        t: the tokens.
        j: the token before the verb group.
        lo: where the search must stop.
    """
    if j < lo:
        return None
    tag = t.tag
    if tag[j] & lx.COMMA or tag[j] & lx.DASH:
        return _with_apposition(t, j, lo, lx.COMMA if tag[j] & lx.COMMA else lx.DASH)
    bits = tag[j]
    if bits & lx.TITLE and j in t.quote and t.text[t.quote[j].inner[1] - 1] == ",":
        closed = _with_apposition(t, j + 1, lo, lx.COMMA)  # "A, the author of 'B,' said"
        if closed is not None:
            return closed
    if (
        bits & lx.VERB
        and not bits & (lx.NOUN | lx.CAP | lx.SUBJ)
        and t.part[j] & lx.PAST
        and not t.part[j] & lx.BASE
        and is_verb(t, j)
    ):
        return None
    if bits & _HARD or (
        bits & (lx.PREP | lx.SUB | lx.COORD | lx.MODAL)
        and not bits & (lx.SUBJ | lx.REL | lx.OBJ | lx.CAP)
    ):
        return None
    if bits & lx.SUBJ and not (bits & (lx.NUM | lx.DET)):
        return j, j + 1
    if bits & lx.REL and not bits & lx.SUBJ:
        return j, j + 1
    return _chunk(t, j, _clause_start(t, j, lo))


def _chunk(t: Tokens, j: int, lo: int) -> tuple[int, int] | None:
    """The simple noun phrase that ends at `j`."""
    tag = t.tag
    k = j
    while k >= lo:
        bits = tag[k]
        if bits & lx.COMMA:
            if not _joins_names(t, k, lo, j):
                break
        elif bits & lx.CAP and not bits & (lx.SUB | lx.COORD):
            pass
        elif bits & lx.COORD:
            if not _joins_phrases(t, k, lo):
                break
        elif bits & lx.REL and k < j:
            if not has_verb(t, k + 1, j + 1):
                break
        elif (
            (bits & lx.SUB and not bits & lx.PREP)
            or (bits & lx.SUBJ and not bits & (lx.DET | lx.NUM))
            or (bits & lx.QUOTE and not _in_relative(t, k, lo))
            or (k < j and is_verb(t, k) and not _in_relative(t, k, lo) and not is_reduced(t, k, lo))
        ):
            break
        k -= 1
    lo_np = k + 1
    if lo_np > j:
        return None
    return _strip_left(t, lo_np, j + 1)


def _in_relative(t: Tokens, k: int, lo: int) -> bool:
    """True when a relative pronoun opened the clause that the verb at `k` is in."""
    for i in range(k - 1, max(lo, k - 12) - 1, -1):
        bits = t.tag[i]
        if bits & (lx.COMMA | _HARD):
            return False
        if bits & (lx.REL | lx.SUB) == lx.REL:
            return i > lo
    return False


def _joins_phrases(t: Tokens, k: int, lo: int) -> bool:
    """True when the coordinator at `k` joins two noun phrases, not two clauses."""
    if k - 1 < lo or t.tag[k] & lx.CONTRAST:
        return False
    before = t.tag[k - 1]
    if before & lx.COMMA and k - 3 >= lo and t.tag[k - 2] & lx.CAP:
        # "Alland, Borland, and Corland": a list of names.
        return any(
            t.tag[i] & lx.COMMA and t.tag[i + 1] & lx.CAP and t.tag[i - 1] & lx.CAP
            for i in range(max(lo + 1, k - 6), k - 1)
        ) and not any(is_verb(t, i) for i in range(max(lo, k - 8), k))
    if before & (_HARD | lx.COMMA):
        return False
    for i in range(k - 1, max(lo, k - 8) - 1, -1):
        bits = t.tag[i]
        if is_verb(t, i):
            return False
        if bits & (_HARD | lx.COMMA | lx.SUB) and not bits & lx.PREP:
            break
    return True


def _joins_names(t: Tokens, k: int, lo: int, j: int) -> bool:
    """True for the comma of "A, B and C" before a coordinator, and of "Springfield, Ill."."""
    following = t.tag[k + 1] if k < j else 0
    if k - 1 >= lo and t.tag[k - 1] & lx.CAP and following & lx.CAP and k + 2 <= j:
        # "the United States, Japan, and South Korea": the list goes on to a coordinator.
        for i in range(k + 2, min(j, k + 5)):
            if t.tag[i] & lx.COMMA and t.tag[i + 1] & (lx.COORD | lx.CAP):
                return not has_verb(t, max(lo, k - 4), k)
            if t.tag[i] & lx.COORD:
                return not has_verb(t, max(lo, k - 4), k)
            if not t.tag[i] & lx.CAP:
                break
    return bool(
        following & lx.COORD
        and not following & lx.CONTRAST
        and k - 1 >= lo
        and t.tag[k - 1] & lx.CAP
        and k + 2 <= j
        and t.tag[k + 2] & lx.CAP
        and not has_verb(t, max(lo, k - 4), k)
    )


def _strip_left(t: Tokens, lo: int, hi: int) -> tuple[int, int] | None:
    """Drops leading adverbs, dates and prepositional phrases from a chunk."""
    tag = t.tag
    while lo < hi:
        bits = tag[lo]
        if (
            bits & (lx.COORD | lx.COMMA)
            or (bits & (lx.ADV | lx.INF) and not bits & (lx.DET | lx.SUBJ))
            or (
                bits & lx.TIME
                and lo + 1 < hi
                and tag[lo + 1] & (lx.DET | lx.CAP | lx.SUBJ | lx.POSS)
            )
        ):
            lo += 1
        elif bits & lx.LOOSE and lo + 1 < hi and tag[lo + 1] & (lx.NUM | lx.ALONE):
            return lo, hi  # "about one in five"
        elif bits & (lx.PREP | lx.SUB) and not bits & (lx.DET | lx.POSS):
            nxt = _after_prepositional(t, lo, hi)
            if nxt is None and bits & lx.SUB:
                nxt = lo + 1  # "as A said": a conjunction, not a preposition
            if nxt is None and bits & lx.CAP and not bits & (lx.LOOSE | lx.JOIN):
                return lo, hi  # "Outside experts said"
            if nxt is None:
                return None
            lo = nxt
        else:
            return lo, hi
    return None


def _after_prepositional(t: Tokens, lo: int, hi: int) -> int | None:
    """Where a new noun phrase begins after the prepositional phrase at `lo`."""
    tag = t.tag
    k = lo + 1
    seen_head = False
    while k < hi:
        bits = tag[k]
        opens = bits & (lx.DET | lx.POSS) or bits & lx.SUBJ
        if seen_head and opens and not tag[k - 1] & lx.PREP:
            return k
        if (
            seen_head
            and bits & lx.CAP
            and not tag[k - 1] & (lx.CAP | lx.PREP | lx.COORD | lx.DET | lx.POSS)
            and not t.form[k - 1].endswith(t.lexicon.possessive)
        ):
            return k
        if seen_head and bits & lx.CAP and tag[k - 1] & lx.TIME and not bits & lx.TIME:
            return k
        if not bits & (lx.DET | lx.POSS | lx.PREP | lx.ADV):
            seen_head = True
        k += 1
    return None


def _with_apposition(t: Tokens, comma: int, lo: int, glyph: int) -> tuple[int, int] | None:
    """The phrase "Name, what he is," that ends with the comma or dash at `comma`."""
    tag = t.tag
    start = lo if glyph == lx.DASH else _clause_start(t, comma - 1, lo)
    start = max(start, comma - REACH)
    cuts = [k for k in range(start, comma) if tag[k] & glyph]
    if not cuts:
        # "A (of the party), said": the comma goes with the bracket.
        return _chunk(t, comma - 1, start) if tag[comma - 1] & lx.BRACKET else None
    cuts.append(comma)
    edges = [start - 1, *cuts]
    best: tuple[int, int] | None = None
    # Segments from right to left: the head is the last one that looks like a noun phrase and
    # is followed by an apposition.
    for number in range(len(edges) - 3, -1, -1):
        seg_lo, seg_hi = edges[number] + 1, edges[number + 1]
        if seg_lo >= seg_hi:
            continue
        after = edges[number + 1] + 1
        if not apposes(t, after, edges[number + 2]):
            if best is None and number == len(edges) - 3:
                return None
            break
        if best is not None and not tag[seg_lo] & lx.REL and has_verb(t, seg_lo, seg_hi):
            break  # a clause: what was said, not who said it
        head = _head_of_segment(t, seg_lo, seg_hi)
        if head is None:
            if apposes(t, seg_lo, seg_hi) and number:
                continue
            break
        occasion = tag[after] & lx.LOOSE and t.form[after] in t.lexicon.quoting.relays.media
        best = (head[0], edges[number + 1] if occasion else comma)
        if not apposes(t, seg_lo, seg_hi) or number == 0:
            break
        if tag[seg_lo] & lx.CAP and not tag[seg_lo] & lx.DET:
            if number == 1 and _is_office(t, edges[0] + 1, edges[1]):
                best = (edges[0] + 1, comma)
            break
    return best


def _is_office(t: Tokens, lo: int, hi: int) -> bool:
    """True for "The town's mayor" and the like before ", A, …,": an office that A holds."""
    if not 1 < hi - lo <= _OFFICE_TOKENS or t.tag[hi - 1] & (lx.CAP | lx.ADV | lx.TIME):
        return False
    opens = t.tag[lo] & (lx.DET | lx.POSS) or t.form[lo].endswith(t.lexicon.possessive)
    return bool(opens) and not has_verb(t, lo, hi)


def _head_of_segment(t: Tokens, lo: int, hi: int) -> tuple[int, int] | None:
    """The noun phrase at the end of a segment that an apposition follows."""
    if t.tag[hi - 1] & (lx.ADV | lx.PREP | lx.SUB) and not t.tag[hi - 1] & lx.CAP:
        return None
    return _chunk(t, hi - 1, lo)


def matrix_subject(t: Tokens, j: int, lo: int) -> Range | None:
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
