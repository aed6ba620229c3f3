"""What the reports state about their sources, hung onto what their wording shows.

A source that a report names and that is not in the story becomes a *named* witness. It is hung
above the highest telling that had it. Where the stated source and the
wording disagree, both are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from retold.model import Alternative, Edge, Evidence, Place, Undecided, Witness
from retold.text.counting import count
from retold.trace.characters import MISSING
from retold.trace.draft import Draft, label
from retold.trace.sources import Source

__all__ = ["add_sources", "named_in_third_person"]

# A stated source is believed where it has most of what the report shares with anybody;
# a wire has about that much of the words that two papers share (72 % on average of 5,010 triples).
ENOUGH_SUPPLIED = 0.7


def add_sources(draft: Draft) -> None:
    """Hang every stated source onto the draft."""
    foreign: list[tuple[str, str, Evidence]] = []
    for source in draft.sources:
        if source.own:
            foreign += _add_present(draft, source)
        else:
            _add_absent(draft, source)
    # The nearest source first: what stands above it is behind the report already.
    foreign.sort(key=lambda one: (-_ancestors(draft, one[0]), one[:2]))
    for own, report, statement in foreign:
        # No word can be compared with a source in another language: only the statement speaks.
        if not draft.descends(report, own):
            draft.connect(Edge(own, report, 1.0, (statement,), "stated"))


def named_in_third_person(sources: Sequence[Source], reports: Sequence[str]) -> list[Evidence]:
    """Carriers that two or more of these reports name: they did not write what these share."""
    found = []
    for source in sources:
        naming = [
            report
            for report in reports
            if report in source.named and "carrier" in source.named[report][0]
        ]
        if len(naming) >= 2:
            found.append(
                Evidence(
                    kind="stated",
                    weight=0.8,
                    note=f"The tellings name {source.name} in the third person, so the text they "
                    f"share is not {source.name}'s own",
                    spans=_places(source, naming),
                )
            )
    return found


def _add_present(draft: Draft, source: Source) -> list[tuple[str, str, Evidence]]:
    """The source published a report of this story itself, or several takes of it.

    Returns:
        what is left to the statement alone: source, report, statement.
    """
    unheard: list[tuple[str, str, Evidence]] = []
    for report in sorted(source.named.keys() - source.own):
        statement = _statement(source, [report])
        above = [own for own in sorted(source.own) if _above(draft, own, report)]
        if above:
            _add_evidence(draft, above[0], report, statement)
            continue
        foreign = _foreign(draft, source.own, report)
        if foreign:
            unheard.append((foreign[0], report, statement))
            continue
        own, share = max(
            ((own, _supplied(draft, own, report)) for own in sorted(source.own)),
            key=lambda pair: pair[1],
        )
        names = {one.report.id: label(one) for one in draft.reports}
        if share >= ENOUGH_SUPPLIED and not _above(draft, report, own):
            _rehang(draft, own, report, share, statement)
        else:
            draft.undecided.append(
                Undecided(
                    witnesses=(own, report),
                    note=f"{names[report]} names {source.name} as its source; "
                    f"{share:.0%} of the words that it shares with others stand so in "
                    f"{names[own]}",
                )
            )
    return unheard


def _ancestors(draft: Draft, node: str) -> int:
    """How many witnesses a node descends from."""
    waiting, seen = [node], set[str]()
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting += _parents(draft, here)
    return len(seen) - 1


def _foreign(draft: Draft, own: frozenset[str], report: str) -> list[str]:
    """A source's reports, if all of them are in another language than a report."""
    language = {one.report.id: one.report.language for one in draft.reports}
    if any(language[one] == language[report] for one in own):
        return []
    return sorted(own)


def _supplied(draft: Draft, source: str, report: str) -> float:
    """Share of a report's readings that others have too and that the source has as well."""
    signs = draft.whole
    rows = {one.report.id: row for row, one in enumerate(draft.reports)}
    mine = signs.states[rows[report]]
    same = (signs.states == mine) & (mine != MISSING)
    same[rows[report]] = False
    common = same.any(axis=0)
    total = float(signs.weights[common].sum())
    return float(signs.weights[common & same[rows[source]]].sum()) / total if total else 0.0


def _rehang(draft: Draft, own: str, report: str, share: float, statement: Evidence) -> None:
    """Hang a report from the source that it names, where its wording allows that."""
    for parent in _parents(draft, report):
        if draft.extra.get(parent) is not None and draft.extra[parent].kind == "lost":
            del draft.edges[parent, report]
    evidence = Evidence(
        kind="textual",
        weight=share,
        note=f"Of the words that it shares with any report, {share:.0%} stand so in this source",
    )
    draft.connect(Edge(own, report, round(share, 3), (statement, evidence)))
    _drop_idle(draft)


