"""Carriers named around a quotation, and handed on from outer to inner quotations."""

from __future__ import annotations

from retold.attribute.quotations import lexicon as lx
from retold.attribute.quotations.edges import has_quote
from retold.attribute.quotations.found import STRONG, Found, Range
from retold.attribute.quotations.participles import carrying_subject
from retold.attribute.quotations.relays import carriers_in, citing, is_outlet, split_source
from retold.attribute.quotations.tokens import Period, Tokens

__all__ = ["settle"]


def settle(t: Tokens, period: Period, found: list[Found]) -> list[Found]:
    """Names carriers from around each quotation; hands them on from outer to inner."""
    found = [one for one in found if not _inside_a_source(t, one, found)]
    for one in found:
        _name_carriers(t, period, one)
    for one in found:
        outer = _nearest_outer(one, found)
        if outer is not None:
            one.nested = True
    kept = []
    for one in found:
        weak = not one.classes & (STRONG | lx.THINK) or one.why.endswith("an object")
        named = one.classes & (lx.AS | lx.CALL) and any(has_quote(t, a, b) for a, b in one.content)
        weak = weak and not named
        if one.nested and weak and not _opens_report(t, one, found):
            continue
        if (
            t.form[one.at] in t.lexicon.relays
            and t.part[one.at] & lx.GERUND
            and not _clausal(t, one)
        ):
            continue  # "citing drills": a ground, not words
        kept.append(one)
    order = sorted((one for one in kept if one.nested), key=lambda one: _size(one), reverse=True)
    for one in order:
        outer = _nearest_outer(one, kept)
        if outer is None or not outer.classes & (STRONG | lx.SHOW) or outer.status == "thought":
            continue
        handed = [(source, "says that the utterer said so") for source in outer.source]
        if outer.carriers and _is_document(t, outer.source):
            handed = []  # "comments carried by A": A is the link, not the comments
        for span, why in [*handed, *outer.carriers]:
            if not any(a < span[1] and span[0] < b for (a, b), _ in one.carriers):
                one.carriers.append((span, why))
    dropped = [one for one in kept if _only_carries(t, one, kept)]
    kept = [one for one in kept if not any(one is other for other in dropped)]
    for one in kept:
        one.nested = one.nested and _nearest_outer(one, kept) is not None
    return kept


def _inside_a_source(t: Tokens, one: Found, found: list[Found]) -> bool:
    """True for a verb of relaying in the words that name another's source: "A, which cited B,"."""
    return t.form[one.at] in t.lexicon.relays and any(
        lo <= one.at < hi for other in found if other is not one for lo, hi in other.source
    )


def _is_document(t: Tokens, source: list[Range]) -> bool:
    documents = t.lexicon.quoting.relays.documents
    return bool(source) and t.form[source[0][1] - 1] in documents


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
    if not one.cue or not one.classes & (STRONG | lx.AS | lx.CALL):
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
            return carrying_subject(t, k, lo)
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
        if (
            any(a <= one.at < b for a, b in other.content)
            and not (
                one.content
                and any(a <= other.at < b for a, b in one.content)
                and _size(one) >= _size(other)
            )
            and (best is None or _size(other) < _size(best))
        ):
            best = other
    return best


def _only_carries(t: Tokens, one: Found, found: list[Found]) -> bool:
    """True when its words are nothing but another's: its source is a link of that chain."""
    if not one.source or not one.content:
        return False
    surveys = t.lexicon.quoting.relays.surveys
    if any(t.form[k] in surveys for k in range(*one.source[0])):
        return False  # what a survey shows is its own statement
    first = one.content[0][0]
    passed = [span for span, _ in one.carriers] if _is_document(t, one.source) else []
    according = t.form[one.at] in t.lexicon.according
    return (according or is_outlet(t, one.source[0])) and any(
        other.nested
        and other.source
        and other.content
        and (other.classes & STRONG or has_quote(t, other.content[0][0], other.content[-1][1]))
        and min(other.source[0][0], other.content[0][0]) <= first + 1
        and any(span in (one.source[0], *passed) for span, _ in other.carriers)
        for other in found
        if other is not one
    )
