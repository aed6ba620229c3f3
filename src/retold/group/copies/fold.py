"""Copies folded under one telling, never dropped.

A report is folded under another one that **holds** it: whose words, in shared runs, make up
nearly all of what it says. Each goes under the closest report that holds it and is no shorter, so
a wire, its cut pick-ups and their copies come together, while two reports that each put half a
wire into a text of their own stay two. Nothing but its copies goes under a round-up, which holds
texts that have nothing in common. Partly reused text is listed, and folds only where more speaks
for it: one outlet (versions, feeds) or one agency that both name.

Direction is not claimed: that a report stands in another does not say which was first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import msgspec

from retold.group.copies.join import identical
from retold.group.copies.runs import Run, covered, runs, stretches
from retold.group.copies.shingles import fingerprint
from retold.group.copies.streaming import Copies
from retold.language.agencies import by_form
from retold.model import (
    Evidence,
    Fold,
    Folded,
    Place,
    Report,
    Reuse,
    ReuseKind,
    Segmented,
    Word,
)

__all__ = ["HELD", "PARTLY", "Fold", "Folded", "Reuse", "fold", "reuse"]

HELD = 0.7
"""A report is held by another when so much of its words stand in shared stretches. One word in
ten edited leaves nine tenths in them, one in five about six tenths; reports written apart from
one wire seldom share half."""

PARTLY = 0.2
"""From so much on, one side, text is reused; below, it is quotations and stock phrases."""

_TRIED = 4
"""Candidates that are compared word by word for one report, best first by shingles."""

_PART, _TOUCHES = 0.1, 0.1
"""A round-up holds another text in a tenth of its words, a tenth of which at most is shared."""

_SHOWN = 12
"""Runs that are listed as evidence for one pair, the longest."""


def reuse(report: Segmented, other: Segmented) -> Reuse | None:
    """What two reports share, to the word; None when that is less than `PARTLY` of both."""
    found = _compared(_Text(report), _Text(other))
    return found.reuse if found else None


class _Compared(msgspec.Struct, frozen=True):
    """What two reports share, and the stretches of words it stands in."""

    reuse: Reuse
    stretches: list[Run]


class _Text:
    """A report as its words."""

    def __init__(self, segmented: Segmented) -> None:
        self.report: Report = segmented.report
        self.words: list[Word] = [w for sentence in segmented.sentences for w in sentence.words]
        self.forms = [word.form for word in self.words]
        self.outlet = _folded(segmented.report.outlet)
        self.agencies = _agencies(segmented.report)

    def span(self, start: int, size: int) -> Place:
        """The span of some words."""
        return Place(self.report.id, (self.words[start].start, self.words[start + size - 1].end))


def _folded(name: str | None) -> str | None:
    return " ".join(name.casefold().split()) or None if name else None


def _agencies(report: Report) -> tuple[str, ...]:
    """Agencies that supplied a report: those it is credited to, or its outlet when it is one."""
    known = by_form()
    names = [credit.name for credit in report.credits]
    if report.dateline and report.dateline.agency:
        names.append(report.dateline.agency)
    found: dict[str, None] = {}
    for name in names:
        agency = known.get(" ".join(name.upper().split()))
        found[agency.name if agency else " ".join(name.casefold().split())] = None
    own = known.get(" ".join(report.outlet.upper().split())) if report.outlet else None
    if own:
        found[own.name] = None
    return tuple(sorted(found))


def _compared(a: _Text, b: _Text) -> _Compared | None:
    if not a.forms or not b.forms:
        return None
    if a.forms == b.forms:
        found = joined = [Run(0, 0, len(a.forms), len(b.forms))]
        of_a = of_b = 1.0
        kind: ReuseKind = "identical text"
    else:
        found = runs(a.forms, b.forms)
        joined = stretches(found)
        of_a, of_b = covered(joined, len(a.forms), len(b.forms))
        if max(of_a, of_b) < PARTLY:
            return None
        kind = _kind(of_a, of_b)
    words = sum(run.size_a for run in found)
    longest = sorted(found, key=lambda run: (-run.size_a, run.a))[:_SHOWN]
    spans = tuple(
        place
        for run in sorted(longest, key=lambda run: run.a)
        for place in (a.span(run.a, run.size_a), b.span(run.b, run.size_b))
    )
    note = (
        f"{words} of {len(a.forms)} words stand in {len(found)}"
        f" {'run' if len(found) == 1 else 'runs'} that the other report has too"
    )
    because = [Evidence("textual", min(1.0, max(of_a, of_b)), note, spans)]
    shared = sorted(set(a.agencies) & set(b.agencies))
    if shared:
        because.append(Evidence("stated", 0.9, f"both name {shared[0]} as their supplier"))
    if a.outlet and a.outlet == b.outlet:
        because.append(Evidence("stated", 0.9, f"both are of {a.report.outlet}"))
    shared_text = Reuse(a.report.id, b.report.id, kind, of_a, of_b, words, tuple(because))
    return _Compared(shared_text, joined)


def _kind(of_a: float, of_b: float) -> ReuseKind:
    if of_a >= HELD:
        return "near copy" if of_b >= HELD else "cut copy"
    return "copy with additions" if of_b >= HELD else "partial reuse"


def fold(reports: Sequence[Segmented]) -> Folded:
    """Reports by telling.

    Args:
        reports: ids all different. Any order: the result differs only in the order of its parts.

    Linear: every report is compared word by word with at most four others, longer ones, which the
    index of copies gives.
    """
    texts = [_Text(segmented) for segmented in reports]
    order = sorted(range(len(texts)), key=lambda n: (-len(texts[n].forms), texts[n].report.id))
    first, candidates = _candidates(texts, order)
    longer: dict[int, list[tuple[int, _Compared]]] = {}
    parts: dict[int, list[list[Run]]] = defaultdict(list)
    for number in order:
        chosen = candidates[number] if first[number] == number else [first[number]]
        compared = [(n, _compared(texts[number], texts[n])) for n in chosen]
        longer[number] = [(n, one) for n, one in compared if one is not None]
        for n, one in longer[number]:
            if one.reuse.kind == "cut copy":
                parts[n].append(one.stretches)
    made_up = {n for n, held in parts.items() if _made_up(held, len(texts[n].forms))}

    under: dict[int, Reuse] = {}
    parent = list(range(len(texts)))
    partial: list[Reuse] = []
    for number in order:
        matches = [(n, one.reuse) for n, one in longer[number]]
        joined = [
            (n, match)
            for n, match in matches
            if _one_telling(texts[number], texts[n], match, n in made_up)
        ]
        holder = -1
        if joined:
            holder, match = max(joined, key=lambda one: (one[1].of_report, one[1].of_other))
            under[number], parent[number] = match, holder
        partial += [match for n, match in matches if n != holder]
    for number in order:  # holders come before what they hold
        parent[number] = parent[parent[number]]
    return _assembled(texts, parent, under, partial)


def _candidates(
    texts: Sequence[_Text], order: Sequence[int]
) -> tuple[dict[int, int], dict[int, list[int]]]:
    """For each report the first one with its words, and the longer ones it shares most with."""
    marks = [fingerprint(texts[number].forms) for number in order]
    first: dict[int, int] = {}
    found: dict[int, list[int]] = {}
    index = Copies(limit=2 * _TRIED)
    for rank, same in enumerate(identical(marks)):
        number = order[rank]
        first[number] = order[same]
        if same == rank:
            matches = index.add_marked(rank, marks[rank])
            matches.sort(key=lambda m: (-m.containment_of_new, -m.containment_of_other, m.other))
            found[number] = [order[match.other] for match in matches[:_TRIED]]
    return first, found


def _one_telling(a: _Text, b: _Text, match: Reuse, made_up: bool) -> bool:
    """Whether a report and a longer one that shares its text are one telling."""
    if match.kind in ("identical text", "near copy"):
        return True
    if made_up:
        return False
    if match.of_report >= HELD or (a.outlet and a.outlet == b.outlet):
        return True
    return bool(set(a.agencies) & set(b.agencies))


def _made_up(held: Sequence[Sequence[Run]], size: int) -> bool:
    """True for a round-up: it holds texts that have nothing in common.

    News is cut from the end, so that two cuts of one text share its beginning; parts of a report
    that do not touch come from two texts.
    """
    part = bytearray(size)
    sized = sorted(held, key=lambda some: -sum(run.size_b for run in some))
    for some in sized:
        words = sum(run.size_b for run in some)
        both = sum(part[run.b : run.b + run.size_b].count(1) for run in some)
        if some is not sized[0] and words >= _PART * size and both < _TOUCHES * words:
            return True
        for run in some:
            part[run.b : run.b + run.size_b] = b"\1" * run.size_b
    return False


def _assembled(
    texts: Sequence[_Text],
    parent: Sequence[int],
    under: dict[int, Reuse],
    partial: Sequence[Reuse],
) -> Folded:
    groups: dict[int, list[int]] = defaultdict(list)
    for number in range(len(texts)):
        groups[parent[number]].append(number)
    whose = {texts[n].report.id: root for root, members in groups.items() for n in members}
    folds = []
    for root, members in groups.items():
        shown, because = _shown(texts, root, members, under)
        ids = [texts[shown].report.id, *(texts[n].report.id for n in members if n != shown)]
        copies = tuple(under[n] for n in members if n in under)
        source = _source(texts, shown, members)
        folds.append(Fold(ids[0], because, tuple(ids), source, copies))
    outlets = {text.outlet or f"\0{text.report.id}" for text in texts if text.forms}
    sources = {one.source or f"\0{one.shown}" for one in folds}
    apart = tuple(one for one in partial if whose[one.report] != whose[one.other])
    return Folded(tuple(folds), apart, len(texts), len(outlets), len(sources))


def _shown(
    texts: Sequence[_Text], root: int, members: Sequence[int], under: dict[int, Reuse]
) -> tuple[int, Evidence]:
    """The report that stands for a telling: whole, then an agency's own, then the earliest."""
    if len(members) == 1:
        return root, Evidence("textual", 1.0, "no other report carries this telling")
    whole = [root]
    for n in members:
        match = under.get(n)
        if match and match.other == texts[root].report.id and match.of_other >= HELD:
            whole.append(n)
    wires = [n for n in whole if _is_wire(texts[n], [texts[m] for m in members])]
    if wires:
        chosen = min(wires, key=lambda n: (-len(texts[n].forms), texts[n].report.id))
        return chosen, Evidence("stated", 0.9, "the agency's own; other reports name it")
    dated = [n for n in whole if texts[n].report.published]
    if len(whole) > 1 and len(dated) == len(whole):
        days = {str(texts[n].report.published) for n in dated}
        chosen = min(dated, key=lambda n: (str(texts[n].report.published), texts[n].report.id))
        earliest = min(days)
        # A bare day does not tell the order within it.
        if not any(day != earliest and day.startswith(earliest) for day in days):
            note = f"the earliest by its date of {len(whole)} reports that carry the whole text"
            return chosen, Evidence("date", 0.5, note)
    return root, Evidence("textual", 0.7, "the longest; it holds the text of the others")


def _is_wire(text: _Text, others: Sequence[_Text]) -> bool:
    own = (
        by_form().get(" ".join(text.report.outlet.upper().split())) if text.report.outlet else None
    )
    return own is not None and any(
        own.name in other.agencies for other in others if other is not text
    )


def _source(texts: Sequence[_Text], shown: int, members: Sequence[int]) -> str | None:
    """The agency that most of a telling's reports name, else the outlet of the shown one."""
    named = Counter(agency for n in members for agency in texts[n].agencies)
    if named:
        agency, times = min(named.items(), key=lambda item: (-item[1], item[0]))
        if agency in texts[shown].agencies or 2 * times >= len(members):
            return agency
    return texts[shown].outlet