def _drop_idle(draft: Draft) -> None:
    """A lost telling with fewer than two children explains nothing: take it out."""
    for key in sorted(key for key, witness in draft.extra.items() if witness.kind == "lost"):
        children = [edge for edge in draft.edges.values() if edge.from_ == key]
        if len(children) > 1:
            continue
        above = [edge for edge in draft.edges.values() if edge.to == key]
        for edge in (*children, *above):
            del draft.edges[edge.from_, edge.to]
        for parent in above:
            for child in children:
                support = min(parent.support, child.support)
                draft.connect(Edge(parent.from_, child.to, support, child.evidence))
        del draft.extra[key]
        draft.undecided = [doubt for doubt in draft.undecided if key not in doubt.witnesses]


def _add_absent(draft: Draft, source: Source) -> None:
    tops = _tops(draft, set(source.named))
    if not tops:
        return
    digest = blake2b(source.key.encode("utf-8", "surrogatepass"), digest_size=8, person=b"named")
    key = f"named-{digest.hexdigest()}"
    naming = sorted(source.named)
    draft.extra[key] = Witness(key, "named", source.name, (_statement(source, naming),))
    for top in tops:
        under = sorted(_reports_under(draft, top) & source.named.keys())
        draft.connect(Edge(key, top, 1.0, (_statement(source, under),), "stated"))
        if len(under) > 1:
            _note_credited_sibling(draft, source, top, under)
        if len(under) > 1 and top in draft.extra and draft.extra[top].because:
            draft.alternatives.append(
                Alternative(
                    edges=tuple((key, report) for report in under),
                    support=0.0,
                    note=f"Each has its text from {source.name} alone. Against it: "
                    + ". ".join(one.note for one in draft.extra[top].because),
                )
            )


def _note_credited_sibling(draft: Draft, source: Source, top: str, under: Sequence[str]) -> None:
    """Reports that name the same source, one of them filed by an agency: whose telling is it?"""
    one_of = {one.report.id: one for one in draft.reports}
    filed = {
        report: agency.name
        for agency in draft.sources
        if agency.key != source.key
        for report in under
        if report in agency.own
    }
    for report in under:
        if report in filed or (top, report) not in draft.edges:
            continue
        for sibling, agency_name in sorted(filed.items()):
            draft.connect(
                Edge(
                    top,
                    report,
                    draft.edges[top, report].support,
                    (
                        Evidence(
                            kind="textual",
                            weight=0.8,
                            note=f"{label(one_of[report])} says {source.name}; its text follows "
                            f"the telling that {label(one_of[sibling])}, filed by "
                            f"{agency_name}, carries",
                            spans=_places(source, [report]),
                        ),
                    ),
                )
            )


def _tops(draft: Draft, naming: set[str]) -> list[str]:
    """The highest tellings that had the source.

    One under which all reports name it; and a lost one under which half of the reports do, two
    at least: what two tellings have alike, their exemplar had, and the others dropped it.
    """
    lost = sorted(key for key, witness in draft.extra.items() if witness.kind == "lost")
    had = []
    for node in [*(one.report.id for one in draft.reports), *lost]:
        under = _reports_under(draft, node)
        named = under & naming
        if under and (named == under or (len(named) >= 2 and 2 * len(named) >= len(under))):
            had.append(node)
    return [node for node in had if not any(_above(draft, other, node) for other in had)]


def _parents(draft: Draft, node: str) -> list[str]:
    """Textual parents: a stated source above a node does not hide it."""
    return sorted(
        edge.from_ for edge in draft.edges.values() if edge.to == node and edge.basis == "textual"
    )


def _above(draft: Draft, source: str, node: str) -> bool:
    return any(
        parent == source or _above(draft, source, parent) for parent in _parents(draft, node)
    )


def _reports_under(draft: Draft, node: str) -> set[str]:
    return {draft.id_of(row) for row in draft.rows_under(node)}


def _add_evidence(draft: Draft, own: str, report: str, statement: Evidence) -> None:
    """Put what a report states onto the branch that leads from its source towards it."""
    child = report
    while own not in _parents(draft, child):
        child = next(
            parent
            for parent in _parents(draft, child)
            if parent == own or _above(draft, own, parent)
        )
    edge = draft.edges[own, child]
    draft.connect(Edge(own, child, edge.support, (statement,)))


def _statement(source: Source, reports: Sequence[str]) -> Evidence:
    hows = sorted({how for report in reports for how in source.named[report][0]})
    said = " and ".join(hows)
    return Evidence(
        kind="stated",
        weight=1.0,
        note=f"{source.name} is named as source ({said}) in {count(len(reports), 'report')}",
        spans=_places(source, reports),
    )


def _places(source: Source, reports: Sequence[str]) -> tuple[Place, ...]:
    return tuple(place for report in reports for place in source.named[report][1][:3])
